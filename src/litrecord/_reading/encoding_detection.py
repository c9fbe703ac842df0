"""Encoding detection: from the bytes of a page to its text.

The rules, in this order; the first that fits is used::

    1. a byte order mark
    2. UTF-16: if the HTTP header says so, or the page begins with ASCII in it
    3. ISO-2022-JP, of ASCII bytes with its escapes: if it is declared, or nothing else is
    4. UTF-8, if need be cut in its last character
    5. the declared encoding, if it has characters of several bytes and each is valid
    6. UTF-8 that is damaged: no more of its sequences are damaged than are valid
    7. the declared encoding, if of several bytes it has more characters that are valid
    8. windows-1252

The HTTP header takes precedence over the page. Invalid bytes become U+FFFD and are counted. The
result depends only on the bytes and the header.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from litrecord._characters import REPLACEMENT
from litrecord._reading.declaration import declared_codec
from litrecord._reading.iso2022jp import decode_iso_2022_jp, holds_kanji_escape
from litrecord._reading.labels import codec_of
from litrecord.errors import SourceError

Decoded = tuple[str, str]
"""The text of a source, and its encoding if that was guessed, or else ""."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = 32
_LEAST_WIDE = 8
_FIRST = 1024

_ISO_2022_JP = "iso2022_jp"
_MULTI_BYTE = frozenset({_ISO_2022_JP, "big5hkscs", "cp932", "cp949", "euc_jp", "gb18030", "utf-8"})
"""The codecs that show a wrong guess: many bytes are not valid in them."""
_OWN_REPLACEMENT = {
    "utf-8": b"\xef\xbf\xbd",
    "utf-8-sig": b"\xef\xbf\xbd",
    "gb18030": b"\x84\x31\xa4\x37",
}
"""The bytes of U+FFFD in an encoding that has it: these are not damage."""


class _Reading(NamedTuple):
    """Text decoded with one codec, with U+FFFD for invalid bytes."""

    text: str
    valid: int
    """The number of valid characters outside ASCII."""
    invalid: int
    """The number of invalid byte sequences."""
    damage: str
    """The message about those."""


def decode_page(data: bytes, charset: str = "") -> Decoded:
    """Return bytes as text; charset is the declaration of the HTTP header.

    Raises SourceError if the bytes are not text.

    >>> decode_page("Café".encode()), decode_page(b"\\xca\\xe0\\xf0\\xf2\\xe0", "windows-1251")
    (('Café', ''), ('Карта', 'windows-1251, as the HTTP header declares'))
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            reading = _read(data, name)
            return reading.text, reading.damage and f"{name}{reading.damage}"
    header = codec_of(charset) if charset else ""
    wide = _wide_encoding(data)
    if header.startswith("utf-16"):
        # A page in UTF-16 has NULs: its spaces and line ends contain one.
        wide, header = (header if b"\0" in data else ""), ""
    if wide:
        reading = _read(data, wide)
        return reading.text, f"{wide}{reading.damage}"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_cut(data, error):
            return data.decode("utf-8", "replace"), "UTF-8 that is cut in its last character"
        return _guess(data, header)
    if b"\x1b" in data and text.isascii():
        return _read_escapes(data, header) or (text, "")
    return text, ""


def _wide_encoding(data: bytes) -> str:
    """Return the UTF-16 codec of bytes without a mark, or "": it has a NUL in each character."""
    start = data[:_WIDE]
    if len(start) >= _LEAST_WIDE and b"\0" in start:
        for name, nul, letter in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
            if not any(start[nul::2]) and all(start[letter::2]):
                return name
    return ""


def _is_cut(data: bytes, error: UnicodeDecodeError) -> bool:
    """Return whether bytes are UTF-8 except the end; they must contain other valid sequences."""
    is_at_end = error.reason == "unexpected end of data" and error.end == len(data)
    return is_at_end and not data[: error.start].isascii()


def _declared(header: str, page: str) -> dict[str, str]:
    """Return the declared codecs with the source of each; the most important is first."""
    declared = {header: "as the HTTP header declares", page: "as the page declares"}
    if header == page:
        declared[header] = "as the HTTP header and the page declare"
    declared.pop("", None)
    return declared


def _read_escapes(data: bytes, header: str) -> Decoded | None:
    """Return ASCII bytes as ISO-2022-JP, or None if they are not.

    Only this encoding and UTF-16 write other characters in ASCII bytes.
    """
    declared = _declared(header, declared_codec(data))
    if next(iter(declared), "") == _ISO_2022_JP:
        return _described(_ISO_2022_JP, _read(data, _ISO_2022_JP), declared)
    if declared or not holds_kanji_escape(data):
        return None
    reading = _read(data, _ISO_2022_JP)
    return None if reading.invalid else _described(_ISO_2022_JP, reading, declared)


def _guess(data: bytes, header: str) -> Decoded:
    """Return bytes that are not valid UTF-8 as text."""
    page = declared_codec(data)
    if not page:
        _require_text(data)
    declared = _declared(header, page)
    first = next(iter(declared), "")
    if first in _MULTI_BYTE:
        reading = _read(data, first)
        if not reading.invalid:
            return _described(first, reading, declared)
    for name in ("utf-8", *(name for name in declared if name != "utf-8")):
        reading = _read(data, name)
        if _is_likely(name, reading):
            return _described(name, reading, declared)
    _require_text(data)
    return data.decode("cp1252", "replace"), "windows-1252"


def _is_likely(name: str, reading: _Reading) -> bool:
    """Return whether enough characters are valid for a page to be in an encoding."""
    if name == "utf-8":
        # Bytes of another encoding are rarely valid by chance: a half is proof enough.
        return reading.valid >= reading.invalid
    return name not in _MULTI_BYTE or reading.valid > reading.invalid


def _require_text(data: bytes) -> None:
    if b"\0" in data[:_FIRST]:
        raise SourceError("expected a page, found binary data: pass its HTML or its text")


def _described(name: str, reading: _Reading, declared: dict[str, str]) -> Decoded:
    shown = "UTF-8" if name == "utf-8" else name.replace("cp125", "windows-125")
    why = f", {declared[name]}" if name in declared else ""
    return reading.text, f"{shown}{why}{reading.damage}"


def _read(data: bytes, codec: str) -> _Reading:
    if codec == _ISO_2022_JP:
        text = decode_iso_2022_jp(data)
        where = ""
    else:
        text, where = _decode_counted(data, codec)
    own = _OWN_REPLACEMENT.get(codec)
    invalid = text.count(REPLACEMENT) - (data.count(own) if own else 0)
    valid = len(text) - len(text.encode("ascii", "ignore")) - invalid
    many = "1 sequence of bytes is" if invalid == 1 else f"{invalid} sequences of bytes are"
    return _Reading(
        text, valid, invalid, f"; {many} not valid and became U+FFFD{where}" * bool(invalid)
    )


def _decode_counted(data: bytes, codec: str) -> tuple[str, str]:
    """Return the text of bytes, and the place of the first invalid one for the message."""
    try:
        return data.decode(codec), ""
    except UnicodeDecodeError as error:
        first = f", the first at byte {error.start} (0x{data[error.start]:02x})"
        return data.decode(codec, "replace"), first
