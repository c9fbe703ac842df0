"""Indicator rows: their labels, descriptions, counts and impact classes.

Grammar of a row, one line of text, stripped::

    row         = [ "|" ] cell "|" value [ "|" *( "|" / space ) ]      ; read_row, write_row
                / *more "|" cell "|" *blank-cell value "|" *more           ; _read_uneven
    more        = ( blank-cell / *character ) "|"        ; an icon's name, or a third cell
    rule        = 1*( "|" / "-" / ":" / "=" / "+" / space )            ; is_rule
    cell        = known-label [ space description ] / label            ; split_cell
    known-label = "citations" / "selected citations" / "popularity" / "influence"
                / "impulse" / "views" / "downloads"                    ; LABELS, any case
    description = upper-case-letter *character
    value       = class / count / *character
    class       = "Top 0.01%" / "Top 0.1%" / "Top 1%" / "Top 10%" / "Average"   ; CLASSES
    count       = 1*15DIGIT / 1*12DIGIT [ "." 1*3DIGIT ] ( "K" / "M" )          ; read_count

Sources: the classes are C1 to C5 of BIP! Software (BIP! DB, 2021; docs of the OpenAIRE
Graph 9.0.1, ``indicators.citationImpact``); the words are those of OpenAIRE EXPLORE
from 2022 to 2025. DIGIT is ASCII only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from litrecord._characters import OTHER_SPACES, plain_spaces

CLASSES = {
    "Top 0.01%": "C1",
    "Top 0.1%": "C2",
    "Top 1%": "C3",
    "Top 10%": "C4",
    "Average": "C5",
}
"""The impact classes as printed, best first, with their codes."""

LABELS = {
    "citations": "citations",
    "selected citations": "citations",
    "popularity": "popularity",
    "influence": "influence",
    "impulse": "impulse",
    "views": "views",
    "downloads": "downloads",
}
"""The known labels, each with the name of its indicator."""

USAGE = frozenset({"views", "downloads"})
"""The indicators of the usage table, which is below the other indicators."""

_CITATIONS = (
    'This is an alternative to the "Influence" indicator, which also reflects the '
    "overall/total impact of an article in the research community at large, based on the "
    "underlying citation network (diachronically)."
)
DESCRIPTIONS = frozenset(
    {
        _CITATIONS,
        "These citations are derived from selected sources. " + _CITATIONS,
        'This indicator reflects the "current" impact/attention (the "hype") of an article in '
        "the research community at large, based on the underlying citation network.",
        "This indicator reflects the overall/total impact of an article in the research "
        "community at large, based on the underlying citation network (diachronically).",
        "This indicator reflects the initial momentum of an article directly after its "
        "publication, based on the underlying citation network.",
    }
)
"""The descriptions that the portal prints, each in a row and again as a tooltip."""

DESCRIPTION_OPENINGS = (
    'This is an alternative to the "Influence" indicator',
    "These citations are derived from selected sources",
    "This indicator reflects the ",
)

_LABEL = re.compile("(" + "|".join(LABELS) + r")(?=\s|$)", re.I)
_COUNT = re.compile(r"([0-9]{1,15})|([0-9]{1,12})(?:\.([0-9]{1,3}))?([KM])")
_DECIMALS = {"K": 3, "M": 6}
_LONGEST_COUNT = len("123456789012.123K")


def read_count(printed: str) -> tuple[int, bool] | None:
    """Return (count, whether it is rounded), or None if printed is not a count.

    >>> read_count("123"), read_count("1.2K"), read_count("1_000")
    ((123, False), (1200, True), None)
    """
    return _read_count(printed) if len(printed) <= _LONGEST_COUNT else None


@lru_cache(maxsize=4096)  # since pages repeat few distinct counts
def _read_count(printed: str) -> tuple[int, bool] | None:
    found = _COUNT.fullmatch(printed.strip(OTHER_SPACES))
    if found is None:
        return None
    whole, rounded, fraction, unit = found.groups()
    if whole:
        return int(whole), False
    return int(rounded + (fraction or "").ljust(_DECIMALS[unit], "0")), True


def is_value(printed: str) -> bool:
    """Return whether printed is a count or an impact class."""
    return shown_class(printed) in CLASSES or _COUNT.fullmatch(printed) is not None


def shown_class(printed: str) -> str:
    """Return an impact class with U+0020 for every other kind of space.

    >>> shown_class("Top\\xa010%")
    'Top 10%'
    """
    return plain_spaces(printed).strip()


def name_of_label(label: str) -> str:
    """Return the name of the indicator of a label; for an unknown label, the label itself.

    >>> name_of_label("Selected citations"), name_of_label("Reads")
    ('citations', 'Reads')
    """
    return LABELS.get(plain_spaces(label).lower(), label)


def is_known_label(label: str) -> bool:
    """Return whether a label is one of `LABELS`, in any case.

    >>> is_known_label("Views"), is_known_label("views per month")
    (True, False)
    """
    return plain_spaces(label).lower() in LABELS


def split_cell(cell: str) -> tuple[str, str]:
    """Split a row's first cell into label and description.

    For an unknown row the whole cell is the label.

    >>> split_cell("popularity This indicator reflects …")
    ('popularity', 'This indicator reflects …')
    >>> split_cell("views per month")
    ('views per month', '')
    """
    found = _LABEL.match(cell)
    if found is None:
        return cell, ""
    description = cell[found.end() :].lstrip()
    if description and not description[0].isupper():
        return cell, ""
    return found.group(), description


class Row(NamedTuple):
    """A line read as a row: its values, and how the last of them ends."""

    label: str
    description: str
    printed: str
    has_leading_pipe: bool
    has_closing_pipe: bool
    has_last_cell: bool
    more: tuple[int, int] | None = None
    """The offsets in the line of the first other cell with text, if there is one."""

    @property
    def is_known(self) -> bool:
        """Return whether the label is one of `LABELS`."""
        return is_known_label(self.label)

    @property
    def is_closed(self) -> bool:
        """Return whether a pipe closes the value, or the value is complete without one."""
        return self.has_closing_pipe or is_value(self.printed)


def read_row(line: str) -> Row | None:
    """Read one stripped line as a row; None if it does not look like one.

    >>> read_row("| views | 26 | |")[:3]
    ('views', '', '26')
    >>> read_row("so |x| is its size") is None
    True
    """
    cells = line.split("|", 4)
    leading = not cells[0]
    first = 1 if leading else 0
    if len(cells) < first + 2:
        return None
    cell, printed = cells[first].strip(), cells[first + 1].strip()
    rest = cells[first + 2 :]
    if not cell or not printed or "".join(rest).strip(" \t|"):
        return _read_uneven(line)
    label, description = split_cell(cell)
    return Row(label, description, printed, leading, bool(rest), len(rest) > 1)


def _read_uneven(line: str) -> Row | None:
    """Read a row with more cells than label and value: the first two with text are used.

    As in HTML, there may be an icon before the label, as the text of its name.

    >>> _read_uneven("| views | | 26 | more |").more
    (17, 21)
    """
    cells = _filled_cells(line)
    labels = [split_cell(text) for _, text in cells[:2]]
    if len(cells) < 2:
        return None
    own = 1 if len(cells) > 2 and not is_known_label(labels[0][0]) else 0
    label, description = labels[own]
    at, printed = cells[own + 1]
    if not is_known_label(label) or not (
        is_value(printed) or description.startswith(DESCRIPTION_OPENINGS)
    ):
        return None
    others = cells[:own] + cells[own + 2 :]
    more = (others[0][0], others[0][0] + len(others[0][1])) if others else None
    rest = line[at + len(printed) :]
    return Row(label, description, printed, line[0] == "|", "|" in rest, rest.count("|") > 1, more)


def _filled_cells(line: str) -> list[tuple[int, str]]:
    """Return the cells of a line that have text, each with the offset of its text."""
    found = []
    at = 0
    for cell in line.split("|"):
        text = cell.strip()
        if text:
            found.append((at + cell.index(text), text))
        at += len(cell) + 1
    return found


def is_rule(line: str) -> bool:
    """Return whether a line is the separator of a table, or a row without text.

    >>> is_rule("| --- | :-: |"), is_rule("|  |  |"), is_rule("| - | 0 |"), is_rule("|")
    (True, True, False, False)
    """
    return len(line) > 1 and "|" in line and not line.strip("|-:=+ \t")


def write_row(label: str, description: str, printed: str, is_last: bool) -> str:
    """Return a row as the portal prints it, without its second cell if it is the last.

    >>> write_row("views", "", "26", False), write_row("downloads", "", "3", True)
    ('views | 26 | |', 'downloads | 3 |')
    """
    cell = f"{label} {description}" if description else label
    return f"{cell} | {printed} |" if is_last else f"{cell} | {printed} | |"


def begins_known_row(line: str) -> bool:
    """Return whether a line begins like a known row, with its description or an empty value.

    >>> begins_known_row('| impulse This indicator reflects the initial')
    True
    >>> begins_known_row("| views | |"), begins_known_row("impulse purchases")
    (True, False)
    """
    cell, pipe, rest = line.lstrip("| ").partition("|")
    label, description = split_cell(cell.rstrip())
    if not is_known_label(label):
        return False
    is_framed = bool(pipe) or line.startswith("|")
    is_empty = is_framed and not description and not rest.strip(" \t|")
    return is_empty or description.startswith(DESCRIPTION_OPENINGS)


FIRST_CELLS = tuple(
    f"{label} {description}" for label in LABELS for description in sorted(DESCRIPTIONS)
)
"""The beginnings of rows: a known label and a known description."""

_FIRST_CELL_LINES = "\n" + "\n".join(FIRST_CELLS)


def is_start_of_row(line: str) -> bool:
    """Return whether the last line of the text can be the beginning of a row.

    >>> is_start_of_row("| popul"), is_start_of_row("| "), is_start_of_row("Mice")
    (True, True, False)
    """
    cell = line.strip("| ")
    return f"\n{cell}" in _FIRST_CELL_LINES or begins_known_row(line)
