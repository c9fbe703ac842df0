"""Anything a user may hold, to text.

Order of decoding bytes, once gzip data is unpacked: a byte order mark; UTF-16 that begins with
ASCII; UTF-8, if need be cut in its last character; the encoding that a meta tag or an XML
declaration names in the first 1,024 bytes (HTML Living Standard, 13.2.3.2), if it is one of
`_DECLARED`; then windows-1252 with U+FFFD where it has no character. The result depends on the
bytes alone.
"""

from __future__ import annotations

import codecs
import gzip
import io
import os
import re
import zlib
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any, Protocol, TypeAlias

from litrecord.errors import DecodeError, SourceError
from litrecord.limits import Limits

if TYPE_CHECKING:
    from bs4.element import PageElement


class Element(Protocol):
    """An element of lxml, which has no types of its own."""

    def getroottree(self) -> Any:
        """Return the tree of the element."""


class Tree(Protocol):
    """A tree of lxml."""

    def getroot(self) -> Any:
        """Return the outermost element."""


Source: TypeAlias = (
    "str | bytes | bytearray | memoryview | os.PathLike[str] | IO[str] | IO[bytes]"
    " | PageElement | Element | Tree"
)
"""What the parse functions read: content as str or bytes, a path, an open stream, or nodes."""

# Told by name, since neither package is loaded before one of its objects comes in.
_NODES = frozenset({"bs4.element.PageElement", "lxml.etree._Element", "lxml.etree._ElementTree"})


def is_node(source: object) -> bool:
    """Tell whether a source is an object of bs4 or lxml, and no str.

    >>> is_node("<p>"), is_node(b"<p>")
    (False, False)
    """
    if isinstance(source, str | bytes | os.PathLike):
        return False
    return any(f"{base.__module__}.{base.__name__}" in _NODES for base in type(source).__mro__)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = 32
_LEAST_WIDE = 8
_ESCAPES = frozenset({"raw-unicode-escape", "unicode-escape"})
"""Codecs of Python's literals, which warn of what they read, as `codecs.lookup` calls them."""

_NO_MEMBER = "Not a gzipped file"
_GZIP = b"\x1f\x8b"
_DECLARATION = re.compile(
    rb"""<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})"""
    rb"""|^\s*<\?xml[^<>]*?\bencoding\s*=\s*["']([A-Za-z0-9_:.-]{1,40})""",
    re.I,
)
# Spelt as codecs.lookup spells them; looking each up here would import its codec.
_DECLARED = {
    **{name: name for name in (*(f"iso8859-{part}" for part in (*range(2, 9), 10, 13, 14, 15, 16)),
                               *(f"cp125{page}" for page in range(9)),
                               "koi8-r", "koi8-u", "mac-roman", "cp866", "cp874", "euc_jp",
                               "gb18030", "cp932", "cp949")},
    # Browsers read these labels as the larger sets that pages hold (Encoding Standard, 4.2).
    "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "shift_jis": "cp932",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
}  # fmt: skip
_LABELS = {
    "x-sjis": "cp932", "windows-31j": "cp932", "x-gbk": "gb18030", "x-euc-jp": "euc_jp",
    "x-x-big5": "big5hkscs", "windows-874": "cp874", "x-cp1251": "cp1251",
    "x-mac-roman": "mac-roman",
}  # fmt: skip
"""Labels of the Encoding Standard that Python does not know."""


Decoded = tuple[str, str]
"""A source as text, and the encoding if it was guessed, or else ""."""


def read_source(source: Source, encoding: str | None, limits: Limits) -> Decoded:
    """Return the text of a source.

    Raises SourceError if the source is nothing that can be read, or cannot be opened or
    unpacked; DecodeError if its bytes are not of the encoding asked for; LimitError if it
    unpacks to more than limits allow.
    """
    if isinstance(source, str):
        return source, ""
    if isinstance(source, bytes | bytearray | memoryview):
        return _decode(_read_bytes(source), encoding, limits)
    if isinstance(source, os.PathLike):
        data = _read_path(source)
        try:
            return _decode(data, encoding, limits)
        except DecodeError as error:
            raise DecodeError(f"{os.fspath(source)!r}: {error.message}") from error
    # A class has the methods of its objects, and CPython 3.11 may crash where they are called.
    if isinstance(source, type):
        raise SourceError(f"cannot read the class {source.__name__}: pass an object of it")
    if callable(getattr(source, "read", None)):
        return _read_stream(source, encoding, limits)
    kind = type(source).__name__
    many = "; of many sources, iter_results" if isinstance(source, Iterable) else ""
    what = "pass str, bytes, a path, a stream or a node of bs4 or lxml"
    raise SourceError(f"cannot read {kind}: {what}{many}")


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


def _read_stream(stream: Any, encoding: str | None, limits: Limits) -> Decoded:
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
        return _decode(bytes(content), encoding, limits)
    kind = type(content).__name__
    raise SourceError(f"the stream gave {kind}: pass one that gives str or bytes")


def _unpack(data: bytes, limits: Limits) -> bytes:
    """Return what gzip data holds, all its members (RFC 1952, 2.2)."""
    members: list[bytes] = []
    left = limits.unpacked_bytes
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while chunk := file.read1(left + 1):
                members.append(chunk)
                left -= len(chunk)
                if left < 0:
                    limits.refuse("unpacked_bytes", limits.unpacked_bytes - left)
    except (OSError, EOFError, zlib.error) as error:
        # What follows the last member is no part of it, as gzip(1) has it.
        if not (members and isinstance(error, gzip.BadGzipFile) and _NO_MEMBER in str(error)):
            raise SourceError(f"cannot unpack the gzip data: {error}: fetch it again") from error
    return b"".join(members)


def _decode(data: bytes, encoding: str | None, limits: Limits) -> Decoded:
    if data.startswith(_GZIP):
        data = _unpack(data, limits)
    if encoding is not None:
        return _decode_as(data, encoding), ""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name if _is_broken(data, name) else ""
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        if _is_cut(data, error):
            return data.decode("utf-8", "replace"), "UTF-8 that is cut in its last character"
        return _guess(data)


def _wide_encoding(data: bytes) -> str:
    """Return which UTF-16 bytes without a mark are, or "": in no other has each character a NUL."""
    start = data[:_WIDE]
    if len(start) >= _LEAST_WIDE and b"\0" in start:
        for name, nul, letter in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
            if not any(start[nul::2]) and all(start[letter::2]):
                return name
    return ""


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
        if codecs.lookup(encoding).name in _ESCAPES:
            raise LookupError
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
        label = (found[1] or found[2]).decode("ascii").lower()
        try:
            name = _DECLARED.get(codecs.lookup(_LABELS.get(label, label)).name)
            if name is not None:
                return data.decode(name), name.replace("cp125", "windows-125")
        except (LookupError, UnicodeDecodeError):
            pass
    if b"\0" in data[:1024]:
        raise SourceError("these bytes are no text, but binary data: pass a page")
    return data.decode("cp1252", "replace"), "windows-1252"
