"""Columns of records, and their builder: the name, type and getter of each.

`litrecord.arrow` describes the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

import pyarrow as pa

from litrecord._characters import clean
from litrecord._reading.decoding import Source
from litrecord._reading.many import Result
from litrecord._reading.options import CheckedOptions
from litrecord._reading.pipeline import read_fields
from litrecord.diagnostics import Diagnostic
from litrecord.errors import LitrecordError
from litrecord.model import Record
from litrecord.serializers.shape import FIELDS, NAMES, Field, Form

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


class Rows:
    """Builder of the columns of `SCHEMA`, which keeps only the values of each page.

    Records are not kept: a batch of them costs time in the garbage collector, and takes more of the
    processor's cache than their values.
    """

    def __init__(self) -> None:
        self._columns: list[tuple[str, object, list[Any]]] = [
            (field.name, () if field.is_list else None, []) for field in _FIELDS
        ]

    def read(self, page: Source, url: str | None, options: CheckedOptions) -> None:
        """Read a page, and add its values or its error."""
        try:
            fields, said = read_fields(page, url, options)
        except LitrecordError as error:
            self.add_refused(str(error), error.diagnostics)
        else:
            self._add(fields | {"diagnostics": said})

    def add(self, result: Result) -> None:
        """Add the result of a page: its record or its error."""
        if result.record is None:
            self.add_refused(str(result.error), result.diagnostics)
        else:
            self.add_record(result.record, result.diagnostics)

    def add_record(self, record: Record, said: tuple[Diagnostic, ...] = ()) -> None:
        """Add a record, and the diagnostics of its page."""
        self._add({name: getattr(record, name) for name in NAMES} | {"diagnostics": said})

    def add_refused(self, error: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        """Add the error of a page that was refused."""
        self._add(_NO_RECORD | {"diagnostics": diagnostics, "error": clean(error)})

    def _add(self, values: dict[str, Any]) -> None:
        for name, nothing, column in self._columns:
            column.append(values.get(name, nothing))

    def batch(self) -> pa.RecordBatch:
        """Return the rows as one batch."""
        return pa.RecordBatch.from_arrays(self.arrays(), schema=SCHEMA)

    def arrays(self) -> list[pa.Array]:
        """Return the columns."""
        columns = zip(_FIELDS, self._columns, strict=True)
        return [_array(field, column) for field, (_, _, column) in columns]


def _array(field: Field, values: list[Any]) -> pa.Array:
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

    A row or widget that pages repeat is one object: it is written once, and copied by Arrow.
    """
    keys = list(map(id, values))
    distinct = dict(zip(keys, values, strict=True))
    distinct.pop(id(None), None)
    fields = list(_struct(form))
    arrays = [
        pa.array(_members(distinct.values(), get, field.type), field.type)
        for field, get in zip(fields, form.members.values(), strict=True)
    ]
    structs = pa.StructArray.from_arrays(arrays, fields=fields)
    if len(distinct) == len(values):
        return structs
    places = dict(zip(distinct, range(len(distinct)), strict=True))
    return structs.take(pa.array(list(map(places.get, keys)), pa.int32()))


def _members(
    values: Iterable[object], get: Callable[[Any], object], kind: pa.DataType
) -> list[object]:
    """Return a member of each value; a count that is too large for the type is null."""
    found: list[Any] = list(map(get, values))
    if kind != _TYPES[int]:
        return found
    return [count if count is not None and count <= _MOST_COUNT else None for count in found]
