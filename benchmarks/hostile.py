"""How time and memory grow on hostile input: each opener, closer and separator, repeated."""

from __future__ import annotations

import contextlib
import gc
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import litrecord
from benchmarks.corpus import Page
from benchmarks.dress import dress
from benchmarks.tables import table
from benchmarks.timing import best_times, exponent

_SIZES = (50_000, 100_000, 200_000)
_LIFTED = litrecord.Limits(
    lines=10**9, diagnostics=10**9, rows=10**9, terms=10**9, identifiers=10**9, attributes=10**9
)
_ARTICLE = '<article data-litrecord="1">'
_PIECES: dict[str, tuple[str, str, str]] = {
    # what is repeated, and what stands before and after it
    "rows": ("", "| views | 2 | |\n", ""),
    "rows of unknown labels": ("| views | 2 |\n", "| x | y |\n", ""),
    "rows that are cut": ("", "| views | |\n", ""),
    "pipes": ("", "| ", ""),
    "labels": ("| views | 2 |\n", "views\n", ""),
    "labels and descriptions": ("", "impulse\nThis indicator reflects the weather.\n", ""),
    "identifier lines": ("", "pmid: 7\n", ""),
    "identifiers of a line": ("handle: 1/2", " , 1/2", "\n"),
    "labels of schemes": ("", "doi: ", "\n"),
    "keywords": ("Text.\nA", ", Mice, Knockout", ""),
    "brackets that open": ("Text.\nA", ", (", "\nA, (\n"),
    "brackets in brackets": ("Text.\nA, ", "(a), (", "\n"),
    "doubled lines": ("", "A, B\nA, B\n", ""),
    "lines of a letter": ("", "a\n", ""),
    "scripts that open": ("", "<script>", ""),
    "scripts that open, within quotes": ("<script>", "'<script>", ""),
    "widgets": ("", "<script>oa_widget</script>\n", ""),
    "quotes": ("<script>", "'", "</script>"),
    "whole pages": ("", "Powered by OpenAIRE graph\nAuthors: a\nAbstract\n", ""),
    "authors": ("T\nAuthors: ", "a; ", "\nT\nAbstract\nText.\n"),
    "references in authors": ("T\nAuthors: ", "&amp;", "\nT\nAbstract\nText.\n"),
    "blank lines": ("", "\n \r\n\t\r", ""),
    "tags in an abstract": ("", "<p><i>", ""),
    "character references in an abstract": ("", "&amp;&", ""),
    "elements side by side": ("<div>", "<p>a</p>", ""),
    "elements that close alone": ("<div>" * 900, "</span>", ""),
    "elements that open": ("<body>", "<p><td><li>", ""),
    "attributes": ("<div ", "a=1 ", ">a</div>"),
    "comments that open": ("<div>", "<!--", ""),
    "table rows": ("<table>", "<tr><td>a<td>b", ""),
    "tables in main elements": ("", "<main><table><tr><td>views<td>1|</table></main>", ""),
    "widget elements": ("<div>", "<script>oa_widget</script>a", ""),
    "hidden elements": ("<div>", "<b hidden>a</b>", ""),
    "litrecord's own fields": (_ARTICLE, "<h1 data-litrecord=title>t</h1>", ""),
    "litrecord's own rows": (_ARTICLE, "<i data-litrecord=label>a</i>", ""),
    "JSON-LD": ("<main>a</main>", '<script type="application/ld+json">[{}]</script>', ""),
}
_READ = """Each piece is repeated until the text has the size, from {smallest} to {largest} KB.
parse_document reads it, and every diagnostic is printed. The limits of lines, diagnostics, rows,
terms, identifiers and attributes are lifted for the times.

- The exponent is the slope of the logarithm of the time over that of the size. With 1, time is
  proportional to size. With 2, it is proportional to the square of the size.
- "Without collector" is the same with CPython's cyclic garbage collector off. The collector
  looks through all objects whenever their number has grown by a quarter.
- Memory is the peak of the allocated memory with the limits on, without the text. It is a
  multiple of the text at {smallest} KB, where limits refuse least. "Refused" marks a
  LimitError.

Best of {runs} runs.

The stored pages, of {least} bytes and more, take {page_least:.1f} to {page_most:.1f} times
their text. As saved pages they take {saved_least:.1f} to {saved_most:.1f} times."""
_LEAST_PAGE = 500
_SECONDS = 0.3
"""How long the rounds of one input begin; there are many inputs."""


def report(pages: Sequence[Page], rounds: int, passes: int) -> str:
    """Return how to read the table of hostile inputs, and the table."""
    rows = []
    for name in _PIECES:
        tasks: dict[int, Callable[[], object]] = {
            size: partial(_read, _text(name, size), _LIFTED) for size in _SIZES
        }
        best = best_times(tasks, rounds, passes, _SECONDS)
        with _no_collector():
            alone = best_times(tasks, rounds, passes, _SECONDS)
        slopes = [f"{exponent(times.keys(), times.values()):.2f}" for times in (best, alone)]
        memory, is_refused = _memory(_text(name, _SIZES[0]))
        shown = f"{memory:.1f}{', refused' if is_refused else ''}"
        rows.append([name, f"{best[_SIZES[-1]] * 1e3:,.0f}", *slopes, shown])
    texts = [page.text for page in pages if len(page.text) >= _LEAST_PAGE]
    of_texts = [_memory(text)[0] for text in texts]
    of_saved = [_memory(dress(text))[0] for text in texts]
    text = _READ.format(
        smallest=_SIZES[0] // 1_000,
        largest=_SIZES[-1] // 1_000,
        runs=rounds * passes,
        least=_LEAST_PAGE,
        page_least=min(of_texts),
        page_most=max(of_texts),
        saved_least=min(of_saved),
        saved_most=max(of_saved),
    )
    heads = ["input", "ms at the largest", "exponent", "without collector", "memory"]
    return f"{text}\n\n{table(heads, rows)}"


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _text(name: str, size: int) -> str:
    before, piece, after = _PIECES[name]
    return before + piece * (size // len(piece)) + after


def _read(text: str, limits: litrecord.Limits) -> bool:
    """Read a text and print what is said of it; tell whether it was refused."""
    try:
        document = litrecord.parse_document(text, limits=limits)
    except litrecord.LimitError:
        return True
    for found in document.diagnostics:
        str(found)
    return False


def _memory(text: str) -> tuple[float, bool]:
    """Return the peak as a multiple of the text, and whether that was refused."""
    limits = litrecord.Limits()
    _read(text, limits)  # whatever is loaded once
    tracemalloc.start()
    with contextlib.ExitStack() as stack:
        stack.callback(tracemalloc.stop)
        is_refused = _read(text, limits)
        _, peak = tracemalloc.get_traced_memory()
    return peak / len(text.encode()), is_refused
