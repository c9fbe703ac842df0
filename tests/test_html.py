"""HTML that is written reads back as the same record, escapes everything, and runs nothing."""

import json
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import bs4
import html5lib  # type: ignore[import-untyped]
import lxml.html
import pytest
from hypothesis import given

import litrecord
from litrecord import Identifier, Indicator, IndicatorTable, Record, ScriptWidget, to_html
from support.cases import said
from support.strategies import DATA, SEED, records

RECORD = litrecord.parse_record(SEED)
UTF_8 = lxml.html.HTMLParser(encoding="utf-8")
PARSERS: dict[str, Callable[[str], Any]] = {
    "html.parser": lambda html: bs4.BeautifulSoup(html, "html.parser"),
    "lxml soup": lambda html: bs4.BeautifulSoup(html, "lxml"),
    "html5lib": lambda html: bs4.BeautifulSoup(html, "html5lib"),
    "lxml tree": lambda html: lxml.html.document_fromstring(html.encode(), parser=UTF_8),
}


@given(records)
def test_every_record_comes_back(record: Record) -> None:
    for html in (to_html(record), to_html(record, full=True)):
        assert litrecord.parse_record(html) == record
        assert litrecord.parse_record(html.encode()) == record
        assert "&#" not in html


@pytest.mark.parametrize("parser", PARSERS)
@given(record=records)
def test_every_record_comes_back_through_any_parser(parser: str, record: Record) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = PARSERS[parser](to_html(record, full=True))
    assert litrecord.parse_record(tree) == record


@given(records)
def test_every_part_comes_back(record: Record) -> None:
    for part in ("widget", "identifiers", "abstract", "keywords", "indicators"):
        value = getattr(record, part)
        assert getattr(litrecord.parse_record(to_html(value)), part) == value


def test_what_litrecord_wrote_has_no_error_to_tell() -> None:
    for html in (to_html(RECORD), to_html(RECORD, full=True)):
        assert litrecord.parse_record(html, strict=True) == RECORD


STRANGE = Record(
    widget=ScriptWidget("<script>oa_widget</script>\n  </pre><b>"),
    identifiers=[Identifier("doi", "10.1/ x"), Identifier("pmid", "7"), Identifier("a<b", '"')],
    abstract="pmid: 1\n| views | 2 | |\nA, B\nA, B\n  <script>1</script>\n<p>&lt;</p>",
    keywords=["maps, old", "Powered by OpenAIRE graph", "A  B", "</li>"],
    indicators=[Indicator("views", "a | b"), Indicator("| x", "1", "y | z")],
    title="Authors: <title>",
    authors=["Doe; Jo", "+4 Authors"],
)


def test_values_that_no_line_of_text_could_hold_come_back() -> None:
    assert litrecord.parse_record(to_html(STRANGE)) == STRANGE
    assert litrecord.parse_record(to_html(STRANGE, full=True)) == STRANGE


@pytest.mark.parametrize("name", ["article", "page"])
def test_the_form_is_that_of_the_stored_page(name: str) -> None:
    path = DATA / f"seed-{name}.html"
    assert to_html(RECORD, full=name == "page") == path.read_text(encoding="utf-8")


FORBIDDEN = {"script", "iframe", "object", "embed", "img", "form", "input", "base", "link", "b"}
OURS = {
    "class", "data-litrecord", "dir", "href", "rel", "scope", "role", "aria-label", "width",
    "height", "viewbox", "x", "y", "rx", "stroke", "fill",
}  # fmt: skip
EVIL = [
    "<script>alert(1)</script>",
    "</code></pre><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><b onmouseover=alert(1)>',
    "javascript:alert(1)",
    "--></style></title></textarea><b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{constructor.constructor('alert(1)')()}}",
    "<svg/onload=alert(1)>",
    "\u202e<b>",
]


def evil_records() -> Iterator[Record]:
    for evil in EVIL:
        yield Record(
            widget=ScriptWidget(evil),
            identifiers=[Identifier(scheme, evil) for scheme in ("doi", "url", "urn", "x")],
            abstract=evil,
            keywords=[evil],
            indicators=[Indicator(evil, evil, evil)],
            title=evil,
            authors=[evil],
        )


