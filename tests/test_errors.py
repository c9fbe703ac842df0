"""Every InvalidValueError says by its path which value it is, and every LimitError which limit.

`CASES` has a case for each statement that raises an InvalidValueError: it fails for one without.
"""

import ast
import itertools
import json
import pathlib
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import Any, NoReturn

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import litrecord
from litrecord import (
    Identifier,
    Indicator,
    Instance,
    InvalidValueError,
    LimitError,
    Limits,
    Record,
    ScriptWidget,
    arrow,
    files,
)
from litrecord.report import report_html
from support import stored
from support.cases import LIMITS

SOURCE = pathlib.Path(litrecord.__file__).parent
WITHOUT_ENGINE = "spark.py"
"""Of which the tests in engines/ see to the errors."""
VIEWS = {"label": "views", "printed": "2"}
IDLESS = {"scheme": "pmid", "value": None}
PLAIN = ScriptWidget("<script>oa_widget</script>")
ROWS = arrow.records_to_table([Record(keywords=["Maps"])])
PAGES = pa.table({"text": ["pmid: 7"], "number": [1]})

read: Any = litrecord.parse_record
any_of: Any = litrecord


def of_dict(**members: Any) -> Record:
    return litrecord.from_dict({"version": 1, **members})


def of_impact(**members: Any) -> Record:
    return litrecord.from_openaire({"indicators": {"citationImpact": members}})


def of_keywords(*keywords: str) -> pa.Table:
    return ROWS.set_column(5, "keywords", pa.array([keywords]))


def of_identifiers(identifier: dict[str, Any] | None) -> pa.Table:
    kind = ROWS.schema.field("identifiers").type
    return ROWS.set_column(3, "identifiers", pa.array([[identifier]], kind))


def bulk(path: str, content: bytes | pa.Table, **options: Any) -> object:
    """Write the pages of a file that is made in the folder of the test."""
    if isinstance(content, bytes):
        pathlib.Path(path).write_bytes(content)
    else:
        pq.write_table(content, path)
    return files.write_parquet([path], options.pop("output", "out.parquet"), **options)


def report_of(table: pa.Table) -> str:
    pq.write_table(table, "a.parquet")
    return report_html("a.parquet")


def in_two_processes() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["__main__"], "__file__", "<stdin>", raising=False)
        return litrecord.iter_results([], processes=2)


def in_processes_that_cannot_start() -> object:
    def end(*_: object) -> NoReturn:
        raise BrokenProcessPool

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("litrecord._pool._submit", end)
        return list(litrecord.iter_results(["pmid: 7"], processes=2))


def over_two_gib() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrow, "_MOST_BYTES", 1)
        return arrow._one_batch(PAGES)


