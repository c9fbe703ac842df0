"""Converter of columns to records: the types that columns may have, and the values of their rows.

A column may have any type with the values of `record_columns.SCHEMA`: its lists and its text may be
large, a view, or a dictionary, and all its values may be null. Fields that are computed again may
have any type, or be missing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pyarrow as pa

from litrecord._bulk.page_column import is_text, names_of
from litrecord._bulk.record_columns import SCHEMA
from litrecord.errors import InvalidValueError, located, within
from litrecord.model import Record
from litrecord.serializers.shape import FIELDS, LATE, NAMES, Field, Form

_LISTS = (
    pa.types.is_list,
    pa.types.is_large_list,
    pa.types.is_fixed_size_list,
    pa.types.is_list_view,
    pa.types.is_large_list_view,
)
_UNREAD = (pa.ArrowException, ValueError, OverflowError)
"""What Arrow raises for invalid values."""


def records_of(table: pa.Table) -> list[Record]:
    """Return the record of each row; see `litrecord.arrow.table_to_records`."""
    names = names_of(table.schema, "table")
    missing = [name for name in NAMES if name not in names and name not in LATE]
    if missing:
        raise InvalidValueError(f"has no column {', '.join(missing)}", path="table")
    fields = [field for field in FIELDS if field.name in names]
    columns = [_values_of(table, field.name, _wanted_of(field.form)) for field in fields]
    for at, error in enumerate(_values_of(table, "error") if "error" in names else ()):
        if error is not None:
            raise InvalidValueError(f"row {at}: is of a page that was refused: {error:.200}")
    return [_record_of(fields, row, at) for at, row in enumerate(zip(*columns, strict=True))]


def require_like(schema: pa.Schema, name: str, fields: Collection[str] = ()) -> None:
    """Raise InvalidValueError unless there is exactly one column of a name, with a matching type.

    Of its structs, only *fields* are checked.
    """
    if (count := names_of(schema, "table").count(name)) != 1:
        raise InvalidValueError(
            f"expected exactly one column named {name}, found {count}: keep one"
        )
    kind, expected = schema.field(name).type, SCHEMA.field(name).type
    if not _is_like(kind, expected, fields):
        what = f"{str(kind)!r:.200}: expected {str(expected)!r}"
        raise InvalidValueError(f"column {name} holds {what}")


def _is_like(kind: pa.DataType, expected: pa.DataType, fields: Collection[str]) -> bool:
    """Return whether a type can be read as the expected one; of a struct, only some fields."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_null(kind):
        return True
    if pa.types.is_list(expected):
        is_list = any(is_kind(kind) for is_kind in _LISTS)
        return is_list and _is_like(kind.value_type, expected.value_type, fields)
    if pa.types.is_struct(expected):
        return pa.types.is_struct(kind) and all(
            kind.get_field_index(name) >= 0
            and _is_like(kind.field(name).type, expected.field(name).type, ())
            for name in fields
        )
    if pa.types.is_string(expected):
        return is_text(kind)
    is_number = pa.types.is_integer(kind) and pa.types.is_integer(expected)
    return bool(kind == expected or is_number)


def _wanted_of(form: Form | None) -> tuple[str, ...]:
    return () if form is None else (*form.required, *form.optional)


def _values_of(table: pa.Table, name: str, fields: Collection[str] = ()) -> list[Any]:
    require_like(table.schema, name, fields)
    column = table.column(name)
    try:
        return _read(column)
    except _UNREAD as error:
        at = next((at for at in range(len(column)) if not _is_read(column.slice(at, 1))), 0)
        raise InvalidValueError(f"row {at}: column {name}: {error}") from error


def _read(column: pa.ChunkedArray) -> list[Any]:
    column.validate(full=True)  # another program may have made it; this checks UTF-8, too
    values: list[Any] = column.to_pylist()
    return values


def _is_read(column: pa.ChunkedArray) -> bool:
    try:
        _read(column)
    except _UNREAD:
        return False
    return True


def _record_of(fields: list[Field], row: tuple[Any, ...], at: int) -> Record:
    values = zip(fields, row, strict=True)
    try:
        return Record(**{field.name: _value_of(field, found) for field, found in values})
    except InvalidValueError as error:
        raise located(error, f"row {at}") from error


def _value_of(field: Field, found: Any) -> Any:
    """Return the value of a field, from that of its column."""
    name, form, is_list, _ = field
    if form is None:
        return (found or ()) if is_list else found
    if not is_list:
        return _built(form, found, name) if found else None
    return [_built(form, item, f"{name}[{at}]") for at, item in enumerate(found or ())]


def _built(form: Form, found: dict[str, Any] | None, where: str) -> Any:
    if found is None:
        raise InvalidValueError("is null: leave it out", path=where)
    required = {name: found[name] for name in form.required}
    optional = {name: found[name] or nothing for name, nothing in form.optional.items()}
    try:
        return form.build(**required, **optional)
    except InvalidValueError as error:
        raise within(error, where) from error
