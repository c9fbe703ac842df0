"""A page in Markdown gives the record of its text; page text is never taken for Markdown."""

import json
import pathlib

import pytest

import litrecord
from litrecord import SectionKind
from litrecord._dress.edits import undressed
from litrecord._dress.inline_marks import inline_edits
from litrecord._dress.markdown import read_markdown
from litrecord._dress.wrapping import wrapped_ends

DATA = pathlib.Path(__file__).parent / "data"
CONVERTED = sorted((DATA / "markdown").glob("*.md"))


@pytest.mark.parametrize("path", CONVERTED, ids=lambda path: path.stem)
def test_a_page_that_a_tool_made_markdown_of_is_the_same_record(path: pathlib.Path) -> None:
    source = path.read_text(encoding="utf-8")
    number = path.name.partition(".")[0]
    expected = json.loads((DATA / f"pages/{number}.json").read_text(encoding="utf-8"))
    document = litrecord.parse_document(source)
    assert litrecord.to_dict(document.record) == litrecord.to_dict(litrecord.from_dict(expected))
    assert {said.code for said in document.diagnostics} <= {"read-as-markdown", "more-authors"}
    assert document.text == source
    assert "".join(found.text for found in document.sections) == source


HEAD = "doi: 10.5281/zenodo.77\n\nSalt dries on the quay.\n\nQuays, Salt\n\nQuays, Salt\n\n"
ROWS = "| impulse | **Top 1%** |  |\n| --- | --- | --- |\n| views | **7** |  |\n"
RECORD = litrecord.parse_record(f"{HEAD}| impulse | Top 1% | |\n| views | 7 | |\n")


@pytest.mark.parametrize("value", [
    "**{}**", "__{}__", "*{}*", "_{}_", "***{}***", "`{}`", "[{}](/metrics)", "**[{}](/metrics)**",
    "[**{}**](https://example.org/a_(b) \"Metrics\")", "[{}](</metrics>)", "{}", "**{}**&nbsp;",
    "![icon](/i.png) {}", "{}<br>",
])  # fmt: skip
def test_values_may_be_marked(value: str) -> None:
    rows = ROWS.replace("**Top 1%**", value.format("Top 1%")).replace("**7**", value.format("7"))
    document = litrecord.parse_document(HEAD + rows)
    assert document.record == RECORD
    printed = document.spans.indicators[0].printed.of(document.text)
    assert printed == "Top 1%"


@pytest.mark.parametrize("line", [
    "doi: [10.5281/zenodo.77](https://doi.org/10.5281/zenodo.77)",
    "**doi:** 10.5281/zenodo.77", "**doi**: [10.5281/zenodo.77](https://doi.org/10.5281/zenodo.77)",
    "* doi: [10.5281/zenodo.77](<https://doi.org/10.5281/zenodo.77>)",
    "doi: [10.5281/zenodo.77][1]", "doi: `10.5281/zenodo.77`", "_doi_: 10.5281/zenodo.77",
    "doi: <https://doi.org/10.5281/zenodo.77>", "- **doi:** 10.5281/zenodo.77",
])  # fmt: skip
def test_identifiers_may_be_links(line: str) -> None:
    page = (
        HEAD.replace("doi: 10.5281/zenodo.77", line) + ROWS + "\n[1]: https://doi.org/10.5281/7\n"
    )
    document = litrecord.parse_document(page)
    assert document.record == RECORD
    (span,) = document.spans.identifiers
    assert span is not None
    assert span.of(page).endswith("10.5281/zenodo.77")


