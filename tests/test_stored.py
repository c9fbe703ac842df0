"""What earlier versions wrote is read by this one, and is what it was.

tests/data/stored has a folder for each version, written by it: records as JSON, pickles and
Parquet, a document with a cut row and the results of a good and a refused source, and their text.
Records of 0.1.0 had no instances at first: only "instances.json" and its pickle have some.
"""

import pathlib
import pickle
from typing import Any

import pyarrow.parquet as pq
import pytest

import litrecord
from litrecord import arrow
from litrecord.report import report_html
from support.strategies import DATA

VERSIONS = sorted(path for path in (DATA / "stored").iterdir() if path.is_dir())


def load(path: pathlib.Path) -> Any:
    return pickle.loads(path.read_bytes())  # noqa: S301


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
@pytest.mark.parametrize("name", ["seed", "strange", "instances"])
def test_a_stored_record_is_read(version: pathlib.Path, name: str) -> None:
    text = (version / f"{name}.json").read_text(encoding="utf-8")
    record = litrecord.from_json(text)
    assert litrecord.to_json(record) == text.rstrip("\n")
    stored = load(version / f"{name}.pickle")
    assert stored == record
    assert hash(stored) == hash(record)
    assert litrecord.to_dict(stored) == litrecord.to_dict(record)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_a_stored_document_is_read(version: pathlib.Path) -> None:
    text = (version / "text.txt").read_bytes().decode("utf-8")
    document = load(version / "document.pickle")
    assert document.text == text
    assert "".join(section.text for section in document.sections) == text
    assert document.record == load(version / "seed.pickle")
    assert [str(found).split("\n")[0] for found in document.diagnostics] == [
        "error[cut-row] line 16, column 1: this row ends before its value does, or has none"
    ]
    assert document.spans.widget.of(text) == document.record.widget.markup


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_stored_results_are_read(version: pathlib.Path) -> None:
    good, bad = load(version / "results.pickle")
    assert good.record == load(version / "seed.pickle")
    assert bad.record is None
    assert isinstance(bad.error, litrecord.ParseError)
    assert bad.error.diagnostics == bad.diagnostics != ()


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_stored_columns_are_read(version: pathlib.Path) -> None:
    path = version / "records.parquet"
    table = pq.read_table(path)
    records = arrow.table_to_records(table)
    assert records == [load(version / "seed.pickle"), load(version / "strange.pickle")]
    assert "instances" not in table.column_names
    assert "2 pages" in report_html([path])


def test_this_version_is_stored() -> None:
    assert litrecord.__version__ in [path.name for path in VERSIONS]
