"""The widget is found whole, wherever and however it is written."""

import pytest

import litrecord
from litrecord import ScriptWidget, SectionKind
from litrecord._scripts.scanner import find_scripts
from support.cases import said
from support.strategies import WIDGET

ADDRESS = (
    "https://www.openaire.eu/index.php?option=com_openaire&view=widget&format=raw"
    "&projectId=undefined&type=result"
)
REST = "pmid: 21496615\nOld maps err.\n| views | 2 |\n"

WIDGETS = {
    "as the portal prints it": WIDGET,
    "slash escaped": WIDGET.replace("></script>')", "><\\/script>')"),
    "tag split": WIDGET.replace("></script>')", "></scr'+'ipt>')"),
    "upper case": WIDGET.replace("script", "SCRIPT"),
    "double quotes": WIDGET.replace('"', "\x01").replace("'", '"').replace("\x01", "'"),
    "typographic quotes": WIDGET.replace("'", "’").replace('"', "”"),
    "backticks": WIDGET.replace("'", "`"),
    "CRLF": WIDGET.replace("\n", "\r\n"),
    "CR": WIDGET.replace("\n", "\r"),
    "one line": WIDGET.replace("\n", " "),
    "entities": WIDGET.replace("&", "&amp;"),
    "escaped quotes": WIDGET.replace("('<script", '("<script').replace("script>')", 'script>")')
    .replace('type="text/javascript" src', 'type=\\"text/javascript\\" src')
    .replace('src="', 'src=\\"').replace('result"', 'result\\"'),
    "blank in the closing tag": WIDGET[:-1] + " >",
    "by its address alone": f'<script src="{ADDRESS}"></script>',
}  # fmt: skip


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("glue", ["\n", "", " \n", "\r\n"])
def test_a_widget_is_cut_out_whole(name: str, glue: str) -> None:
    markup = WIDGETS[name]
    record = litrecord.parse_record(markup + glue + REST)
    assert record.widget == ScriptWidget(markup)
    assert record.widget.source_url == ADDRESS
    rest = litrecord.parse_record(REST)
    assert (record.identifiers, record.abstract) == (rest.identifiers, rest.abstract)


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_is_found_within_text(name: str) -> None:
    record = litrecord.parse_record(f'He said "no"{WIDGETS[name]}and left.\n| views | 2 |\n')
    assert record.widget == ScriptWidget(WIDGETS[name])
    assert record.abstract == 'He said "no"\nand left.'
    assert len(record.indicators) == 1


def test_a_string_before_the_closing_tag_does_not_hide_it() -> None:
    record = litrecord.parse_record("<script>a = 'oa_widget';</script> He said 'no'.\n")
    assert record.widget == ScriptWidget("<script>a = 'oa_widget';</script>")
    assert record.abstract == "He said 'no'."


@pytest.mark.slow
def test_a_cut_widget_never_reaches_the_abstract() -> None:
    for at in range(len("<script "), len(WIDGET) - 1):
        document = litrecord.parse_document(WIDGET[:at])
        assert document.record.identifiers == (), WIDGET[:at]
        if not WIDGET[:at].endswith("</script>"):
            assert document.record.widget is not None, WIDGET[:at]
            assert document.record.abstract is None, WIDGET[:at]
            assert [found.code for found in said(document)] == ["unclosed-widget"], WIDGET[:at]


@pytest.mark.parametrize("ending", ["\n</script>", "\n-->\n</script>"])
def test_an_unclosed_widget_ends_with_its_last_line_of_script(ending: str) -> None:
    markup = WIDGET.removesuffix(ending)
    document = litrecord.parse_document(markup + "\n" + REST)
    rest = litrecord.parse_record(REST)
    assert document.record.widget == ScriptWidget(markup)
    assert (document.record.pmid, document.record.abstract) == (rest.pmid, rest.abstract)
    assert [found.code for found in document.diagnostics] == ["unclosed-widget"]


def test_another_script_is_a_section_and_no_widget() -> None:
    document = litrecord.parse_document("<script>track('</script>')</script>\nOld maps err.\n")
    assert document.record == litrecord.Record(abstract="Old maps err.")
    assert [found.kind for found in document.sections] == [
        SectionKind.SCRIPT,
        SectionKind.ABSTRACT,
    ]


