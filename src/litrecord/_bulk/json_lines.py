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
from contextlib import contextmanager, suppress
from typing import Any

from litrecord._bulk.stored_page import (
    BulkOptions,
    StoredPage,
    Stretch,
    named_with,
    needing,
    opened,
)
from litrecord._reading.decompression import Inflated, buffered
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


def read_lines(stretch: Stretch, compression: str, options: BulkOptions) -> Iterator[StoredPage]:
    """Yield the lines that begin in a stretch, except blank lines."""
    number, offset, end = stretch.first or 0, stretch.start, stretch.end
    limits, most = options.page.limits, sys.maxsize
    if compression:
        end, most = most, end + limits.lines
    room = min(limits.unpacked_bytes, max(limits.unpacked_bytes // _HELD, _LONG)) + 1
    with _decompressed(stretch.path, compression, limits) as file:
        if offset:
            file.seek(offset - 1)
            offset += _skip_line(file, end - offset + 1) - 1
        try:
            while offset < end and (line := file.readline(room)):
                if number >= most:
                    limits.refuse("lines", number + 1)
                is_whole = len(line) < room or line.endswith(b"\n")
                length = len(line) + (0 if is_whole else _skip_line(file))
                if not line.isspace():
                    yield _page_of(line, number, offset, length, options)
                number, offset = number + 1, offset + length
        except LimitError as error:
            yield StoredPage(number, offset, None, None, error)
        except OSError as reason:
            broken = SourceError(f"the compressed file is broken from here on: {reason}")
            yield StoredPage(number, offset, None, None, broken)


def lines_begun(path: str, start: int, end: int) -> int:
    """Return how many lines begin from *start* up to *end*, which is before the file's end.

    Raises OSError if the file cannot be read.
    """
    with open(path, "rb") as file:
        at = file.seek(max(start - 1, 0))
        return file.read(end - 1 - at).count(b"\n") + (start == 0)


def require_fields(path: str, compression: str, options: BulkOptions) -> None:
    """Raise InvalidValueError if none of the first thousand lines has such a field.

    A single line may lack the field. Raises SourceError if the file cannot be opened.
    """
    known: dict[str, None] = {}
    wanted = {options.column, options.url_column} - {None}
    for data in _first_objects(path, compression, options.page.limits):
        known |= dict.fromkeys(data)
        if wanted <= known.keys():
            return
    for where, name in (("column", options.column), ("url_column", options.url_column)):
        if known and name is not None and name not in known:
            names = ", ".join(known)
            message = (
                f"expected a field {name!r:.60} in one of the first {_FIRST:,} lines; found"
                f" {names:.200}"
            )
            advice = f"name the field with {named_with(where)}"
            raise InvalidValueError(f"{message}: {advice}", path=where)


def _first_objects(path: str, compression: str, limits: Limits) -> Iterator[dict[str, object]]:
    room = _FIRST_BYTES
    # The reader will report what cannot be read.
    with _decompressed(path, compression, limits) as file, suppress(OSError, LimitError):
        for _ in range(_FIRST):
            line = file.readline(room)
            _require_light(line, len(line), limits)
            room -= len(line)
            with suppress(ValueError, RecursionError):
                data = _object_in(line)
                if isinstance(data, dict):
                    yield data


@contextmanager
def _decompressed(path: str, compression: str, limits: Limits) -> Iterator[io.BufferedReader]:
    with opened(path) as file:
        plain: Any = file
        if compression == "gz":
            plain = Inflated(file)
        elif compression:
            with needing(path, "pyarrow", "arrow"):
                import pyarrow as pa
            plain = pa.input_stream(file, compression="zstd")
        size = os.fstat(file.fileno()).st_size
        yield buffered(plain, size, limits) if compression else file


def _skip_line(file: io.BufferedReader, most: int = sys.maxsize) -> int:
    """Skip to the next line, or soon after *most* bytes; return the number of bytes skipped."""
    length = 0
    while length < most and (part := file.readline(_CHUNK)):
        length += len(part)
        if part.endswith(b"\n"):
            break
    return length


def _page_of(
    line: bytes, number: int, offset: int, length: int, options: BulkOptions
) -> StoredPage:
    try:
        _require_light(line, length, options.page.limits)
        return StoredPage(number, offset, *_fields_of(line, options), None)
    except LitrecordError as error:
        return StoredPage(number, offset, None, None, error)


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


def _fields_of(line: bytes, options: BulkOptions) -> tuple[str, str | None]:
    try:
        data = _object_in(line.rstrip())
    except json.JSONDecodeError as error:
        reason = f"{error.msg.removesuffix(' at')} at column {error.colno}"
        raise SourceError(f"this line is not JSON: {reason}") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"this line is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise SourceError("this line is JSON, but not an object")
    text = data.get(options.column)
    if not isinstance(text, str):
        raise SourceError(_no_text(options.column, data))
    url = None if options.url_column is None else data.get(options.url_column)
    if not isinstance(url, str | None):
        raise SourceError(f"field {options.url_column!r:.60} holds no string")
    return text, url


_NAMING = f"name the field with {named_with('column')}"


def _no_text(name: str, data: dict[str, object]) -> str:
    if name in data:
        what = "is null" if data[name] is None else "holds no string"
        return f"field {name!r:.60} {what} here"
    return f"expected a field {name!r:.60}, found {', '.join(data):.200}: {_NAMING}"
