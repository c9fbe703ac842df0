"""Columns hold what the loop gives, a row a page, and other tools read them."""

import importlib
import struct
import sys
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import Identifier, Indicator, InvalidValueError, Record, arrow
from support.strategies import PAGES, SEED, any_text, records

TABLE = pa.table({"id": pa.array(range(len(PAGES)), pa.int16()), "text": PAGES})


def test_rows_are_those_of_the_loop_in_order_beside_the_columns_of_the_source() -> None:
    table = arrow.parse_batch(TABLE)
    assert arrow.table_to_records(table) == [litrecord.parse_record(page) for page in PAGES]
    assert table.column("id").to_pylist() == list(range(len(PAGES)))
    assert table.schema == arrow.schema_of(TABLE.schema)
    assert table.column("error").null_count == len(PAGES)


def test_a_row_has_the_names_and_values_of_json_and_the_diagnostics() -> None:
    text = SEED.replace("70", "1K") + "\nprose"
    (row,) = arrow.parse_batch(pa.table({"text": [text]})).to_pylist()
    document = litrecord.parse_document(text)
    known = litrecord.to_dict(document.record)
    del known["version"]
    known["instances"] = []
    (found,) = document.diagnostics
    assert row == known | {
        "error": None,
        "diagnostics": [
            {
                "code": "unknown-text",
                "severity": "error",
                "message": found.message,
                "start": found.span.start,
                "end": found.span.end,
                "excerpt": found.excerpt,
            }
        ],
    }


@given(st.lists(records, max_size=4))
def test_any_records_come_back(given: list[Record]) -> None:
    table = arrow.records_to_table(given)
    assert table.schema == arrow.SCHEMA
    assert arrow.table_to_records(table) == given


@given(st.lists(st.none() | any_text | st.binary(max_size=50), max_size=4))
def test_any_pages_are_rows_of_records_or_of_errors(pages: list[Any]) -> None:
    pages = [page.encode("utf-8", "replace") if isinstance(page, str) else page for page in pages]
    rows = arrow.parse_batch(pa.record_batch({"text": pa.array(pages, pa.binary())})).to_pylist()
    of_loop = arrow.results_to_batch(litrecord.iter_results(pages)).to_pylist()
    for row, page in zip(of_loop, pages, strict=True):
        row["error"] = (
            "expected a page, found null in column 'text'" if page is None else row["error"]
        )
    assert rows == of_loop


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(),
        pa.dictionary(pa.int32(), pa.string()), pa.null(),
    ],
    ids=str,
)  # fmt: skip
def test_a_column_of_any_text_or_bytes_is_read(kind: pa.DataType) -> None:
    texts = [None] if kind == pa.null() else [SEED, None, SEED]
    pages = pa.array(texts).cast(kind) if kind != pa.null() else pa.array(texts)
    rows = arrow.parse_batch(pa.table({"text": pages})).to_pylist()
    expected = [text and litrecord.parse_record(SEED).abstract for text in texts]
    assert [row["abstract"] for row in rows] == expected
    assert rows[-1]["error"] == (
        None if texts[-1] else "expected a page, found null in column 'text'"
    )


def test_text_that_is_no_utf_8_is_read_as_bytes_are() -> None:
    broken = pa.array([b"caf\xe9\n| views | 2 |", b"pmid: 7\n"], pa.binary()).view(pa.string())
    rows = arrow.parse_batch(pa.table({"text": broken})).to_pylist()
    assert rows[0]["abstract"] == "café"
    assert [found["code"] for found in rows[0]["diagnostics"]] == ["guessed-encoding"]
    assert rows[1]["identifiers"][0]["value"] == "7"


def test_a_page_is_read_as_it_is_alone_beside_one_that_is_no_utf_8() -> None:
    texts = [b"caf\xe9", "café".encode(), None, b"", b"a\0b\0c\0d\0" * 9]
    pages = pa.table({"text": pa.array(texts, pa.binary()).view(pa.string())})
    rows = arrow.parse_batch(pages, encoding="cp437").to_pylist()
    alone = arrow.parse_batch(pages.slice(1), encoding="cp437").to_pylist()
    assert [row["abstract"] for row in rows[:3]] == ["cafΘ", "café", None]
    assert rows[1:] == alone
    assert arrow.parse_batch(pages).to_pylist()[1:] == arrow.parse_batch(pages[1:]).to_pylist()


