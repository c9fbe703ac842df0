"""The values of a record: frozen, hashable, picklable, in the order in which they were printed.

Fields hold what is printed; all else is derived from them. A value built by hand is as
good as a parsed one: the same rules are applied to both. Keywords, title, authors and
identifier values are one line, stripped and not empty; an abstract is stripped paragraphs
joined by one line end. Characters that XML cannot hold become U+FFFD, CR and CRLF become
LF, and nothing else changes.
"""

from __future__ import annotations

import enum
import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import attrs

from litrecord._characters import unify_line_ends
from litrecord._validation import (
    line_of,
    lines_of,
    markup_of,
    paragraphs_of,
    require_text,
    sequence_of,
)
from litrecord._vocabularies import indicators
from litrecord._vocabularies.identifiers import (
    NAMES,
    address_of,
    curie_of,
    read_value,
    recognise,
    scheme_of_label,
)
from litrecord._vocabularies.widget import (
    container_id,
    is_trusted_address,
    query_of,
    widget_address,
)
from litrecord.diagnostics import Diagnostic, Span
from litrecord.errors import InvalidValueError, ParseError


def _scheme(value: object) -> str:
    if isinstance(value, str) and value in NAMES:
        return value
    name = line_of(value, "scheme").lower()
    return scheme_of_label(name) or name


def _label(value: object) -> str:
    return line_of(value, "label")


def _printed(value: object) -> str:
    return line_of(value, "printed")


def _description(value: object) -> str:
    return "" if value == "" else line_of(value, "description")


@functools.total_ordering
class ImpactClass(enum.Enum):
    """How an article ranks among all by one indicator of BIP!; better is greater.

    The value is what the portal prints, the code that of BIP! Software (C1 to C5).

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
class ScriptWidget:
    """The script that a landing page shows to be copied into another site.

    >>> widget = ScriptWidget.from_url(
    ...     "https://www.openaire.eu/index.php?option=com_openaire&view=widget&type=result"
    ... )
    >>> widget.entity_type, widget.is_trusted
    ('result', True)
    """

    markup: str = attrs.field(converter=markup_of)
    """The whole element as printed, its line ends as LF."""

    @classmethod
    def from_url(cls, url: str) -> ScriptWidget:
        """Build the widget that loads url, as the portal writes it.

        Raises InvalidValueError if url is not a line, or holds a blank, quote, backslash or
        angle bracket, which would break out of the markup.
        """
        address = line_of(url, "url")
        if any(character.isspace() or character in "'\"\\<>" for character in address):
            raise InvalidValueError(f"url: {address!r} holds a character that no address holds")
        return cls(
            '<script type="text/javascript">\n<!--\n'
            "document.write('<div id=\"oa_widget\"></div>');\n"
            f'document.write(\'<script type="text/javascript" src="{address}"></script>\');\n'
            "-->\n</script>"
        )

    @property
    def source_url(self) -> str | None:
        """The address that the widget loads, with ``&amp;`` decoded."""
        return widget_address(self.markup)

    @property
    def container_id(self) -> str | None:
        """The id of the element that the widget fills."""
        return container_id(self.markup)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of source_url; of one that is given twice, the last."""
        return dict(query_of(self.source_url or ""))

    @property
    def project_id(self) -> str | None:
        """The parameter projectId; None where the portal wrote "undefined"."""
        project_id = self.parameters.get("projectId")
        return None if project_id in (None, "", "undefined") else project_id

    @property
    def entity_type(self) -> str | None:
        """The parameter type, "result" so far."""
        return self.parameters.get("type")

    @property
    def is_trusted(self) -> bool:
        """Whether source_url is https and its host is openaire.eu or below it."""
        return is_trusted_address(self.source_url or "")


_set = object.__setattr__