@pytest.mark.parametrize(("printed", "text"), [
    (r"p\<0.05, a\_b, 2\*3", "p<0.05, a_b, 2*3"),
    ("*Salix* dries", "Salix dries"),
    ("dries _in situ_.", "dries in situ."),
    ("a **very *dry* quay**", "a very dry quay"),
    ("[Salt](https://example.org/s) dries", "Salt dries"),
    ("see <https://example.org/s>", "see https://example.org/s"),
    ("([ 1 ][1], [ 2 ][2])", "([ 1 ][1], [ 2 ][2])"),
    ("5 * 3 * 2 and x_1 + x_2, f[i](j)", "5 * 3 * 2 and x_1 + x_2, f[i](j)"),
    ("2*3*4, *p<0.05, **p<0.01", "2*3*4, *p<0.05, **p<0.01"),
    (r"the set \(x\) of (y) and $a\,b\;c$", r"the set \(x\) of (y) and $a\,b\;c$"),
    (r"the set \\(x\\) of $\alpha$", r"the set \(x\) of $\alpha$"),
    (r"Fig. 14\. Salt \- dry", "Fig. 14. Salt - dry"),
    (r"\- a dash, \+ and", "- a dash, + and"),
    (r"\- a dash, \. and", r"- a dash, \. and"),
    (r"a \| b", "a | b"),
    ("## Background", "Background"),
    ("### Aim ###", "Aim"),
    ("> quoted", "quoted"),
    ("- an item", "an item"),
    ("[](https://example.org/)Salt dries", "Salt dries"),
    ("A*, B\\*", "A*, B*"),
    ("`code *is* kept`", "code *is* kept"),
    ("1. first", "1. first"),
])  # fmt: skip
def test_marks_of_a_paragraph_are_left_out(printed: str, text: str) -> None:
    page = f"{HEAD.replace('Salt dries on the quay.', printed)}{ROWS}"
    document = litrecord.parse_document(page)
    assert document.record.abstract == text
    assert document.record.keywords == RECORD.keywords
    assert [said.code for said in document.diagnostics] == ["read-as-markdown"]


@pytest.mark.parametrize("between", [
    "***", "* * *", "-----", "```\n```", "[1]: https://example.org/a \"A\"", "* [Search](/search)",
    "[Home](/)", "+----+----+", "~~~\n~~~",
])  # fmt: skip
def test_lines_without_text_of_the_page_are_nothing(between: str) -> None:
    document = litrecord.parse_document(f"{between}\n\n{HEAD}{between}\n\n{ROWS}{between}\n")
    assert document.record == RECORD


def test_a_title_of_the_site_is_nothing() -> None:
    for title in ("A record | OpenAIRE | Explore", "A record \\| OpenAIRE \\| Explore"):
        assert litrecord.parse_record(f"{title}\n\n{HEAD}{ROWS}") == RECORD
        assert litrecord.parse_record(f"{title}\n\n") == litrecord.Record()
        assert litrecord.parse_record(f"Salt.\n{title}\n{ROWS}").abstract is not None


def test_a_paragraph_ends_at_a_hard_break() -> None:
    page = HEAD.replace("Salt dries", "Salt\\\ndries") + ROWS
    assert litrecord.parse_record(page).abstract == "Salt\ndries on the quay."


def test_headings_of_a_whole_page_lose_their_marks() -> None:
    page = (
        "Powered by OpenAIRE graph\n\naddClaim\n\n## Salt and quays\n\nAuthors: Doe, Jo;\n\n"
        "## Salt and quays\n\n### Abstract\n\nSalt dries.\n\nKeywords\n--------\n\nQuays\n\n"
        "* BIP!\n* Impact byBIP!\n\ncitations\n\n**7**\n"
    )
    document = litrecord.parse_document(page)
    record = document.record
    assert (record.title, record.abstract) == ("Salt and quays", "Salt dries.")
    assert (record.keywords, record.indicators["citations"].count) == (("Quays",), 7)
    assert document.spans.title is not None
    assert document.spans.title.of(page) == "Salt and quays"


def test_an_underlined_heading_tells_that_it_is_markdown() -> None:
    page = (
        "Powered by OpenAIRE graph\n\naddClaim\n\nSalt and quays\n\nAbstract\n--------\n\n"
        "Salt dries.\n\nKeywords\n--------\n\nQuays\n"
    )
    record = litrecord.parse_record(page)
    assert (record.title, record.abstract) == ("Salt and quays", "Salt dries.")
    assert record.keywords == ("Quays",)


def test_quotes_of_an_escaped_script_keep_their_backslash() -> None:
    line = " ".join(WIDGET.split("\n")).replace("oa_widget", "oa\\_widget")
    line = line.replace("--> ", "f('\\''); --> ")
    record = litrecord.parse_record(f"{line}\n\n{HEAD}{ROWS}")
    assert record.widget is not None
    assert "f('\\'');" in record.widget.markup
    assert record.widget.container_id == "oa_widget"


