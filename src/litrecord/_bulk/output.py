"""One Parquet file written in parts, so that a run that was interrupted can go on.

Form and steps are those of `litrecord.files`. What the folder of parts is of is told by its plan:
the version of litrecord, the files with their sizes and times, how they are cut, and the options.
A run locks the folder, where the file system has locks, and a second is refused.
"""

from __future__ import annotations

import importlib
import json
import os
import pathlib
import shutil
import stat
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, BinaryIO

import attrs
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import litrecord
from litrecord._atomic import ASIDE, NO_LINK, opened_itself, replacing
from litrecord._bulk.part_file import SCHEMA, Part, prepare, read_part, rows_of, write_part
from litrecord._bulk.shards import BulkOptions, Summary, added, shards_of, whole
from litrecord._bulk.stored_page import Shard
from litrecord._pool import in_order
from litrecord.errors import InvalidValueError, SourceError, located

_LARGEST_SHARD = 32_000_000
_SMALLEST_SHARD = 2_000_000
_SHARDS = 64
"""How many shards a run has at least, if they are not too small: the last ends not long after."""
_GROUP_BYTES = 32_000_000
"""How large a row group is, as Arrow holds it."""
_BATCH_BYTES = 25_000
"""What Arrow takes for a batch beside its values, which counts where each file is one page."""
_WITH_STATISTICS = ["source", "record", "offset", "url", "error"]
"""The columns that readers choose rows by."""
_AGAIN = (
    "run it again, perhaps with fewer processes, and a script below if __name__ == '__main__';"
    " what is done is kept"
)
_PLAN = "plan.json"
_fcntl: Any = importlib.import_module("fcntl") if os.name == "posix" else None


def write(
    paths: list[str],
    target: pathlib.Path,
    options: BulkOptions,
    processes: int,
    progress: Callable[[int, int, Summary], object] | None,
) -> Summary:
    """Write the pages of files; see `litrecord.files.write_parquet`."""
    if target.exists() and not target.is_file():
        raise InvalidValueError(f"{str(target)!r} is no file: name another", path="output")
    folder = target.with_name(target.name + ".parts")
    for path in paths:
        if os.path.exists(path) and target.exists() and os.path.samefile(path, target):
            message = f"{path!r} is one of the files to read: name another"
            raise InvalidValueError(message, path="output")
    files = list(map(_state_of, paths))
    most = _shard_bytes(files)
    shards = [shard for path in paths for shard in _shards_of(path, options, most)]
    with _held(folder):
        _prepare(folder, files, options, most)
        parts = [Part(shard, folder / f"{at:06}.arrow") for at, shard in enumerate(shards)]
        written = _written(parts, options, processes)
        with replacing(target, folder) as together:
            summary = _put_together(written, len(parts), together, progress)
        shutil.rmtree(folder)
    return summary


_State = tuple[str, int, int]
"""What tells whether a file is the same as before: path, size in bytes, time in nanoseconds."""


def _state_of(path: str) -> _State:
    try:
        found = os.stat(path)
    except OSError:
        return path, -1, -1
    return path, found.st_size, found.st_mtime_ns


