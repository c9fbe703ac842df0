"""JSON-LD says what a record holds, and a page that has it in its head is read as the record."""

import json
import re
from typing import Any

import pytest
from hypothesis import given

import litrecord
from litrecord import Identifier, Indicator, Instance, Record, to_html, to_jsonld
from litrecord._parts.inline_markup import unwrap
from support.works import STORED, WORK, works


def test_a_work_with_all_that_json_ld_holds() -> None:
    assert to_jsonld(WORK) == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": "https://doi.org/10.1000/a_b",
        "sameAs": [
            "https://doi.org/10.1000/182",
            "https://pubmed.ncbi.nlm.nih.gov/21496615/",
            "https://pmc.ncbi.nlm.nih.gov/articles/PMC3531190/",
            "https://arxiv.org/abs/2101.00001",
            "https://portal.issn.org/resource/ISSN/0028-0836",
        ],
        "name": "Coasts & isles: 5% of {all}",
        "author": {
            "@list": [
                {"@type": "Person", "name": "Doe, Jo", "familyName": "Doe", "givenName": "Jo"},
                {
                    "@type": "Person",
                    "name": "Roe, Di and Ann",
                    "familyName": "Roe",
                    "givenName": "Di and Ann",
                },
                {"@type": "Person", "name": "Map Society"},
            ]
        },
        "datePublished": "2020",
        "genre": "Article",
        "identifier": [
            {
                "@type": "PropertyValue",
                "propertyID": found.scheme,
                "value": found.value,
                "url": found.url,
            }
            for found in WORK.identifiers
        ],
        "description": WORK.abstract,
        "keywords": [
            {
                "@type": "DefinedTerm",
                "name": "Diagnosis, Differential",
                "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "mesh"},
            },
            "Maps; old",
            "R&D",
        ],
        "license": [{"@type": "CreativeWork", "name": "CC BY"}],
        "provider": [
            {"@type": "Organization", "name": "ZENODO"},
            {"@type": "Organization", "name": "PLoS ONE"},
        ],
        "interactionStatistic": [
            {
                "@type": "InteractionCounter",
                "name": "views",
                "interactionType": {"@type": "ViewAction"},
                "userInteractionCount": 26,
            }
        ],
        "additionalProperty": [
            {
                "@type": "PropertyValue",
                "propertyID": row.name,
                "value": row.printed,
                "name": row.label,
            }
            for row in WORK.indicators
            if row.name != "views"
        ],
    }


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Article", "ScholarlyArticle"),
        ("Dataset", "Dataset"),
        ("Software", "SoftwareSourceCode"),
        ("Book", "Book"),
        ("Event", "CreativeWork"),
        (None, "CreativeWork"),
    ],
)
def test_the_type_is_that_of_the_instance(printed: str | None, expected: str) -> None:
    found = [Instance(type=printed)] if printed else []
    assert to_jsonld(Record(instances=found))["@type"] == expected


def test_what_is_not_there_or_not_valid_is_left_out() -> None:
    record = Record(
        identifiers=[Identifier("pmid", "0"), Identifier("mag_id", "7")],
        indicators=[Indicator("downloads", "many", "Some.")],
    )
    assert to_jsonld(record) == {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "identifier": [{"@type": "PropertyValue", "propertyID": "mag_id", "value": "7"}],
        "additionalProperty": [
            {
                "@type": "PropertyValue",
                "propertyID": "downloads",
                "value": "many",
                "name": "downloads",
                "description": "Some.",
            }
        ],
    }


def test_a_keyword_of_a_vocabulary_names_it() -> None:
    assert to_jsonld(Record(keywords=["Diagnosis, Differential", "Maps"]))["keywords"] == [
        {
            "@type": "DefinedTerm",
            "name": "Diagnosis, Differential",
            "inDefinedTermSet": {"@type": "DefinedTermSet", "name": "mesh"},
        },
        "Maps",
    ]


def head_of(record: Record, tags: str) -> str:
    """Return a page of some of the metadata of a whole page, above a row that makes it one."""
    found = re.findall(tags, to_html(record, full=True), re.DOTALL)
    return f"<html><head>{''.join(found)}</head><body><p>| views | 2 |</p></body></html>"


SCRIPT = '<script type="application/ld\\+json">.*?</script>'
TAGS = '<meta name="citation_[^>]*>'


def told(record: Record) -> dict[str, Any]:
    """Return what metadata can tell of a record, as they are read."""
    valid = [found for found in record.identifiers if found.is_valid]
    return {
        "title": record.title,
        "authors": record.authors,
        "abstract": unwrap(record.abstract or "").text or None,
        "identifiers": set(valid),
    }


def read(page: str) -> dict[str, Any]:
    return told(litrecord.parse_record(page))


@pytest.mark.parametrize("record", [*STORED, WORK])
def test_a_page_with_json_ld_in_its_head_is_read_as_the_record(record: Record) -> None:
    assert read(head_of(record, SCRIPT)) == told(record)
    if len(record.keywords) != 1:  # which is read as a line of them
        assert litrecord.parse_record(head_of(record, SCRIPT)).keywords == record.keywords


@pytest.mark.parametrize("record", [*STORED, WORK])
def test_a_page_with_citation_tags_in_its_head_is_read_as_the_record(record: Record) -> None:
    kept = ("doi", "pmid", "pmc", "arxiv")
    expected = told(record)
    expected["identifiers"] = {one for one in expected["identifiers"] if one.scheme in kept}
    assert read(head_of(record, TAGS)) == expected


def test_the_citation_tags_of_a_whole_page() -> None:
    tags = re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', to_html(WORK, full=True))
    assert tags == [
        ("citation_title", "Coasts &amp; isles: 5% of {all}"),
        ("citation_author", "Doe, Jo"),
        ("citation_author", "Roe, Di and Ann"),
        ("citation_author", "Map Society"),
        ("citation_publication_date", "2020"),
        ("citation_doi", "10.1000/a_b"),
        ("citation_doi", "10.1000/182"),
        ("citation_pmid", "21496615"),
        ("citation_pmcid", "PMC3531190"),
        ("citation_arxiv_id", "2101.00001"),
        ("citation_issn", "0028-0836"),
        ("citation_abstract", (WORK.abstract or "").replace("&", "&amp;")),
        ("citation_keywords", "Diagnosis, Differential"),
        ("citation_keywords", "Maps; old"),
        ("citation_keywords", "R&amp;D"),
    ]


@given(works)
def test_every_record_is_told_once_and_a_whole_page_says_the_same(record: Record) -> None:
    work = json.loads(json.dumps(to_jsonld(record)))
    rows = [*work.get("interactionStatistic", ()), *work.get("additionalProperty", ())]
    assert len(rows) == len(record.indicators)
    terms = [one if isinstance(one, str) else one["name"] for one in work.get("keywords", ())]
    assert terms == [*record.keywords]
    (script,) = re.findall(SCRIPT, to_html(record, full=True), re.DOTALL)
    assert json.loads(script[script.index(">") + 1 : script.rindex("<")]) == work


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected a Record, got dict"):
        to_jsonld({})  # type: ignore[arg-type]