WIDGET = """<script type="text/javascript">
<!--
document.write('<div id="oa_widget"></div>');
document.write('<script type="text/javascript" src="https://www.openaire.eu/index.php?view=widget"></script>');
-->
</script>"""


@pytest.mark.parametrize("form", ["```\n{}\n```", "~~~html\n{}\n~~~", "    {}", "{}", "\t{}"])
def test_a_widget_is_kept_less_what_indents_it(form: str) -> None:
    shown = form.format(WIDGET)
    if form[:1].isspace():
        shown = shown.replace("\n", "\n" + form[: form.index("{")])
    record = litrecord.parse_record(f"{shown}\n\n{HEAD}{ROWS}")
    assert record.widget is not None
    assert record.widget.markup == WIDGET
    assert record.identifiers == RECORD.identifiers


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_widget_that_was_printed_as_a_paragraph_is_told(end: str) -> None:
    line = " ".join(WIDGET.split("\n"))
    wrapped = line.replace("'<div ", f"'<div{end}").replace(" src=", f"{end}src=")
    for shown in (wrapped, line.replace("oa_widget", "oa\\_widget")):
        record = litrecord.parse_record(f"{shown}{end * 2}{HEAD}{ROWS}")
        assert record.widget is not None
        assert record.widget.container_id == "oa_widget"
        assert record.widget.parameters == {"view": "widget"}
        assert record.identifiers == RECORD.identifiers


LONG = (
    "Salt dries on the quay while the harbour sleeps, and nobody who passes by the old peer-\n"
    "reviewed stones would say that a map of them was ever drawn by *somebody who had been\n"
    "there*, in summer or in winter, pre-\nand post-war."
)


def test_wrapped_lines_are_joined() -> None:
    joined = LONG.replace("peer-\n", "peer-").replace("\n", " ").replace("*", "")
    page = HEAD.replace("Salt dries on the quay.", LONG.replace("pre-\nand", "pre- and")) + ROWS
    document = litrecord.parse_document(page)
    assert document.record.abstract == joined
    assert document.record.keywords == RECORD.keywords
    (span,) = document.spans.abstract
    assert span.of(page) == LONG.replace("pre-\nand", "pre- and")


@pytest.mark.parametrize("lines", [
    ["salt", "dries", "here"],
    ["salt dries here", "and"],
    ["salt dries here", "and", "there"],
    ["salt dries  ", "slowly on", "the quays."],
    ["salt dries on the quay " * 9, "slowly on and on and on and on", "the quays."],
])  # fmt: skip
def test_lines_that_are_not_wrapped_are_not_joined(lines: list[str]) -> None:
    assert len(wrapped_ends([(line, True) for line in lines])) < 2


def test_a_hyphen_at_the_end_of_a_line_joins_but_for_some_words() -> None:
    lines = [
        (f"{'salt ' * 8}pre-", True),
        (f"and {'salt ' * 7}post-", True),
        (f"war {'salt ' * 8}-", True),
    ]
    found = {0: " ", 1: "", 2: " "}
    assert wrapped_ends([*lines, ("dried it", True)]) == found
    assert wrapped_ends([*lines, ("dried it", True), ("later", False), ("", True)]) == found


def test_a_header_of_a_table_may_be_marked() -> None:
    rows = "| **Metric** | **Score** |\n|---|---|\n| **impulse** | *Top 1%* |\n| views | 7 |\n"
    assert litrecord.parse_record(HEAD + rows) == RECORD


@pytest.mark.parametrize("rows", [
    "|  | **impulse** | Top 1% |\n|  | **views** | 7 |\n",
    "impulse | **Top 1%**|   \n---|---|---  \nviews | **7**|\n",
    "**impulse** | Top 1%\n---|---\n**views** | 7\n",
])  # fmt: skip
def test_rows_that_only_markdown_has_tell_that_it_is(rows: str) -> None:
    assert litrecord.parse_record(HEAD + rows) == RECORD


