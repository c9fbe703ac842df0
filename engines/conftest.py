"""One session of each engine, one file of pages, and what the loop gives for it."""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest

import litrecord
from engines.pages import LIMITS, write_pages
from litrecord import LitrecordError, Record, arrow

# What the engines themselves warn of, which no user of theirs can help.
WARNINGS = [
    # Spark 3.5 compares versions so.
    "ignore:(The )?distutils:DeprecationWarning",
    # Both leave sockets, files and processes to the garbage collector.
    "ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning",
    "ignore:PySpark does not yet fully support pandas:FutureWarning",
    # Ray sets all of its own options, the deprecated ones as well.
    r"ignore::DeprecationWarning:ray\.data\.context",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a session say how many pages are read."""
    parser.addoption("--pages", type=int, default=3_000, help="how many pages the engines read")


def pytest_configure(config: pytest.Config) -> None:
    """Let those pass; all others are errors, as everywhere."""
    for line in WARNINGS:
        config.addinivalue_line("filterwarnings", line)


class Expected(NamedTuple):
    """What the loop gives for a page."""

    record: Record | None
    error: str | None
    codes: list[str]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> pathlib.Path:
    """A file of Parquet with as many pages as are asked for."""
    path = tmp_path_factory.mktemp("pages") / "pages.parquet"
    write_pages(path, pytestconfig.getoption("pages"))
    return path


@pytest.fixture(scope="session")
def expected(pages: pathlib.Path) -> list[Expected]:
    """What `parse_record` and `parse_document` give for each of them."""
    table = pq.read_table(pages, columns=["text", "url"])
    return [
        read_alone(text, url)
        for text, url in zip(table["text"].to_pylist(), table["url"].to_pylist(), strict=True)
    ]


def read_alone(text: str | None, url: str | None) -> Expected:
    """Read one page, as somebody without an engine does."""
    if text is None:
        return Expected(None, "expected a page, found null in column 'text'", [])
    try:
        record = litrecord.parse_record(text, url=url, limits=LIMITS)
    except LitrecordError as error:
        return Expected(None, str(error), [found.code for found in error.diagnostics])
    document = litrecord.parse_document(text, url=url, limits=LIMITS)
    return Expected(record, None, [found.code for found in document.diagnostics])


def require_same(folder: pathlib.Path, pages: pathlib.Path, expected: list[Expected]) -> None:
    """Fail if what an engine wrote is not the rows of the loop beside the columns of the source."""
    table = pq.read_table(folder).sort_by("id")
    source = pq.read_table(pages).drop_columns(["text"])
    # An engine has other units of time and other names within lists.
    own = table.select(source.schema.names).cast(source.schema)
    assert own.to_pylist() == source.to_pylist()
    assert table.schema.names == [*source.schema.names, *arrow.SCHEMA.names]
    assert table["error"].to_pylist() == [found.error for found in expected]
    codes = [[said["code"] for said in row] for row in table["diagnostics"].to_pylist()]
    assert codes == [found.codes for found in expected]
    read = table.filter(table["error"].is_null())
    records = [found.record for found in expected if found.error is None]
    assert arrow.table_to_records(read) == records


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A Spark of two workers on this machine."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2, 2]")  # two attempts at a task
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="session")
def ray() -> Iterator[Any]:
    """A Ray of two workers on this machine."""
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()
