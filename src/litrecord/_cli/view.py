"""View of a record for people on a terminal: a label on each line, and the value beside it.

Grammar::

    view  = name *( "  " label value *( line ) )       ; the values one below the other
    value = text, an identifier with its address, an indicator with its impact class, or
            the lines of an instance with "; " between them

It is for people only: lines are wrapped, and whitespace is collapsed.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

import attrs

from litrecord._values.identifier import Identifier
from litrecord._values.indicators import Indicator
from litrecord._values.instance import Instance
from litrecord._values.source_lines import write_source_lines
from litrecord.model import Record

_LABEL = 14
_INDENT = "  "
_NARROWEST = 40
_BLANK = re.compile(r"\s")


def view_of(name: str, record: Record, columns: int) -> str:
    """Return the view of the record of the source called name.

    >>> record = litrecord.parse_record("pmid: 0\\nOld maps err.\\n| views | 26 | |\\n")
    >>> print(view_of("page.txt", record, 80))
    page.txt
      pmid          0  (not valid)
      abstract      Old maps err.
      views         26
    """
    lines = [_shown(name)]
    for label, text in _values(record):
        begin = f"{_INDENT}{_shown(label):{_LABEL - 1}} "
        rest = " " * (len(_INDENT) + _LABEL)
        lines += textwrap.wrap(
            _shown(text),
            max(columns, _NARROWEST),
            initial_indent=begin,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines if len(lines) > 1 else [*lines, f"{_INDENT}no part of a record"])


def _values(record: Record) -> Iterator[tuple[str, str]]:
    if record.title:
        yield "title", record.title
    if record.authors:
        yield "authors", "; ".join(record.authors)
    for found in record.identifiers:
        yield found.scheme, _identifier(found)
    for at, paragraph in enumerate(record.abstract.split("\n") if record.abstract else ()):
        yield "" if at else "abstract", paragraph
    if record.keywords:
        yield "keywords", "; ".join(record.keywords)
    for row in record.indicators:
        yield row.name or row.label, _indicator(row)
    for instance in record.instances:
        yield "instance", _instance(instance)
    if record.widget:
        yield "widget", record.widget.source_url or record.widget.markup


def _identifier(found: Identifier) -> str:
    if not found.is_valid:
        return f"{found.value}  (not valid)"
    return f"{found.value}  {found.url}" if found.url else found.value


def _indicator(row: Indicator) -> str:
    return f"{row.printed}  ({row.impact_class.code})" if row.impact_class else row.printed


def _instance(found: Instance) -> str:
    return "; ".join(write_source_lines(attrs.asdict(found)))


def _shown(text: str) -> str:
    return _BLANK.sub(" ", text)
