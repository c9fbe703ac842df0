"""Report on a corpus: one page of HTML about the records of Parquet files, and what they lack.

Grammar of the output::

    page    = heading tiles section …       ; loads nothing, and forbids itself to
    section = heading *( figure / group )
    figure  = caption plot numbers          ; the numbers of a plot are a table, folded up
    group   = name counts *3( example )     ; of a reason, or of a diagnostic code

The files have the columns of `litrecord.arrow`, and perhaps others. Needs the extra ``report``.
"""

from __future__ import annotations

import os
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from unicodedata import east_asian_width

from litrecord._report.corpus import CLASSED, COUNTED, Corpus, count_corpus
from litrecord._report.html import (
    figure,
    folded,
    group,
    many,
    name_of,
    percent,
    rest,
    share,
    table,
    told,
)
from litrecord._report.plots import bars, columns
from litrecord._report.tallies import Distribution, Group
from litrecord._values.indicators import ImpactClass
from litrecord.diagnostics import CODES
from litrecord.serializers.pages.page import scale, stylesheet, whole_page

__all__ = ["report_html"]

_MOST_BARS = 12
_MOST_GROUPS = 30
_MOST_ROWS = 50
_SEVERITIES = ("error", "warning", "info")
_BEST_FIRST = sorted(ImpactClass, reverse=True)

_CLASSES = "C1 is the top 0.01% of all articles, C2 0.1%, C3 1%, C4 10%; C5 are all others."

_Lines = Iterable[str]


