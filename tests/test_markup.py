"""HTML of every kind, and the trees and soups of it, give the record of their text."""

import contextlib
import io
import pathlib
import warnings
from collections.abc import Callable
from typing import Any

import bs4
import lxml.etree
import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import litrecord
from litrecord._html.flattener import Flattener
from support.cases import said
from support.dresses import DRESSES, SHOWS, dressed
from support.strategies import DATA, WIDGET, any_text

PAGES = {path.stem: path for path in [DATA / "seed.txt", *sorted((DATA / "pages").glob("*.txt"))]}
TEXTS = {name: path.read_bytes().decode("utf-8") for name, path in PAGES.items()}
RECORDS = {name: litrecord.parse_record(text) for name, text in TEXTS.items()}

KINDS: dict[str, Callable[[str], Any]] = {
    "bytes": str.encode,
    "utf-16 bytes": lambda html: html.encode("utf-16"),
    "binary stream": lambda html: io.BytesIO(html.encode()),
    "text stream": io.StringIO,
    "lxml element": lxml.html.document_fromstring,
    "lxml tree": lambda html: lxml.etree.ElementTree(lxml.html.document_fromstring(html)),
    "html.parser soup": lambda html: bs4.BeautifulSoup(html, "html.parser"),
    "html.parser tag": lambda html: bs4.BeautifulSoup(html, "html.parser").find(True),
    "lxml soup": lambda html: bs4.BeautifulSoup(html, "lxml"),
    "html5lib soup": lambda html: bs4.BeautifulSoup(html, "html5lib"),
}


def text_of(html: str | bytes, **options: Any) -> str:
    return litrecord.parse_document(html, markup="html", **options).text


@pytest.mark.slow
@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("dress", DRESSES, ids=lambda dress: dress.__name__)
def test_pages_in_any_dress_give_the_records_of_their_texts(
    dress: Callable[..., str], show: str
) -> None:
    found = {
        name: litrecord.parse_record(dressed(text, dress, show)) for name, text in TEXTS.items()
    }
    assert found == RECORDS


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dress", DRESSES, ids=lambda dress: dress.__name__)
def test_every_kind_of_source_gives_the_same_record(dress: Callable[..., str], kind: str) -> None:
    for name in ("seed", "010", "202", "206", "208"):
        for show in SHOWS:
            source = KINDS[kind](dressed(TEXTS[name], dress, show))
            assert litrecord.parse_record(source) == RECORDS[name]


def test_a_path_of_html_is_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(dressed(TEXTS["seed"], DRESSES[0], "live"), encoding="utf-16")
    assert litrecord.parse_record(path) == RECORDS["seed"]


@pytest.mark.parametrize("name", TEXTS)
def test_the_sections_tile_the_text_form(name: str) -> None:
    document = litrecord.parse_document(dressed(TEXTS[name], DRESSES[-1], "visible"))
    assert "".join(section.text for section in document.sections) == document.text
    assert document.record == RECORDS[name]