@pytest.mark.parametrize("record", list(evil_records()), ids=EVIL)
def test_nothing_of_a_hostile_record_becomes_markup(record: Record) -> None:
    tree = html5lib.parse(to_html(record), namespaceHTMLElements=False)
    for element in tree.iter():
        name = str(element.tag).rpartition("}")[2]
        assert name not in FORBIDDEN
        assert {attribute.lower() for attribute in element.attrib} <= OURS
    assert litrecord.parse_record(to_html(record, full=True)) == record


@given(records)
def test_every_address_is_that_of_a_resolver(record: Record) -> None:
    addresses = re.findall(r'href="([^"]*)"', to_html(record))
    urls = [found.url for found in record.identifiers if found.url]
    assert [address.replace("&amp;", "&") for address in addresses] == urls
    assert all(address.startswith("https://") for address in addresses)


@given(records)
def test_the_metadata_of_a_page_ends_no_script(record: Record) -> None:
    page = to_html(record, full=True)
    (script,) = html5lib.parse(page, namespaceHTMLElements=False).iter("script")
    found = json.loads(script.text)
    assert found.get("name") == record.title
    assert found.get("keywords", []) == list(record.keywords)
    assert "<" not in script.text


def test_a_live_widget_is_built_anew() -> None:
    address = "https://beta.openaire.eu/index.php?view=widget&projectId=%22%3E%3Cb&type=result"
    record = Record(widget=ScriptWidget(f'<script src="{address}" onload="alert(1)"></script>'))
    html = to_html(record, widget="live")
    assert (
        '<div id="oa_widget"></div>\n<script src="https://beta.openaire.eu/index.php?view=widget'
        '&amp;projectId=%22%3E%3Cb&amp;type=result"></script>' in html
    )
    assert html.count("<script") == 1
    assert litrecord.parse_record(html) == record
    assert litrecord.parse_record(to_html(record, full=True, widget="live")) == record
    assert "Content-Security-Policy" not in to_html(record, full=True, widget="live")


@pytest.mark.parametrize(
    "address",
    [
        "http://www.openaire.eu/?view=widget",
        "https://www.openaire.eu@evil.example/?view=widget",
        "https://evil.example/?view=widget",
        "https://www.openaire.eu./?view=widget",
        "https://www.openaıre.eu/?view=widget",
        "httpſ://www.openaire.eu/?view=widget",
        "//www.openaire.eu/?view=widget",
    ],
)
def test_a_widget_that_is_not_trusted_never_runs(address: str) -> None:
    widget = ScriptWidget.from_url(address)
    with pytest.raises(litrecord.InvalidValueError, match="is not trusted: write it as 'text'"):
        to_html(widget, widget="live")
    assert "<script" not in to_html(widget)


@pytest.mark.parametrize(
    ("address", "anew"),
    [
        (
            "https://www.openaire.eu/a%20b/c;p=1?a=1&a=2",
            "https://www.openaire.eu/a%20b/c;p=1?a=1&amp;a=2",
        ),
        ("https://openaire.eu", "https://openaire.eu/"),
        ("https://WWW.openaire.eu:443/x#view=widget", "https://www.openaire.eu/x"),
    ],
)
def test_a_live_widget_loads_the_address_that_it_had(address: str, anew: str) -> None:
    assert f'<script src="{anew}"></script>' in to_html(
        ScriptWidget.from_url(address), widget="live"
    )


def test_a_page_without_a_widget_has_none_that_runs() -> None:
    assert to_html("Old maps err.", widget="live") == to_html("Old maps err.")


@pytest.mark.parametrize("value", [7, b"text", [7], {"a": 1}, [Identifier("pmid", "7"), "a"]])
def test_what_is_no_part_of_a_record_is_refused(value: Any) -> None:
    with pytest.raises(litrecord.InvalidValueError):
        to_html(value)
    with pytest.raises(litrecord.InvalidValueError, match="widget: expected 'text' or 'live', got"):
        to_html(RECORD, widget=value)


