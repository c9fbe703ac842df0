"""Spark's rows are those of the loop, and what cannot be read is refused before a task runs."""

from __future__ import annotations

import os
import pathlib
import signal
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engines.conftest import Expected, require_same
from engines.pages import LIMITS, SCHEMA
from litrecord import DecodeError, InvalidValueError, arrow
from litrecord import spark as on_spark


def test_rows_are_those_of_the_loop(
    spark: Any, pages: pathlib.Path, expected: list[Expected], tmp_path: pathlib.Path
) -> None:
    df = spark.read.parquet(str(pages))
    on_spark.parse(df, url_column="url", limits=LIMITS).write.parquet(str(tmp_path / "records"))
    require_same(tmp_path / "records", pages, expected)


def test_the_columns_of_the_source_keep_their_types_and_those_of_the_record_are_arrows(
    spark: Any, pages: pathlib.Path
) -> None:
    df = spark.read.parquet(str(pages))
    kinds = dict(on_spark.parse(df).dtypes)
    assert kinds.items() >= {name: kind for name, kind in df.dtypes if name != "text"}.items()
    assert list(kinds)[-len(arrow.SCHEMA) :] == arrow.SCHEMA.names
    assert kinds["keywords"] == "array<string>"
    assert kinds["widget"] == "struct<markup:string,source_url:string>"


def test_null_pages_and_empty_ones_are_rows(spark: Any) -> None:
    df = spark.createDataFrame([(1, None), (2, ""), (3, "pmid: 7\n")], "id int, text string")
    rows = on_spark.parse(df).orderBy("id").collect()
    assert [row.error for row in rows] == [
        "expected a page, found null in column 'text'",
        None,
        None,
    ]
    assert [row.title for row in rows] == [None, None, None]
    assert [[found.code for found in row.diagnostics] for row in rows] == [
        [],
        ["no-record"],
        ["no-row"],
    ]
    assert rows[2].identifiers[0].value == "7"


def test_a_column_of_nothing_but_null_is_read(spark: Any) -> None:
    df = spark.sql("select null as text, null as url from range(3)")
    assert on_spark.parse(df, url_column="url").where("error is not null").count() == 3


def test_bytes_and_text_that_is_no_utf_8_are_read(spark: Any) -> None:
    df = spark.createDataFrame([(b"caf\xe9",), (b"\x1f\x8bno gzip",)], "page binary")
    rows = on_spark.parse(df, "page").collect()
    assert rows[0].abstract == "café"
    assert rows[1].error.startswith("cannot decompress the gzip data")
    df = spark.sql("select cast(X'636166e9' as string) as text")
    assert on_spark.parse(df).collect()[0].abstract == "café"


def test_what_parse_record_takes_reaches_the_workers(spark: Any) -> None:
    df = spark.createDataFrame(
        [(b"| views | 2",), (b"<p>caf\xe9</p>\n| views | 2 |",)], "text binary"
    )
    rows = on_spark.parse(df, strict=True, markup="text", encoding="cp437").collect()
    assert rows[0].error.startswith("1 error in the text")
    assert rows[0].diagnostics[0].code == "cut-row"
    assert rows[1].abstract.strip() == "cafΘ"


def test_what_has_no_rows_gives_a_file_of_no_rows(spark: Any, tmp_path: pathlib.Path) -> None:
    pq.write_table(SCHEMA.empty_table(), tmp_path / "pages.parquet")
    df = on_spark.parse(spark.read.parquet(str(tmp_path / "pages.parquet")))
    assert df.count() == 0
    df.write.parquet(str(tmp_path / "records"))
    assert spark.read.parquet(str(tmp_path / "records")).columns == df.columns
    empty = pq.read_table(tmp_path / "records")
    assert arrow.table_to_records(empty) == []


def test_partitions_without_rows_are_read(spark: Any) -> None:
    df = spark.createDataFrame([("pmid: 7\n",)], "text string").repartition(4)
    assert on_spark.parse(df).count() == 1


def test_batches_of_large_text_are_read(spark: Any) -> None:
    spark.conf.set("spark.sql.execution.arrow.useLargeVarTypes", "true")
    try:
        df = spark.createDataFrame([(1, "x", "pmid: 7\n")], "id int, own string, text string")
        (row,) = on_spark.parse(df).collect()
    finally:
        spark.conf.unset("spark.sql.execution.arrow.useLargeVarTypes")
    assert (row.own, row.identifiers[0].value) == ("x", "7")


def test_a_worker_that_is_killed_loses_no_row(spark: Any, tmp_path: pathlib.Path) -> None:
    killed = str(tmp_path / "killed")

    def kill_once(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if not os.path.exists(killed):
                open(killed, "x").close()
                os.kill(os.getpid(), signal.SIGKILL)
            yield batch

    df = spark.createDataFrame([("pmid: 7\n",)] * 10, "text string").repartition(2)
    records = on_spark.parse(df)
    rows = records.mapInArrow(kill_once, records.schema).collect()
    assert [row.identifiers[0].value for row in rows] == ["7"] * 10
    assert os.path.exists(killed)


@pytest.mark.parametrize(
    ("columns", "names", "message"),
    [
        ("page string", (), "column: expected exactly one column named 'text'; found page"),
        ("Text string", (), "column: expected exactly one column named 'text'; found Text"),
        ("text int", (), "column: 'text' holds int: expected text or binary"),
        ("text timestamp", (), "column: 'text' holds timestamp: expected text or binary"),
        ("text array<string>", (), "column: 'text' holds array<string>: expected text or binary"),
        ("text string, title string", (), "column 'title': a column of the record has that name"),
        (
            "text string",
            ("text", "url"),
            "url_column: expected exactly one column named 'url'; found text",
        ),
        ("text string, url binary", ("text", "url"), "url_column: 'url' holds binary: expected t"),
    ],
)
def test_columns_that_cannot_be_read_are_refused_at_the_call(
    spark: Any, columns: str, names: tuple[str, ...], message: str
) -> None:
    with pytest.raises(InvalidValueError, match=message) as caught:
        on_spark.parse(spark.createDataFrame([], columns), *names)
    named = message.partition(": ")[0]
    assert caught.value.path == (named if named in ("column", "url_column") else "")


def test_a_name_that_two_columns_have_is_refused(spark: Any) -> None:
    df = spark.sql("select 'a' as text, 'b' as text")
    with pytest.raises(
        InvalidValueError,
        match="column: expected exactly one column named 'text'; found text, text",
    ):
        on_spark.parse(df)


def test_options_that_read_no_page_are_refused_at_the_call(spark: Any) -> None:
    df = spark.createDataFrame([("a",)], "text string")
    with pytest.raises(InvalidValueError, match="markup: expected one of auto, html, text"):
        on_spark.parse(df, markup="xml")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="limits: expected Limits, got int"):
        on_spark.parse(df, limits=7)  # type: ignore[arg-type]
    with pytest.raises(DecodeError, match="expected a text encoding, found 'utf-9'"):
        on_spark.parse(df, encoding="utf-9")


def test_nothing_is_read_before_it_is_asked_for(spark: Any) -> None:
    df = spark.sql("select raise_error('read') as text")
    on_spark.parse(df)


def test_a_page_is_a_row_of_text_as_arrow_has_it(spark: Any, tmp_path: pathlib.Path) -> None:
    df = spark.createDataFrame([("pmid: 7\n",)], "text string")
    on_spark.parse(df).write.parquet(str(tmp_path / "records"))
    table = pq.read_table(tmp_path / "records")
    assert isinstance(table, pa.Table)
    assert [record.pmid for record in arrow.table_to_records(table)] == ["7"]
