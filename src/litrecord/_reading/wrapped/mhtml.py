"""Reader of MHTML, a file of a page saved by a browser or a mail program (RFC 2557).

Grammar::

    file  = header empty-line ( body / *any 2*( delimiter part ) closing )
    part  = header empty-line body             ; a body may be of parts itself: _MOST_NESTED
    root  = the part that the parameter "start" names, or else the first

The parts are found by their delimiters, so pictures are not read. `email` reads the headers and
decodes the body of the root.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from litrecord._reading.wrapped.page_bytes import Address, ResponseBody
from litrecord.errors import SourceError

if TYPE_CHECKING:
    from email.message import Message

_FIRST = (
    "Content-", "Date:", "Delivered-To:", "From:", "MIME-Version:", "Message-ID:", "Received:",
    "Return-Path:", "Snapshot-Content-Location:", "Subject:", "To:", "X-",
)  # fmt: skip
"""The beginnings of the first fields of a header."""
INITIALS = frozenset("".join(first[0] + first[0].lower() for first in _FIRST))
"""Their first letters, a quick check that excludes most text."""
_START = re.compile("|".join(map(re.escape, _FIRST)), re.I)
_VERSION = re.compile(rb"^MIME-Version:[ \t]*+[0-9]", re.I | re.M)
_END_OF_HEADER = re.compile(rb"(?:\A|\n)\r?\n")
_LONGEST_FIRST = max(map(len, _FIRST))
_MOST_HEADER = 16_384
_ABOVE = b"\xef\xbb\xbf\r\n"
"""A byte order mark and blank lines, which some programs write above the header."""
_MOST_NESTED = 4
_MOST_PARTS = 10_000
_ENCODINGS = frozenset({"", "7bit", "8bit", "binary", "quoted-printable", "base64"})
_SAVE = "save the page again, or as HTML"


def may_be_mhtml(start: str) -> bool:
    """Return whether a text begins with a field of a mail header.

    >>> may_be_mhtml("From: <Saved by Blink>"), may_be_mhtml("doi: 10.1000/182")
    (True, False)
    """
    return start[:1] in INITIALS and _START.match(start) is not None


def is_mhtml(data: bytes) -> bool:
    """Return whether bytes begin like an MHTML file.

    >>> is_mhtml(b"From: x\\nMIME-Version: 1.0\\n\\n"), is_mhtml(b"From: you to me\\n")
    (True, False)
    """
    if data[:1] in _ABOVE:
        data = data[:_MOST_HEADER].lstrip(_ABOVE)
    if not may_be_mhtml(data[:_LONGEST_FIRST].decode("latin-1")):
        return False
    start = data[:_MOST_HEADER]
    end = _END_OF_HEADER.search(start)
    return _VERSION.search(start, 0, end.start() + 1 if end else len(start)) is not None


def page_of(data: bytes) -> ResponseBody:
    """Return the page in an MHTML file. Raises SourceError if the file is broken."""
    data = data.lstrip(_ABOVE)
    header, at = _header_of(data, 0)
    address = str(header.get("Snapshot-Content-Location", ""))
    end = len(data)
    for _ in range(_MOST_NESTED):
        address = address or str(header.get("Content-Location", ""))
        if header.get_content_maintype() != "multipart":
            return _decoded(header, data[at:end], address)
        header, at, end = _root_of(header, data, at, end)
    raise _broken(f"expected at most {_MOST_NESTED - 1} levels of parts")


def _broken(what: str) -> SourceError:
    return SourceError(f"this MHTML file is broken: {what}: {_SAVE}")


def _header_of(data: bytes, at: int) -> tuple[Message, int]:
    """Return the header that begins at an offset, and its end."""
    # Loaded here, since only these files need it.
    from email.parser import BytesHeaderParser

    end = _END_OF_HEADER.search(data, max(at - 1, 0), at + _MOST_HEADER)
    if end is None:
        raise _broken("a header in it has no end")
    return BytesHeaderParser().parsebytes(data[at : end.end()]), end.end()


def _root_of(header: Message, data: bytes, at: int, end: int) -> tuple[Message, int, int]:
    """Return the header of the root part, and the offsets of its body."""
    boundary = header.get_boundary("").encode("latin-1", "replace")
    if not boundary:
        raise _broken("its header names no boundary of its parts")
    delimiter = re.compile(rb"\r?\n--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    root = _name_of(header.get_param("start"))
    found = delimiter.search(data, at - 2, end)
    if found is None or found[1]:
        raise _broken("it has no part")
    for _ in range(_MOST_PARTS):
        if found is None or found[1]:
            break
        part, body_at = _header_of(data, _behind_line_end(data, found.end()))
        found = delimiter.search(data, body_at - 2, end)
        if not root or _name_of(part["Content-ID"]) == root:
            if found is None:
                raise _broken("it ends within the page")
            return part, body_at, max(body_at, found.start())
    raise _broken(f"expected its root {root!r:.60} in its first {_MOST_PARTS:,} parts")


def _behind_line_end(data: bytes, at: int) -> int:
    return at + (2 if data[at : at + 2] == b"\r\n" else 1)


def _name_of(value: object) -> str:
    """Return the name of a part, without the brackets and whitespace around it."""
    return value.strip(" \t\r\n<>") if isinstance(value, str) else ""


def _decoded(header: Message, body: bytes, address: str) -> ResponseBody:
    kind = header.get_content_type()
    if kind not in ("text/html", "application/xhtml+xml", "text/plain"):
        raise _broken(f"expected a page as its root, found {kind:.60}")
    encoding = str(header.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in _ENCODINGS:
        raise _broken(f"expected a known transfer encoding, found {encoding!r:.60}")
    if encoding in ("quoted-printable", "base64"):
        header.set_payload(body.decode("ascii", "surrogateescape"))
        body = _payload_of(header)
    charset = header.get_param("charset", "")
    where = Address("".join(address.split()), "header of MHTML")
    return ResponseBody(body, charset if isinstance(charset, str) else "", where)


def _payload_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    if part.defects:
        raise _broken(f"its base64 cannot be read ({part.defects[0]})")
    assert isinstance(content, bytes)  # since it is not a multipart message
    return content
