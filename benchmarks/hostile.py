"""How time and memory grow on hostile input: each opener, closer and separator, repeated."""

from __future__ import annotations

import contextlib
import tracemalloc
from collections.abc import Callable
from functools import partial

import litrecord
from benchmarks.tables import table
from benchmarks.timing import best_times, exponent

_SIZES = (50_000, 100_000, 200_000, 400_000)
_LIMITS = litrecord.Limits(rows=10**9, terms=10**9, identifiers=10**9, attributes=10**9)
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
    "scripts that open": ("", "<script>", ""),
    "scripts that open, within quotes": ("<script>", "'<script>", ""),
    "widgets": ("", "<script>oa_widget</script>\n", ""),
    "quotes": ("<script>", "'", "</script>"),
    "whole pages": ("", "Powered by OpenAIRE graph\nAuthors: a\nAbstract\n", ""),
    "authors": ("T\nAuthors: ", "a; ", "\nT\nAbstract\nText.\n"),
    "blank lines": ("", "\n \r\n\t\r", ""),
    "tags in an abstract": ("", "<p><i>", ""),
    "references in an abstract": ("", "&amp;&", ""),
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
_READ = """Each piece repeated until the text has the size, from {smallest} to {largest} KB, read
by parse_document without limits of rows, terms, identifiers and attributes, and every diagnostic
printed. The exponent is the slope of the logarithm of the time on that of the size: 1 is time in
proportion to size, 2 to its square. Memory is the peak of what is allocated, the text not counted,
as a multiple of the text at {largest} KB. "Refused" are those that raised a LimitError. Best of
{runs} runs."""


def report(rounds: int, passes: int) -> str:
    """Return how to read the table of hostile inputs, and the table."""
    rows = []
    for name in _PIECES:
        tasks: dict[int, Callable[[], object]] = {
            size: partial(_read, _text(name, size)) for size in _SIZES
        }
        best = best_times(tasks, rounds, passes)
        slope = exponent(best.keys(), best.values())
        rows.append([name, f"{best[_SIZES[-1]] * 1e3:,.0f}", f"{slope:.2f}", _memory(name)])
    text = _READ.format(
        smallest=_SIZES[0] // 1_000, largest=_SIZES[-1] // 1_000, runs=rounds * passes
    )
    return f"{text}\n\n{table(['input', 'ms at the largest', 'exponent', 'memory'], rows)}"


def _text(name: str, size: int) -> str:
    before, piece, after = _PIECES[name]
    return before + piece * (size // len(piece)) + after


def _read(text: str) -> bool:
    """Read a text and print what is said of it; tell whether it was refused."""
    try:
        document = litrecord.parse_document(text, limits=_LIMITS)
    except litrecord.LimitError:
        return True
    for found in document.diagnostics:
        str(found)
    return False


def _memory(name: str) -> str:
    text = _text(name, _SIZES[-1])
    tracemalloc.start()
    with contextlib.ExitStack() as stack:
        stack.callback(tracemalloc.stop)
        is_refused = _read(text)
        _, peak = tracemalloc.get_traced_memory()
    return f"{peak / len(text):.1f}{', refused' if is_refused else ''}"