def test_an_address_that_is_no_utf_8_refuses_its_page_alone() -> None:
    url = b"https://explore.openaire.eu/search/result?pid=21496615"
    urls = pa.array([url + b"\xe9", url, None, b""], pa.binary()).view(pa.string())
    table = arrow.parse_batch(pa.table({"text": ["Maps."] * 4, "url": urls}), url_column="url")
    errors = table.column("error").to_pylist()
    assert errors == ["url: expected a str or None, got bytes", None, None, None]
    rows = table.column("identifiers").to_pylist()
    assert [row and [found["value"] for found in row] for row in rows] == [
        None, ["21496615"], [], [],
    ]  # fmt: skip


def test_an_address_that_many_pages_share_may_be_of_a_dictionary() -> None:
    url = "https://explore.openaire.eu/search/result?pid=21496615"
    urls = pa.array([url, None, url]).dictionary_encode()
    table = arrow.parse_batch(pa.table({"text": ["Maps."] * 3, "url": urls}), url_column="url")
    assert [found.pmid for found in arrow.table_to_records(table)] == ["21496615", None, "21496615"]
    assert table.column("url").type == urls.type


def test_the_address_of_a_page_adds_what_it_names_and_stays_a_column() -> None:
    url = "https://explore.openaire.eu/search/result?pid=21496615"
    pages = pa.table({"url": [url, None], "page": ["Old maps err.", "Old maps err."]})
    table = arrow.parse_batch(pages, "page", "url")
    assert table.column("url").to_pylist() == [url, None]
    assert [found.pmid for found in arrow.table_to_records(table)] == ["21496615", None]


def test_a_page_that_is_refused_is_a_row_that_says_why() -> None:
    pages = pa.table({"text": ["x" * 11, "pmid: 7", None]})
    rows = arrow.parse_batch(pages, limits=litrecord.Limits(characters=10)).to_pylist()
    assert rows[0]["error"].startswith("11 characters, but limits.characters is 10")
    assert {name: rows[0][name] for name in arrow.SCHEMA.names if name != "error"} == {
        **dict.fromkeys(arrow.SCHEMA.names[:-2]),
        "diagnostics": [],
    }
    assert (rows[1]["error"], rows[1]["identifiers"][0]["value"]) == (None, "7")


def test_strict_markup_and_encoding_reach_every_page() -> None:
    pages = pa.table(
        {"text": pa.array([b"| views | 2", b"<p>caf\xe9</p>\n| views | 2 |"], pa.binary())}
    )
    rows = arrow.parse_batch(pages, strict=True, markup="text", encoding="latin-1").to_pylist()
    assert rows[0]["error"].startswith("1 error in the text\nerror[cut-row]")
    assert [found["code"] for found in rows[0]["diagnostics"]] == ["cut-row"]
    assert rows[1]["abstract"] == "\ncafé\n".strip()


def test_no_batches_and_no_rows_are_a_table_of_the_same_columns() -> None:
    for empty in (TABLE.slice(0, 0), TABLE.schema.empty_table()):
        table = arrow.parse_batch(empty)
        assert (table.num_rows, table.schema) == (0, arrow.schema_of(TABLE.schema))
    assert arrow.records_to_table([]).num_rows == 0


class Foreign:
    """A table of a package that this one does not know."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


class ForeignArray:
    """A batch of such a package."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self._batch = batch

    def __arrow_c_array__(self, requested_schema: object | None = None) -> object:
        return self._batch.__arrow_c_array__(requested_schema)


