"""Lexer of the segmenter: gives each line a token, without looking at other lines.

Grammar of the tokens, each of one stripped line; the first that fits is used::

    blank          = ""
    row            = a row of a known label, see indicators                 ; _class_of_row
    new-row        = a row of another label, or bare: prose, if more text follows
    loose-row      = a row only among other rows
    cut-row        = the start of a known row, without a whole value
    rule           = a separator line, or a row without text, see indicators
    fixed          = a heading, a label, a notice of _vocabularies.interface            ; _FIXED
    page-start     = a first line of a whole page, in any wording
    notice         = a notice of _vocabularies.interface with variable words
    value          = a count or an impact class by itself
    authors        = "Authors:" …
    identifier     = an identifier line, see _text.identifier_lines
    list-start     = "• BIP!" and the like, which begins a whole page's rows
    bullet         = "•" …
    text           = any other

The last line of a text may be cut if it has no line end. It is read with more care by
``tokenize_open``.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from functools import lru_cache

from litrecord._text.identifier_lines import IdentifierLine, read_identifier_line
from litrecord._values.indicators import Indicator
from litrecord._vocabularies import indicators
from litrecord._vocabularies.identifiers import LONGEST_LABEL
from litrecord._vocabularies.indicators import (
    CLASSES,
    DESCRIPTION_OPENINGS,
    DESCRIPTIONS,
    FIRST_CELLS,
    LABELS,
    Row,
    begins_known_row,
    is_known_label,
    is_start_of_row,
    is_value,
)
from litrecord._vocabularies.interface import (
    ABSTRACT_HEADING,
    ADD_CLAIM,
    BULLETS,
    ENDS,
    IMPACT_HEADINGS,
    KEYWORDS_HEADING,
    NOTICES,
    STARTS,
    WHOLE_PAGE,
    is_cut_notice,
    is_notice,
    is_page_start,
)

AUTHORS_START = "Authors:"
BULLET = BULLETS[0]
_LIST_STARTS = (
    *IMPACT_HEADINGS,
    *(f"{mark} {heading}" for mark in BULLETS for heading in ("BIP!", *IMPACT_HEADINGS)),
)
_STARTS = (*STARTS, BULLET, AUTHORS_START)
_INITIALS = frozenset(start[0] for start in _STARTS)
_FINALS = frozenset(end[-1] for end in ENDS)
_LABEL_END = LONGEST_LABEL + 2


class TokenKind(enum.StrEnum):
    """The kind of a line by itself."""

    BLANK = "blank"
    ROW = "row"
    NEW_ROW = "new-row"
    LOOSE_ROW = "loose-row"
    CUT_ROW = "cut-row"
    RULE = "rule"
    ROW_END = "row-end"
    ABSTRACT_HEADING = "Abstract"
    KEYWORDS_HEADING = "Keywords"
    LIST_START = "list-start"
    BULLET = "bullet"
    LABEL = "label"
    DESCRIPTION = "description"
    VALUE = "value"
    NOTICE = "notice"
    AUTHORS = "authors"
    IDENTIFIER = "identifier"
    TITLE = "title"
    PAGE_START = "page-start"
    CLAIM = "addClaim"
    TEXT = "text"
    # Script elements, whose kind the segmenter determines:
    SCRIPT = "script"
    WIDGET = "widget"
    SAME_WIDGET = "same-widget"
    OTHER_WIDGET = "other-widget"


RowValue = tuple[Indicator, bool]
"""The value of a row, and whether it needs no diagnostic: label and value are known, and no other
cell has text."""

Token = tuple[TokenKind, RowValue | IdentifierLine | None]
"""The kind of a line, and the value read from it if the kind has one."""

_BLANK: Token = (TokenKind.BLANK, None)
_TEXT: Token = (TokenKind.TEXT, None)
_CUT_ROW: Token = (TokenKind.CUT_ROW, None)
_RULE: Token = (TokenKind.RULE, None)
_NOTICE: Token = (TokenKind.NOTICE, None)
_VALUE: Token = (TokenKind.VALUE, None)
_BULLET: Token = (TokenKind.BULLET, None)
_AUTHORS: Token = (TokenKind.AUTHORS, None)
_PAGE_START: Token = (TokenKind.PAGE_START, None)

_FIXED: dict[str, Token] = {
    **dict.fromkeys(NOTICES, _NOTICE),
    **dict.fromkeys(DESCRIPTIONS, (TokenKind.DESCRIPTION, None)),
    **dict.fromkeys(LABELS, (TokenKind.LABEL, None)),
    **dict.fromkeys(FIRST_CELLS, _CUT_ROW),
    **dict.fromkeys(CLASSES, _VALUE),
    **dict.fromkeys(_LIST_STARTS, (TokenKind.LIST_START, None)),
    WHOLE_PAGE: _PAGE_START,
    ADD_CLAIM: (TokenKind.CLAIM, None),
    ABSTRACT_HEADING: (TokenKind.ABSTRACT_HEADING, None),
    KEYWORDS_HEADING: (TokenKind.KEYWORDS_HEADING, None),
}
_IDENTIFIER = TokenKind.IDENTIFIER
_ROWS = (TokenKind.ROW, TokenKind.NEW_ROW, TokenKind.LOOSE_ROW)
_HEADINGS = frozenset({TokenKind.TEXT, TokenKind.LABEL, TokenKind.NOTICE})
"""The pattern of a cell of a header row; cells of a layout contain identifiers or rows."""
_LONGEST_HEADING = 80
_LONGEST_KEPT = 320
_LONGEST_FIXED = max(map(len, _FIXED))
_DIGITS = frozenset("0123456789")


def tokenize(line: str) -> Token:
    """Return the token of a stripped line that has a line end.

    >>> tokenize("| views | 26 |")[0], tokenize("so |x| = 2")[0]
    (<TokenKind.ROW: 'row'>, <TokenKind.TEXT: 'text'>)
    """
    if not line:
        return _BLANK
    if "|" in line:
        # Pages repeat few distinct rows, so most of them are in the cache.
        found = _read_piped(line) if len(line) <= _LONGEST_KEPT else _read_row(line)
        if found is not _TEXT:
            return found
    elif len(line) <= _LONGEST_FIXED:
        fixed = _FIXED.get(line)
        if fixed is not None:
            return fixed
        if line[0] in _DIGITS and is_value(line):
            return _VALUE
    # Most lines are plain text, which these checks of a few characters show.
    if (
        ":" in line[:_LABEL_END]
        or (line[0] in _INITIALS and line.startswith(_STARTS))
        or (line[-1] in _FINALS and line.endswith(ENDS))
    ):
        return _read_special(line)
    return _TEXT


def _read_special(line: str) -> Token:
    identifiers = read_identifier_line(line)
    if identifiers is not None:
        return _IDENTIFIER, identifiers
    if is_notice(line):
        return _PAGE_START if line[0] in "Pp" and is_page_start(line) else _NOTICE
    if line.startswith(BULLET):
        return _BULLET
    return _AUTHORS if line.startswith(AUTHORS_START) else _TEXT


def _read_row(line: str) -> Token:
    if indicators.is_rule(line):
        return _RULE
    row = indicators.read_row(line)
    found = _class_of_row(row) if row is not None else TokenKind.TEXT
    if row is None or found is TokenKind.TEXT:
        return _CUT_ROW if begins_known_row(line) else _TEXT
    indicator, is_plain = row_value(row.label, row.printed, row.description)
    return found, (indicator, is_plain and row.more is None)


_read_piped = lru_cache(maxsize=4096)(_read_row)


def row_value(label: str, printed: str, description: str) -> RowValue:
    """Return the value of a row.

    >>> row_value("selected citations", "1K", "")[1]
    True
    """
    indicator = Indicator(label, printed, description)
    return indicator, is_known_label(label) and is_value(printed)


def are_headings(cells: Iterable[str]) -> bool:
    """Return whether the cells of a row are headings: short, no row, no identifier line.

    >>> are_headings(["Indicator", "Value"]), are_headings(["views", "26"])
    (True, False)
    """
    texts = list(cells)
    is_row = bool(texts) and is_known_label(indicators.split_cell(texts[0])[0])
    is_short = all(len(text) <= _LONGEST_HEADING for text in texts)
    return (
        bool(texts)
        and not is_row
        and is_short
        and _HEADINGS.issuperset(tokenize(text)[0] for text in texts)
    )


def _class_of_row(row: Row) -> TokenKind:
    if not row.is_closed:
        return TokenKind.TEXT
    if row.is_known and (row.has_leading_pipe or row.description):
        return TokenKind.ROW
    if row.is_known:
        return TokenKind.NEW_ROW
    is_framed = row.has_leading_pipe and row.has_last_cell
    if row.has_closing_pipe and (is_framed or is_value(row.printed)):
        return TokenKind.NEW_ROW
    return TokenKind.LOOSE_ROW


def tokenize_open(line: str) -> Token:
    """Return the token of the last line of a text, stripped, which may be cut.

    >>> tokenize_open("| views | 26")[0], tokenize_open("| impulse | Average")[0]
    (<TokenKind.CUT_ROW: 'cut-row'>, <TokenKind.ROW: 'row'>)
    """
    found, read = tokenize(line)
    if found is TokenKind.VALUE:
        return _VALUE if line in CLASSES else _TEXT
    if found in _ROWS:
        row = None if line[-1] == "|" else indicators.read_row(line)
        is_cut = row is not None and not row.has_closing_pipe and row.printed not in CLASSES
        return _CUT_ROW if is_cut else (found, read)
    if found in (TokenKind.TEXT, TokenKind.LABEL, TokenKind.RULE):
        row = indicators.read_row(line)
        if found is TokenKind.LABEL or is_start_of_row(line) or (row is not None and row.is_known):
            return _CUT_ROW
        if is_cut_notice(line):
            return _NOTICE
    return found, read


def opens_description(line: str) -> bool:
    """Return whether a line begins like a description that is not a known one.

    >>> opens_description("This indicator reflects the weather.")
    True
    """
    return line.startswith(DESCRIPTION_OPENINGS)
