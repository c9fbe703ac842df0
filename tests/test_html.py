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
    styled = to_html(record, heading=5, style=True)
    for html in (to_html(record), to_html(record, full=True), styled):
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
    with pytest.raises(
        litrecord.InvalidValueError,
        match="is not an https address of the portal: write it as 'text'",
    ):
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


OWN = ARTICLE.format('<p data-litrecord="abstract">Hidden.</p>')
UNSEEN = [
    "<div hidden>{}</div>", "<div hidden='until-found'><div>{}</div></div>",
    "<div style='color: red; DISPLAY : none !important'>{}</div>",
    "<div style='display:/* ; */none'>{}</div>", "<p style='/* a /* b */visibility:hidden'>{}</p>",
    "<template>{}</template>", "<noscript>{}</noscript>", "<!-- {} -->", "<dialog>{}</dialog>",
    "<script type='text/x-template'>{}</script>", "<select><option>{}</select>",
    "<svg><foreignObject>{}</foreignObject></svg>", "<title>{}</title>", "<nav>{}</nav>",
]  # fmt: skip
UNBELIEVED = [
    "<textarea>{}</textarea>", "<xmp>{}</xmp>",
    *(f"<div style='{style}'>{{}}</div>" for style in (
        "opacity:0", "a: b; font-size:0px", "width:0;height:0;overflow:hidden", "opacity: .0",
        "position:absolute; left:-9999px", "content-visibility:hidden", "max-height : 0%",
        "clip-path: inset(50%)", "transform:scale(0)", "text-indent: -1000em")),
]  # fmt: skip
SEEN = [
    "<div>{}</div>", "<pre>{}</pre>", "<details>{}</details>", "<div aria-hidden='true'>{}</div>",
    "<textarea>a</textarea>{}", "<div style='opacity:0'>a</div>{}", "<p hidden>a</p>{}",
    *(f"<div style='{style}'>{{}}</div>" for style in (
        "opacity:0.9", "font-size:08px", "left:-2px", "line-height:0", "clip: auto", "width:0.05%",
        "color:none; x-display:none", "/* display:none")),
]  # fmt: skip


@pytest.mark.parametrize("around", [*UNSEEN, *UNBELIEVED])
def test_an_article_that_nobody_sees_replaces_no_page(around: str) -> None:
    html = f"<main><p>pmid: 7</p><p>Shown.</p>{around.format(OWN)}</main>"
    soup = bs4.BeautifulSoup(html, "html.parser")
    for source in (html, soup, lxml.html.document_fromstring(html)):
        record = litrecord.parse_record(source)
        assert record.pmid == "7"
        assert str(record.abstract).startswith("Shown.")
        assert around in UNBELIEVED or record.abstract == "Shown."


@pytest.mark.parametrize("around", SEEN)
def test_an_article_that_is_shown_is_read(around: str) -> None:
    assert litrecord.parse_abstract(f"<main>{around.format(OWN)}</main>") == "Hidden."


def test_of_an_article_hidden_fields_and_hidden_articles_are_left_out() -> None:
    field = '<p data-litrecord="abstract"{}>{}</p>'
    shown = ARTICLE.format(field.format(" hidden", "a") + field.format("", "b"))
    hidden = OWN.replace("<article", "<article hidden")
    document = litrecord.parse_document(f"<main>{hidden}{shown}</main>")
    assert document.record == Record(abstract="b")
    assert [found.message for found in document.diagnostics] == ["elements left out: hidden 2"]


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


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("| popularity | Top 0.01% |", "C1 among the best 0.01%"),
        ("| popularity | Top 0.1% |", "C2 among the best 0.1%, not 0.01%"),
        ("| impulse | Top 1% |", "C3 among the best 1%, not 0.1%"),
        ("| impulse | Top 10% |", "C4 among the best 10%, not 1%"),
        ("| influence | Average |", "C5 not among the best 10%"),
        ("| influence | Top 5% |", ""),
        ("| views | 7 |", ""),
    ],
)
def test_a_class_is_explained_in_words_beside_its_code(row: str, words: str) -> None:
    table = IndicatorTable.parse(row)
    cell = bs4.BeautifulSoup(to_html(table), "lxml").select("td")[1]
    assert cell.get_text().strip() == words


