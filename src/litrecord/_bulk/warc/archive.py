"""Reader of WARC and WET: the pages of a web archive, with their addresses (ISO 28500:2017).

Grammar::

    file   = *record
    record = "WARC/" version EOL *( field EOL ) EOL block EOL EOL       ; in a .gz a member
    EOL    = CRLF / LF
    page   = a record of type response, resource or conversion whose content is HTML or plain text

A broken record gives an error at its offset, and reading continues at the next record. Needs the
extra ``warc``.
"""

from __future__ import annotations

import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO

from fastwarc.stream_io import ZstdReader

from litrecord._bulk.stored_page import StoredPage, Stretch, opened
from litrecord._bulk.warc.cursor import RECORD_START, Cursor
from litrecord._bulk.warc.page import cut_record, page_of, read_record
from litrecord._reading.decompression import buffered
from litrecord.errors import LimitError, SourceError
from litrecord.limits import Limits

_MEMBER = b"\x1f\x8b\x08"
_BLOCK = 1 << 20
_LEAST_EFFORT = 1 << 24
_SMALL_BLOCK = 1 << 14
"""How many compressed bytes are read at a time. They may decompress to a thousand times as many."""
_LOOK = 1 << 10
"""How many bytes are read to see the first data of a member, after its header and code table."""


def read_part(stretch: Stretch, compression: str, limits: Limits) -> Iterator[StoredPage]:
    """Yield the records of an archive that begin in a stretch, in order.

    A member of a .gz is decompressed and read by itself. So a fault ends with its member, and the
    offset of a record is that of its member. Raises SourceError if the file cannot be opened.
    """
    with opened(stretch.path) as file:
        size = os.fstat(file.fileno()).st_size
        if compression == "gz":
            pages = _read_members(file, stretch, size, limits)
        elif compression:
            pages = _read_stream(buffered(ZstdReader(file), size, limits), limits)
        else:
            pages = _read_plain(file, limits)
        most = limits.lines + size if compression else sys.maxsize
        for number, page in enumerate(islice(pages, most)):
            yield page._replace(number=number)
        if next(pages, None) is not None:
            yield StoredPage(most, None, None, None, limits.error_of("lines", most + 1))


class _Effort:
    """A bound on how much of a broken file is decompressed again. It keeps the time linear.

    After a broken member, the search for the next one starts at its second byte. When the bound is
    used up, the search starts where reading stopped.
    """

    def __init__(self, size: int) -> None:
        self._left = 4 * size + _LEAST_EFFORT

    def behind(self, start: int, reached: int) -> int:
        """Return the offset at which to continue after a broken member."""
        self._left -= reached - start
        return start + 1 if self._left > 0 else max(reached, start + 1)


def _read_members(
    file: BinaryIO, stretch: Stretch, size: int, limits: Limits
) -> Iterator[StoredPage]:
    end = min(stretch.end, size)
    effort = _Effort(end - stretch.start)
    start = _next_start(file, stretch.start, _MEMBER, _begins_member) if stretch.start else 0
    while start is not None and start < end:
        plain, after, reason = _decompress_member(file, start, limits.unpacked_bytes)
        if plain is None:
            stream = _Member(file, start)
            for page in _read_stream(buffered(stream, size, limits), limits):
                yield page._replace(offset=start)
            start = _behind(stream, start, file, effort)
            continue
        is_told = False
        for page in _read_plain(io.BufferedReader(plain), limits):
            is_told = page.error is not None
            yield page._replace(offset=start)
        if reason and not is_told and not _is_blank(file, start):
            yield _broken(start, reason)
        if reason:
            after = effort.behind(start, after)
        start = _next_start(file, after, _MEMBER, _begins_member) if reason else after


def _behind(stream: _Member, start: int, file: BinaryIO, effort: _Effort) -> int | None:
    """Return the offset of the member after a large one, or None."""
    try:
        while stream.read(_BLOCK):
            pass
    except OSError:
        after = effort.behind(start, stream.end)
        return _next_start(file, after, _MEMBER, _begins_member)
    return stream.end


