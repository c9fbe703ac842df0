"""Columns of pages and of their addresses: validation of types, and values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from litrecord._bulk.stored_page import BulkOptions, named_with
from litrecord.errors import InvalidValueError

_TEXTS = (pa.string(), pa.large_string(), pa.string_view())
_BYTES = (pa.binary(), pa.large_binary(), pa.binary_view())


def require_columns(source: pa.Schema, options: BulkOptions) -> None:
    """Raise InvalidValueError unless a schema has a column of pages, and one of addresses."""
    _require(source, options.column, "column", (*_TEXTS, *_BYTES), "text or binary")
    if options.url_column is not None:
        _require(source, options.url_column, "url_column", _TEXTS, "text")


def _require(
    source: pa.Schema, name: str, where: str, kinds: tuple[pa.DataType, ...], expected: str
) -> None:
    found = names_of(source, where)
    if found.count(name) != 1:
        names = ", ".join(found) or "none"
        raise InvalidValueError(
            f"expected exactly one column named {name!r:.60}; found {names:.200}: name it with"
            f" {named_with(where)}",
            path=where,
        )
    kind = source.field(name).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if kind not in (*kinds, pa.null()):
        raise InvalidValueError(f"{name!r:.60} holds {kind}: expected {expected}", path=where)


def names_of(source: pa.Schema, where: str) -> list[str]:
    """Return the names of the columns, or raise InvalidValueError."""
    try:
        names: list[str] = source.names
    except UnicodeDecodeError as error:
        raise InvalidValueError(
            "the name of a column is not UTF-8: rename it", path=where
        ) from error
    return names


def is_text(kind: pa.DataType) -> bool:
    """Return whether a type is a text type."""
    return kind in _TEXTS


def pages_and_urls(batch: pa.RecordBatch, options: BulkOptions) -> Iterator[tuple[Any, Any]]:
    """Return the pages of a batch, each with its address; null is None."""
    pages, name = _values(batch.column(options.column)), options.url_column
    urls = [None] * len(pages) if name is None else _values(batch.column(name))
    return zip(pages, urls, strict=True)


def _values(column: pa.Array) -> list[Any]:
    """Return the values of a column; text that is not UTF-8, which Arrow allows, as bytes.

    Each value is decoded by itself, so that a page does not depend on the others of its batch.
    """
    if pa.types.is_dictionary(column.type):
        known = _values(column.dictionary)
        return [None if at is None else known[at] for at in column.indices.to_pylist()]
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = [_text_or_bytes(value) for value in column.cast(pa.large_binary()).to_pylist()]
    return values


def _text_or_bytes(value: bytes | None) -> str | bytes | None:
    try:
        return None if value is None else value.decode("utf-8")
    except UnicodeDecodeError:
        return value
