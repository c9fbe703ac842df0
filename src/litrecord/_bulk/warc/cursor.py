"""Cursor over a WARC file or stream, and parser of the headers at its position."""

from __future__ import annotations

import io
import re
from typing import Any, NamedTuple

from fastwarc.warc import HeaderMap

from litrecord.errors import SourceError

MOST_HEAD = 1 << 16
"""The maximum length of a header, in bytes."""
_PIECE = 1 << 20
_BLANK = b"\0\r\n"
RECORD_START = re.compile(rb"WARC/[01]\.[0-9]\r?\n")


class Head(NamedTuple):
    """A header: its first line and its fields."""

    first: bytes
    """The first line, with its line end."""
    fields: Any
    is_whole: bool
    """Whether the blank line at its end was found."""

    def values(self, name: str) -> list[str]:
        """Return the comma-separated values of all fields with a name, in lower case."""
        lists = ",".join(self.fields.get_multiple(name)).lower().split(",")
        return [value for value in map(str.strip, lists) if value]


class Cursor:
    """A position in a file of a known size, or in a stream, which cannot seek back."""

    def __init__(self, file: Any, size: int | None) -> None:
        self._file = file
        self.size = size
        self.at = 0

    def read(self, count: int) -> bytes:
        """Return the next *count* bytes, or fewer at the end."""
        data: bytes = self._file.read(count)
        self.at += len(data)
        return data

    def go(self, at: int) -> None:
        """Move to an offset; a stream moves only forward, and not beyond its end."""
        if self.size is not None:
            self._file.seek(at)
            self.at = at
        while self.at < at and self.read(min(at - self.at, _PIECE)):
            pass

    def pass_blank(self) -> bool:
        """Skip line ends and NULs; return whether anything follows."""
        while piece := self._file.peek(1):
            rest = piece.lstrip(_BLANK)
            self.read(len(piece) - len(rest))
            if rest:
                return True
        return False

    def read_head(self, mark: bytes, most: int) -> Head:
        """Read a header of at most *most* bytes, whose lines end in CRLF or LF.

        Only one line is read if it does not begin with the mark. A line that begins a record ends
        the header, so that a broken header costs no other record. Raises SourceError if the fields
        are too long.
        """
        most = min(most, MOST_HEAD)
        first = line = self._line(most)
        lines = []
        while first.startswith(mark) and most > len(line) and line.strip(b"\r\n"):
            most -= len(line)
            line = self._line(most)
            lines.append(line.rstrip(b"\r\n"))
            if RECORD_START.match(line):
                break
        fields, is_whole = HeaderMap(), line in (b"\r\n", b"\n")
        if is_whole:
            try:
                fields.parse(io.BytesIO(b"\r\n".join([b"-", *lines, b""])))
            except OSError as error:
                raise SourceError(f"expected a header of fields: {error}") from error
        return Head(first, fields, is_whole)

    def _line(self, most: int) -> bytes:
        line: bytes = self._file.readline(most)
        self.at += len(line)
        return line
