"""Parquet: a column of pages, some row groups at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from litrecord._bulk.page_column import pages_and_urls, require_columns
from litrecord._bulk.stored_page import ColumnNames, Shard, StoredPage
from litrecord._reading.unpacking import Bound
from litrecord.errors import LimitError, SourceError
from litrecord.limits import Limits

_ROWS = 1_000
_BYTES = 32_000_000
"""How many rows are read at a time, and how large they are, roughly."""
_MOST_ROWS = 1 << 32
_BROKEN = (OSError, ValueError, pa.ArrowException)
"""What Arrow raises where a file is broken, or a name in it is no UTF-8."""


def groups_of(path: str, fields: ColumnNames, most: int) -> Iterator[tuple[int, int]]:
    """Yield runs of row groups, as from and up to, each of most bytes unpacked, roughly.

    Raises InvalidValueError if the file has no such columns.
    """
    metadata = _open(path, fields).metadata
    start = size = 0
    for at in range(metadata.num_row_groups):
        if size and size + metadata.row_group(at).total_byte_size > most:
            yield start, at
            start, size = at, 0
        size += metadata.row_group(at).total_byte_size
    yield start, metadata.num_row_groups


def read_groups(shard: Shard, fields: ColumnNames, limits: Limits) -> Iterator[StoredPage]:
    """Yield the rows of a shard."""
    plain = _open(shard.path, fields)
    size = os.path.getsize(shard.path)
    bound = Bound(size, limits)
    null = f"column {fields.text!r:.60} is null here"
    first = 0
    for group in range(shard.start, min(shard.end, plain.num_row_groups)):
        number = first
        try:
            for page, url in _rows_of(shard.path, plain, group, fields, bound):
                if number - limits.lines >= size:
                    limits.refuse("lines", number + 1)
                error = SourceError(null) if page is None else None
                yield StoredPage(number, None, page, url, error)
                number += 1
        except LimitError as too_much:
            yield StoredPage(number, None, None, None, too_much)
            return
        except _BROKEN as error:
            broken = SourceError(f"row group {group} is broken from here on: {error}")
            yield StoredPage(number, None, None, None, broken)
        first += min(max(plain.metadata.row_group(group).num_rows, 0), _MOST_ROWS)


_Row = tuple[Any, Any]
"""A page and its address."""


def _rows_of(
    path: str, plain: pq.ParquetFile, group: int, fields: ColumnNames, bound: Bound
) -> Iterator[_Row]:
    """Yield the rows of a group, a few of large pages at a time."""
    names = _names_of(fields)
    rows, size = _claims_of(plain.metadata.row_group(group), names)
    bound.require(size)
    count = min(max(rows * _BYTES // max(size, 1), 1), _ROWS)
    # As dictionaries, since a value that many rows share would be written out for each.
    shared = pq.ParquetFile(path, metadata=plain.metadata, pre_buffer=False, read_dictionary=names)
    taken = 0
    try:
        for row in _read(shared, count, group, fields, bound):
            taken += 1
            yield row
    except pa.ArrowNotImplementedError:
        # What is stored as its difference to the row before can be as long in each row.
        yield from islice(_read(plain, 1, group, fields, bound), taken, None)


def _claims_of(group: Any, names: list[str]) -> tuple[int, int]:
    """Return how many rows a group says to have, and how many bytes some of its columns."""
    columns = (group.column(at) for at in range(group.num_columns))
    wanted = tuple(f"{name}." for name in names)
    sizes = (
        column.total_uncompressed_size
        for column in columns
        if f"{column.path_in_schema}.".startswith(wanted)
    )
    return group.num_rows, sum(sizes)


def _read(
    file: pq.ParquetFile, count: int, group: int, fields: ColumnNames, bound: Bound
) -> Iterator[_Row]:
    for batch in file.iter_batches(count, [group], _names_of(fields)):
        for page, url in zip(*pages_and_urls(batch, fields.text, fields.url), strict=True):
            bound.take(len(page or "") + len(url or ""))
            yield page, url


def _names_of(fields: ColumnNames) -> list[str]:
    return [name for name in (fields.text, fields.url) if name is not None]


def _open(path: str, fields: ColumnNames) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(path, pre_buffer=False)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"cannot read {path!r}: {reason}") from error
    except UnicodeDecodeError as error:
        reason = "the name of a column is no UTF-8: rename it"
        raise SourceError(f"cannot read {path!r}: {reason}") from error
    except (ValueError, pa.ArrowException) as error:
        raise SourceError(f"cannot read {path!r}: it is no Parquet: {error}") from error
    require_columns(file.schema_arrow, fields.text, fields.url)
    return file
