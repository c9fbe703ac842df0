"""Diagnostics: a closed table of codes, whole texts, and excerpts with a caret in its place."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import litrecord
from litrecord import Diagnostic, Severity, Span
from litrecord.diagnostics import CODES
from support.cases import DIAGNOSED, DIAGNOSED_ADDRESSES, ROW, said
from support.strategies import DATA, any_text

# Those that no text alone gets are in test_schemes, test_json and test_markup.
ELSEWHERE = {"unknown-scheme", "malformed-json", "looks-like-html", "mended-widget"}


def test_every_code_has_a_case_and_no_other_exists() -> None:
    assert {*DIAGNOSED, *DIAGNOSED_ADDRESSES, *ELSEWHERE} == set(CODES)


@pytest.mark.parametrize("code", DIAGNOSED)
def test_a_diagnostic_says_what_and_where(code: str) -> None:
    source, printed = DIAGNOSED[code]
    document = litrecord.parse_document(source)
    found = [str(found) for found in document.diagnostics if found.code == code]
    assert found == [f"{printed}\n  What to do: {CODES[code].advice}"]


@pytest.mark.parametrize("code", DIAGNOSED_ADDRESSES)
def test_a_fact_from_the_address_is_said(code: str) -> None:
    url, printed = DIAGNOSED_ADDRESSES[code]
    document = litrecord.parse_document("Text.\n", url=url)
    assert list(map(str, said(document))) == [f"{printed}\n  What to do: {CODES[code].advice}"]
    (found,) = said(litrecord.parse_document("Text.", url=url))
    assert (found.position, found.excerpt) == ((1, 6), "")


@pytest.mark.parametrize(
    ("text", "code", "start", "spanned"),
    [
        ("Text.\nMice, Humans\nMice, Hu", "maybe-cut", 6, "Mice, Humans"),
        ("Old maps.\nH<sub>2</sub>O\n", "unwrapped-markup", 11, ""),
    ],
)
def test_a_diagnostic_spans_what_it_is_of(text: str, code: str, start: int, spanned: str) -> None:
    (found,) = said(litrecord.parse_document(text))
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
        assert f"[{found.code}]" in str(found)
        if not found.excerpt:
            assert str(found).count("\n") == 1
            continue
        line, caret = found.excerpt.split("\n")
        assert line.strip()
        assert caret == " " * (len(caret) - 1) + "^"
        assert width(line) <= 80
        assert len(caret) <= 80


def width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


@given(st.text(st.sampled_from("a\r\n")))
@example("a\r\n\ra")
def test_positions_count_lines_as_the_parser_does(text: str) -> None:
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n":
            continue
        lines = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        position = litrecord.diagnostics.position_in(text, offset)
        assert position == (len(lines), len(lines[-1]) + 1)


def test_an_excerpt_is_elided_on_both_sides() -> None:
    text = "first line\n" + "x" * 300 + "!" + "y" * 300 + "\nlast"
    found = Diagnostic("unknown-text", "what", Span(text.index("!"), text.index("!") + 1), text)
    line, caret = found.excerpt.split("\n")
    assert line == "…" + "x" * 50 + "!" + "y" * 27 + "…"
    assert line[caret.index("^")] == "!"
    assert found.position == (2, 301)


@pytest.mark.parametrize("text", ["", "\n", " \t\n7", "\r\n7", "\u3000\n7"])
def test_of_a_blank_line_no_excerpt_is_shown(text: str) -> None:
    found = Diagnostic("left-out", "what", Span(0, 0), text)
    first, advice = str(found).split("\n")
    assert (found.excerpt, first) == ("", "info[left-out] line 1, column 1: what")
    assert advice == f"  What to do: {found.advice}"


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
