"""A row is flat, has the same columns for every record, and joins nothing that cannot be parted."""

import pytest
from hypothesis import given

import litrecord
from litrecord import Identifier, Indicator, Record, to_row
from support.strategies import SEED, records


def test_the_row_of_the_seed() -> None:
    row = to_row(litrecord.parse_record(SEED))
    assert str(row.pop("abstract")).startswith("Twitching of one side")
    assert str(row.pop("widget_url")).startswith("https://www.openaire.eu/index.php?")
    assert row == {
        "title": None,
        "authors": None,
        "doi": None,
        "pmid": "21496615",
        "identifiers": "pmid:21496615\nhandle:11573/406812\nhandle:11584/235094\n"
        "handle:11567/298038\nhandle:11586/46679",
        "keywords": "Diagnosis, Differential\nHumans\nHemifacial Spasm",
        "citations": 70,
        "citations_is_rounded": False,
        "popularity_class": "C4",
        "influence_class": "C4",
        "impulse_class": "C5",
        "views": None,
        "downloads": None,
        "year": None,
        "type": None,
        "license": None,
    }


def test_a_page_of_all_parts() -> None:
    record = Record(
        title="Coasts",
        authors=["Doe, Jo", "Roe, Di"],
        identifiers=[Identifier("doi", "10.1000/1")],
        keywords=["Maps", "Coasts"],
        indicators=[Indicator("selected citations", "1.2K"), Indicator("views", "2")],
    )
    row = to_row(record, separator="; ")
    assert (row["title"], row["authors"], row["keywords"]) == (
        "Coasts", "Doe, Jo; Roe, Di", "Maps; Coasts",
    )  # fmt: skip
    assert (row["doi"], row["citations"], row["citations_is_rounded"]) == ("10.1000/1", 1200, True)
    assert (row["views"], row["downloads"]) == (2, None)


def test_a_value_of_the_wrong_kind_is_not_there() -> None:
    row = to_row(Record(indicators=[Indicator("citations", "Average"), Indicator("impulse", "7")]))
    assert (row["citations"], row["impulse_class"]) == (None, None)


@pytest.mark.parametrize(
    ("separator", "message"),
    [
        ("; ", "keywords[1]: 'a; b' holds the separator '; ': choose another; no value holds"),
        ("", "separator: expected a separator that is not empty"),
        (None, "separator: expected a str, got NoneType"),
    ],
)
def test_what_could_not_be_parted_again_is_refused(separator: str, message: str) -> None:
    with pytest.raises(litrecord.InvalidValueError) as caught:
        to_row(Record(keywords=["c", "a; b"]), separator=separator)
    assert str(caught.value).startswith(message)


def test_a_record_that_is_refused_is_named() -> None:
    keywords = ["c", "a; b"]
    for record, name in (
        (Record(title="Coasts", authors=["Doe"], keywords=keywords), "'Doe. Coasts.'"),
        (Record(identifiers=[Identifier("pmid", "7")], keywords=keywords), "'pmid:7'"),
        (Record(keywords=keywords), "'untitled record'"),
    ):
        with pytest.raises(litrecord.InvalidValueError) as caught:
            to_row(record, separator="; ")
        assert str(caught.value).endswith(f"; in the record {name}")


@given(records)
def test_every_record_has_a_row_whose_lists_can_be_parted(record: Record) -> None:
    row = to_row(record)
    assert list(row) == list(to_row(Record()))
    assert tuple(str(row["keywords"] or "").split("\n")) == (record.keywords or ("",))
    assert tuple(str(row["authors"] or "").split("\n")) == (record.authors or ("",))


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected a Record, got dict"):
        to_row({})  # type: ignore[arg-type]
