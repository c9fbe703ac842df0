"""Diagnostics: what was wrong, guessed or added, and where in the text.

Every diagnostic has a code from `CODES`, a closed table. Severities:

error
    printed text that became no value, or that is of no landing page;
warning
    a guess;
info
    a fact added from elsewhere than the page's text.
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import attrs

from litrecord._characters import LINE_END
from litrecord._values.excerpt import excerpt_of


class Severity(enum.Enum):
    """How much a diagnostic matters: ERROR, WARNING or INFO.

    >>> Severity("error") is Severity.ERROR
    True
    """

    ERROR = "error"
    """Printed text that became no value, or that is of no landing page."""
    WARNING = "warning"
    """A guess."""
    INFO = "info"
    """A fact added from elsewhere."""


@attrs.frozen
class Code:
    """One row of the table of diagnostic codes.

    >>> CODES["cut-row"].severity.value
    'error'
    """

    name: str
    """The code itself."""
    severity: Severity
    """How much it matters."""
    meaning: str
    """What it means."""
    advice: str
    """What to do about it."""


_ROWS = (
    # code, severity, what it means, what to do
    ("unknown-text", "error", "text that has no place in a record, such as prose after the rows",
     "Read it in the UNKNOWN section; report it if the portal prints it on many pages."),
    ("no-landmark", "error", "a text with no part by which a landing page is told",
     "Fetch the page again: this is an error page, another site, or data. Its lines are kept."),
    ("cut-row", "error", "an indicator row of which the value or the beginning is missing",
     "Fetch the page again: the dump was cut here. Nothing is made of the row."),
    ("second-record", "error", "a widget or an identifier line after a row begins another record",
     "Split the text before this place and read each half by itself."),
    ("repeated-widget", "error", "a second script widget that differs from the first",
     "Read it in the UNKNOWN section; the first widget is the record's."),
    ("malformed-identifier", "error", "an identifier that its scheme's syntax or check refuses",
     "Look at the printed value; it is kept with is_valid False, or left out if empty."),
    ("repeated-indicator", "error", "a second row of one indicator",
     "Compare the two rows; the first is the record's."),
    ("unknown-scheme", "error", "an identifier whose scheme cannot be told",
     'Put the scheme before it, as in "doi: 10.1000/182".'),
    ("malformed-json", "error", "text that is no JSON, where a record as JSON was asked for",
     "Look at the place: the text was cut, or is of another form."),
    ("unclosed-widget", "warning", "a script widget without its closing tag",
     "Check where it was taken to end: at the last line that looks like script."),
    ("ambiguous-keyword", "warning", "words that are one controlled term, or several",
     "Choose: the longest reading was taken, the message gives the other."),
    ("other-separator", "warning", 'keywords that a mark other than ", " parts: "maps; coasts"',
     "Compare with the line: it was cut there too, and a keyword that holds the mark was cut."),
    ("maybe-keywords", "warning", "a line that is repeated as keywords are, and kept as abstract",
     "Compare with the page: if it is keywords, give it to `split_keywords`."),
    ("maybe-cut", "warning", "the text begins or ends inside a part, which may be cut",
     "Compare with the page; the part is kept as it stands."),
    ("no-row", "warning", "no indicator row, of which every complete page has four",
     "Fetch the page again: the text may be cut. What there is is kept as it stands."),
    ("identifier-in-text", "warning", "an identifier line below text, where abstracts have such",
     "Look at what stands above it: the page is of another form, or a heading was taken for text."),
    ("unknown-indicator", "warning", "a row whose label is none of the known indicators",
     "Use it with care: the whole first cell was taken for the label."),
    ("unknown-value", "warning", "an indicator value that is neither a count nor an impact class",
     "Read `Indicator.printed`; count and impact_class are None."),
    ("uncertain-instance", "warning", "a line of a page's sources, or an instance without a name",
     "Compare with the page: a line that is not understood is in no value."),
    ("more-authors", "warning", "the page names fewer authors than there are",
     "Take the full list from the address of the record."),
    ("no-record", "warning", "no part of a record was found",
     "Check that the source is an EXPLORE landing page: it is empty, or only its frame."),
    ("replaced-character", "warning", "a character that no value can hold; there it is U+FFFD",
     "Check how the text was decoded."),
    ("guessed-encoding", "warning", "bytes that are not UTF-8, or damaged, were decoded by a guess",
     "Pass `encoding=` if you know it."),
    ("number-as-pmid", "warning", "a bare number in the page's address was taken for a PMID",
     "Check it: the address does not say which scheme its number has."),
    ("decoded-identifier", "warning", "character references in an identifier, taken for characters",
     "Compare the value with the printed one, if they may be meant: an identifier can hold &lt;."),
    ("several-labels", "warning", "a line with identifiers of several schemes, each with its label",
     "Check them: each was read by the label before it, and notes between them were left out."),
    ("unwrapped-markup", "warning", "tags and references inside an abstract, taken for markup",
     "Read the ABSTRACT section if they were meant as text: the value is without them."),
    ("unread-tag", "warning", "what looks like a tag, left in an abstract or a title",
     "Take it out if it is markup: its element is not known, or its other tag is missing."),
    ("read-as-markdown", "warning", "a text with the marks of Markdown, read without them",
     "Compare with the page if it is none: links, emphasis, escapes, headings lost their marks."),
    ("mended-widget", "warning", "a widget that the parser of a tree or soup had broken",
     "Pass the page's bytes: what is left of the widget in the tree was put together again."),
    ("looks-like-html", "warning", "the text begins as an HTML page does, and is read as text",
     "Leave out `markup=`: tags were taken for words."),
    ("unread-address", "warning", "the page's address names what can be told for no identifier",
     "Read it yourself; nothing was added to the record."),
    ("unread-metadata", "warning", "metadata of a page that name no work, or several, or no value",
     "Read them in the page itself; nothing was added to the record."),
    ("from-metadata", "info", "a value that a page's metadata have and its body does not print",
     "Nothing: what the body prints always comes first."),
    ("left-out", "info", "elements of a page whose text is none of the record's",
     "Nothing: they are scripts, styles, icons, menus, forms, and what is hidden."),
    ("address-from-page", "info", "the address of a page, which the page or its source says itself",
     "Nothing; pass `url=` if it is another: that one counts."),
    ("identifier-from-address", "info", "an identifier that only the page's address carries",
     "Nothing: it was added after the printed ones."),
)  # fmt: skip

CODES: Mapping[str, Code] = MappingProxyType(
    {name: Code(name, Severity(level), meaning, advice) for name, level, meaning, advice in _ROWS}
)
"""Every diagnostic code by its name; no other is ever used."""


@attrs.frozen(order=True)
class Span:
    """A place in a text: start and end offsets in characters, end excluded.

    >>> Span(2, 5).of("abcdefg")
    'cde'
    """

    start: int
    """The offset of its first character."""
    end: int
    """The offset after its last character."""

    def of(self, text: str) -> str:
        """Return the part of text that the span covers; raises TypeError if that is no str."""
        return text[self.start : self.end]


class Position(NamedTuple):
    """A line and a column, both counted from 1, the column in characters."""

    line: int
    """The line, from 1; a line ends at LF, CRLF or CR."""
    column: int
    """The character in the line, from 1."""


@attrs.frozen
class Diagnostic:
    """One thing to say about a text, and where in it.

    Line, column and excerpt are worked out only when asked for.

    >>> found = Diagnostic("cut-row", "the row ends before its value", Span(6, 7), "views | 2")
    >>> found.severity.value, found.position
    ('error', Position(line=1, column=7))
    >>> print(found)
    error[cut-row] line 1, column 7: the row ends before its value
      views | 2
            ^
    """

    code: str = attrs.field()
    """Its code, one of `litrecord.diagnostics.CODES`."""
    message: str
    """What is to say of this place."""
    span: Span
    """The place in the text."""
    text: str = attrs.field(repr=False)
    """The whole text that it is about."""

    @code.validator
    def _require_code(self, _: object, code: str) -> None:
        if code not in CODES:
            raise ValueError(f"there is no diagnostic code {code!r:.60}: take one of CODES")

    @property
    def severity(self) -> Severity:
        """The severity of the code."""
        return CODES[self.code].severity

    @property
    def advice(self) -> str:
        """What to do about it."""
        return CODES[self.code].advice

    @property
    def position(self) -> Position:
        """Where the span starts."""
        return position_in(self.text, self.span.start)

    @property
    def excerpt(self) -> str:
        """The line, at most 80 columns of it, and below it a caret; "" if the line is blank."""
        return excerpt_of(self.text, self.span.start)

    def _repr_html_(self) -> str:
        """Return the diagnostic as HTML, for notebooks."""
        from litrecord.serializers.pages.document import diagnostic_html

        return diagnostic_html(self)

    def __str__(self) -> str:
        line, column = self.position
        said = f"{self.severity.value}[{self.code}] line {line}, column {column}: {self.message}"
        return "\n  ".join([said, *self.excerpt.splitlines()])


def position_in(text: str, offset: int) -> Position:
    """Return line and column of an offset; a line ends at LF, CRLF or CR."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)


@lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    """Return where the lines start; kept, since a text often has more than one diagnostic."""
    return [0, *(found.end() for found in LINE_END.finditer(text))]
