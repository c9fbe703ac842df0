"""Record: the values that a landing page prints, frozen, hashable and picklable.

Fields are the printed values, in printed order; all other values are derived from them. The same
rules apply to values built by hand and to parsed ones. Keywords, title, authors and identifier
values are one line, stripped and not empty. An abstract is stripped paragraphs joined by one line
end. Characters that are not allowed in XML become U+FFFD, and CR and CRLF become LF. Nothing else
changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import attrs

from litrecord._validation import line_of, lines_of, paragraphs_of, sequence_of
from litrecord._values.identifier import Identifier, scheme_of
from litrecord._values.indicators import ImpactClass, Indicator, IndicatorTable, rows_of
from litrecord._values.instance import Instance, instances_of
from litrecord._values.shown import first_words, shown
from litrecord._values.widget import ScriptWidget
from litrecord.errors import InvalidValueError, repr_of

__all__ = [
    "Identifier", "ImpactClass", "Indicator", "IndicatorTable", "Instance", "Record",
    "ScriptWidget",
]  # fmt: skip

_set = object.__setattr__
_LONGEST_TITLE = 200
_MOST_NAMES = 2


def _widget(value: object) -> ScriptWidget:
    if isinstance(value, ScriptWidget):
        return value
    raise InvalidValueError(f"expected a ScriptWidget or None, got {repr_of(value)}", path="widget")


def _identifiers(values: object) -> tuple[Identifier, ...]:
    identifiers: tuple[Any, ...]
    identifiers = (
        values if type(values) is tuple else sequence_of(values, "identifiers", "Identifier")
    )
    for identifier in identifiers:
        if type(identifier) is not Identifier:
            raise InvalidValueError(
                f"expected Identifier, got {repr_of(identifier)}", path="identifiers"
            )
    return identifiers


def _indicators(value: object) -> IndicatorTable:
    return value if type(value) is IndicatorTable else IndicatorTable(rows_of(value, "indicators"))


_NO_ROWS = IndicatorTable()


@attrs.frozen(init=False)
class Record:
    """The values that one landing page prints of one work; every field may be empty.

    >>> record = Record(identifiers=[Identifier.parse("pmid: 21496615")], keywords=["Humans"])
    >>> record.pmid, record.doi, record.keywords
    ('21496615', None, ('Humans',))
    """

    widget: ScriptWidget | None
    """The script widget, which the page shows for copying."""
    identifiers: tuple[Identifier, ...] = attrs.field(repr=shown)
    """The identifiers, in the order in which they were printed, valid or not."""
    abstract: str | None = attrs.field(repr=shown)
    """The abstract as printed, a paragraph a line."""
    keywords: tuple[str, ...] = attrs.field(repr=shown)
    """The keywords, in the order in which they were printed."""
    indicators: IndicatorTable
    """The rows of the indicator tables."""
    title: str | None = attrs.field(repr=shown)
    """The title, which only whole pages print."""
    authors: tuple[str, ...] = attrs.field(repr=shown)
    """The authors as printed, which only whole pages name."""
    instances: tuple[Instance, ...] = attrs.field(repr=shown)
    """The instances where the work is available, which only whole pages list."""

    def __init__(
        self,
        *,
        widget: ScriptWidget | None = None,
        identifiers: Iterable[Identifier] = (),
        abstract: str | None = None,
        keywords: Iterable[str] = (),
        indicators: IndicatorTable | Iterable[Indicator] = _NO_ROWS,
        title: str | None = None,
        authors: Iterable[str] = (),
        instances: Iterable[Instance] = (),
    ) -> None:
        _set(self, "widget", None if widget is None else _widget(widget))
        _set(self, "identifiers", () if identifiers == () else _identifiers(identifiers))
        _set(self, "abstract", None if abstract is None else paragraphs_of(abstract))
        _set(self, "keywords", () if keywords == () else lines_of(keywords, "keywords"))
        _set(self, "indicators", _indicators(indicators))
        _set(self, "title", None if title is None else line_of(title, "title"))
        _set(self, "authors", () if authors == () else lines_of(authors, "authors"))
        _set(self, "instances", () if instances == () else instances_of(instances))

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in attrs.fields(Record)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Pickles of earlier versions have no instances.
        for name, value in ({"instances": ()} | state).items():
            _set(self, name, value)

    def __str__(self) -> str:
        """Return a short citation: authors, title, year, and the first valid identifier.

        >>> maps = Record(title="Old maps err", authors=["Di Roe"], instances=[Instance(year=2021)])
        >>> str(maps)
        'Di Roe. Old maps err. 2021.'
        """
        names = self.authors
        valid = (str(found) for found in self.identifiers if found.is_valid)
        parts = (
            f"{names[0]} et al." if len(names) > _MOST_NAMES else " and ".join(names),
            first_words(self.title or self.abstract or "", _LONGEST_TITLE),
            str(self.year or ""),
        )
        ended = [part if part[-1] in ".!?…" else f"{part}." for part in parts if part]
        return " ".join([*ended, *islice(valid, 1)]) or "untitled record"

    def _repr_html_(self) -> str:
        """Return the record as HTML, for notebooks."""
        from litrecord.serializers.pages.html import to_html

        return to_html(self, style=True)

    def identifiers_of(self, scheme: str) -> tuple[Identifier, ...]:
        """Return the identifiers of one scheme, called by its name or a label, in any case."""
        name = scheme_of(scheme)
        return tuple(found for found in self.identifiers if found.scheme == name)

    @property
    def doi(self) -> str | None:
        """The first valid DOI."""
        return self._first_valid("doi")

    @property
    def pmid(self) -> str | None:
        """The first valid PMID."""
        return self._first_valid("pmid")

    @property
    def year(self) -> int | None:
        """The year of the first instance that has one."""
        return next((found.year for found in self.instances if found.year), None)

    def _first_valid(self, scheme: str) -> str | None:
        valid = (found.value for found in self.identifiers_of(scheme) if found.is_valid)
        return next(valid, None)


def record_of(fields: Mapping[str, Any]) -> Record:
    """Return a record of fields that are in the form of a Record, without a second check.

    The check takes a tenth of the time in which a page of text is read.
    """
    record = Record.__new__(Record)
    of = fields.get
    _set(record, "widget", of("widget"))
    _set(record, "identifiers", of("identifiers", ()))
    _set(record, "abstract", of("abstract"))
    _set(record, "keywords", of("keywords", ()))
    _set(record, "indicators", of("indicators", _NO_ROWS))
    _set(record, "title", of("title"))
    _set(record, "authors", of("authors", ()))
    _set(record, "instances", of("instances", ()))
    return record


def require_record(value: object) -> None:
    """Raise InvalidValueError if value is not a Record."""
    if not isinstance(value, Record):
        kind = type(value).__name__
        advice = ": pass its .record" if isinstance(getattr(value, "record", None), Record) else ""
        raise InvalidValueError(f"expected a Record, got {kind}{advice}", path="record")
