"""JSON holds the fields as printed and the derived facts beside them."""

import json

import pytest
from hypothesis import given

import litrecord
from strategies import SEED, any_text


def test_a_record_as_a_dict() -> None:
    record = litrecord.parse_record("doi: 10.1/x\nText.\n| selected citations This is | 1K | |\n")
    assert litrecord.to_dict(record) == {
        "version": 1,
        "title": None,
        "authors": [],
        "widget": None,
        "identifiers": [{"scheme": "doi", "value": "10.1/x", "url": None, "valid": False}],
        "abstract": "Text.",
        "keywords": [],
        "indicators": [
            {
                "name": "citations",
                "label": "selected citations",
                "description": "This is",
                "printed": "1K",
                "count": 1000,
                "impact_class": None,
            }
        ],
    }


def test_a_class_is_its_code_and_a_widget_its_markup_and_address() -> None:
    found = litrecord.to_dict(litrecord.parse_record(SEED))
    assert [row["impact_class"] for row in found["indicators"]] == [None, "C4", "C4", "C5"]
    assert found["widget"]["markup"].startswith("<script")
    assert found["widget"]["source_url"].startswith("https://www.openaire.eu/")


@pytest.mark.parametrize("value", [None, litrecord.parse_document(SEED), "text"])
def test_what_is_no_record_is_refused(value: object) -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected a Record, got"):
        litrecord.to_json(value)  # type: ignore[arg-type]


@given(any_text)
def test_any_record_is_one_line_of_json(text: str) -> None:
    record = litrecord.parse_record(text)
    line = litrecord.to_json(record)
    assert "\n" not in line
    assert json.loads(line.encode()) == litrecord.to_dict(record)