def _shard_bytes(files: list[_State]) -> int:
    """Return how many bytes a shard of the files has, roughly."""
    total = sum(max(size, 0) for _, size, _ in files)
    return min(max(total // _SHARDS, _SMALLEST_SHARD), _LARGEST_SHARD)


def _shards_of(path: str, options: BulkOptions, most: int) -> list[Shard]:
    """Return the shards of a file; of one that cannot be opened a shard whose row says so."""
    try:
        return shards_of(path, options.fields, most, options.page.limits)
    except InvalidValueError as error:
        raise located(error, repr(path)) from error
    except SourceError:
        return [whole(path)]


@contextmanager
def _held(folder: pathlib.Path) -> Iterator[None]:
    """Make the folder of parts, or take the one that is there, and let no other run have it."""
    try:
        folder.mkdir(0o700)
    except FileExistsError:
        _require_own(folder)
    with ExitStack() as stack:
        try:
            place = os.open(folder, os.O_RDONLY | NO_LINK)
            stack.callback(os.close, place)
            _fcntl.flock(place, _fcntl.LOCK_EX | _fcntl.LOCK_NB)
            is_other = not os.path.samestat(os.fstat(place), os.lstat(folder))
            os.fchmod(place, 0o700)  # it may have been there, open to others
        except (BlockingIOError, FileNotFoundError):
            is_other = True  # which may just have ended, and removed it
        except OSError:
            is_other = False  # as far as a file system without locks can tell
        if is_other:
            advice = "wait until that ends, or name another output"
            raise SourceError(f"{str(folder)!r} is of a run that is at work: {advice}")
        yield


def _require_own(folder: pathlib.Path) -> None:
    """Raise SourceError if what stands in the place of a folder of parts is none, or is foreign."""
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise SourceError(f"{str(folder)!r} is no folder of parts: remove it")
    # What stands in it may be planted.
    if found.st_uid != getattr(os, "geteuid", int)():
        raise SourceError(f"{str(folder)!r} is of another user: remove it, or name another output")


def _prepare(folder: pathlib.Path, files: list[_State], options: BulkOptions, most: int) -> None:
    """Write the plan of the work, or see that the one that is there is the same."""
    version = litrecord.__version__
    parts = {"version": version, "files": files, "shard": most, "options": repr(options)}
    plan = json.dumps(parts, indent=1)
    path = folder / _PLAN
    if not path.exists():
        if any(found.suffix != ASIDE for found in folder.iterdir()):
            # Whose they are is not known, and the folder is removed at the end.
            raise SourceError(f"{str(folder)!r} holds files and no plan of a run: remove it")
        with replacing(path) as file:
            file.write(plan.encode())
        return
    before = _plan_of(path)
    if before.get("version") != version:
        advice = "remove it, or go on with that version"
        what = f"litrecord {before.get('version', 'of old')!s:.40}, and this is {version}"
        raise SourceError(f"{str(folder)!r} is of a run of another version, {what}: {advice}")
    if before != json.loads(plan):
        is_other = before.get("options") != repr(options)
        what = "options" if is_other else "files, or they have changed since"
        advice = "remove it, or run it again as it was"
        raise SourceError(f"{str(folder)!r} is of a run with other {what}: {advice}")


def _plan_of(path: pathlib.Path) -> dict[str, object]:
    try:
        with opened_itself(path) as file:
            plan: object = json.loads(file.read())
    except (OSError, ValueError, RecursionError):
        plan = None
    if not isinstance(plan, dict):
        raise SourceError(f"{str(path)!r} is no plan of a run: remove the folder that holds it")
    return plan


def _written(parts: list[Part], options: BulkOptions, processes: int) -> Iterator[Part]:
    """Write the parts that are missing; yield all, in order."""
    before = list(map(read_part, parts))
    missing = (part for part, found in zip(parts, before, strict=True) if found is None)
    written = in_order(partial(write_part, options), missing, processes, _lost, prepare)
    for found in before:
        yield next(written) if found is None else _of_earlier(found)


def _of_earlier(part: Part) -> Part:
    return attrs.evolve(part, summary=attrs.evolve(part.summary, earlier=part.summary.pages))


def _lost(part: Part) -> Part:
    return attrs.evolve(part, is_lost=True)


def _put_together(
    parts: Iterator[Part],
    count: int,
    file: BinaryIO,
    progress: Callable[[int, int, Summary], object] | None,
) -> Summary:
    """Write all parts into one file; of one that was lost tell when the others are written."""
    so_far = Summary(0, 0)
    lost: list[Part] = []
    options = {"compression": "zstd", "write_statistics": _WITH_STATISTICS}
    with pq.ParquetWriter(file, SCHEMA, **options) as writer:
        groups = _RowGroups(writer)
        for done, part in enumerate(parts, 1):
            if part.is_lost:
                lost.append(part)
            elif not lost:
                groups.add(part)
            so_far = added(so_far, part.summary)
            if progress is not None:
                progress(done, count, so_far)
        groups.flush()
    for part in lost:
        where = f"{part.shard.path!r} from {part.shard.start} to {part.shard.end}"
        raise SourceError(f"{where}: the process that read this was killed: {_AGAIN}")
    return so_far


def _int64(value: int) -> pa.Scalar:
    """Return an integer of Arrow's; `pyarrow.scalar` would load pandas, if it is installed."""
    return pa.Array.from_buffers(pa.int64(), 1, [None, pa.py_buffer(struct.pack("=q", value))])[0]


class _RowGroups:
    """The rows that wait to be a row group of the output, and where their file has got to."""

    def __init__(self, writer: pq.ParquetWriter) -> None:
        self._writer = writer
        self._waiting: list[pa.RecordBatch] = []
        self._bytes = 0
        self._records = 0

    def add(self, part: Part) -> None:
        """Add the rows of the next part, with the numbers that they have in their file."""
        if part.shard.start == 0:
            self._records = 0
        before = _int64(self._records)
        for batch in rows_of(part):
            numbers = pc.add(batch.column("record"), before)
            self._waiting.append(batch.set_column(1, "record", numbers))
            self._bytes += batch.nbytes + _BATCH_BYTES
            if self._bytes > _GROUP_BYTES:
                self.flush()
        self._records += part.records

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            table = pa.Table.from_batches(self._waiting)
            # A batch of records that are no page has no row, and no group can be without one.
            if table.num_rows:
                self._writer.write_table(table, row_group_size=table.num_rows)
        self._waiting = []
        self._bytes = 0
