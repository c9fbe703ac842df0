"""What is no landing page, or none as a whole, is told: by landmarks, by rows, by how it begins."""

import pathlib

import pyarrow as pa
import pytest

import litrecord
from litrecord import SectionKind, Severity, arrow
from litrecord._vocabularies.indicators import DESCRIPTIONS
from support.cases import said
from support.strategies import SEED, WIDGET

DATA = pathlib.Path(__file__).parent / "data"
ADDRESS = "https://explore.openaire.eu/search/result?pid=10.1000%2F182"
(MOMENTUM,) = (text for text in DESCRIPTIONS if "initial momentum" in text)
FOREIGN = {
    "an error page of a gateway": "504 Gateway Time-out\nopenresty/1.21\n",
    "an error page in HTML": "<html><head><title>403</title></head><body><h1>Forbidden</h1></body>",
    "a login page": "<!DOCTYPE html><form><label>Password</label></form><p>Sign in to go on</p>",
    "another site with its icons": "Menuarrow_drop_down\nimage/svg+xml logo\nHow sand moves\n",
    "headings of many sites": "Abstract\nTides move sand.\nKeywords\nSand\nAuthors: Roe, Di\n",
    "a repository": "How sand moves\nDOI: 10.5555/12345678\nTides move sand.\nDownload\n",
    "its headings": "<html><h1>Sign in</h1><p>Help</p><h2>Abstract</h2><p>Tides.</p></html>",
    "its metadata": '<meta name="citation_title" content="Sand"><div><p>Tides move sand.</p></div>',
    "another table": "<table><tr><td>Licence<td>CC BY</table><p>Tides move sand.</p>",
    "another table at the end": "Weather\n| Wind | 7 | |\n| Rain | 2 | |\n",
    "JSON": '{"error": {"code": 429, "message": "Too many requests"}}',
    "JSON Lines": '{"doi": "10.5555/1"}\n{"doi": "10.5555/2"}\n',
    "CSV": "doi,title\n10.5555/1,Sand\n10.5555/2,Tides\n",
    "a script": "<script>track()</script>\n",
    "the start of a label": "Tides move sand.\nc",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_text_without_a_landmark_is_an_error_that_strict_refuses(kind: str) -> None:
    for url in (None, ADDRESS):
        document = litrecord.parse_document(FOREIGN[kind], url=url)
        (found,) = (found for found in document.diagnostics if found.code == "no-landmark")
        assert found.severity is Severity.ERROR
        assert not document.has_landmark
        with pytest.raises(litrecord.ParseError, match="no-landmark"):
            litrecord.parse_record(FOREIGN[kind], url=url, strict=True)


def test_what_has_no_landmark_keeps_its_lines() -> None:
    record = litrecord.parse_record(FOREIGN["an error page of a gateway"])
    assert record.abstract == "504 Gateway Time-out\nopenresty/1.21"


def test_a_column_of_pages_has_the_error_of_each_in_its_row() -> None:
    pages = pa.table({"text": [FOREIGN["JSON"], SEED]})
    bad, good = arrow.parse_batch(pages).to_pylist()
    assert [found["code"] for found in bad["diagnostics"]] == ["no-landmark"]
    assert (good["diagnostics"], good["error"]) == ([], None)
    assert arrow.parse_batch(pages, strict=True)["error"].null_count == 1


LANDMARKS = [
    WIDGET + "\nOld maps err.\n",
    "pmid: 21496615\nOld maps err.\n",
    "Old maps err.\nMaps, Coasts\nMaps, Coasts\n",
    "Old maps err.\n\nViews provided by UsageCounts\n",
    "BIP!Impulse provided by BIP!\n",
    f"{MOMENTUM}\n",
    "Powered by OpenAIRE\nZENODO\n",
    "Who drew it?\nAuthors: Roe, Di\nWho drew it?\nAbstract\nOld maps err.\n",
    "<p>pmid: 21496615</p><p>Old maps err.</p>",
    "Found an issue? Give us feedback\n",
]


@pytest.mark.parametrize("text", LANDMARKS)
def test_a_text_with_a_landmark_and_no_row_may_be_cut(text: str) -> None:
    for url in (None, ADDRESS):
        document = litrecord.parse_document(text, url=url)
        codes = [found.code for found in document.diagnostics]
        assert codes.count("no-row") == 1
        assert "no-landmark" not in codes
        assert document.has_landmark
        litrecord.parse_record(text, url=url, strict=True)


@pytest.mark.parametrize("row", ["| views | 7 | |", "selected citations | 1K | |", "| impulse | "])
def test_a_row_is_a_landmark_and_one_that_is_cut_is_a_row(row: str) -> None:
    document = litrecord.parse_document("Old maps err.\n" + row)
    assert document.has_landmark
    assert {found.code for found in document.diagnostics} <= {"cut-row"}


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff", "<html><body></body></html>"])
def test_an_empty_text_has_no_landmark_and_says_that_it_has_no_record(text: str) -> None:
    for url in (None, ADDRESS):
        document = litrecord.parse_document(text, url=url)
        codes = {found.code for found in document.diagnostics} - {"identifier-from-address"}
        assert codes == {"no-record"}
        assert not document.has_landmark


def test_own_markup_is_a_page_whatever_it_holds() -> None:
    html = litrecord.to_html(litrecord.Record(abstract="Old maps err."))
    document = litrecord.parse_document(html)
    assert (document.diagnostics, document.has_landmark) == ((), True)


# --- How a text begins.

WHOLE_PAGE = (DATA.parent.parent / "examples" / "whole-page.txt").read_text(encoding="utf-8")
ROW = f"impulse {MOMENTUM} | Top 10% | |"
DUMP = (
    f"Downloads provided by UsageCounts\n{WIDGET}\ndoi: 10.5555/1 , 10.5555/23\nOld maps err.\n"
    f"So do we.\nMaps, Coasts\nMaps, Coasts\n{ROW}\ncitations | 7 | |\n\nviews | 26 | |\n"
)
GLUED = f"\n{WIDGET}Old maps err.\n| {ROW}\n"


def kept_of(record: litrecord.Record) -> dict[str, set[str]]:
    return {
        "title": {record.title or ""},
        "abstract": set((record.abstract or "").split("\n")),
        "keywords": {*record.keywords, ", ".join(record.keywords)},
        "rows": {f"{row.name} {row.printed}" for row in record.indicators},
    }


def is_end_of(line: str, wholes: set[str]) -> bool:
    return any(whole.endswith(line) for whole in wholes)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("dump", [DUMP, GLUED, WHOLE_PAGE], ids=["dump", "glued", "page"])
def test_a_dump_may_begin_anywhere(dump: str, end: str) -> None:
    whole = kept_of(litrecord.parse_record(dump))
    text = dump.replace("\n", end)
    for at in range(1, len(text)):
        document = litrecord.parse_document(text[at:])
        assert "".join(section.text for section in document.sections) == text[at:]
        found = kept_of(document.record)
        first, *others = (document.record.abstract or "").split("\n")
        # A cut abstract, or a lone keyword line, cannot be told from a whole one.
        is_text = is_end_of(first, whole["abstract"]) or (
            not others and is_end_of(first, whole["keywords"])
        )
        is_right = is_text and set(others) <= whole["abstract"]
        is_right &= found["title"] <= {"", *whole["title"]} and found["rows"] <= whole["rows"]
        is_right &= found["keywords"] <= {"", *whole["keywords"]}
        assert is_right or document.diagnostics, text[at : at + 60]


def test_the_end_of_a_widget_is_no_text() -> None:
    for at in range(1, len(WIDGET) - 3):
        document = litrecord.parse_document(f"{WIDGET[at:]}\nOld maps err.\n| views | 7 | |\n")
        assert document.record.abstract == "Old maps err.", WIDGET[at:]
        assert document.record.widget is None, WIDGET[at:]
        assert [found.code for found in document.diagnostics] == ["unknown-text"], WIDGET[at:]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_few_characters_of_a_widget_are_maybe_cut(length: int) -> None:
    document = litrecord.parse_document(f"{WIDGET[-length:]}\nOld maps err.\n| views | 7 | |\n")
    assert [found.code for found in document.diagnostics] == ["maybe-cut"]


def test_the_end_of_a_row_is_an_error_and_no_value() -> None:
    for at in range(1, len(ROW)):
        document = litrecord.parse_document(f"{ROW[at:]}\npopularity | Average | |\n")
        assert [row.name for row in document.record.indicators] == ["popularity"], ROW[at:]
        assert document.record.abstract is None, ROW[at:]
        assert [found.code for found in document.diagnostics] == ["cut-row"], ROW[at:]
        assert document.sections[0].kind is SectionKind.UNKNOWN, ROW[at:]


SPREAD = f"impulse\n    {MOMENTUM}\n    Average\n"


def test_the_end_of_a_row_on_several_lines_is_an_error() -> None:
    for at in range(len("impulse"), len(SPREAD) - len("\n    Average\n")):
        document = litrecord.parse_document(
            f"{SPREAD[at:]}    influence\n    {MOMENTUM}\n    Average\n"
        )
        assert [row.name for row in document.record.indicators] == ["influence"], SPREAD[at:]
        # A shorter piece may be text, and is reported as the end of a line.
        piece = SPREAD[at:].partition("\n")[0].strip()
        assert document.record.abstract in (None, piece)
        assert "cut-row" in [found.code for found in document.diagnostics], SPREAD[at:]


@pytest.mark.parametrize(
    "notice", [MOMENTUM, "BIP!Citations provided by BIP!", "Downloads provided by UsageCounts"]
)
def test_the_end_of_a_notice_is_a_notice(notice: str) -> None:
    for at in range(1, len(notice) - 12):
        document = litrecord.parse_document(f"{notice[at:]}\nOld maps err.\n| views | 7 | |\n")
        assert document.record.abstract == "Old maps err."
    for at in (len(notice) - 12, len(notice) - 3, len(notice) - 1):
        document = litrecord.parse_document(f"{notice[at:]}\nOld maps err.\n| views | 7 | |\n")
        assert [found.code for found in document.diagnostics] == ["maybe-cut"]


@pytest.mark.parametrize("label", ["Citations", "Popularity", "Influence", "Impulse", "influence"])
def test_a_tooltip_without_its_first_word_is_a_notice_anywhere(label: str) -> None:
    document = litrecord.parse_document(f"| views | 7 | |\n{label} provided by BIP!\n")
    assert document.diagnostics == ()
    record = litrecord.parse_record(
        "The data of this study are provided by BIP!\n| views | 7 | |\n"
    )
    assert record.abstract == "The data of this study are provided by BIP!"


@pytest.mark.parametrize(
    "text",
    [
        "oi: 10.1000/182\n",
        "0.1000/182 , 10.1000/183\n",
        ": 21496615\n",
        "aps, Coasts\nMaps, Coasts\n",
        "t>Old maps err.\n",
        "licy )Old maps err.\n",
        "Copyright policy )\nCopyright policy )Old maps err.\n",
        "rage\n",
        "70\n",
    ],
)
def test_a_line_that_may_be_the_end_of_another_stays_with_a_warning(text: str) -> None:
    document = litrecord.parse_document(text + "| views | 7 | |\n")
    assert "maybe-cut" in [found.code for found in document.diagnostics]
    assert document.record.abstract == text.replace("Copyright policy )\n", "", 1).strip()


@pytest.mark.parametrize(
    "text",
    [
        "Old maps err.\n",
        "influence of maps\n",
        "p>0.05 was found; we err.\n",
        "(Maps) err.\n",
        "2019: maps err.\n",
        "Old maps err;\nSo do we;\n",
        "Introduction: maps err.\n",
    ],
)
def test_another_first_line_is_text_and_nothing_is_said(text: str) -> None:
    document = litrecord.parse_document(text + "| views | 7 | |\n")
    assert (document.record.abstract, document.diagnostics) == (text.strip(), ())


# --- Whole pages: other first lines, two notices, and a head that is missing.

HEAD = (
    "{}\nFound an issue? Give us feedback\nZENODOarrow_drop_down\nZENODO\nArticle . 2021\n"
    "addClaim\n"
)
MERGED = (
    "\nThis Research product is the result of merged Research products in OpenAIRE.\n\n"
    "You have already added {} works in your ORCID record related to the merged Research "
    "product.\n\n"
)
REST = (
    "Who drew it?\n\nAbstract\n\nOld maps err.\n\nKeywords\n\nMaps\n\n  • BIP!\n    Impact byBIP!\n"
)
SPREADS = f"    impulse\n    {MOMENTUM}\n    Average\n"


@pytest.mark.parametrize(
    "first",
    [
        "Powered by OpenAIRE graph", "POWERED BY OPENAIRE GRAPH", "powered by OpenAIRE",
        "Powered by OpenAIRE Graph v11", "Powered By OpenAIRE Research Graph.",
        "Powered by the OpenAIRE Graph (beta, 9.0.1)".replace(",", ""),
        "Powered by OpenAIRE graph | Last update 30 Sep 2026".replace("|", "-"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("merged", ["", MERGED.format(0), MERGED.format(12)])
def test_a_whole_page_begins_in_any_wording(first: str, merged: str) -> None:
    document = litrecord.parse_document(HEAD.format(first) + merged + REST + SPREADS)
    record = document.record
    assert (record.title, record.abstract) == ("Who drew it?", "Old maps err.")
    assert (record.keywords, len(record.indicators)) == (("Maps",), 1)
    assert document.diagnostics == ()


@pytest.mark.parametrize(
    "text",
    [
        "Powered by OpenAIRE, this study shows that old maps err.",
        "Powered by OpenAIRE graph data we show that old maps err.",
        "Powered by OpenAIREs friends",
        "Powered by steam",
    ],
)
def test_a_sentence_that_begins_so_is_an_abstract(text: str) -> None:
    assert litrecord.parse_record(f"{text}\nMore.\n| views | 7 |\n").abstract == f"{text}\nMore."


def test_the_notices_above_the_title_are_no_title_wherever_the_text_ends() -> None:
    page = HEAD.format("Powered by OpenAIRE graph") + MERGED.format(3) + REST
    for at in range(page.index("addClaim"), page.index("Who drew")):
        document = litrecord.parse_document(page[:at])
        is_told = any(found.code == "maybe-cut" for found in document.diagnostics)
        assert document.record.title is None or is_told, page[:at][-40:]
        assert document.record.title is None or len(document.record.title) < 12


def test_a_page_whose_first_lines_are_missing_is_read_by_add_claim() -> None:
    text = HEAD.format("").partition("feedback\n")[2] + MERGED.format(0) + REST + SPREADS
    document = litrecord.parse_document(text)
    assert (document.record.title, document.record.abstract) == ("Who drew it?", "Old maps err.")
    assert document.diagnostics == ()


@pytest.mark.parametrize(
    ("above", "abstract"),
    [
        ("drew it?\n\nAbstract\n\nOld maps err.\n\n", "Old maps err."),
        ("bstract\n\nOld maps err.\n\n", "bstract\nOld maps err."),
        ("maps err.\n\n", "maps err."),
        ("", None),
    ],
)
def test_a_page_that_begins_below_its_title_is_said_to_be_cut(
    above: str, abstract: str | None
) -> None:
    text = f"{above}Keywords\n\nMaps\n\n  • BIP!\n    Impact byBIP!\n{SPREADS}"
    document = litrecord.parse_document(text)
    assert (document.record.title, document.record.abstract) == (None, abstract)
    assert (document.record.keywords, len(document.record.indicators)) == (("Maps",), 1)
    assert "maybe-cut" in [found.code for found in said(document)]


@pytest.mark.parametrize("below", ["| views | 2 | |\n", "impulse\tAverage\n"])
@pytest.mark.parametrize("value", ["Top 10%", "Average", "Top 0.01%"])
def test_a_value_alone_at_the_start_may_be_of_a_cut_row(value: str, below: str) -> None:
    document = litrecord.parse_document(f"{value}\t\n{below}")
    assert "maybe-cut" in [found.code for found in document.diagnostics]
