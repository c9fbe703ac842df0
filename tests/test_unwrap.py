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
    ("&amp;lt;i&amp;gt; and &lt;i&gt;x&lt;/i&gt;", "&lt;i&gt; and x"),
    ("<jats:inline-graphic/>x", "x"),
    ("<sec><title>Aims</title><p>Old <italic>maps</italic></p></sec>", "Aims\nOld maps"),
    ("<JATS:SEC><jats:label>1</jats:label> A</JATS:SEC>", "1 A"),
    ("<sans-serif>A</sans-serif> <ext-link xlink:href='a:b'>c</ext-link>", "A c"),
    ("One<break/>two", "One\ntwo"),
    ("a <ns2:p>b</ns2:p> <o:i>c</o:i>", "a\nb\nc"),
    ("<jats:p>Cut <jats:italic>here", "Cut here"),
    ("and</mml:mi> on", "and on"),
    ("<![CDATA[One <b>two</b>.]]> Three", "One two. Three"),
    ("Cut <![CDATA[here", "Cut here"),
    ("a[b[1]]>2, <![CDATA[c[d[1]]]>", "a[b[1]]>2, c[d[1]"),
    ("&lt;jats:p&gt;Old &lt;sup&gt;2&lt;/sup&gt; p&lt;0.05&lt;/jats:p&gt;", "Old 2 p<0.05"),
    ("&amp;lt;p&amp;gt;R&amp;amp;D&amp;lt;/p&amp;gt;", "R&D"),
    ("&lt;![CDATA[a &lt;b&gt;c&lt;/b&gt;]]&gt;", "a c"),
    ("A <i>b</i> &amp;lt;c", "A b &lt;c"),
]
STAY = [
    "p<0.05 and n>3; a<b and c>d",
    "x<i>y in all runs",
    "k<p>j, but p<q",
    "the mean <z> of <v> and vector<int>, <n|m>, <jo@example.org>, <https://example.org>",
    "a[b[1]]>2 and A --> B",
    "AT&T, &c; R&D; a & b; &nosuchname; &lt",
    "<i",
]
LEFT = [
    ("a<b and c>d</b>", "'</b>'"),
    ("</i> and <b>", "'</i>' and 1 more"),
    ("<divide>this</divide> and <thing/>", "'</divide>' and 1 more"),
    ("if a<b> then c</a>", "'</a>'"),
    ("<b onclick>x</b >", "'</b >'"),
    ("Old <italic>maps", "'<italic>'"),
    ("x<sub>2", "'<sub>'"),
    ("a <p>b", "'<p>'"),
    ("<item id='1'>a", "\"<item id='1'>\""),
    ("<w:t>a", "'<w:t>'"),
    ("a <!-- b --> <![if gte mso 9]>", "'<!--' and 1 more"),
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


@pytest.mark.parametrize(("text", "told"), LEFT)
def test_a_tag_that_stays_is_told(text: str, told: str) -> None:
    document = litrecord.parse_document(f"Maps.\nOld {text}\n| views | 2 |\n", strict=True)
    assert document.record.abstract == f"Maps.\nOld {text}"
    (found,) = document.diagnostics
    assert found.code == "unread-tag"
    assert found.message == f"left in the text, although it may be markup: {told}"
    first = told.partition(" and ")[0][1:-1]
    assert found.text[found.span.start :].startswith(first)


def test_of_a_tag_made_of_references_the_first_of_those_is_told() -> None:
    document = litrecord.parse_document("Old R&amp;D &lt;/sup&gt;\n| views | 2 |\n")
    assert document.record.abstract == "Old R&D </sup>"
    assert [(found.code, found.span.start) for found in document.diagnostics] == [
        ("unread-tag", 5), ("unwrapped-markup", 5),
    ]  # fmt: skip


X = "<mml:math><mml:msup>\n<mml:mi>x</mml:mi> <mml:mn>2</mml:mn></mml:msup></mml:math>"
FORMULAS = [
    (f"<tex-math>\n$$x^2$$\n</tex-math>{X}", "$$x^2$$"),
    (f"{X} <jats:tex-math>x^2</jats:tex-math>", "x^2"),
    (f"<alternatives><tex-math>\\ell</tex-math><inline-graphic/>{X}</alternatives>", "\\ell"),
    (f"<inline-formula>{X}<tex-math>\\sq</tex-math></inline-formula>", "\\sq"),
    (f"$x^2$ {X}", "$x^2$"),
    (f"{X}\\(x^{{2}}\\)", "\\(x^{2}\\)"),
    (f"\\[ x^2 \\]{X}", "\\[ x^2 \\]"),
    (f"{X}$$ x^2 $$", "$$ x^2 $$"),
    ("<math><mo>sin</mo><mi>\u03b1</mi></math> $\\sin\\alpha$", "$\\sin\\alpha$"),
    ("<math><mi>\u03d5</mi></math> $\\varphi$", "$\\varphi$"),
    ("<math><mi>\u0393</mi></math> $\\Gamma$", "$\\Gamma$"),
]
ONE_FORM = [
    (X, "x2"),
    (f"{X} and $x$", "x2 and $x$"),
    (f"{X} $y^2$", "x2 $y^2$"),
    (f"$x$ and 2$ {X}", "$x$ and 2$ x2"),
    ("<math><mi>a</mi></math> $\\alpha$", "a $\\alpha$"),
    ("<math><mi>\u03b3</mi></math> $\\Gamma$", "\u03b3 $\\Gamma$"),
    ("<math><mi>\u0436</mi></math> $\\zhe$", "\u0436 $\\zhe$"),
    ("<math><mo>+</mo></math> $-$", "+ $-$"),
    ("<math></math> $-$", " $-$"),
    (f"{X}<tex-math></tex-math>", "x2"),
    (f"{X}<p>a</p><p>{X}</p><p><tex-math>x^2</tex-math></p>b", "x2\na\nx2\nx^2\nb"),
    (
        f"<inline-formula>{X}</inline-formula> "
        "<inline-formula><tex-math>y</tex-math></inline-formula>",
        "x2 y",
    ),
    (
        "<math><semantics><mi>a</mi><annotation encoding='application/x-tex'>a^{}</annotation>"
        "<annotation-xml><ci>a</ci></annotation-xml></semantics></math>",
        "a",
    ),
    ("<math><semantics><annotation>a^2</annotation></semantics></math>", "a^2"),
    ("<annotation>a</annotation><math>b<math>c</math>d</math>", "abcd"),
    ("a <math>b", "a <math>b"),
    ("a <mml:math>b", "a b"),
    ("<math/>a", "a"),
]


@pytest.mark.parametrize(("text", "abstract"), FORMULAS)
def test_of_mathml_and_tex_the_tex_is_kept_and_that_is_said(text: str, abstract: str) -> None:
    document = litrecord.parse_document(f"Let {text} grow.\n| views | 2 |\n", markup="text")
    assert document.record.abstract == f"Let {abstract} grow."
    (found,) = document.diagnostics
    assert found.message.endswith("; formulas given twice, kept once: 1")


@pytest.mark.parametrize(("text", "abstract"), ONE_FORM)
def test_a_formula_of_one_form_is_kept(text: str, abstract: str) -> None:
    document = litrecord.parse_document(f"Let {text}.\n| views | 2 |\n", markup="text")
    assert str(document.record.abstract).replace("\n.", ".") == f"Let {abstract}."
    assert "twice" not in "".join(found.message for found in document.diagnostics)


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
