"""One Parquet file written in parts, so that a run that was interrupted can go on.

Form: one row a page, in the order of the files, with where it was stored before the columns of
`litrecord.arrow`::

    row = source record offset url *( column of litrecord.arrow.SCHEMA )

Each shard becomes a part in a folder beside the output, written aside and renamed. At the end they
are put together, aside and renamed too, and the folder is removed. What the folder is of is told
by its plan: the files with their sizes and times, and the options.
"""

from __future__ import annotations

import json
import os
import pathlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

import attrs
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from litrecord import arrow
from litrecord._characters import clean
from litrecord._processes import in_order
from litrecord._results import Result
from litrecord._shards import (
    Options,
    Summary,
    read_results,
    shards_of,
    shown_path,
    whole,
)
from litrecord._stored import Fields, Shard, StoredPage
from litrecord.errors import InvalidValueError, SourceError

_SHARD_BYTES = 32_000_000
_ROWS = 1_000
"""How many pages are read before their rows are written."""
_AGAIN = (
    "run it again, perhaps with fewer processes, and a script below if __name__ == '__main__';"
    " what is done is kept"
)
_PLAN = "plan.json"
_COUNTS = ("pages", "refused", "records")


@attrs.frozen
class Part:
    """What was written of one shard, or that the process died of it."""

    shard: Shard
    path: pathlib.Path
    pages: int = 0
    refused: int = 0
    records: int = 0
    is_lost: bool = False


def write(
    paths: list[str],
    target: pathlib.Path,
    options: Options,
    processes: int,
    progress: Callable[[int, int, Summary], object] | None,
) -> Summary:
    """Write the pages of files; see `litrecord.files.write_parquet`."""
    folder = target.with_name(target.name + ".parts")
    for path in paths:
        if os.path.exists(path) and target.exists() and os.path.samefile(path, target):
            raise InvalidValueError(f"output: {path!r} is one of the files to read: name another")
    shards = [shard for path in paths for shard in _shards_of(path, options.fields)]
    _prepare(folder, paths, options)
    parts = [Part(shard, folder / f"{at:06}.parquet") for at, shard in enumerate(shards)]
    done, summary = _write_parts(parts, options, processes, progress)
    for part in done:
        if part.is_lost:
            where = f"{part.shard.path!r} from {part.shard.start} to {part.shard.end}"
            raise SourceError(f"{where}: the process that read this was killed: {_AGAIN}")
    _put_together(done, folder, target)
    shutil.rmtree(folder)
    return summary


def _shards_of(path: str, fields: Fields) -> list[Shard]:
    """Return the shards of a file; of one that cannot be opened a shard whose row says so."""
    try:
        return shards_of(path, fields, _SHARD_BYTES)
    except InvalidValueError as error:
        raise InvalidValueError(f"{path!r}: {error.message}") from error
    except SourceError:
        return [whole(path)]


def _prepare(folder: pathlib.Path, paths: list[str], options: Options) -> None:
    """Make the folder of parts, or see that it is one of the same work."""
    plan = json.dumps({"files": list(map(_state_of, paths)), "options": repr(options)}, indent=1)
    folder.mkdir(exist_ok=True)
    path = folder / _PLAN
    if not path.exists():
        aside = _aside(path)
        aside.write_text(plan, encoding="utf-8")
        aside.replace(path)
        return
    before = json.loads(path.read_text(encoding="utf-8"))
    if before != json.loads(plan):
        is_other = before["options"] != repr(options)
        what = "options" if is_other else "files, or they have changed since"
        advice = "remove it, or run it again as it was"
        raise SourceError(f"{str(folder)!r} is of a run with other {what}: {advice}")


def _aside(path: pathlib.Path) -> pathlib.Path:
    """Return where a file is written before it gets its name, by this process alone."""
    return path.with_suffix(f".{os.getpid()}.aside")


def _state_of(path: str) -> tuple[str, int, int]:
    """Return what tells whether a file is the same as before."""
    try:
        found = os.stat(path)
    except OSError:
        return path, -1, -1
    return path, found.st_size, found.st_mtime_ns


