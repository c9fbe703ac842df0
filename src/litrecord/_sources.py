"""Anything a user may hold, to text.

Order of decoding bytes: a byte order mark; UTF-8, if need be cut in its last character; the
encoding that the page declares in its first 1,024 bytes (HTML Living Standard, 13.2.3.2), if it
is one of `_DECLARED`; then windows-1252 with U+FFFD where it has no character. The result
depends on the bytes alone.
"""

from __future__ import annotations

import codecs
import os
import re
from typing import IO

from litrecord.errors import DecodeError, SourceError

Source = str | bytes | bytearray | memoryview | os.PathLike[str] | IO[str] | IO[bytes]
"""What the parse functions read: content as str or bytes, a path, or an open stream."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARATION = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.I)
# Spelt as codecs.lookup spells them; looking each up here would import its codec.
_DECLARED = frozenset(
    {
        *(f"iso8859-{part}" for part in (*range(2, 9), 10, 13, 14, 15, 16)),
        *(f"cp125{page}" for page in range(9)),
        "koi8-r", "koi8-u", "mac-roman", "cp866", "cp874",
        "gb18030", "gbk", "gb2312", "big5", "euc_jp", "shift_jis", "iso2022_jp", "euc_kr",
    }
)  # fmt: skip


Decoded = tuple[str, str]
"""A source as text, and the encoding if it was guessed, or else ""."""


def read_source(source: Source, encoding: str | None) -> Decoded:
    """Return the text of a source.

    Raises SourceError if the source is nothing that can be read, or cannot be opened;
    DecodeError if its bytes are not of the encoding asked for.
    """
    if isinstance(source, str):
        return source, ""
    if isinstance(source, bytes | bytearray | memoryview):
        return _decode(_read_bytes(source), encoding)
    if isinstance(source, os.PathLike):
        data = _read_path(source)
        try:
            return _decode(data, encoding)
        except DecodeError as error:
            raise DecodeError(f"{os.fspath(source)!r}: {error.message}") from error
    if callable(getattr(source, "read", None)):
        return _read_stream(source, encoding)
    raise SourceError(f"cannot read {type(source).__name__}: pass str, bytes, a path or a stream")


def _read_bytes(source: bytes | bytearray | memoryview) -> bytes:
    try:
        return bytes(source)
    except ValueError as error:
        raise SourceError(f"cannot read {type(source).__name__}: {error}") from error


def _read_path(path: os.PathLike[str]) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError, TypeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"cannot read {str(path)!r}: {reason}") from error


def _read_stream(stream: IO[str] | IO[bytes], encoding: str | None) -> Decoded:
    try:
        content: object = stream.read()
    except UnicodeDecodeError as error:
        raise DecodeError(
            f"the stream cannot be decoded: {error}: open it in binary mode"
        ) from error
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise SourceError(f"cannot read the stream: {error}") from error
    if isinstance(content, str):
        return content, ""
    if isinstance(content, bytes | bytearray):
        return _decode(bytes(content), encoding)
    kind = type(content).__name__
    raise SourceError(f"the stream gave {kind}: pass one that gives str or bytes")


def _decode(data: bytes, encoding: str | None) -> Decoded:
    if encoding is not None:
        return _decode_as(data, encoding), ""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name if _is_broken(data, name) else ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        if _is_cut(data, error):
            return data.decode("utf-8", "replace"), "UTF-8 that is cut in its last character"
        return _guess(data)


def _is_cut(data: bytes, error: UnicodeDecodeError) -> bool:
    """Tell whether bytes are UTF-8 but for the end, as the characters before it must show."""
    is_at_end = error.reason == "unexpected end of data" and error.end == len(data)
    return is_at_end and not data[: error.start].isascii()


def _is_broken(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return True
    return False


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start} (0x{data[error.start]:02x})"
        raise DecodeError(f"{place} is not {encoding}: pass another, or None to guess") from error
    except (LookupError, ValueError, TypeError) as error:
        raise DecodeError(f"there is no text encoding {encoding!r:.60}") from error
    return text


def _guess(data: bytes) -> Decoded:
    found = _DECLARATION.search(data, 0, 1024)
    if found is not None:
        try:
            name = codecs.lookup(found.group(1).decode("ascii")).name
            if name in _DECLARED:
                return data.decode(name), name
        except (LookupError, UnicodeDecodeError):
            pass
    return data.decode("cp1252", "replace"), "windows-1252"
