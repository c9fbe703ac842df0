"""Damaged and foreign values: every public function answers, or raises an error of litrecord.

The functions are taken from the public modules, so a new one is tried too. What a function calls
(the sources of a caller) may raise its own exceptions, which pass.
"""

import contextlib
import copy
import encodings
import inspect
import io
import itertools
import json
import math
import pathlib
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import InvalidValueError, LitrecordError, Record, arrow, files, report
from litrecord._reading.wrapped.page_bytes import ResponseBody
from support import stored
from support.strategies import SEED

MODULES = (litrecord, arrow, files, report)
RECORD = litrecord.parse_record(SEED)
TABLE = arrow.records_to_table([RECORD])
DOCUMENT = litrecord.parse_document("pmid: 7\nOld maps err.\n| views | 2 |\n| impulse | x")


class Odd:
    """An object that is nothing of all, and cannot be hashed."""

    __hash__ = None  # type: ignore[assignment]


class Bytes(bytes):
    """Bytes of another class."""


def generated() -> Iterator[str]:
    yield "pmid: 7"


# Each is made anew, since streams and generators are used up.
ODD: list[Callable[[], Any]] = [
    Odd, object, generated, dict, list, set, lambda: Odd, lambda: Record, lambda: Ellipsis,
    lambda: slice(None), lambda: RECORD, lambda: RECORD.indicators, lambda: DOCUMENT,
    lambda: TABLE, lambda: TABLE.schema, lambda: TABLE.to_batches()[0], lambda: TABLE.column(0),
    lambda: pa.table({"text": ["pmid: 7", None]}), lambda: pa.scalar(5),
    lambda: pathlib.Path("a\0b.jsonl"), lambda: pathlib.Path("no/such.jsonl"),
    lambda: io.BytesIO(b"pmid: 7"), lambda: io.StringIO("\ud800"), lambda: memoryview(b"ab")[::2],
    lambda: bytearray(b"\xff"), lambda: Bytes(b"pmid: 7"), lambda: 10**5_000, lambda: -(2**70),
    lambda: math.nan, lambda: math.inf, lambda: 1j, lambda: print, lambda: "a\0b.parquet",
    lambda: "\ud800.jsonl", lambda: "1" * 5_000, lambda: "[" * 5_000, litrecord.Limits,
    lambda: litrecord.Span(5, 3), lambda: range(3), lambda: {"version": 1, "title": math.nan},
    lambda: litrecord.Severity.ERROR, lambda: litrecord.Identifier("pmid", "7"),
]  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    ["pmid: 7", "| views | 2 |", "no/such.jsonl", "\ud800", "\0", "{", '{"version": 1}']
)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.binary()
FOREIGN = (
    st.sampled_from(ODD).map(lambda make: make())
    | PLAIN
    | st.lists(PLAIN, max_size=3)
    | st.dictionaries(PLAIN.filter(lambda key: key == key), PLAIN, max_size=3)
)


def public_functions() -> dict[str, Callable[..., Any]]:
    """Return the public functions, and the classes that look at what they are made of."""
    found: dict[str, Callable[..., Any]] = {}
    for module in MODULES:
        for name in getattr(module, "__all__", ["report_html"]):
            value = getattr(module, name)
            if inspect.isfunction(value) or value in CHECKED:
                found[f"{module.__name__}.{name}"] = value
    return found


CHECKED = (
    litrecord.Identifier, litrecord.Indicator, litrecord.IndicatorTable, litrecord.Limits,
    litrecord.Record, litrecord.ScriptWidget,
)  # fmt: skip
METHODS: dict[str, Callable[..., Any]] = {
    "Identifier.parse": litrecord.Identifier.parse,
    "IndicatorTable.parse": litrecord.IndicatorTable.parse,
    "IndicatorTable.get": RECORD.indicators.get,
    "Record.identifiers_of": RECORD.identifiers_of,
    "Document.excerpt": DOCUMENT.excerpt,
    "Document.position": DOCUMENT.position,
    "Document.sections_of": DOCUMENT.sections_of,
    "Limits.error_of": lambda name: litrecord.Limits().error_of(name, 3),
}
FUNCTIONS = public_functions() | METHODS
OWN = {
    f"litrecord.files.write_{form}": [LitrecordError, OSError] for form in ("dataset", "parquet")
}
"""What is raised besides, as its docstring says."""
OPTIONS = ("markup", "encoding", "strict", "limits")


def call(function: Callable[..., Any], *arguments: Any, **options: Any) -> None:
    found = function(*arguments, **options)
    if isinstance(found, Iterator):
        list(itertools.islice(found, 9))


