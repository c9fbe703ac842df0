"""Decoder of ISO-2022-JP as in the Encoding Standard (section 12.2).

Python's codec lacks half-width katakana and the characters that Windows added (row 13, such as ①).
Python's cp932, Shift_JIS for Windows, has the latter, so it decodes the pairs of bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from litrecord._characters import REPLACEMENT

_ESCAPE = re.compile(rb"\x1b(\([BJI]|\$[@B])")
_KANJI = re.compile(rb"\x1b\$[@B]")
_PIECE = re.compile(rb"[\x21-\x7e]{2}|[\x00-\x20]|.", re.S)
_ROMAN = str.maketrans({"\\": "¥", "~": "‾"})
_SWITCH = re.compile(rb"[\x0e\x0f\x1b]")
_NO_SWITCH = dict.fromkeys((0x0E, 0x0F, 0x1B), REPLACEMENT)
_KATAKANA = 0xFF61 - 0x21


def holds_kanji_escape(data: bytes) -> bool:
    """Return whether bytes contain the escape that begins kanji, which only this encoding has.

    >>> holds_kanji_escape(b"\\x1b$BCO?^\\x1b(B"), holds_kanji_escape(b"\\x1b[1m")
    (True, False)
    """
    return _KANJI.search(data) is not None


def decode_iso_2022_jp(data: bytes) -> str:
    """Return the text of bytes, with U+FFFD for invalid bytes.

    >>> decode_iso_2022_jp(b"\\x1b$BCO?^\\x1b(B 7")
    '地図 7'
    """
    start, *rest = _ESCAPE.split(data)
    pieces = [_ascii(start)]
    for escape, content in zip(rest[::2], rest[1::2], strict=True):
        pieces.append(_DECODERS[escape](content))
    return "".join(pieces)


def _ascii(content: bytes) -> str:
    text = content.decode("ascii", "replace")
    # A lone ESC, SO or SI is an error, since other forms of ISO 2022 switch with them.
    return text.translate(_NO_SWITCH) if _SWITCH.search(content) else text


def _roman(content: bytes) -> str:
    return _ascii(content).translate(_ROMAN)


def _katakana(content: bytes) -> str:
    """Return half-width katakana, a byte each."""
    return "".join(
        chr(_KATAKANA + byte) if 0x21 <= byte <= 0x5F else _other(byte) for byte in content
    )


def _kanji(content: bytes) -> str:
    return "".join(
        _pair(*piece) if len(piece) == 2 else _other(piece[0]) for piece in _PIECE.findall(content)
    )


@lru_cache(maxsize=94 * 94)
def _pair(first: int, second: int) -> str:
    """Return the character of a row and a cell, by the arithmetic of Shift_JIS."""
    row, cell = first - 0x21, second - 0x21
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + 0x9F if row % 2 else cell + (0x40 if cell < 63 else 0x41)
    text = bytes((lead, trail)).decode("cp932", "replace")
    return text if len(text) == 1 else REPLACEMENT


def _other(byte: int) -> str:
    """Return a byte among kanji or katakana as text: a line end or space is itself."""
    return chr(byte) if byte in b"\t\n\f\r " else REPLACEMENT


_DECODERS = {b"(B": _ascii, b"(J": _roman, b"(I": _katakana, b"$@": _kanji, b"$B": _kanji}