def _write_parts(
    parts: list[Part],
    options: Options,
    processes: int,
    progress: Callable[[int, int, Summary], object] | None,
) -> tuple[list[Part], Summary]:
    """Write the parts that are missing; return all, in order, and their sum."""
    done: list[Part] = []
    so_far = Summary(0, 0)
    missing = {part for part in parts if not part.path.exists()}
    written = in_order(
        partial(_write_part, options), filter(missing.__contains__, parts), processes, _lost
    )
    for part in parts:
        done.append(next(written) if part in missing else _of_file(part))
        so_far = Summary(so_far.pages + done[-1].pages, so_far.refused + done[-1].refused)
        if progress is not None:
            progress(len(done), len(parts), so_far)
    return done, so_far


def _lost(part: Part) -> Part:
    return attrs.evolve(part, is_lost=True)


def _of_file(part: Part) -> Part:
    """Return what the file of a part says was written."""
    told = pq.read_metadata(part.path).metadata
    pages, refused, records = (int(told[name.encode()]) for name in _COUNTS)
    return attrs.evolve(part, pages=pages, refused=refused, records=records)


def _write_part(options: Options, part: Part) -> Part:
    """Write the part of one shard, aside and then renamed."""
    aside = _aside(part.path)
    pages = refused = records = 0
    found = _results_of(part.shard, options)
    with pq.ParquetWriter(aside, _schema()) as writer:
        while some := list(islice(found, _ROWS)):
            records += len(some)
            rows = [(path, page, result) for path, page, result in some if result is not None]
            pages += len(rows)
            refused += sum(result.record is None for _, _, result in rows)
            writer.write_batch(_batch(rows))
        counts = zip(_COUNTS, map(str, (pages, refused, records)), strict=True)
        writer.add_key_value_metadata(dict(counts))
    aside.replace(part.path)
    return _of_file(part)


def _results_of(shard: Shard, options: Options) -> Iterator[tuple[str, StoredPage, Result | None]]:
    """Yield what became of the records of a shard, or that its file cannot be opened."""
    try:
        yield from read_results(shard, options)
    except SourceError as error:
        page = StoredPage(0, None, None, None, error)
        yield shown_path(shard.path), page, Result("", None, (), error)


_Row = tuple[str, StoredPage, Result]


def _schema() -> pa.Schema:
    columns = {
        "source": pa.string(), "record": pa.int64(), "offset": pa.int64(), "url": pa.string()
    }  # fmt: skip
    return pa.schema([*pa.schema(columns), *arrow.SCHEMA])


def _batch(rows: list[_Row]) -> pa.RecordBatch:
    records = arrow.results_to_batch(result for _, _, result in rows)
    where = [
        pa.array([path for path, _, _ in rows], pa.string()),
        pa.array([page.number for _, page, _ in rows], pa.int64()),
        pa.array([page.offset for _, page, _ in rows], pa.int64()),
        pa.array([page.url and clean(page.url) for _, page, _ in rows], pa.string()),
    ]
    return pa.RecordBatch.from_arrays([*where, *records.columns], schema=_schema())


def _put_together(parts: Sequence[Part], folder: pathlib.Path, target: pathlib.Path) -> None:
    """Write all parts into one file, with the numbers of the records in their files."""
    aside = _aside(folder / "all.parquet")
    before = 0
    with pq.ParquetWriter(aside, _schema()) as writer:
        for part in parts:
            if part.shard.start == 0:
                before = 0
            first = pa.scalar(before, pa.int64())
            for batch in _batches_of(part):
                numbers = pc.add(batch.column("record"), first)
                writer.write_batch(batch.set_column(1, "record", numbers))
            before += part.records
    aside.replace(target)


def _batches_of(part: Part) -> Iterator[pa.RecordBatch]:
    file = pq.ParquetFile(part.path, pre_buffer=False)
    # Older versions of pyarrow fail at a file without rows.
    return file.iter_batches(_ROWS * 2) if file.num_row_groups else iter(())
