"""polars, DuckDB and Dask read the records that were written, and what they write is read."""

import doctest
import pathlib
import re
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import litrecord
from litrecord import arrow
from litrecord.report import report_html

ROOT = pathlib.Path(__file__).parent.parent
PAGES_OF_DOCS = ("frames.md", "duckdb.md")
"""The pages of docs/ with examples of these packages, which conftest.py leaves to this module."""
STORED = sorted((ROOT / "tests" / "data" / "pages").glob("*.txt"))
PAGES = [path.read_bytes().decode("utf-8") for path in STORED]
RECORDS = [litrecord.parse_record(page) for page in PAGES]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The records of the stored pages."""
    path = tmp_path_factory.mktemp("records") / "records.parquet"
    pq.write_table(arrow.parse_batch(pa.table({"text": PAGES})), path, row_group_size=10)
    return path


def rows_of(query: str) -> list[Any]:
    relation = duckdb.sql(query)
    assert relation is not None
    return relation.fetchall()


def test_polars_reads_the_records(stored: pathlib.Path) -> None:
    frame = pl.read_parquet(stored)
    assert arrow.table_to_records(frame.to_arrow()) == RECORDS
    counted = sum(len(record.keywords) for record in RECORDS)
    assert frame["keywords"].list.len().sum() == counted > 0


def test_duckdb_reads_the_records(stored: pathlib.Path) -> None:
    query = f"select sum(len(keywords)) from '{stored}' where error is null"  # noqa: S608
    assert rows_of(query) == [(sum(len(record.keywords) for record in RECORDS),)]
    query = f"select i.value from '{stored}', unnest(identifiers) t(i) where i.scheme = 'pmid'"  # noqa: S608
    named = [found for record in RECORDS for found in record.identifiers]
    pmids = [(found.value,) for found in named if found.scheme == "pmid"]
    assert sorted(rows_of(query)) == sorted(pmids)


def test_their_tables_are_read_as_they_are() -> None:
    frame = pl.DataFrame({"id": range(len(PAGES)), "text": PAGES})
    for table in (frame, duckdb.sql("select * from frame order by id")):
        read = arrow.parse_batch(table)
        assert read.column("id").to_pylist() == list(range(len(PAGES)))
        assert arrow.table_to_records(read) == RECORDS


def test_a_query_that_fails_is_told() -> None:
    relation = duckdb.sql("select cast(t as integer) as id, t as text from (values ('a')) v(t)")
    with pytest.raises(
        litrecord.InvalidValueError, match=r"^batch: .* cannot be read as a table: "
    ):
        arrow.parse_batch(relation)


@pytest.mark.parametrize("by", ["polars", "duckdb"])
def test_a_report_on_what_they_wrote_is_the_same(stored: pathlib.Path, by: str) -> None:
    target = stored.parent / by / stored.name
    target.parent.mkdir()
    if by == "polars":
        pl.read_parquet(stored).write_parquet(target)
    else:
        duckdb.sql(f"COPY (SELECT * FROM '{stored}') TO '{target}' (FORMAT parquet)")  # noqa: S608
    assert report_html(target) == report_html(stored)


@pytest.mark.parametrize("page", PAGES_OF_DOCS)
def test_the_examples_of_a_page_run(page: str) -> None:
    path = ROOT / "docs" / page
    blocks = re.findall(
        r"^```python\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page, str(path), 0)
    assert doctest.DocTestRunner().run(examples) == (0, len(examples.examples))
    assert len(examples.examples) > 10
