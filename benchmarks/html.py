"""How long records from saved HTML pages take, as a ratio to lxml's tree of the same page."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import lxml.etree
import lxml.html

import litrecord
from benchmarks import soup_page
from benchmarks.accuracy import wrong_fields
from benchmarks.corpus import Page
from benchmarks.dress import dress
from benchmarks.tables import table
from benchmarks.timing import best_times

_SENTENCES = (0, 20, 80, 400)
_READ = """The stored pages in the form of saved pages of the portal, as `benchmarks/dress.py`
makes them. They are synthetic: nested blocks with the attributes of an Angular application.

The unit is `lxml.html.document_fromstring`, which makes a tree and no fields. All readers get
the same bytes. The first two rows are the shortest page and the seed. The others are the seed
with more paragraphs of one sentence. "Select" is a script with the method `select` of
BeautifulSoup. The null target is what `lxml.etree.HTMLParser` calls in Python for each element,
and does nothing.

litrecord reads {exact} of {pages} pages exactly, and the script {script}. Best of {runs} runs."""


def report(pages: Sequence[Page], rounds: int, passes: int) -> str:
    """Return how to read the table of saved pages, and the table."""
    shortest = min(pages, key=lambda page: len(dress(page.text)))
    sizes = [shortest.text, *(_lengthen(pages[0], count) for count in _SENTENCES)]
    data = [dress(text).encode() for text in sizes]
    best = best_times(_tasks(data), rounds, passes)
    rows = []
    for at, page in enumerate(data):
        names = ("lxml", "null target", "litrecord", "select")
        unit, null, own, script = (best[name, at] for name in names)
        rows.append(
            [
                f"{len(page) / 1_000:,.1f} KB",
                *(f"{seconds * 1e6:,.0f}" for seconds in (unit, null, own, script)),
                f"{own / null:.2f}",
                f"{own / unit:.2f}",
                f"{script / unit:.1f}",
                f"{own / script:.3f}",
            ]
        )
    text = _READ.format(
        exact=sum(is_exact(page) for page in pages),
        pages=len(pages),
        script=sum(not wrong_fields(_read_by_script, page) for page in pages),
        runs=rounds * passes,
    )
    heads = [
        "page",
        "lxml, µs",
        "null target, µs",
        "parse_record, µs",
        "select, µs",
        "ratio to the null target",
        "ratio to lxml",
        "select to lxml",
    ]
    return f"{text}\n\n{table([*heads, 'ratio to select'], rows)}"


def ratio(page: Page, count: int, rounds: int, passes: int) -> float:
    """Return the ratio to lxml for a page with so many more paragraphs."""
    data = dress(_lengthen(page, count)).encode()
    units = ("lxml", "litrecord")
    tasks = {name: run for name, run in _tasks([data]).items() if name[0] in units}
    best = best_times(tasks, rounds, passes)
    return best["litrecord", 0] / best["lxml", 0]


def is_exact(page: Page) -> bool:
    """Tell whether a dressed page gives the record of its text."""
    return litrecord.parse_record(dress(page.text)) == litrecord.parse_record(page.text)


def _tasks(pages: Sequence[bytes]) -> dict[tuple[str, int], Callable[[], object]]:
    tasks: dict[tuple[str, int], Callable[[], object]] = {}
    for at, page in enumerate(pages):
        tasks["lxml", at] = partial(lxml.html.document_fromstring, page)
        tasks["null target", at] = partial(_pass_events, page)
        tasks["litrecord", at] = partial(litrecord.parse_record, page)
        tasks["select", at] = partial(soup_page.read, page)
    return tasks


class _NullTarget:
    """What a parser calls for each element, and what does nothing."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        pass

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass

    def close(self) -> None:
        pass


def _pass_events(page: bytes) -> None:
    lxml.etree.fromstring(page, lxml.etree.HTMLParser(target=_NullTarget(), encoding="utf-8"))


def _read_by_script(page: Page) -> dict[str, object]:
    return soup_page.read(dress(page.text).encode())


def _lengthen(seed: Page, count: int) -> str:
    """Return the seed with so many more paragraphs, of one sentence each, after its abstract."""
    abstract: str = seed.golden["abstract"]
    sentences = textwrap.wrap(abstract, 150)
    more = [f"{sentences[at % len(sentences)]} {at}" for at in range(count)]
    return seed.text.replace(abstract, "\n".join([abstract, *more]))