def test_a_table_of_any_package_is_read() -> None:
    expected = arrow.parse_batch(TABLE)
    chunked = pa.concat_tables([TABLE.slice(0, 2), TABLE.slice(2)])
    for table in (Foreign(TABLE), Foreign(chunked), TABLE.to_reader(max_chunksize=3)):
        assert arrow.parse_batch(table).equals(expected)
    (batch,) = TABLE.combine_chunks().to_batches()
    for one in (ForeignArray(batch), batch.to_struct_array()):
        read = arrow.parse_batch(one)
        assert isinstance(read, pa.RecordBatch)
        assert pa.Table.from_batches([read]).equals(expected)
    with pytest.raises(
        InvalidValueError, match="column: expected exactly one column named 'page'; found id, text"
    ):
        arrow.parse_batch(Foreign(TABLE), "page")


def test_a_data_frame_keeps_its_index_and_other_metadata() -> None:
    frame = pd.DataFrame({"text": ["pmid: 7", None], "year": [1999, 2001]}, index=["b", "a"])
    for table in (frame, pa.Table.from_pandas(frame)):
        read = arrow.parse_batch(table).to_pandas()
        assert (read.index.tolist(), read["year"].tolist()) == (["b", "a"], [1999, 2001])
        assert read["error"].isna().tolist() == [True, False]
    noted = TABLE.replace_schema_metadata({"crawl": "of May"})
    for some in (noted, noted.combine_chunks().to_batches()[0], noted.slice(0, 0), Foreign(noted)):
        assert arrow.parse_batch(some).schema.metadata == {b"crawl": b"of May"}
    assert arrow.schema_of(noted.schema).metadata == {b"crawl": b"of May"}


