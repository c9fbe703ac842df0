"""Traces that pages leave in values: character references, and an ellipsis."""

from __future__ import annotations

import re

from litrecord._vocabularies.elements import REFERENCE

_REFERENCE = re.compile(f"{REFERENCE};")
_SEMICOLON = re.compile(f"({REFERENCE};)|;")
_DOTS = ". \t\xa0…⋯‥"
_ELLIPSES = ("...", "…", "⋯", "‥")
_BEHIND_ELLIPSIS = _DOTS + ",;:!\"'“”‘’»。)]}>([{<"


def decoded(text: str) -> str:
    """Return a text with its character references decoded once.

    >>> decoded("4:2&lt;387::AID&#62; R&D; &amp;lt;")
    '4:2<387::AID> R&D; &lt;'
    """
    if "&" not in text:
        return text
    from html import unescape

    return _REFERENCE.sub(lambda found: unescape(found[0]), text)


def split_at_semicolons(text: str) -> list[str]:
    """Split a text at each semicolon, except those that end a character reference.

    >>> split_at_semicolons("O&#39;Neil, Jo; AT&T; Roe, Di;")
    ['O&#39;Neil, Jo', ' AT&T', ' Roe, Di', '']
    """
    if "&" not in text:
        return text.split(";")
    pieces, start = [], 0
    for found in _SEMICOLON.finditer(text):
        if found[1] is None or decoded(found[1]) == found[1]:
            pieces.append(text[start : found.end() - 1])
            start = found.end()
    return [*pieces, text[start:]]


def is_shortened(printed: str) -> bool:
    """Return whether a value ends in an ellipsis because the page shortened it.

    >>> is_shortened("10.1016/j.ce..."), is_shortened("2149 [\N{HORIZONTAL ELLIPSIS}]")
    (True, True)
    >>> is_shortened("10.1016/j.ce.")
    False
    """
    if printed[-1:].isalnum():
        return False
    printed = decoded(printed)
    end = printed[len(without_ellipsis(printed)) :].replace(" ", "")
    return any(ellipsis in end for ellipsis in _ELLIPSES)


def without_ellipsis(printed: str) -> str:
    """Return a value without dots and punctuation at its end.

    >>> without_ellipsis("10.1016/j.ce (...)")
    '10.1016/j.ce'
    """
    return printed.rstrip(_BEHIND_ELLIPSIS)
