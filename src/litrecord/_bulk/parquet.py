"""Parquet: a column of pages, some row groups at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from litrecord._bulk.page_column import pages_and_urls, require_columns
from litrecord._bulk.stored_page import ColumnNames, Shard, StoredPage
from litrecord.errors import SourceError

_ROWS = 1_000


def groups_of(path: str, fields: ColumnNames, most: int) -> Iterator[tuple[int, int]]:
    """Yield runs of row groups, as from and up to, each of most bytes unpacked, roughly.

    Raises InvalidValueError if the file has no such columns.
    """
    file = _open(path)
    require_columns(file.schema_arrow, fields.text, fields.url)
    metadata = file.metadata
    start = size = 0
    for at in range(metadata.num_row_groups):
        if size and size + metadata.row_group(at).total_byte_size > most:
            yield start, at
            start, size = at, 0
        size += metadata.row_group(at).total_byte_size
    yield start, metadata.num_row_groups


def read_groups(shard: Shard, fields: ColumnNames) -> Iterator[StoredPage]:
    """Yield the rows of a shard."""
    file = _open(shard.path)
    names = [name for name in (fields.text, fields.url) if name is not None]
    require_columns(file.schema_arrow, fields.text, fields.url)
    null = f"column {fields.text!r:.60} is null here"
    first = 0
    for group in range(shard.start, min(shard.end, file.num_row_groups)):
        number = first
        try:
            for batch in file.iter_batches(_ROWS, [group], names):
                for page, url in zip(*pages_and_urls(batch, fields.text, fields.url), strict=True):
                    error = SourceError(null) if page is None else None
                    yield StoredPage(number, None, page, url, error)
                    number += 1
        except (OSError, pa.ArrowException) as error:
            broken = SourceError(f"row group {group} is broken from here on: {error}")
            yield StoredPage(number, None, None, None, broken)
        first += file.metadata.row_group(group).num_rows


def _open(path: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, pre_buffer=False)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"cannot read {path!r}: {reason}") from error
    except pa.ArrowException as error:
        raise SourceError(f"cannot read {path!r}: it is no Parquet: {error}") from error
