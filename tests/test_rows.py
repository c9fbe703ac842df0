"""Tables as other tools print them: rules, header rows, other cells, rows of headings in HTML."""

import pytest

import litrecord
from litrecord import SectionKind

HEAD = "handle: 2381/12775\nSalt dries on the quay.\nQuays, Salt Marshes\nQuays, Salt Marshes\n"
FIRST = "citations These citations are derived from selected sources. So there."


def told(document: litrecord.Document) -> list[tuple[str, str]]:
    return [(said.code, said.span.of(document.text)) for said in document.diagnostics]


def values_of(source: str) -> tuple[object, ...]:
    """Return what must be the same, however the rows are printed."""
    record = litrecord.parse_record(source)
    rows = [(row.label, row.printed) for row in record.indicators]
    return record.abstract, record.keywords, rows


PLAIN = values_of(f"{HEAD}| impulse | Top 1% |\n| views | 9 | |\n")


@pytest.mark.parametrize("rule", [
    "|---|---|", "| --- | :-: | ---: |", "---|---", ":--|--:", "|  |  |  |", "| = | = |",
])  # fmt: skip
@pytest.mark.parametrize("above", ["{0}\n{1}", "{1}\n{0}", "{0}\n\n{0}\n{1}", "{1}\n\n{0}\n\n"])
def test_rules_between_rows_are_notices(rule: str, above: str) -> None:
    rows = above.format(rule, "| impulse | Top 1% |") + f"\n{rule}\n| views | 9 | |\n{rule}\n"
    document = litrecord.parse_document(HEAD + rows)
    assert values_of(HEAD + rows) == PLAIN
    assert document.diagnostics == ()
    notices = "".join(found.text for found in document.sections_of(SectionKind.NOTICE))
    assert notices.count(rule) == rows.count(rule)


@pytest.mark.parametrize("header", ["| Metric | Score |", "Metric | Score", "| Metric | | |"])
@pytest.mark.parametrize("below", ["impulse | Top 1% |\n", "| impulse | Top 1% |\n"])
def test_the_row_above_a_separator_line_is_a_header(header: str, below: str) -> None:
    page = f"{HEAD}{header}\n|---|---|\n{below}{header}\n---|---\n| views | 9 | |\n"
    assert values_of(page) == PLAIN
    assert litrecord.parse_document(page).diagnostics == ()


def test_a_row_above_a_separator_line_stays_a_row() -> None:
    page = (
        "| mentions | 3 |\n|---|---|\n| views | 9 |\n|---|---|\n| downloads | many |\n|---|---|\n"
    )
    document = litrecord.parse_document(page)
    assert [row.label for row in document.record.indicators] == ["mentions", "views", "downloads"]
    assert [code for code, _ in told(document)] == ["unknown-indicator", "unknown-value"]


def test_a_cut_row_above_a_separator_line_stays_an_error() -> None:
    page = "| views | 9 |\n| impulse | |\n|---|---|\n"
    assert told(litrecord.parse_document(page)) == [("cut-row", "| impulse | |")]


def test_a_table_in_an_abstract_stays_there() -> None:
    text = "Columns:\n| a | b |\n|---|---|\n| x | y z |\nThat was all."
    page = f"{text}\n| views | 9 | |\n"
    assert litrecord.parse_record(page).abstract == text


@pytest.mark.parametrize(("row", "more"), [
    ("| views | 9 | 10 |", "10"),
    ("|views|9|10|", "10"),
    ("| views | 9 | up | since May |", "up"),
    ("| visibility | views | 9 |", "visibility"),
    ("| | visibility | views | | 9 | |", "visibility"),
    (f"| {FIRST} | many | i |", "i"),
    (f"| {FIRST} | 12 | | info |", "info"),
    (f"{FIRST} | 12 | | info | |", "info"),
])  # fmt: skip
def test_other_cells_of_a_row_are_reported(row: str, more: str) -> None:
    document = litrecord.parse_document(f"{HEAD}| impulse | Top 1% |\n{row}\n")
    rows = document.record.indicators.rows
    assert rows[0].printed == "Top 1%"
    assert (rows[1].label, rows[1].printed) in (
        ("views", "9"), ("citations", "12"), ("citations", "many")
    )  # fmt: skip
    assert ("unknown-text", more) in told(document)
    assert "".join(found.text for found in document.sections) == document.text


@pytest.mark.parametrize("row", ["| views | | 9 |", "| | views | 9 | |", "||views||9||"])
def test_cells_without_text_may_stand_anywhere(row: str) -> None:
    document = litrecord.parse_document(f"{HEAD}{row}\n")
    assert document.record.indicators["views"].count == 9
    assert document.record.keywords == ("Quays", "Salt Marshes")
    assert document.diagnostics == ()


@pytest.mark.parametrize("line", [
    "views | from | the | quay", "| a | 12 | b |", "views | | of the quay | |", "x | y | z | 12 |",
])  # fmt: skip
def test_prose_with_pipes_stays_prose(line: str) -> None:
    document = litrecord.parse_document(f"{line}\nMore of it.\n| impulse | Top 1% |\n")
    assert document.record.abstract == f"{line}\nMore of it."
    assert len(document.record.indicators) == 1


def test_a_row_that_is_cut_in_another_cell_is_whole() -> None:
    document = litrecord.parse_document("| impulse | Top 1% | |\n| views | 9 | u")
    assert document.record.indicators["views"].count == 9
    assert told(document) == [("unknown-text", "u")]


PAGE = (
    "<main><p>handle: 2381/12775</p><p>Salt dries.</p>{}"
    "<p>Quays, Salt</p><p>Quays, Salt</p>{}</main>"
)


@pytest.mark.parametrize("head", [
    "<tr><th>Metric</th><th>Score</th></tr>", "<tr><th>Metric<th>Score<th>Trend",
    "<tr><th colspan=2>Metrics of the work</th></tr>", "<tr><th></th><th>Score</th></tr>",
    "<tbody><tr><th scope=col>Metric</th> <th>Views provided by UsageCounts</th></tr></tbody>",
])  # fmt: skip
@pytest.mark.parametrize("cell", ["td", "th"])
def test_a_row_of_headings_is_a_notice(head: str, cell: str) -> None:
    rows = f"<tr><{cell}>impulse</{cell}><td>Top 1%</td></tr><tr><td>views<td>9"
    document = litrecord.parse_document(PAGE.format("", f"<table>{head}{rows}</table>"))
    record = document.record
    assert [(row.label, row.printed) for row in record.indicators] == [
        ("impulse", "Top 1%"), ("views", "9"),
    ]  # fmt: skip
    assert (record.abstract, record.keywords) == ("Salt dries.", ("Quays", "Salt"))
    assert document.diagnostics == ()


def test_a_row_of_headings_that_holds_more_than_headings_is_kept() -> None:
    rows = "<tr><th>views</th><th>9</th></tr><tr><th>pmid: 7</th><th>Salt</th></tr>"
    document = litrecord.parse_document(PAGE.format(f"<table>{rows[31:]}</table>", ""))
    assert "pmid: 7" in document.text
    assert "pmid: 7" not in "".join(s.text for s in document.sections_of(SectionKind.NOTICE))
    rows = f"<table>{rows[:31]}<tr><th>{'Long prose. ' * 9}</th></tr></table>"
    document = litrecord.parse_document(PAGE.format("", rows))
    assert document.record.indicators["views"].count == 9
    assert [code for code, _ in told(document)] == ["unknown-text"]