def test_an_identifier_by_itself_is_a_part() -> None:
    identifier = Identifier("pmid", "7")
    assert to_html(identifier) == to_html([identifier])


def test_limits_hold_for_litrecords_own_markup() -> None:
    html = to_html(["a", "b", "c"])
    with pytest.raises(litrecord.LimitError, match="3 terms"):
        litrecord.parse_record(html, limits=litrecord.Limits(terms=2))


def test_a_document_is_refused_with_what_to_pass() -> None:
    document: Any = litrecord.parse_document(SEED)
    message = "value: expected a Record or a part of one, got Document: pass its record"
    with pytest.raises(litrecord.InvalidValueError, match=message):
        to_html(document)


def test_nothing_is_an_empty_article() -> None:
    for nothing in (None, (), "", Record(), IndicatorTable()):
        assert to_html(nothing) == '<article class="litrecord" data-litrecord="1">\n</article>'


# What others write as litrecord's own markup is believed only where it may be, and is no danger.
ARTICLE = '<article data-litrecord="1">{}</article>'
FOREIGN = [
    ('<li data-litrecord="keyword">a</li>', Record(abstract="a"), []),
    (ARTICLE.format('<li data-litrecord="keyword">a\n b</li>'), Record(keywords=["a  b"]), []),
    (ARTICLE.format('<i data-litrecord="keyword"> </i>'), Record(), ["no-record"]),
    (ARTICLE.format('<i data-litrecord="label">a</i>'), Record(), ["cut-row", "no-record"]),
    (
        ARTICLE.format('<i data-litrecord="label">a</i><i data-litrecord="label">b</i>'
                       '<i data-litrecord="value">1</i>'),
        Record(indicators=[Indicator("b", "1")]),
        ["cut-row", "unknown-indicator"],
    ),
    (ARTICLE.format('<i data-litrecord="value">1</i>'), Record(), ["cut-row", "no-record"]),
    (ARTICLE.format('<i data-litrecord="identifier">1</i>'), Record(), ["cut-row", "no-record"]),
    (ARTICLE.format('<i data-litrecord="scheme">doi</i>'), Record(), ["cut-row", "no-record"]),
    (
        ARTICLE.format('<i data-litrecord="title">a</i><i data-litrecord="title">b</i>'),
        Record(title="a"),
        ["unknown-text"],
    ),
    (
        ARTICLE.format('<i data-litrecord="abstract">a</i>') * 2,
        Record(abstract="a"),
        ["unknown-text"],
    ),
    (
        "<p>pmid: 7</p>" + ARTICLE.format('a<i data-litrecord="abstract">b</i>') + "<p>c</p>",
        Record(abstract="b"),
        ["unknown-text", "unknown-text"],
    ),
    ('<article data-litrecord="2"><i data-litrecord="title">a</i>', Record(abstract="a"), []),
    (
        ARTICLE.format('<div data-litrecord="1"><i data-litrecord="title">a</i></div>'),
        Record(title="a"),
        [],
    ),
    ('<article data-litrecord="1"><i data-litrecord="title">a', Record(title="a"), []),
    ("<pre>\n \n</pre><article data-litrecord=1><i data-litrecord=title>a", Record(title="a"), []),
    (
        "<main><p>pmid: 7</p><p>Old <i data-litrecord=1>maps</i>.</p></main>",
        Record(identifiers=[Identifier("pmid", "7")], abstract="Old maps."),
        [],
    ),
    (
        ARTICLE.format("<i data-litrecord=abstract>a</i>")
        + "<table><thead><tr><td>a<td>b</thead><tr><td>views<td>2|6</table>",
        Record(abstract="a"),
        ["unknown-text"],
    ),
    (
        ARTICLE.format("<i data-litrecord=abstract>a</i><table><tr><td>views<td>2|6</table>"),
        Record(abstract="a"),
        [],
    ),
    (
        ARTICLE.format("<p data-litrecord=abstract><b>a</b><br>b<svg><title>c</title></svg>d</p>"),
        Record(abstract="a\nbd"),
        ["left-out"],
    ),
    (
        ARTICLE.format("<i data-litrecord=label>a</i><i data-litrecord=keyword>b</i>"),
        Record(keywords=["b"]),
        ["cut-row"],
    ),
    (
        ARTICLE.format("<table><tr><th>views<td>2</table><i data-litrecord=title>a</i>"),
        Record(title="a"),
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("html", "record", "codes"), FOREIGN, ids=[html for html, _, _ in FOREIGN])
def test_the_markup_of_others_is_believed_where_it_may_be(
    html: str, record: Record, codes: list[str]
) -> None:
    document = litrecord.parse_document(html, markup="html")
    assert document.record == record
    assert [found.code for found in said(document)] == codes
    assert "".join(section.text for section in document.sections) == document.text


def test_an_article_is_read_on_a_page_of_any_length_around_it() -> None:
    around = "<p>Text.</p>" * (litrecord.Limits().diagnostics + 1)
    document = litrecord.parse_document(around + to_html(RECORD) + around)
    assert document.record == RECORD
    spans = [found.span for found in document.diagnostics]
    assert [span.of(document.text).count("Text.") for span in spans] == [1_001, 1_001]
    assert spans[0].start == 0
    assert spans[1].end == len(document.text)


def elements_of(html: str) -> list[Any]:
    return list(html5lib.parse(html, namespaceHTMLElements=False).iter())


def test_a_notebook_shows_a_record_and_a_table_with_a_style() -> None:
    for value in (RECORD, RECORD.indicators):
        shown = value._repr_html_()
        assert shown.endswith(to_html(value))
        assert shown.startswith("<style>")


def test_a_notebook_shows_where_a_document_was_read_and_what_was_said() -> None:
    shown = litrecord.parse_document("pmid: 7\ndoi: 10.1/\nText <b>.\n| views | 2")._repr_html_()
    assert "<caption>3 sections, 2 diagnostics</caption>" in shown
    assert [row for row in shown.split("\n") if row.startswith("<tr>")] == [
        '<tr><th scope="row">identifiers</th><td><pre>pmid: 7',
        '<tr><th scope="row">abstract</th><td><pre>Text &lt;b&gt;.</pre></td><td></td></tr>',
        '<tr><th scope="row">unknown</th><td><pre><mark>| views | 2</mark></pre></td><td><ul>'
        "<li><b>error</b> cut-row: this row ends before its value does, or has none</li></ul></td>"
        "</tr>",
    ]
    assert "doi: <mark>10.1/</mark></pre>" in shown


def test_a_notebook_shows_no_character_that_html_cannot_hold() -> None:
    shown = litrecord.parse_document("Text.\x00\ud800\n")._repr_html_()
    assert "<pre>Text.<mark>\ufffd</mark>\ufffd</pre>" in shown
    shown.encode()


def test_a_notebook_shows_the_start_of_a_long_document() -> None:
    long = litrecord.parse_document("x" * 5_000 + "\n" + "| views | 2 |\n" * 300)._repr_html_()
    assert "<i>… and 1001 more characters</i></pre>" in long
    assert "<p>… and 101 more sections</p>" in long
    assert "<li>… and 82 more</li>" in long
    rows = [*(f"| {row} | 2 |\n" for row in range(262)), "| views | 2 |\n"]
    many = litrecord.parse_document("".join(rows))._repr_html_()
    assert many.count("<li>") == 199 + 20 + 1
    assert "<li>… and 43 more</li>" in many
    empty = litrecord.parse_document("")._repr_html_()
    assert "no-record: the text prints no part of a record" in empty
    assert len(long) < 200_000


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_of_a_hostile_document_becomes_markup(evil: str) -> None:
    text = f"doi: {evil}\n{evil}\n| {evil} | {evil} |\n| views | 2 |\n{evil}\n"
    names = {element.tag for element in elements_of(litrecord.parse_document(text)._repr_html_())}
    assert names <= {
        "html", "head", "body", "style", "div", "table", "caption", "tbody", "tr", "th", "td",
        "pre", "mark", "ul", "li", "b",
    }  # fmt: skip
