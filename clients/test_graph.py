"""DuckDB joins pages with a dump of the OpenAIRE Graph, by the query that the documentation has."""

import datetime
import gzip
import json
import pathlib
import re
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

import litrecord
from litrecord import Identifier, Indicator, Record, arrow

PAGE = pathlib.Path(__file__).parent.parent / "docs" / "formats.md"
(QUERY,) = re.findall(
    r"^```{code-block} sql\n:force:\n\n(.*?)^```$",
    PAGE.read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
TOP = [Indicator("influence", "Top 1%"), Indicator("citations", "5")]
RECORDS = [
    Record(identifiers=[Identifier("doi", "10.1000/ABC")], indicators=TOP),
    Record(identifiers=[Identifier("pmid", "7")], title="Maps", authors=["Doe, Jo"]),
    litrecord.parse_record(
        "| influence | Average |",
        url=f"https://explore.openaire.eu/search/result?id=50|doi_dedup___::{3:032x}",
    ),
    Record(identifiers=[Identifier("doi", "10.1000/none"), Identifier("handle", "11/a")]),
    Record(identifiers=[Identifier("doi", "10.1000/abc"), Identifier("pmid", "7")]),
]


def product(number: int, pids: Any, code: str | None, influence: float | None) -> dict[str, Any]:
    """Return a line of a dump, with members that the query does not name."""
    impact = {"citationCount": 5.0, "influence": influence, "influenceClass": code, "impulse": 1.5}
    return {
        "id": f"doi_dedup___::{number:032x}",
        "mainTitle": None,
        "pids": pids,
        "indicators": {"citationImpact": impact, "usageCounts": None} if code else None,
        "authors": [{"fullName": "Doe, Jo", "rank": 1}],
    }


DOI = {"scheme": "doi", "value": "10.1000/x"}
DUMP = [
    product(1, [{"scheme": "doi", "value": "10.1000/abc"}], "C3", 3.5e-9),
    product(2, [DOI, {"scheme": "pmid", "value": "7"}], "C4", 1.0),
    product(3, None, "C5", None),
    product(4, [DOI, {"scheme": "pmid", "value": "8"}], None, None),
]  # fmt: skip


def rows_of(query: str) -> list[dict[str, Any]]:
    relation = duckdb.sql(query)
    assert relation is not None
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


@pytest.fixture
def _files(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the pages and the dump where the query looks for them."""
    monkeypatch.chdir(tmp_path)
    pq.write_table(arrow.openaire_table(RECORDS), "pages.parquet")
    pathlib.Path("dump").mkdir()
    for at, lines in enumerate((DUMP[:2], DUMP[2:])):
        with gzip.open(f"dump/part-{at}.json.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)


@pytest.mark.usefixtures("_files")
def test_the_query_finds_each_page_by_id_doi_or_pmid() -> None:
    found = rows_of(QUERY)
    assert list(found[0]) == ["page", "id", "found_by", "printed", "in_dump", "influence"]
    rows = [(row.pop("page"), int(row.pop("id")[-32:], 16), *row.values()) for row in found]
    assert rows == [
        (1, 1, ["doi"], "C3", "C3", 3.5e-9),
        (2, 2, ["pmid"], None, "C4", 1.0),
        (3, 3, ["id"], "C5", "C5", None),
        (5, 1, ["doi"], None, "C3", 3.5e-9),
        (5, 2, ["pmid"], None, "C4", 1.0),
    ]


@pytest.mark.usefixtures("_files")
def test_the_columns_have_the_types_that_duckdb_finds_in_a_dump() -> None:
    columns = rows_of("DESCRIBE SELECT * FROM 'pages.parquet'")
    types = {row["column_name"]: row["column_type"].replace('"', "") for row in columns}
    assert types["id"] == types["type"] == types["mainTitle"] == "VARCHAR"
    assert types["descriptions"] == "VARCHAR[]"
    assert types["pids"] == "STRUCT(scheme VARCHAR, value VARCHAR)[]"
    assert types["subjects"] == "STRUCT(subject STRUCT(scheme VARCHAR, value VARCHAR))[]"
    assert types["authors"] == (
        "STRUCT(fullName VARCHAR, name VARCHAR, surname VARCHAR, rank BIGINT)[]"
    )
    assert (
        "citationImpact STRUCT(citationCount DOUBLE, citationClass VARCHAR" in types["indicators"]
    )
    assert "usageCounts STRUCT(downloads BIGINT, views BIGINT)" in types["indicators"]


@pytest.mark.usefixtures("_files")
def test_rows_of_duckdb_are_products() -> None:
    rows = rows_of("SELECT * FROM 'pages.parquet'")
    assert [litrecord.from_openaire(row) for row in rows] == [
        litrecord.from_openaire(litrecord.to_openaire(record)) for record in RECORDS
    ]
    rows = rows_of("SELECT * FROM read_json('dump/*.json.gz') ORDER BY id")
    assert [litrecord.from_openaire(row).pmid for row in rows] == [None, "7", None, "8"]
    (row,) = rows_of("SELECT [{publicationDate: DATE '2021-05-03'}] AS instances")
    assert row["instances"] == [{"publicationDate": datetime.date(2021, 5, 3)}]
    assert litrecord.from_openaire(row).instances[0].year == 2021
