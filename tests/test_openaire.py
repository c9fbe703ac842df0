"""A record is a product of the Graph and comes back, but for what the Graph cannot hold."""

import datetime
import json
import math
import re
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given

import litrecord
from litrecord import Identifier, Indicator, Instance, Record, arrow, from_openaire, to_openaire
from litrecord._parts.inline_markup import unwrap
from support.strategies import DATA
from support.works import STORED, WORK, works

ID = "doi_dedup___::0123456789abcdef0123456789abcdef"
REFEREED = {"peerreviewed": "Peer-reviewed", "nonpeerreviewed": "Non peer-reviewed"}
ROWS = ("citations", "popularity", "influence", "impulse", "views", "downloads")


def held(record: Record) -> Record:
    """Return what the Graph can hold of a record, as docs/formats.md says it."""
    ids = [one for one in record.identifiers if one.scheme == "openaire" and one.is_valid][:1]
    others = [one for one in record.identifiers if one not in ids]
    return Record(
        title=record.title,
        authors=record.authors,
        identifiers=[*others, *(Identifier("openaire", one.value[-46:]) for one in ids)],
        abstract=unwrap(record.abstract or "").text,
        keywords=record.keywords,
        indicators=[row for name in ROWS for row in rows_of(record, name)],
        instances=filter(None, map(first_source, record.instances)),
    )


def rows_of(record: Record, name: str) -> list[Indicator]:
    row = record.indicators.get(name)
    if row is not None and row.count is not None and name in ("citations", "views", "downloads"):
        return [Indicator(name, str(row.count))]
    if row is not None and row.impact_class and name not in ("views", "downloads"):
        return [Indicator(name, row.impact_class.value)]
    return []


def first_source(instance: Instance) -> Instance | None:
    refereed = re.sub("[^a-z]", "", (instance.refereed or "").lower())
    members: dict[str, Any] = {
        "hosted_by": instance.hosted_by,
        "type": instance.type,
        "year": instance.year,
        "refereed": REFEREED.get(refereed),
        "license": instance.license,
        "collected_from": instance.collected_from[:1],
    }
    return Instance(**members) if any(members.values()) else None


def views(value: object) -> dict[str, Any]:
    return {"indicators": {"usageCounts": {"views": value}}}


def impact(**members: object) -> dict[str, Any]:
    return {"indicators": {"citationImpact": members}}


def test_a_work_with_all_that_the_graph_holds() -> None:
    record = Record(
        title="Coasts",
        authors=["Doe, Jo", "Map Society"],
        identifiers=[Identifier("openaire", f"50|{ID}"), Identifier("arxiv", "2101.00001")],
        abstract="Old maps err.\nAll do.",
        keywords=["Maps, old"],
        indicators=WORK.indicators,
        instances=WORK.instances[1:],
    )
    assert to_openaire(record) == {
        "id": ID,
        "type": "publication",
        "mainTitle": "Coasts",
        "authors": [
            {"fullName": "Doe, Jo", "name": "Jo", "surname": "Doe", "rank": 1},
            {"fullName": "Map Society", "rank": 2},
        ],
        "descriptions": ["Old maps err.\nAll do."],
        "pids": [{"scheme": "arXiv", "value": "2101.00001"}],
        "subjects": [{"subject": {"scheme": "keyword", "value": "Maps, old"}}],
        "indicators": {
            "citationImpact": {
                "citationCount": 70.0,
                "popularityClass": "C4",
                "influenceClass": "C5",
                "impulseClass": "C1",
            },
            "usageCounts": {"downloads": 1000, "views": 26},
        },
        "instances": [
            {
                "type": "Article",
                "publicationDate": "2021-01-01",
                "refereed": "peerReviewed",
                "license": "CC BY",
                "hostedBy": {"value": "PLoS ONE"},
                "collectedFrom": {"value": "Crossref"},
            }
        ],
    }
    assert from_openaire(to_openaire(record)) == held(record)


def test_a_subject_has_its_scheme_if_the_graph_has_it() -> None:
    keywords = ["Diagnosis, Differential", "LCC:QA1-939", "Maps"]
    subjects = to_openaire(Record(keywords=keywords))["subjects"]
    assert [found["subject"]["value"] for found in subjects] == keywords
    assert [found["subject"]["scheme"] for found in subjects] == ["mesh", "keyword", "keyword"]


def test_what_a_page_does_not_print_is_left_out() -> None:
    assert to_openaire(Record()) == {}
    assert to_openaire(Record(indicators=[Indicator("popularity", "7")])) == {}
    product = to_openaire(Record(indicators=[Indicator("citations", "Top 1%")]))
    assert product == {"indicators": {"citationImpact": {"citationClass": "C3"}}}
    assert from_openaire(product).indicators["citations"].printed == "Top 1%"


@pytest.mark.parametrize("record", STORED)
def test_every_stored_page_comes_back(record: Record) -> None:
    assert from_openaire(json.loads(json.dumps(to_openaire(record)))) == held(record)


@given(works)
def test_every_record_comes_back(record: Record) -> None:
    assert from_openaire(to_openaire(record)) == held(record)


