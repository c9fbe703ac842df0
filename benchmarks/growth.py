"""How the time grows with the length of a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import lxml.html

import litrecord
from benchmarks.corpus import Page
from benchmarks.tables import table
from benchmarks.timing import best_times, exponent

_SIZES = (0, 20_000, 200_000, 2_000_000)
_READ = """The seed page as it is, and with more paragraphs in the abstract, no two alike. Nothing
else changes. A KB is 1,000 bytes. The exponent is the slope of the logarithm of the time over
that of the size, from 20 KB on. With 1, time is proportional to size. With 2, it is proportional
to the square of the size.

A short page costs more for each KB, because its widget, identifiers, keywords and rows are as
large as those of a long page. Best of {runs} runs each."""


def report(seed: Page, rounds: int, passes: int) -> str:
    """Return how to read the table of sizes, and the table."""
    texts = [_lengthen(seed, size) for size in _SIZES]
    tasks: dict[tuple[str, int], Callable[[], object]] = {}
    for at, text in enumerate(texts):
        tasks["parse_record", at] = partial(litrecord.parse_record, text)
        tasks["lxml", at] = partial(_read_by_lxml, text)
    best = best_times(tasks, rounds, passes)
    ours = [best["parse_record", at] for at in range(len(texts))]
    peer = [best["lxml", at] for at in range(len(texts))]
    sizes = [len(text.encode()) / 1_000 for text in texts]
    rows = [
        [f"{size:,.1f} KB", *_cells(own, size), *_cells(other, size), f"{own / other:.2f}"]
        for size, own, other in zip(sizes, ours, peer, strict=True)
    ]
    # A short page costs more a KB, so the seed itself is left out.
    slopes = [f"{exponent(sizes[1:], seconds[1:]):.2f}" for seconds in (ours, peer)]
    rows.append(["exponent", slopes[0], "", slopes[1], "", ""])
    heads = ["page", "parse_record, ms", "µs a KB", "lxml, ms", "µs a KB", "ratio"]
    return f"{_READ.format(runs=rounds * passes)}\n\n{table(heads, rows)}"


def _read_by_lxml(text: str) -> object:
    return lxml.html.fromstring(text).text_content()


def _cells(seconds: float, size: float) -> tuple[str, str]:
    return f"{seconds * 1e3:.3f}", f"{seconds * 1e6 / size:.2f}"


def _lengthen(seed: Page, size: int) -> str:
    """Return the seed with paragraphs after its abstract until it has so many characters."""
    abstract: str = seed.golden["abstract"]
    missing = max(0, size - len(seed.text))
    paragraphs = [f"{abstract} This was series {at}." for at in range(missing // len(abstract))]
    return seed.text.replace(abstract, "\n".join([abstract, *paragraphs]))
