"""Reader of a column of pages in Parquet, some row groups at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pyarrow.parquet as pq

from litrecord._bulk.page_column import pages_and_urls, require_columns
from litrecord._bulk.row_groups import BROKEN, BUFFER, RowGroups
from litrecord._bulk.runs import runs
from litrecord._bulk.stored_page import BulkOptions, StoredPage, Stretch
from litrecord._reading.decompression import Bound
from litrecord.errors import LimitError, SourceError

_ROWS = 1_000
"""The maximum number of rows that are read at a time."""
_MOST_ROWS = 1 << 32
"""The maximum number of rows in a group, so that row numbers fit into the integers of Arrow."""


def groups_of(path: str, options: BulkOptions, most: int) -> list[tuple[int, int]]:
    """Return runs of row groups, as (start, end); *most* is their decompressed size, roughly.

    Raises InvalidValueError if the file has no such columns.
    """
    metadata = _open(path, options).metadata
    groups = range(metadata.num_row_groups)
    found = runs(groups, lambda group: metadata.row_group(group).total_byte_size, most)
    return [(some[0], some[-1] + 1) for some in found] or [(0, 0)]


def read_groups(stretch: Stretch, options: BulkOptions) -> Iterator[StoredPage]:
    """Yield the rows of a stretch."""
    file = _open(stretch.path, options)
    size, limits = os.path.getsize(stretch.path), options.page.limits
    bound = Bound(size, limits)
    # Arrow takes "text.a" for a part of "text", and reads it too.
    names = tuple(f"{name}." for name in (options.column, options.url_column) if name is not None)
    groups = RowGroups(stretch.path, file, lambda leaf: f"{leaf}.".startswith(names), limits)
    null = f"column {options.column!r:.60} is null here"
    first = sum(_rows_of(file, group) for group in range(stretch.start))
    for group in range(stretch.start, min(stretch.end, file.num_row_groups)):
        number = first
        try:
            for batch in groups.batches(group, _ROWS):
                for page, url in pages_and_urls(batch, options):
                    bound.take(len(page or "") + len(url or ""))
                    if number - limits.lines >= size:
                        limits.refuse("lines", number + 1)
                    error = SourceError(null) if page is None else None
                    yield StoredPage(number, None, page, url, error)
                    number += 1
        except LimitError as too_much:
            yield StoredPage(number, None, None, None, too_much)
            return
        except BROKEN as error:
            broken = SourceError(f"row group {group} is broken from here on: {error}")
            yield StoredPage(number, None, None, None, broken)
        first += _rows_of(file, group)


def _rows_of(file: pq.ParquetFile, group: int) -> int:
    rows: int = file.metadata.row_group(group).num_rows
    return min(max(rows, 0), _MOST_ROWS)


def _open(path: str, options: BulkOptions) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(path, pre_buffer=False, buffer_size=BUFFER)
    except BROKEN as error:
        reason = getattr(error, "strerror", None) or f"it is not Parquet: {error}"
        if isinstance(error, UnicodeDecodeError):
            reason = "the name of a column is not UTF-8: rename it"
        raise SourceError(f"cannot read {path!r}: {reason}") from error
    require_columns(file.schema_arrow, options)
    return file