@attrs.frozen(init=False)
class Identifier:
    """One identifier of a record: its scheme, and its value in the scheme's usual form.

    A value that the scheme's syntax or check digit refuses is kept as printed.

    >>> Identifier("doi", "https://doi.org/10.1000/ABC")
    Identifier(scheme='doi', value='10.1000/abc')
    >>> Identifier("pmid", "0").is_valid
    False
    """

    scheme: str
    """The name of the scheme, in lower case: "doi", "pmid", "handle", …"""
    value: str
    """The value in the scheme's usual form, or as printed if it is not valid."""
    is_valid: bool = attrs.field(init=False, eq=False, repr=False)
    """Whether the value obeys its scheme's syntax and check digit."""

    def __init__(self, scheme: str, value: str) -> None:
        name = _scheme(scheme)
        normal, is_valid = read_value(name, line_of(value, "value"))
        _set(self, "scheme", name)
        _set(self, "value", normal)
        _set(self, "is_valid", is_valid)

    @classmethod
    def parse(cls, text: str) -> Identifier:
        """Read one identifier in any form: with its label, as an address, or bare.

        Raises ParseError if no scheme can be told, as of a bare number; InvalidValueError if
        text is not one line of text. The forms are those of the grammar in docs/format.md.

        >>> Identifier.parse("http://europepmc.org/articles/PMC3531190").curie
        'pmc:PMC3531190'
        """
        found = recognise(line_of(text, "text"))
        if found is None:
            message = 'no scheme can be told: write it before the value, as in "pmid: 21496615"'
            place = Diagnostic("unknown-scheme", message, Span(0, len(text)), text)
            raise ParseError("this is not an identifier", [place])
        return cls(*found)

    @property
    def url(self) -> str | None:
        """The address that resolves the value; None if it is not valid or has no resolver."""
        return address_of(self.scheme, self.value) if self.is_valid else None

    @property
    def curie(self) -> str:
        """Scheme and value as one word, such as "doi:10.1000/182"; urn:, ark: and swh: stay."""
        return curie_of(self.scheme, self.value)


@attrs.frozen
class Indicator:
    """One row of the indicator table, as printed.

    >>> row = Indicator("selected citations", "1.2K")
    >>> row.name, row.count, row.is_rounded, row.impact_class
    ('citations', 1200, True, None)
    """

    label: str = attrs.field(converter=_label)
    """What the row is called, as printed."""
    printed: str = attrs.field(converter=_printed)
    """The value, as printed."""
    description: str = attrs.field(converter=_description, default="")
    """What the portal says of the indicator; may be empty."""
    name: str = attrs.field(init=False, eq=False, repr=False)
    """The indicator that the label stands for: "citations" for "selected citations"."""

    @name.default
    def _name_of_label(self) -> str:
        return indicators.LABELS.get(self.label.lower(), self.label)

    @property
    def count(self) -> int | None:
        """The printed count, "1K" as 1000; None if it is not one."""
        found = indicators.read_count(self.printed)
        return found[0] if found else None

    @property
    def is_rounded(self) -> bool:
        """Whether the portal printed the count rounded."""
        found = indicators.read_count(self.printed)
        return found is not None and found[1]

    @property
    def impact_class(self) -> ImpactClass | None:
        """The printed class; None if it is not one."""
        return ImpactClass(self.printed) if self.printed in indicators.CLASSES else None


def _rows(values: object, where: str = "rows") -> tuple[Indicator, ...]:
    rows: tuple[Any, ...]
    rows = values if type(values) is tuple else sequence_of(values, where, "Indicator")
    names: set[str] = set()
    for row in rows:
        if type(row) is not Indicator:
            raise InvalidValueError(f"{where}: expected Indicator, got {row!r:.60}")
        names.add(row.name)
    if len(names) < len(rows):
        ((twice, _),) = Counter(row.name for row in rows).most_common(1)
        raise InvalidValueError(f"{where}: a second row of {twice!r:.60}: keep one")
    return rows


