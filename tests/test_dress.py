"""Spaces of other kinds, and rows with tabs: the same record as with plain spaces and pipes."""

import pathlib

import pytest

import litrecord
from litrecord import ImpactClass, SectionKind
from litrecord._characters import OTHER_SPACES
from litrecord._vocabularies.indicators import read_row
from support.cases import said

PAGE = """Downloads provided by UsageCounts
<script type="text/javascript">
<!--
document.write('<div id="oa_widget"></div>');
document.write('<script type="text/javascript" src="https://www.openaire.eu/index.php?view=widget&type=result"></script>');
-->
</script>
doi: 10.5281/zenodo.77 , 10.5281/zenodo.78
pmcid: PMC353
Salt dries on the quay.
Carcinoma, Renal Cell, Salt Marshes, Quays
Carcinoma, Renal Cell, Salt Marshes, Quays
| selected citations These citations are derived from selected sources. So there. | 1.2K | |
| popularity | Top 0.1% | |
views | 7 |
Views provided by UsageCounts
"""
WHOLE = """Powered by OpenAIRE graph
addClaim
Salt and quays
Authors: Doe, Jo; Roe, Di
Abstract
Salt dries on the quay.
Keywords
Carcinoma, Renal Cell, Quays
• BIP!
Impact byBIP!
citations
7
"""
KEEP = str.maketrans(dict.fromkeys(OTHER_SPACES, " "))


def read_with_plain_spaces(text: str) -> object:
    """Return what a text is read as, other spaces in its values read as plain ones."""
    record = litrecord.parse_record(text)
    return litrecord.from_json(litrecord.to_json(record).translate(KEEP))


@pytest.mark.parametrize("page", [PAGE, WHOLE], ids=["page", "whole page"])
@pytest.mark.parametrize("blank", OTHER_SPACES, ids=ascii)
def test_a_blank_of_another_kind_may_stand_for_each_blank(page: str, blank: str) -> None:
    expected = litrecord.parse_record(page)
    at = page.find(" ")
    while at >= 0:
        dressed = page[:at] + blank + page[at + 1 :]
        document = litrecord.parse_document(dressed)
        assert read_with_plain_spaces(dressed) == expected, dressed[at - 9 : at + 9]
        assert document.diagnostics == ()
        assert "".join(found.text for found in document.sections) == dressed
        at = page.find(" ", at + 1)
    dressed = page.replace(" ", blank)
    assert read_with_plain_spaces(dressed) == expected
    assert litrecord.parse_record(dressed).indicators.rows[-1].count == 7


@pytest.mark.parametrize("blank", OTHER_SPACES, ids=ascii)
@pytest.mark.parametrize("form", ["{} ", " {}", "{}{}"])
def test_several_spaces_are_one(blank: str, form: str) -> None:
    own = form.format(blank, blank)
    for separator in (", ", " |", "| ", ": ", " ,"):
        page = PAGE.replace(separator, separator.replace(" ", own))
        record = litrecord.parse_record(page)
        assert [found.curie for found in record.identifiers] == [
            "doi:10.5281/zenodo.77", "doi:10.5281/zenodo.78", "pmc:PMC353",
        ]  # fmt: skip
        assert record.keywords == ("Carcinoma, Renal Cell", "Salt Marshes", "Quays")
        assert [row.printed for row in record.indicators] == ["1.2K", "Top 0.1%", "7"]


def test_values_stay_as_printed() -> None:
    page = (
        "Salt\xa0dries.\n"
        + 2 * "Salt\u2009Marshes, Mice,\xa0Knockout\n"
        + "|\xa0selected\u202fcitations\xa0|\xa01K\u200b|\ufeff|\n| impulse | Top\xa01% | |\n"
    )
    document = litrecord.parse_document(page)
    record = document.record
    assert record.abstract == "Salt\xa0dries."
    assert record.keywords == ("Salt\u2009Marshes", "Mice, Knockout")
    assert [row.label for row in record.indicators] == ["selected\u202fcitations", "impulse"]
    assert record.indicators["citations"].count == 1000
    assert record.indicators["impulse"].printed == "Top\xa01%"
    assert record.indicators["impulse"].impact_class is ImpactClass.TOP_1
    spans = document.spans
    assert [span and span.of(page) for span in spans.keywords] == [
        "Salt\u2009Marshes", "Mice,\xa0Knockout",
    ]  # fmt: skip
    assert spans.indicators[0].label.of(page) == "selected\u202fcitations"
    assert spans.indicators[1].printed.of(page) == "Top\xa01%"
    assert spans.abstract[0].of(page) == record.abstract
    assert litrecord.parse_record(litrecord.to_text(record)) == record
    assert litrecord.parse_record(litrecord.to_html(record)) == record