CASES: list[tuple[str, str, Callable[[], object]]] = [
    # Values of a record.
    ("", "title", lambda: any_of.Record(title=5)),
    ("", "title", lambda: Record(title=" ")),
    ("", "keywords", lambda: any_of.Record(keywords="Maps")),
    ("", "keywords[1]", lambda: Record(keywords=["a", "b\nc"])),
    ("", "record", lambda: any_of.classify_keywords(["Maps"])),
    ("", "authors[0]", lambda: any_of.Record(authors=[5])),
    ("", "widget", lambda: any_of.Record(widget="<script>")),
    ("", "identifiers", lambda: any_of.Record(identifiers=["7"])),
    ("", "indicators", lambda: any_of.Record(indicators=[5])),
    ("", "indicators", lambda: Record(indicators=[Indicator("views", n) for n in "12"])),
    ("", "instances", lambda: any_of.Record(instances=["ZENODO"])),
    ("", "year", lambda: Instance(year=99)),
    ("", "", Instance),
    ("", "rows", lambda: litrecord.IndicatorTable.parse(["| views | 1 |", "| views | 2 |"])),
    ("", "rows[1]", lambda: any_of.IndicatorTable.parse(["| views | 1 |", 5])),
    ("", "markup", lambda: ScriptWidget("\n")),
    ("", "url", lambda: ScriptWidget.from_url("https://x/'")),
    ("", "scheme", lambda: Identifier("", "7")),
    ("", "text", lambda: Identifier.parse("")),
    # Options.
    ("", "strict", lambda: read("", strict="yes")),
    ("", "markup", lambda: read("", markup="xml")),
    ("", "encoding", lambda: read(b"", encoding=5)),
    ("", "limits", lambda: read("", limits=5)),
    ("", "rows", lambda: Limits(rows=-1)),
    ("", "processes", lambda: litrecord.iter_results([], processes=0)),
    ("", "processes", in_two_processes),
    ("", "processes", in_processes_that_cannot_start),
    ("", "line", lambda: any_of.split_keywords(5)),
    ("", "line", lambda: litrecord.split_keywords("a\nb")),
    ("", "span", lambda: litrecord.parse_document("").excerpt(any_of.Record())),
    # Writing.
    ("", "record", lambda: any_of.to_json(5)),
    ("", "value", lambda: any_of.to_html(5)),
    ("", "widget", lambda: any_of.to_html(PLAIN, widget="x")),
    ("", "widget", lambda: litrecord.to_html(PLAIN, widget="live")),
    ("", "heading", lambda: litrecord.to_html(PLAIN, heading=6)),
    ("", "heading", lambda: litrecord.to_html(PLAIN, full=True, heading=2)),
    ("", "style", lambda: any_of.to_html(PLAIN, style=7)),
    ("", "style", lambda: litrecord.to_html(PLAIN, style="</style>")),
    ("", "separator", lambda: litrecord.to_row(Record(), separator="")),
    ("", "keywords[1]", lambda: litrecord.to_row(Record(keywords=["a", "b;"]), separator=";")),
    ("", "keys", lambda: any_of.to_csl(Record(), keys=[])),
    ("", "product", lambda: any_of.from_openaire(5)),
    ("", "product", lambda: litrecord.from_openaire({"results": []})),
    ("", "mainTitle", lambda: litrecord.from_openaire({"mainTitle": 5})),
    ("", "indicators", lambda: litrecord.from_openaire({"indicators": 5})),
    ("", "authors", lambda: litrecord.from_openaire({"authors": 5})),
    ("", "authors[1].rank", lambda: litrecord.from_openaire({"authors": [{}, {"rank": ""}]})),
    ("", "indicators.citationImpact.impulseClass", lambda: of_impact(impulseClass="C6")),
    # JSON.
    ("", "version", lambda: litrecord.from_dict({"version": 2})),
    ("", "version", lambda: litrecord.from_dict({})),
    ("", "source", lambda: of_dict(source=7)),
    ("", "keywords", lambda: of_dict(keywords="a")),
    ("", "keywords[0]", lambda: of_dict(keywords=[5])),
    ("", "keyword", lambda: of_dict(keyword=[])),
    ("", "record", lambda: any_of.from_dict(5)),
    ("", "widget", lambda: of_dict(widget=5)),
    ("", "widget.markup", lambda: of_dict(widget={"markup": ""})),
    ("", "widget.mark", lambda: of_dict(widget={"mark": ""})),
    ("", "identifiers[0].value", lambda: of_dict(identifiers=[{"scheme": "doi"}])),
    ("", "indicators[1].printed", lambda: of_dict(indicators=[VIEWS, {**VIEWS, "printed": 7}])),
    ("", "indicators[0].count", lambda: of_dict(indicators=[{**VIEWS, "count": 7}])),
    ("", "text", lambda: any_of.from_json(5)),
    ("", "title", lambda: litrecord.from_json('{"title": null, "title": null}')),
    ("", "", lambda: litrecord.from_json('{"version": NaN}')),
    ("", "", lambda: litrecord.from_json("[" * 100_000)),
    ("", "", lambda: litrecord.from_json('{"version": ' + "9" * 5_000 + "}")),
    # Tables: the row, or the file, of a value stands before its path.
    ("", "batch", lambda: arrow.parse_batch(any_of)),
    ("", "batch", lambda: any_of.arrow.parse_batch(pa.array(["a"]))),
    ("", "batch", over_two_gib),
    ("", "column", lambda: arrow.schema_of(pa.schema({}))),
    ("", "column", lambda: arrow.schema_of(pa.schema({"text": pa.int64()}))),
    ("", "url_column", lambda: arrow.schema_of(PAGES.schema, url_column="url")),
    ("", "url_column", lambda: arrow.schema_of(PAGES.schema, "text", "number")),
    ("", "", lambda: arrow.schema_of(pa.schema({"text": pa.string(), "title": pa.string()}))),
    ("", "source", lambda: any_of.arrow.schema_of(5)),
    ("", "results[0]", lambda: any_of.arrow.results_to_batch([5])),
    ("", "table", lambda: arrow.table_to_records(PAGES)),
    ("", "table", lambda: any_of.arrow.table_to_records(5)),
    ("", "table", lambda: arrow.table_to_records(stored.with_spoilt_name())),
    ("", "", lambda: arrow.table_to_records(ROWS.append_column("title", pa.array(["x"])))),
    ("row 0: ", "", lambda: arrow.table_to_records(ROWS.set_column(0, "title", stored.spoilt()))),
    ("row 0: ", "identifiers[0]", lambda: arrow.table_to_records(of_identifiers(None))),
    ("row 0: ", "identifiers[0].value", lambda: arrow.table_to_records(of_identifiers(IDLESS))),
    ("row 0: ", "keywords[1]", lambda: arrow.table_to_records(of_keywords("a", ""))),
    ("", "", lambda: arrow.table_to_records(arrow.parse_batch(pa.table({"text": pa.nulls(1)})))),
    ("", "", lambda: arrow.table_to_records(ROWS.set_column(3, "identifiers", pa.array([7])))),
    # Files.
    ("", "name", lambda: litrecord.Limits().error_of("no", 1)),
    ("", "path", lambda: any_of.files.iter_file(5)),
    ("", "path", lambda: files.iter_file("a\0.jsonl")),
    ("", "paths[0]", lambda: files.write_parquet(["https://a.org/b.html"], "b.parquet")),
    ("", "output", lambda: files.write_parquet([], "\ud800.parquet")),
    ("", "progress", lambda: bulk("a.jsonl", b"", progress=5)),
    ("", "output", lambda: bulk("a.jsonl", b"", output=".")),
    ("", "", lambda: bulk("a.jsonl", b"", output="no/a.parquet")),
    ("", "output", lambda: files.write_dataset([], lines("a.jsonl"))),
    ("", "output", lambda: bulk("a.parquet", PAGES, output="a.parquet")),
    ("'a.jsonl': ", "column", lambda: bulk("a.jsonl", b'{"page": 1}\n')),
    ("", "url_column", lambda: list(files.iter_file(lines("a.jsonl"), url_column="url"))),
    ("", "paths", lambda: report_html([])),
    ("", "paths[0]", lambda: any_of.report.report_html([5])),
    ("'a.parquet': ", "", lambda: report_of(PAGES)),
    ("'a.parquet': ", "", lambda: report_of(ROWS.set_column(0, "title", pa.array([1])))),
]  # fmt: skip
"""What stands before the path in the message, the path, and what raises the error."""


