"""Parts of the report's HTML: numbers in words, tables, figures, and groups with examples.

Grammar of the output::

    figure  = "<figure>" caption plot [ notes ] [ folded ] "</figure>"
    folded  = "<details>" summary table "</details>"
    group   = "<article>" h3 said [ notes ] "<details>" 1*3( place text ) "</details>" "</article>"

Parameters named ``…_html`` are HTML already; all other text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from litrecord._report.tallies import Group
from litrecord.serializers.pages.page import escape


def many(count: int, what: str) -> str:
    """Return a count with its noun.

    >>> many(1, "page"), many(1200, "page")
    ('1 page', '1,200 pages')
    """
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def percent(part: int, whole: int) -> str:
    """Return a share of a whole as a percentage; 0% and 100% are exact.

    >>> percent(1, 3), percent(0, 9), percent(9, 9), percent(1, 9999), percent(9998, 9999)
    ('33.3%', '0%', '100%', '<0.1%', '>99.9%')
    """
    if part in (0, whole):
        return "100%" if part else "0%"
    tenths = round(1000 * part / whole)
    if tenths == 0:
        return "<0.1%"
    return ">99.9%" if tenths == 1000 else f"{tenths / 10:.1f}%"


def share(part: int, whole: int) -> str:
    """Return a count beside its share of a whole."""
    return f"{part:,} · {percent(part, whole)}" if part else "0"


def name_of(text: str) -> str:
    """Return a name from a file as HTML, with its text direction isolated."""
    return f"<bdi>{escape(text)}</bdi>" if text else "<i>none</i>"


def told(caption: str, rows: Iterable[tuple[str, int, str]]) -> str:
    """Return the text alternative of a plot of bars."""
    return f"{caption}: " + "; ".join(f"{label} {text}" for label, _, text in rows)


def table(heads: Sequence[str], rows_html: Iterable[Sequence[str]]) -> list[str]:
    """Return a table whose first column names the rows; its cells are HTML."""
    first, *others = heads
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in others)
    body = [
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for name, *cells in rows_html
    ]
    head = f'<thead><tr><th scope="col">{escape(first)}</th>{columns}</tr></thead>'
    return ["<table>", head, "<tbody>", *body, "</tbody>", "</table>"]


def folded(lines: Iterable[str]) -> list[str]:
    """Return the numbers of a plot as a folded table."""
    return ["<details>", "<summary>The numbers</summary>", *lines, "</details>"]


def figure(caption: str, plot: str, numbers: Sequence[str] = (), note: str = "") -> list[str]:
    """Return a plot with its caption, a note, and its numbers."""
    return [
        "<figure>",
        f"<figcaption>{escape(caption)}</figcaption>",
        plot,
        *([f'<p class="note">{escape(note)}</p>'] if note else []),
        *(folded(numbers) if numbers else []),
        "</figure>",
    ]


def group(head_html: str, said: str, found: Group, notes: Iterable[str] = ()) -> list[str]:
    """Return a group: its name, its counts and its examples."""
    examples = [
        line
        for example in found.examples
        for line in (f"<p>{name_of(example.place)}</p>", f"<pre>{escape(example.text)}</pre>")
    ]
    name = many(len(found.examples), "example")
    return [
        '<article class="group">',
        f"<h3>{head_html}</h3>",
        f"<p>{escape(said)}</p>",
        *(f'<p class="note">{escape(note)}</p>' for note in notes),
        "<details>",
        f"<summary>{name}</summary>",
        *examples,
        "</details>",
        "</article>",
    ]


def rest(count: int, what: str) -> list[str]:
    """Return the line about groups that are not shown."""
    return [f"<p>… and {many(count, f'more {what}')}</p>"] if count > 0 else []
