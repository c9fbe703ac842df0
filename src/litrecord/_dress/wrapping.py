"""Lines that a tool wrapped at a width, as html2text does: which line goes on with which.

A text is wrapped if each of its lines is so long that the first word of the next one would not have
fitted. The widest line says what fits. Blank lines, and lines that begin or end a block, part what
was wrapped.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_NARROWEST, _WIDEST = 40, 120
_LEAST = 2
_BREAK = "  "
_APART = frozenset({"and", "or", "to", "und", "oder", "et", "ou", "y", "e", "o", "en", "of"})
"""A word that stands behind "pre-" with a blank."""


def wrapped_ends(lines: Sequence[tuple[str, bool]]) -> dict[int, str]:
    """Return which lines go on, and what joins each to the next: a blank, or nothing at a hyphen.

    Each line comes with whether it may begin a paragraph's next line.

    >>> line = "the salt of the sea dries slowly on a stone"
    >>> wrapped_ends([(line, True), (line, True), ("quay.", True)])
    {0: ' ', 1: ' '}
    """
    filled = [line.rstrip() for line, _ in lines]
    # No tool breaks a long word, and html2text no row of a table.
    widest = max([len(line) for line in filled if " " in line and not _is_row(line)], default=0)
    joins = {}
    for at, ((line, _), (after, goes_on)) in enumerate(pairwise(lines)):
        if not goes_on or not line.strip() or not after.strip() or line.endswith(_BREAK):
            continue
        if _is_row(line) or _is_row(after):
            continue
        word = after.split(None, 1)[0]
        first = word.partition("-")[0] + "-" if "-" in word[1:-1] else word
        if len(filled[at]) + 1 + len(first) <= widest:
            return {}
        joins[at] = "" if _is_hyphenated(filled[at], word) else " "
    return joins if _NARROWEST <= widest <= _WIDEST and len(joins) >= _LEAST else {}


def _is_row(line: str) -> bool:
    return "|" in line and len(line) > _WIDEST


def _is_hyphenated(line: str, word: str) -> bool:
    return line[-1] == "-" and line[-2:-1].isalnum() and word[0].isalnum() and word not in _APART