def report_html(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> str:
    """Return a page on the records of one Parquet file, or of several together.

    paths
        files with the columns of `litrecord.arrow.SCHEMA`, or folders of them, as
        `litrecord.files.write_dataset` writes. They are read a batch at a time, so
        memory does not grow with them. If a file has a column source, record, offset, url, id,
        path or name, examples show its value.

    The same files give the same page. Raises SourceError if a file cannot be read or is not
    Parquet. Raises InvalidValueError if a path is not a path, or a column is missing or has another
    type.

    >>> import pathlib, tempfile
    >>> import litrecord.arrow, pyarrow.parquet
    >>> table = litrecord.arrow.records_to_table([litrecord.Record(keywords=["Maps"])])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "records.parquet")
    ...     pyarrow.parquet.write_table(table, path)
    ...     page = report_html(path)
    >>> "<h1>A look at 1 page</h1>" in page
    True
    """
    corpus = count_corpus([paths] if isinstance(paths, str | os.PathLike) else paths)
    title = f"A look at {many(corpus.pages, 'page')}"
    style = f"{stylesheet('page')}{stylesheet('report')}"
    return whole_page(title, style, [f"<h1>{title}</h1>", *_body(corpus)])


def _body(corpus: Corpus) -> Iterator[str]:
    yield f'<p class="files">of {_names(corpus.files)}</p>'
    if not corpus.pages:
        yield "<p>There is no page in it: the columns are there, and hold no row.</p>"
        return
    yield from _tiles(corpus)
    sections = (
        ("Refused pages", _refused(corpus)),
        ("What records hold", _parts(corpus)),
        ("Impact classes", _classes(corpus)),
        ("Citations and usage", _counts(corpus)),
        ("Identifiers", _identifiers(corpus)),
        ("Diagnostics", _diagnostics(corpus)),
    )
    for name, section in sections:
        lines = list(section)
        if lines:
            yield from ("<section>", f"<h2>{name}</h2>", *lines, "</section>")


def _names(files: Sequence[str]) -> str:
    shown = ", ".join(name_of(name) for name in files[:5])
    return shown + (f" and {len(files) - 5:,} more" if len(files) > 5 else "")


def _tiles(corpus: Corpus) -> _Lines:
    tiles = (
        ("pages", corpus.pages, ""),
        ("read", corpus.read, percent(corpus.read, corpus.pages)),
        ("refused", corpus.refused, percent(corpus.refused, corpus.pages)),
        ("with an error", corpus.with_error, percent(corpus.with_error, corpus.pages)),
    )
    items = [
        f"<div><dt>{name}</dt><dd>{number:,} <small>{part}</small></dd></div>"
        for name, number, part in tiles
    ]
    advice = "A refused page has no record. An error is text that became no valid value."
    return ['<dl class="tiles">', *items, "</dl>", f'<p class="note">{advice}</p>']


def _refused(corpus: Corpus) -> Iterator[str]:
    groups = corpus.reasons.by_count()
    for reason, found in groups[:_MOST_GROUPS]:
        part = percent(found.count, corpus.refused)
        said = f"{many(found.count, 'page')}, {part} of the refused"
        yield from group(name_of(reason), said, found)
    yield from rest(len(groups) - _MOST_GROUPS, "reason")


def _parts(corpus: Corpus) -> Iterator[str]:
    if not corpus.read:
        yield "<p>No page was read, so there is no record.</p>"
        return
    yield '<div class="plots">'
    rows = [
        (name.capitalize(), count, share(count, corpus.read))
        for name, count in corpus.parts.items()
    ]
    caption = f"Parts of {many(corpus.read, 'record')}"
    cells = [(name, f"{count:,}", percent(count, corpus.read)) for name, count, _ in rows]
    numbers = table(("Part", "Records", "Share"), cells)
    yield from figure(caption, bars(rows, told(caption, rows), whole=corpus.read), numbers)
    caption = f"Keywords of {many(corpus.read, 'record')}"
    yield from _histogram(caption, corpus.keywords, _tick_of_tens, is_apart=True)
    if corpus.lengths.number:
        caption = f"Characters of {many(corpus.lengths.number, 'abstract')}"
        yield from _histogram(caption, corpus.lengths, _tick_of_thousands, is_apart=False)
    yield "</div>"


def _classes(corpus: Corpus) -> Iterator[str]:
    sums = {name: corpus.classes[name].total() for name in CLASSED}
    if not any(sums.values()):
        return
    yield f'<p class="note">{_CLASSES}</p>'
    yield '<div class="plots">'
    for name in CLASSED:
        rows = [
            (found.code, corpus.classes[name][found.code], _share(corpus, name, found.code))
            for found in _BEST_FIRST
        ]
        caption = f"{name.capitalize()} of {many(sums[name], 'record')}"
        plot = bars(rows, told(caption, rows), whole=max(sums[name], 1), left=36)
        yield from figure(caption, plot)
    yield "</div>"
    numbers = [
        (f"{scale(found)} {found.value}", *(_share(corpus, name, found.code) for name in CLASSED))
        for found in _BEST_FIRST
    ]
    if any(corpus.classes[name][None] for name in CLASSED):
        numbers.append(("Of no class", *(_share(corpus, name, None) for name in CLASSED)))
    heads = ("Class", *(name.capitalize() for name in CLASSED))
    yield from folded(table(heads, numbers))


def _share(corpus: Corpus, name: str, code: str | None) -> str:
    found = corpus.classes[name]
    return share(found[code], found.total())


def _counts(corpus: Corpus) -> Iterator[str]:
    """Yield a histogram of each count, with bins that widen like 1, 2, 5, 10, and 0 separate."""
    found = {name: corpus.counts[name] for name in COUNTED if corpus.counts[name].number}
    yield from ['<div class="plots">'] if found else []
    for name, distribution in found.items():
        caption = f"{name.capitalize()} of {many(distribution.number, 'record')}"
        yield from _histogram(caption, distribution, _tick_of_steps, is_apart=True)
    yield from ["</div>"] if found else []
    for name, count in corpus.uncounted.items():
        if count:
            yield f"<p>{many(count, 'row')} of {name} whose value is no count of 64 bits.</p>"


def _identifiers(corpus: Corpus) -> Iterator[str]:
    groups = corpus.schemes.by_count()
    if not groups:
        return
    rows = [(_label(name), found.count, _valid(found)) for name, found in groups[:_MOST_BARS]]
    caption = f"{many(sum(found.count for _, found in groups), 'identifier')} by scheme"
    yield '<div class="beside">'
    yield from figure(caption, bars(rows, told(caption, rows)))
    yield "<div>"
    cells = [
        (
            name_of(name), f"{found.count:,}", f"{found.marked:,}",
            percent(found.marked, found.count),
        )
        for name, found in groups[:_MOST_ROWS]
    ]  # fmt: skip
    yield from table(("Scheme", "Identifiers", "Not valid", "Share"), cells)
    yield from rest(len(groups) - _MOST_ROWS, "scheme")
    yield from ("</div>", "</div>")


def _valid(found: Group) -> str:
    return f"{found.count:,}" + (f" · {found.marked:,} not valid" if found.marked else "")


def _label(name: str, most: int = 12) -> str:
    """Return a name cut to a number of letters; a wide letter, as of Chinese, counts as two."""
    ends = [*accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in name)]
    return name if max(ends, default=0) <= most else f"{name[: bisect(ends, most - 1)]}…"


