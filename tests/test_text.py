"""Page text: what is written is what the portal prints, and reads back, or is refused."""

import pathlib

import pytest
from hypothesis import given

import litrecord
from litrecord import Identifier, Indicator, Record, to_text
from support.strategies import DATA, SEED, WIDGET, any_text, records

PAGES = sorted((DATA / "pages").glob("*.txt"))
ROWS = [Indicator("citations", "7"), Indicator("impulse", "Average"), Indicator("views", "2")]

# Records and how they are printed, each read back as well.
PRINTED: list[tuple[Record, str]] = [
    (Record(), ""),
    (Record(abstract="Old maps err.\nPeer reviewed"), "Old maps err.\nPeer reviewed"),
    (Record(keywords=["Maps", "Diagnosis, Differential"]), 2 * "\nMaps, Diagnosis, Differential"),
    (
        Record(
            identifiers=[Identifier("pmid", "7"), Identifier("doi", "10.1000/1")], abstract="Text."
        ),
        "pmid: 7\ndoi: 10.1000/1\nText.",
    ),
    (
        Record(identifiers=[Identifier("handle", "1/2"), Identifier("handle", "1/3")]),
        "handle: 1/2 , 1/3",
    ),
    (Record(indicators=ROWS), "citations | 7 | |\nimpulse | Average |\nviews | 2 |"),
    (Record(indicators=ROWS[::-1]), "views | 2 |\nimpulse | Average | |\ncitations | 7 |"),
    (Record(widget=litrecord.ScriptWidget(WIDGET), abstract="Text."), f"{WIDGET}\nText."),
    (
        Record(title="Who drew the coast?", authors=["Doe, Jo", "Roe, Di"], abstract="Text."),
        "Powered by OpenAIRE graph\nWho drew the coast?\nAuthors: Doe, Jo; Roe, Di\n"
        "Who drew the coast?\nAbstract\nText.",
    ),
    (
        Record(
            title="Coasts",
            identifiers=[Identifier("pmid", "7")],
            keywords=["Maps", "Coasts"],
            indicators=ROWS[:1],
        ),
        "Powered by OpenAIRE graph\nCoasts\nCoasts\npmid: 7\nKeywords\nMaps, Coasts\n"
        "Impact byBIP!\ncitations | 7 |",
    ),
    (Record(authors=["Doe, Jo"]), "Powered by OpenAIRE graph\nAuthors: Doe, Jo"),
]

# Records that no page text can hold, and the field that it would change.
UNPRINTABLE: list[tuple[str, Record]] = [
    ("keywords", Record(abstract="Text.", keywords=["maps, old"])),
    ("keywords", Record(keywords=["Diagnosis", "Differential"])),
    ("abstract", Record(abstract="pmid: 7\nText.")),
    ("abstract", Record(abstract="Twice\nTwice")),
    ("identifiers", Record(identifiers=[Identifier("made-up", "7")])),
    ("identifiers", Record(identifiers=[Identifier("mag_id", "1 , 2")])),
    ("indicators", Record(indicators=[Indicator("views", "2 | 3")])),
    ("indicators", Record(indicators=[Indicator("depth", "deep")])),
    ("widget", Record(widget=litrecord.ScriptWidget("<b>no script</b>"))),
    ("title", Record(title="Copyright policy )")),
    ("authors", Record(title="Coasts", authors=["Doe; Jo"])),
]


def test_the_seed_is_written_as_it_was_printed() -> None:
    assert to_text(litrecord.parse_record(SEED), exact=True) == SEED


@pytest.mark.parametrize(("record", "text"), PRINTED)
def test_a_record_is_printed_and_read_back(record: Record, text: str) -> None:
    assert to_text(record, exact=True) == text.removeprefix("\n")
    assert litrecord.parse_record(text) == record


@pytest.mark.parametrize(("field", "record"), UNPRINTABLE)
def test_what_the_text_would_change_is_named(field: str, record: Record) -> None:
    with pytest.raises(litrecord.UnrepresentableError) as caught:
        to_text(record, exact=True)
    first, *changed = str(caught.value).split("\n")
    assert first == "page text cannot hold this record: write JSON, or pass exact=False"
    assert field in [line.split(":")[0].strip() for line in changed]
    assert to_text(record)


def test_a_changed_field_is_shown_as_it_was_and_as_it_would_be_read() -> None:
    with pytest.raises(litrecord.UnrepresentableError) as caught:
        to_text(Record(title="x" * 200, keywords=["maps, old"], authors=["A;B"]), exact=True)
    assert str(caught.value).split("\n")[1:] == [
        "  keywords: ('maps, old',) would be read as ('maps', 'old')",
        "  authors: ('A;B',) would be read as ('A', 'B')",
    ]


def test_many_rows_and_terms_are_within_no_limit_when_they_are_read_back() -> None:
    record = Record(keywords=[f"term {at}" for at in range(20_000)])
    assert (
        litrecord.parse_record(to_text(record, exact=True), limits=litrecord.Limits(terms=20_000))
        == record
    )


@pytest.mark.parametrize(
    "record",
    [
        Record(abstract="\n".join(map(str, range(100_001)))),
        Record(identifiers=[Identifier("pmid", f"0{at}") for at in range(1_001)]),
        Record(keywords=[f"term {at}" for at in range(10_001)]),
        Record(indicators=[Indicator(f"row {at}", "1") for at in range(1_001)]),
        Record(title="A title", identifiers=[Identifier("pmid", "0")] * 1_001),
    ],
    ids=["lines", "diagnostics", "terms", "rows", "identifiers"],
)
def test_no_limit_applies_when_litrecord_reads_its_own_text(record: Record) -> None:
    text = to_text(record, exact=True)
    with pytest.raises(litrecord.LimitError):
        litrecord.parse_record(text)


@pytest.mark.parametrize(
    "abstract",
    ["<div>" * 1_001 + "x", "<div " + " ".join(f"a{at}=1" for at in range(10_001)) + ">x</div>"],
    ids=["nesting", "attributes"],
)
def test_a_text_that_would_be_read_as_html_is_refused_as_any_other(abstract: str) -> None:
    with pytest.raises(litrecord.UnrepresentableError) as caught:
        to_text(Record(abstract=abstract), exact=True)
    assert str(caught.value).split("\n") == [
        "page text cannot hold this record: write JSON, or pass exact=False",
        "  the text would be read as HTML, and its tags would be lost",
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_record_of_every_page_is_held_exactly(path: pathlib.Path) -> None:
    record = litrecord.parse_record(path)
    text = to_text(record, exact=True)
    assert litrecord.parse_record(text) == record
    assert to_text(litrecord.parse_record(text)) == text


@given(records)
def test_any_record_is_written_exactly_or_refused(record: Record) -> None:
    text = to_text(record)
    if litrecord.parse_record(text) == record:
        assert to_text(record, exact=True) == text
        assert to_text(litrecord.parse_record(text)) == text
    else:
        with pytest.raises(litrecord.UnrepresentableError) as caught:
            to_text(record, exact=True)
        assert len(str(caught.value)) < 2000


@given(any_text)
def test_any_record_that_was_read_can_be_written(text: str) -> None:
    to_text(litrecord.parse_record(text))


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected a Record, got str"):
        to_text("text")  # type: ignore[arg-type]
