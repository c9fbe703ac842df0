"""Reader of JSON Lines: an object on each line, with the page in one field (jsonlines.org).

Grammar::

    file = *( [ object ] LF )           ; a blank line is not a page, but has a number
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple

from litrecord._bulk.stored_page import ColumnNames, StoredPage, Stretch, needing
from litrecord._reading.unpacking import Inflated, buffered
from litrecord.errors import InvalidValueError, LimitError, LitrecordError, SourceError
from litrecord.limits import Limits

_fast_loads: Callable[[bytes], object]
try:
    from orjson import loads as _fast_loads
except ModuleNotFoundError:
    _fast_loads = json.loads

_CHUNK = 1 << 20
_FIRST = 1_000
_FIRST_BYTES = 32_000_000
"""How many lines, and how many bytes, are checked before a file is read."""
_LONG = 1 << 20
_HELD = 2
"""How many copies of a long line are in memory: bytes and text."""
_VALUE_BYTES = 72
"""The size of an empty object. A line may have one for each comma or bracket."""


class _Line(NamedTuple):
    """A line with its number, or several blank lines with the number of the last."""

    number: int
    offset: int
    length: int
    content: bytes
    """Only its beginning if it is too long; b"" if it is blank."""


def read_lines(
    stretch: Stretch, packing: str, fields: ColumnNames, limits: Limits
) -> Iterator[StoredPage]:
    """Yield the lines that begin in a stretch, except blank lines."""
    with _opened(stretch.path, packing, limits) as file:
        number, offset = stretch.first or 0, stretch.start
        if offset:
            file.seek(offset - 1)
            offset += _skip_line(file) - 1
        end = sys.maxsize if packing else stretch.end
        try:
            for line in _lines(file, number, offset, end, limits):
                if packing and line.number - limits.lines >= stretch.end:
                    limits.refuse("lines", line.number + 1)
                number, offset = line.number + 1, line.offset + line.length
                if line.content:
                    yield _page_of(line, fields, limits)
        except OSError as reason:
            broken = SourceError(f"the compressed file is broken from here on: {reason}")
            yield StoredPage(number, offset, None, None, broken)
        except LimitError as error:
            yield StoredPage(number, offset, None, None, error)


def lines_begun(path: str, start: int, end: int) -> int:
    """Return how many lines begin from *start* up to *end*, which is before the file's end.

    Raises OSError if the file cannot be read.
    """
    with open(path, "rb") as file:
        at = file.seek(max(start - 1, 0))
        count = int(start == 0)
        while at < end - 1 and (piece := file.read(min(_CHUNK, end - 1 - at))):
            count += piece.count(b"\n")
            at += len(piece)
    return count


def require_fields(path: str, packing: str, fields: ColumnNames, limits: Limits) -> None:
    """Raise InvalidValueError if none of the first thousand lines has such a field.

    A single line may lack the field. Raises SourceError if the file cannot be opened.
    """
    known: dict[str, None] = {}
    wanted = {fields.text, fields.url} - {None}
    for data in _first_objects(path, packing, limits):
        known |= dict.fromkeys(data)
        if wanted <= known.keys():
            return
    for where, name in (("column", fields.text), ("url_column", fields.url)):
        if known and name is not None and name not in known:
            names = ", ".join(known)
            message = (
                f"no line has a field {name!r:.60} (of the first {_FIRST:,}), but {names:.200}"
            )
            advice = f"name the field with {where}, or --{where.replace('_', '-')} of the command"
            raise InvalidValueError(f"{message}: {advice}", path=where)


def _first_objects(path: str, packing: str, limits: Limits) -> Iterator[dict[str, object]]:
    with _opened(path, packing, limits) as file:
        room = _FIRST_BYTES
        for _ in range(_FIRST):
            try:
                line = file.readline(room)
                _require_light(line, len(line), limits)
            except (OSError, LimitError):  # the reader will report it
                return
            room -= len(line)
            try:
                data = _object_in(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(data, dict):
                yield data


@contextmanager
def _opened(path: str, packing: str, limits: Limits) -> Iterator[io.BufferedReader]:
    try:
        file = open(path, "rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise SourceError(f"cannot read {path!r}: {error.strerror}") from error
    with file:
        size = os.fstat(file.fileno()).st_size
        yield buffered(_unpacking(file, path, packing), size, limits) if packing else file


def _unpacking(file: BinaryIO, path: str, packing: str) -> Any:
    if packing == "gz":
        return Inflated(file)
    with needing(path, "pyarrow", "arrow"):
        import pyarrow as pa
    return pa.input_stream(file, compression="zstd")


def _skip_line(file: io.BufferedReader) -> int:
    """Skip to the next line; return the number of bytes skipped."""
    length = 0
    while part := file.readline(_CHUNK):
        length += len(part)
        if part.endswith(b"\n"):
            break
    return length


def _lines(
    file: io.BufferedReader, number: int, offset: int, end: int, limits: Limits
) -> Iterator[_Line]:
    while offset < end and (line := _next_line(file, limits.unpacked_bytes))[1]:
        content, length = line
        if content.isspace():
            count, blank = _pass_blank(file, end - offset - length)
            number, length, content = number + count, length + blank, b""
        yield _Line(number, offset, length, content)
        number += 1
        offset += length


def _next_line(file: io.BufferedReader, most: int) -> tuple[bytes, int]:
    """Return a line and its length in bytes; if it is too long, only its beginning."""
    room = min(most, max(most // _HELD, _LONG)) + 1
    line = file.readline(room)
    is_whole = len(line) < room or line.endswith(b"\n")
    return line, len(line) if is_whole else len(line) + _skip_line(file)


def _pass_blank(file: io.BufferedReader, room: int) -> tuple[int, int]:
    """Skip blank lines within *room* bytes; return the number of lines and of bytes skipped."""
    count = length = 0
    while piece := file.peek()[: room - length]:
        end = piece.rfind(b"\n", 0, len(piece) - len(piece.lstrip())) + 1
        count += piece.count(b"\n", 0, end)
        length += len(file.read(end))
        if end < len(piece):
            break
    return count, length


def _page_of(line: _Line, fields: ColumnNames, limits: Limits) -> StoredPage:
    text = url = error = None
    try:
        _require_light(line.content, line.length, limits)
        text, url = _fields_of(line.content, fields)
    except LitrecordError as found:
        error = found
    return StoredPage(line.number, line.offset, text, url, error)


def _require_light(line: bytes, length: int, limits: Limits) -> None:
    """Raise LimitError if a line needs too much memory as text or as a JSON object."""
    weight = length
    if length > _LONG:
        weight = _HELD * length + _VALUE_BYTES * sum(map(line.count, (b",", b"[", b"{")))
    if weight > limits.unpacked_bytes:
        limits.refuse("unpacked_bytes", weight)


def _object_in(line: bytes) -> object:
    try:
        return _fast_loads(line)
    except ValueError:  # json has its own message, or accepts the line: a lone surrogate
        return json.loads(line)


def _fields_of(line: bytes, fields: ColumnNames) -> tuple[str, str | None]:
    try:
        data = _object_in(line.rstrip())
    except (ValueError, RecursionError) as error:
        raise SourceError(f"this line is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise SourceError("this line is JSON, but not an object")
    text = data.get(fields.text)
    if not isinstance(text, str):
        raise SourceError(_no_text(fields.text, data))
    url = None if fields.url is None else data.get(fields.url)
    if not isinstance(url, str | None):
        raise SourceError(f"field {fields.url!r:.60} holds no string")
    return text, url


_NAMING = "name the field with column, or --column of the command"


def _no_text(name: str, data: dict[str, object]) -> str:
    if name in data:
        what = "is null" if data[name] is None else "holds no string"
        return f"field {name!r:.60} {what} here"
    return f"expected a field {name!r:.60}, found {', '.join(data):.200}: {_NAMING}"
