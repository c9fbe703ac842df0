"""How long readers of one text take, as a ratio to lxml on the same pages in the same run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import bs4
import lxml.etree
import lxml.html
from selectolax.lexbor import LexborHTMLParser

import litrecord
from benchmarks import soup_script
from benchmarks.accuracy import read_by_litrecord, read_by_script, wrong_fields
from benchmarks.corpus import Page
from benchmarks.tables import table
from benchmarks.timing import best_times, over
from litrecord._parts import widget
from litrecord._scripts import scanner
from litrecord._text import lexer

RECORD = "litrecord.parse_record"
_PLAIN = "plain Python that matches each line"
UNIT = "lxml.html.fromstring + text_content"
_SCRIPT = "BeautifulSoup(lxml) + regular expressions"
_ROW = re.compile(r"\| *([^|]*)\| *([^|]*)\|")
_PARSER = lxml.etree.HTMLParser(encoding="utf-8")
_REFUSALS = (lxml.etree.LxmlError, bs4.ParserRejectedMarkup, AssertionError, ValueError)
_READ = """{pages} pages of {characters} characters in the mean, decoded. In each of {rounds}
rounds, every reader goes over all pages {passes} times. Its time is that of its best pass in any
round.

The unit is lxml. It makes a tree of the text and text of the tree, and no fields.
lxml.etree.fromstring makes only the tree, from bytes. "Exact" counts the pages whose every
field is right. The speed of Python in units of lxml differs between machines. So compare Python
with plain Python, and C with lxml.

parse_record remembers widgets and rows, because pages repeat them. Here it has seen all of
them. "Nothing remembered" forgets them before each page, which is the worst case. {failures}"""


def _read_afresh(page: Page) -> object:
    lexer._read_piped.cache_clear()
    scanner._WIDGETS_SEEN.clear()
    widget._widget.cache_clear()
    return litrecord.parse_record(page.text)


READERS: dict[str, Callable[[Page], object]] = {
    RECORD: lambda page: litrecord.parse_record(page.text),
    "litrecord.parse_record, nothing remembered": _read_afresh,
    "litrecord.parse_document": lambda page: litrecord.parse_document(page.text),
    _PLAIN: lambda page: [_ROW.match(line) for line in page.text.split("\n")],
    "lxml.etree.fromstring": lambda page: lxml.etree.fromstring(page.data, _PARSER),
    UNIT: lambda page: lxml.html.fromstring(page.text).text_content(),
    "selectolax (Lexbor) + text": lambda page: LexborHTMLParser(page.text).text(),
    "BeautifulSoup(lxml) + get_text": lambda page: bs4.BeautifulSoup(page.text, "lxml").get_text(),
    "BeautifulSoup(html.parser) + get_text": lambda page: bs4.BeautifulSoup(
        page.text, "html.parser"
    ).get_text(),
    _SCRIPT: lambda page: soup_script.read(page.text),
}
_FIELDS_BY = {RECORD: read_by_litrecord, _SCRIPT: read_by_script}


def times_a_page(
    pages: Sequence[Page], names: Iterable[str], rounds: int, passes: int
) -> dict[str, float]:
    """Return the seconds that each of some readers takes for a page that it can read."""
    own = {name: [page for page in pages if _can_read(name, page)] for name in names}
    tasks = {name: over(READERS[name], readable) for name, readable in own.items()}
    best = best_times(tasks, rounds, passes)
    return {name: seconds / len(own[name]) for name, seconds in best.items()}


def _can_read(name: str, page: Page) -> bool:
    try:
        READERS[name](page)
    except _REFUSALS:
        return False
    return True


def report(pages: Sequence[Page], rounds: int, passes: int) -> str:
    """Return how to read the table of readers, and the table."""
    times = times_a_page(pages, READERS, rounds, passes)
    rows = []
    for name, seconds in times.items():
        ratios = (f"{seconds / times[unit]:.2f}" for unit in (_PLAIN, UNIT))
        numbers = f"{seconds * 1e6:.1f}", f"{1 / seconds:,.0f}", *ratios
        rows.append([name, *numbers, _share_of_exact(name, pages)])
    text = _READ.format(
        pages=len(pages),
        characters=f"{sum(len(page.text) for page in pages) / len(pages):,.0f}",
        rounds=rounds,
        passes=passes,
        failures=_failures(pages),
    )
    heads = [
        "reader",
        "µs a record",
        "records a second",
        "ratio to plain Python",
        "ratio to lxml",
        "exact",
    ]
    return f"{text}\n\n{table(heads, rows)}"


def _share_of_exact(name: str, pages: Sequence[Page]) -> str:
    if name not in _FIELDS_BY:
        return "-"
    exact = sum(not wrong_fields(_FIELDS_BY[name], page) for page in pages)
    return f"{exact / len(pages):.0%}"


def _failures(pages: Sequence[Page]) -> str:
    failed = {name: sum(not _can_read(name, page) for page in pages) for name in READERS}
    parts = [f"{name} on {count}" for name, count in failed.items() if count]
    return f"Raised, and left out: {', '.join(parts)}." if parts else "None raised on any page."
