"""JSON Lines: an object a line, of which one field holds the page (jsonlines.org).

Grammar::

    file = *( [ object ] LF )           ; a blank line is no page
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from litrecord._bulk.stored_page import ColumnNames, Shard, StoredPage, lacking
from litrecord.errors import InvalidValueError, SourceError
from litrecord.limits import Limits

_CHUNK = 1 << 20
_FIRST = 1_000
_FIRST_BYTES = 32_000_000
"""How much of a file is looked at before it is read."""
_BROKEN = (OSError, EOFError, zlib.error)
"""What a packed file raises where it is broken."""


def read_lines(
    shard: Shard, packing: str, fields: ColumnNames, limits: Limits
) -> Iterator[StoredPage]:
    """Yield the lines that begin in a shard."""
    with _opened(shard.path, packing) as file:
        start = 0
        if shard.start:
            file.seek(shard.start - 1)
            start = shard.start - 1 + _skip_line(file)
        yield from _lines(file, start, None if packing else shard.end, fields, limits)


def require_fields(path: str, packing: str, fields: ColumnNames) -> None:
    """Raise InvalidValueError if no line of the first thousand has such a field.

    A line may lack what others have. Raises SourceError if the file cannot be opened.
    """
    known: dict[str, None] = {}
    wanted = {fields.text, fields.url} - {None}
    for data in _first_objects(path, packing):
        known |= dict.fromkeys(data)
        if wanted <= known.keys():
            return
    for where, name in (("column", fields.text), ("url_column", fields.url)):
        if known and name is not None and name not in known:
            names = ", ".join(known)
            message = f"no line has a field {name!r:.60} (of the first {_FIRST:,})"
            raise InvalidValueError(f"{message}, but {names:.200}", path=where)


def _first_objects(path: str, packing: str) -> Iterator[dict[str, object]]:
    with _opened(path, packing) as file:
        room = _FIRST_BYTES
        for _ in range(_FIRST):
            try:
                line = file.readline(room)
            except _BROKEN:  # as the reader will say
                return
            room -= len(line)
            try:
                data: object = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(data, dict):
                yield data


def _opened(path: str, packing: str) -> BinaryIO:
    try:
        return _open(path, packing)
    except OSError as error:
        raise SourceError(f"cannot read {path!r}: {error.strerror}") from error


def _open(path: str, packing: str) -> BinaryIO:
    if packing == "gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if packing == "zst":
        try:
            import pyarrow as pa
        except ModuleNotFoundError as error:
            raise lacking(path, "pyarrow", "arrow") from error
        return io.BufferedReader(pa.input_stream(path, compression="zstd"))
    return open(path, "rb")


def _skip_line(file: BinaryIO) -> int:
    """Go to the next line; return how many bytes that were."""
    length = 0
    while part := file.readline(_CHUNK):
        length += len(part)
        if part.endswith(b"\n"):
            break
    return length


def _lines(
    file: BinaryIO, offset: int, end: int | None, fields: ColumnNames, limits: Limits
) -> Iterator[StoredPage]:
    number = 0
    most = limits.unpacked_bytes
    while end is None or offset < end:
        try:
            line = file.readline(most + 1)
            rest = _skip_line(file) if len(line) > most and not line.endswith(b"\n") else 0
        except _BROKEN as reason:
            broken = SourceError(f"the file is packed, and broken from here on: {reason}")
            yield StoredPage(number, offset, None, None, broken)
            return
        if not line:
            return
        if rest:
            error = limits.error_of("unpacked_bytes", len(line) + rest)
            yield StoredPage(number, offset, None, None, error)
        else:
            yield _page_of(line, number, offset, fields)
        number += 1
        offset += len(line) + rest


def _page_of(line: bytes, number: int, offset: int, fields: ColumnNames) -> StoredPage:
    if line.isspace():
        return StoredPage(number, offset, None, None, None)
    try:
        text, url = _fields_of(line, fields)
    except SourceError as error:
        return StoredPage(number, offset, None, None, error)
    return StoredPage(number, offset, text, url, None)


def _fields_of(line: bytes, fields: ColumnNames) -> tuple[str, str | None]:
    try:
        data: object = json.loads(line.rstrip())
    except (ValueError, RecursionError) as error:
        raise SourceError(f"this line is no JSON: {error}") from error
    if not isinstance(data, dict):
        raise SourceError("this line is JSON, but no object")
    text = data.get(fields.text)
    if not isinstance(text, str):
        raise SourceError(_no_text(fields.text, data))
    url = None if fields.url is None else data.get(fields.url)
    if not isinstance(url, str | None):
        raise SourceError(f"field {fields.url!r:.60} holds no string")
    return text, url


def _no_text(name: str, data: dict[str, object]) -> str:
    if name in data:
        what = "is null" if data[name] is None else "holds no string"
        return f"field {name!r:.60} {what} here"
    return f"there is no field {name!r:.60}, of {', '.join(data):.200}"
