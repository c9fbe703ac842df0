"""Splitting of a keyword line at ", " and at other separator marks, outside brackets.

Grammar::

    line    = list *( mark list )                             ; other_marks
    mark    = ";" / "；" / "؛" / "、"                         ; ";" of no reference, as in "&amp;"
            / "，" / "،"                                      ; not between two digits
            / space ( "|" / "·" / "•" ) space
    list    = piece *( ", " piece )                           ; split_pieces
    piece   = *( character / bracket )
    bracket = "(" *any ")" / "[" *any "]" / "{" *any "}"      ; nested, holds ", "

A bracket that is never closed, or never opened, is an ordinary character. A mark in brackets does
not separate keywords.
"""

from __future__ import annotations

import re

from litrecord._vocabularies.elements import REFERENCE
from litrecord._vocabularies.printed import decoded

SEPARATOR = ", "
MARKS = ",;；؛、，،|·• "
"""The characters that separate keywords."""

_CLOSERS = {")": "(", "]": "[", "}": "{"}
# Most brackets hold no comma and no other bracket, and so no separator.
_PLAIN_BRACKET = re.compile(r"\([^()\[\]{},]*\)|\[[^()\[\]{},]*\]|\{[^()\[\]{},]*\}")
_BRACKET = re.compile(r"[()\[\]{}]")
_MARK = re.compile(rf"({REFERENCE};)|[;；؛、]|(?<![0-9])[，،]|[，،](?![0-9])|(?<=\s)[|·•](?=\s)")
_ANY_MARK = re.compile("[;|·•；؛、，،]")


def may_have_marks(line: str) -> bool:
    """Return, after a quick check, whether a line may have marks other than ", ".

    >>> may_have_marks("Maps, Coasts"), may_have_marks("Ions (Na+; K+)")
    (False, True)
    """
    if line.isascii():
        return ";" in line or "|" in line
    return _ANY_MARK.search(line) is not None


def most_terms(line: str) -> int:
    """Return an upper bound of the number of keywords of a line, after a quick check.

    >>> most_terms("Maps, Coasts; Ions (Na+, K+)")
    4
    """
    return line.count(SEPARATOR) + 1 + (len(_MARK.findall(line)) if may_have_marks(line) else 0)


def other_marks(line: str) -> list[int]:
    """Return the offsets of other marks that separate keywords, outside brackets.

    >>> other_marks("Maps; Coasts (old; new) &amp; seas | Ice"), other_marks("Maps, Coasts")
    ([4, 35], [])
    """
    at = [
        found.end() - 1
        for found in _MARK.finditer(line)
        if found[1] is None or decoded(found[1]) == found[1]
    ]
    return _outside(at, _closed_brackets(line)) if at else at


def _outside(places: list[int], brackets: list[tuple[int, int]]) -> list[int]:
    """Return the offsets that are outside all brackets; both are in order."""
    outside = []
    left = iter([*brackets, (1 << 62, 1 << 62)])
    start, end = next(left)
    for place in places:
        while end < place:
            start, end = next(left)
        if place < start:
            outside.append(place)
    return outside


def split_pieces(line: str) -> list[str]:
    """Split a line at each ", " outside brackets; joined by ", " the pieces are the line.

    >>> split_pieces("Ions (Na+, K+), Transport (one, two")
    ['Ions (Na+, K+)', 'Transport (one', 'two']
    """
    pieces = line.split(SEPARATOR)
    opened = line.count("(") + line.count("[") + line.count("{")
    if len(pieces) == 1 or not opened or len(_PLAIN_BRACKET.findall(line)) == opened:
        return pieces
    closed = _closed_brackets(line)
    return _joined_inside(pieces, closed) if closed else pieces


def _closed_brackets(line: str) -> list[tuple[int, int]]:
    """Return the outermost brackets that are closed, as offsets, in order."""
    open_at: list[tuple[str, int]] = []
    waiting = dict.fromkeys("([{", 0)
    closed: list[tuple[int, int]] = []
    for found in _BRACKET.finditer(line):
        bracket, at = found.group(), found.start()
        opener = _CLOSERS.get(bracket)
        if opener is None:
            open_at.append((bracket, at))
            waiting[bracket] += 1
        elif waiting[opener]:
            # A bracket opened after the partner is never closed: it is an ordinary character.
            while True:
                character, start = open_at.pop()
                waiting[character] -= 1
                if character == opener:
                    break
            while closed and closed[-1][0] > start:
                closed.pop()
            closed.append((start, at))
    return closed


def _joined_inside(pieces: list[str], closed: list[tuple[int, int]]) -> list[str]:
    joined: list[str] = []
    pending: list[str] = []
    brackets = iter([*closed, (1 << 62, 1 << 62)])
    start, end = next(brackets)
    at = 0
    for piece in pieces:
        pending.append(piece)
        at += len(piece)
        while end < at:
            start, end = next(brackets)
        if at < start:
            joined.append(SEPARATOR.join(pending))
            pending = []
        at += len(SEPARATOR)
    return joined
