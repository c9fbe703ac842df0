"""The columns of records, and how they are made: what each is called, its type, what gives it.

The rows are those whose form stands in `litrecord.arrow`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

import pyarrow as pa

from litrecord._characters import clean
from litrecord._reading.decoding import Source
from litrecord._reading.many import Result
from litrecord._reading.options import CheckedOptions
from litrecord._reading.parsing import read_fields
from litrecord._values.identifier import Identifier
from litrecord._values.indicators import Indicator, IndicatorTable
from litrecord._values.widget import ScriptWidget
from litrecord.diagnostics import Diagnostic
from litrecord.errors import LitrecordError
from litrecord.model import Record
from litrecord.serializers.json import IDENTIFIER, INDICATOR, WIDGET, Form

_Columns = dict[str, tuple[pa.DataType, Callable[[Any], object]]]
"""The fields of a struct: the type of each, and what gives it."""

_MOST_COUNT = 2**63 - 1


def _count(row: Indicator) -> int | None:
    count = row.count
    return count if count is not None and count <= _MOST_COUNT else None


_TEXT = pa.string()


def _texts(form: Form) -> _Columns:
    """Return the members of an object of JSON as columns of text."""
    return {name: (_TEXT, get) for name, get in form.members.items()}


_WIDGET = _texts(WIDGET)
_IDENTIFIER = _texts(IDENTIFIER) | {"valid": (pa.bool_(), attrgetter("is_valid"))}
_INDICATOR = _texts(INDICATOR) | {"count": (pa.int64(), _count)}
_DIAGNOSTIC: _Columns = {
    "code": (_TEXT, attrgetter("code")),
    "severity": (_TEXT, attrgetter("severity.value")),
    "message": (_TEXT, lambda found: clean(found.message)),
    "start": (pa.int64(), attrgetter("span.start")),
    "end": (pa.int64(), attrgetter("span.end")),
    "excerpt": (_TEXT, attrgetter("excerpt")),  # what it shows is printable
}


def _struct(columns: _Columns) -> pa.StructType:
    return pa.struct([pa.field(name, kind) for name, (kind, _) in columns.items()])


RECORD = [
    pa.field("title", _TEXT),
    pa.field("authors", pa.list_(_TEXT)),
    pa.field("widget", _struct(_WIDGET)),
    pa.field("identifiers", pa.list_(_struct(_IDENTIFIER))),
    pa.field("abstract", _TEXT),
    pa.field("keywords", pa.list_(_TEXT)),
    pa.field("indicators", pa.list_(_struct(_INDICATOR))),
]
"""The columns of a record."""
_FIELDS = [field.name for field in RECORD]
_NO_ROWS = IndicatorTable()
SCHEMA = pa.schema(
    [*RECORD, pa.field("diagnostics", pa.list_(_struct(_DIAGNOSTIC))), pa.field("error", _TEXT)]
)
"""The columns of a page that was read."""


class Rows:
    """The columns of `SCHEMA` in the making: of a page only its values are kept.

    Records are let go, since a batch of them takes the garbage collector's time, and more of the
    processor's memory than their values do.
    """

    def __init__(self) -> None:
        self._titles: list[str | None] = []
        self._authors: list[tuple[str, ...] | None] = []
        self._widgets: list[ScriptWidget | None] = []
        self._identifiers: list[tuple[Identifier, ...] | None] = []
        self._abstracts: list[str | None] = []
        self._keywords: list[tuple[str, ...] | None] = []
        self._indicators: list[tuple[Indicator, ...] | None] = []
        self._diagnostics: list[tuple[Diagnostic, ...] | None] = []
        self._errors: list[str | None] = []

    def read(self, page: Source, url: str | None, options: CheckedOptions) -> None:
        """Read a page, and add its values, or why it is refused."""
        try:
            fields, said = read_fields(page, url, options)
        except LitrecordError as error:
            self.add_refused(str(error), error.diagnostics)
        else:
            self._add(fields, said)

    def add(self, result: Result) -> None:
        """Add what became of a page."""
        if result.record is None:
            self.add_refused(str(result.error), result.diagnostics)
        else:
            self.add_record(result.record, result.diagnostics)

    def add_record(self, record: Record, said: tuple[Diagnostic, ...] = ()) -> None:
        """Add a record, and what is said of its page."""
        self._add({name: getattr(record, name) for name in _FIELDS}, said)

    def _add(self, fields: Mapping[str, Any], said: tuple[Diagnostic, ...]) -> None:
        get = fields.get
        self._titles.append(get("title"))
        self._authors.append(get("authors", ()))
        self._widgets.append(get("widget"))
        self._identifiers.append(get("identifiers", ()))
        self._abstracts.append(get("abstract"))
        self._keywords.append(get("keywords", ()))
        self._indicators.append(get("indicators", _NO_ROWS).rows)
        self._diagnostics.append(said)
        self._errors.append(None)

    def add_refused(self, error: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        """Add why a page was refused."""
        values: list[Any] = [self._titles, self._authors, self._widgets, self._identifiers]
        for column in (*values, self._abstracts, self._keywords, self._indicators):
            column.append(None)
        self._diagnostics.append(diagnostics)
        self._errors.append(clean(error))

    def batch(self) -> pa.RecordBatch:
        """Return the rows."""
        return pa.RecordBatch.from_arrays(self.arrays(), schema=SCHEMA)

    def arrays(self) -> list[pa.Array]:
        """Return the columns."""
        return [
            pa.array(self._titles, _TEXT),
            pa.array(self._authors, pa.list_(_TEXT)),
            _structs(_WIDGET, self._widgets),
            _lists(_IDENTIFIER, self._identifiers),
            pa.array(self._abstracts, _TEXT),
            pa.array(self._keywords, pa.list_(_TEXT)),
            _lists(_INDICATOR, self._indicators),
            _lists(_DIAGNOSTIC, self._diagnostics),
            pa.array(self._errors, _TEXT),
        ]


def _lists(columns: _Columns, values: list[Any]) -> pa.ListArray:
    """Return a list of structs of each tuple; None is null."""
    lengths = [len(found) if found else 0 for found in values]
    offsets: list[int | None] = list(accumulate(lengths, initial=0))
    if None in values:
        for at, found in enumerate(values):
            offsets[at] = None if found is None else offsets[at]
    structs = _structs(columns, list(chain.from_iterable(filter(None, values))))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), structs)


def _structs(columns: _Columns, values: Sequence[object | None]) -> pa.StructArray:
    """Return a struct of each value; None is null.

    Rows and widgets that pages repeat are one object: each is written once, and copied by Arrow.
    """
    keys = list(map(id, values))
    distinct = dict(zip(keys, values, strict=True))
    distinct.pop(id(None), None)
    arrays = [pa.array(list(map(get, distinct.values())), kind) for kind, get in columns.values()]
    structs = pa.StructArray.from_arrays(arrays, fields=list(_struct(columns)))
    if len(distinct) == len(values):
        return structs
    places = dict(zip(distinct, range(len(distinct)), strict=True))
    return structs.take(pa.array(list(map(places.get, keys)), pa.int32()))
