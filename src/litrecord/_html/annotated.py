"""Segmenter of litrecord's own markup: the annotations give the kind of every line.

Grammar::

    text    = outside article outside
    article = *( annotated / notice / blank )     ; a property, or a heading and the like
    outside = *( unknown / blank )             ; it may be anything, and is no part of the record
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from litrecord._characters import lines_of
from litrecord._sections import SectionKind
from litrecord._text.annotations import Annotation
from litrecord._text.segments import Findings, Segment, Segmentation, by_kind
from litrecord._text.transitions import CUT
from litrecord.limits import Limits

_ONCE = frozenset({SectionKind.WIDGET, SectionKind.TITLE})
_OUTSIDE = "text outside the article that litrecord wrote; the record was read from the article"


def segment_annotated(
    text: str, limits: Limits, annotations: Sequence[Annotation], article: tuple[int, int]
) -> Segmentation:
    """Cut the text form of a page with litrecord's own article into segments that tile it."""
    segments: list[Segment] = []
    findings = Findings(text, limits)
    at = 0
    seen: set[SectionKind] = set()
    for annotation in annotations:
        _add_between(segments, findings, at, annotation.start, article)
        at = min(annotation.end + 1, len(text))
        line = text[annotation.start : annotation.end]
        is_second = annotation.kind in _ONCE and annotation.kind in seen
        seen.add(annotation.kind)
        kind = SectionKind.UNKNOWN if is_second else annotation.kind
        segments.append((kind, at - annotation.start, line, annotation.read))
        if is_second:
            message = f"a second {annotation.kind.value}; the first was read"
            findings.add("unknown-text", message, segments[-1])
        elif kind is SectionKind.UNKNOWN:
            findings.add("cut-row", CUT, segments[-1])
    _add_between(segments, findings, at, len(text), article)
    return Segmentation(segments, by_kind(segments), findings)


def _add_between(
    segments: list[Segment], findings: Findings, start: int, end: int, article: tuple[int, int]
) -> None:
    """Add the lines between two annotations; lines of one kind together, with one report."""

    def kind_of(found: tuple[str, int, int]) -> SectionKind:
        line, at, _ = found
        if not line.strip():
            return SectionKind.BLANK
        return SectionKind.NOTICE if article[0] <= at < article[1] else SectionKind.UNKNOWN

    for kind, together in groupby(lines_of(findings.text, start, end), kind_of):
        (line, at, after), *others = together
        last, last_at, after = others[-1] if others else (line, at, after)
        line = line.strip()
        segments.append((kind, after - at, line, None))
        if kind is SectionKind.UNKNOWN:
            first_at = findings.text.index(line, at)
            length = last_at + len(last.rstrip()) - first_at
            findings.add("unknown-text", _OUTSIDE, segments[-1], 0, length)
