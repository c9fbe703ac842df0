"""Conversion of rows with tabs, as browsers and spreadsheets copy a table.

Grammar of a line with a tab::

    row    = *tab first tab value [ tab *cell ]
    first  = [ label line-end ] cell      ; a cell of two blocks is copied as two lines
    cell   = *character / QUOTE *character QUOTE           ; as spreadsheets quote some

A line with a known label and a whole value is a row. In other lines the lexer reads tabs as pipes.
"""

from __future__ import annotations

from collections.abc import Iterator

from litrecord._characters import lines_of
from litrecord._sections import SectionKind
from litrecord._text.annotations import Annotation
from litrecord._text.lexer import row_value
from litrecord._vocabularies.indicators import (
    DESCRIPTION_OPENINGS,
    is_known_label,
    is_value,
    split_cell,
)

_AROUND = ' \t"'


def read_tabs(text: str) -> tuple[str, list[Annotation]]:
    """Return a text with pipes for the tabs of possible rows, and the rows that are certain.

    >>> shown, rows = read_tabs("Old maps err.\\nviews\\t26\\t\\nreads\\t3\\t\\n")
    >>> shown, [(row.start, row.end) for row in rows]
    ('Old maps err.\\nviews\\t26\\t\\nreads|3|\\n', [(14, 23)])
    """
    shown = []
    rows = []
    above = ""
    for line, start, after in lines_of(text, 0, len(text)):
        row = _row_at(line, start, above) if "\t" in line else None
        is_open = after == len(text) and text[-1] not in "\t\r\n"
        if row is not None and not is_open:
            rows.append(row)
        elif "\t" in line and _may_be_row(line):
            line = line.replace("\t", "|")  # noqa: PLW2901
        above = text[start:after]
        shown += [line, above[len(line) :]]
    return "".join(shown), rows


def _row_at(line: str, start: int, above: str) -> Annotation | None:
    """Return the row of a line, with the line of its label if that is above it."""
    cells = list(_cells(line))
    end = start + len(line)
    own = 1 if len(cells) > 2 and not is_known_label(split_cell(cells[0])[0]) else 0
    if len(cells) < 2 or not is_value(cells[own + 1]):
        return None
    label, description = split_cell(cells[own])
    if label.startswith(DESCRIPTION_OPENINGS):
        description, label = label, above.strip(f"{_AROUND}\r\n")
        start -= len(above)
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
