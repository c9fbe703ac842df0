"""Columns of pages and of their addresses: validation of types, and values."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from litrecord.errors import InvalidValueError


def require_columns(source: pa.Schema, column: str, url_column: str | None) -> None:
    """Raise InvalidValueError unless a schema has a column of pages, and one of addresses."""
    kind = _type_of(source, column, "column")
    if not (is_text(kind) or _is_binary(kind) or pa.types.is_null(kind)):
        raise InvalidValueError(
            f"{column!r:.60} holds {kind}: expected text or binary", path="column"
        )
    kind = pa.null() if url_column is None else _type_of(source, url_column, "url_column")
    if not (is_text(kind) or pa.types.is_null(kind)):
        raise InvalidValueError(
            f"{url_column!r:.60} holds {kind}: expected text", path="url_column"
        )


def names_of(source: pa.Schema, where: str) -> list[str]:
    """Return the names of the columns, or raise InvalidValueError."""
    try:
        names: list[str] = source.names
    except UnicodeDecodeError as error:
        raise InvalidValueError(
            "the name of a column is not UTF-8: rename it", path=where
        ) from error
    return names


def _type_of(source: pa.Schema, name: str, where: str) -> pa.DataType:
    found = names_of(source, where)
    if found.count(name) != 1:
        names = ", ".join(found)
        raise InvalidValueError(
            f"expected exactly one column named {name!r:.60}; found {names:.200}", path=where
        )
    kind = source.field(name).type
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def is_text(kind: pa.DataType) -> bool:
    """Return whether a type is a text type."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _is_binary(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind)
    )


def pages_and_urls(
    batch: pa.RecordBatch, column: str, url_column: str | None
) -> tuple[list[Any], list[Any]]:
    """Return the pages of a batch, and their addresses; null is None."""
    pages = _values(batch.column(column))
    return pages, [None] * len(pages) if url_column is None else _values(batch.column(url_column))


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