def parameters_of(function: Callable[..., Any]) -> tuple[list[str], list[str]]:
    """Return the parameters that must be given, and the options."""
    found = inspect.signature(function).parameters.values()
    needed = [each.name for each in found if each.default is each.empty]
    options = [each.name for each in found if each.default is not each.empty]
    if "options" in needed:
        needed.remove("options")
        options += OPTIONS
    return needed, options


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FUNCTIONS))
@given(data=st.data())
def test_a_function_takes_any_value_or_refuses_it(name: str, data: st.DataObject) -> None:
    function = FUNCTIONS[name]
    needed, options = parameters_of(function)
    given_options = data.draw(st.lists(st.sampled_from(options), unique=True)) if options else []
    values = {option: data.draw(FOREIGN) for option in [*needed, *given_options]}
    if "output" in values:
        values["output"] = data.draw(
            st.sampled_from([None, 5, b"x", "a\0b", "\ud800", "no/such/o"])
        )
    # The first ones have names of no use to callers.
    positional = [values.pop(each) for each in needed]
    with contextlib.suppress(*OWN.get(name, [LitrecordError])):
        call(function, *positional, **values)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_answers_each_odd_value(
    name: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    needed, _ = parameters_of(FUNCTIONS[name])
    for make in ODD:
        for at in range(len(needed)):
            values: list[Any] = ["pmid"] * len(needed)
            values[at] = make()
            with contextlib.suppress(*OWN.get(name, [LitrecordError])):
                call(FUNCTIONS[name], *values)


@pytest.mark.parametrize(
    ("call_it", "message"),
    [
        (lambda: RECORD.indicators.get(5), "name: expected a str, got int"),  # type: ignore[arg-type]
        (lambda: DOCUMENT.position(None), "span: expected a Span, got None"),  # type: ignore[arg-type]
        (
            lambda: litrecord.Limits().refuse("no", 1),
            "name: expected a limit, found 'no'",
        ),
        (
            lambda: files.iter_file("a\0.jsonl"),
            "path: expected a file name without NUL and lone surrogates, found 'a\\\\x00",
        ),
        (lambda: files.write_parquet([], "\ud800"), "output: expected a file name without NUL"),
        (lambda: arrow.schema_of(5), "source: expected a Schema, got int"),
        (lambda: arrow.results_to_batch([5]), r"results\[0\]: expected a Result, got int"),  # type: ignore[list-item]
        (lambda: arrow.table_to_records(5), "table: expected a Table or a RecordBatch, got int"),
    ],
)
def test_what_is_wrong_is_named(call_it: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidValueError, match=f"^{message}"):
        call_it()


def places_of(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of each value in what JSON holds."""
    yield place
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_of(item, (*place, key))


WRITTEN = json.loads(litrecord.to_json(RECORD))
PLACES = list(places_of(WRITTEN))


@pytest.mark.slow
@given(st.sampled_from(PLACES[1:]), FOREIGN, st.booleans())
def test_a_dict_with_a_foreign_value_is_a_record_or_refused(
    place: tuple[Any, ...], value: object, is_key: bool
) -> None:
    found = copy.deepcopy(WRITTEN)
    inner = found
    for key in place[:-1]:
        inner = inner[key]
    if is_key and isinstance(inner, dict):
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    with contextlib.suppress(LitrecordError):
        record = litrecord.from_dict(found)
        assert litrecord.from_json(litrecord.to_json(record)) == record


@pytest.mark.slow
@given(st.data())
def test_json_that_is_cut_or_spoilt_is_refused(data: st.DataObject) -> None:
    text = litrecord.to_json(RECORD)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spoilt = text[:start] + data.draw(TEXTS) + text[end:]
    for found in (spoilt, spoilt.encode("utf-8", "surrogatepass")):
        with contextlib.suppress(LitrecordError):
            assert isinstance(litrecord.from_json(found), Record)


def listed(values: pa.Array) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array([0, 1], pa.int32()), values)


ARRAYS = [
    pa.nulls(1), pa.nulls(1, pa.string()), pa.array([5]), pa.array([1.5]), pa.array([True]),
    pa.array(["a"]), pa.array(["a"], pa.large_string()), pa.array(["a"], pa.string_view()),
    pa.array(["a\0b"]), pa.array([""]), pa.array(["a"]).dictionary_encode(), pa.array([b"a"]),
    pa.array([5]).dictionary_encode(), stored.spoilt(), listed(stored.spoilt()),
    pa.array([2**62], pa.timestamp("s")), pa.array([1], pa.timestamp("ns")),
    pa.array([2**30], pa.date32()), pa.array([2**62], pa.duration("s")), pa.array([["a"]]),
    pa.array([[5]]), pa.array([[None]]), pa.array([["a"]], pa.large_list(pa.large_string())),
    pa.array([["a"]], pa.list_view(pa.string())), pa.array([["a"]], pa.list_(pa.string(), 1)),
    pa.array([[("a", "b")]], pa.map_(pa.string(), pa.string())),
    pa.array([{"markup": "<script>"}]), pa.array([{"markup": None}]), pa.array([{}], pa.struct([])),
    pa.array([[{"scheme": "pmid", "value": None}]]), pa.array([[{"scheme": 5, "value": "x"}]]),
    pa.array([[{"scheme": "pmid", "value": "7", "url": 2**62}]]),
    pa.array([[None, {"scheme": "a"}]]),
    pa.array([[{"label": "views", "printed": "2", "description": None}]]),
    pa.array([[{"label": "views", "printed": "2", "description": ""}, None]]),
    pa.array([[{"label": "views", "printed": "2", "description": "", "at": 1}]],
             pa.list_(pa.struct([("label", pa.string()), ("printed", pa.string()),
                                 ("description", pa.string()), ("at", pa.timestamp("ns"))]))),
    pa.StructArray.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["markup", "markup"]),
    pa.StructArray.from_arrays([stored.spoilt()], names=["markup"]),
    pa.StructArray.from_arrays(
        [pa.array(["<script>"]), pa.array([1]), pa.array([2])], names=["markup", "x", "x"]),
]  # fmt: skip


@pytest.mark.parametrize("name", TABLE.schema.names)
def test_a_table_with_a_foreign_column_is_records_or_refused_with_its_column(name: str) -> None:
    for array in ARRAYS:
        table = TABLE.set_column(TABLE.schema.names.index(name), name, array)
        for found in (table, table.to_batches()[0]):
            refusal = refusal_of(found)
            assert refusal is None or name in refusal or "row 0: is of a page" in refusal


def refusal_of(table: pa.Table) -> str | None:
    """Return why a table is refused; None if it is records, which are the same when written."""
    try:
        records = arrow.table_to_records(table)
    except InvalidValueError as error:
        return str(error)
    assert arrow.table_to_records(arrow.records_to_table(records)) == records
    return None


def test_a_table_is_read_whatever_its_lists_and_texts_are_stored_as() -> None:
    small = arrow.records_to_table([RECORD, Record()])
    nulls = pa.table({name: pa.nulls(2) for name in small.schema.names})
    assert arrow.table_to_records(nulls) == [Record(), Record()]
    for kind, lists in ((pa.large_string(), pa.large_list), (pa.string_view(), pa.list_view)):
        columns = {name: small.column(name) for name in small.schema.names}
        columns["title"] = pa.array(columns["title"].to_pylist(), kind)
        columns["keywords"] = pa.array(columns["keywords"].to_pylist(), lists(kind))
        assert arrow.table_to_records(pa.table(columns)) == [RECORD, Record()]
    chunked = pa.concat_tables([small.slice(0, 1), small.slice(1)])
    assert arrow.table_to_records(chunked) == [RECORD, Record()]


def test_a_row_that_cannot_be_read_is_named_with_its_column() -> None:
    good = arrow.records_to_table([Record(title="x")] * 2)
    at = good.schema.names.index("title")
    titles = pa.chunked_array([pa.array(["a"]), stored.spoilt()])
    with pytest.raises(InvalidValueError, match=r"^row 1: column title: .*UTF8"):
        arrow.table_to_records(good.set_column(at, "title", titles))
    with pytest.raises(
        InvalidValueError, match=r"^expected exactly one column named title, found 2"
    ):
        arrow.table_to_records(good.append_column("title", titles))


def test_a_column_name_that_is_no_text_is_refused() -> None:
    table = stored.with_spoilt_name()
    with pytest.raises(InvalidValueError, match="utf-8"):
        arrow.parse_batch(table)
    message = "the name of a column is not UTF-8: rename it"
    with pytest.raises(InvalidValueError, match=message):
        arrow.table_to_records(table)
    with pytest.raises(InvalidValueError, match=message):
        arrow.schema_of(table.schema)


class OwnError(Exception):
    """An exception of the caller."""


def raising() -> Iterator[str]:
    yield "pmid: 7"
    raise OwnError


class RaisingStream(io.BytesIO):
    def read(self, _: int | None = -1, /) -> bytes:
        raise OwnError


def test_what_a_caller_raises_passes() -> None:
    for function in (litrecord.iter_records, litrecord.iter_results):
        with pytest.raises(OwnError):
            list(function(raising()))
    with pytest.raises(OwnError):
        arrow.records_to_table(litrecord.iter_records(raising()))
    with pytest.raises(OwnError):
        litrecord.parse_record(RaisingStream())
    with pytest.raises(OwnError):
        Record(keywords=raising())


def test_an_unknown_charset_is_not_kept() -> None:
    page = '<meta charset="{}"><p>caf\xe9</p>'
    for at in range(50):
        label = f"nobody-knows-{at}"
        litrecord.parse_record(page.format(label).encode("latin-1"))
        litrecord.parse_record(ResponseBody(b"caf\xe9", label))
    assert not [name for name in vars(encodings)["_cache"] if "nobody" in name]