LINES = [
    ("<p>Old <i>ma</i>ps<p>err.", "Old maps\nerr."),
    ("<p>Old\n   maps\t err. <b> </b> So</p>", "Old maps err. So"),
    ("<div>a<div>b</div>c</div>d", "a\nb\nc\nd"),
    ("a<br>b<br/><br>c", "a\nb\nc"),
    ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
    ("<p>a &lt;script>\nb&lt;/script>\nc</p>", "a <script> b</script> c"),
    ("<p>a &lt;script>\noa_widget&lt;/script>\nb</p>", "a\n<script>\noa_widget</script>\nb"),
    ("<script>oa_widget</script><!-- a --><noscript><script>oa_widget</script></noscript>b",
     "<script>oa_widget</script>\nb"),
    ("<pre>a\n<script>oa_widget</script>\nb</pre>", "a\n\n<script>oa_widget</script>\n\nb"),
    ("<p>a&amp;lt;b &amp; c&nbsp;d &#8211; &lt;i&gt;</p>", "a&lt;b & c\xa0d – <i>"),
    ("<pre>\n  a\n\n  b  c</pre>d", "\n  a\n\n  b  c\nd"),
    ("<p>a</p><textarea>b\n c</textarea>", "a\nb\n c"),
    ("<p>H<sub>2</sub>O, <custom-tag>x</custom-tag>y", "H2O, xy"),
    ("a<svg><title>b</title><text>c</text></svg>d", "ad"),
    ("<p>a<p hidden>b<p>c", "a\nc"),
    ("<p>a <span style='color: red; DISPLAY : none'>b</span> c", "a c"),
    ("<body style='display:none'>a", "a"),
    ("<nav>a</nav>b<button>c</button><template>d</template>", "b"),
    ("<dialog>a</dialog><dialog open>b</dialog>", "b"),
    ("<header>a</header>b<footer>c</footer>", "b"),
    ("<article><header>a</header>b</article>", "a\nb"),
    ("<div>a</div><main>b</main><main>c</main><div>d</div>", "b\nc"),
    ("<div>a</div><main> <script>b</script></main>", "a"),
    ("<table><tr><td>a</td><td>b</td></tr></table>", "| a | b | |"),
    ("<table><tr><td> </td><td>a<p>b</p></td><th>c</th></table>", "| a b | c | |"),
    ("<table><tr><td>a<td>b<td>c<td>d</table>", "| a | b | |\nc\nd"),
    ("<table><tr><td>&nbsp;<td>views<td>2&nbsp;6</table>", "| views | 2 6 | |"),
    ("<table><tr><td><i>visibility</i><td>views<td>26</table>", "| views | 26 | |\nvisibility"),
    ("<table><thead><tr><th>views<td>2</table>", "| views | 2 | |"),
    ("<table><thead><tr><td><table><tr><td>a<td>b</table></table>", "| a | b | |"),
    ("<body><p>z</p><main>a<main>b</main>c</main></body>", "a\nb\nc"),
    ("<p>a\x1eb \x1dc", "a\ufffdb \ufffdc"),
    ("<div><textarea><script>oa_widget</script></textarea><script>oa_widget</script>b</div>",
     "<script>oa_widget</script>\n<script>oa_widget</script>\nb"),
    ("<p>a</p><!-- <script>oa_widget</script> b --><script>oa_widget</script>c",
     "a\n<script>oa_widget</script>\nc"),
    ("<p title='<script>oa_widget'>a</p>b", "a\nb"),
    ("<p title='<script>oa_widget'>a</p><script>oa_widget</script>b",
     "a\n<script>oa_widget</script>\nb"),
    ("<p title='<script><script>oa_widget'>a</p>b", "a\nb"),
    ("<p title='oa_widget<script>", ""),
    ("<p title=a>x</p><p lang='en'><script>oa_widget</script>b",
     "x\n<script>oa_widget</script>\nb"),
    ("<!--><script>oa_widget</script><!---->b", "<script>oa_widget</script>\nb"),
    ("<p>a</p><!-- <script>oa_widget --><p>b", "a\nb"),
    ("<p>a</p><style>/* <script>oa_widget */</style><p>b", "a\nb"),
    ("<p>a</p><TextArea>oa_widget <script>", "a\noa_widget <script>"),
    ("<p>a<textarea><script>oa_widget</textarea>b", "a\n<script>oa_widget\nb"),
    ("<table><tr><td>a</td><td></td></tr><tr><td><br></td></tr></table>", "a"),
    ("<table><tr><td>a</td><td>b<p>c</p></td></tr></table>", "a\nb\nc"),
    ("<table><tr><td>a<table><tr><td>b<td>c</table>d</td><td>e</table>", "a\n| b | c | |\nd\ne"),
    ("<table><tr><td>a<td><pre>b\nc</pre></table>", "a\nb\nc"),
    ("<!-- a --><p>b<!-- c -->d<?pi e?></p>", "bd"),
    ("<p>a</p></body></html><p>b", "a\nb"),
    ("a < b <3 <", "a < b <3 <"),
    ("<select><option>a</select><noscript><p>b</noscript>c", "c"),
    ("<jats:title>a</jats:title><jats:p>b</jats:p>", "a\nb"),
    ("<p>a &plus; b &#150; c</p>", "a + b – c"),
    ("", ""),
    (" \n ", ""),
    ("<!-- a -->", ""),
    ("<p>\ud800\x00</p>", "\ufffd\ufffd"),
    ("<p>a<script>b</script>c</p>", "ac"),
    ("<p><![CDATA[a <b>b</b>]]> c[d[1]]>2<![CDATA[]]><p>e <![CDATA[f", "a b c[d[1]]>2\ne f"),
    ("<!-- <![CDATA[ --><p>a]]>b<script>oa_widget //<![CDATA[\n//]]></script>",
     "a]]>b\n<script>oa_widget //<![CDATA[\n//]]></script>"),
    ("<title>a</title><main><sec><title>b</title><p>c</p></sec>d<title>e</title>f</main>",
     "b\nc\ndf"),
    ("<title>a</title><p>b</p><title>c</title>", "b"),
    ('<?xml version="1.0" encoding="utf-16"?><p>é</p>', "é"),
]  # fmt: skip


