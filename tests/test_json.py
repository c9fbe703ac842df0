"""JSON holds the fields as printed and the derived facts beside them, and gives them back."""

import importlib.resources
import json
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given

import litrecord
from litrecord import from_dict, from_json, to_dict, to_json
from litrecord.serializers.json import _MEMBERS
from litrecord.serializers.shape import IDENTIFIER, INDICATOR, INSTANCE, NAMES
from litrecord.serializers.shape import WIDGET as WIDGET_FORM
from support.strategies import SEED, any_text, records

SCHEMA = json.loads(
    (importlib.resources.files("litrecord.serializers") / "record.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
WIDGET = {"markup": "<script>oa_widget</script>", "source_url": None}
DOI = {"scheme": "doi", "value": "10.1/x", "url": None, "valid": False}
CITATIONS = {
    "name": "citations",
    "label": "selected citations",
    "description": "This is",
    "printed": "1K",
    "count": 1000,
    "impact_class": None,
}

# What stands in a record of version 1, and what is said of it.
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"version": None}, "version: expected 1, got null"),
    ({"version": 2}, "version: expected 1, got 2"),
    ({"version": True}, "version: expected 1, got true"),
    ({"doi": "10.1/x"}, "doi: unknown name: expected one of version, source, title, abstract, "
     "widget, authors, identifiers, keywords, indicators, instances"),
    ({"source": 7}, "source: expected a string or null, got 7"),
    ({"title": 7}, "title: expected a str, got int"),
    ({"title": "two\nlines"}, "title: 'two\\nlines' holds a line end: give one line"),
    ({"abstract": ["Text."]}, "abstract: expected a str, got list"),
    ({"authors": "Doe, Jo"}, 'authors: expected a list, got "Doe, Jo"'),
    ({"keywords": None}, "keywords: expected a list, got null"),
    ({"keywords": {"Humans": 1}}, "keywords: expected a list, got an object"),
    ({"keywords": ["Humans", 7]}, "keywords[1]: expected a str, got int"),
    ({"keywords": ["Humans", " "]}, "keywords[1]: is empty: leave it out"),
    ({"widget": "<script>"}, 'widget: expected an object, got "<script>"'),
    ({"widget": {}}, "widget.markup: is missing"),
    ({"widget": {"markup": ""}},
     "widget.markup: is empty: a record without a widget has widget=None"),
    ({"widget": {**WIDGET, "source_url": "http://a"}},
     'widget.source_url: expected null, computed from the rest, or nothing, got "http://a"'),
    ({"instances": {}}, "instances: expected a list, got an object"),
    ({"instances": [{"year": 99}]},
     "instances[0].year: expected an int of four digits or None, got 99"),
    ({"instances": [{"year": "2021"}]},
     "instances[0].year: expected an int of four digits or None, got '2021'"),
    ({"instances": [{"collected_from": "Datacite"}]},
     'instances[0].collected_from: expected a list, got "Datacite"'),
    ({"instances": [{"collected_from": ["Datacite", 7]}]},
     "instances[0].collected_from[1]: expected a str, got int"),
    ({"instances": [{"license": " "}]}, "instances[0].license: is empty: leave it out"),
    ({"instances": [{"hostedBy": "ZENODO"}]},
     "instances[0].hostedBy: unknown name: expected one of hosted_by, type, year, refereed, "
     "license, collected_from"),
    ({"instances": [{}]}, "instances[0]: holds no value: leave it out"),
    ({"identifiers": [DOI, ["doi"]]}, "identifiers[1]: expected an object, got a list"),
    ({"identifiers": [{"scheme": "doi"}]}, "identifiers[0].value: is missing"),
    ({"identifiers": [{"scheme": "doi", "value": 7}]},
     "identifiers[0].value: expected a str, got int"),
    ({"identifiers": [{**DOI, "curie": "doi:10.1/x"}]},
     "identifiers[0].curie: unknown name: expected one of scheme, value, url, valid"),
    ({"identifiers": [{**DOI, "valid": True}]},
     "identifiers[0].valid: expected false, computed from the rest, or nothing, got true"),
    ({"identifiers": [{**DOI, "valid": 0}]},
     "identifiers[0].valid: expected false, computed from the rest, or nothing, got 0"),
    ({"indicators": [CITATIONS, {"label": "views"}]}, "indicators[1].printed: is missing"),
    ({"indicators": [{"label": "views", "printed": 2}]},
     "indicators[0].printed: expected a str, got int"),
    ({"indicators": [{"label": "views", "printed": "2", "description": None}]},
     "indicators[0].description: expected a str, got NoneType"),
    ({"indicators": [{**CITATIONS, "count": 1000.0}]},
     "indicators[0].count: expected 1000, computed from the rest, or nothing, got 1000.0"),
    ({"indicators": [{**CITATIONS, "impact_class": "C4"}]},
     'indicators[0].impact_class: expected null, computed from the rest, or nothing, got "C4"'),
    ({"indicators": [CITATIONS, {"label": "citations", "printed": "7"}]},
     "indicators: a second row of 'citations': keep one"),
]  # fmt: skip


