"""Rows with tabs, as browsers and spreadsheets copy a table.

Grammar of a line with a tab::

    row    = *tab first tab value [ tab *cell ]
    first  = [ label line-end ] cell      ; a cell of two blocks is copied as two lines
    cell   = *character / QUOTE *character QUOTE           ; as spreadsheets quote some

A line with a known label and a whole value is a row. Of others the lexer reads the tabs as pipes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litrecord._sections import SectionKind
from litrecord._text.annotations import Annotation
from litrecord._text.lexer import row_value
from litrecord._vocabularies.indicators import (
    DESCRIPTION_OPENINGS,
    is_known_label,
    is_value,
    split_cell,
)

_LINE = re.compile(r"(?<![^\r\n])[^\t\r\n]*\t[^\r\n]*")
_AROUND = ' \t"'
_LAST_LINE = re.compile(r"(?<![^\r\n])([^\r\n]*)(?:\r\n?|\n)\Z")
_LONGEST_LABEL = 40


def read_tabs(text: str) -> tuple[str, list[Annotation]]:
    """Return a text with pipes for the tabs of what may be rows, and the rows that are certain.

    >>> shown, rows = read_tabs("Old maps err.\\nviews\\t26\\t\\nreads\\t3\\t\\n")
    >>> shown, [(row.start, row.end) for row in rows]
    ('Old maps err.\\nviews\\t26\\t\\nreads|3|\\n', [(14, 23)])
    """
    pieces = []
    rows = []
    at = 0
    for line in _LINE.finditer(text):
        row = _row_at(text, line.start(), line.end())
        if row is not None:
            rows.append(row)
        elif _may_be_row(line[0]):
            pieces += [text[at : line.start()], line[0].replace("\t", "|")]
            at = line.end()
    return "".join([*pieces, text[at:]]), rows


def _row_at(text: str, start: int, end: int) -> Annotation | None:
    """Return the row of a line, with the line of its label if that stands above."""
    cells = list(_cells(text[start:end]))
    is_open = end == len(text) and text[-1] != "\t"
    own = 1 if len(cells) > 2 and not is_known_label(split_cell(cells[0])[0]) else 0
    if len(cells) < 2 or not is_value(cells[own + 1]) or is_open:
        return None
    label, description = split_cell(cells[own])
    if description == "" and label.startswith(DESCRIPTION_OPENINGS):
        above = _LAST_LINE.search(text, max(0, start - _LONGEST_LABEL), start)
        description, label = label, above[1].strip(_AROUND) if above else ""
        start = above.start() if above else start
    if not is_known_label(label):
        return None
    indicator, is_plain = row_value(label, cells[own + 1], description)
    return Annotation(SectionKind.INDICATOR, start, end, (indicator, is_plain and len(cells) == 2))


def _cells(line: str) -> Iterator[str]:
    """Yield the cells that have text, without the quotes of a spreadsheet."""
    for cell in line.split("\t"):
        text = cell.strip(_AROUND)
        if text:
            yield text


def _may_be_row(line: str) -> bool:
    cells = list(_cells(line))
    if not cells:
        return False
    label, description = split_cell(cells[0])
    is_known = is_known_label(label) and description.startswith(DESCRIPTION_OPENINGS)
    return is_known or (len(cells) > 1 and is_value(cells[1]))
