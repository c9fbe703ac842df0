"""Joining of lines that a tool such as html2text wrapped at a width.

A text is wrapped if the first word of each line would not have fitted on the line before. The
widest line gives the width. Blank lines, and lines that begin or end a block, end a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_NARROWEST, _WIDEST = 40, 120
_LEAST = 2
_BREAK = "  "
_APART = frozenset({"and", "or", "to", "und", "oder", "et", "ou", "y", "e", "o", "en", "of"})
"""A word that follows "pre-" with a space between them."""


def wrapped_ends(lines: Sequence[tuple[str, bool]]) -> dict[int, str]:
    """Return the lines to join, each with the text between: a space, or nothing after a hyphen.

    Each input line comes with whether it may continue a paragraph.

    >>> line = "the salt of the sea dries slowly on a stone"
    >>> wrapped_ends([(line, True), (line, True), ("quay.", True)])
    {0: ' ', 1: ' '}
    """
    filled = [line.rstrip() for line, _ in lines]
    # Tools do not break a long word, and html2text does not break a row of a table.
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