def broken() -> Iterator[pa.RecordBatch]:
    yield pa.record_batch({"text": ["pmid: 7"]})
    raise RuntimeError("the line is down")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pa.chunked_array([["a"]]), "this ChunkedArray cannot be read as a table: .*non-struct"),
        (pa.array(["a"]), "this StringArray cannot be read as a table: .*non-struct"),
        (pa.array([{"text": "a"}, None]), "this StructArray cannot be read as a table: .*null"),
        # A Series of pandas before 3 has no such interface.
        (pd.Series(["a"]), "(?:this Series cannot be read as a table: |expected a RecordBatch)"),
        (pd.DataFrame({"text": ["a", 1]}), "this DataFrame cannot be read as a table: "),
        (Foreign, "this type cannot be read as a table: "),
        (
            pa.RecordBatchReader.from_batches(pa.schema({"text": pa.string()}), broken()),
            "this RecordBatchReader cannot be read as a table: the line is down",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_the_interface_and_is_no_table_is_refused(table: Any, message: str) -> None:
    with pytest.raises(InvalidValueError, match=f"^batch: {message}"):
        arrow.parse_batch(table)


def test_large_pages_are_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litrecord.arrow._PART_BYTES", 3_000)
    table = arrow.parse_batch(TABLE)
    assert table.column("title").num_chunks > TABLE.column("text").num_chunks
    assert arrow.table_to_records(table) == list(map(litrecord.parse_record, PAGES))
    (batch,) = TABLE.combine_chunks().to_batches()
    assert arrow.parse_batch(batch) == table.combine_chunks().to_batches()[0]
    assert arrow.parse_batch(batch.slice(0, 0)).num_rows == 0
    known = list(map(litrecord.parse_record, PAGES))
    assert arrow.table_to_records(arrow.records_to_table(known)) == known
    assert arrow.records_to_table(known).column("title").num_chunks > 1


def test_records_that_no_batch_can_hold_are_refused_with_advice() -> None:
    size = 1_200_000_000  # of memory that is never touched
    ends = pa.py_buffer(struct.pack("=ii", 0, size))
    column = pa.StringArray.from_buffers(1, ends, pa.py_buffer(bytes(size)))
    part = pa.record_batch({"abstract": column})
    with pytest.raises(InvalidValueError, match="its records take over 2 GiB: pass it as a Table"):
        arrow._one_batch(pa.Table.from_batches([part, part]))


def test_a_large_page_that_many_rows_share_is_not_copied_for_each() -> None:
    places = pa.array([0] * 120, pa.int32())  # as text of its own, each, over 2 GiB
    pages = pa.DictionaryArray.from_arrays(places, pa.array(["x" * 20_000_000]))
    read = arrow.parse_batch(pa.table({"text": pages}), limits=litrecord.Limits(characters=9))
    assert read.column("error").null_count == 0


def test_a_count_that_no_column_holds_is_null_and_still_printed() -> None:
    record = Record(indicators=[Indicator("citations", "9" * 30)])
    table = arrow.records_to_table([record])
    assert table.to_pylist()[0]["indicators"][0]["count"] is None
    assert arrow.table_to_records(table) == [record]


@pytest.mark.parametrize(
    ("table", "names", "message"),
    [
        ({"page": ["a"]}, (), "column: expected exactly one column named 'text'; found page"),
        ({"text": [1]}, (), "column: 'text' holds int64: expected text or binary"),
        (
            {"text": ["a"], "title": ["b"]},
            (),
            "column 'title': a column of the record has that name",
        ),
        (
            {"text": ["a"]},
            ("text", "url"),
            "url_column: expected exactly one column named 'url'; found text",
        ),
        ({"text": ["a"], "url": [1]}, ("text", "url"), "url_column: 'url' holds int64: expected"),
    ],
)
def test_columns_that_cannot_be_read_are_refused_before_any_page(
    table: dict[str, list[Any]], names: tuple[str, ...], message: str
) -> None:
    pages = pa.table(table)
    for batch in (pages, pages.to_batches()[0], pages.schema.empty_table()):
        with pytest.raises(InvalidValueError, match=message):
            arrow.parse_batch(batch, *names)


def test_what_is_no_batch_is_refused() -> None:
    with pytest.raises(
        InvalidValueError, match=r"^batch: expected a RecordBatch, a Tab.*, got list$"
    ):
        arrow.parse_batch([SEED])
    with pytest.raises(InvalidValueError, match="record: expected a Record, got str"):
        arrow.records_to_table([SEED])  # type: ignore[list-item]


GOOD = arrow.records_to_table([Record(identifiers=[Identifier("pmid", "7")])])


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (GOOD.drop_columns(["title", "widget"]), "table: has no column title, widget"),
        (
            GOOD.set_column(5, "keywords", pa.array([["a\nb"]])),
            r"row 0: keywords\[0\]: 'a\\nb' holds a line end: give one line",
        ),
        (
            arrow.parse_batch(pa.table({"text": ["pmid: 7", None]})),
            "row 1: this page was refused: leave out rows that have an error: expected a page, "
            "found null in column 'text'",
        ),
        (
            GOOD.set_column(3, "identifiers", pa.array([[{"scheme": "pmid"}]])),
            "column identifiers holds 'list<item: struct<scheme: string>>': expected 'list<item",
        ),
        (
            GOOD.set_column(3, "identifiers", pa.array([7])),
            "column identifiers holds 'int64': expected 'list<item: struct<scheme: string",
        ),
    ],
)
def test_a_table_that_holds_no_records_is_refused(table: pa.Table, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        arrow.table_to_records(table)


def test_a_table_without_diagnostics_and_errors_holds_records() -> None:
    table = GOOD.drop_columns(["diagnostics", "error"])
    assert arrow.table_to_records(table)[0].pmid == "7"


def test_parquet_and_data_frames_keep_the_columns(tmp_path: Any) -> None:
    table = arrow.parse_batch(TABLE)
    path = tmp_path / "records.parquet"
    pq.write_table(table, path)
    expected = [litrecord.parse_record(page) for page in PAGES]
    assert arrow.table_to_records(pq.read_table(path)) == expected
    counted = sum(len(record.keywords) for record in expected)
    assert pd.read_parquet(path)["keywords"].map(len).sum() == counted


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "litrecord.arrow")
    said = r"^litrecord\.arrow needs the package pyarrow: pip install 'litrecord\[arrow\]', or"
    with pytest.raises(ModuleNotFoundError, match=said):
        importlib.import_module("litrecord.arrow")