def test_a_record_as_a_dict() -> None:
    text = "<script>oa_widget</script>\ndoi: 10.1/x\nText.\n| selected citations This is | 1K |\n"
    assert to_dict(litrecord.parse_record(text)) == {
        "version": 1,
        "title": None,
        "authors": [],
        "widget": WIDGET,
        "identifiers": [DOI],
        "abstract": "Text.",
        "keywords": [],
        "indicators": [CITATIONS],
    }


def test_a_class_is_its_code_and_a_widget_its_markup_and_address() -> None:
    found = to_dict(litrecord.parse_record(SEED))
    assert [row["impact_class"] for row in found["indicators"]] == [None, "C4", "C4", "C5"]
    assert found["widget"]["markup"].startswith("<script")
    assert found["widget"]["source_url"].startswith("https://www.openaire.eu/")


@pytest.mark.parametrize("value", [None, litrecord.parse_document(SEED), "text"])
def test_what_is_no_record_is_refused(value: object) -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected a Record, got"):
        to_json(value)  # type: ignore[arg-type]


def test_of_a_document_its_record_is_named() -> None:
    document = litrecord.parse_document(SEED)
    said = r"^record: expected a Record, got Document: pass its \.record$"
    with pytest.raises(litrecord.InvalidValueError, match=said):
        to_json(document)  # type: ignore[arg-type]


@given(any_text)
def test_any_record_that_was_read_is_one_line_of_json(text: str) -> None:
    record = litrecord.parse_record(text)
    line = to_json(record)
    assert "\n" not in line
    assert from_json(line.encode()) == record


@given(records)
def test_any_record_comes_back_from_json_that_the_schema_allows(
    record: litrecord.Record,
) -> None:
    data = to_dict(record)
    assert json.loads(to_json(record)) == data
    assert from_json(to_json(record)) == record
    assert from_dict(data) == record
    VALIDATOR.validate(data)


def test_only_the_version_and_what_makes_a_value_must_be_there() -> None:
    assert from_dict({"version": 1, "source": "a.txt", "widget": None}) == litrecord.Record()
    short = {
        "version": 1,
        "identifiers": [{"scheme": "pmid", "value": "7"}],
        "indicators": [{"label": "views", "printed": "2"}],
    }
    VALIDATOR.validate(short)
    record = from_dict(short)
    assert (record.pmid, record.indicators["views"].description) == ("7", "")


@pytest.mark.parametrize(("members", "message"), REFUSED)
def test_what_is_wrong_is_named_with_its_place(members: dict[str, Any], message: str) -> None:
    with pytest.raises(litrecord.InvalidValueError) as caught:
        from_json(json.dumps({"version": 1, **members}))
    assert str(caught.value) == message


@pytest.mark.parametrize("data", [None, [], "text", 7, True])
def test_what_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(litrecord.InvalidValueError, match="record: expected an object, got "):
        from_json(json.dumps(data))


def test_a_number_that_python_does_not_write_is_refused() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected 1, got a very long number"):
        from_dict({"version": 10**5000})


def test_a_record_without_a_version_is_refused() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="version: is missing"):
        from_dict({})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"version": 1, "version": 1}', "version: occurs twice in one object"),
        ('{"version": NaN}', "NaN: is not a number of JSON"),
        ("[" * 100_000, "the objects are nested deeper than in any record"),
        ('{"version": ' + "1" * 5000 + "}", "a number is longer than any count: Exceeds"),
        (7, "text: expected a str or bytes, got 7"),
    ],
)
def test_json_that_no_record_is_in(text: str, message: str) -> None:
    with pytest.raises(litrecord.InvalidValueError) as caught:
        from_json(text)
    assert str(caught.value).startswith(message)


def test_json_that_is_none_is_shown_with_its_place() -> None:
    with pytest.raises(litrecord.ParseError) as caught:
        from_json('{"version": 1,\n "title": "Coasts\n')
    assert str(caught.value) == (
        "expected a record as JSON\n"
        "error[malformed-json] line 2, column 18: Invalid control character\n"
        '   "title": "Coasts\n'
        "                   ^\n"
        "  What to do: Look at the place: the text was cut, or is not a record as JSON."
    )


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(litrecord.DecodeError, match="byte 2 is not utf-8: pass a str"):
        from_json(b'{"\xe9": 1}')


def test_bytes_of_other_encodings_are_read() -> None:
    line = to_json(litrecord.Record(keywords=["Chévere"]))
    assert from_json(line.encode("utf-16")) == from_json(line.encode("utf-8-sig"))


def test_the_schema_is_valid_and_names_what_is_written() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(_MEMBERS)
    assert sorted(NAMES) == sorted(field.name for field in attrs.fields(litrecord.Record))
    for name, form in (
        ("widget", WIDGET_FORM),
        ("identifier", IDENTIFIER),
        ("indicator", INDICATOR),
        ("instance", INSTANCE),
    ):
        definition = SCHEMA["$defs"][name]
        assert set(definition["properties"]) == set(form.members)
        assert definition["required"] == list(form.required)


# No schema can hold that derived facts agree, or that no two rows are of one name.
BEYOND_A_SCHEMA = ("computed from the rest", "a second row of")
WRONG_SHAPES = [
    members
    for members, message in REFUSED
    if not any(reason in message for reason in BEYOND_A_SCHEMA)
]


@pytest.mark.parametrize("members", WRONG_SHAPES)
def test_the_schema_refuses_what_the_reader_refuses(members: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid({"version": 1, **members})
