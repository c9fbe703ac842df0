"""Plots as inline SVG: boxes and text, in the colours of the page.

Grammar of what is written::

    plot  = "<svg" viewBox role="img" aria-label ">" *( label / rect / text ) "</svg>"
    label = "<svg" y width height ">" text "</svg>" ; what is too wide for it is cut
    rect  = "<rect" class x y width height "/>"     ; the class, and so the colour, is the page's
    text  = "<text" class x y ">" words "</text>"

There are no ids, styles, references or fonts, so plots share a page, and its stylesheet gives them
their colours. How wide text will be is not known: labels have a column, and numbers end a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from litrecord.serializers.pages.page import escape

_WIDTH = 345  # pixels, of which a narrow screen has as many
_ROW = 26
_DIGIT = 8  # as wide as digits are in wide fonts
_TOP, _DEEP, _FOOT = 22, 130, 24


def bars(
    rows: Sequence[tuple[str, int, str]],
    alternative: str,
    *,
    whole: int | None = None,
    left: int = 92,
    kinds: Sequence[str] = (),
) -> str:
    """Return a bar a row: its label, its length, and what is written behind it.

    whole is the length of a full bar, by default that of the longest; left the room for labels;
    kinds the classes of the bars.

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
    """Return a histogram: a column a bin, its height, and the tick below its left edge.

    is_apart says that the first stands apart, as 0 does where bins are of a logarithm.

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
    """Return text whose capitals and digits have their middle there, in any usual font."""
    return f'<text class="{align}" x="{x:g}" y="{middle + 4.5:g}">{escape(words)}</text>'


def _centred(x: float, middle: float, number: str) -> str:
    """Return a number that has its middle there, or as near as the plot's edges let it."""
    half = _DIGIT * len(number) / 2
    return _text(min(max(x, half), _WIDTH - half), middle, number, "middle")