def test_a_widget_is_folded_unless_it_is_all_there_is() -> None:
    assert RECORD.widget
    html = to_html(RECORD)
    (folded,) = bs4.BeautifulSoup(html, "lxml").select("details")
    assert not folded.has_attr("open")
    assert folded.select_one("summary + pre > code[data-litrecord=widget]")
    assert "<details open>" in to_html(RECORD.widget)
    for parse in PARSERS.values():
        assert litrecord.parse_record(parse(html)).widget == RECORD.widget


@pytest.mark.parametrize("opening", ["<details>", "<details open>", "<details name=a>"])
def test_an_article_that_is_folded_is_believed(opening: str) -> None:
    folded = f"<h1>Maps</h1>{opening}<summary>Record</summary>{to_html(STRANGE)}</details>"
    for html in (folded, to_html(STRANGE, full=True).replace("<details>", opening)):
        assert litrecord.parse_record(html, markup="html") == STRANGE


@pytest.mark.parametrize(
    ("record", "title"),
    [
        (Record(title="Old <maps> & err", abstract="Text."), "Old &lt;maps&gt; &amp; err"),
        (Record(title="Long " * 60), ("Long " * 60).strip()),
        (Record(abstract="Maps\nand coasts"), "Maps and coasts"),
        (Record(abstract="Old maps err. " * 40), "Old maps err. " * 6 + "Old maps err.…"),
        (Record(abstract="古地図" * 40), "古地図" * 33 + "…"),
        (Record(abstract="x " + "y" * 200), "x " + "y" * 97 + "…"),
        (Record(keywords=["Maps"]), "Literature record"),
    ],
)
def test_a_page_is_called_by_its_title_or_what_its_abstract_begins_with(
    record: Record, title: str
) -> None:
    assert f"<title>{title}</title>" in to_html(record, full=True)


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_caller_chooses_the_level_of_the_headings_of_a_fragment(level: int) -> None:
    def levels(record: Record) -> list[str]:
        return re.findall(r"<(h[0-9])", to_html(record, heading=level))

    assert levels(Record(title="Maps", keywords=["a"])) == [f"h{level}", f"h{level + 1}"]
    assert levels(Record(abstract="Maps", keywords=["a"])) == [f"h{level}"] * 2
    assert litrecord.parse_record(to_html(STRANGE, heading=level)) == STRANGE


@pytest.mark.parametrize("level", [0, 6, -1, True, "2", 2.0])
def test_a_level_that_headings_do_not_have_is_refused(level: Any) -> None:
    message = f"^heading: expected a level from 1 to 5, got {level!r}$"
    with pytest.raises(litrecord.InvalidValueError, match=message):
        to_html(RECORD, heading=level)


def test_a_page_has_a_heading_of_the_first_level() -> None:
    assert to_html(RECORD, full=True, heading=1) == to_html(RECORD, full=True)
    with pytest.raises(litrecord.InvalidValueError, match="heading: expected 1 for a page, got 3"):
        to_html(RECORD, full=True, heading=3)


def styles_of(html: str) -> list[str]:
    return [found.text.strip() for found in elements_of(html) if found.tag.endswith("style")]


def test_the_caller_chooses_the_style_sheet() -> None:
    assert styles_of(to_html(RECORD)) == styles_of(to_html(RECORD, style=False)) == []
    assert styles_of(to_html(RECORD, full=True, style=False)) == []
    (own,) = styles_of(to_html(RECORD, style=True))
    assert own.count("{") == own.count("}") > 20
    css = "p > b { color: red; }\n.a { &section { margin: 0 } }\n@media (width < 9em) {}"
    assert styles_of(to_html(RECORD, style=css)) == [css]
    assert styles_of(to_html(RECORD, full=True, style=css)) == [css]
    assert to_html(RECORD, style="") == to_html(RECORD)
    to_html(RECORD, style="p::after { content: '\ud800' }").encode()


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("css", ["pmid: 7\n| views | 2 |", "<p>a</p>", "<!--", "--><script>1"])
def test_no_text_of_a_style_sheet_is_read(css: str, full: bool) -> None:
    assert litrecord.parse_record(to_html(STRANGE, full=full, style=css)) == STRANGE


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("</style><b>", "holds </style: give CSS without its element"),
        ("p {}</STYLE >", "holds </style: give CSS without its element"),
        (7, "expected True, False, None or CSS as str, got 7"),
        (["p {}"], "expected True, False, None or CSS as str, got \\['p {}'\\]"),
    ],
)
@pytest.mark.parametrize("full", [False, True])
def test_what_is_no_style_sheet_is_refused(style: Any, message: str, full: bool) -> None:
    with pytest.raises(litrecord.InvalidValueError, match=f"^style: {message}$"):
        to_html(RECORD, full=full, style=style)


