"""In a browser, nothing of a record runs, loads or breaks out, and everybody can read it."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from itertools import groupby, product
from typing import Any

import attrs
import pytest

import litrecord
from browser import corpora
from browser.chrome import Browser
from browser.notebooks import VALUES, notebooks
from browser.pages import (
    ATTACKS,
    COMPLETE,
    LONG,
    PAYLOADS,
    SEED,
    STRANGE,
    page_around,
    record_of,
    text_of,
)
from litrecord import Record, ScriptWidget, to_html
from litrecord._characters import clean
from litrecord._values.source_lines import write_source_lines

FACTS = """
const all = [...document.querySelectorAll("*")];
const texts = (selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent);
return {
  pwned: window.pwned,
  address: location.href,
  title: document.querySelector("title").textContent,
  elements: all.filter((e) => !["A", "EM"].includes(e.tagName)).map(
    (e) => [e.tagName, ...e.getAttributeNames()].join(" ")),
  links: all.filter((e) => ["A", "EM"].includes(e.tagName)).map(
    (e) => [e.tagName, ...e.getAttributeNames()].join(" ")),
  addresses: [...document.links].map((e) => e.href),
  fields: [...document.querySelectorAll("article [data-litrecord]")].map(
    (e) => [e.getAttribute("data-litrecord"), e.textContent]),
  linked_data: texts('script[type="application/ld+json"]'),
  scripts: [...document.scripts].filter((e) => e.type !== "application/ld+json").map((e) => e.src),
  shown: document.body.textContent,
  kinds: texts("th"),
  sections: texts("pre"),
  notes: texts("li"),
};
"""
RESOLVERS = (
    "https://doi.org/10.1000/", "https://hdl.handle.net/1234/", "https://w3id.org/",
    "https://nbn-resolving.org/urn:nbn:", "https://pubmed.ncbi.nlm.nih.gov/",
)  # fmt: skip

FORMS: dict[str, Callable[[Record], str]] = {
    "fragment": lambda record: page_around(to_html(record)),
    "page": lambda record: to_html(record, full=True),
    "record in a notebook": lambda record: page_around(record._repr_html_()),
    "table in a notebook": lambda record: page_around(record.indicators._repr_html_()),
}
PARTS_OF_TABLE = ("label", "description", "value")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


@pytest.fixture(scope="session")
def plain(browser: Browser) -> dict[str, dict[str, Any]]:
    """What the pages of a record are in which nothing is strange."""
    return {name: look(browser, form(record_of("plain"))) for name, form in FORMS.items()}


def look(browser: Browser, page: str) -> dict[str, Any]:
    """Return what a page is once it had time to do harm."""
    browser.show(page)
    time.sleep(0.03)
    facts: dict[str, Any] = browser.run(FACTS)
    own = (browser.address, browser.icon)
    facts["requests"] = [found for found in browser.requests() if found not in own]
    # Chromium's own services are asked for too, but none of them is called so.
    facts["arrived"] = [
        found
        for found in browser.arrived()
        if found not in own and (".example" in found or found.startswith("http://127.0.0.1"))
    ]
    return facts


def assert_harmless(browser: Browser, facts: dict[str, Any]) -> None:
    assert facts["pwned"] is False
    assert facts["address"] == browser.address
    assert facts["requests"] == []
    assert facts["arrived"] == []
    assert facts["scripts"] == []
    assert browser.console() == []


def fields_of(record: Record) -> list[list[str]]:
    """Return the names and values of all fields, in the order in which they are written."""
    fields = [["title", record.title or ""]]
    fields += [["author", name] for name in record.authors]
    for scheme, together in groupby(record.identifiers, lambda found: found.scheme):
        fields += [["scheme", scheme], *(["identifier", found.value] for found in together)]
    fields += [["abstract", line] for line in (record.abstract or "").split("\n")]
    fields += [["keyword", keyword] for keyword in record.keywords]
    for row in record.indicators:
        values = (row.label, row.description, row.printed)
        fields += [list(pair) for pair in zip(PARTS_OF_TABLE, values, strict=True) if pair[1]]
    for found in record.instances:
        values_of = attrs.asdict(found)
        sources = values_of.pop("collected_from")
        fields.append(["instance", "".join(write_source_lines(attrs.asdict(found)))])
        fields += [[name, str(value)] for name, value in values_of.items() if value]
        fields += [["collected_from", name] for name in sources]
    if record.widget:
        fields.append(["widget", record.widget.markup])
    return fields


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> dict[str, dict[str, Any]]:
    """What the pages are in which no attack is yet."""
    return {context: look(browser, page_around(context.format("x"))) for context in dict(ATTACKS)}


@pytest.mark.parametrize(("context", "payload"), ATTACKS)
def test_each_attack_works_where_nothing_is_escaped(
    browser: Browser, contexts: dict[str, dict[str, Any]], context: str, payload: str
) -> None:
    """Otherwise the tests below would show nothing."""
    harmless = contexts[context]
    assert not harmless["pwned"]
    assert harmless["requests"] == []
    harmed = look(browser, page_around(context.format(payload)))
    ran_or_loaded = harmed["pwned"] or harmed["requests"] or harmed["arrived"]
    broke_out = any(harmed[kind] != harmless[kind] for kind in ("title", "elements", "links"))
    led_astray = any(not found.startswith("http") for found in harmed["addresses"])
    was_read = harmed["linked_data"] not in ([], [json.dumps([payload])])
    is_other_text = payload.startswith("&") and payload not in harmed["shown"]
    assert ran_or_loaded or broke_out or led_astray or was_read or is_other_text


def without_last(elements: list[str], one: str) -> list[str]:
    """Return elements without the last one of a kind."""
    last = len(elements) - 1 - elements[::-1].index(one)
    return elements[:last] + elements[last + 1 :]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_record_runs_loads_or_breaks_out(
    browser: Browser, plain: dict[str, dict[str, Any]], form: str, payload: str
) -> None:
    record = record_of(payload)
    facts = look(browser, FORMS[form](record))
    assert_harmless(browser, facts)
    elements = plain[form]["elements"]
    if form == "page" and not record.identifiers[0].is_valid:
        # The citation tag of the DOI is missing; such tags are the last of this kind.
        elements = without_last(elements, "META name content")
    assert facts["elements"] == elements
    assert set(facts["links"]) <= {"A href rel", "EM"}
    assert all(address.startswith(RESOLVERS) for address in facts["addresses"])
    is_table = form.startswith("table")
    expected = fields_of(record)
    assert facts["fields"] == [
        field for field in expected if not is_table or field[0] in PARTS_OF_TABLE
    ]
    if form == "page":
        assert facts["title"] == record.title
        (data,) = map(json.loads, facts["linked_data"])
        assert data["name"] == record.title
        assert data["keywords"] == list(record.keywords)
        assert data["description"] == record.abstract


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_document_runs_loads_or_breaks_out(browser: Browser, payload: str) -> None:
    document = litrecord.parse_document(text_of(payload), markup="text")
    facts = look(browser, page_around(document._repr_html_()))
    assert_harmless(browser, facts)
    assert facts["links"] == facts["addresses"] == facts["fields"] == facts["linked_data"] == []
    assert facts["kinds"] == [section.kind.value for section in document.sections]
    assert facts["sections"] == [clean(found.text.rstrip("\n")) for found in document.sections]
    assert facts["notes"] == [
        f"{found.severity.value} {found.code}: {found.message}" for found in document.diagnostics
    ]


def test_nothing_of_a_report_runs_loads_or_breaks_out(browser: Browser) -> None:
    facts = look(browser, STRANGE_REPORT)
    assert_harmless(browser, facts)
    assert browser.console() == []
    assert facts["links"] == facts["addresses"] == facts["fields"] == facts["linked_data"] == []
    plain = look(browser, REPORT)
    assert set(facts["elements"]) <= {*plain["elements"], "I"}
    assert facts["title"] == f"A look at {2 * len(PAYLOADS)} pages"
    # Of many reasons and codes only some are shown.
    for payload in PAYLOADS[:30]:
        assert facts["shown"].count(payload) >= 4


LIVE = ScriptWidget(
    '<script src="https://www.openaire.eu/index.php?option=com_openaire&amp;view=widget'
    '&amp;x=%22%3E%3Cscript%3Epwned=1%3C/script%3E&amp;type=result"></script>'
)
LIVE_ADDRESS = (
    "https://www.openaire.eu/index.php?option=com_openaire&view=widget"
    "&x=%22%3E%3Cscript%3Epwned%3D1%3C%2Fscript%3E&type=result"
)


@pytest.mark.parametrize("full", [False, True])
def test_a_live_widget_is_one_script_of_the_trusted_address(browser: Browser, full: bool) -> None:
    html = to_html(LIVE, full=full, widget="live")
    facts = look(browser, html if full else page_around(html))
    assert facts["scripts"] == [LIVE_ADDRESS]
    assert facts["requests"] == [LIVE_ADDRESS]
    assert not facts["pwned"]


def test_the_policy_of_a_page_stops_what_is_added_to_it(browser: Browser) -> None:
    page = to_html(COMPLETE, full=True)
    look(browser, page)
    assert browser.console() == []
    injected = "<script>pwned=1</script><img src=//evil.example/pixel.png>"
    facts = look(browser, page.replace("</main>", f"{injected}</main>"))
    assert not facts["pwned"]
    assert facts["arrived"] == []
    assert len(browser.console()) == 2


REPORT, STRANGE_REPORT = corpora.made_report(), corpora.strange_report()
PAGES = {
    "seed": to_html(SEED, full=True),
    "complete": to_html(COMPLETE, full=True),
    "long": to_html(LONG, full=True),
    "strange": to_html(STRANGE, full=True),
    "empty": to_html(None, full=True),
    "only a title": to_html(Record(title="Old maps err"), full=True),
    "table": to_html(SEED.indicators, full=True),
    "identifiers": to_html(LONG.identifiers, full=True),
    "keywords": to_html(SEED.keywords, full=True),
    "unfolded": to_html(COMPLETE, full=True).replace("<details>", "<details open>"),
    "abstract without a title": to_html(SEED.abstract, full=True),
    "fragment": page_around(to_html(COMPLETE)),
    "fragment of another level": page_around(to_html(COMPLETE, heading=2, style="p { margin: 0 }")),
    "fragment without a title": page_around(to_html(SEED)),
    **{f"{name} in a notebook": page_around(VALUES[name]._repr_html_()) for name in VALUES},
    "report": REPORT,
    "unfolded report": REPORT.replace("<details>", "<details open>"),
    "strange report": STRANGE_REPORT.replace("<details>", "<details open>"),
    "report of nothing": corpora.empty_report(),
    "report of refused pages": corpora.refused_report(),
    "strange document in a notebook": page_around(
        litrecord.parse_document(text_of("<b>&amp; \u202e" + "long" * 60))._repr_html_()
    ),
}
"""What is looked at for people who see, hear or read it otherwise, and by the checker."""

NOTEBOOKS = notebooks(VALUES)

AXE = """
const done = arguments[arguments.length - 1];
const tags = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa",
              "best-practice", "experimental"];
