"""Markup inside an abstract is unwrapped, and mathematics is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord

CASES = [
    ("<p>Old maps err.</p><p>So do we.</p>", "Old maps err.\nSo do we."),
    (
        "<jats:title>Aims</jats:title><jats:p>Old <jats:italic>maps</jats:italic>.</jats:p>",
        "Aims\nOld maps.",
    ),
    ("H<sub>2</sub>O and 10<SUP>3</SUP>", "H2O and 103"),
    ("a <a href='https://example.org/?a=1&amp;b'>link</a>", "a link"),
    ('<p style="margin: 0">One</p>', "One"),
    ("One<br>Two<br/>Three<BR />Four<hr>", "One\nTwo\nThree\nFour"),
    ("<p>One<p>Two</p>", "One\nTwo"),
    ("<ul><li>One<li>Two</li></ul>", "One\nTwo"),
    ("a &lt; b &amp;&amp; c &gt; d &#8211; &#x2013;", "a < b && c > d – –"),
    ("&amp;lt;i&amp;gt; and &lt;i&gt;x&lt;/i&gt;", "&lt;i&gt; and <i>x</i>"),
    ("<jats:inline-graphic/>x", "x"),
]
STAY = [
    "p<0.05 and n>3; a<b and c>d",
    "a<b and c>d</b>",
    "x<i>y in all runs",
    "k<p>j, but p<q",
    "</i> and <b>",
    "<divide>this</divide> and <thing/>",
    "AT&T, &c; R&D; a & b; &nosuchname; &lt",
    "<i",
    "if a<b> then c</a>",
    "<b onclick>x</b >",
]


@pytest.mark.parametrize(("text", "abstract"), CASES)
def test_known_elements_are_unwrapped_once(text: str, abstract: str) -> None:
    document = litrecord.parse_document(f"{text}\n| views | 2 |\n")
    assert document.record.abstract == abstract
    assert "unwrapped-markup" in [found.code for found in document.diagnostics]
    assert document.text.startswith(text)


@pytest.mark.parametrize("text", STAY)
def test_what_is_no_markup_stays(text: str) -> None:
    document = litrecord.parse_document(text + "\n| views | 2 |\n", strict=True)
    assert document.record.abstract == text.strip()
    assert document.diagnostics == ()


def test_an_element_may_hold_several_lines() -> None:
    text = "<p>Old maps err.\nSo do <b>we\nall</b>.</p>\n| views | 2 |\n"
    assert litrecord.parse_abstract(text) == "Old maps err.\nSo do we\nall."


def test_an_abstract_of_nothing_but_tags_is_none() -> None:
    assert litrecord.parse_record("<p></p>\n| views | 2 |\n").abstract is None


def test_a_page_that_shows_markup_gives_what_its_text_gives() -> None:
    html = "<div><p>H&lt;sub&gt;2&lt;/sub&gt;O &amp;amp; &amp;amp;amp;</p></div>"
    text = "H<sub>2</sub>O &amp; &amp;amp;"
    assert litrecord.parse_abstract(html) == litrecord.parse_abstract(text) == "H2O & &amp;"


pieces = st.sampled_from(
    ["<p>", "</p>", "<i>", "</i>", "<br>", "<", ">", "&lt;", "&", "¤ ", "=", '"']
)


@given(st.lists(pieces, max_size=30).map("".join))
def test_nothing_but_tags_and_references_is_taken_out(text: str) -> None:
    abstract = litrecord.parse_record(text + "\n| views | 2 |\n", markup="text").abstract or ""
    for letter, least in (("¤", text.count("¤")), ("=", text.count("="))):
        assert abstract.count(letter) >= least


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["<p>", "</p>", "<i ", "<i a=", "<i a='", "&", "&#1", "<p></p>", "< "]
)
def test_hostile_markup_is_read(piece: str) -> None:
    litrecord.parse_record(piece * 100_000 + "\n| views | 2 |\n", markup="text")
