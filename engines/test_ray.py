"""Ray's rows are those of the loop, and what cannot be read is refused before a task runs."""

from __future__ import annotations

import os
import pathlib
import signal
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engines.conftest import Expected, require_same
from engines.pages import LIMITS, SCHEMA
from litrecord import DecodeError, InvalidValueError, arrow
from litrecord import ray as on_ray


def test_rows_are_those_of_the_loop(
    ray: Any, pages: pathlib.Path, expected: list[Expected], tmp_path: pathlib.Path
) -> None:
    dataset = ray.data.read_parquet(str(pages))
    records = on_ray.parse(dataset, url_column="url", limits=LIMITS)
    records.write_parquet(str(tmp_path / "records"))
    require_same(tmp_path / "records", pages, expected)


def test_the_columns_of_the_source_keep_their_types_and_those_of_the_record_are_arrows(
    ray: Any, pages: pathlib.Path
) -> None:
    schema = on_ray.parse(ray.data.read_parquet(str(pages)).limit(10)).schema().base_schema
    assert schema.equals(arrow.schema_of(SCHEMA))


def test_null_pages_and_empty_ones_are_rows(ray: Any) -> None:
    table = pa.table({"id": [1, 2, 3], "text": [None, "", "pmid: 7\n"]})
    rows = on_ray.parse(ray.data.from_arrow(table)).take_all()
    assert [row["id"] for row in rows] == [1, 2, 3]
    assert [row["error"] for row in rows] == [
        "expected a page, found null in column 'text'",
        None,
        None,
    ]
    codes = [[found["code"] for found in row["diagnostics"]] for row in rows]
    assert codes == [[], ["no-record"], ["no-row"]]
    assert rows[2]["identifiers"][0]["value"] == "7"


def test_a_column_of_nothing_but_null_is_read(ray: Any) -> None:
    table = pa.table({"text": [None, None], "url": [None, None]})
    rows = on_ray.parse(ray.data.from_arrow(table), url_column="url").take_all()
    assert all(row["error"] for row in rows)


def test_bytes_and_data_frames_are_read(ray: Any) -> None:
    table = pa.table({"page": pa.array([b"caf\xe9", b"\x1f\x8bno gzip"], pa.binary())})
    rows = on_ray.parse(ray.data.from_arrow(table), "page").take_all()
    assert rows[0]["abstract"] == "café"
    assert rows[1]["error"].startswith("cannot decompress the gzip data")
    frame = pd.DataFrame({"text": ["pmid: 7\n", None]})
    rows = on_ray.parse(ray.data.from_pandas(frame)).take_all()
    assert [row["error"] is None for row in rows] == [True, False]


def test_what_parse_record_takes_reaches_the_workers(ray: Any) -> None:
    table = pa.table(
        {"text": pa.array([b"| views | 2", b"<p>caf\xe9</p>\n| views | 2 |"], pa.binary())}
    )
    dataset = ray.data.from_arrow(table)
    rows = on_ray.parse(dataset, strict=True, markup="text", encoding="cp437").take_all()
    assert rows[0]["error"].startswith("1 error in the text")
    assert rows[0]["diagnostics"][0]["code"] == "cut-row"
    assert rows[1]["abstract"].strip() == "cafΘ"


def test_what_map_batches_takes_is_given_on(ray: Any) -> None:
    dataset = ray.data.from_arrow(pa.table({"text": ["pmid: 7\n"] * 10}))
    rows = on_ray.parse(dataset, batch_size=3, num_cpus=1, concurrency=1).take_all()
    assert [row["identifiers"][0]["value"] for row in rows] == ["7"] * 10


def test_what_has_no_rows_gives_no_rows(ray: Any, tmp_path: pathlib.Path) -> None:
    pq.write_table(SCHEMA.empty_table(), tmp_path / "pages.parquet")
    records = on_ray.parse(ray.data.read_parquet(str(tmp_path / "pages.parquet")))
    assert records.count() == 0
    assert records.take_all() == []
    assert on_ray.parse(ray.data.from_items([])).take_all() == []


def test_a_worker_that_is_killed_loses_no_row(ray: Any, tmp_path: pathlib.Path) -> None:
    killed = str(tmp_path / "killed")

    def kill_once(table: pa.Table) -> pa.Table:
        if not os.path.exists(killed):
            open(killed, "x").close()
            os.kill(os.getpid(), signal.SIGKILL)
        return table

    dataset = ray.data.from_arrow(pa.table({"text": ["pmid: 7\n"] * 10}))
    # Ray makes one task of both, so that what was read is lost as well.
    records = on_ray.parse(dataset).map_batches(kill_once, batch_format="pyarrow")
    assert [row["identifiers"][0]["value"] for row in records.take_all()] == ["7"] * 10
    assert os.path.exists(killed)


@pytest.mark.parametrize(
    ("columns", "names", "message"),
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
        ({"text": ["a"], "url": [b"b"]}, ("text", "url"), "url_column: 'url' holds binary: expec"),
    ],
)
def test_columns_that_cannot_be_read_are_refused_at_the_call(
    ray: Any, columns: dict[str, list[Any]], names: tuple[str, ...], message: str
) -> None:
    with pytest.raises(InvalidValueError, match=message):
        on_ray.parse(ray.data.from_arrow(pa.table(columns)), *names)
    frame = pd.DataFrame(columns)
    if not any(isinstance(value, bytes) for values in columns.values() for value in values):
        with pytest.raises(InvalidValueError, match=message):
            on_ray.parse(ray.data.from_pandas(frame), *names)


def test_options_that_read_no_page_are_refused_at_the_call(ray: Any) -> None:
    dataset = ray.data.from_arrow(pa.table({"text": ["a"]}))
    with pytest.raises(InvalidValueError, match="markup: expected one of auto, html, text"):
        on_ray.parse(dataset, markup="xml")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="limits: expected Limits, got int"):
        on_ray.parse(dataset, limits=7)  # type: ignore[arg-type]
    with pytest.raises(DecodeError, match="expected a text encoding, found 'utf-9'"):
        on_ray.parse(dataset, encoding="utf-9")
