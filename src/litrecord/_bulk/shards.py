"""What the files of many pages are read as: shards, each by the module of its form.

Of the forms only JSON Lines needs no extra; the others load theirs when they are met.
"""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from litrecord._bulk import json_lines
from litrecord._bulk.stored_page import ColumnNames, Shard, StoredPage, form_of, is_stored, lacking
from litrecord._reading.options import CheckedOptions
from litrecord.errors import LitrecordError, SourceError, located
from litrecord.limits import Limits


def shards_of(path: str, fields: ColumnNames, most: int, limits: Limits) -> list[Shard]:
    """Return the shards of a file, in order; most is how many bytes one has, roughly.

    Raises SourceError if the file cannot be opened, or is no Parquet though its name says so;
    InvalidValueError if it has no such fields or columns.
    """
    form, packing = form_of(path)
    if not is_stored(path):
        return [whole(path)]
    if form == "parquet":
        groups = _parquet(path).groups_of(path, fields, most)
        return [Shard(path, start, end) for start, end in groups]
    try:
        size = os.path.getsize(path)
    except OSError as error:
        raise SourceError(f"cannot read {path!r}: {error.strerror}") from error
    if form == "jsonl":
        json_lines.require_fields(path, packing, fields, limits)
    # A page of a WARC could hold what looks like a record; packed members cannot.
    if packing == "zst" or (form == "warc") != (packing == "gz"):
        return [Shard(path, 0, size)]
    # No last shard of a few bytes only.
    starts = [0, *range(most, size - most // 8, most)]
    return [Shard(path, start, end) for start, end in zip(starts, [*starts[1:], size], strict=True)]


def _parquet(path: str) -> Any:
    try:
        from litrecord._bulk import parquet
    except ModuleNotFoundError as error:
        raise lacking(path, "pyarrow", "arrow") from error
    return parquet


def _warc(path: str) -> Any:
    try:
        from litrecord._bulk.warc import archive
    except ModuleNotFoundError as error:
        raise lacking(path, "fastwarc", "warc") from error
    return archive


def whole(path: str) -> Shard:
    """Return all of a file as one shard, without a look at it."""
    return Shard(path, 0, sys.maxsize)


def read_shard(shard: Shard, fields: ColumnNames, limits: Limits) -> Iterator[StoredPage]:
    """Yield the records of a shard, in order, those that are no page too.

    What is broken is a StoredPage with an error, and what can be read behind it is read. Raises
    SourceError if the file cannot be opened at all, InvalidValueError if it has no such column.
    """
    if not is_stored(shard.path):
        return iter([StoredPage(0, 0, pathlib.Path(shard.path), None, None)])
    form, packing = form_of(shard.path)
    if form == "parquet":
        pages: Iterator[StoredPage] = _parquet(shard.path).read_groups(shard, fields, limits)
    elif form == "warc":
        pages = _warc(shard.path).read_part(shard, packing, limits)
    else:
        pages = json_lines.read_lines(shard, packing, fields, limits)
    return pages


@attrs.frozen
class Summary:
    """What became of all pages of a run."""

    pages: int
    """How many pages were read or refused."""
    refused: int
    """How many of them were refused."""
    skipped: Mapping[str, int] = attrs.field(factory=dict, hash=False)
    """How many records of WARC are no page, by what they are: the type of the record, such as
    "request", or the media type of what it holds, such as "image/png".

    Behind a hundred of these, others count as "other". Blank lines of JSON Lines are no records.
    """
    earlier: int = attrs.field(default=0, eq=False, repr=False)
    """How many of the pages an earlier run had read that was interrupted."""


_MOST_KINDS = 100
_LONGEST_KIND = 60


def added(first: Summary, second: Summary) -> Summary:
    """Return the Summary of two stretches of a run."""
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


@attrs.frozen
class BulkOptions:
    """Which fields of a file are read, and how each page is."""

    fields: ColumnNames
    page: CheckedOptions


def pages_of(shard: Shard, options: BulkOptions) -> Iterator[StoredPage]:
    """Yield the records of a shard as `read_shard` does; an error says where in the file it is."""
    for page in _some_ahead(read_shard(shard, options.fields, options.page.limits)):
        yield page if page.error is None else page._replace(error=_located(page.error, page))


_AHEAD = 32
_AHEAD_BYTES = 4_000_000


def _some_ahead(pages: Iterator[StoredPage]) -> Iterator[StoredPage]:
    """Yield pages, of which some are taken from their file at a time.

    To turn from the file to a page and back for each takes an eighth longer: the processor's
    caches hold what the one needs, or the other.
    """
    some: list[StoredPage] = []
    size = 0
    for page in pages:
        some.append(page)
        size += len(page.source) if isinstance(page.source, str | bytes) else 0
        if len(some) == _AHEAD or size > _AHEAD_BYTES:
            yield from some
            some, size = [], 0
    yield from some


def shown_path(path: str) -> str:
    """Return a path as text; a name that is none with the escapes of its bytes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _located(error: LitrecordError, page: StoredPage) -> LitrecordError:
    place = f"record {page.number}"
    if page.offset is not None:
        place += f", byte {page.offset}"
    return located(error, place)