const told = (found) => found.flatMap((rule) => rule.nodes.map(
  (node) => `${rule.id}: ${node.html.slice(0, 200)}: ${node.failureSummary || ""}`));
const own = document.querySelectorAll(".litrecord, .litrecord-document");
axe.run(OWN ? {include: [...own]} : document, {runOnly: {type: "tag", values: tags}}).then(
  (found) => done({violations: told(found.violations), incomplete: told(found.incomplete),
                   passes: found.passes.map((rule) => rule.id)}),
  (error) => done({violations: [String(error)], incomplete: [], passes: []}));
"""


_TEXT_OF_PLOT = ("color-contrast: <text class=", "color-contrast-enhanced: <text class=")


def axe_of(own: bool) -> str:
    """Return the script that has axe look at a page, or only at what is litrecord's own in it."""
    return AXE.replace("OWN", json.dumps(own))


@pytest.fixture(scope="session")
def axe() -> str:
    return pathlib.Path(os.environ["AXE_JS"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_it(browser: Browser, axe: str, name: str) -> None:
    browser.show(PAGES[name])
    browser.run(axe)
    # axe looks at the page as it is, so it need not be loaded again.
    for width, dark in product((360, 1280), (False, True)):
        browser.adapt(width=width, dark=dark)
        require_readable(browser, PAGES[name], f"{width} pixels, {dark=}")
        assert browser.run("return document.documentElement.scrollWidth") <= width


def require_readable(browser: Browser, page: str, how: str) -> None:
    found = browser.wait(axe_of(False))
    assert (how, found["violations"]) == (how, [])
    # Where text runs backwards over several lines, axe does not know what lies behind it.
    # Nor does it look behind the text of a plot, whose colour the test below compares.
    unknown = [said for said in found["incomplete"] if not said.startswith(_TEXT_OF_PLOT)]
    assert (how, unknown) == (how, []) or "\u202e" in page
    rules = {"color-contrast", "color-contrast-enhanced", "page-has-heading-one"}
    assert (how, rules - {*found["passes"]}) == (how, set())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_everybody_can_read_it_in_a_notebook(browser: Browser, axe: str, name: str) -> None:
    browser.show(NOTEBOOKS[name], dark="dark" in name)
    browser.run(axe)
    found = browser.wait(axe_of(True))
    assert found["violations"] == []
    # The classic page scrolls within itself, and axe does not know what lies below its end.
    assert found["incomplete"] == [] or name == "classic"
    assert {"color-contrast", "color-contrast-enhanced"} <= {*found["passes"]}
    assert browser.run("return document.documentElement.scrollWidth") <= 1280


LOOKS = """
const names = ["textAlign", "display", "float", "whiteSpace", "wordBreak", "verticalAlign",
               "listStyleType", "borderTopStyle", "borderLeftStyle",
               "fontWeight", "tableLayout", "textDecorationLine", "opacity"];
return [...document.querySelectorAll(".litrecord *, .litrecord-document *")].filter(
  (e) => !e.closest("svg")).map((e) => {
    const style = getComputedStyle(e);
    const size = parseFloat(style.fontSize);
    const ems = ["paddingLeft", "paddingTop", "marginLeft"].map(
      (name) => (parseFloat(style[name]) / size).toFixed(1));
    const isClear = style.backgroundColor === "rgba(0, 0, 0, 0)";
    return [e.tagName, isClear, ...names.map((name) => style[name]), ...ems].join(" ");
  });
"""


@pytest.fixture(scope="module")
def looks(browser: Browser) -> list[str]:
    """How each element looks on a page without a style sheet of a notebook."""
    browser.show(page_around("\n".join(value._repr_html_() for value in VALUES.values())))
    found: list[str] = browser.run(LOOKS)
    return found


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_looks_in_a_notebook_as_it_looks_elsewhere(
    browser: Browser, looks: list[str], name: str
) -> None:
    assert len(looks) > 200
    browser.show(NOTEBOOKS[name], dark="dark" in name)
    assert browser.run(LOOKS) == looks


BROKEN = """
const range = document.createRange();
const words = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walk.nextNode(); node; node = walk.nextNode())
  if (node.parentElement.closest(".litrecord, .litrecord-document") &&
      !node.parentElement.closest("style, pre"))
    for (const word of node.textContent.matchAll(/[A-Za-z]+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) words.push(word[0]);
    }
return words;
"""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_word_is_broken_in_a_notebook(browser: Browser, name: str) -> None:
    dark = "dark" in name
    browser.show(NOTEBOOKS[name], dark=dark)
    for width in (480, 700, 1280):
        browser.adapt(width=width, dark=dark)
        assert (width, browser.run(BROKEN)) == (width, [])


INK = """
const ink = getComputedStyle(document.body).color;
const texts = [...document.querySelectorAll(".plot text")];
return [texts.length, texts.filter((e) => getComputedStyle(e).fill !== ink).length,
        Math.min(...texts.map((e) => e.getBoundingClientRect().height))];
"""


def test_the_text_of_plots_has_the_colour_of_the_page_and_can_be_read(browser: Browser) -> None:
    browser.show(PAGES["report"])
    for width, dark in product((360, 1280), (False, True)):
        browser.adapt(width=width, dark=dark)
        count, others, height = browser.run(INK)
        assert (width, dark, count > 50, others) == (width, dark, True, 0)
        assert height > 11


CUT = """
return [...document.querySelectorAll(".plot > svg")].map((column) => {
  const end = column.width.baseVal.value;
  const start = column.nextElementSibling.x.baseVal.value;
  return [getComputedStyle(column).overflow, end < start];
});
"""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_label_that_is_too_wide_is_cut_before_its_bar(browser: Browser, width: int) -> None:
    browser.show(PAGES["strange report"], width=width)
    columns = browser.run(CUT)
    assert len(columns) > 50
    assert all(column == ["hidden", True] for column in columns)


def test_html_is_valid(tmp_path: pathlib.Path) -> None:
    # What nbconvert itself writes is not valid.
    framed = {name: NOTEBOOKS[name] for name in NOTEBOOKS if name.startswith(("VS Code", "Colab"))}
    for name, page in (PAGES | framed).items():
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    # A document whose every line is an attack, and a record whose every field is one.
    for number, payload in enumerate(PAYLOADS):
        record = to_html(record_of(payload), full=True)
        document = page_around(
            litrecord.parse_document(text_of(payload), markup="text")._repr_html_()
        )
        (tmp_path / f"record-{number}.html").write_text(record, encoding="utf-8")
        (tmp_path / f"document-{number}.html").write_text(document, encoding="utf-8")
    java = shutil.which("java")
    assert java
    # Without the second compiler, which takes longer than what it saves here.
    options = ["-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    checker = [java, *options, "-jar", os.environ["VNU_JAR"], "--errors-only", "--format", "json"]
    command = [*checker, "--exit-zero-always", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    messages = json.loads(done.stderr)["messages"]
    # HTML calls these errors, but each browser keeps them, and so do values.
    kept = ("Forbidden code point U+007f.", "Forbidden code point U+0085.")
    assert [
        (pathlib.Path(said["url"]).name, said.get("lastLine"), said["message"], said.get("extract"))
        for said in messages
        if said["message"] not in kept
    ] == []