def _tick_of_steps(edge: int) -> str:
    powers = {1: "1", 10: "10", 100: "100", 1000: "1k", 10**4: "10k", 10**5: "100k", 10**6: "1M"}
    return powers.get(edge, "" if edge else "0")


def _tick_of_tens(edge: int) -> str:
    return f"{edge}" if edge == 1 or edge % 10 == 0 else ""


def _tick_of_thousands(edge: int) -> str:
    return f"{edge / 1000:g}k" if edge % 500 == 0 else "1" if edge == 1 else ""


def _histogram(
    caption: str, found: Distribution, tick: Callable[[int], str], *, is_apart: bool
) -> list[str]:
    bins = found.bins()
    note = (
        f"median {found.middle()}, mean {found.total / found.number:,.1f}, "
        f"greatest {found.greatest:,}"
    )
    ticks = [tick(edge) for edge in found.edges]
    heights = [(count, mark) for (_, count), mark in zip(bins, ticks, strict=False)]
    most = max(bins, key=lambda found: found[1])
    words = f"{caption}: {note}; most, {most[1]:,}, have {most[0]}"
    rows = [(name, f"{count:,}", percent(count, found.number)) for name, count in bins]
    numbers = table(("From – to", "How many", "Share"), rows)
    return figure(caption, columns(heights, words, is_apart=is_apart), numbers, note)


def _diagnostics(corpus: Corpus) -> Iterator[str]:
    groups = sorted(corpus.codes.by_count(), key=lambda item: _rank(item[1].severity))
    if not groups:
        yield "<p>Nothing was wrong, guessed or added.</p>"
        return
    rows = [(code, found.pages, f"{found.pages:,}") for code, found in groups[:_MOST_GROUPS]]
    caption = "Pages with each diagnostic, by severity"
    kinds = [_SEVERITIES[min(_rank(found.severity), 2)] for _, found in groups[:_MOST_GROUPS]]
    numbers = table(
        ("Code", "Severity", "Diagnostics", "Pages"),
        [
            (name_of(code), name_of(found.severity), f"{found.count:,}", f"{found.pages:,}")
            for code, found in groups[:_MOST_GROUPS]
        ],
    )
    words = told(caption, rows)
    rows = [(_label(code, 22), count, text) for code, count, text in rows]
    yield '<div class="beside">'
    yield from figure(caption, bars(rows, words, left=158, kinds=kinds), numbers)
    yield "<div>"
    for code, found in groups[:_MOST_GROUPS]:
        yield from _diagnostic(code, found, corpus.pages)
    yield from rest(len(groups) - _MOST_GROUPS, "code")
    yield from ("</div>", "</div>")


def _rank(severity: str) -> int:
    return _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)


def _diagnostic(code: str, found: Group, pages: int) -> list[str]:
    kind = _SEVERITIES[min(_rank(found.severity), 2)]
    severity = name_of(found.severity)
    head = f'<span class="dot {kind}"></span>{name_of(code)} <small>{severity}</small>'
    of_all = percent(found.pages, pages)
    said = f"{many(found.count, 'time')} in {many(found.pages, 'page')}, {of_all}"
    known = CODES.get(code)
    notes = [f"{known.meaning[0].upper()}{known.meaning[1:]}. {known.advice}"] if known else []
    return group(head, said, found, notes)
