"""Columns of records: rows to columns, and columns to records.

`litrecord.arrow` describes the rows that are written. A column that is read may have any type with
the values of `SCHEMA`: its lists and its text may be large, a view, or a dictionary, and all its
values may be null. Fields that are computed again may have any type, or be missing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

import pyarrow as pa

from litrecord._bulk.page_column import is_text, names_of
from litrecord._characters import clean
from litrecord._parts.metadata import Values
from litrecord._reading.decoding import Source
from litrecord._reading.options import CheckedOptions
from litrecord._reading.pipeline import read_fields
from litrecord.diagnostics import Diagnostic
from litrecord.errors import InvalidValueError, LitrecordError, located, within
from litrecord.model import Record, require_record
from litrecord.serializers.shape import FIELDS, LATE, NAMES, Field, Form

_MOST_COUNT = 2**63 - 1
_TEXT = pa.string()
_TYPES = {str: _TEXT, bool: pa.bool_(), int: pa.int64(), tuple: pa.list_(_TEXT)}

_DIAGNOSTIC = Form(
    Diagnostic,
    {
        "code": attrgetter("code"),
        "severity": attrgetter("severity.value"),
        "message": lambda found: clean(found.message),
        "start": attrgetter("span.start"),
        "end": attrgetter("span.end"),
        "excerpt": attrgetter("excerpt"),  # already printable
    },
    {"start": int, "end": int},
    required=(),
)
_NO_RECORD: dict[str, Any] = dict.fromkeys(NAMES)
_FIELDS = (*FIELDS, Field("diagnostics", _DIAGNOSTIC, is_list=True), Field("error"))


def _struct(form: Form) -> pa.StructType:
    return pa.struct([(name, _TYPES[form.types.get(name, str)]) for name in form.members])


def _type_of(field: Field) -> pa.DataType:
    kind = _TEXT if field.form is None else _struct(field.form)
    return pa.list_(kind) if field.is_list else kind


SCHEMA = pa.schema([(field.name, _type_of(field)) for field in _FIELDS])
"""The columns of a page that was read."""


def row_of_page(page: Source, url: str | None, options: CheckedOptions) -> Values:
    """Read a page, and return its row: the values of a record, or an error."""
    try:
        fields, said = read_fields(page, url, options)
    except LitrecordError as error:
        return refused(str(error), error.diagnostics)
    return fields | {"diagnostics": said}


def row_of_record(record: Record, said: tuple[Diagnostic, ...] = ()) -> Values:
    """Return the row of a record, with the diagnostics of its page."""
    require_record(record)
    return {name: getattr(record, name) for name in NAMES} | {"diagnostics": said}


def refused(error: str, said: tuple[Diagnostic, ...] = ()) -> Values:
    """Return the row of a page that was refused."""
    return _NO_RECORD | {"diagnostics": said, "error": clean(error)}


def columns_of(rows: list[Values]) -> list[pa.Array]:
    """Return the columns of rows, in the order of `SCHEMA`.

    The rows are values and not records: a batch of records costs time in the garbage collector, and
    takes more of the processor's cache.
    """
    return [
        _column(field, [row.get(field.name, () if field.is_list else None) for row in rows])
        for field in _FIELDS
    ]


def batch_of(rows: list[Values]) -> pa.RecordBatch:
    """Return rows as one batch."""
    return pa.RecordBatch.from_arrays(columns_of(rows), schema=SCHEMA)


def _column(field: Field, values: list[Any]) -> pa.Array:
    if field.form is None:
        return pa.array(values, _type_of(field))
    return (_lists if field.is_list else _structs)(field.form, values)


def _lists(form: Form, values: list[Any]) -> pa.ListArray:
    """Return a list of structs for each tuple; None is null."""
    lengths = [0 if found is None else len(found) for found in values]
    offsets: list[int | None] = list(accumulate(lengths, initial=0))
    if None in values:
        for at, found in enumerate(values):
            offsets[at] = None if found is None else offsets[at]
    structs = _structs(
        form, list(chain.from_iterable(found for found in values if found is not None))
    )
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), structs)


def _structs(form: Form, values: Sequence[object | None]) -> pa.StructArray:
    """Return a struct for each value; None is null.

    A row or widget that pages repeat is one object, whose members are read once. Arrow could copy
    its struct, but loads its functions for that, which takes as long as reading a thousand pages.
    """
    keys = list(map(id, values))
    distinct = dict(zip(keys, values, strict=True))
    distinct.pop(id(None), None)
    kind, members = _struct(form), []
    for field, get in zip(kind, form.members.values(), strict=True):
        found: list[Any] = list(map(get, distinct.values()))
        if field.type == _TYPES[int]:  # a count that is too large for the type is null
            found = [None if one is None or one > _MOST_COUNT else one for one in found]
        members.append(found)
    rows = dict(zip(distinct, zip(*members, strict=True), strict=True))
    rows[id(None)] = (None,) * len(members)
    columns = zip(*map(rows.__getitem__, keys), strict=True) if keys else members
    arrays = [pa.array(column, field.type) for column, field in zip(columns, kind, strict=True)]
    are_valid = pa.array([value is not None for value in values], pa.bool_()).buffers()[1]
    return pa.StructArray.from_buffers(kind, len(values), [are_valid], children=arrays)


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
        advice = "pass a table with the columns of litrecord.arrow.SCHEMA"
        raise InvalidValueError(f"has no column {', '.join(missing)}: {advice}", path="table")
    fields = [field for field in FIELDS if field.name in names]
    columns = [_values_of(table, field.name, _wanted_of(field.form)) for field in fields]
    for at, error in enumerate(_values_of(table, "error") if "error" in names else ()):
        if error is not None:
            advice = "leave out rows that have an error"
            raise InvalidValueError(f"row {at}: this page was refused: {advice}: {error:.200}")
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
    with suppress(*_UNREAD):
        return _read(column)
    return [_value_at(column, name, at) for at in range(len(column))]


def _read(column: pa.ChunkedArray) -> list[Any]:
    column.validate(full=True)  # another program may have made it; this checks UTF-8, too
    values: list[Any] = column.to_pylist()
    return values


def _value_at(column: pa.ChunkedArray, name: str, at: int) -> Any:
    try:
        return _read(column.slice(at, 1))[0]
    except _UNREAD as error:
        raise InvalidValueError(f"row {at}: column {name}: {error}") from error


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
