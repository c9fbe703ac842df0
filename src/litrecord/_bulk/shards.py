"""Shards and stretches: how files with many pages are split, and which reader each form has.

A shard becomes one part of the output: a stretch of a file, or some small files. JSON Lines needs
no extra; the readers of the other forms are imported when they are needed.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator, Mapping
from itertools import chain, groupby, pairwise

import attrs

from litrecord._bulk import json_lines
from litrecord._bulk.runs import runs
from litrecord._bulk.stored_page import (
    BulkOptions,
    StoredPage,
    Stretch,
    form_of,
    is_stored,
    needing,
    opened,
)
from litrecord.errors import InvalidValueError, SourceError, located

Shard = list[Stretch]
_LARGEST_SHARD = 32_000_000
_SMALLEST_SHARD = 1_000_000
_SHARDS = 128
"""The minimum number of shards of a large run, so that its processes end at about one time."""


def shards_of(paths: list[str], sizes: dict[str, int], options: BulkOptions) -> Iterator[Shard]:
    """Split files into shards: each stretch of a large file, or some small files together.

    Raises InvalidValueError if a file has no such fields or columns.
    """
    most = min(max(sum(sizes.values()) // _SHARDS, _SMALLEST_SHARD), _LARGEST_SHARD)
    found = (_stretches_of(path, options, most) for path in paths)
    for is_cut, some in groupby(found, lambda stretches: len(stretches) > 1):
        stretches = chain.from_iterable(some)
        yield from runs(stretches, lambda found: sizes[found.path], 0 if is_cut else most)


def _stretches_of(path: str, options: BulkOptions, most: int) -> list[Stretch]:
    """Return the stretches of a file; if it cannot be opened, one whose row has the error."""
    try:
        return stretches_of(path, options, most)
    except InvalidValueError as error:
        raise located(error, repr(path)) from error
    except SourceError:
        return [Stretch(path)]


def stretches_of(path: str, options: BulkOptions, most: int) -> list[Stretch]:
    """Return the stretches of a file, in order; *most* is their size in bytes, roughly.

    Raises SourceError if the file cannot be opened, or is not Parquet despite its name;
    InvalidValueError if it has no such fields or columns.
    """
    if not is_stored(path):
        return [Stretch(path)]
    form, compression = form_of(path)
    if form == "parquet":
        with needing(path, "pyarrow", "arrow"):
            from litrecord._bulk.parquet import groups_of
        return [Stretch(path, *ends) for ends in groups_of(path, options, most)]
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
    if form == "jsonl":
        json_lines.require_fields(path, compression, options)
    # A page of a WARC may contain text that looks like a record; compressed members cannot.
    if compression == "zst" or (form == "warc") != (compression == "gz"):
        return [Stretch(path, 0, size)]
    # So that the last stretch has more than a few bytes.
    starts = range(most, size - most // 8, most)
    return [
        Stretch(path, start, end, None if start and form == "warc" else 0)
        for start, end in pairwise([0, *starts, size])
    ]


def read_stretch(stretch: Stretch, options: BulkOptions) -> Iterator[StoredPage]:
    """Yield the records of a stretch, in order, including those that are not pages.

    A broken record is a StoredPage with an error; reading continues after it if it can. Raises
    SourceError if the file cannot be opened, InvalidValueError if it has no such column.
    """
    path = stretch.path
    if not is_stored(path):
        return iter([StoredPage(0, 0, pathlib.Path(path), None, None)])
    form, compression = form_of(path)
    if form == "jsonl":
        return json_lines.read_lines(stretch, compression, options)
    if form == "parquet":
        with needing(path, "pyarrow", "arrow"):
            from litrecord._bulk.parquet import read_groups
        return read_groups(stretch, options)
    with needing(path, "fastwarc", "warc"):
        from litrecord._bulk.warc.archive import read_part
    return read_part(stretch, compression, options.page.limits)


@attrs.frozen
class Summary:
    """The number of pages of a run that were read, refused and skipped."""

    pages: int
    """How many pages were read or refused."""
    refused: int
    """How many of them were refused."""
    skipped: Mapping[str, int] = attrs.field(factory=dict, hash=False)
    """How many records of WARC are not pages, by kind: the type of the record, such as "request",
    or the media type of its content, such as "image/png".

    After a hundred kinds, others count as "other". Blank lines of JSON Lines are not records.
    """
    earlier: int = attrs.field(default=0, eq=False, repr=False)
    """How many of the pages an earlier, interrupted run had already read."""


_MOST_KINDS = 100
_LONGEST_KIND = 60


def added(first: Summary, second: Summary) -> Summary:
    """Return the sum of two Summaries of a run."""
    skipped = dict(first.skipped)
    for kind, count in second.skipped.items():
        name = kind[:_LONGEST_KIND]
        if name not in skipped and len(skipped) >= _MOST_KINDS:
            name = "other"
        skipped[name] = skipped.get(name, 0) + count
    return Summary(
        first.pages + second.pages,
        first.refused + second.refused,
        skipped,
        first.earlier + second.earlier,
    )


_AHEAD = 32
_AHEAD_BYTES = 4_000_000
"""How many pages, or bytes of pages, are read from their file before the first is parsed.

To alternate between reading and parsing for each page takes an eighth longer: the two displace each
other's data in the caches of the processor.
"""


def pages_of(stretch: Stretch, options: BulkOptions) -> Iterator[StoredPage]:
    """Yield the records of a stretch like `read_stretch`; each error has its position."""
    pages = read_stretch(stretch, options)
    for page in chain.from_iterable(runs(pages, lambda page: page.size, _AHEAD_BYTES, _AHEAD)):
        if page.error is None:
            yield page
        else:
            places = [] if stretch.first is None else [f"record {page.number}"]
            places += [] if page.offset is None else [f"byte {page.offset}"]
            yield page._replace(error=located(page.error, ", ".join(places)))


def shown_path(path: str) -> str:
    """Return a path as text; bytes that are not UTF-8 are shown as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