def test_descriptions_with_escapes_or_on_several_lines_tell_that_it_is_markdown() -> None:
    text = (DATA / "pages/207.txt").read_text(encoding="utf-8")
    expected = litrecord.parse_record(text)
    escaped = text.replace("(", "\\(").replace(")", "\\)").replace("!", "\\!")
    assert litrecord.parse_record(escaped) == expected


@pytest.mark.parametrize("text", [
    "Salt *dries* on the _quay_, 2*3*4, a\\_b, [see](https://example.org/) `x`.\nMore of **it**.",
    "## Abstract\nSalt dries.", "# Readme\n\n- [Install](#install)\n\n**bold**",
    "| a | b |\n|---|---|\n| **x** | y |\nSo there.", "\\(x\\) and \\[y\\]", "***",
    "```\nx = 1\n```",
    "* [Search](/search) is a link", "**Note** | 12 |",
])  # fmt: skip
def test_page_text_is_never_taken_for_markdown(text: str) -> None:
    page = f"doi: 10.5281/zenodo.77\n{text}\nQuays, Salt\nQuays, Salt\n| views | 7 | |\n"
    document = litrecord.parse_document(page)
    assert document.record.abstract == "\n".join(filter(None, text.split("\n")))
    assert document.record.keywords == RECORD.keywords
    assert document.diagnostics == ()
    assert document.sections_of(SectionKind.UNKNOWN) == ()


def test_what_is_said_has_its_place_in_the_source() -> None:
    page = f"{HEAD}{ROWS}| mentions | **3** |  |\n\n**So there.**\n"
    document = litrecord.parse_document(page)
    told = {said.code: said.span.of(page) for said in document.diagnostics}
    assert told == {
        "read-as-markdown": "",
        "unknown-indicator": "| mentions | **3** |  |",
        "unknown-text": "So there.",
    }
    (title,) = [said for said in litrecord.parse_document(page, markup="text", url="http://a.b/")
                .diagnostics if said.code == "unread-address"]  # fmt: skip
    assert title.span.start == len(page)


def test_a_page_that_begins_like_html_says_so_as_markdown_too() -> None:
    codes = [
        said.code
        for said in litrecord.parse_document(f"<main>\n{HEAD}{ROWS}", markup="text").diagnostics
    ]
    assert "looks-like-html" in codes
    assert "read-as-markdown" in codes


def test_edits_within_edits_are_left_out() -> None:
    found = undressed("abcdef", [(1, 4, ""), (2, 3, "x"), (5, 6, "yy")])
    assert found.text == "aeyy"
    assert found.span(litrecord.Span(1, 4)) == litrecord.Span(4, 6)
    assert undressed("", []).span(litrecord.Span(0, 0)) == litrecord.Span(0, 0)


def test_a_text_of_marks_alone_is_read() -> None:
    for source in (
        "**",
        "# ",
        "[](/)",
        "```",
        "\\",
        "[a](",
        "*" * 999,
        "[" * 999,
        "`" * 99,
        "_a" * 99,
    ):
        assert isinstance(read_markdown(source).text, str)
        assert isinstance(inline_edits(source, 0, len(source), set(), ""), list)
        page = f"{source}\n{HEAD}{ROWS}"
        document = litrecord.parse_document(page)
        assert "".join(found.text for found in document.sections) == page


@pytest.mark.parametrize("path", sorted((DATA / "pages").glob("*.txt")), ids=lambda path: path.stem)
def test_a_stored_page_in_markdown_is_the_same_record(path: pathlib.Path) -> None:
    page = path.read_bytes().decode().replace("\r\n", "\n").replace("\r", "\n")
    lines = []
    for line in page.split("\n"):
        cells = line.split(" | ")
        if len(cells) > 1 and cells[0].lstrip("| ").split(" ")[0] in (
            "views",
            "impulse",
            "citations",
        ):
            value = cells[1].rstrip(" |")
            line = line.replace(f" | {value} |", f" | **{value}** |")  # noqa: PLW2901
        lines.append(line)
    record = litrecord.parse_record(page)
    assert litrecord.parse_record("\n".join(lines)) == record
