"""Parser of the page in a WARC record.

Field names, record types and media types are compared without case (ISO 28500:2017, 4). A page that
cannot be read is an error: a response with another status than 2xx, or a record that is truncated,
a segment, or longer than the limit.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from litrecord._bulk.stored_page import StoredPage
from litrecord._bulk.warc.cursor import MOST_HEAD, RECORD_START, Cursor, Head
from litrecord._bulk.warc.http import decoded, media_type, status_of
from litrecord._reading.labels import charset_of
from litrecord._reading.wrapped.page_bytes import ResponseBody
from litrecord.errors import LitrecordError, SourceError
from litrecord.limits import Limits

_PAGES = frozenset({"response", "resource", "conversion"})
_OTHERS = frozenset({"warcinfo", "request", "metadata", "revisit", "continuation"})
_TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_LENGTH = re.compile(r"[0-9]{1,15}")
_HTTP = "application/http"
_MOST_HEADS = 16


class Record(NamedTuple):
    """A record whose header was read: its offsets in bytes, and its fields."""

    start: int
    block_at: int
    end: int
    fields: Any


def read_record(cursor: Cursor) -> Record:
    """Read the header of the record at the cursor. Raises SourceError if there is none."""
    start = cursor.at
    head = cursor.read_head(b"WARC/", MOST_HEAD)
    if RECORD_START.match(head.first) is None:
        raise SourceError(f"expected the line WARC/1.1 or WARC/1.0, found {head.first[:40]!r}")
    if not head.is_whole:
        raise SourceError("its header has no end")
    length = (head.fields.get("Content-Length") or "").strip()
    if _LENGTH.fullmatch(length) is None:
        raise SourceError(f"expected a Content-Length of some bytes, found {length[:40]!r}")
    record = Record(start, cursor.at, cursor.at + int(length), head.fields)
    # A record that is longer than the file is not read, so that many of them cost little.
    if cursor.size is not None and record.end > cursor.size:
        raise cut_record(record, cursor.size)
    return record


def cut_record(record: Record, end: int) -> SourceError:
    """Return the error for a record that continues beyond the end."""
    found, length = end - record.block_at, record.end - record.block_at
    return SourceError(f"this record is cut: it has {found} of {length} bytes")


def page_of(record: Record, cursor: Cursor, limits: Limits) -> StoredPage:
    """Return the page of a record; the cursor is at its block."""
    url = record.fields.get("WARC-Target-URI")
    try:
        found = _content_of(record, cursor, limits)
    except LitrecordError as error:
        return StoredPage(0, record.start, None, url, error)
    if isinstance(found, str):
        return StoredPage(0, record.start, None, url, None, found)
    return StoredPage(0, record.start, found, url, None)


def _content_of(record: Record, cursor: Cursor, limits: Limits) -> bytes | str:
    """Return the content of a page as bytes; for any other record, its type or media type."""
    kind = (record.fields.get("WARC-Type") or "").strip().lower()
    if kind not in _PAGES:
        if kind not in _OTHERS:
            raise SourceError(f"expected a WARC-Type that holds a page or none, found {kind!r:.40}")
        return kind
    of_record = media_type([*record.fields.get_multiple("Content-Type")])
    is_http = kind == "response" or of_record == _HTTP
    head, line = _read_http(record, cursor) if is_http else (None, b"")
    found = media_type([*head.fields.get_multiple("Content-Type")]) if head else of_record
    # Servers may leave out the type; content that is not text is then refused by the decoder.
    if found not in _TEXTS and found not in ("", _HTTP):
        return found
    _require_whole(record, head)
    length = len(line) + record.end - cursor.at
    if length > limits.unpacked_bytes:
        limits.refuse("unpacked_bytes", length)
    data = line + cursor.read(record.end - cursor.at)
    if cursor.at < record.end:
        raise cut_record(record, cursor.at)
    codings = head.values("Content-Encoding") + head.values("Transfer-Encoding") if head else []
    types = head.fields if head else record.fields
    charset = charset_of(",".join(types.get_multiple("Content-Type")))
    return ResponseBody(decoded(data, codings, limits), charset)


def _read_http(record: Record, cursor: Cursor) -> tuple[Head | None, bytes]:
    """Read the HTTP header after interim ones (1xx); return it, and a line that is not HTTP."""
    head, left = None, _MOST_HEADS
    while cursor.at < record.end and left and (head is None or _is_to_wait(head)):
        left -= 1
        found = cursor.read_head(b"HTTP/", record.end - cursor.at)
        if not found.first.startswith(b"HTTP/"):
            return head, found.first
        head = found
    return head, b""


def _is_to_wait(head: Head) -> bool:
    return (status_of(head.first)[0] or 0) // 100 == 1


def _require_whole(record: Record, head: Head | None) -> None:
    """Raise SourceError if the headers show that a page was not served, or not stored whole."""
    if head is not None:
        status, said = status_of(head.first)
        if status is not None and status // 100 != 2:
            raise SourceError(f"this page was not served: HTTP status {said}")
        if not head.is_whole:
            raise SourceError("the HTTP header of this page has no end: fetch it again")
    reason = record.fields.get("WARC-Truncated")
    if reason:
        raise SourceError(f"this page was stored only in part ({reason:.40}): fetch it again")
    segment = record.fields.get("WARC-Segment-Number")
    if segment:
        raise SourceError(f"this is segment {segment:.40} of a page, and segments are not joined")
