"""Part: a Parquet file with the rows of one shard, which records what it was made of.

`litrecord.files` describes the rows. The metadata of the file has one entry "litrecord"::

    entry = crc facts
    crc   = CRC-32 (RFC 1952, 8) of the file without these 8 hexadecimal digits
    facts = JSON of key, first, records and summary of a Part

A Parquet file is whole if it has its footer, which is written last. Its pages have checksums, which
other readers can verify too, but its footer has none.
"""

from __future__ import annotations

import json
import mmap
import pathlib
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from typing import Any, BinaryIO

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from litrecord._atomic import opened_itself, replacing
from litrecord._bulk.record_columns import SCHEMA as RECORD
from litrecord._bulk.record_columns import columns_of, refused, row_of_page
from litrecord._bulk.row_groups import BROKEN
from litrecord._bulk.runs import runs
from litrecord._bulk.shards import Shard, Summary, added, pages_of, shown_path
from litrecord._bulk.stored_page import BulkOptions, StoredPage
from litrecord._characters import clean
from litrecord._parts.metadata import Values
from litrecord.errors import SourceError

_PLACE = {"source": pa.string(), "record": pa.int64(), "offset": pa.int64(), "url": pa.string()}
SCHEMA = pa.schema([*_PLACE.items(), *RECORD])
"""Where each page was stored, and the columns of its record."""
_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "write_page_checksum": True,
    # For the columns by which readers select rows.
    "write_statistics": [*_PLACE, "error"],
}
_ROWS = 1_000
_BYTES = 32_000_000
"""How many pages, or bytes of pages, are read before their rows become columns."""
_GROUP_BYTES = 32_000_000
"""The size of a row group in the memory of Arrow, in bytes, roughly."""
_ENTRY = b"litrecord"
_NO_CRC = "0" * 8
_NOTHING = Summary(0, 0)


@attrs.frozen
class Part:
    """A shard, the file with its rows, what was written, and whether it killed its process."""

    path: pathlib.Path
    shard: Shard
    key: dict[str, Any]
    """What the rows depend on: litrecord's version, the options, and the state of the sources."""
    first: int = 0
    """The number of the first record, if the shard is a stretch of a WARC."""
    records: int = 0
    summary: Summary = _NOTHING
    is_lost: bool = False


def writer_on(file: BinaryIO) -> pq.ParquetWriter:
    """Return a writer of rows into a file."""
    return pq.ParquetWriter(file, SCHEMA, **_OPTIONS)


def write_part(options: BulkOptions, part: Part) -> Part:
    """Write the rows of a shard; return the part with its counts."""
    with replacing(part.path) as file, writer_on(file) as writer:
        for some in runs(_read(part.shard, options), lambda rows: rows[0].nbytes, _GROUP_BYTES):
            batches, records, summaries = zip(*some, strict=True)
            table = pa.Table.from_batches(batches)
            # Records that are not pages have no row, and a row group cannot be empty.
            if table.num_rows:
                writer.write_table(table, row_group_size=table.num_rows)
            summary = reduce(added, summaries, part.summary)
            part = attrs.evolve(part, records=records[-1], summary=summary)
        _finish(part, file, writer)
    return part


def _read(shard: Shard, options: BulkOptions) -> Iterator[tuple[pa.RecordBatch, int, Summary]]:
    """Yield rows of a shard, with the number of records so far of its file, and their Summary."""
    for some in runs(_pages_of(shard, options), lambda found: found[1].size, _BYTES, _ROWS):
        rows: list[Values] = []
        skipped: Counter[str] = Counter()
        for source, page in some:
            if page.error is not None:
                row = refused(str(page.error), page.error.diagnostics)
            elif page.source is not None:
                row = row_of_page(page.source, page.url, options.page)
            else:
                skipped[page.kind] += 1
                continue
            url = page.url and clean(page.url)
            row |= {"source": source, "record": page.number, "offset": page.offset, "url": url}
            rows.append(row)
        places = [pa.array([row[name] for row in rows], kind) for name, kind in _PLACE.items()]
        batch = pa.RecordBatch.from_arrays([*places, *columns_of(rows)], schema=SCHEMA)
        errors = batch.num_rows - batch.column("error").null_count
        yield batch, some[-1][1].number + 1, Summary(batch.num_rows, errors, skipped)


def _pages_of(shard: Shard, options: BulkOptions) -> Iterator[tuple[str, StoredPage]]:
    """Yield each record of a shard with the path of its file; an error if that cannot be opened."""
    for stretch in shard:
        source = shown_path(stretch.path)
        try:
            for page in pages_of(stretch, options):
                yield source, page
        except SourceError as error:
            yield source, StoredPage(0, None, None, None, error)


def _finish(part: Part, file: BinaryIO, writer: pq.ParquetWriter) -> None:
    """Write the footer of a part's file, with what the part was made of."""
    summary = attrs.asdict(part.summary)
    facts = {"key": part.key, "first": part.first, "records": part.records, "summary": summary}
    entry = (_NO_CRC + json.dumps(facts)).encode()
    writer.add_key_value_metadata({_ENTRY: entry})
    writer.close()
    at, crc = _crc_of(file, entry)
    file.seek(at)
    file.write(crc)


def _crc_of(file: BinaryIO, entry: bytes) -> tuple[int, bytes]:
    """Return the offset of an entry in a file, and the CRC of the file without its own digits."""
    file.flush()
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data, memoryview(data) as view:
        at = data.rfind(entry)
        crc = zlib.crc32(view[at + len(_NO_CRC) :], zlib.crc32(view[:at]))
    return at, b"%08x" % crc


def read_part(path: pathlib.Path) -> Part | None:
    """Read the facts of a part from its file; return None if the file is not whole.

    Raises SourceError if it is whole, but not a part.
    """
    try:
        with opened_itself(path) as file:
            entry = (pq.read_metadata(file).metadata or {}).get(_ENTRY)
            if entry is not None and not entry.startswith(_crc_of(file, entry)[1]):
                return None
            facts = json.loads(entry[len(_NO_CRC) :]) if entry is not None else None
    except BROKEN:
        return None
    if facts is None:
        raise SourceError(f"{str(path)!r} is no part of a run: remove it")
    return Part(path, [], **facts | {"summary": Summary(**facts["summary"])})


def rows_of(part: Part) -> Iterator[pa.Table]:
    """Yield the row groups of a part. Raises SourceError if its file is damaged."""
    try:
        with opened_itself(part.path) as stored:
            file = pq.ParquetFile(stored, pre_buffer=False, page_checksum_verification=True)
            for group in range(file.num_row_groups):
                yield file.read_row_group(group, use_threads=False)
    except BROKEN as error:
        advice = "run it again, and this part is written again"
        raise SourceError(f"{str(part.path)!r} is damaged: {error}: {advice}") from error


def numbered(part: Part, first: int) -> Part:
    """Write a part again with another number for its first record."""
    moved = attrs.evolve(part, first=first)
    with replacing(part.path) as file, writer_on(file) as writer:
        for table in rows_of(part):
            field = SCHEMA.field(1)
            moved_by = first - part.first
            numbers = [at + moved_by for at in table.column("record").to_pylist()]
            writer.write_table(table.set_column(1, field, pa.array(numbers, field.type)))
        _finish(moved, file, writer)
    return moved
