"""Pages that are stored many to a file, and the stretches of such files.

Grammar of a file's name, in any case::

    file    = name "." form [ "." packing ]
    form    = "jsonl" / "ndjson" / "jl" / "jsonlines" / "warc" / "wet" / "parquet"
    packing = "gz" / "zst"                                   ; Parquet packs its own columns

A stretch of a file can be read by itself: of JSON Lines and WARC the records that begin in a range
of bytes, of Parquet some row groups, and of a compressed file of lines everything.
"""

from __future__ import annotations

from typing import NamedTuple

import attrs

from litrecord._reading.decoding import Source
from litrecord._validation import require_text, require_text_or_none
from litrecord.errors import LitrecordError, SourceError

_LINES = ("jsonl", "ndjson", "jl", "jsonlines")
_PACKED = (*_LINES, "warc", "wet")
SUFFIXES = (
    ".parquet",
    *(f".{form}{packing}" for form in _PACKED for packing in ("", ".gz", ".zst")),
)


@attrs.frozen
class ColumnNames:
    """The names of the fields of JSON, or the columns of Parquet, that hold page and address."""

    text: str = "text"
    url: str | None = None

    def __attrs_post_init__(self) -> None:
        require_text(self.text, "column")
        require_text_or_none(self.url, "url_column")


class StoredPage(NamedTuple):
    """What is stored of one page; neither source nor error if a record is no page."""

    number: int
    """Which record of its file it is, from 0; of a WARC, which of its stretch."""
    offset: int | None
    """Its offset in bytes in the file; for a compressed file of lines, in the decompressed data."""
    source: Source | None
    url: str | None
    error: LitrecordError | None
    kind: str = ""
    """What a record is that is no page."""


@attrs.frozen
class Stretch:
    """A stretch of a file: from start up to end, in bytes, or row groups of Parquet."""

    path: str
    start: int
    end: int
    first: int = 0
    """How many lines of JSON Lines begin before it."""


def is_stored(path: str) -> bool:
    """Return whether a file has many pages, by its name.

    >>> is_stored("crawl/CC-MAIN.WARC.GZ"), is_stored("page.html")
    (True, False)
    """
    return path.lower().endswith(SUFFIXES)


def lacking(path: str, package: str, extra: str) -> SourceError:
    """Return the error of a file for which a package is missing.

    >>> str(lacking("a.parquet", "pyarrow", "arrow"))
    "'a.parquet' needs the package pyarrow: pip install 'litrecord[arrow]'"
    """
    return SourceError(f"{path!r} needs the package {package}: pip install 'litrecord[{extra}]'")


def form_of(path: str) -> tuple[str, str]:
    """Return the form and the packing of a file, as the grammar above names them.

    >>> form_of("a.jsonl.gz"), form_of("b.PARQUET")
    (('jsonl', 'gz'), ('parquet', ''))
    """
    name = path.lower()
    packing = next((found for found in ("gz", "zst") if name.endswith(f".{found}")), "")
    form = name.removesuffix(f".{packing}").rpartition(".")[2]
    if form in _LINES:
        return "jsonl", packing
    return "warc" if form == "wet" else form, packing
