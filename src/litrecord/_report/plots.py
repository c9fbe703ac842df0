"""Plots as inline SVG: drawn by matplotlib, and stripped of all that a page cannot use.

Grammar of what is written::

    plot = "<svg" viewBox role="img" aria-label ">" *( path / text ) "</svg>"
    path = "<path" class d "/>"             ; the class, and so the colour, is the page's
    text = "<text" class x y ">" label "</text>"

There are no ids, styles, references, fonts or metadata, so plots share a page, and its stylesheet
gives them their colours. Labels are put in behind matplotlib's back: it lays out numbers, and
never sees text of a file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import matplotlib.style
from lxml import etree
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from litrecord.serializers.html import escape

_SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "litrecord", "text.parse_math": False}
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_KINDS = ("bar", "track", "error", "warning", "info", "line")
_COLOURS = {kind: f"#0000{number:02x}" for number, kind in enumerate(_KINDS, 1)}
"""The colour that stands for each class while matplotlib draws."""
_CLASSES = {colour: kind for kind, colour in _COLOURS.items()}
_PAINT = re.compile(r"(?:fill|stroke): (#[0-9a-f]{6})")
_ANCHOR = re.compile(r"text-anchor: (\w+)")
_SVG = "{http://www.w3.org/2000/svg}"

_WIDTH = 345  # pixels, of which a narrow screen has as many
_ROW = 26
_POINTS_PER_PIXEL = 0.75
_PIXELS_PER_INCH = 96


class _Canvas:
    """A figure of so many pixels, all of it one plot, whose y axis points down."""

    def __init__(self, height: float) -> None:
        size = (_WIDTH / _PIXELS_PER_INCH, height / _PIXELS_PER_INCH)
        self._figure = Figure(figsize=size)
        self._figure.patch.set_visible(False)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, _WIDTH), ylim=(height, 0))
        self._axes.set_axis_off()
        self._labels: list[str] = []
        self._height = height

    def box(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        self._axes.bar(
            x, height, width, y, align="edge", color=_COLOURS[kind], linewidth=0, clip_on=False
        )

    def line(self, x: float, y: float, end: float) -> None:
        self._axes.plot((x, end), (y, y), color=_COLOURS["line"], linewidth=0.75, clip_on=False)

    def text(self, x: float, y: float, label: str, align: str = "left") -> None:
        number = str(len(self._labels))
        self._labels.append(label)
        self._axes.text(x, y, number, ha=align, va="center_baseline", size=13 * _POINTS_PER_PIXEL)

    def svg(self, alternative: str) -> str:
        stream = io.StringIO()
        self._figure.savefig(stream, format="svg", metadata=_NO_METADATA)
        drawn = stream.getvalue()
        root = etree.fromstring(drawn[drawn.index("<svg") :])
        shapes = [self._written(element) for element in root.iter(f"{_SVG}path", f"{_SVG}text")]
        size = f'viewBox="{root.get("viewBox")}" width="{_WIDTH}" height="{self._height:g}"'
        return "\n".join(
            [
                f'<svg class="plot" {size} role="img" aria-label="{escape(alternative)}">',
                *shapes,
                "</svg>",
            ]
        )

    def _written(self, element: etree._Element) -> str:
        style = element.get("style") or ""
        if element.tag == f"{_SVG}path":
            paint = _PAINT.search(style)
            assert paint, "every path here is painted"
            path = " ".join((element.get("d") or "").split())
            return f'<path class="{_CLASSES[paint.group(1)]}" d="{path}"/>'
        anchor = _ANCHOR.search(style)
        align = anchor.group(1) if anchor else "start"
        place = f'x="{element.get("x")}" y="{element.get("y")}"'
        label = self._labels[int(element.text or "")]
        return f'<text class="{align}" {place}>{escape(label)}</text>'


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
    >>> plot.count("<path"), "a &lt; b" in plot, ' id="' in plot
    (3, True, False)
    """
    with matplotlib.style.context(["default", _SETTINGS]):
        canvas = _Canvas(_ROW * len(rows))
        right = 12 + 7 * max(len(text) for _, _, text in rows)
        room = _WIDTH - left - right
        longest = whole or max(1, *(length for _, length, _ in rows))
        for at, (label, length, text) in enumerate(rows):
            y = _ROW * at
            canvas.text(left - 10, y + _ROW / 2, label, "right")
            canvas.box(left, y + 5, room, _ROW - 10, "track")
            if length:
                width = max(room * length / longest, 1.5)
                canvas.box(left, y + 5, width, _ROW - 10, kinds[at] if kinds else "bar")
            canvas.text(_WIDTH - right + 8, y + _ROW / 2, text)
        return canvas.svg(alternative)


_TOP, _DEEP, _FOOT = 22, 130, 24


def columns(rows: Sequence[tuple[int, str]], alternative: str, *, is_apart: bool = False) -> str:
    """Return a histogram: a column a bin, its height, and the tick below its left edge.

    is_apart says that the first stands apart, as 0 does where bins are of a logarithm.

    >>> columns([(2, "0"), (1, "1"), (0, "")], "three columns", is_apart=True).count('class="bar"')
    2
    """
    with matplotlib.style.context(["default", _SETTINGS]):
        canvas = _Canvas(_TOP + _DEEP + _FOOT)
        highest = max(1, *(height for height, _ in rows))
        foot = _TOP + _DEEP
        gap = 10 if is_apart and len(rows) > 1 else 0
        step = (_WIDTH - 20 - gap) / max(len(rows), 8)
        for at, (height, tick) in enumerate(rows):
            x = 10 + step * at + (gap if at else 0)
            if height:
                deep = max(_DEEP * height / highest, 1.5)
                canvas.box(x + 0.75, foot - deep, step - 1.5, deep, "bar")
            if height == highest:
                canvas.text(x + step / 2, foot - _DEEP - 10, f"{height:,}", "center")
            if tick:
                is_middle = is_apart and not at
                canvas.text(x + step / 2 if is_middle else x, foot + 13, tick, "center")
        canvas.line(10, foot, _WIDTH - 10)
        return canvas.svg(alternative)