def test_a_tag_that_is_prose_does_not_hide_the_widget() -> None:
    text = "We write <script> tags, don't we.\n" + WIDGET + "\n| views | 2 |\n"
    record = litrecord.parse_record(text)
    assert record.widget == ScriptWidget(WIDGET)
    assert record.abstract == "We write <script> tags, don't we."


@pytest.mark.parametrize(
    "prose",
    [
        "We used <script> tags and </script> too.",
        "The <script> tag of oa_widget is odd.",
        "Between <script>a</script> and <script>b</script> stands text.",
    ],
)
def test_tags_that_are_prose_stay_in_their_line(prose: str) -> None:
    assert litrecord.parse_record(prose + "\n").abstract == prose
    assert litrecord.parse_record(prose + "\n").widget is None


def test_half_a_closing_tag_ends_a_widget_as_well() -> None:
    markup = WIDGET.removesuffix("ipt>")
    record = litrecord.parse_record(markup + "\nOld maps err.\n")
    assert (record.widget, record.abstract) == (ScriptWidget(markup), "Old maps err.")


def test_the_leaked_copyright_line_is_a_notice() -> None:
    leak = " Copyright policy )\n Copyright policy )"
    document = litrecord.parse_document(WIDGET + leak + "Old maps err.\n")
    assert document.record.abstract == "Old maps err."
    assert [found.text for found in document.sections_of(SectionKind.NOTICE)] == [leak]


def test_a_widget_that_begins_as_one_before_it_may_end_elsewhere() -> None:
    first = "<script>oa_widget = 'it</script>"
    second = first + "is</script>'</script>"
    for _ in range(2):
        assert litrecord.parse_widget(first + "\n") == ScriptWidget(first)
        assert litrecord.parse_widget(second + "\n") == ScriptWidget(second)


def test_scripts_are_found_in_order_with_their_offsets() -> None:
    text = f"<script>1</script>b{WIDGET}c<script>"
    scripts = find_scripts(text)
    assert [text[found.start : found.end] for found in scripts] == ["<script>1</script>", WIDGET]
    assert [found.is_widget for found in scripts] == [False, True]


@pytest.mark.parametrize(
    ("address", "is_trusted"),
    [
        (ADDRESS, True),
        ("https://openaire.eu/", True),
        ("https://beta.openaire.eu/index.php", True),
        ("HTTPS://WWW.OPENAIRE.EU/", True),
        ("https://openaire.eu", True),
        ("https://openaire.eu:443/", True),
        ("http://www.openaire.eu/", False),
        ("https://www.openaire.eu@evil.example/", False),
        ("https://www.openaire.eu:x@evil.example/", False),
        ("https://evil.example/www.openaire.eu/", False),
        ("https://www.openaire.eu.evil.example/", False),
        ("https://www.openaire.eu./", False),
        ("https://openaire.eu\\@evil.example/", False),
        ("https:\\\\www.openaire.eu/", False),
        ("//www.openaire.eu/", False),
        ("https:///www.openaire.eu/", False),
        ("https://evilopenaire.eu/", False),
        ("https://www.openaire.eu:8080/", False),
        ("javascript:alert(1)//https://www.openaire.eu/", False),
    ],
)
def test_only_https_on_openaire_is_trusted(address: str, is_trusted: bool) -> None:
    widget = ScriptWidget(f'<script id="oa_widget" src="{address}"></script>')
    assert widget.is_trusted is is_trusted


def test_a_widget_says_what_it_loads() -> None:
    widget = ScriptWidget.from_url(ADDRESS)
    assert widget == ScriptWidget(WIDGET)
    assert widget.container_id == "oa_widget"
    assert widget.parameters == {
        "option": "com_openaire",
        "view": "widget",
        "format": "raw",
        "projectId": "undefined",
        "type": "result",
    }
    assert (widget.project_id, widget.entity_type) == (None, "result")
    other = ScriptWidget.from_url(ADDRESS.replace("undefined", "corda::1%202"))
    assert other.project_id == "corda::1 2"


def test_a_widget_without_an_address_has_none() -> None:
    widget = ScriptWidget("<script>oa_widget</script>")
    assert (widget.source_url, widget.container_id, widget.project_id) == (None, None, None)
    assert not widget.is_trusted


@pytest.mark.parametrize("url", ["a b", "a'b", 'a"b', "a<b", "a\\b", "a\u00a0b"])
def test_a_widget_is_not_built_of_what_breaks_out_of_it(url: str) -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected an address without whitespace"):
        ScriptWidget.from_url(url)
