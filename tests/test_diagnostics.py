"""Diagnostics: a closed table of codes, whole texts, and excerpts with a caret in its place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import Diagnostic, Severity, Span
from litrecord.diagnostics import CODES
from support.strategies import DATA, WIDGET, any_text

ROW = "| views | 2 |\n"
LINE = "Zebra, Breast Neoplasms, Male, Alpha\n"

# Every code with a text that gets it, and its whole printed form.
CASES: dict[str, tuple[str | bytes, str]] = {
    "unknown-text": (
        ROW + "\tprose\r\n",
        "error[unknown-text] line 2, column 2: this text stands after the rows and is none\n"
        "   prose\n   ^",
    ),
    "cut-row": (
        ROW + "| citations | 7",
        "error[cut-row] line 2, column 1: this row ends before its value does, or has none\n"
        "  | citations | 7\n  ^",
    ),
    "second-record": (
        ROW + "pmid: 7\nmore\n",
        "error[second-record] line 2, column 1: another record begins here, after the rows of "
        "the first\n  pmid: 7\n  ^",
    ),
    "repeated-widget": (
        WIDGET + "\n<script>oa_widget</script>\n",
        "error[repeated-widget] line 7, column 1: this widget is not the first one\n"
        "  <script>oa_widget</script>\n  ^",
    ),
    "malformed-identifier": (
        "doi: 10.28945/495 , 10.1/\r\n",
        "error[malformed-identifier] line 1, column 21: '10.1/' is no valid doi\n"
        "  doi: 10.28945/495 , 10.1/\n                      ^",
    ),
    "repeated-indicator": (
        ROW + ROW,
        "error[repeated-indicator] line 2, column 1: a second row of 'views'\n"
        "  | views | 2 |\n  ^",
    ),
    "unclosed-widget": (
        "<script> <!-- oa_widget\n",
        "warning[unclosed-widget] line 1, column 1: this widget has no closing tag\n"
        "  <script> <!-- oa_widget\n  ^",
    ),
    "ambiguous-keyword": (
        "Tëxt.\n" + LINE + LINE,
        "warning[ambiguous-keyword] line 2, column 8: 'Breast Neoplasms, Male' may also be "
        "'Breast Neoplasms' and 'Male'\n  Zebra, Breast Neoplasms, Male, Alpha\n         ^",
    ),
    "maybe-cut": (
        "pmid: 7",
        "warning[maybe-cut] line 1, column 8: the text ends in the identifiers, which may be "
        "cut\n  pmid: 7\n         ^",
    ),
    "identifier-in-text": (
        "Old maps err.\n doi: 10.1000/182\n",
        "warning[identifier-in-text] line 2, column 2: this looks like an identifier line, but "
        "text stands above it: it is kept as abstract\n   doi: 10.1000/182\n   ^",
    ),
    "unknown-indicator": (
        "| 漢字 | 2 |\n",
        "warning[unknown-indicator] line 1, column 1: '漢字' is none of the known indicators\n"
        "  | 漢字 | 2 |\n  ^",
    ),
    "unknown-value": (
        "| impulse | high |\n",
        "warning[unknown-value] line 1, column 1: 'high' is neither a count nor an impact class\n"
        "  | impulse | high |\n  ^",
    ),
    "more-authors": (
        "Title\nAuthors: Doe; +4 Authors\nTitle\nAbstract\nText.\n",
        "warning[more-authors] line 2, column 1: the page names no more than these and says "
        "'+4 Authors'\n  Authors: Doe; +4 Authors\n  ^",
    ),
    "no-record": (
        "\n \n",
        "warning[no-record] line 1, column 1: the text prints no part of a record\n  \n  ^",
    ),
    "replaced-character": (
        "漢\u0301\x00 text\n",
        "warning[replaced-character] line 1, column 3: U+0000 stands in no value: there it is "
        "U+FFFD\n"
        "  漢\u0301  text\n    ^",
    ),
    "unwrapped-markup": (
        "Old maps.\nH<sub>2</sub>O &lt; 7\n",
        "warning[unwrapped-markup] line 2, column 2: taken for markup of this abstract: 2 tags "
        "and 1 references\n  H<sub>2</sub>O &lt; 7\n   ^",
    ),
    "from-metadata": (
        '<div>Old maps err.</div><meta name="citation_title" content="Maps">',
        "info[from-metadata] line 1, column 14: title: not printed, but in the page's citation "
        "tags\n  Old maps err.\n               ^",
    ),
    "unread-metadata": (
        '<div>Old maps err.</div><meta name="citation_doi" content="10">',
        "warning[unread-metadata] line 1, column 14: '10' in the page's citation tags is no "
        "identifier\n  Old maps err.\n               ^",
    ),
    "left-out": (
        "<div>Old maps err.<svg><title>A pin</title></svg><nav>a</nav><nav>b</nav></div>",
        "info[left-out] line 1, column 1: with text, left out: nav 2, svg 1\n"
        "  Old maps err.\n  ^",
    ),
    "looks-like-path": (
        "pages/001.html",
        "warning[looks-like-path] line 1, column 1: this looks like a path, and a str is always "
        "content: pass a pathlib.Path\n"
        "  pages/001.html\n  ^",
    ),
    "guessed-encoding": (
        b"caf\xe9\n",
        "warning[guessed-encoding] line 1, column 1: these bytes were read as "
        "windows-1252\n  café\n  ^",
    ),
}  # fmt: skip
ADDRESS = "https://explore.openaire.eu/search/result?pid="
FROM_ADDRESS = {
    "number-as-pmid": (
        ADDRESS + "7",
        "warning[number-as-pmid] line 2, column 1: pmid:7 stands in the page's address only\n"
        "  \n  ^",
    ),
    "unread-address": (
        ADDRESS + "a%20b",
        "warning[unread-address] line 2, column 1: pid='a b' of the page's address names no "
        "identifier\n  \n  ^",
    ),
    "identifier-from-address": (
        ADDRESS + "10.1000/182",
        "info[identifier-from-address] line 2, column 1: doi:10.1000/182 stands in the page's "
        "address only\n  \n  ^",
    ),
}

# Those that no text alone gets are in test_schemes, test_json and test_markup.
ELSEWHERE = {"unknown-scheme", "malformed-json", "looks-like-html", "mended-widget"}


def test_every_code_has_a_case_and_no_other_exists() -> None:
    assert {*CASES, *FROM_ADDRESS, *ELSEWHERE} == set(CODES)


@pytest.mark.parametrize("code", CASES)
def test_a_diagnostic_says_what_and_where(code: str) -> None:
    source, printed = CASES[code]
    document = litrecord.parse_document(source)
    assert [str(found) for found in document.diagnostics if found.code == code] == [printed]


@pytest.mark.parametrize("code", FROM_ADDRESS)
def test_a_fact_from_the_address_is_said(code: str) -> None:
    url, printed = FROM_ADDRESS[code]
    document = litrecord.parse_document("Text.\n", url=url)
    assert list(map(str, document.diagnostics)) == [printed]


@pytest.mark.parametrize(
    ("text", "code", "start", "spanned"),
    [
        ("Text.\nMice, Humans\nMice, Hu", "maybe-cut", 6, "Mice, Humans"),
        ("Old maps.\nH<sub>2</sub>O\n", "unwrapped-markup", 11, ""),
    ],
)
def test_a_diagnostic_spans_what_it_is_of(text: str, code: str, start: int, spanned: str) -> None:
    (found,) = litrecord.parse_document(text).diagnostics
    assert (found.code, found.span) == (code, Span(start, start + len(spanned)))
    assert found.span.of(text) == spanned


@pytest.mark.parametrize("code", CODES)
def test_a_code_says_what_it_means_and_what_to_do(code: str) -> None:
    found = Diagnostic(code, "what", Span(0, 0), "")
    assert found.severity is CODES[code].severity
    assert found.advice == CODES[code].advice
    assert CODES[code].name == code
    assert CODES[code].advice.endswith(".")


def test_a_code_outside_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no-such-code"):
        Diagnostic("no-such-code", "what", Span(0, 0), "")


@given(any_text)
def test_every_diagnostic_is_inside_its_text_and_prints(text: str) -> None:
    for found in litrecord.parse_document(text).diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(text)
        line, caret = found.excerpt.split("\n")
        assert caret == " " * (len(caret) - 1) + "^"
        assert width(line) <= 80
        assert len(caret) <= 80
        assert f"[{found.code}]" in str(found)


def width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


@given(st.text(st.sampled_from("a\r\n")), st.data())
def test_positions_count_lines_as_the_parser_does(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(min_value=0, max_value=len(text)))
    position = litrecord.diagnostics.position_in(text, offset)
    if text[offset - 1 : offset + 1] == "\r\n":
        return
    lines = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert position == (len(lines), len(lines[-1]) + 1)


def test_an_excerpt_is_elided_on_both_sides() -> None:
    text = "first line\n" + "x" * 300 + "!" + "y" * 300 + "\nlast"
    found = Diagnostic("unknown-text", "what", Span(text.index("!"), text.index("!") + 1), text)
    line, caret = found.excerpt.split("\n")
    assert line == "…" + "x" * 50 + "!" + "y" * 27 + "…"
    assert line[caret.index("^")] == "!"
    assert found.position == (2, 301)


def test_strict_raises_all_errors_at_once_and_no_warning() -> None:
    text = "pmid: 0\nText.\n" + ROW + ROW + "prose\n"
    with pytest.raises(litrecord.ParseError) as caught:
        litrecord.parse_record(text, strict=True)
    codes = [found.code for found in caught.value.diagnostics]
    assert codes == ["malformed-identifier", "repeated-indicator", "unknown-text"]
    assert str(caught.value).startswith("3 errors in the text\nerror[malformed-identifier] line 1")
    assert all(found.severity is Severity.ERROR for found in caught.value.diagnostics)
    assert litrecord.parse_record("pmid: 7", strict=True).pmid == "7"


def test_the_documented_table_is_the_table() -> None:
    page = (DATA.parent.parent / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    rows = [line for line in page.split("\n") if line.startswith("| `")]
    assert rows == [
        f"| `{code.name}` | {code.severity.value} | {code.meaning} | {code.advice} |"
        for code in CODES.values()
    ]
