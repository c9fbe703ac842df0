"""Folder of parts, one for each shard, with which an interrupted run can continue.

`litrecord.files` describes the format and the steps. Each part records what it was made of. A run
locks the folder if the file system has locks, and a second run is refused.
"""

from __future__ import annotations

import importlib
import os
import pathlib
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any

import attrs

import litrecord
from litrecord._atomic import ASIDE, NO_LINK, replacing
from litrecord._bulk.json_lines import lines_begun
from litrecord._bulk.part import Part, numbered, read_part, rows_of, write_part, writer_on
from litrecord._bulk.shards import Summary, added, shards_of
from litrecord._bulk.stored_page import BulkOptions, form_of
from litrecord._pool import alone, in_order, prepare_for_parts
from litrecord._reading.decoding import require_no_folder
from litrecord.errors import InvalidValueError, SourceError

Progress = Callable[[int, int, Summary], object]
_PART = re.compile(r"part-[0-9]{5,}\.parquet")
_AGAIN = (
    "run it again, perhaps with fewer processes, and a script below if __name__ == '__main__';"
    " what is done is kept"
)
_fcntl: Any = importlib.import_module("fcntl") if os.name == "posix" else None


def write(
    paths: list[str],
    target: pathlib.Path,
    is_folder: bool,
    options: BulkOptions,
    processes: int,
    progress: Progress | None,
) -> Summary:
    """Write the pages of files as a folder of parts or as one file; see `litrecord.files`."""
    if not target.parent.is_dir():
        reason = f"the folder {str(target.parent)!r} does not exist: make it"
        raise InvalidValueError(f"cannot write {str(target)!r}: {reason}")
    is_there = target.exists()
    if is_there and not (target.is_dir() if is_folder else target.is_file()):
        what = "folder" if is_folder else "file"
        raise InvalidValueError(f"{str(target)!r} is no {what}: name another", path="output")
    folder = target if is_folder else target.with_name(target.name + ".parts")
    parts = _planned(paths, folder, target.stat() if is_there else None, options)
    summary = Summary(0, 0)
    with _held(folder, is_private=not is_folder):
        written = _written(parts, _parts_in(folder, parts), options, processes)
        with _joined(target, folder, is_folder) as add:
            for done, part in enumerate(written, 1):
                add(part)
                summary = added(summary, part.summary)
                if progress is not None:
                    progress(done, len(parts), summary)
    return summary


@contextmanager
def _joined(
    target: pathlib.Path, folder: pathlib.Path, is_folder: bool
) -> Iterator[Callable[[Part], None]]:
    """Give a function that adds a part to the output; at the end, remove the folder of one file."""
    if is_folder:
        yield lambda _: None
        return

    def add(part: Part) -> None:
        for table in () if part.is_lost else rows_of(part):
            writer.write_table(table, row_group_size=table.num_rows)

    with replacing(target, folder) as file, writer_on(file) as writer:
        yield add
    shutil.rmtree(folder)


def _planned(
    paths: list[str], folder: pathlib.Path, target: os.stat_result | None, options: BulkOptions
) -> list[Part]:
    """Plan the parts of a run, without writing any."""
    states = {path: _state_of(path, target) for path in paths}
    named = attrs.asdict(options)
    run = {"version": litrecord.__version__, "options": named.pop("page") | named}
    parts = []
    sizes = {path: size for path, (size, _) in states.items()}
    for at, shard in enumerate(shards_of(paths, sizes, options)):
        sources = [[part.path, *states[part.path], part.start, part.end] for part in shard]
        parts.append(Part(folder / f"part-{at:05}.parquet", shard, run | {"sources": sources}))
    return parts


def _state_of(path: str, target: os.stat_result | None) -> tuple[int, int]:
    """Return the size of a file in bytes, and when it was changed; -1 if it cannot be opened.

    Raises InvalidValueError if it is the target.
    """
    try:
        found = os.stat(path)
    except OSError:
        return -1, -1
    require_no_folder(path)
    if target is not None and os.path.samestat(found, target):
        message = f"{path!r} is one of the files to read: name another"
        raise InvalidValueError(message, path="output")
    return found.st_size, found.st_mtime_ns


