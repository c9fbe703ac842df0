"""What type checkers tell users: mypy fails if a type changes, or if a wrong call is let through.

Nothing here is run. A line that must be an error ends in an ignore comment, and mypy reports each
such comment that nothing needs any more.
"""

import pathlib
from collections.abc import Iterator
from typing import Any, BinaryIO, assert_type

import litrecord
import litrecord.arrow
import litrecord.files
import litrecord.spark
from litrecord import Document, Identifier, ImpactClass, Indicator, IndicatorTable, Record, Result

PATH = pathlib.Path("page.txt")


def what_is_read(stream: BinaryIO) -> None:
    assert_type(litrecord.parse_record("text"), Record)
    assert_type(litrecord.parse_record(PATH, url="https://…", encoding="utf-8"), Record)
    assert_type(litrecord.parse_record(stream, limits=litrecord.Limits(rows=5)), Record)
    assert_type(litrecord.parse_document(b"text", strict=True), Document)
    assert_type(litrecord.parse_widget("text"), litrecord.ScriptWidget | None)
    assert_type(litrecord.parse_identifiers("text", url=None), tuple[Identifier, ...])
    assert_type(litrecord.parse_abstract("text"), str | None)
    assert_type(litrecord.parse_keywords("text"), tuple[str, ...])
    assert_type(litrecord.parse_indicators("text"), IndicatorTable)
    assert_type(litrecord.split_keywords("a, b"), tuple[str, ...])
    assert_type(litrecord.iter_records([PATH, "text", stream]), Iterator[Record])
    assert_type(litrecord.iter_results(path for path in [PATH]), Iterator[Result])


def what_a_record_has(record: Record) -> None:
    assert_type(record.identifiers, tuple[Identifier, ...])
    assert_type(record.abstract, str | None)
    assert_type(record.keywords, tuple[str, ...])
    assert_type(record.doi, str | None)
    assert_type(record.identifiers_of("doi"), tuple[Identifier, ...])
    assert_type(record.indicators["citations"], Indicator)
    assert_type(record.indicators[0], Indicator)
    assert_type(record.indicators[:2], tuple[Indicator, ...])
    assert_type(record.indicators.get("views"), Indicator | None)
    assert_type(record.indicators["citations"].count, int | None)
    assert_type(record.indicators["impulse"].impact_class, ImpactClass | None)
    assert_type(ImpactClass.TOP_1 > ImpactClass.AVERAGE, bool)
    assert_type(record.instances, tuple[litrecord.Instance, ...])
    assert_type(record.instances[0].year, int | None)
    assert_type(record.year, int | None)
    assert_type([row.label for row in record.indicators], list[str])


def what_is_written(record: Record) -> None:
    assert_type(litrecord.to_json(record), str)
    assert_type(litrecord.to_dict(record), dict[str, Any])
    assert_type(litrecord.to_text(record, exact=True), str)
    assert_type(litrecord.to_row(record, separator="; "), dict[str, str | int | bool | None])
    assert_type(litrecord.to_csl(record, keys={}), dict[str, Any])
    assert_type(litrecord.to_ris(record), str)
    assert_type(litrecord.to_jsonld(record), dict[str, Any])
    assert_type(litrecord.to_openaire(record), dict[str, Any])
    assert_type(litrecord.from_openaire({"id": None}), Record)
    assert_type(litrecord.to_bibtex(record), str)
    assert_type(litrecord.from_json(b"{}"), Record)
    assert_type(litrecord.from_dict({}), Record)


def what_a_result_has(result: Result) -> None:
    assert_type(result.record, Record | None)
    assert_type(result.error, litrecord.LitrecordError | None)
    assert_type(result.diagnostics[0].span.start, int)


def what_is_built() -> None:
    Record(keywords=["a"], identifiers=[Identifier("pmid", "7")], indicators=[])
    IndicatorTable([Indicator("views", "7")])
    IndicatorTable.parse("| views | 7 |")


def what_must_be_an_error(record: Record) -> None:
    litrecord.to_yaml(record)  # type: ignore[attr-defined]
    litrecord.to_csl(record, keys=[])  # type: ignore[arg-type]
    litrecord.parse_record(7)  # type: ignore[arg-type]
    litrecord.parse_record("text", "https://…")  # type: ignore[call-arg]
    litrecord.parse_record("text", markup=7)  # type: ignore[arg-type]
    litrecord.parse_abstract("text", url="https://…")  # type: ignore[call-arg]
    litrecord.parse_abstract("text", limit=5)  # type: ignore[call-arg]
    litrecord.parse_keywords("text", markup="xml")  # type: ignore[arg-type]
    litrecord.iter_results(["text"], strict="yes")  # type: ignore[arg-type]
    litrecord.files.iter_file(PATH, encoding=5)  # type: ignore[arg-type]
    litrecord.files.write_parquet([PATH], PATH, limits=5)  # type: ignore[arg-type]
    litrecord.arrow.parse_batch(None, "text", markup=7)  # type: ignore[arg-type]
    litrecord.spark.parse(None, limit=5)  # type: ignore[call-arg]
    litrecord.iter_records(PATH)  # type: ignore[arg-type]
    litrecord.to_json("text")  # type: ignore[arg-type]
    litrecord.to_text(record, True)  # type: ignore[call-arg]
    Record("text")  # type: ignore[call-arg, arg-type]
    Record(keywords=[7])  # type: ignore[list-item]
    Record(identifiers=["pmid:7"])  # type: ignore[list-item]
    Identifier("pmid")  # type: ignore[call-arg]
    record.abstract.strip()  # type: ignore[union-attr]
    record.abstract = "text"  # type: ignore[misc]
    record.doi = "10.1000/182"  # type: ignore[misc]
    record.keywords.append("a")  # type: ignore[attr-defined]
    record.indicators[b"views"]  # type: ignore[call-overload]
    print(record.indicators.get("views").count)  # type: ignore[union-attr]