def test_a_notebook_shows_a_record_and_its_parts_with_a_style() -> None:
    assert RECORD.widget
    for value in (RECORD, RECORD.indicators, RECORD.identifiers[0], RECORD.widget):
        assert value._repr_html_() == to_html(value, style=True)
        assert "text-align: start !important" in value._repr_html_()


def test_a_notebook_shows_a_diagnostic_with_its_line() -> None:
    found, cut = litrecord.parse_document("pmid: 7\r\ndoi: 10.1/<b>\r\n| views | 2").diagnostics
    assert "<caption>malformed-identifier</caption>" in found._repr_html_()
    assert (
        '<tr><th scope="row">line 2, column&nbsp;6</th>'
        "<td><pre>doi: <mark>10.1/&lt;b&gt;</mark></pre></td><td><b>error</b> "
        "malformed-identifier: "
    ) in found._repr_html_()
    assert found.advice in found._repr_html_()
    assert "<pre><mark>| views | 2</mark></pre>" in cut._repr_html_()
    far = litrecord.parse_document("x" * 9_000 + "\x00" + "y" * 9_000).diagnostics[-1]
    assert f"<pre>{'x' * 200}<mark>\ufffd</mark>{'y' * 200}</pre>" in far._repr_html_()


def test_a_notebook_shows_a_result() -> None:
    unreadable: Any = None
    sources = ["| views | 2 |\n" * 27, "Old maps err.\n| views | 2 | |\n", unreadable]
    read, good, refused = litrecord.iter_results(sources)
    assert "<caption>sources[0]: read, 26 diagnostics</caption>" in read._repr_html_()
    assert read._repr_html_().count("column&nbsp;") == 20
    assert "<p>… and 6 more</p>" in read._repr_html_()
    assert "<p>sources[1]: read, 0 diagnostics</p>" in good._repr_html_()
    assert good.record
    assert good._repr_html_().endswith(good.record._repr_html_())
    assert "<p>sources[2]: refused, 0 diagnostics</p>" in refused._repr_html_()
    assert "<p><b>SourceError</b>: cannot read NoneType: pass str" in refused._repr_html_()
    (strict,) = litrecord.iter_results(["| views | 2"], strict=True)
    assert "<p><b>ParseError</b>: 1 error in the text</p>" in strict._repr_html_()


def test_a_notebook_shows_where_a_document_was_read_and_what_was_said() -> None:
    shown = litrecord.parse_document("pmid: 7\ndoi: 10.1/\nText a<b>c.\n| views | 2")._repr_html_()
    assert "<caption>3 sections, 2 diagnostics</caption>" in shown
    assert [row for row in shown.split("\n") if row.startswith("<tr>")] == [
        '<tr><th scope="row">identifiers</th><td><pre>pmid: 7',
        '<tr><th scope="row">abstract</th><td><pre>Text a&lt;b&gt;c.</pre></td><td></td></tr>',
        '<tr><th scope="row">unknown</th><td><pre><mark>| views | 2</mark></pre></td><td><ul>'
        "<li><b>error</b> cut-row: this row is cut, or has no value</li></ul></td>"
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
    assert "no-record: expected a part of a record, found none" in empty
    assert len(long) < 200_000


@pytest.mark.parametrize("evil", EVIL)
def test_nothing_of_a_hostile_document_becomes_markup(evil: str) -> None:
    text = f"doi: {evil}\n{evil}\n| {evil} | {evil} |\n| views | 2 |\n{evil}\n"
    document = litrecord.parse_document(text)
    result = litrecord.Result(evil, None, document.diagnostics, litrecord.SourceError(evil))
    for value in (document, document.diagnostics[-1], result):
        names = {element.tag.rpartition("}")[2] for element in elements_of(value._repr_html_())}
        assert names <= {
            "html", "head", "body", "svg", "style", "div", "table", "caption", "tbody", "tr", "th",
            "td", "pre", "mark", "ul", "li", "b", "br", "small", "p",
        }  # fmt: skip
