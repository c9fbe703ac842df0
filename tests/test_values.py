"""Rows, counts and impact classes are what is printed, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import ImpactClass, Indicator, IndicatorTable
from litrecord._vocabularies.indicators import FIRST_CELLS
from support.cases import said

POPULARITY = (
    'This indicator reflects the "current" impact/attention (the "hype") of an article in '
    "the research community at large, based on the underlying citation network."
)


@pytest.mark.parametrize(
    ("printed", "count", "is_rounded"),
    [
        ("0", 0, False),
        ("123", 123, False),
        ("1K", 1000, True),
        ("12K", 12_000, True),
        ("1.2K", 1200, True),
        ("3M", 3_000_000, True),
        ("1.25M", 1_250_000, True),
        ("1_000", None, False),
        ("1,000", None, False),
        ("١٢٣", None, False),
        ("²", None, False),
        ("-1", None, False),
        ("1.5", None, False),
        ("1k", None, False),
        ("123.0", None, False),
        ("9" * 5000, None, False),
        ("Average", None, False),
    ],
)
def test_a_count_is_ascii_digits_perhaps_rounded(
    printed: str, count: int | None, is_rounded: bool
) -> None:
    row = Indicator("citations", printed)
    assert (row.count, row.is_rounded) == (count, is_rounded)


@pytest.mark.parametrize(
    ("printed", "code"),
    [("Top 0.01%", "C1"), ("Top 0.1%", "C2"), ("Top 1%", "C3"), ("Top 10%", "C4"),
     ("Average", "C5")],
)  # fmt: skip
def test_the_five_classes_have_their_codes(printed: str, code: str) -> None:
    found = Indicator("influence", printed).impact_class
    assert found is not None
    assert (found.code, found.value) == (code, printed)


def test_a_better_class_is_greater() -> None:
    in_order = sorted(ImpactClass, reverse=True)
    assert [found.name for found in in_order] == [
        "TOP_0_01", "TOP_0_1", "TOP_1", "TOP_10", "AVERAGE",
    ]  # fmt: skip
    with pytest.raises(TypeError):
        _ = ImpactClass.TOP_1 < "Top 1%"


@pytest.mark.parametrize("printed", ["Top 5%", "top 1%", "Top 1 %", "Average.", "12"])
def test_what_is_no_class_gives_none(printed: str) -> None:
    assert Indicator("influence", printed).impact_class is None


CITED = (
    'This is an alternative to the "Influence" indicator, which also reflects the '
    "overall/total impact of an article in the research community at large, based on the "
    "underlying citation network (diachronically)."
)


@pytest.mark.parametrize(
    "said",
    [
        CITED,
        "These citations are derived from selected sources. " + CITED,
        POPULARITY,
        "This indicator reflects the overall/total impact of an article in the research "
        "community at large, based on the underlying citation network (diachronically).",
        "This indicator reflects the initial momentum of an article directly after its "
        "publication, based on the underlying citation network.",
    ],
)
def test_what_the_portal_says_of_an_indicator_is_a_notice(said: str) -> None:
    document = litrecord.parse_document(f"Old maps err.\n{said}\n| views | 2 |\n")
    assert (document.record.abstract, document.diagnostics) == ("Old maps err.", ())


# One table drives the reading of a row with and without its pipes, and with junk after it.
ROWS = [
    ("citations", "", "70"),
    ("selected citations", "These citations are derived from selected sources.", "1K"),
    ("popularity", POPULARITY, "Top 0.01%"),
    ("views", "", "26"),
    ("Citations", "", "5"),
]


@pytest.mark.parametrize(("label", "description", "printed"), ROWS)
@pytest.mark.parametrize(
    "form", ["| {} | {} | |", "| {} | {} |", "{} | {} | |", "{} | {} |", "{} | {}", "|{}|{}||",
             "  | {} | {} |  ", "| {} | {} |\t|"]
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\nViews provided by UsageCounts\n"])
def test_a_row_is_read_with_or_without_pipes(
    label: str, description: str, printed: str, form: str, end: str
) -> None:
    cell = f"{label} {description}".strip()
    table = litrecord.parse_indicators("Text.\n" + form.format(cell, printed) + end)
    assert table.rows == (Indicator(label, printed, description),)


@pytest.mark.parametrize(("label", "description", "printed"), ROWS)
def test_another_cell_of_a_row_is_reported(label: str, description: str, printed: str) -> None:
    cell = f"{label} {description}".strip()
    document = litrecord.parse_document(f"Text.\n| {cell} | {printed} | junk\n")
    assert document.record.indicators.rows == (Indicator(label, printed, description),)
    (said,) = document.diagnostics
    assert (said.code, said.span.of(document.text)) == ("unknown-text", "junk")


def test_a_row_cut_anywhere_is_whole_or_an_error() -> None:
    row = f"| popularity {POPULARITY} | Top 10% | |"
    for at in range(1, len(row)):
        document = litrecord.parse_document("Text.\n| citations | 70 | |\n" + row[:at])
        read = document.record.indicators.get("popularity")
        assert document.record.abstract == "Text.", row[:at]
        if at >= row.index("%") + 1:
            assert read is not None, row[:at]
            assert (read.printed, document.diagnostics) == ("Top 10%", ()), row[:at]
        else:
            assert read is None, row[:at]
            assert [said.severity.value for said in document.diagnostics] == ["error"], row[:at]


@pytest.mark.parametrize("row", ["| views | 26", "views | 2", "| citations | 1K", "| x | 5"])
def test_a_count_that_nothing_closes_may_be_cut_and_is_none(row: str) -> None:
    document = litrecord.parse_document("| impulse | Average |\n" + row)
    assert len(document.record.indicators) == 1
    assert [found.severity.value for found in document.diagnostics] == ["error"]


KEYWORDS = "Mice, Humans\nMice, Humans\n"


@pytest.mark.parametrize(
    "last",
    ["| popul", "|", "| ", "popularity This ind", "citations This", "citations", "selected citat",
     "| citations |", "| citations | ", "citations |", "| views | |\n", "| views |\n", "views |\n",
     "views", "| views\n", "| views | Top 1", "popularity This indicator reflects the weather",
     "citations These citations are derived from selected sources by us",
     'citations This is an alternative to the "Influence" indicator, too',
     f"popularity {POPULARITY} | Top 1\n", max(FIRST_CELLS, key=len) + "\n"],
)  # fmt: skip
def test_a_cut_row_does_not_reach_the_abstract(last: str) -> None:
    document = litrecord.parse_document("Text.\n" + KEYWORDS + last)
    assert document.record == litrecord.Record(abstract="Text.", keywords=["Mice", "Humans"])
    assert [found.code for found in document.diagnostics] == ["cut-row"]


@pytest.mark.parametrize("row", ["| n | 7 |", "we had | 12 |", "| a | b | |"])
def test_a_row_of_another_label_is_one_only_if_no_text_follows(row: str) -> None:
    known = "| citations | 70 | |\n"
    inside = litrecord.parse_record(f"Text.\n{row}\nMore.\n" + KEYWORDS + known)
    assert inside.abstract == f"Text.\n{row}\nMore."
    assert (inside.keywords, len(inside.indicators)) == (("Mice", "Humans"), 1)
    for after in (known, "\n" + known, "", "\nViews provided by UsageCounts\n"):
        below = litrecord.parse_record("Text.\n" + KEYWORDS + row + "\n" + after)
        assert (below.abstract, len(below.keywords)) == ("Text.", 2)
        assert len(below.indicators) == 1 + (known in after)


def test_a_value_on_its_own_line_may_be_unknown_below_its_description() -> None:
    page = "Powered by OpenAIRE graph\n • BIP!\n popularity\n " + POPULARITY + "\n Top 5%\n"
    document = litrecord.parse_document(page)
    assert document.record.indicators.rows == (Indicator("popularity", "Top 5%", POPULARITY),)
    assert [found.code for found in document.diagnostics] == ["unknown-value"]


def test_a_description_with_a_pipe_is_kept_on_its_line() -> None:
    text = "B\n| citations | 5 | |\npopularity\nThis indicator reflects the |\nAverage\n"
    row = litrecord.parse_record(text).indicators["popularity"]
    assert row == Indicator("popularity", "Average", "This indicator reflects the |")


def test_of_an_unknown_row_the_whole_cell_is_the_label() -> None:
    document = litrecord.parse_document("Text.\n| views per month | 7 | |\n")
    assert document.record.indicators.rows == (Indicator("views per month", "7"),)
    assert [found.code for found in said(document)] == ["unknown-indicator"]
    assert document.record.abstract == "Text."


def test_the_first_of_two_rows_stays_by_whatever_label() -> None:
    text = "| citations | 70 | |\n| selected citations | 71 | |\n| Views | 1 |\n| views | 2 |\n"
    document = litrecord.parse_document(text)
    assert [row.printed for row in document.record.indicators] == ["70", "1"]
    assert [found.code for found in document.diagnostics] == ["repeated-indicator"] * 2


def test_each_of_many_equal_rows_has_its_place() -> None:
    document = litrecord.parse_document("| views | 1 |\n" * 4 + "| Views | 2 |\n| views | 1 |\n")
    assert [found.position.line for found in document.diagnostics] == [2, 3, 4, 5, 6]
    assert {found.code for found in document.diagnostics} == {"repeated-indicator"}


def test_an_unknown_value_keeps_its_print() -> None:
    document = litrecord.parse_document(2 * "| influence | Top 5% | |\n")
    assert document.record.indicators["influence"].printed == "Top 5%"
    assert [(found.code, found.position.line) for found in document.diagnostics] == [
        ("unknown-value", 1),
        ("repeated-indicator", 2),
    ]


def test_a_table_is_a_sequence_that_takes_names() -> None:
    table = IndicatorTable.parse("| selected citations | 70 | |\n\r\n| impulse | Average |\r\n")
    assert len(table) == 2
    assert [row.name for row in table] == ["citations", "impulse"]
    assert table[0] is table["citations"] is table.get("selected citations")
    assert table[-1].name == "impulse"
    assert table[:1] == table.rows[:1]
    keys: list[object] = ["citations", "selected citations", table[1], "views", 5]
    assert [key in table for key in keys] == [True, True, True, False, False]
    assert table.get("views") is None
    with pytest.raises(KeyError) as caught:
        table["views"]
    assert caught.value.args == ("no row 'views'; rows here: citations, impulse; use .get",)
    with pytest.raises(KeyError, match=r"rows here: none; use \.get"):
        IndicatorTable()["views"]


def test_a_table_is_not_read_from_what_is_no_row() -> None:
    for line in ("some text", "popularity | Top 10", "citations are counted | by hand, in 3 ways"):
        with pytest.raises(litrecord.ParseError, match="write a row as") as caught:
            IndicatorTable.parse(["| views | 1 |", line])
        assert caught.value.diagnostics[0].position == (2, 1)
    with pytest.raises(litrecord.InvalidValueError, match="expected a sequence of str, got 3"):
        IndicatorTable.parse(3)  # type: ignore[arg-type]
    with pytest.raises(litrecord.InvalidValueError, match="a second row of 'views'"):
        IndicatorTable.parse("| views | 1 |\n| views | 2 |")
    with pytest.raises(litrecord.InvalidValueError, match="expected a str"):
        IndicatorTable.parse([5])  # type: ignore[list-item]


@given(st.text(st.characters()))
def test_any_printed_value_is_kept_or_refused(printed: str) -> None:
    try:
        row = Indicator("citations", printed)
    except litrecord.InvalidValueError:
        return
    assert row.count is None or row.printed[0] in "0123456789"
