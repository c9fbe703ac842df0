"""What older versions of libxml2 get is read as newer ones read the page itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import Limits
from litrecord._html import libxml2
from litrecord.limits import DEFAULT_LIMITS
from support.cases import said


@pytest.fixture(autouse=True)
def _as_of_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libxml2, "IS_OLD", True)


REFERENCES = [
    ("a &plus; b", "a + b"),
    ("&#150;&#x96;&#128;", "––€"),
    ("&lt;i&gt; &amp;lt; &quot;&apos;&#39;&#60;", "<i> &lt; \"''<"),
    ("&lang;&rang; &not &eacute x &copy2019 &amp &lt &#150 &#0;", "⟨⟩ ¬ é x ©2019 & < – \ufffd"),
    ("<textarea><button></button></textarea>", "<button></button>"),
    ("<!-- &lang; --><style>&lang;</style>a", "a"),
    ("&eacute;&nbsp;&nosuchname; &; & a", "é\xa0&nosuchname; &; & a"),
]


@pytest.mark.parametrize(("html", "text"), REFERENCES)
def test_references_are_those_of_the_living_standard(html: str, text: str) -> None:
    assert litrecord.parse_document(f"<p>{html}</p>", markup="html").text == text


def test_a_control_character_is_not_lost() -> None:
    document = litrecord.parse_document("<div>a\x01b</div>")
    assert document.record.abstract == "a\ufffdb"
    assert [found.code for found in said(document)] == ["replaced-character"]


@pytest.mark.parametrize(
    "tag", ["<p {}>", "<p {}", "<p x='>' {}>", '<p x=">" {} y="<">', "<p x='\" {}>", "<p\n{}\n>"]
)
def test_a_tag_of_many_attributes_is_refused_before_it_is_parsed(tag: str) -> None:
    names = " ".join(f"a{number}=1" for number in range(40))
    with pytest.raises(litrecord.LimitError, match=r"attributes, but limits\.attributes is 30: "):
        litrecord.parse_record(tag.format(names), markup="html", limits=Limits(attributes=30))
    assert litrecord.parse_record(tag.format(names), markup="html") == litrecord.Record()


@pytest.mark.parametrize("quote", ["'", '"'])
def test_all_attributes_of_a_tag_are_counted(quote: str) -> None:
    tag = "<p" + "".join(f" a{number}={quote}>{quote}" for number in range(350)) + ">"
    with pytest.raises(litrecord.LimitError, match=r"^350 attributes, "):
        litrecord.parse_record(tag, markup="html", limits=Limits(attributes=30))
    record = litrecord.parse_record(tag, markup="html", limits=Limits(attributes=350))
    assert record == litrecord.Record()


@pytest.mark.parametrize(
    "html",
    [
        "<script>if(a<b){" + "x = 1; " * 9_000 + "}</script>",
        "<!-- a<b " + "w " * 12_000 + "-->",
        '<p class = "' + "w " * 12_000 + '">',
        '<script type="application/ld+json">{"a": "a<b ' + "w " * 12_000 + '"}</script>',
    ],
)
def test_what_is_no_attribute_is_none(html: str) -> None:
    assert litrecord.parse_abstract(f"<div>{html}Old maps err.</div>") == "Old maps err."


def test_scripts_stay_as_they_are() -> None:
    script = '{"@type": "Book", "name": "Maps", "author": "O&#8217;Neil"}'
    html = f'<main>a</main><script type="application/ld+json">{script}</script>'
    assert libxml2.prepare(html, DEFAULT_LIMITS) == html


def test_a_long_tag_of_few_attributes_is_read() -> None:
    html = f"<p a='{'x' * 30_000}'>Old maps err.</p>"
    assert litrecord.parse_abstract(html) == "Old maps err."


@given(st.text(st.sampled_from("<a >'\"=&;#x1")))
def test_what_is_prepared_has_the_same_tags(html: str) -> None:
    prepared = libxml2.prepare(html, DEFAULT_LIMITS)
    assert prepared.count("<") == html.count("<")
    assert libxml2.prepare(prepared, DEFAULT_LIMITS) == prepared or "&" in html


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["<textarea>", "<!--", "<script>", "<p ", "<p '", '<p "', "<p a='", "&#1", "&a", "<"]
)
def test_hostile_html_is_prepared(piece: str) -> None:
    libxml2.prepare(piece * 100_000, Limits(attributes=1_000_000))