def _decompress_member(file: BinaryIO, start: int, most: int) -> tuple[io.BytesIO | None, int, str]:
    """Return the data of a member (None if too large), where reading stopped, and its fault."""
    file.seek(start)
    member = zlib.decompressobj(zlib.MAX_WBITS | 16)
    plain = io.BytesIO()
    after, reason, count = start, "", _LOOK
    try:
        while not member.eof and (block := file.read(count)):
            after += len(block)
            count = min(2 * count, _SMALL_BLOCK)
            plain.write(member.decompress(block))
            if plain.tell() > most:
                return None, start, ""
        reason = "" if member.eof else "it is cut"
    except zlib.error as error:
        reason = str(error)
    plain.seek(0)
    return plain, after - len(member.unused_data), reason


class _Member:
    """A member of a .gz that is too large for memory, as a stream."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        file.seek(start)
        self._file = file
        self._decompressor = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._taken = start

    @property
    def end(self) -> int:
        """The offset of the member's end in the file, once all of it is read."""
        return self._taken - len(self._decompressor.unused_data)

    def read(self, size: int) -> bytes:
        """Return at most *size* bytes; none at the end. Raises OSError if the data are broken."""
        piece = b""
        while not piece and not self._decompressor.eof:
            compressed = self._decompressor.unconsumed_tail or self._take()
            if not compressed:
                break
            try:
                piece = self._decompressor.decompress(compressed, size)
            except zlib.error as error:
                raise OSError(str(error)) from error
        return piece

    def _take(self) -> bytes:
        block = self._file.read(_SMALL_BLOCK)
        self._taken += len(block)
        return block


def _read_stream(stream: io.BufferedReader, limits: Limits) -> Iterator[StoredPage]:
    """Read a stream, which cannot seek back, up to a fault or a limit."""
    cursor = Cursor(stream, None)
    begun = 0
    try:
        while cursor.pass_blank():
            begun = cursor.at
            record = read_record(cursor)
            page = page_of(record, cursor, limits)
            is_page = page.source is not None or page.error is not None
            if is_page:
                yield page
            cursor.go(record.end)
            if cursor.at < record.end and page.error is None:
                raise cut_record(record, cursor.at)
            if not is_page:
                yield page
            begun = cursor.at
    except (OSError, SourceError) as error:
        yield _broken(begun, str(error))
    except LimitError as error:
        yield StoredPage(0, begun, None, None, error)


def _read_plain(file: io.BufferedReader, limits: Limits) -> Iterator[StoredPage]:
    """Read data that are not compressed; after a broken record, continue at the next one."""
    size = file.seek(0, os.SEEK_END)
    cursor = Cursor(file, size)
    cursor.go(0)
    while cursor.pass_blank():
        begun = cursor.at
        try:
            record = read_record(cursor)
        except SourceError as error:
            yield _broken(begun, str(error))
            after = _next_start(file, begun + 1, b"WARC/", _begins_line)
            cursor.go(size if after is None else after)
            continue
        yield page_of(record, cursor, limits)
        cursor.go(record.end)


def _broken(offset: int, reason: str) -> StoredPage:
    return StoredPage(0, offset, None, None, SourceError(f"the archive is broken here: {reason}"))


def _is_blank(file: BinaryIO, start: int) -> bool:
    """Return whether the bytes at an offset are only NULs and line ends, as in a padded file."""
    file.seek(start)
    return not file.read(_SMALL_BLOCK).strip(b"\0\r\n")


def _next_start(
    file: BinaryIO, start: int, mark: bytes, begins: Callable[[BinaryIO, int], bool]
) -> int | None:
    """Return the first offset, from start on, with a mark where a record begins, or None."""
    file.seek(start)
    at, kept, count = start, b"", _LOOK
    while block := file.read(count):
        count = min(2 * count, _BLOCK)
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
        begins = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(_LOOK), 16)
    except zlib.error:
        return False
    return RECORD_START.match(begins) is not None


def _begins_line(file: BinaryIO, at: int) -> bool:
    file.seek(max(at - 1, 0))
    data = file.read(17)
    return RECORD_START.match(data, min(at, 1)) is not None and (at == 0 or data[:1] == b"\n")
