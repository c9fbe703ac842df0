"""WARC and WET: the pages of a web archive, with their addresses (ISO 28500:2017).

Grammar::

    file   = *record
    record = "WARC/" version CRLF *( field CRLF ) CRLF block CRLF CRLF       ; in a .gz a member
    page   = a record of type response, resource or conversion whose content is HTML or plain text

A broken record is an error where it begins, and reading goes on where the next one does. Needs the
extra ``warc``.
"""

from __future__ import annotations

import io
import os
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from fastwarc.stream_io import BrotliReader
from fastwarc.warc import ArchiveIterator, WarcRecordType

from litrecord._stored import Shard, StoredPage
from litrecord.errors import LitrecordError, SourceError
from litrecord.limits import Limits

_PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_START = re.compile(rb"WARC/[01]\.[0-9]\r?\n")
_MEMBER = b"\x1f\x8b\x08"
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]{1,15})\r\n", re.I)
_BLOCK = 1 << 20
_SMALL_BLOCK = 1 << 14
"""Of packed data, which may unpack to a thousand times as much."""


def read_part(shard: Shard, packing: str, limits: Limits) -> Iterator[StoredPage]:
    """Yield the records of an archive that begin in a shard, in order.

    Raises SourceError if the file cannot be opened.
    """
    try:
        file = open(shard.path, "rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise SourceError(f"cannot read {shard.path!r}: {error.strerror}") from error
    with file:
        size = os.fstat(file.fileno()).st_size
        start = _next_record(file, shard.start, packing) if shard.start else 0
        number = 0
        while start is not None and start < min(shard.end, size):
            begun, page = start, None
            try:
                for record in _archive(file, start):
                    begun, page = record.stream_pos, None
                    if begun >= shard.end:
                        return
                    page = _page_of(record, number, limits)
                    yield page
                    number += 1
                reason = "no record follows, but other bytes"
            except (OSError, EOFError, zlib.error) as error:
                reason = str(error)
            # Behind a record that is good, something else is broken; behind its end, perhaps.
            place = begun if page is None else _end_of(file, begun, size, packing)
            is_told = page is not None and page.error is not None and place == begun
            if not is_told and not _is_blank(file, place):
                if page is not None and place == begun:
                    number -= 1  # it is this record, which is cut, and not the next one
                broken = SourceError(f"the archive is broken here: {reason}")
                yield StoredPage(number, place, None, None, broken)
                number += 1
            start = _next_record(file, place + 1, packing)


def _archive(file: BinaryIO, start: int) -> ArchiveIterator:
    file.seek(start)
    return ArchiveIterator(file, auto_decode="transfer")


def _end_of(file: BinaryIO, start: int, size: int, packing: str) -> int:
    """Return where the record that begins at start ends: there, if it is cut."""
    file.seek(start)
    if packing == "gz":
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        end = start
        while not member.eof and (block := file.read(_SMALL_BLOCK)):
            member.decompress(block)
            end += len(block)
        return end - len(member.unused_data) if member.eof else start
    if packing:
        return size
    head = file.read(_BLOCK)
    length = _LENGTH.search(head)
    block_at = head.find(b"\r\n\r\n") + 4
    end = start + block_at + int(length[1]) if length and length.start() < block_at else size + 1
    return min(end + len(b"\r\n\r\n"), size) if end <= size else start


def _is_blank(file: BinaryIO, start: int) -> bool:
    """Tell whether nothing but NULs and line ends stands at a place, as in a padded file."""
    file.seek(start)
    return not file.read(_SMALL_BLOCK).strip(b"\0\r\n")


def _next_record(file: BinaryIO, start: int, packing: str) -> int | None:
    """Return where the first record at or behind start begins, or None."""
    if packing == "zst":
        return None
    mark, is_start = (_MEMBER, _is_member) if packing == "gz" else (b"WARC/", _is_line)
    file.seek(start)
    at, kept = start, b""
    while block := file.read(_BLOCK):
        data = kept + block
        found = data.find(mark)
        while found >= 0:
            if is_start(file, at + found):
                return at + found
            found = data.find(mark, found + 1)
        kept = data[-len(mark) + 1 :]
        at += len(data) - len(kept)
        file.seek(at + len(kept))
    return None


def _is_member(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    try:
        begins = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(_BLOCK), 16)
    except zlib.error:
        return False
    return _START.match(begins) is not None


def _is_line(file: BinaryIO, at: int) -> bool:
    file.seek(max(at - 1, 0))
    data = file.read(17)
    return _START.match(data, min(at, 1)) is not None and (at == 0 or data[:1] == b"\n")


def _page_of(record: Any, number: int, limits: Limits) -> StoredPage:
    offset = record.stream_pos
    try:
        data = _content_of(record, limits)
    except LitrecordError as error:
        return StoredPage(number, offset, None, None, error)
    return StoredPage(number, offset, data, record.headers.get("WARC-Target-URI"), None)


def _content_of(record: Any, limits: Limits) -> bytes | None:
    """Return the content of a page as bytes, None of another record."""
    if record.record_type == WarcRecordType.unknown:
        raise SourceError("this record has no type: it is cut, or broken")
    headers = record.http_headers if record.is_http else None
    kind = (headers or record.headers).get("Content-Type", "").partition(";")[0].strip().lower()
    if not record.record_type & _PAGES or kind not in _TEXTS:
        return None
    length = record.content_length
    if length > limits.unpacked_bytes:
        limits.refuse("unpacked_bytes", length)
    data: bytes = record.reader.read()
    if len(data) < length and "chunked" not in _named(headers, "Transfer-Encoding"):
        raise SourceError(f"this record is cut: it has {len(data)} of {length} bytes")
    # What is packed with gzip is unpacked where its encoding is told.
    packing = _named(headers, "Content-Encoding")
    if "deflate" in packing or "br" in packing:
        return _unpacked(data, packing, limits)
    return data


def _named(headers: Any, name: str) -> str:
    return headers.get(name, "").lower() if headers is not None else ""


def _unpacked(data: bytes, packing: str, limits: Limits) -> bytes:
    most = limits.unpacked_bytes + 1
    try:
        if "br" in packing:
            unpacked: bytes = BrotliReader(io.BytesIO(data)).read(most)
        else:
            bits = zlib.MAX_WBITS if data[:1] == b"\x78" else -zlib.MAX_WBITS
            stream = zlib.decompressobj(bits)
            unpacked = stream.decompress(data, most)
            if not stream.eof and len(unpacked) < most:
                raise zlib.error("it is cut")
    except (OSError, zlib.error) as error:
        raise SourceError(f"cannot unpack this page, which is {packing}: {error}") from error
    if len(unpacked) == most:
        limits.refuse("unpacked_bytes", most)
    return unpacked
