"""RIS has a line for each value, whatever the value holds, and an entry for each record."""

import re

import pytest
from hypothesis import given

import litrecord
from litrecord import Record, to_ris
from support.works import STORED, WORK, works

LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")


def tags_of(entry: str) -> list[tuple[str, str]]:
    """Return each tag with its value; whatever ends a line for a reader ends it here."""
    found = [LINE.fullmatch(line) for line in entry.splitlines()]
    return [(line[1], line[2]) for line in found if line]


def test_a_work_with_all_that_ris_holds() -> None:
    assert to_ris(WORK).split("\n") == [
        "TY  - JOUR",
        "ID  - doi:10.1000/a_b",
        "TI  - Coasts & isles: 5% of {all}",
        "AU  - Doe, Jo",
        "AU  - Roe, Di and Ann",
        "AU  - Map Society",
        "PY  - 2020",
        "M3  - Article",
        "DO  - 10.1000/a_b",
        "AN  - 21496615",
        "C2  - PMC3531190",
        "SN  - 0028-0836",
        "UR  - https://doi.org/10.1000/a_b",
        "UR  - https://doi.org/10.1000/182",
        "UR  - https://pubmed.ncbi.nlm.nih.gov/21496615/",
        "UR  - https://pmc.ncbi.nlm.nih.gov/articles/PMC3531190/",
        "UR  - https://arxiv.org/abs/2101.00001",
        "UR  - https://portal.issn.org/resource/ISSN/0028-0836",
        "AB  - Old $x_{1}$ maps err {. TY  - JOUR @article{a, \\alpha -- 5% & ~^#`` of all}.",
        "KW  - Diagnosis, Differential",
        "KW  - Maps; old",
        "KW  - R&D",
        "ER  - ",
        "",
    ]


def test_the_ids_of_one_file_are_distinct() -> None:
    keys: dict[str, int] = {}
    ids = [dict(tags_of(to_ris(WORK, keys=keys)))["ID"] for _ in range(3)]
    assert ids == ["doi:10.1000/a_b", "doi:10.1000/a_b-2", "doi:10.1000/a_b-3"]


@pytest.mark.parametrize("record", STORED)
def test_every_stored_page_keeps_its_keywords(record: Record) -> None:
    found = tags_of(to_ris(record))
    assert tuple(value for tag, value in found if tag == "KW") == record.keywords


@given(works)
def test_every_record_is_one_entry_and_every_line_has_a_tag(record: Record) -> None:
    entry = to_ris(record)
    tags = [tag for tag, _ in tags_of(entry)]
    assert len(tags) == len(entry.splitlines())
    assert (tags[0], tags[-1], tags.count("TY"), tags.count("ER")) == ("TY", "ER", 1, 1)
    assert tags.count("KW") == len(record.keywords)
    assert tags.count("AU") == len(record.authors)


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected a Record, got dict"):
        to_ris({})  # type: ignore[arg-type]
