"""Replacement of other kinds of spaces by U+0020.

A zero-width space inside the value of an identifier line is kept: the portal prints no space
there, so the value is not valid.
"""

from __future__ import annotations

from litrecord._characters import (
    BYTE_ORDER_MARK,
    NO_WIDTH,
    lines_of,
    plain_spaces,
    plain_spaces_between,
)
from litrecord._text.identifier_lines import read_identifier_line


def with_plain_spaces(text: str) -> str:
    """Return a text with U+0020 for each space of another kind; the length does not change.

    >>> with_plain_spaces("pmid:\\xa07\\ndoi: 10.1000/1\\u200b82\\u200b\\n")
    'pmid: 7\\ndoi: 10.1000/1\\u200b82 \\n'
    """
    if text.startswith(BYTE_ORDER_MARK):
        return BYTE_ORDER_MARK + _replaced(text[1:])
    return _replaced(text)


def _replaced(text: str) -> str:
    if not any(blank in text for blank in NO_WIDTH):
        return plain_spaces(text)
    return "".join(
        _line(line) + text[start + len(line) : after]
        for line, start, after in lines_of(text, 0, len(text))
    )


def _line(line: str) -> str:
    shown, kept = plain_spaces(line), plain_spaces_between(line)
    is_kept = shown != kept and not read_identifier_line(shown.strip())
    return kept if is_kept and read_identifier_line(kept.strip()) else shown
