"""Files of many pages: JSON Lines, WARC and WET, and Parquet, to results or to Parquet.

Form of the Parquet that is written: one row a page, in the order of the files, with where the
page was stored before the columns of `litrecord.arrow`::

    row = source record offset url *( column of litrecord.arrow.SCHEMA )

source is the file; record the number of the record in it, from 0, counting those that are no page;
offset where the record begins, in bytes of the file, unpacked if it is a packed file of lines, and
null for Parquet; url the page's address.

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
from typing import Unpack

from litrecord._bulk.shards import BulkOptions, Summary, pages_of, shown_path, stretches_of
from litrecord._bulk.stored_page import ColumnNames, Stretch, is_stored, lacking
from litrecord._pool import require_processes
from litrecord._reading.many import Named, Result, read_all, require_many
from litrecord._reading.options import CheckedOptions, ReadOptions
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
        a file whose name ends in .jsonl, .ndjson, .jl, .jsonlines, .warc, .wet (packed as .gz or
        .zst), or .parquet, or any other file, which is one page;
    column, url_column
        the fields of JSON, or the columns of Parquet, that hold the page and its address; a WARC
        knows the address itself;
    options
        markup, encoding, strict and limits, as of `litrecord.parse_record`.

    Yields a Result for
    each page, called by the file and the number of the record in it, from 0. Of what is broken the
    error names the record and the byte, and what can be read behind it is read. Raises at once
    InvalidValueError if path or an option is not valid, if the file has no such column, or none of
    its first lines such a field; DecodeError if there is no such encoding; SourceError if a file
    of many pages cannot be opened.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> path = Path(mkdtemp(), "crawl.jsonl")
    >>> _ = path.write_text('{"text": "pmid: 7"}\\n{"text": null}\\n')
    >>> [(result.record and result.record.pmid, str(result.error)) for result in iter_file(path)]
    [('7', 'None'), (None, "record 1, byte 20: field 'text' is null here")]
    """
    bulk = BulkOptions(ColumnNames(column, url_column), CheckedOptions(**options))
    return read_all(named_pages(path_of(path, "path"), bulk), 1, bulk.page)


def named_pages(path: str, options: BulkOptions) -> Iterator[Named | Result]:
    """Yield the pages of a file, and a Result for what is broken, as `iter_file` says."""
    stretches = stretches_of(path, options.fields, sys.maxsize, options.page.limits)
    return _named_pages(path, stretches, options)


def _named_pages(
    path: str, stretches: list[Stretch], options: BulkOptions
) -> Iterator[Named | Result]:
    name = shown_path(path)
    is_one_of_many = is_stored(name)
    for stretch in stretches:
        for page in pages_of(stretch, options):
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
    is not there. It holds the parts and nothing else, in the order of their names. The rows are
    those of `write_parquet`, which are written once more there. Of a run that is done the same
    call reads only what the parts say of themselves.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> _ = (folder / "crawl.jsonl").write_text('{"text": "pmid: 7"}\\n{"text": null}\\n')
    >>> write_dataset([folder / "crawl.jsonl"], folder / "records")
    Summary(pages=2, refused=1, skipped={})
    >>> [path.name for path in (folder / "records").iterdir()]
    ['part-00000.parquet']
    """
    fields = ColumnNames(column, url_column)
    return _write(paths, output, True, processes, fields, progress, options)


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
    and progress is called after each with how many are done, how many there are, and the Summary
    so far. A run that was interrupted goes on where it was if it is started again with the same
    files and options. Needs the extra ``arrow``, and below ``if __name__ == "__main__":`` of a
    script if processes is more than 1.

    Returns a Summary; pages that were refused, and files that cannot be opened, are rows with an
    error. Raises InvalidValueError if a path or an option is not valid, if a file has no such
    column or field, or is the output, if the output is there and no file, and if processes is no
    count, or others cannot start with the script; DecodeError if there is no such encoding;
    SourceError if paths is a lone path, if the folder of parts is of another run, or one that is at
    work, or if a process was killed, and what was done is kept; OSError if the output cannot be
    written.

    >>> from pathlib import Path; from tempfile import mkdtemp
    >>> path = Path(mkdtemp(), "crawl.jsonl")
    >>> _ = path.write_text('{"text": "pmid: 7"}\\n{"text": null}\\n')
    >>> write_parquet([path], path.with_suffix(".parquet"))
    Summary(pages=2, refused=1, skipped={})
    """
    fields = ColumnNames(column, url_column)
    return _write(paths, output, False, processes, fields, progress, options)


def _write(
    paths: Sequence[Path],
    output: Path,
    is_folder: bool,
    processes: int,
    fields: ColumnNames,
    progress: Callable[[int, int, Summary], object] | None,
    options: ReadOptions,
) -> Summary:
    try:
        from litrecord._bulk.dataset import write
    except ModuleNotFoundError as error:
        raise lacking(str(output), "pyarrow", "arrow") from error
    target = pathlib.Path(path_of(output, "output"))
    require_processes(processes)
    require_many(paths, "paths", "a sequence of paths")
    if progress is not None and not callable(progress):
        kind = type(progress).__name__
        raise InvalidValueError(f"expected a function or None, got {kind}", path="progress")
    bulk = BulkOptions(fields, CheckedOptions(**options))
    names = [path_of(path, f"paths[{at}]") for at, path in enumerate(paths)]
    return write(names, target, is_folder, bulk, processes, progress)