def test_a_keyword_line_may_be_printed_with_other_spaces_the_second_time() -> None:
    page = "Salt dries.\nMice, Quays; Salt\nMice,\xa0Quays;\u2009Salt\n| views | 7 |\n"
    document = litrecord.parse_document(page)
    assert document.record.keywords == ("Mice", "Quays", "Salt")
    assert [said.code for said in document.diagnostics] == ["other-separator"]


def test_what_is_said_of_keywords_has_its_place() -> None:
    line = "Zebra,\u200b\u200bBreast\xa0Neoplasms,\xa0Male, Alpha"
    (found,) = litrecord.parse_document(f"Salt.\n{line}\n{line}\n| views | 7 |\n").diagnostics
    assert found.code == "ambiguous-keyword"
    assert found.span.of(found.text) == "Breast\xa0Neoplasms,\xa0Male"


def test_many_byte_order_marks_are_read() -> None:
    document = litrecord.parse_document(3_000 * "\ufeff" + "pmid: 7\nOld maps err.\n")
    assert (document.record.pmid, document.record.abstract) == ("7", "Old maps err.")
    assert document.text.startswith(3_000 * "\ufeff")


def test_a_blank_without_width_within_an_identifier_is_none() -> None:
    document = litrecord.parse_document("doi:\u200b10.5281/zeno\u200bdo.77\u200b,\ufeff10.5281/7\n")
    assert [found.is_valid for found in document.record.identifiers] == [False, True]
    assert [found.code for found in said(document)] == ["malformed-identifier"]


@pytest.mark.parametrize("blank", OTHER_SPACES, ids=ascii)
def test_single_values_are_read_with_any_blank(blank: str) -> None:
    assert litrecord.Identifier.parse(f"pmid:{blank}7{blank}").curie == "pmid:7"
    assert litrecord.Identifier("pmid", f"7{blank}").is_valid
    assert litrecord.Indicator("views", f"26{blank}").count == 26
    row = litrecord.Indicator(f"selected{blank}citations", f"Top{blank}1%")
    assert (row.name, row.impact_class) == ("citations", ImpactClass.TOP_1)
    table = litrecord.IndicatorTable.parse(f"|{blank}views{blank}|{blank}26{blank}|{blank}|")
    assert table["views"].count == 26
    assert litrecord.split_keywords(f"Mice,{blank}Knockout,{blank}Humans{blank}") == (
        "Mice, Knockout", "Humans",
    )  # fmt: skip
    widget = litrecord.ScriptWidget(f'<script{blank}src="https://openaire.eu/?a=1"></script>')
    assert widget.parameters == {"a": "1"}


@pytest.mark.parametrize("blank", OTHER_SPACES, ids=ascii)
def test_html_may_have_any_blank(blank: str) -> None:
    page = (
        f"<main><p>pmid:{blank}7</p><pre>&lt;script{blank}type='a'&gt;\nvar oa_widget;\n"
        f"&lt;/script&gt;</pre><p>Salt{blank}dries.</p><p>Mice,{blank}Knockout</p>"
        f"<p>Mice,{blank}Knockout</p><table><tr><td>impulse<td>Top{blank}1%<td>{blank}"
        f"</table><p>Views{blank}provided by UsageCounts</p></main>"
    )
    document = litrecord.parse_document(page)
    assert document.record.pmid == "7"
    assert document.record.widget is not None
    assert document.record.abstract == f"Salt{blank}dries."
    assert document.record.keywords == ("Mice, Knockout",)
    assert document.record.indicators["impulse"].impact_class is ImpactClass.TOP_1
    assert document.diagnostics == ()
    text = "| views\xa0| 7 |\xa0|\nIn <p>such</p> text.\n"
    assert litrecord.parse_document(text).text == text


HEAD = "handle: 2381/12775\nSalt dries on the quay.\nQuays, Salt Marshes\nQuays, Salt Marshes\n"
OPENING = "This indicator reflects the weather."
ROWS = [("popularity", OPENING, "Top 1%"), ("selected citations", "", "1.2K"), ("views", "", "7")]


