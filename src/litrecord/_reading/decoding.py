"""Decoding of any source to text. Gzip data is decompressed; see also `encoding_detection`."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import IO, TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from litrecord._reading.decompression import GZIP, inflate
from litrecord._reading.wrapped import mhtml, responses
from litrecord._reading.wrapped.file_types import INITIALS, require_page, require_text_of_page
from litrecord._reading.wrapped.page_bytes import Address, ResponseBody
from litrecord.errors import DecodeError, SourceError
from litrecord.limits import Limits

if TYPE_CHECKING:
    from bs4.element import PageElement


class Element(Protocol):
    """An element of lxml, which has no type annotations."""

    def getroottree(self) -> Any:
        """Return the tree of the element."""


class Tree(Protocol):
    """A tree of lxml."""

    def getroot(self) -> Any:
        """Return the outermost element."""


class Response(Protocol):
    """A response of requests or httpx."""

    @property
    def content(self) -> Any:
        """The bytes, without the codings of HTTP."""

    @property
    def url(self) -> Any:
        """The address that was fetched."""

    @property
    def headers(self) -> Any:
        """The fields of the header."""


class Openable(Protocol):
    """An object that can be opened, such as zipfile.Path."""

    def open(self, mode: Literal["rb"], /) -> IO[bytes]:
        """Open it."""

    def is_file(self) -> bool:
        """Return whether it is a file."""


Source: TypeAlias = (
    "str | bytes | bytearray | memoryview | os.PathLike[str] | IO[str] | IO[bytes]"
    " | Response | Openable | PageElement | Element | Tree"
)
"""The sources of the parse functions: content, a path, a stream, a response, or nodes."""

ReadSource: TypeAlias = tuple[str, str, Address | None]
"""The text of a source, its encoding if that was guessed, and its address if it has one."""

# Checked by name, since a package is loaded only once a caller has one of its objects.
_NODES = frozenset({"bs4.element.PageElement", "lxml.etree._Element", "lxml.etree._ElementTree"})


def is_node(source: object) -> bool:
    """Return whether a source is an object of bs4 or lxml, and not a str.

    >>> is_node("<p>"), is_node(b"<p>")
    (False, False)
    """
    if isinstance(source, str | bytes | os.PathLike):
        return False
    return any(f"{base.__module__}.{base.__name__}" in _NODES for base in type(source).__mro__)


_ESCAPES = frozenset({"raw-unicode-escape", "unicode-escape"})
"""Codecs of Python literals, which raise warnings, with their names in `codecs.lookup`."""


_INITIALS = INITIALS | set(mhtml.INITIALS)
"""The first characters of a str that may be a file of another type; rare in pages."""


def read_source(source: Source, encoding: str | None, limits: Limits) -> ReadSource:
    """Return the text of a source.

    Raises SourceError if the source cannot be read, opened or decompressed, was not served, or is
    a file of another type than a page. Raises DecodeError if its bytes are not valid in the given
    encoding, and LimitError if its decompressed size is more than limits allow.
    """
    if isinstance(source, str):
        is_other = source[:1] in _INITIALS
        return _read_text(source, limits) if is_other else (source, "", None)
    if isinstance(source, bytes | bytearray | memoryview):
        return _decode(_read_bytes(source), encoding, limits)
    if isinstance(source, os.PathLike):
        return _decode(_read_path(source), encoding, limits)
    # A class has the methods of its objects, and CPython 3.11 may crash if they are called.
    if isinstance(source, type):
        raise SourceError(f"cannot read the class {source.__name__}: pass an object of it")
    return _read_object(source, encoding, limits)


def _read_text(text: str, limits: Limits) -> ReadSource:
    if mhtml.may_be_mhtml(text):
        data = text.encode("utf-8", "surrogatepass")
        if mhtml.is_mhtml(data):
            return _decode(data, None, limits)
    require_text_of_page(text)
    return text, "", None


def _read_object(source: object, encoding: str | None, limits: Limits) -> ReadSource:
    """Return the text of an object, which is recognised by its attributes."""
    if responses.is_response(source):
        return _decode(responses.content_of(source), encoding, limits)
    if callable(getattr(source, "read", None)):
        if responses.is_http_stream(source):
            return _decode(responses.content_of_stream(source), encoding, limits)
        return _read_stream(source, encoding, limits)
    if responses.is_openable(source):
        return _decode(responses.content_of_file(source, limits), encoding, limits)
    kind = type(source).__name__
    many = "; for many sources use iter_results" if isinstance(source, Iterable) else ""
    what = "pass str, bytes, a path, a stream, a response or a node of bs4 or lxml"
    raise SourceError(f"cannot read {kind}: {what}{many}")


def _read_bytes(source: bytes | bytearray | memoryview) -> bytes:
    if isinstance(source, ResponseBody):
        return source
    try:
        return bytes(source)
    except ValueError as error:
        raise SourceError(f"cannot read {type(source).__name__}: {error}") from error


def _read_path(path: os.PathLike[str]) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError, TypeError) as error:
        if isinstance(error, OSError):
            require_no_folder(str(path))
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"cannot read {str(path)!r}: {reason}") from error


def require_no_folder(path: str) -> None:
    """Raise SourceError if a path is that of a folder."""
    if os.path.isdir(path):
        advice = "pass its files, as sorted(path.rglob('*.html')); the command reads folders"
        raise SourceError(f"cannot read {path!r}: it is a folder: {advice}")


def _read_stream(stream: Any, encoding: str | None, limits: Limits) -> ReadSource:
    try:
        content: object = stream.read()
    except UnicodeDecodeError as error:
        raise DecodeError(
            f"the stream cannot be decoded: {error}: open it in binary mode"
        ) from error
    except (OSError, ValueError, TypeError, EOFError) as error:
        if getattr(stream, "closed", False) is True:
            advice = "read it before it is closed, or pass the path"
            raise SourceError(f"the stream{_named(stream)} is closed: {advice}") from error
        archive = ": for an archive pass a zipfile.Path" if isinstance(error, TypeError) else ""
        raise SourceError(f"cannot read the stream: {error}{archive}") from error
    if isinstance(content, str):
        return _read_text(content, limits)
    if isinstance(content, bytes | bytearray):
        return _decode(bytes(content), encoding, limits)
    kind = type(content).__name__
    raise SourceError(f"the stream gave {kind}: pass one that gives str or bytes")


def _named(stream: object) -> str:
    name = getattr(stream, "name", None)
    return f" {name!r:.200}" if isinstance(name, str) else ""


def _decompress(data: bytes, limits: Limits) -> bytes:
    """Return the content of gzip data."""
    most = limits.unpacked_bytes
    try:
        plain = inflate(data, most)
    except OSError as error:
        raise SourceError(f"cannot decompress the gzip data: {error}: fetch it again") from error
    if len(plain) > most:
        limits.refuse("unpacked_bytes", most + 1)
    return plain


def _decode(data: bytes, encoding: str | None, limits: Limits) -> ReadSource:
    charset, address = "", None
    if isinstance(data, ResponseBody):
        charset, address = data.charset, data.address
    if data.startswith(GZIP):
        data = _decompress(data, limits)
    if mhtml.is_mhtml(data):
        data = body = mhtml.page_of(data)
        charset, address = body.charset, body.address
    require_page(data)
    text, guessed = (_decode_as(data, encoding), "") if encoding else _decoder()(data, charset)
    return text, guessed, address


@cache
def _decoder() -> Callable[[bytes, str], tuple[str, str]]:
    """Load the function once, for the first bytes."""
    from litrecord._reading.encoding_detection import decode_page

    return decode_page


def require_encoding(encoding: str) -> None:
    """Raise DecodeError if there is no text encoding with that name."""
    try:
        if codecs.lookup(encoding).name in _ESCAPES:
            raise LookupError
        b"a".decode(encoding)  # only with bytes a codec that makes no text is refused
    except UnicodeDecodeError:
        return
    except (LookupError, ValueError) as error:
        raise DecodeError(f"expected a text encoding, found {encoding!r:.60}") from error


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start} (0x{data[error.start]:02x})"
        raise DecodeError(f"{place} is not {encoding}: pass another encoding, or none") from error
    except (LookupError, ValueError) as error:  # in another process, or of idna and the like
        message = f"these bytes cannot be read as {encoding!r:.60}: {error}: pass another encoding"
        raise DecodeError(message) from error