@attrs.frozen
class IndicatorTable(Sequence[Indicator]):
    """The indicators of a record; no two rows are of one name.

    A sequence of rows that also takes the names of indicators.

    >>> table = IndicatorTable.parse(["| citations | 70 | |", "| impulse | Average |"])
    >>> table["citations"].count, "views" in table, len(table)
    (70, False, 2)
    """

    rows: tuple[Indicator, ...] = attrs.field(converter=_rows, default=())
    """The rows, in the order in which they were printed."""

    @classmethod
    def parse(cls, rows: str | Iterable[str]) -> IndicatorTable:
        """Read a table from its printed rows, a line each; blank lines are passed over.

        Raises ParseError if a line is no row, InvalidValueError if two are of one name.
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
            raise KeyError(key)
        return found

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.rows)

    def __contains__(self, key: object) -> bool:
        return key in self.rows or (isinstance(key, str) and self.get(key) is not None)

    def _repr_html_(self) -> str:
        """Return the table as HTML, for notebooks."""
        from litrecord.serializers.html import styled_html

        return styled_html(self)

    def get(self, name: str) -> Indicator | None:
        """Return the row of that name or label, or None."""
        wanted = indicators.LABELS.get(name.lower(), name)
        return next((row for row in self.rows if row.name == wanted), None)


def _read_row(lines: list[str], at: int) -> Indicator:
    row = indicators.read_row(lines[at].strip())
    if row is not None and row.is_closed:
        return Indicator(row.label, row.printed, row.description)
    start = sum(len(line) + 1 for line in lines[:at])
    place = Span(start, start + len(lines[at]))
    message = 'write a row as "| views | 26 |", its value closed by a pipe'
    raise ParseError("this is no row", [Diagnostic("cut-row", message, place, "\n".join(lines))])


def _widget(value: object) -> ScriptWidget:
    if isinstance(value, ScriptWidget):
        return value
    raise InvalidValueError(f"widget: expected a ScriptWidget or None, got {value!r:.60}")


def _identifiers(values: object) -> tuple[Identifier, ...]:
    identifiers: tuple[Any, ...]
    identifiers = (
        values if type(values) is tuple else sequence_of(values, "identifiers", "Identifier")
    )
    for identifier in identifiers:
        if type(identifier) is not Identifier:
            raise InvalidValueError(f"identifiers: expected Identifier, got {identifier!r:.60}")
    return identifiers


def _indicators(value: object) -> IndicatorTable:
    return value if type(value) is IndicatorTable else IndicatorTable(_rows(value, "indicators"))


_NO_ROWS = IndicatorTable()


@attrs.frozen(init=False)
class Record:
    """What one landing page prints of one work; every field defaults to "nothing".

    >>> record = Record(identifiers=[Identifier.parse("pmid: 21496615")], keywords=["Humans"])
    >>> record.pmid, record.doi, record.keywords
    ('21496615', None, ('Humans',))
    """

    widget: ScriptWidget | None
    """The script that the page shows to be copied."""
    identifiers: tuple[Identifier, ...]
    """The identifiers, in the order in which they were printed, valid or not."""
    abstract: str | None
    """The abstract as printed, a paragraph a line."""
    keywords: tuple[str, ...]
    """The keywords, in the order in which they were printed."""
    indicators: IndicatorTable
    """The rows of the indicator tables."""
    title: str | None
    """The title, which only whole pages print."""
    authors: tuple[str, ...]
    """The authors as printed, which only whole pages name."""

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
    ) -> None:
        _set(self, "widget", None if widget is None else _widget(widget))
        _set(self, "identifiers", () if identifiers == () else _identifiers(identifiers))
        _set(self, "abstract", None if abstract is None else paragraphs_of(abstract))
        _set(self, "keywords", () if keywords == () else lines_of(keywords, "keywords"))
        _set(self, "indicators", _indicators(indicators))
        _set(self, "title", None if title is None else line_of(title, "title"))
        _set(self, "authors", () if authors == () else lines_of(authors, "authors"))

    def _repr_html_(self) -> str:
        """Return the record as HTML, for notebooks."""
        from litrecord.serializers.html import styled_html

        return styled_html(self)

    def identifiers_of(self, scheme: str) -> tuple[Identifier, ...]:
        """Return the identifiers of one scheme, called by its name or a label, in any case."""
        name = _scheme(scheme)
        return tuple(found for found in self.identifiers if found.scheme == name)

    @property
    def doi(self) -> str | None:
        """The first valid DOI."""
        return self._first_valid("doi")

    @property
    def pmid(self) -> str | None:
        """The first valid PMID."""
        return self._first_valid("pmid")

    def _first_valid(self, scheme: str) -> str | None:
        valid = (found.value for found in self.identifiers_of(scheme) if found.is_valid)
        return next(valid, None)


def require_record(value: object) -> None:
    """Raise InvalidValueError if value is no Record."""
    if not isinstance(value, Record):
        raise InvalidValueError(f"record: expected a Record, got {type(value).__name__}")