@pytest.mark.parametrize("form", [
    "{0} {1}\t{2}\t\n", "{0} {1}\t{2}\n", "\t{0} {1}\t{2}\t\n", "{0} {1} \t {2} \t \n",
    "{0} {1}\t\t{2}\n", '"{0} {1}"\t{2}\n', "{0} {1}\t{2}\t\t\r\n", "{0}\xa0{1}\t{2}\t\xa0\n",
    "\t\n{0} {1}\t{2}\n",
])  # fmt: skip
def test_rows_with_tabs_are_rows(form: str) -> None:
    page = HEAD + "".join(form.format(*row) for row in ROWS) + "Views provided by UsageCounts\n"
    document = litrecord.parse_document(page)
    assert [(row.label, row.description, row.printed) for row in document.record.indicators] == ROWS
    assert document.record.keywords == ("Quays", "Salt Marshes")
    assert document.record.abstract == "Salt dries on the quay."
    assert document.diagnostics == ()
    assert "".join(found.text for found in document.sections) == page
    for spans, row in zip(document.spans.indicators, ROWS, strict=True):
        assert (spans.label.of(page), spans.printed.of(page)) == (row[0], row[2])
    assert litrecord.parse_record(page[:-1]) == document.record


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_two_blocks_is_copied_as_two_lines(end: str, quote: str) -> None:
    page = HEAD + f"{quote}popularity\n{OPENING}{quote}\tTop 1%\t\nviews\t7\t\n"
    page = page.replace("\n", end)
    document = litrecord.parse_document(page)
    assert [(row.label, row.description) for row in document.record.indicators] == [
        ("popularity", OPENING), ("views", ""),
    ]  # fmt: skip
    assert document.record.keywords == ("Quays", "Salt Marshes")
    assert document.diagnostics == ()


def test_a_description_without_its_label_is_no_row() -> None:
    long = "popularity, as they say in all of the harbours of the county"
    page = f"{HEAD}{long}\n{OPENING}\tTop 1%\nviews\t7\t\n"
    document = litrecord.parse_document(page)
    assert len(document.record.indicators) == 1
    assert long in (document.record.abstract or "")


@pytest.mark.parametrize(("row", "code"), [
    (f"popularity {OPENING}\t\t\n", "cut-row"),
    (f"popularity {OPENING}\tTop 1", "cut-row"),
    ("views\t7\nviews\t8", "cut-row"),
    (f"popularity {OPENING}\tlots\t\n", "unknown-value"),
    ("views\t7\nmentions\t3\t\n", "unknown-indicator"),
    ("views\t7\t8\n", "unknown-text"),
    ("sailing\tviews\t7\n", "unknown-text"),
    ("views\t7\nprose\twith a tab\n", "unknown-text"),
])  # fmt: skip
def test_what_is_odd_in_rows_with_tabs_is_reported(row: str, code: str) -> None:
    document = litrecord.parse_document(HEAD + row)
    assert [said.code for said in document.diagnostics] == [code]
    assert document.record.abstract == "Salt dries on the quay."


def test_rows_with_tabs_may_follow_rows_with_pipes() -> None:
    document = litrecord.parse_document(f"{HEAD}| impulse | Top 1% |\nviews\t7\t\n")
    assert [row.printed for row in document.record.indicators] == ["Top 1%", "7"]
    assert document.diagnostics == ()


@pytest.mark.parametrize("text", ["views\tof the quay", "Year\tSalt\n1999\t12\n2000\t13", "\t"])
def test_tabs_in_prose_stay(text: str) -> None:
    document = litrecord.parse_document(f"Salt.\n{text}\nSo there.\n")
    assert document.record.abstract == "\n".join(
        filter(None, map(str.strip, f"Salt.\n{text}\nSo there.".split("\n")))
    )
    assert not document.record.indicators
    assert document.sections_of(SectionKind.UNKNOWN) == ()


PAGES = sorted((pathlib.Path(__file__).parent / "data/pages").glob("*.txt"))


def with_tabs(line: str) -> str:
    row = read_row(line)
    if row is None or not row.is_known or not row.is_closed:
        return line
    return f"{row.label} {row.description}".strip() + f"\t{row.printed}\t"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_stored_page_with_tabs_for_pipes_is_the_same(path: pathlib.Path) -> None:
    page = path.read_bytes().decode()
    record = litrecord.parse_record(page)
    lines = [with_tabs(line) for line in page.split("\n")]
    assert litrecord.parse_record("\n".join(lines) + "\n") == record
