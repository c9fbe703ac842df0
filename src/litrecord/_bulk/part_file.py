"""The rows of one shard, in a file of Arrow's own form, which is quick to write and to read again.

Form (Arrow columnar format 1.5, "IPC Streaming Format", its buffers packed with zstd)::

    part   = stream counts length crc
    stream = *batch                               ; up to 1,000 rows of SCHEMA, fewer of large pages
    counts = JSON of the records and the Summary of a Part
    length = of counts in bytes, 4 bytes, little-endian
    crc    = CRC-32 (RFC 1952, 8) of the shard and all that stands before, 4 bytes, little-endian
"""

from __future__ import annotations

import json
import os
import pathlib
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, BinaryIO

import attrs
import pyarrow as pa

from litrecord._atomic import opened_itself, replacing
from litrecord._bulk import record_columns
from litrecord._bulk.shards import BulkOptions, Summary, added, pages_of, shown_path
from litrecord._bulk.stored_page import Shard, StoredPage
from litrecord._characters import clean
from litrecord._pool import end_when_interrupted
from litrecord.errors import SourceError

SCHEMA = pa.schema(
    [
        pa.field("source", pa.string()),
        pa.field("record", pa.int64()),
        pa.field("offset", pa.int64()),
        pa.field("url", pa.string()),
        *record_columns.SCHEMA,
    ]
)
"""Where each page was stored, its number in the shard, and the columns of its record."""

_ROWS = 1_000
_BYTES = 32_000_000
"""How many pages are read before their rows are written, and how large they are."""
_LENGTH = struct.Struct("<I")
_CRC = struct.Struct("<I")
_CRC_OF_WHOLE = 0x2144DF1C
"""The CRC-32 of all that ends with its own CRC-32, whatever it is."""
_PIECE = 1_000_000
_NOTHING = Summary(0, 0)
_PACKED = pa.ipc.IpcWriteOptions(compression="zstd")


@attrs.frozen
class Part:
    """What was written of one shard, or that the process died of it."""

    shard: Shard
    path: pathlib.Path
    records: int = 0
    summary: Summary = _NOTHING
    is_lost: bool = False


def prepare() -> None:
    """Prepare a process of a pool for writing parts."""
    end_when_interrupted()
    # Arrow asks of the first list that it is given whether it is pandas' own, and loads pandas for
    # it if it can: that takes as long as thousands of pages, and nothing here is pandas'.
    finders: list[Any] = sys.meta_path
    finders.insert(0, SimpleNamespace(find_spec=_refuse_pandas))
    pa.array([None])
    del finders[0]


def _refuse_pandas(name: str, *_: object) -> None:
    if name == "pandas":
        raise ModuleNotFoundError(name)


def write_part(options: BulkOptions, part: Part) -> Part:
    """Write the rows of one shard, aside and then renamed; return the part with its counts."""
    found = _pages_of(part.shard, options)
    records, summary = 0, _NOTHING
    with replacing(part.path) as stored:
        with pa.ipc.new_stream(stored, SCHEMA, options=_PACKED) as writer:
            while (rows := _Rows(part.shard, found, options)).is_any:
                batch = rows.batch()
                writer.write_batch(batch)
                records = rows.records
                refused = batch.num_rows - batch.column("error").null_count
                summary = added(summary, Summary(batch.num_rows, refused, rows.skipped))
        counts = json.dumps({"records": records, "summary": attrs.asdict(summary)}).encode()
        stored.write(counts + _LENGTH.pack(len(counts)))
        crc = _crc_of(part, stored)  # which leaves it at its end
        stored.write(_CRC.pack(crc))
    return attrs.evolve(part, records=records, summary=summary)


def read_part(part: Part) -> Part | None:
    """Return a part with the counts that its file tells; None if it is not there, or not whole."""
    try:
        stored = opened_itself(part.path)
    except OSError:  # of a link too
        return None
    with stored:
        if _crc_of(part, stored) != _CRC_OF_WHOLE:
            return None
        end = stored.seek(-_LENGTH.size - _CRC.size, os.SEEK_END)
        (length,) = _LENGTH.unpack(stored.read(_LENGTH.size))
        stored.seek(end - length)
        counts = json.loads(stored.read(length))
    return attrs.evolve(part, records=counts["records"], summary=Summary(**counts["summary"]))


def _crc_of(part: Part, stored: BinaryIO) -> int:
    # A piece at a time, since a packed file of any size is one shard.
    crc = zlib.crc32(repr(part.shard).encode())
    stored.seek(0)
    while piece := stored.read(_PIECE):
        crc = zlib.crc32(piece, crc)
    return crc


def rows_of(part: Part) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a part that is whole, some at a time."""
    with opened_itself(part.path) as file, pa.ipc.open_stream(file) as reader:
        yield from reader


def _pages_of(shard: Shard, options: BulkOptions) -> Iterator[StoredPage]:
    """Yield the records of a shard, or that its file cannot be opened."""
    try:
        yield from pages_of(shard, options)
    except SourceError as error:
        yield StoredPage(0, None, None, None, error)


class _Rows:
    """Some rows of a shard in the making, and how many of its records are read with them."""

    def __init__(self, shard: Shard, found: Iterator[StoredPage], options: BulkOptions) -> None:
        self._source = shown_path(shard.path)
        self._numbers: list[int] = []
        self._offsets: list[int | None] = []
        self._urls: list[str | None] = []
        self._rows = record_columns.Rows()
        self.skipped: Counter[str] = Counter()
        self.records = count = size = 0
        for count, page in enumerate(found, 1):
            self.records = page.number + 1
            self._add(page, options)
            size += len(page.source) if isinstance(page.source, str | bytes) else 0
            if count == _ROWS or size > _BYTES:
                break
        self.is_any = count > 0

    def _add(self, page: StoredPage, options: BulkOptions) -> None:
        if page.error is not None:
            self._rows.add_refused(str(page.error), page.error.diagnostics)
        elif page.source is not None:
            self._rows.read(page.source, page.url, options.page)
        else:
            if page.kind:
                self.skipped[page.kind] += 1
            return
        self._numbers.append(page.number)
        self._offsets.append(page.offset)
        self._urls.append(page.url and clean(page.url))

    def batch(self) -> pa.RecordBatch:
        """Return the rows."""
        where = [
            pa.array([self._source] * len(self._numbers), pa.string()),
            pa.array(self._numbers, pa.int64()),
            pa.array(self._offsets, pa.int64()),
            pa.array(self._urls, pa.string()),
        ]
        return pa.RecordBatch.from_arrays([*where, *self._rows.arrays()], schema=SCHEMA)
