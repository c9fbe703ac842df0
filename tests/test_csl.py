"""CSL-JSON obeys its schema, whatever a record holds, and makes nothing up."""

import json

import jsonschema
import pytest
from hypothesis import given

import litrecord
from litrecord import Identifier, Instance, Record, to_csl
from support.works import SCHEMAS, STORED, WORK, works

SCHEMA = jsonschema.Draft7Validator(json.loads((SCHEMAS / "csl-item.json").read_text("utf-8")))


def test_a_work_with_all_that_csl_holds() -> None:
    assert to_csl(WORK) == {
        "type": "article-journal",
        "id": "doi:10.1000/a_b",
        "title": "Coasts & isles: 5% of {all}",
        "author": [
            {"family": "Doe", "given": "Jo"},
            {"family": "Roe", "given": "Di and Ann"},
            {"literal": "Map Society"},
        ],
        "issued": {"date-parts": [[2020]]},
        "genre": "Article",
        "DOI": "10.1000/a_b",
        "PMID": "21496615",
        "PMCID": "PMC3531190",
        "ISSN": "0028-0836",
        "URL": "https://doi.org/10.1000/a_b",
        "abstract": WORK.abstract,
        "keyword": "Diagnosis, Differential; Maps; old; R&D",
    }
    SCHEMA.validate(to_csl(WORK))


def test_a_record_without_a_title_gets_none() -> None:
    record = Record(abstract="Old maps err.")
    assert to_csl(record) == {
        "type": "document", "id": "litrecord:ba05bca81dada0f0", "abstract": "Old maps err.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["Dataset"], "dataset"),
        (["SOFTWARE"], "software"),
        (["Other literature type", "Doctoral thesis"], "thesis"),
        (["Other literature type"], "document"),
        (["A type of another portal", "Preprint"], "article"),
        (["A type of another portal"], "document"),
    ],
)
def test_the_type_comes_from_the_instance_that_tells_most(types: list[str], expected: str) -> None:
    assert to_csl(Record(instances=[Instance(type=one) for one in types]))["type"] == expected


def test_the_year_is_that_of_the_record() -> None:
    found = [Instance(type="Article"), Instance(type="Preprint", year=2019)]
    assert to_csl(Record(instances=found))["issued"] == {"date-parts": [[2019]]}
    assert "issued" not in to_csl(Record(instances=found[:1]))


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        (["pmid: 7", "doi: 10.1000/182"], "doi:10.1000/182"),
        (["pmid: 0", "handle: 11573/406812"], "handle:11573/406812"),
        (["pmid: 0"], "pmid:0"),
        (["doi: 10.1000/a(b)c"], "doi:10.1000/a_b_c-394c795e"),
        (["doi: 10.1000/a[b]c"], "doi:10.1000/a_b_c-e3856258"),
    ],
)
def test_the_id_is_of_the_best_identifier_in_characters_that_keys_may_hold(
    identifiers: list[str], expected: str
) -> None:
    assert to_csl(Record(identifiers=map(Identifier.parse, identifiers)))["id"] == expected


def test_the_ids_of_one_file_are_distinct_in_any_case() -> None:
    texts = ["11/a", "11/A", "11/a", "11/a-2", "12/b"]
    records = [Record(identifiers=[Identifier("handle", text)]) for text in texts]
    keys: dict[str, int] = {}
    assert [to_csl(record, keys=keys)["id"] for record in records] == [
        "handle:11/a", "handle:11/A-2", "handle:11/a-3", "handle:11/a-2-2", "handle:12/b",
    ]  # fmt: skip
    assert to_csl(records[0])["id"] == "handle:11/a"


@pytest.mark.parametrize("record", STORED)
def test_every_stored_page_obeys_the_schema(record: Record) -> None:
    SCHEMA.validate(to_csl(record))


@given(works)
def test_every_record_obeys_the_schema_and_keeps_its_names(record: Record) -> None:
    item = to_csl(record)
    SCHEMA.validate(json.loads(json.dumps(item)))
    assert len(item.get("author", ())) == len(record.authors)
    assert item.get("title") == record.title


@pytest.mark.parametrize("keys", [[], {"doi:10.1000/a_b": "1"}])
def test_keys_that_are_no_counts_are_refused(keys: object) -> None:
    with pytest.raises(litrecord.InvalidValueError, match=r"^keys: expected a dict of counts, got"):
        to_csl(WORK, keys=keys)  # type: ignore[arg-type]


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected a Record, got dict"):
        to_csl({})  # type: ignore[arg-type]
