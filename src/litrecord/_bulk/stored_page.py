"""Files with many pages: their names, their pages, and the stretches in which they are read.

Grammar of a file's name, in any case::

    file    = name "." form [ "." compression ]
    form    = "jsonl" / "ndjson" / "jl" / "jsonlines" / "warc" / "wet" / "parquet"
    compression = "gz" / "zst"                                   ; Parquet compresses its columns

A stretch of a file can be read by itself. In JSON Lines and WARC it is the records that begin in a
range of bytes; in Parquet, some row groups. A compressed file of lines is one stretch.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import attrs

from litrecord._reading.decoding import Source
from litrecord._reading.options import CheckedOptions
from litrecord._validation import require_text, require_text_or_none
from litrecord.errors import LitrecordError, SourceError

_LINES = ("jsonl", "ndjson", "jl", "jsonlines")
_COMPRESSED = (*_LINES, "warc", "wet")
SUFFIXES = (
    ".parquet",
    *(f".{form}{compression}" for form in _COMPRESSED for compression in ("", ".gz", ".zst")),
)


@attrs.frozen
class BulkOptions:
    """The JSON fields, or the columns, of the page and its address; and how each page is read."""

    column: str = "text"
    url_column: str | None = None
    page: CheckedOptions = attrs.field(factory=CheckedOptions)

    def __attrs_post_init__(self) -> None:
        require_text(self.column, "column")
        require_text_or_none(self.url_column, "url_column")


def named_with(where: str) -> str:
    """Return how to name a field or a column: by a parameter, or by an option of the command.

    >>> named_with("url_column")
    'url_column, or --url-column of the command'
    """
    return f"{where}, or --{where.replace('_', '-')} of the command"


class StoredPage(NamedTuple):
    """One stored page, or its error; a record that is not a page has neither source nor error."""

    number: int
    """The number of the record in its file, from 0; in a WARC, in its stretch."""
    offset: int | None
    """Its offset in bytes in the file; for a compressed file of lines, in the decompressed data."""
    source: Source | None
    url: str | None
    error: LitrecordError | None
    kind: str = ""
    """The type, or the media type, of a record that is not a page."""

    @property
    def size(self) -> int:
        """The length of the page in memory, in characters or bytes; 0 for a path."""
        return len(self.source) if isinstance(self.source, str | bytes) else 0


@attrs.frozen
class Stretch:
    """A stretch of a file: from start up to end, in bytes, or row groups of Parquet."""

    path: str
    start: int = 0
    end: int = sys.maxsize
    first: int | None = 0
    """The number of its first record; None if all before it must be read for that, in a WARC."""


def is_stored(path: str) -> bool:
    """Return whether a file contains many pages, judged by its name.

    >>> is_stored("crawl/CC-MAIN.WARC.GZ"), is_stored("page.html")
    (True, False)
    """
    return path.lower().endswith(SUFFIXES)


@contextmanager
def opened(path: str) -> Iterator[io.BufferedReader]:
    """Open a file for reading; raise SourceError if it cannot be opened."""
    try:
        file = open(path, "rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise SourceError(f"cannot read {path!r}: {error.strerror}") from error
    with file:
        yield file


@contextmanager
def needing(path: str, package: str, extra: str) -> Iterator[None]:
    """Raise SourceError if a package is missing that a file needs.

    >>> with needing("a.parquet", "no_package", "arrow"): import no_package
    Traceback (most recent call last):
    litrecord.errors.SourceError: 'a.parquet' needs the package no_package: pip install ...
    """
    try:
        yield
    except ModuleNotFoundError as error:
        advice = f"pip install 'litrecord[{extra}]'"
        raise SourceError(f"{path!r} needs the package {package}: {advice}") from error


def form_of(path: str) -> tuple[str, str]:
    """Return the form and the compression of a file, as the grammar above names them.

    >>> form_of("a.jsonl.gz"), form_of("b.PARQUET")
    (('jsonl', 'gz'), ('parquet', ''))
    """
    name = path.lower()
    compression = next((found for found in ("gz", "zst") if name.endswith(f".{found}")), "")
    form = name.removesuffix(f".{compression}").rpartition(".")[2]
    if form in _LINES:
        return "jsonl", compression
    return "warc" if form == "wet" else form, compression
