"""Plots as inline SVG: boxes and text, in the colours of the page.

Grammar of the output::

    plot  = "<svg" viewBox role="img" aria-label ">" *( label / rect / text ) "</svg>"
    label = "<svg" y width height ">" text "</svg>" ; what is too wide for it is cut
    rect  = "<rect" class x y width height "/>"     ; the class, and so the colour, is the page's
    text  = "<text" class x y ">" words "</text>"

A plot has no ids, styles, links or fonts, so several fit in a page, whose stylesheet colours them.
The width of text is not known: labels have a column, and numbers are at the end of a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from litrecord.serializers.pages.page import escape

_WIDTH = 345  # pixels, the width of a narrow screen
_ROW = 26
_DIGIT = 8  # pixels, the width of a digit in wide fonts
_TOP, _DEEP, _FOOT = 22, 130, 24


def bars(
    rows: Sequence[tuple[str, int, str]],
    alternative: str,
    *,
    whole: int | None = None,
    left: int = 92,
    kinds: Sequence[str] = (),
) -> str:
    """Return a plot with a bar in each row: its label, its length, and the text behind it.

    whole is the length of a full bar, by default that of the longest. left is the width of labels
    in pixels, kinds are the CSS classes of the bars.

    >>> plot = bars([("title", 1, "1"), ("a < b", 0, "none")], "two bars", whole=2)
    >>> plot.count("<rect"), "a &lt; b" in plot, ' id="' in plot
    (3, True, False)
    """
    right = 12 + 7 * max(len(text) for _, _, text in rows)
    room = max(_WIDTH - left - right, _ROW)
    longest = whole or max(1, *(length for _, length, _ in rows))
    shapes = []
    for at, (label, length, text) in enumerate(rows):
        y = _ROW * at
        words = _text(0, _ROW / 2, label)
        shapes.append(f'<svg y="{y}" width="{left - 10}" height="{_ROW}">{words}</svg>')
        shapes.append(_rect(left, y + 5, room, _ROW - 10, "track"))
        if length:
            width = max(room * length / longest, 1.5)
            shapes.append(_rect(left, y + 5, width, _ROW - 10, kinds[at] if kinds else "bar"))
        shapes.append(_text(left + room + 8, y + _ROW / 2, text))
    return _plot(_ROW * len(rows), alternative, shapes)


def columns(rows: Sequence[tuple[int, str]], alternative: str, *, is_apart: bool = False) -> str:
    """Return a histogram: for each bin a column, its height, and the tick below its left edge.

    is_apart separates the first column, as 0 before logarithmic bins.

    >>> columns([(2, "0"), (1, "1"), (0, "")], "three columns", is_apart=True).count('class="bar"')
    2
    """
    highest = max(1, *(height for height, _ in rows))
    foot = _TOP + _DEEP
    gap = 10 if is_apart and len(rows) > 1 else 0
    step = (_WIDTH - 20 - gap) / max(len(rows), 8)
    shapes = []
    for at, (height, tick) in enumerate(rows):
        x = 10 + step * at + (gap if at else 0)
        if height:
            deep = max(_DEEP * height / highest, 1.5)
            shapes.append(_rect(x + 0.75, foot - deep, step - 1.5, deep, "bar"))
        if height == highest:
            shapes.append(_centred(x + step / 2, _TOP - 10, f"{height:,}"))
        if tick:
            is_middle = is_apart and not at
            shapes.append(_centred(x + step / 2 if is_middle else x, foot + 13, tick))
    shapes.append(_rect(10, foot, _WIDTH - 20, 1, "line"))
    return _plot(foot + _FOOT, alternative, shapes)


def _plot(height: int, alternative: str, shapes: Iterable[str]) -> str:
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    head = f'<svg class="plot" {size} role="img" aria-label="{escape(alternative)}">'
    return "\n".join([head, *shapes, "</svg>"])


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect class="{kind}" {place}/>'


def _text(x: float, middle: float, words: str, align: str = "start") -> str:
    """Return text whose capitals and digits are centred at the height *middle*, in usual fonts."""
    return f'<text class="{align}" x="{x:g}" y="{middle + 4.5:g}">{escape(words)}</text>'


def _centred(x: float, middle: float, number: str) -> str:
    """Return a number centred at *x*, or as near as the edges of the plot allow."""
    half = _DIGIT * len(number) / 2
    return _text(min(max(x, half), _WIDTH - half), middle, number, "middle")