def test_a_product_of_the_api_in_which_most_is_null() -> None:
    product = json.loads((DATA / "openaire" / "product.json").read_text("utf-8"))
    assert from_openaire(product) == Record(
        title="Coasts & isles",
        authors=["Doe, Jo", "Roe, Di", "Ox, Ed"],
        identifiers=[Identifier("doi", "10.1000/182"), Identifier("openaire", ID)],
        abstract="Aim\nH2O\np<5",
        keywords=["01 natural sciences"],
        indicators=[Indicator("citations", "5"), Indicator("popularity", "Average")],
        instances=[
            Instance(type="Preprint", refereed="Non peer-reviewed", collected_from=["Crossref"])
        ],
    )


def test_null_missing_and_empty_are_one() -> None:
    names = (
        "id",
        "mainTitle",
        "authors",
        "descriptions",
        "pids",
        "subjects",
        "indicators",
        "instances",
    )
    nothing: list[dict[str, Any]] = [
        {},
        dict.fromkeys(names),
        dict.fromkeys(names, math.nan),
        dict.fromkeys(names[2:], ()) | {"mainTitle": "", "indicators": {}},
        {"indicators": {"citationImpact": None, "usageCounts": {}}, "instances": [{}]},
    ]
    assert {from_openaire(product) for product in nothing} == {Record()}


def test_a_row_of_a_table_is_read_as_it_comes() -> None:
    product = {
        "instances": [
            {"publicationDate": datetime.date(2021, 5, 3), "hostedBy": {"name": "ZENODO"}},
            {"type": "Preprint", "refereed": "UNKNOWN"},
        ],
        "indicators": {"usageCounts": {"views": 7.0, "downloads": "8"}},
    }
    record = from_openaire(product)
    assert record.instances == (
        Instance(year=2021, hosted_by="ZENODO"), Instance(type="Preprint"),
    )  # fmt: skip
    assert [row.printed for row in record.indicators] == ["7", "8"]
    # A cell of pandas has an array for a list.
    pids = np.array([{"scheme": "pmid", "value": "7"}], dtype=object)
    texts = np.array(["Old maps err.", None], dtype=object)
    record = from_openaire({"pids": pids, "descriptions": texts, "mainTitle": np.nan})
    assert record == Record(identifiers=[Identifier("pmid", "7")], abstract="Old maps err.")


@pytest.mark.parametrize(
    ("product", "message"),
    [
        (None, "product: expected a dict, got None"),
        ({"results": []}, "product: is an answer of the API: pass each of its results"),
        ({"mainTitle": 7}, "mainTitle: expected a str or None, got 7"),
        ({"authors": "Doe"}, "authors: expected a list or None, got 'Doe'"),
        ({"authors": 7}, "authors: expected a list or None, got 7"),
        ({"authors": [None, "Doe"]}, "authors[1]: expected a dict or None, got 'Doe'"),
        ({"descriptions": [5]}, "descriptions[0]: expected a str or None, got 5"),
        ({"pids": [{"scheme": 5}]}, "pids[0].scheme: expected a str or None, got 5"),
        (views("7 times"), "indicators.usageCounts.views: expected a whole number from 0, of"),
        (views(True), "indicators.usageCounts.views: expected a whole number from 0, of"),
        (views(10**5000), "indicators.usageCounts.views: expected a whole number from 0, of"),
        (views(math.inf), "indicators.usageCounts.views: expected a whole number from 0, of"),
        (impact(citationCount=1.5), "indicators.citationImpact.citationCount: expected a whole"),
        (impact(impulseClass="C6"),
         "indicators.citationImpact.impulseClass: expected C1 to C5 or None, got 'C6'"),
        ({"instances": [{"publicationDate": 7}]}, "instances[0].publicationDate: expected a str"),
    ],
)  # fmt: skip
def test_what_is_no_product_is_refused(product: Any, message: str) -> None:
    with pytest.raises(litrecord.InvalidValueError) as caught:
        from_openaire(product)
    assert str(caught.value).startswith(message)


def test_the_table_has_the_types_of_the_dump_and_the_same_data() -> None:
    yearless = Record(instances=[Instance(hosted_by="ZENODO")])
    table = arrow.openaire_table([WORK, Record(), yearless])
    assert str(table.schema.field("pids").type) == (
        "list<item: struct<scheme: string, value: string>>"
    )
    impact = table.schema.field("indicators").type.field("citationImpact").type
    assert impact.field("citationCount").type == impact.field("popularity").type == pa.float64()
    first, second, third = table.to_pylist()
    assert third["instances"][0]["publicationDate"] is None
    assert from_openaire(first) == held(WORK)
    assert first["instances"][1]["publicationDate"] == datetime.date(2021, 1, 1)
    assert {*second.values()} == {None}


def test_what_is_no_record_is_refused() -> None:
    for call in (to_openaire, lambda value: arrow.openaire_table([value])):
        with pytest.raises(litrecord.InvalidValueError, match="expected a Record, got dict"):
            call({})  # type: ignore[arg-type]
    with pytest.raises(litrecord.SourceError, match="records"):
        arrow.openaire_table(5)  # type: ignore[arg-type]