def lines(path: str) -> str:
    pathlib.Path(path).write_bytes(stored.lines_of(["pmid: 7"]).replace(b'"url"', b'"address"'))
    return path


def error_of(call: Callable[[], object]) -> InvalidValueError:
    with pytest.raises(InvalidValueError) as caught:
        call()
    return caught.value


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}{case[1]}")
def test_the_path_is_that_of_the_message(case: tuple[str, str, Callable[[], object]]) -> None:
    place, path, call = case
    error = error_of(call)
    assert error.path == path
    assert error.message.startswith(f"{place}{path}: " if path else place)
    # A message without a path begins with no name that could be one; NaN is the number.
    first = error.message.removeprefix(place).partition(":")[0]
    assert path or first == "NaN" or not first.isidentifier()


def raising_statements() -> Iterator[tuple[str, range]]:
    """Yield where an InvalidValueError is raised: the module, and the lines of the statement."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = ast.unparse(node.exc.func)
                if name in ("InvalidValueError", "_expected", "located"):
                    module = path.relative_to(SOURCE).as_posix()
                    yield module, range(node.lineno, (node.end_lineno or 0) + 1)


def raised_at(error: BaseException | None) -> Iterator[tuple[str, int]]:
    """Yield where an error was raised, and the one that led to it: the module, and the line."""
    while isinstance(error, InvalidValueError):
        *_, (frame, number) = traceback.walk_tb(error.__traceback__)
        yield pathlib.Path(frame.f_code.co_filename).relative_to(SOURCE).as_posix(), number
        error = error.__cause__


def test_every_statement_that_raises_has_a_case() -> None:
    raised = {place for _, _, call in CASES for place in raised_at(error_of(call))}
    statements = [found for found in raising_statements() if found[0] != WITHOUT_ENGINE]
    assert len(statements) > 50
    for module, numbers in statements:
        assert raised & set(itertools.product([module], numbers)), f"{module}:{numbers.start}"


@pytest.mark.parametrize(("limits", "source", "message"), LIMITS)
def test_a_limit_error_says_which_limit_and_how_many_there_were(
    limits: Limits, source: str | bytes, message: str
) -> None:
    with pytest.raises(LimitError) as caught:
        litrecord.parse_record(source, limits=limits)
    error = caught.value
    assert message.startswith(f"{error.value} ")
    assert message.endswith(f" but limits.{error.limit} is {error.most}")
    assert error.most == getattr(limits, error.limit) < error.value


def test_the_place_of_a_page_costs_an_error_none_of_its_facts(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(json.dumps({"text": "x" * 50}).encode())
    (result,) = files.iter_file(path, limits=Limits(unpacked_bytes=9))
    assert isinstance(result.error, LimitError)
    assert result.error.message.startswith(
        "record 0, byte 0: 62 decompressed bytes, but limits.unpack"
    )
    assert (result.error.limit, result.error.value, result.error.most) == ("unpacked_bytes", 62, 9)


OLD = [
    b"clitrecord.errors\nLimitError\np0\n(V3 rows, but limits.rows is 2\np1\n(ttp2\nRp3\n(dp4\n"
    b"Vmessage\np5\ng1\nsVdiagnostics\np6\n(tsb.",
    b"clitrecord.errors\nInvalidValueError\np0\n(Vtitle: is empty\np1\n(ttp2\nRp3\n(dp4\n"
    b"Vmessage\np5\ng1\nsVdiagnostics\np6\n(tsb.",
]
"""Pickles of before these errors had attributes of their own."""


def test_errors_that_were_pickled_before_they_had_attributes_are_loaded() -> None:
    limit, value = (pickle.loads(data) for data in OLD)  # noqa: S301
    assert (limit.message, limit.limit, limit.value, limit.most) == (
        "3 rows, but limits.rows is 2", "", 0, 0,
    )  # fmt: skip
    assert (value.message, value.path) == ("title: is empty", "")
