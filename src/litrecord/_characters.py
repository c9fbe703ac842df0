"""Characters and line ends: which characters a value may have, and where a line ends.

Grammar::

    line-end   = LF / CR LF / CR
    other-space = U+00A0 / U+2009 / U+202F / U+200B / U+FEFF     ; read as a space
    forbidden  = U+0000-0008 / U+000B / U+000C / U+000E-001F / U+FFFE / U+FFFF
               / lone surrogate                                   ; _FORBIDDEN

A line never ends at U+2028, U+0085 and the like, unlike in ``str.splitlines``. The forbidden
characters are those that are not allowed in XML 1.0 (fifth edition, production 2, ``Char``). In a
value each becomes U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

REPLACEMENT = "\ufffd"
BYTE_ORDER_MARK = "\ufeff"
NO_WIDTH = f"\u200b{BYTE_ORDER_MARK}"
OTHER_SPACES = "\xa0\u2009\u202f" + NO_WIDTH
"""Other kinds of spaces that pages and tools write: in empty cells, or to prevent a line break."""

_TO_SPACE = str.maketrans(dict.fromkeys(OTHER_SPACES, " "))
_WIDE_TO_SPACE = {blank: " " for blank in _TO_SPACE if chr(blank) not in NO_WIDTH}
_BESIDE = re.compile(rf"(?<![^\s,;:|])[{NO_WIDTH}]|[{NO_WIDTH}](?![^\s,;:|])")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_TO_NUL = bytes(0 if _FORBIDDEN.match(chr(byte)) else byte for byte in range(256))
_FEW = 100
LINE_END = re.compile(r"\r\n?|\n")


def is_clean(text: str) -> bool:
    """Return whether text holds no forbidden character.

    >>> is_clean("p<0.05"), is_clean("a\\x00b")
    (True, False)
    """
    # Run on every value: both are several times as fast as a character class, the first for few
    # characters and the second for many.
    if len(text) < _FEW and text.isprintable():
        return True
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return False
    if b"\x00" in data.translate(_FORBIDDEN_TO_NUL):
        return False
    return len(data) == len(text) or not ("\ufffe" in text or "\uffff" in text)


def clean(text: str) -> str:
    """Return text with each forbidden character as U+FFFD; its length never changes."""
    return text if is_clean(text) else _FORBIDDEN.sub(REPLACEMENT, text)


def has_other_spaces(text: str) -> bool:
    """Return whether a text has another kind of space.

    >>> has_other_spaces("Top 10%"), has_other_spaces("Top\\xa010%")
    (False, True)
    """
    # A search for each is faster than a pattern.
    return not text.isascii() and (
        "\xa0" in text
        or "\u2009" in text
        or "\u202f" in text
        or "\u200b" in text
        or "\ufeff" in text
    )


def plain_spaces(text: str) -> str:
    """Return a text with U+0020 for each other kind of space; the length does not change.

    >>> plain_spaces("Top\\xa010%")
    'Top 10%'
    """
    return text.translate(_TO_SPACE) if has_other_spaces(text) else text


def plain_spaces_between(text: str) -> str:
    """Return the same, but keep a zero-width space inside a word.

    >>> plain_spaces_between("doi:\\u200b10.1000/1\\u200b82")
    'doi: 10.1000/1\\u200b82'
    """
    if has_other_spaces(text):
        return _BESIDE.sub(" ", text).translate(_WIDE_TO_SPACE)
    return text


def first_forbidden(text: str) -> int:
    """Return the offset of the first forbidden character, or -1."""
    found = None if is_clean(text) else _FORBIDDEN.search(text)
    return found.start() if found else -1


def unify_line_ends(text: str) -> str:
    """Return text with every line end as LF."""
    return LINE_END.sub("\n", text) if "\r" in text else text


def count_lines(text: str) -> int:
    """Return the number of lines of a text.

    >>> count_lines("a\\r\\nb"), count_lines("a\\rb\\n"), count_lines("")
    (2, 2, 0)
    """
    ends = text.count("\n") + (text.count("\r") - text.count("\r\n") if "\r" in text else 0)
    return ends + (text[-1:] not in ("", "\n", "\r"))


def lines_of(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield (line without its end, where it starts, where the next one starts).

    >>> list(lines_of("a\\r\\nb", 0, 4))
    [('a', 0, 3), ('b', 3, 4)]
    """
    part = text[start:end]
    if "\r" in part:
        at = 0
        for found in LINE_END.finditer(part):
            yield part[at : found.start()], start + at, start + found.end()
            at = found.end()
        if at < len(part):
            yield part[at:], start + at, end
        return
    for line in part.split("\n"):
        after = start + len(line) + 1
        if after <= end:
            yield line, start, after
        elif line:
            yield line, start, end
        start = after