@contextmanager
def _held(folder: pathlib.Path, is_private: bool) -> Iterator[None]:
    """Create the folder of parts, or use an existing one, and lock it against other runs.

    Raises SourceError if it is not a folder of parts, or if it belongs to another user or run.
    """
    try:
        folder.mkdir(0o700 if is_private else 0o777)
    except FileExistsError:
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode):
            raise SourceError(f"{str(folder)!r} is no folder of parts: remove it") from None
        if found.st_uid != getattr(os, "geteuid", int)():  # who may have planted its content
            advice = "remove it, or name another output"
            raise SourceError(f"{str(folder)!r} is of another user: {advice}") from None
    with ExitStack() as stack:
        try:
            place = os.open(folder, os.O_RDONLY | NO_LINK)
            stack.callback(os.close, place)
            _fcntl.flock(place, _fcntl.LOCK_EX | _fcntl.LOCK_NB)
            is_other = not os.path.samestat(os.fstat(place), os.lstat(folder))
            if is_private:
                os.fchmod(place, 0o700)  # it may have existed, open to others
        except (BlockingIOError, FileNotFoundError):
            is_other = True  # or it has just ended, and removed the folder
        except OSError:
            is_other = False  # a file system without locks cannot show another run
        if is_other:
            advice = "wait until that ends, or name another output"
            raise SourceError(f"{str(folder)!r} is of a run that is at work: {advice}")
        yield


def _written(
    parts: list[Part], found: dict[pathlib.Path, Part], options: BulkOptions, processes: int
) -> Iterator[Part]:
    """Write the parts that were not found; yield all, in order.

    Raises SourceError at the end if a part killed its process.
    """
    missing = (part for part in _counted(parts) if part.path not in found)
    work = partial(write_part, options)
    written = in_order(work, missing, processes, partial(_lost, work), prepare_for_parts)
    lost: list[Part] = []
    records = 0
    for planned in parts:
        part = found.get(planned.path) or next(written)
        wanted = records if planned.shard[0].first is None else 0
        if part.is_lost:
            lost.append(part)
        elif part.first != wanted:
            part = numbered(part, wanted)
        records = wanted + part.records
        yield part
    for part in lost:
        stretch = part.shard[0]
        where = f"{stretch.path!r} from {stretch.start} to {stretch.end}"
        raise SourceError(f"{where}: the process that read this was killed: {_AGAIN}")


def _lost(work: Callable[[Part], Part], part: Part) -> Part:
    """Return a part that killed its process, with only the file of its shard that caused it."""
    middle = len(part.shard) // 2
    aside = part.path.with_name(f".{part.path.name}{ASIDE}")
    for some in (part.shard[:middle], part.shard[middle:]) if middle else ():
        half = attrs.evolve(part, path=aside, shard=some)
        found = alone(work, half, partial(_lost, work), prepare_for_parts)
        aside.unlink(missing_ok=True)
        if found.is_lost:
            return found
    return attrs.evolve(part, is_lost=True)


def _parts_in(folder: pathlib.Path, parts: list[Part]) -> dict[pathlib.Path, Part]:
    """Return the parts that exist and are whole; remove the unfinished files of a killed run.

    Raises SourceError if a part is from another run, or if the folder contains anything else.
    """
    keys = {part.path: part.key for part in parts}
    known = [*keys.values()]
    found = {}
    left = [path for path in folder.iterdir() if path.name[0] == "." and path.suffix == ASIDE]
    for path in sorted({*folder.iterdir()} - {*left}):
        part = read_part(path) if _PART.fullmatch(path.name) else None
        if part is not None:
            _require_of_run(part, known)
        elif path not in keys:
            raise SourceError(f"{str(folder)!r} holds {path.name!r:.60}, which is no part: move it")
        if part is not None and part.key == keys.get(path):
            summary = attrs.evolve(part.summary, earlier=part.summary.pages)
            found[path] = attrs.evolve(part, summary=summary)
    for path in left:
        path.unlink()
    return found


def _require_of_run(part: Part, keys: list[dict[str, Any]]) -> None:
    """Raise SourceError if the key of a part is not one of a run's."""
    if part.key in keys:
        return
    folder, version = str(part.path.parent), litrecord.__version__
    if part.key["version"] != version:
        what = f"litrecord {part.key['version']!s:.40}, and this is {version}"
        advice = "remove it, or go on with that version"
        raise SourceError(f"{folder!r} is of a run of another version, {what}: {advice}")
    ours = keys[0]["options"].items() if keys else ()
    differing = sorted(name for name, value in ours if part.key["options"][name] != value)
    what = f"options ({', '.join(differing)})" if differing else "files, or they have changed since"
    advice = "remove it, or run it again as it was"
    raise SourceError(f"{folder!r} is of a run with other {what}: {advice}")


def _counted(parts: list[Part]) -> Iterator[Part]:
    """Yield parts; for JSON Lines, add how many lines of the file come before each."""
    lines = start = 0
    for part in parts:
        stretch = part.shard[0]
        if stretch.start and form_of(stretch.path)[0] == "jsonl":
            with suppress(OSError):  # the reader will report it
                lines += lines_begun(stretch.path, start, stretch.start)
            yield attrs.evolve(part, shard=[attrs.evolve(stretch, first=lines)])
        else:
            lines = 0
            yield part
        start = stretch.start
