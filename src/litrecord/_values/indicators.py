"""The indicator table and its rows, as values."""

from __future__ import annotations

import enum
import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import attrs

from litrecord._characters import plain_spaces, unify_line_ends
from litrecord._validation import line_of, require_text, sequence_of
from litrecord._values.shown import shown
from litrecord._vocabularies import indicators
from litrecord.diagnostics import Diagnostic, Span
from litrecord.errors import InvalidValueError, ParseError, repr_of


def _label(value: object) -> str:
    return line_of(value, "label")


def _printed(value: object) -> str:
    return line_of(value, "printed")


def _description(value: object) -> str:
    return "" if value == "" else line_of(value, "description")


@functools.total_ordering
class ImpactClass(enum.Enum):
    """The rank of an article among all, by one indicator of BIP!; better is greater.

    The value is the text that the portal prints. The code is C1 to C5, as in BIP! Software.

    >>> ImpactClass("Top 1%") > ImpactClass.TOP_10, ImpactClass.AVERAGE.code
    (True, 'C5')
    """

    TOP_0_01 = "Top 0.01%"
    """C1, among the best 0.01%."""
    TOP_0_1 = "Top 0.1%"
    """C2, among the best 0.1%."""
    TOP_1 = "Top 1%"
    """C3, among the best 1%."""
    TOP_10 = "Top 10%"
    """C4, among the best 10%."""
    AVERAGE = "Average"
    """C5, all others."""

    @property
    def code(self) -> str:
        """The class as the OpenAIRE Graph writes it: "C1" is the best, "C5" the rest."""
        return indicators.CLASSES[self.value]

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, ImpactClass):
            return NotImplemented
        return self.code > other.code


@attrs.frozen
class Indicator:
    """One row of the indicator table, as printed.

    >>> row = Indicator("selected citations", "1.2K")
    >>> row.name, row.count, row.is_rounded, row.impact_class
    ('citations', 1200, True, None)
    """

    label: str = attrs.field(converter=_label, repr=shown)
    """The label, as printed."""
    printed: str = attrs.field(converter=_printed, repr=shown)
    """The value, as printed."""
    description: str = attrs.field(converter=_description, default="", repr=shown)
    """The portal's description of the indicator; may be empty."""
    name: str = attrs.field(init=False, eq=False, repr=False)
    """The name of the indicator of the label: "citations" for "selected citations"."""

    @name.default
    def _name_of_label(self) -> str:
        return indicators.name_of_label(self.label)

    @property
    def count(self) -> int | None:
        """The printed count, "1K" as 1000; None if the value is not a count."""
        found = indicators.read_count(self.printed)
        return found[0] if found else None

    @property
    def is_rounded(self) -> bool:
        """Whether the portal printed the count rounded."""
        found = indicators.read_count(self.printed)
        return found is not None and found[1]

    @property
    def impact_class(self) -> ImpactClass | None:
        """The printed class; None if the value is not a class."""
        shown = indicators.shown_class(self.printed)
        return ImpactClass(shown) if shown in indicators.CLASSES else None


def rows_of(values: object, where: str = "rows") -> tuple[Indicator, ...]:
    """Return rows with distinct names, or raise InvalidValueError."""
    rows: tuple[Any, ...]
    rows = values if type(values) is tuple else sequence_of(values, where, "Indicator")
    names: set[str] = set()
    for row in rows:
        if type(row) is not Indicator:
            raise InvalidValueError(f"expected Indicator, got {repr_of(row)}", path=where)
        names.add(row.name)
    if len(names) < len(rows):
        ((twice, _),) = Counter(row.name for row in rows).most_common(1)
        raise InvalidValueError(f"a second row of {twice!r:.60}: keep one", path=where)
    return rows


@attrs.frozen
class IndicatorTable(Sequence[Indicator]):
    """The indicators of a record; no two rows have the same name.

    A sequence of rows that can also be indexed by the names of indicators.

    >>> table = IndicatorTable.parse(["| citations | 70 | |", "| impulse | Average |"])
    >>> table["citations"].count, "views" in table, len(table)
    (70, False, 2)
    """

    rows: tuple[Indicator, ...] = attrs.field(converter=rows_of, default=(), repr=shown)
    """The rows, in the order in which they were printed."""

    @classmethod
    def parse(cls, rows: str | Iterable[str]) -> IndicatorTable:
        """Read a table from its printed rows, a line each; blank lines are ignored.

        Raises ParseError if a line is not a row, InvalidValueError if two rows have one name.
        """
        if isinstance(rows, str):
            rows = unify_line_ends(rows).split("\n")
        lines = sequence_of(rows, "rows", "str")
        texts = [require_text(line, f"rows[{at}]") for at, line in enumerate(lines)]
        return cls(tuple(_read_row(texts, at) for at, line in enumerate(texts) if line.strip()))

    @overload
    def __getitem__(self, key: int | str) -> Indicator: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Indicator, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Indicator | tuple[Indicator, ...]:
        if not isinstance(key, str):
            return self.rows[key]
        found = self.get(key)
        if found is None:
            names = ", ".join(row.name for row in self.rows) or "none"
            raise KeyError(f"no row {key!r:.60}; rows here: {names:.200}; use .get")
        return found

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.rows)

    def __contains__(self, key: object) -> bool:
        return key in self.rows or (isinstance(key, str) and self.get(key) is not None)

    def _repr_html_(self) -> str:
        """Return the table as HTML, for notebooks."""
        from litrecord.serializers.pages.html import to_html

        return to_html(self, style=True)

    def get(self, name: str) -> Indicator | None:
        """Return the row of that name or label, or None.

        Raises InvalidValueError if name is not a str.
        """
        require_text(name, "name")
        wanted = indicators.name_of_label(name)
        return next((row for row in self.rows if row.name == wanted), None)


def _read_row(lines: list[str], at: int) -> Indicator:
    for line in dict.fromkeys((lines[at], plain_spaces(lines[at]))):
        row = indicators.read_row(line.strip())
        if row is not None and row.is_closed:
            return Indicator(row.label, row.printed, row.description)
    start = sum(len(line) + 1 for line in lines[:at])
    place = Span(start, start + len(lines[at]))
    message = 'write a row as "| views | 26 |", its value closed by a pipe'
    raise ParseError("expected a row", [Diagnostic("cut-row", message, place, "\n".join(lines))])


def table_of_distinct(rows: tuple[Indicator, ...]) -> IndicatorTable:
    """Return the table of rows that are known to have distinct names, without a second check."""
    table = IndicatorTable.__new__(IndicatorTable)
    object.__setattr__(table, "rows", rows)
    return table
