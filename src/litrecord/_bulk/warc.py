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
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from fastwarc.stream_io import BrotliReader
from fastwarc.warc import ArchiveIterator, WarcRecordType

from litrecord._bulk.stored_page import Shard, StoredPage
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

    A member of a .gz is unpacked and read by itself, so that what is broken ends with it, and
    its records are said to begin where it does. Raises SourceError if the file cannot be opened.
    """
    try:
        file = open(shard.path, "rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise SourceError(f"cannot read {shard.path!r}: {error.strerror}") from error
    with file:
        size = os.fstat(file.fileno()).st_size
        if packing == "gz":
            pages = _read_members(file, shard.start, min(shard.end, size), limits)
        elif packing:
            pages = _read_stream(file, limits)
        else:
            pages = _read_plain(file, size, limits)
        for number, page in enumerate(pages):
            yield page._replace(number=number)


def _read_members(
    file: BinaryIO, start: int | None, end: int, limits: Limits
) -> Iterator[StoredPage]:
    start = _next_start(file, start, _MEMBER, _begins_member) if start else 0
    while start is not None and start < end:
        plain, after, reason = _unpack_member(file, start, limits.unpacked_bytes)
        if plain is None:
            stream = _Member(file, start)
            for page in _read_stream(stream, limits):
                yield page._replace(offset=start)
            start = _behind(stream, start, file)
            continue
        is_told = False
        for page in _read_plain(io.BytesIO(plain), len(plain), limits):
            is_told = page.error is not None
            yield page._replace(offset=start)
        if reason and not is_told and not _is_blank(file, start):
            yield _broken(start, reason)
        start = _next_start(file, after, _MEMBER, _begins_member) if reason else after


def _behind(stream: _Member, start: int, file: BinaryIO) -> int | None:
    """Return where the member behind a large one begins."""
    try:
        while stream.read(_BLOCK):
            pass
    except OSError:
        return _next_start(file, start + 1, _MEMBER, _begins_member)
    return stream.end


def _unpack_member(file: BinaryIO, start: int, most: int) -> tuple[bytes | None, int, str]:
    """Return a member, where to go on, and what is wrong with it; None if it is too large."""
    file.seek(start)
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    pieces: list[bytes] = []
    after = start
    try:
        while not member.eof and (block := file.read(_SMALL_BLOCK)):
            after += len(block)
            pieces.append(member.decompress(block))
            most -= len(pieces[-1])
            if most < 0:
                return None, start, ""
    except zlib.error as error:
        return b"".join(pieces), start + 1, str(error)
    reason = "" if member.eof else "it is cut"
    return b"".join(pieces), after - len(member.unused_data), reason


class _Member:
    """A member of a .gz that is too large to be held, as a stream."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        file.seek(start)
        self._file = file
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._length = 0
        self._taken = start

    @property
    def end(self) -> int:
        """Where the member ends in the file, once all of it is read."""
        return self._taken - len(self._unpacker.unused_data)

    def read(self, size: int) -> bytes:
        """Return some bytes, at most so many; none at the end, or where it is broken."""
        piece = b""
        while not piece and not self._unpacker.eof:
            packed = self._unpacker.unconsumed_tail or self._take()
            if not packed:
                break
            try:
                piece = self._unpacker.decompress(packed, size)
            except zlib.error as error:
                raise OSError(str(error)) from error
        self._length += len(piece)
        return piece

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._length

    def _take(self) -> bytes:
        block = self._file.read(_SMALL_BLOCK)
        self._taken += len(block)
        return block


def _read_stream(file: Any, limits: Limits) -> Iterator[StoredPage]:
    """Read what only a stream can tell the records of, up to what is broken."""
    begun = 0
    try:
        for record in ArchiveIterator(file, auto_decode="transfer"):
            begun = record.stream_pos
            yield _page_of(record, limits)
    except OSError as error:
        yield _broken(begun, str(error))


def _read_plain(file: BinaryIO, size: int, limits: Limits) -> Iterator[StoredPage]:
    """Read what is not packed; behind what is broken, the next line that begins a record."""
    start: int | None = 0
    while start is not None and start < size:
        begun, page = start, None
        file.seek(start)
        try:
            for record in ArchiveIterator(file, auto_decode="transfer", stream_detect=False):
                begun, page = record.stream_pos, None
                page = _page_of(record, limits)
                yield page
            reason = "no record follows, but other bytes"
        except OSError as error:
            reason = str(error)
        # Behind a record that is good, something else is broken; behind its end, perhaps.
        place = begun if page is None else _end_of(file, begun, size)
        is_told = page is not None and page.error is not None and place == begun
        if not is_told and not _is_blank(file, place):
            yield _broken(place, reason)
        start = _next_start(file, place + 1, b"WARC/", _begins_line)


def _broken(offset: int, reason: str) -> StoredPage:
    return StoredPage(0, offset, None, None, SourceError(f"the archive is broken here: {reason}"))


def _end_of(file: BinaryIO, start: int, size: int) -> int:
    """Return where the record that begins at start ends: there, if it is cut."""
    file.seek(start)
    head = file.read(_BLOCK)
    length = _LENGTH.search(head)
    block_at = head.find(b"\r\n\r\n") + 4
    end = start + block_at + int(length[1]) if length and length.start() < block_at else size + 1
    return min(end + len(b"\r\n\r\n"), size) if end <= size else start


def _is_blank(file: BinaryIO, start: int) -> bool:
    """Tell whether nothing but NULs and line ends stands at a place, as in a padded file."""
    file.seek(start)
    return not file.read(_SMALL_BLOCK).strip(b"\0\r\n")


def _next_start(
    file: BinaryIO, start: int, mark: bytes, begins: Callable[[BinaryIO, int], bool]
) -> int | None:
    """Return the first place at or behind start with a mark where a record begins, or None."""
    file.seek(start)
    at, kept = start, b""
    while block := file.read(_BLOCK):
        data = kept + block
        found = data.find(mark)
        while found >= 0:
            if begins(file, at + found):
                return at + found
            found = data.find(mark, found + 1)
        kept = data[-len(mark) + 1 :]
        at += len(data) - len(kept)
        file.seek(at + len(kept))
    return None


def _begins_member(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    try:
        begins = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(_SMALL_BLOCK), 16)
    except zlib.error:
        return False
    return _START.match(begins) is not None


def _begins_line(file: BinaryIO, at: int) -> bool:
    file.seek(max(at - 1, 0))
    data = file.read(17)
    return _START.match(data, min(at, 1)) is not None and (at == 0 or data[:1] == b"\n")


def _page_of(record: Any, limits: Limits) -> StoredPage:
    offset = record.stream_pos
    try:
        data = _content_of(record, limits)
    except LitrecordError as error:
        return StoredPage(0, offset, None, None, error)
    return StoredPage(0, offset, data, record.headers.get("WARC-Target-URI"), None)


def _content_of(record: Any, limits: Limits) -> bytes | None:
    """Return the content of a page as bytes, None of another record."""
    headers = record.http_headers if record.is_http else None
    kind = (headers or record.headers).get("Content-Type", "").partition(";")[0].strip().lower()
    # Servers may leave the type out; what is then no text is refused where it is decoded.
    if not record.record_type & _PAGES or (kind and kind not in _TEXTS):
        return None
    if record.headers.get("Content-Length") is None:
        raise SourceError("this record has no length: it is cut, or broken")
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
