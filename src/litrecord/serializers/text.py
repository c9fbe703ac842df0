"""Writer of page text, the form in which the portal prints records.

Grammar of the output, lines joined by LF, without one after the last::

    text  = [ widget ] *identifier-line [ abstract ] [ keywords keywords ] *row      ; layout B
    page  = "Powered by OpenAIRE graph" [ *instance "addClaim" ] [ widget ]          ; layout C
            [ title ] [ authors ] [ title ] *identifier-line
            [ "Abstract" abstract ] [ "Keywords" keywords ] [ "Impact byBIP!" *row ]

A record with a title, authors or instances is written as a whole page, others as a text. Each part
is written by its module in `_parts`. Identifiers are below the line of authors, which may be empty.
"""

from __future__ import annotations

import sys

import attrs

from litrecord._parts.abstract import write_authors
from litrecord._parts.identifiers import write_identifiers
from litrecord._parts.indicators import write_indicators
from litrecord._parts.instances import write_instances
from litrecord._parts.keywords import write_keywords
from litrecord._reading.parsing import parse_record
from litrecord._validation import require_bool
from litrecord._vocabularies import interface
from litrecord.errors import LimitError, SourceError, UnrepresentableError
from litrecord.limits import Limits
from litrecord.model import Record, require_record

_OF_HTML = ("nesting", "attributes")
_UNBOUNDED = Limits(
    **{field.name: sys.maxsize for field in attrs.fields(Limits) if field.name not in _OF_HTML}
)
"""No limits of page text. Those of HTML are kept: tags are slow to read, and no record has them."""
_CANNOT = "page text cannot hold this record: write JSON, or pass exact=False"


def to_text(record: Record, *, exact: bool = False) -> str:
    """Return a record as the portal prints it, in lines, without a line end after the last.

    With exact the text reads back as the same record. Some records have no such text: for example
    with a keyword that contains ", " and is in no vocabulary, or an abstract that begins "pmid: 1".
    The check has no limits; a large record may exceed the limits of `parse_record`.

    Raises UnrepresentableError with the fields that would change, only if exact. Raises
    InvalidValueError if record is not a Record, or exact is not a bool.

    >>> record = litrecord.Record(abstract="Old maps err.", keywords=["Maps", "Coasts"])
    >>> print(litrecord.to_text(record, exact=True))
    Old maps err.
    Maps, Coasts
    Maps, Coasts
    """
    require_record(record)
    require_bool(exact, "exact")
    is_page = record.title is not None or bool(record.authors or record.instances)
    text = "\n".join(_page_lines(record) if is_page else _lines(record))
    if exact:
        _require_same(record, _read_back(text))
    return text


def _read_back(text: str) -> Record:
    try:
        return parse_record(text, limits=_UNBOUNDED)
    except LimitError as error:
        what = "  the text would be read as HTML, and its tags would be lost"
        raise UnrepresentableError(f"{_CANNOT}\n{what}") from error
    except SourceError as error:
        what = f"  the text would not be read as a page: {error}"
        raise UnrepresentableError(f"{_CANNOT}\n{what}") from error


def _lines(record: Record) -> list[str]:
    return [
        *([record.widget.markup] if record.widget else ()),
        *write_identifiers(record.identifiers),
        *([record.abstract] if record.abstract else ()),
        *(2 * [write_keywords(record.keywords)] if record.keywords else ()),
        *write_indicators(record.indicators),
    ]


def _page_lines(record: Record) -> list[str]:
    title = [record.title] if record.title else []
    needs_authors = record.authors or (record.identifiers and not title)
    return [
        interface.WHOLE_PAGE,
        *write_instances(record.instances),
        *([interface.ADD_CLAIM] if record.instances else ()),
        *([record.widget.markup] if record.widget else ()),
        *title,
        *([write_authors(record.authors)] if needs_authors else ()),
        *title,
        *write_identifiers(record.identifiers),
        *([interface.ABSTRACT_HEADING, record.abstract] if record.abstract else ()),
        *([interface.KEYWORDS_HEADING, write_keywords(record.keywords)] if record.keywords else ()),
        *([interface.IMPACT_HEADING] if record.indicators else ()),
        *write_indicators(record.indicators),
    ]


def _require_same(record: Record, read: Record) -> None:
    """Raise UnrepresentableError if the text reads back as another record."""
    if read == record:
        return
    changed = [
        f"  {field.name}: {_shown(getattr(record, field.name))}"
        f" would be read as {_shown(getattr(read, field.name))}"
        for field in attrs.fields(Record)
        if getattr(record, field.name) != getattr(read, field.name)
    ]
    raise UnrepresentableError("\n".join([_CANNOT, *changed]))


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 100 else f"{shown[:100]}…"
