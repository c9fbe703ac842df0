"""Reader of responses of HTTP clients and of objects that can be opened, by their attributes.

Grammar::

    response = content, url, headers, as requests and httpx have them     ; is_response
             / read(), headers, status, as urllib has them                ; is_http_stream
    openable = open("rb"), as zipfile.Path and importlib.resources have it     ; is_openable
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litrecord._reading.labels import charset_of
from litrecord._reading.wrapped.page_bytes import Address, ResponseBody
from litrecord.errors import SourceError
from litrecord.limits import Limits

_READ = ("", "identity", "gzip", "x-gzip")
"""The content codings of a stream that are read here; gzip is detected by its bytes."""
_CLOSED = "cannot read the response: it was closed or read before: fetch it again"
_STREAMED = "cannot read the response: its content was not read: call its read(), or do not stream"


def is_response(source: object) -> bool:
    """Return whether a source is a response whose content a client has read."""
    return all(_has(source, name) for name in ("content", "url", "headers"))


def _has(source: object, name: str) -> bool:
    """Return whether an object has an attribute; access to its value may fetch a response."""
    return hasattr(type(source), name) or name in getattr(source, "__dict__", ())


def is_http_stream(source: object) -> bool:
    """Return whether a source is a response that is a stream."""
    return _status_of(source) is not None and hasattr(source, "headers")


def is_openable(source: object) -> bool:
    """Return whether a source can be opened, and is not an archive."""
    return callable(getattr(source, "open", None)) and callable(getattr(source, "is_file", None))


def content_of(response: Any) -> ResponseBody:
    """Return the content of a response that a client has read."""
    _require_served(response)
    # requests marks a streamed response like this; access to its content would fetch it.
    if getattr(response, "_content", None) is False:
        raise SourceError(_STREAMED)
    try:
        content = response.content
    except RuntimeError as error:
        raise SourceError(_STREAMED) from error
    if not isinstance(content, bytes):
        kind = type(content).__name__
        raise SourceError(f"the content of the response is {kind}: pass its bytes")
    return _body(content, response)


def content_of_stream(response: Any) -> ResponseBody:
    """Read a response that is a stream, and return its content."""
    _require_served(response)
    coding = str(response.headers.get("Content-Encoding") or "").strip().lower()
    if coding not in _READ:
        what = "decode it, and pass the bytes"
        raise SourceError(f"cannot read the response: its coding is {coding!r:.60}: {what}")
    is_closed = getattr(response, "isclosed", None)
    if callable(is_closed) and is_closed():
        raise SourceError(_CLOSED)
    content = _call(response.read, "the response")
    if not isinstance(content, bytes):
        raise SourceError(f"the response gave {type(content).__name__}: pass one that gives bytes")
    return _body(content, response)


def content_of_file(path: Any, limits: Limits) -> bytes:
    """Return the content of an object that can be opened, which may decompress it."""
    most = limits.unpacked_bytes

    def read() -> object:
        with path.open("rb") as file:
            content = file.read(most + 1)
            # A stream may give less than asked for, although few do before the end.
            while content and len(content) <= most and (more := file.read(most + 1)):
                content += more
            return content

    content = _call(read, repr(str(path)))
    if not isinstance(content, bytes):
        raise SourceError(f"{str(path)!r} gave {type(content).__name__}: expected bytes")
    if len(content) > most:
        limits.refuse("unpacked_bytes", len(content))
    return content


def _call(read: Callable[[], object], what: str) -> object:
    try:
        return read()
    except Exception as error:  # of any package
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"cannot read {what}: {reason}") from error


def _status_of(response: object) -> int | None:
    for name in ("status_code", "status"):
        status = getattr(response, name, None)
        if isinstance(status, int):
            return status
    return None


def _require_served(response: object) -> None:
    status = _status_of(response)
    if status is not None and status >= 400:
        raise SourceError(f"this page was not served: HTTP status {status}: fetch it again")


def _body(content: bytes, response: Any) -> ResponseBody:
    try:
        url = str(getattr(response, "url", None) or "")
    except RuntimeError:  # of httpx, for a response without a request
        url = ""
    found = response.headers.get("Content-Type") or ""
    return ResponseBody(content, charset_of(str(found)), Address(url, "response", True))
