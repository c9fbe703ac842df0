"""A keyword line cut at every ", " that can part two keywords.

Grammar::

    line    = piece *( ", " piece )
    piece   = *( character / bracket )
    bracket = "(" *any ")" / "[" *any "]" / "{" *any "}"      ; nested, holds ", "

A bracket that is never closed, or never opened, is a character like any other.
"""

from __future__ import annotations

import re

SEPARATOR = ", "

_CLOSERS = {")": "(", "]": "[", "}": "{"}
# Most brackets hold no comma and no other bracket, and so no separator.
_PLAIN_BRACKET = re.compile(r"\([^()\[\]{},]*\)|\[[^()\[\]{},]*\]|\{[^()\[\]{},]*\}")
_BRACKET = re.compile(r"[()\[\]{}]")


def split_pieces(line: str) -> list[str]:
    """Cut a line at each ", " outside brackets; joined by ", " the pieces are the line.

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
            # Whatever opened after the partner is never closed: it is no bracket.
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
