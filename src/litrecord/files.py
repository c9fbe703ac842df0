"""Files of many pages: JSON Lines, WARC and WET, and Parquet, to results or to Parquet.

Form of the Parquet that is written: one row a page, in the order of the files, with where the
page was stored before the columns of `litrecord.arrow`::

    row = source record offset url *( column of litrecord.arrow.SCHEMA )

source is the file; record the number of the record in it, from 0, counting those that are no page;
offset where the record begins, in bytes of the file, or of its content if it is a compressed file
of lines, and null for Parquet; url the page's address.

The work is cut into shards: stretches of a large file, or some small files. Each becomes a part
``part-00000.parquet`` of a folder, written aside and renamed, whose metadata say what it was made
of. So a run that was interrupted goes on with the parts that are missing. One file is those parts
put together while the next are read, aside and renamed too; at the end the folder beside it is
removed.
"""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Unpack

from litrecord._bulk.shards import Summary, pages_of, shown_path, stretches_of
from litrecord._bulk.stored_page import BulkOptions, Stretch, is_stored, needing
from litrecord._reading.decoding import require_no_folder
from litrecord._reading.many import Named, Result, read_all, require_many
from litrecord._reading.options import CheckedOptions, ReadOptions, require_processes
from litrecord._validation import path_of
from litrecord.errors import InvalidValueError

__all__ = ["Summary", "iter_file", "write_dataset", "write_parquet"]

Path = str | os.PathLike[str]


def iter_file(
    path: Path,
    *,
    column: str = "text",
    url_column: str | None = None,
    **options: Unpack[ReadOptions],
) -> Iterator[Result]:
    """Read the pages of one file, one at a time and in order.

    path
        a file whose name ends in .jsonl, .ndjson, .jl, .jsonlines, .warc, .wet (also compressed,
        with .gz or .zst), or .parquet. Any other file is one page.
    column, url_column
        the fields of JSON, or the columns of Parquet, with the page and its address. A WARC has
        the address itself.
    options
        markup, encoding, strict and limits, as for `litrecord.parse_record`.

    Yields a Result for each page, named by the file and the number of the record, from 0. The error
    of a broken record has its number and byte; reading continues behind it. Raises at once
    InvalidValueError if path or an option is not valid, or if the column or the field is missing.
    Raises DecodeError if the encoding is unknown, SourceError if path is a folder, or if a file of
    pages cannot be opened.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> path = Path(mkdtemp(), "crawl.jsonl")
    >>> _ = path.write_text('{"text": "pmid: 7"}\\n{"text": null}\\n')
    >>> [(result.record and result.record.pmid, str(result.error)) for result in iter_file(path)]
    [('7', 'None'), (None, "record 1, byte 20: field 'text' is null here")]
    """
    bulk = BulkOptions(column, url_column, CheckedOptions(**options))
    name = path_of(path, "path")
    require_no_folder(name)
    return read_all(named_pages(name, bulk), 1, bulk.page)


def named_pages(path: str, options: BulkOptions) -> Iterator[Named | Result]:
    """Return the pages of a file, and a Result for each broken record, as in `iter_file`."""
    stretches = stretches_of(path, options, sys.maxsize)
    return _named_pages(path, stretches, options)


def _named_pages(
    path: str, stretches: list[Stretch], options: BulkOptions
) -> Iterator[Named | Result]:
    name = shown_path(path)
    is_one_of_many = is_stored(name)
    for page in chain.from_iterable(pages_of(stretch, options) for stretch in stretches):
        place = f"{name}#{page.number}" if is_one_of_many else name
        if page.error is not None:
            yield Result(place, None, (), page.error)
        elif page.source is not None:
            yield Named(place, page.source, page.url)


def write_dataset(
    paths: Sequence[Path],
    output: Path,
    *,
    processes: int = 1,
    column: str = "text",
    url_column: str | None = None,
    progress: Callable[[int, int, Summary], object] | None = None,
    **options: Unpack[ReadOptions],
) -> Summary:
    """Read the pages of files into a folder of Parquet files, in several processes.

    Takes, returns and raises what `write_parquet` does, but output is a folder, which is made if it
    is missing. It has only the parts, in the order of their names. The rows are those of
    `write_parquet`, which are written twice there. If a run is complete, the same call reads only
    the metadata of the parts.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "crawl.jsonl").write_text('{"text": "pmid: 7"}\\n{"text": null}\\n')
    >>> write_dataset([folder / "crawl.jsonl"], folder / "records")
    Summary(pages=2, refused=1, skipped={})
    >>> [path.name for path in (folder / "records").iterdir()]
    ['part-00000.parquet']
    """
    bulk = BulkOptions(column, url_column, CheckedOptions(**options))
    return _write(paths, output, True, processes, bulk, progress)


def write_parquet(
    paths: Sequence[Path],
    output: Path,
    *,
    processes: int = 1,
    column: str = "text",
    url_column: str | None = None,
    progress: Callable[[int, int, Summary], object] | None = None,
    **options: Unpack[ReadOptions],
) -> Summary:
    """Read the pages of files into one Parquet file, in several processes.

    paths, column, url_column and the rest are those of `iter_file`. The work is done in shards,
    and progress is called after each with the number done, the number of all, and the Summary so
    far. The same call continues an interrupted run. Needs the extra ``arrow``. With several
    processes, a script must call it below ``if __name__ == "__main__":``.

    Returns a Summary; refused pages, and files that cannot be opened, are rows with an error.
    Raises InvalidValueError if a path or an option is not valid, if a column or field is missing,
    or if the output is a source or not a file. Raises it also if the folder of the output does not
    exist, if processes is not a number from 1, or if they cannot start with the script. Raises
    DecodeError if the encoding is unknown, and OSError if the output cannot be written. Raises
    SourceError if paths is a single path or has a folder. Raises it also if the folder of parts
    belongs to another or a running run, or if a process was killed; finished parts are kept.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> path = Path(mkdtemp(), "crawl.jsonl")
    >>> _ = path.write_text('{"text": "pmid: 7"}\\n{"text": null}\\n')
    >>> write_parquet([path], path.with_suffix(".parquet"))
    Summary(pages=2, refused=1, skipped={})
    """
    bulk = BulkOptions(column, url_column, CheckedOptions(**options))
    return _write(paths, output, False, processes, bulk, progress)


def _write(
    paths: Sequence[Path],
    output: Path,
    is_folder: bool,
    processes: int,
    options: BulkOptions,
    progress: Callable[[int, int, Summary], object] | None,
) -> Summary:
    target = pathlib.Path(path_of(output, "output"))
    with needing(str(target), "pyarrow", "arrow"):
        from litrecord._bulk.dataset import write
    require_processes(processes)
    require_many(paths, "paths", "a sequence of paths")
    if progress is not None and not callable(progress):
        kind = type(progress).__name__
        raise InvalidValueError(f"expected a function or None, got {kind}", path="progress")
    names = [path_of(path, f"paths[{at}]") for at, path in enumerate(paths)]
    return write(names, target, is_folder, options, processes, progress)
