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
from litrecord._bulk.shards import (
    BulkOptions,
    File,
    Summary,
    added,
    is_numbered_later,
    shards_of,
)
from litrecord._bulk.stored_page import form_of
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
    is_there = target.exists()
    if is_there and not (target.is_dir() if is_folder else target.is_file()):
        what = "folder" if is_folder else "file"
        raise InvalidValueError(f"{str(target)!r} is no {what}: name another", path="output")
    folder = target if is_folder else target.with_name(target.name + ".parts")
    parts = _planned(paths, folder, target.stat() if is_there else None, options)
    with _held(folder, is_private=not is_folder):
        run = _Run(folder, parts, options, processes, progress)
        if is_folder:
            for _ in run.parts():
                pass
        else:
            _join(run, target, folder)
    return run.summary


def _join(run: _Run, target: pathlib.Path, folder: pathlib.Path) -> None:
    """Write the parts of a run into one file, each as soon as it is written; then remove them."""
    with replacing(target, folder) as file, writer_on(file) as writer:
        for part in run.parts():
            for table in rows_of(part):
                writer.write_table(table, row_group_size=table.num_rows)
    shutil.rmtree(folder)


def _planned(
    paths: list[str], folder: pathlib.Path, target: os.stat_result | None, options: BulkOptions
) -> list[Part]:
    """Plan the parts of a run, without writing any."""
    files = [_state_of(path, target) for path in paths]
    states = {file.path: file for file in files}
    said = {"version": litrecord.__version__, "options": attrs.asdict(options)}
    parts = []
    for at, shard in enumerate(shards_of(files, options)):
        sources = [[*states[part.path], part.start, part.end] for part in shard]
        parts.append(Part(folder / f"part-{at:05}.parquet", shard, said | {"sources": sources}))
    return parts


def _state_of(path: str, target: os.stat_result | None) -> File:
    """Return the state of a file; raise InvalidValueError if it is the target."""
    try:
        found = os.stat(path)
    except OSError:
        return File(path, -1, -1)
    require_no_folder(path)
    if target is not None and os.path.samestat(found, target):
        message = f"{path!r} is one of the files to read: name another"
        raise InvalidValueError(message, path="output")
    return File(path, found.st_size, found.st_mtime_ns)


@contextmanager
def _held(folder: pathlib.Path, is_private: bool) -> Iterator[None]:
    """Create the folder of parts, or use an existing one, and lock it against other runs."""
    try:
        folder.mkdir(0o700 if is_private else 0o777)
    except FileExistsError:
        _require_own(folder)
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


def _require_own(folder: pathlib.Path) -> None:
    """Raise SourceError if a path is not a folder of parts, or belongs to another user."""
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise SourceError(f"{str(folder)!r} is no folder of parts: remove it")
    # Another user may have planted its content.
    if found.st_uid != getattr(os, "geteuid", int)():
        raise SourceError(f"{str(folder)!r} is of another user: remove it, or name another output")


class _Run:
    """A run: its parts, those that an interrupted run has written, and the Summary so far."""

    def __init__(
        self,
        folder: pathlib.Path,
        parts: list[Part],
        options: BulkOptions,
        processes: int,
        progress: Progress | None,
    ) -> None:
        self._work = partial(write_part, options)
        self._processes = processes
        self._progress = progress
        self._parts = parts
        self._found = _parts_in(folder, parts)
        self.summary = Summary(0, 0)

    def parts(self) -> Iterator[Part]:
        """Write the missing parts; yield all in order, up to one that killed its process.

        Raises SourceError for that part once the others are written.
        """
        lost: list[Part] = []
        records = 0
        for done, part in enumerate(self._written(), 1):
            if part.is_lost:
                lost.append(part)
            elif not lost:
                wanted = records if is_numbered_later(part.shard[0]) else 0
                records = wanted + part.records
                yield part if part.first == wanted else numbered(part, wanted)
            self.summary = added(self.summary, part.summary)
            if self._progress is not None:
                self._progress(done, len(self._parts), self.summary)
        for part in lost:
            stretch = part.shard[0]
            where = f"{stretch.path!r} from {stretch.start} to {stretch.end}"
            raise SourceError(f"{where}: the process that read this was killed: {_AGAIN}")

    def _written(self) -> Iterator[Part]:
        missing = (part for part in _counted(self._parts) if part.path not in self._found)
        lost = partial(_lost, self._work)
        written = in_order(self._work, missing, self._processes, lost, prepare_for_parts)
        for part in self._parts:
            found = self._found.get(part.path)
            yield next(written) if found is None else _of_earlier(found)


def _of_earlier(part: Part) -> Part:
    return attrs.evolve(part, summary=attrs.evolve(part.summary, earlier=part.summary.pages))


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
    known = {part.path: part for part in parts}
    found = {}
    left = [path for path in folder.iterdir() if path.name[0] == "." and path.suffix == ASIDE]
    for path in sorted({*folder.iterdir()} - {*left}):
        part = read_part(path) if _PART.fullmatch(path.name) else None
        if part is None and path not in known:
            raise SourceError(f"{str(folder)!r} holds {path.name!r:.60}, which is no part: move it")
        if part is not None and _is_of_run(part, known):
            found[path] = attrs.evolve(part, shard=known[path].shard)
    for path in left:
        path.unlink()
    return found


def _is_of_run(part: Part, known: dict[pathlib.Path, Part]) -> bool:
    """Return whether a part belongs at its path; raise SourceError if it is from another run."""
    expected = known.get(part.path)
    if expected is not None and part.key == expected.key:
        return True
    folder, keys = str(part.path.parent), [known_part.key for known_part in known.values()]
    version, options = litrecord.__version__, [key["options"] for key in keys]
    if part.key["version"] != version:
        what = f"litrecord {part.key['version']!s:.40}, and this is {version}"
        advice = "remove it, or go on with that version"
        raise SourceError(f"{folder!r} is of a run of another version, {what}: {advice}")
    if part.key not in keys:
        differing = _differing(part.key["options"], options[0]) if options else ""
        what = f"options ({differing})" if differing else "files, or they have changed since"
        advice = "remove it, or run it again as it was"
        raise SourceError(f"{folder!r} is of a run with other {what}: {advice}")
    return False


_COLUMNS = {"text": "column", "url": "url_column"}


def _differing(first: object, second: object) -> str:
    """Return the names of the options that differ in two dicts of BulkOptions, perhaps foreign."""
    differing = dict(_members(first) ^ _members(second))
    return ", ".join(sorted(_COLUMNS.get(name, name) for name in differing))


def _members(options: object, of: str = "") -> set[tuple[str, str]]:
    """Return the names and values of options, and of the groups of them."""
    if not isinstance(options, dict):
        return {(of, str(options))}
    return {member for name in options for member in _members(options[name], name)}


def _counted(parts: list[Part]) -> Iterator[Part]:
    """Yield parts; for JSON Lines, add how many lines of the file come before each."""
    lines = start = 0
    for part in parts:
        stretch = part.shard[0]
        if stretch.start and form_of(stretch.path)[0] == "jsonl":
            with suppress(OSError):  # the reader will report it
                lines += lines_begun(stretch.path, start, stretch.start)
            counted = attrs.evolve(stretch, first=lines)
            yield attrs.evolve(part, shard=(counted,))
        else:
            lines = 0
            yield part
        start = stretch.start
