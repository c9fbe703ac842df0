"""Diagnostics: reports of what was wrong, guessed or added, with a place in the text.

Every diagnostic has a code from `CODES`, a closed table. Severities:

error
    printed text that became no value or a value that is not valid, or a text that is not a landing
    page;
warning
    a guess;
info
    a fact added from elsewhere than the page's text, or elements that were left out.
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
    """Printed text that became no value or one that is not valid, or a text of another kind."""
    WARNING = "warning"
    """A guess."""
    INFO = "info"
    """A fact added from elsewhere, or elements that were left out."""


@attrs.frozen
class Code:
    """One row of the table of diagnostic codes.

    >>> CODES["cut-row"].severity.value
    'error'
    """

    name: str
    """The code itself."""
    severity: Severity
    """The severity of every diagnostic with this code."""
    meaning: str
    """The meaning of the code."""
    advice: str
    """The advice to the user."""


_ROWS = (
    # code, severity, what it means, what to do
    ("unknown-text", "error", "text that has no place in a record, such as prose after the rows",
     "Look at this text: it is in no value. Report it if the portal prints it on many pages."),
    ("no-landmark", "error", "a text without any part of a landing page",
     "Check the source: it may be an error page or another site. Its lines are the abstract."),
    ("cut-row", "error", "an indicator row without its value or its beginning",
     "Look at the row: no value was made of it. If it is cut, fetch the page again."),
    ("second-record", "error", "a widget or an identifier line after a row begins another record",
     "Split the text before this place and read each half by itself."),
    ("repeated-widget", "error", "a second script widget that differs from the first",
     "Compare the two: the first widget is the record's."),
    ("malformed-identifier", "error", "an identifier that its scheme's syntax or check refuses",
     "Look at the printed value: it is kept, but is not valid. An empty one is left out."),
    ("repeated-indicator", "error", "a second row of one indicator",
     "Compare the two rows; the first is the record's."),
    ("unknown-scheme", "error", "an identifier whose scheme cannot be recognised",
     'Put the scheme before it, as in "doi: 10.1000/182".'),
    ("malformed-json", "error", "text that is not valid JSON, where a record as JSON was expected",
     "Look at the place: the text was cut, or is not a record as JSON."),
    ("unclosed-widget", "warning", "a script widget without its closing tag",
     "Check its end: it was read up to the last line that looks like script."),
    ("ambiguous-keyword", "warning", "words that are one controlled term, or several",
     "Choose one: the longest term was read, and the message gives the other reading."),
    ("other-separator", "warning", 'keywords with a mark other than ", ": "maps; coasts"',
     "Compare with the line: it was split there too, even inside a keyword that has the mark."),
    ("maybe-keywords", "warning", "lines that may be keywords or of the abstract",
     "Compare with the page, and give what is keywords to `split_keywords`."),
    ("maybe-cut", "warning", "the text begins or ends inside a part, which may be cut",
     "Compare with the page: the part is kept as printed."),
    ("no-row", "warning", "no indicator row: every complete page has at least four",
     "Fetch the page again: the text may be cut. What was found is kept as printed."),
    ("identifier-in-text", "warning", "an identifier line below other text, as in an abstract",
     "Look at the text above it: it may be a heading, or the page has another layout."),
    ("unknown-indicator", "warning", "a row whose label is not a known indicator",
     "Use it with care: the whole first cell was read as the label."),
    ("unknown-value", "warning", "an indicator value that is neither a count nor an impact class",
     "Read the printed value: the row has no count and no impact class."),
    ("uncertain-instance", "warning", "a line of a page's sources, or an instance without a name",
     "Compare with the page: a line that cannot be read is in no value."),
    ("more-authors", "warning", "a list of authors that the page shortens",
     "Take the full list from the address of the record."),
    ("no-record", "warning", "no part of a record was found",
     "Check the source: it is empty, or has only the frame of an EXPLORE page."),
    ("replaced-character", "warning", "a character not allowed in a value, replaced by U+FFFD",
     "Check how the text was decoded."),
    ("guessed-encoding", "warning", "bytes that are not UTF-8, or damaged, were decoded by a guess",
     "Pass `encoding=` or `--encoding` if you know it."),
    ("number-as-pmid", "warning", "a bare number in the page's address, read as a PMID",
     "Check it: the address does not name the scheme of the number."),
    ("decoded-identifier", "warning", "character references or dashes in an identifier, replaced",
     "Compare the value with the printed one: an identifier may contain &lt; itself."),
    ("several-labels", "warning", "a line with identifiers of several schemes, each with its label",
     "Check them: each was read by its label, and notes between them were left out."),
    ("unwrapped-markup", "warning", "tags and character references in an abstract, read as markup",
     "If they were meant as text, take the printed line: the value is without them."),
    ("unread-tag", "warning", "what looks like a tag, left in an abstract or in a metadata title",
     "Remove it if it is markup: its element is unknown, or its other tag is missing."),
    ("read-as-markdown", "warning", "a text with the marks of Markdown, read without them",
     "Compare with the page if it is not Markdown: links, emphasis, headings lost their marks."),
    ("mended-widget", "warning", "a widget that the parser of a tree or soup broke",
     "Pass the page's bytes: the widget was put together from what is left in the tree."),
    ("looks-like-html", "warning", "the text begins as an HTML page does, and is read as text",
     "Leave out `markup=` or `--markup`: tags were read as words."),
    ("unread-address", "warning", "the page's address has a value that is not an identifier",
     "Check the address: nothing of it was added to the record."),
    ("unread-metadata", "warning", "metadata of a page with no work, several works or no value",
     "Read the metadata in the page itself: nothing of them was added to the record."),
    ("from-metadata", "info", "a value that is only in the page's metadata, not in its body",
     "Nothing: what the body prints always comes first."),
    ("left-out", "info", "elements of a page whose text is not part of the record",
     "Nothing: they are scripts, styles, icons, menus, buttons, and what is hidden."),
    ("address-from-page", "info", "the address of a page, found in the page or its source",
     "Nothing. If it is wrong, pass `url=` or `--url`: that one counts."),
    ("identifier-from-address", "info", "an identifier that is only in the page's address",
     "Nothing: it was added after the printed ones."),
)  # fmt: skip

CODES: Mapping[str, Code] = MappingProxyType(
    {name: Code(name, Severity(level), meaning, advice) for name, level, meaning, advice in _ROWS}
)
"""All diagnostic codes by name."""


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
        """Return the part of text that the span covers; raises TypeError if text is not a str."""
        return text[self.start : self.end]


_OF_NO_PLACE = {
    "address-from-page", "from-metadata", "identifier-from-address", "left-out", "number-as-pmid",
    "unread-address", "unread-metadata",
}  # fmt: skip
"""Codes of what is in a page but not in its text, so that their span is empty."""


class Position(NamedTuple):
    """A line and a column, both counted from 1, the column in characters."""

    line: int
    """The line, from 1; a line ends at LF, CRLF or CR."""
    column: int
    """The character in the line, from 1."""


@attrs.frozen
class Diagnostic:
    """One report about a text, with its place.

    Position and excerpt are computed on demand.

    >>> found = Diagnostic("cut-row", "the row ends before its value", Span(6, 7), "views | 2")
    >>> found.severity.value, found.position
    ('error', Position(line=1, column=7))
    >>> print(found)
    error[cut-row] line 1, column 7: the row ends before its value
      views | 2
            ^
      What to do: Look at the row: no value was made of it. If it is cut, fetch the page again.
    """

    code: str = attrs.field()
    """Its code, one of `litrecord.diagnostics.CODES`."""
    message: str
    """The message about this place."""
    span: Span
    """The place in the text."""
    text: str = attrs.field(repr=False)
    """The whole text."""

    @code.validator
    def _require_code(self, _: object, code: str) -> None:
        if code not in CODES:
            raise ValueError(f"expected a code of CODES, found {code!r:.60}")

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
        """The line and column where the span starts."""
        return position_in(self.text, self.span.start)

    @property
    def excerpt(self) -> str:
        """The line, at most 80 columns of it, with a caret below.

        It is "" if the line has no text, or if the diagnostic is about no place in the text.
        """
        has_place = self.span.start < self.span.end or self.code not in _OF_NO_PLACE
        return excerpt_of(self.text, self.span.start) if has_place else ""

    def _repr_html_(self) -> str:
        """Return the diagnostic as HTML, for notebooks."""
        from litrecord.serializers.pages.document import diagnostic_html

        return diagnostic_html(self)

    def __str__(self) -> str:
        line, column = self.position
        said = f"{self.severity.value}[{self.code}] line {line}, column {column}: {self.message}"
        return "\n  ".join([said, *self.excerpt.splitlines(), f"What to do: {self.advice}"])


def position_in(text: str, offset: int) -> Position:
    """Return line and column of an offset; a line ends at LF, CRLF or CR."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Position(line, offset - starts[line - 1] + 1)


@lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    """Return the offsets of the lines; cached, since a text often has several diagnostics."""
    return [0, *(found.end() for found in LINE_END.finditer(text))]
