"""Reader of row groups of Parquet, some rows at a time, in bounded memory.

One value in a dictionary may be that of every row. A value that is stored as its difference to the
row before may be long in every row. So the number of rows read at a time depends on the
longest value of the dictionary. The metadata of a group may be wrong: its sizes are bounded too.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from litrecord.limits import DEFAULT_LIMITS, Limits

_BYTES = 32_000_000
"""The size of the rows that are read at a time, in bytes, roughly."""
_SOME = 4
_RATIO = 20
"""A group may have this many times the size of its file, plus some times the limit of a source."""
_FEW = 64
BUFFER = 1 << 20
"""How many bytes of a column Arrow reads at a time; else it would read all of it in a group."""
BROKEN = (OSError, ValueError, pa.ArrowException)
"""What Arrow raises for a broken file."""


class RowGroups:
    """Reader of some leaf columns of a file, selected by their paths."""

    def __init__(
        self,
        path: str,
        file: pq.ParquetFile,
        is_wanted: Callable[[str], bool],
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        columns = [file.schema.column(at) for at in range(len(file.schema.names))]
        self._wanted = {at: leaf for at, leaf in enumerate(columns) if is_wanted(leaf.path)}
        self._leaves = [leaf.path for leaf in self._wanted.values()]
        self._file = file
        self._shared = pq.ParquetFile(
            path,
            metadata=file.metadata,
            pre_buffer=False,
            buffer_size=BUFFER,
            read_dictionary=self._leaves,
        )
        self._most = _SOME * limits.unpacked_bytes + _RATIO * os.path.getsize(path)
        self._limits = limits

    def all_batches(self, most: int) -> Iterator[pa.RecordBatch]:
        """Yield the rows of all groups, at most *most* at once; raise LimitError if too large."""
        for group in range(self._file.num_row_groups):
            yield from self.batches(group, most)

    def batches(self, group: int, most: int) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a group, at most *most* at once; raise LimitError if too large."""
        count = min(self._count(group), most)
        yield from self._file.iter_batches(count, [group], self._leaves, use_threads=False)

    def _count(self, group: int) -> int:
        """Return how many rows of a group are read at a time."""
        found = self._file.metadata.row_group(group)
        held, rows = max(found.total_byte_size, 0), max(found.num_rows, 1)
        self._require(held)
        is_flat = not any(leaf.max_repetition_level for leaf in self._wanted.values())
        if held * rows <= _BYTES and is_flat:
            return _BYTES
        row: int = held // rows
        in_one = 0
        for place, leaf in self._wanted.items():
            longest = self._longest(leaf.path, group)
            # Only after it was read: for a broken column, Arrow would end the process.
            if longest is None or "DELTA_BYTE_ARRAY" in found.column(place).encodings:
                row += _BYTES
            elif leaf.max_repetition_level:
                in_one += longest * found.column(place).num_values
            else:
                row += longest
        self._require(in_one)
        return max(_BYTES // max(row, 1), 1)

    def _require(self, held: int) -> None:
        """Raise LimitError for too many bytes, since one page or row may contain them all."""
        if held > self._most:
            self._limits.refuse("unpacked_bytes", held)

    def _longest(self, leaf: str, group: int) -> int | None:
        """Return the length of a dictionary's longest value in bytes; None if it cannot be read."""
        try:
            for batch in self._shared.iter_batches(_FEW, [group], [leaf], use_threads=False):
                values = _dictionary_of(batch.column(0))
                if values is None:
                    return 0
                if len(values):
                    return _longest_of(values)
        except BROKEN:
            # Arrow cannot read some encodings like this. Broken data are reported by the reader.
            return None
        return 0


def _longest_of(values: pa.Array) -> int:
    """Return the length of the longest text in bytes.

    pyarrow.compute would tell it too, but takes 40 MB and a tenth of a second to load.
    """
    is_large = values.type in (pa.large_string(), pa.large_binary())
    every = memoryview(values.buffers()[1]).cast("q" if is_large else "i")
    ends = every[values.offset : values.offset + len(values) + 1]
    longest: int = max(map(operator.sub, ends[1:], ends))
    return longest


def _dictionary_of(column: pa.Array) -> pa.Array | None:
    """Return the dictionary of the one leaf of a column, or None if it is not of text."""
    while pa.types.is_nested(column.type):
        column = column.field(0) if pa.types.is_struct(column.type) else column.values
    return column.dictionary if pa.types.is_dictionary(column.type) else None