ANNOTATION = "<annotation encoding='application/x-tex'>x^2</annotation>"
MATH = f"<math><semantics><msup><mi>x</mi><mn>2</mn></msup>{ANNOTATION}</semantics></math>"
PREFIXED = "<mml:math><mml:mi>x</mml:mi><mml:annotation>x</mml:annotation></mml:math>"
FORMULAS = [
    # KaTeX draws a fraction from below, and marks the end of a column.
    ("<span class=katex><span class=katex-mathml><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"
     "</span><span class=katex-html aria-hidden=true><span>b<i></i>a</span>\u200b</span></span>",
     "ab"),
    (f"<span>{MATH}</span><span aria-hidden='true'>x<span style='top:0'>2</span></span>", "x2"),
    # MathJax 3 and 2.
    ("<mjx-container><mjx-math aria-hidden='true'><mjx-mi>x</mjx-mi>2</mjx-math>"
     f"<mjx-assistive-mml>{MATH}</mjx-assistive-mml></mjx-container>", "x2"),
    (f"<span class='MathJax'><nobr aria-hidden='true'>\U0001d465<sup>2</sup></nobr>"
     f"<span>{MATH}</span></span><script type='math/tex'>x^2</script>", "x2"),
    (f"\\(x^2\\) {MATH}", "\\(x^2\\)"),
    (f"{MATH} $x^{{2}}$", "$x^{2}$"),
    (f"<jats:inline-formula><jats:tex-math>$$x$$</jats:tex-math>{PREFIXED}</jats:inline-formula>",
     "$$x$$"),
    (f"<table><tr><td>{MATH}<i aria-hidden='true'>x2</i><td>b</table>", "\n| x2 | b | |\n"),
]  # fmt: skip
ONE_FORM = [
    ("<span class=katex><span class=katex-html aria-hidden=true>x</span></span>", "x"),
    (f"{MATH} <i aria-hidden='true'>open_in_new</i>", "x2 open_in_new"),
    (f"{MATH}<p aria-hidden='true'>x2</p>", "x2\nx2\n"),
    (f"{MATH}<i aria-hidden='false'>x2</i>", "x2x2"),
    (f"{MATH}, <i aria-hidden='true'>x2</i>", "x2, x2"),
    (f"<i aria-hidden='true'>{MATH}</i>", "x2"),
    (f"{MATH} x2", "x2 x2"),
    ("<i aria-hidden='true'>a<i aria-hidden='true'>b</i></i><math></math>", "ab"),
    ("<math>a<p>b<article>c</article>d</p>e</math><i aria-hidden='true'>f", "a\nb\nc\nd\nef"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text"), [*FORMULAS, *ONE_FORM])
def test_a_formula_is_read_once(html: str, text: str) -> None:
    page = f"<main><p>Let {html} grow.</p></main>"
    shown = f"Let {text} grow.".replace("\n ", "\n").replace(" \n", "\n")
    for source in (page, bs4.BeautifulSoup(page, "html5lib"), lxml.html.document_fromstring(page)):
        document = litrecord.parse_document(source)
        assert document.text == shown
        left_out = "".join(found.message for found in document.diagnostics)
        assert ("formula given twice 1" in left_out) == ((html, text) in FORMULAS)


def test_a_soup_shows_its_cdata() -> None:
    soup = bs4.BeautifulSoup("<p><![CDATA[Old maps err.]]></p>", "html.parser")
    assert litrecord.parse_abstract(soup) == "Old maps err."


@pytest.mark.parametrize("name", ["title", "inline-formula", "ext-link"])
def test_a_text_that_begins_with_an_element_of_jats_is_no_page(name: str) -> None:
    text = f"\n<{name}>Aims</{name}> <p>Old maps err.</p>\n| views | 2 | |\n"
    document = litrecord.parse_document(text)
    assert document.record == litrecord.parse_record(text, markup="text")
    assert document.text == text


@pytest.mark.parametrize(("html", "text"), LINES)
def test_a_page_becomes_lines_as_a_browser_shows_them(html: str, text: str) -> None:
    assert text_of(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<div>pmid: 7</div>",
        "\ufeff \n<!-- a --> <!DOCTYPE html>Text.",
        WIDGET + "\n<section>pmid: 7</section>",
        "<p>pmid: 7</p><p>Text.</p>",
        "<ul>\n<li>\nviews | 7 |\n</li>\n</ul>",
        "<app-root><p>Text.</p>\n</app-root>\n</div>\n</div>",
        "<?xml version='1.0'?><html><body>pmid: 7</body></html>",
        "<?xml version='1.0'?>\n<?xml-stylesheet href='a'?>\n<p>pmid: 7</p>",
        "<form>\n<script>\nif(a){\nif(b){\n}\n}\n</script><p>Old maps err.</p></form>",
        "<p>a</p><style>\na {\n}\nb {\n}\n}\n</style><!-- \na\na\n -->",
        "<script>a = '\n';\n</script>\n<STYLE>b{}</STYLE>\n<div>\n<p><b>a</b>\npmid: 7</p></div>",
        "<app-root>\n<div>\n<p>\n<span>Identifiers</span>\npmid: 7\n</p></div></app-root>",
        "<header>\n a\n a\n</header>\n<main><p>pmid: 7</p></main>",
    ],
)
def test_html_is_told_by_how_it_begins_or_by_a_closed_block(html: str) -> None:
    assert litrecord.parse_document(html) == litrecord.parse_document(html, markup="html")


@pytest.mark.parametrize(
    "text",
    [
        "Old maps err.",
        "p<0.05 and n>3; a<b and c>d\n",
        "<b>a</b>\n\n<p>b</p>\n \nviews | 2 |\n",
        "<p>Old maps err.</p>\n| views | 7 | |\n",
        "pmid: 7\n<div>Old maps err.</div>\n",
        "<p>Old maps err.</p>\nMaps, Coasts\nMaps, Coasts\n",
        WIDGET + "\nOld <i>maps</i> err.\n",
        "<divide>this</divide>",
        "<script>track('</script>')</script>\npmid: 7\n<p>Text.</p>\n",
        "<p>Text.</p> <!-- \npmid: 7\n",
        "<p>Old maps",
        WIDGET.partition("\n")[2].partition("\n")[2] + "\nOld maps err.\n",
        "document.write('<div id=\"oa_widget\"></div>');\n",
    ],
)
def test_text_is_told_by_its_lines(text: str) -> None:
    assert litrecord.parse_document(text) == litrecord.parse_document(text, markup="text")
    assert litrecord.parse_document(text).text == text


def test_a_cell_may_hold_a_pipe_and_a_head_is_no_row() -> None:
    html = (
        "<div>Text.<table><thead><tr><th>Indicator<th>Value</thead><tr><td>views<td>a | b<tr><td>"
        "downloads a|b<td>2<tr><td>impulse<td>Top 1%</table></div>"
    )
    document = litrecord.parse_document(html)
    assert [(row.label, row.printed) for row in document.record.indicators] == [
        ("views", "a | b"),
        ("impulse", "Top 1%"),
    ]
    assert document.record.abstract == "Text."
    assert [found.code for found in document.diagnostics] == ["unknown-value", "unknown-text"]
    assert "| Indicator | Value | |" in document.sections_of(litrecord.SectionKind.NOTICE)[0].text
    for page in (f"<div>Authors: a</div>{html}", f"<p>{html}</p><main>{html}</main>"):
        assert litrecord.parse_record(page).indicators == document.record.indicators


def test_what_looks_like_a_script_in_a_cell_is_text() -> None:
    html = (
        "<main>Text.<table><tr><td>views<td>a | &lt;script>oa_widget&lt;/script>"
        "<tr><td>downloads<td>c | d</table></main>"
    )
    document = litrecord.parse_document(html)
    assert [(row.label, row.printed) for row in document.record.indicators] == [
        ("views", "a | <script>oa_widget</script>"),
        ("downloads", "c | d"),
    ]
    lines = document.text.split("\n")[1:]
    assert [section.text.rstrip("\n") for section in document.sections] == ["Text.", *lines]
    assert [found.span.of(document.text) for found in document.diagnostics] == lines


def test_a_widget_of_an_address_alone_is_read_from_any_source() -> None:
    script = "<script class='a b' src='https://x/?view=widget&amp;a=1'></script>"
    html = f"<main>{script}<p>pmid: 7</p></main>"
    kinds: list[Callable[[str], Any]] = [str, *KINDS.values()]
    for kind in kinds:
        widget = litrecord.parse_widget(kind(html))
        assert widget is not None
        assert widget.source_url == "https://x/?view=widget&a=1"


def test_entities_that_a_parser_left_are_decoded() -> None:
    parser = lxml.etree.XMLParser(resolve_entities=False)
    xml = '<!DOCTYPE p [<!ENTITY own "bar">]><p>a&own;b</p>'
    assert litrecord.parse_abstract(lxml.etree.fromstring(xml, parser)) == "a&own;b"
    paragraph = lxml.html.fromstring("<p>a</p>")
    paragraph.append(lxml.etree.Entity("eacute"))
    paragraph[0].tail = "b"
    assert litrecord.parse_abstract(paragraph) == "aéb"


def test_a_tree_of_text_that_is_none_is_our_error() -> None:
    # Newer versions of libxml2 keep what lxml cannot decode, older ones drop it.
    element = lxml.etree.fromstring(b"<p>&#xD800;</p>", lxml.etree.XMLParser(recover=True))
    expected: contextlib.AbstractContextManager[object] = contextlib.nullcontext()
    try:
        str(element.text)
    except UnicodeDecodeError:
        expected = pytest.raises(litrecord.SourceError, match="cannot read the text of this tree")
    with expected:
        litrecord.parse_record(element)


def test_names_of_other_namespaces_are_not_those_of_html() -> None:
    jats = '<a xmlns:jats="j"><jats:title>Aims</jats:title><jats:p>Old maps.</jats:p></a>'
    assert litrecord.parse_abstract(lxml.etree.fromstring(jats)) == "Aims\nOld maps."


@pytest.mark.parametrize("character", ["&#30;", "&#29;", "&#0;", "\x1e", "\x1d", "\x00"])
def test_no_character_of_a_page_makes_a_cell(character: str) -> None:
    html = f"<table><tr><td>views{character}5<td>26</table>"
    assert "views" not in litrecord.parse_indicators(html)  # type: ignore[comparison-overlap]


def test_what_was_read_before_changes_nothing() -> None:
    row = "<table><tr><td>views</td><td>2|3</td></tr></table>"
    litrecord.parse_record(f'<article data-litrecord="1">{row}</article>')
    assert litrecord.parse_indicators(row)["views"].printed == "2|3"
    html = "<script a=''><!--'<script </script><div <script view=widget\nw</script>\nO"
    texts = [text_of(html), litrecord.parse_document(html, markup="text").text, text_of(html)]
    assert texts[0] == texts[2]


def test_limits_hold_for_nodes() -> None:
    soup = bs4.BeautifulSoup("<p>Text.</p>", "html.parser")
    with pytest.raises(litrecord.LimitError, match="5 characters"):
        litrecord.parse_record(soup, limits=litrecord.Limits(characters=4))


def test_a_widget_that_a_parser_broke_is_mended_and_told() -> None:
    html = dressed(TEXTS["seed"], DRESSES[0], "live")
    document = litrecord.parse_document(bs4.BeautifulSoup(html, "html.parser"))
    assert document.record == RECORDS["seed"]
    (found,) = [d for d in document.diagnostics if d.code == "mended-widget"]
    assert str(found).startswith(
        "warning[mended-widget] line 1, column 1: the parser ended this widget too early\n  <script"
    )


def test_what_is_left_of_a_widget_of_another_form_is_kept() -> None:
    soup = bs4.BeautifulSoup("<div><script>oa_widget '</script>x</div>", "html.parser")
    document = litrecord.parse_document(soup)
    assert document.record.widget == litrecord.ScriptWidget("<script>oa_widget '</script>")
    assert document.record.abstract == "x"


def test_html_that_is_to_be_text_is_told() -> None:
    document = litrecord.parse_document("<!DOCTYPE html>\n", markup="text")
    assert [str(found) for found in said(document)] == [
        "warning[looks-like-html] line 1, column 1: this begins like HTML\n  <!DOCTYPE html>\n  ^"
        "\n  What to do: Leave out `markup=` or `--markup`: tags were read as words."
    ]


def test_a_replaced_character_of_html_is_told() -> None:
    (found,) = said(litrecord.parse_document("<div>a\x00b</div>"))
    assert str(found) == (
        "warning[replaced-character] line 1, column 2: U+0000 is not allowed in a value "
        "and was replaced by U+FFFD\n  a\ufffdb\n   ^"
        "\n  What to do: Check how the text was decoded."
    )


@pytest.mark.parametrize("markup", ["HTML", None, 7])
def test_another_markup_is_refused(markup: Any) -> None:
    with pytest.raises(litrecord.InvalidValueError, match="markup: expected one of auto, html, te"):
        litrecord.parse_record("Text.", markup=markup)


@pytest.mark.parametrize(
    "node",
    [
        bs4.element.NavigableString("pmid: 7"),
        bs4.BeautifulSoup("", "html.parser"),
        bs4.element.Comment("pmid: 7"),
        lxml.etree.Comment("pmid: 7"),
        lxml.etree.ElementTree(),
    ],
    ids=lambda node: type(node).__name__,
)
def test_a_node_without_elements_is_a_source(node: Any) -> None:
    litrecord.parse_record(node)


def test_an_element_is_read_without_what_follows_it() -> None:
    html = "<div><p>Old maps err.</p>Not so</div>"
    assert litrecord.parse_abstract(lxml.html.fromstring(html)[0]) == "Old maps err."
    assert (
        litrecord.parse_abstract(bs4.BeautifulSoup(html, "lxml").find_all("p")[0])
        == "Old maps err."
    )
    html = "<p><!-- a --><b>b</b><!-- c -->d<?e f?></p>"
    assert litrecord.parse_abstract(lxml.html.fromstring(html)) == "bd"
    assert litrecord.parse_abstract(bs4.BeautifulSoup(html, "html.parser")) == "bd"
    xhtml = lxml.etree.fromstring('<P xmlns="http://www.w3.org/1999/xhtml">a<BR/>b</P>')
    assert litrecord.parse_abstract(xhtml) == "a\nb"


HOSTILE = [
    "<div>" * 100_000,
    "<div>" + "<b>" * 900 + "¤",
    "<p " + " ".join(f"a{number}" for number in range(64_000)) + ">¤",
    f"<p>{'¤' * 10_000_000}</p>",
    f"<!--{'x' * 10_000_000}--><p>¤</p>",
    "<table><tr><td>¤" * 300,
    "<div>" * 900 + "</span>¤" * 20_000,
    "<ol>" * 400_000 + "</th>" * 400_000,
    "<p>¤</p></body></html>" * 9_000 + "<p>¤ <",
    "<script>oa_widget" * 10_000 + "¤",
    "<script>oa_widget '</script>¤" * 10_000,
    "<script>oa_widget</script>¤" * 20_000,
    "oa_widget" + "<p title='<script>" * 20_000 + "¤",
    "oa_widget<p title='" + "<script>" * 20_000 + "'>¤",
    "oa_widget<p " + "=" * 100_000 + "<script>¤",
    "¤<!--" * 10_000,
    "¤<" * 10_000,
    "¤&" * 10_000,
    "<plaintext>¤<b>¤",
    "¤<style>a<b>c",
    "<p>¤<!-- b",
    "<p>¤<scr",
]


@pytest.mark.slow
@pytest.mark.parametrize("html", HOSTILE, ids=lambda html: html[:20])
def test_hostile_html_is_read_whole_or_refused(html: str) -> None:
    try:
        text = text_of(html)
    except litrecord.LimitError:
        return
    assert text.count("¤") == html.count("¤") or html.startswith("¤<!--")


pieces = st.sampled_from([
    "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<main>",
    "</main>", "<pre>", "</pre>", "<svg>", "</svg>", "<script>", "</script>", "<!--", "-->",
    "<p hidden>", "<b>", "</b>", "<br>", "<article data-litrecord=1>", "</article>", "<thead>",
    "<li data-litrecord=keyword>", "<th data-litrecord=label>", "<td data-litrecord=value>",
    "&lt;", "&#1;", "&#x1e;", "&nbsp;", "oa_widget", "\x1e", "\x1d", "\x00", "\ud800", "<", ">",
    "&", "pmid:7", "views", "7", "|", "Top 10%",
])  # fmt: skip


@given(st.lists(st.one_of(pieces, any_text), max_size=30).map(" ".join))
@example("https://example.org/a\n")
def test_any_html_gives_a_record_or_our_error(html: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            document = litrecord.parse_document(html, markup="html")
        except litrecord.SourceError as error:
            is_named = str(error).startswith("expected a page, found ")
            assert is_named
            return
        assert "".join(section.text for section in document.sections) == document.text
        for found in document.diagnostics:
            assert 0 <= found.span.start <= found.span.end <= len(document.text)
        warnings.simplefilter("ignore")
        soup = bs4.BeautifulSoup(html.encode("utf-8", "replace").decode(), "html.parser")
    litrecord.parse_record(soup)


def test_what_a_parser_leaves_open_ends_with_the_page() -> None:
    flattener = Flattener(litrecord.Limits(), {})
    flattener.start("nav", {})
    flattener.data("Menu")
    assert flattener.close().left_out == {"nav": 1}


def test_a_widget_that_nobody_sees_is_counted_as_left_out() -> None:
    document = litrecord.parse_document(
        "<p>pmid: 1</p><div hidden><script>oa_widget</script></div><p>Old maps err.</p>"
    )
    assert document.record.widget is None
    assert "hidden 1" in next(d.message for d in document.diagnostics if d.code == "left-out")
