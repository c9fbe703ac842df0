"""Anything a user may hold, to text. Gzip data is unpacked; `encoding_detection` decodes."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import zlib
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any, Protocol, Self, TypeAlias

from litrecord._reading.encoding_detection import Decoded, decode_page
from litrecord._reading.file_types import INITIALS, require_page, require_text_of_page
from litrecord.errors import DecodeError, SourceError, located
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


_ESCAPES = frozenset({"raw-unicode-escape", "unicode-escape"})
"""Codecs of Python's literals, which warn of what they read, as `codecs.lookup` calls them."""

_NO_MEMBER = "Not a gzipped file"
_GZIP = b"\x1f\x8b"


class ResponseBody(bytes):
    """The content of an HTTP response, with the charset that its header declares, or ""."""

    charset: str

    def __new__(cls, content: bytes, charset: str = "") -> Self:
        body = super().__new__(cls, content)
        body.charset = charset
        return body


def read_source(source: Source, encoding: str | None, limits: Limits) -> Decoded:
    """Return the text of a source.

    Raises SourceError if the source is nothing that can be read, or cannot be opened or
    unpacked, if it is a file of a type that is no page, or a str that is a path or an address;
    DecodeError if its bytes are not of the encoding asked for; LimitError if it
    unpacks to more than limits allow.
    """
    if isinstance(source, str):
        if source[:1] in INITIALS:
            require_text_of_page(source)
        return source, ""
    if isinstance(source, bytes | bytearray | memoryview):
        charset = source.charset if isinstance(source, ResponseBody) else ""
        return _decode(_read_bytes(source), encoding, limits, charset)
    if isinstance(source, os.PathLike):
        data = _read_path(source)
        try:
            return _decode(data, encoding, limits)
        except SourceError as error:
            named = located(error, repr(os.fspath(source)))
            raise named from error
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


def _decode(data: bytes, encoding: str | None, limits: Limits, charset: str = "") -> Decoded:
    if data.startswith(_GZIP):
        data = _unpack(data, limits)
    require_page(data)
    if encoding is not None:
        return _decode_as(data, encoding), ""
    return decode_page(data, charset)


def require_encoding(encoding: str) -> None:
    """Raise DecodeError if there is no encoding of text with that name."""
    try:
        if codecs.lookup(encoding).name in _ESCAPES:
            raise LookupError
        b"a".decode(encoding)  # of nothing Python would not tell a codec that makes no text
    except UnicodeDecodeError:
        return
    except (LookupError, ValueError) as error:
        raise DecodeError(f"there is no text encoding {encoding!r:.60}") from error


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start} (0x{data[error.start]:02x})"
        raise DecodeError(f"{place} is not {encoding}: pass another, or None to guess") from error
    except (LookupError, ValueError) as error:  # of another process, or of idna and the like
        message = f"these bytes cannot be read as {encoding!r:.60}: {error}: pass another encoding"
        raise DecodeError(message) from error
