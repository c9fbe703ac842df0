"""Excerpts of a text: the line around a place, and a caret below the place."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_COLUMNS = 80
_LEAD = 50


def excerpt_of(text: str, offset: int) -> str:
    """Return the line around an offset and a caret line, at most 80 columns wide.

    The excerpt of a blank line is "". An ellipsis replaces what is left out on a side. Tabs and
    unprintable characters become one space each. Wide and combining characters count as a terminal
    shows them.
    """
    start, is_cut = _start_of_line(text, offset)
    before, is_elided = _fit(_shown(start)[::-1], _LEAD)
    lead = ("…" if is_elided or is_cut else "") + before[::-1]
    room = _COLUMNS - _width(lead)
    after, is_elided = _fit(_shown(_rest_of_line(text, offset)), room - 1)
    line = lead + after + ("…" if is_elided else "")
    return f"{line.rstrip()}\n{' ' * _width(lead)}^" if line.strip() else ""


# One cell may have many combining characters, so the number of characters is bounded too.
_MOST_SHOWN = 4 * _COLUMNS


def _start_of_line(text: str, offset: int) -> tuple[str, bool]:
    """Return the line before an offset, only its end if it is long, and whether it is cut."""
    end = offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset
    before = text[max(offset - _MOST_SHOWN - 1, 0) : end]
    line = before.rpartition("\n")[2].rpartition("\r")[2]
    is_cut = len(line) == len(before) and offset > _MOST_SHOWN
    return (line[1:] if is_cut else line) + text[end:offset], is_cut


def _rest_of_line(text: str, offset: int) -> str:
    rest = text[offset : offset + _MOST_SHOWN]
    return rest.partition("\n")[0].partition("\r")[0]


def _fit(text: str, columns: int) -> tuple[str, bool]:
    """Return as much of a text as fits, and whether something is left out."""
    if text.isascii():
        return text[:columns], len(text) > columns
    used = 0
    for index, character in enumerate(text):
        used += _cells(character)
        if used > columns:
            return text[:index], True
    return text, False


def _shown(text: str) -> str:
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_cells, text))


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
