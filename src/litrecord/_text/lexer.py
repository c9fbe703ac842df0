"""What a line looks like, whatever stands around it: the lexer of the segmenter.

Grammar of the classes, each of one stripped line, the first that fits::

    blank          = ""
    row            = a row of a known label, see indicators                 ; _class_of_row
    new-row        = a row of another label, or bare: prose, if more text follows
    loose-row      = a row only where rows stand already
    cut-row        = the start of a known row, without a whole value
    fixed          = a heading, a label, a notice of _vocabularies.interface            ; _FIXED
    notice         = a notice of _vocabularies.interface with variable words
    value          = a count or an impact class by itself
    authors        = "Authors:" …
    identifier     = an identifier line, see _text.identifier_lines
    list-start     = "• BIP!" and the like, which begins a whole page's rows
    bullet         = "•" …
    text           = any other

The line that a text ends in without a line end is read with more care, since it may be
cut: ``read_open_line``.
"""

from __future__ import annotations

import enum

from litrecord._text.identifier_lines import IdentifierLine, read_identifier_line
from litrecord._vocabularies import indicators
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
    ENDS,
    IMPACT_HEADING,
    KEYWORDS_HEADING,
    NOTICES,
    STARTS,
    WHOLE_PAGE,
    is_cut_notice,
    is_notice,
)
from litrecord._vocabularies.schemes import LONGEST_LABEL
from litrecord.model import Indicator

AUTHORS_START = "Authors:"
BULLET = "•"
_LIST_STARTS = (IMPACT_HEADING, "• BIP!", f"• {IMPACT_HEADING}")
_STARTS = (*STARTS, BULLET, AUTHORS_START)
_INITIALS = frozenset(start[0] for start in _STARTS)
_FINALS = frozenset(end[-1] for end in ENDS)
_LABEL_END = LONGEST_LABEL + 2


class LineClass(enum.StrEnum):
    """What a line looks like."""

    BLANK = "blank"
    ROW = "row"
    NEW_ROW = "new-row"
    LOOSE_ROW = "loose-row"
    CUT_ROW = "cut-row"
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
    TEXT = "text"


RowLine = tuple[Indicator, bool]
"""A row's value, and whether there is nothing to say of it: label and value are known."""

Reading = tuple[LineClass, RowLine | IdentifierLine | None]
"""The class of a line, and what was read of it, where that is what made it of its class."""

_BLANK: Reading = (LineClass.BLANK, None)
_TEXT: Reading = (LineClass.TEXT, None)
_CUT_ROW: Reading = (LineClass.CUT_ROW, None)
_NOTICE: Reading = (LineClass.NOTICE, None)
_VALUE: Reading = (LineClass.VALUE, None)
_BULLET: Reading = (LineClass.BULLET, None)
_AUTHORS: Reading = (LineClass.AUTHORS, None)

_FIXED: dict[str, Reading] = {
    **dict.fromkeys(NOTICES, _NOTICE),
    **dict.fromkeys(DESCRIPTIONS, (LineClass.DESCRIPTION, None)),
    **dict.fromkeys(LABELS, (LineClass.LABEL, None)),
    **dict.fromkeys(FIRST_CELLS, _CUT_ROW),
    **dict.fromkeys(CLASSES, _VALUE),
    **dict.fromkeys(_LIST_STARTS, (LineClass.LIST_START, None)),
    WHOLE_PAGE: (LineClass.PAGE_START, None),
    ABSTRACT_HEADING: (LineClass.ABSTRACT_HEADING, None),
    KEYWORDS_HEADING: (LineClass.KEYWORDS_HEADING, None),
}
_IDENTIFIER = LineClass.IDENTIFIER
_ROWS = (LineClass.ROW, LineClass.NEW_ROW, LineClass.LOOSE_ROW)
_LONGEST_FIXED = max(map(len, _FIXED))
_DIGITS = frozenset("0123456789")


def read_line(line: str) -> Reading:
    """Return the class of a stripped line that a line end closes.

    >>> read_line("| views | 26 |")[0], read_line("so |x| = 2")[0]
    (<LineClass.ROW: 'row'>, <LineClass.TEXT: 'text'>)
    """
    if not line:
        return _BLANK
    if "|" in line:
        found = _read_piped(line)
        if found is not _TEXT:
            return found
    elif len(line) <= _LONGEST_FIXED:
        fixed = _FIXED.get(line)
        if fixed is not None:
            return fixed
        if line[0] in _DIGITS and is_value(line):
            return _VALUE
    # Most lines are plain text, and these looks at a few characters tell it.
    if (
        ":" in line[:_LABEL_END]
        or (line[0] in _INITIALS and line.startswith(_STARTS))
        or (line[-1] in _FINALS and line.endswith(ENDS))
    ):
        return _read_special(line)
    return _TEXT


def _read_special(line: str) -> Reading:
    identifiers = read_identifier_line(line)
    if identifiers is not None:
        return _IDENTIFIER, identifiers
    if is_notice(line):
        return _NOTICE
    if line.startswith(BULLET):
        return _BULLET
    return _AUTHORS if line.startswith(AUTHORS_START) else _TEXT


def _read_piped(line: str) -> Reading:
    row = indicators.read_row(line)
    found = _class_of_row(row) if row is not None else LineClass.TEXT
    if row is None or found is LineClass.TEXT:
        return _CUT_ROW if begins_known_row(line) else _TEXT
    return found, row_line(row.label, row.printed, row.description)


def row_line(label: str, printed: str, description: str) -> RowLine:
    """Return what a row is read as.

    >>> row_line("selected citations", "1K", "")[1]
    True
    """
    indicator = Indicator(label, printed, description)
    return indicator, is_known_label(label) and is_value(printed)


def _class_of_row(row: Row) -> LineClass:
    if not row.is_closed:
        return LineClass.TEXT
    if row.is_known and (row.has_leading_pipe or row.description):
        return LineClass.ROW
    if row.is_known:
        return LineClass.NEW_ROW
    is_framed = row.has_leading_pipe and row.has_last_cell
    if row.has_closing_pipe and (is_framed or is_value(row.printed)):
        return LineClass.NEW_ROW
    return LineClass.LOOSE_ROW


def read_open_line(line: str) -> Reading:
    """Return the class of the stripped line that a text ends in, which may be cut.

    >>> read_open_line("| views | 26")[0], read_open_line("| impulse | Average")[0]
    (<LineClass.CUT_ROW: 'cut-row'>, <LineClass.ROW: 'row'>)
    """
    found, read = read_line(line)
    if found is LineClass.VALUE:
        return _VALUE if line in CLASSES else _TEXT
    if found in _ROWS:
        row = None if line[-1] == "|" else indicators.read_row(line)
        return _CUT_ROW if row is not None and row.printed not in CLASSES else (found, read)
    if found in (LineClass.TEXT, LineClass.LABEL):
        row = indicators.read_row(line)
        if found is LineClass.LABEL or is_start_of_row(line) or (row is not None and row.is_known):
            return _CUT_ROW
        if is_cut_notice(line):
            return _NOTICE
    return found, read


def opens_description(line: str) -> bool:
    """Tell whether a line is a description, if not one of those that are known.

    >>> opens_description("This indicator reflects the weather.")
    True
    """
    return line.startswith(DESCRIPTION_OPENINGS)
