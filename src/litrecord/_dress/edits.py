"""Text in plain form after edits, with a map of its offsets to the text as given."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from litrecord._text.segments import Segment
from litrecord.diagnostics import Span

Edit = tuple[int, int, str]
"""A range of a text, and its replacement."""


class Undressed(NamedTuple):
    """A text in plain form, and the offsets of its pieces here and in the text as given."""

    text: str
    starts: list[int]
    places: list[int]
    length: int
    """The length of the text as given."""

    def span(self, span: Span) -> Span:
        """Return the span in the text as given for a span of this text."""
        start = self._place(span.start) if span.start < len(self.text) else self.length
        return Span(start, start if span.end == span.start else self._place(span.end - 1) + 1)

    def segments(self, segments: Iterable[Segment]) -> list[Segment]:
        """Return segments of this text with their lengths in the text as given."""
        found = []
        at = end = 0
        for kind, length, line, read in segments:
            at += length
            start, end = end, self._place(at - 1) + 1 if at < len(self.text) else self.length
            found.append((kind, end - start, line, read))
        return found

    def _place(self, at: int) -> int:
        piece = bisect_right(self.starts, at) - 1
        after = self.places[piece + 1] if piece + 1 < len(self.places) else self.length
        return min(self.places[piece] + at - self.starts[piece], after - 1)


def undressed(text: str, edits: Iterable[Edit]) -> Undressed:
    """Return a text with edits applied; an edit that begins inside another is ignored.

    >>> found = undressed("a **b** c", [(2, 4, ""), (5, 7, "")])
    >>> found.text, found.span(Span(2, 3))
    ('a b c', Span(start=4, end=5))
    """
    pieces = []
    starts, places = [], []
    at = length = 0

    def keep(piece: str, place: int) -> None:
        nonlocal length
        if piece:
            starts.append(length)
            places.append(place)
            pieces.append(piece)
            length += len(piece)

    for start, end, new in sorted(edits):
        if start < at:
            continue
        keep(text[at:start], at)
        keep(new, start)
        at = end
    keep(text[at:], at)
    return Undressed("".join(pieces), starts or [0], places or [0], len(text))
