"""Conversion of segments of the text as read to segments of the text as printed.

Both texts have the same length: a replaced character has the same offset in both.
"""

from __future__ import annotations

import attrs

from litrecord._characters import clean
from litrecord._sections import SectionKind
from litrecord._text.segments import Findings, Segment, Segmentation, by_kind
from litrecord._text.spans import instance_spans
from litrecord._values.indicators import Indicator
from litrecord._values.instance import Instance


def as_printed(text: str, segmented: Segmentation) -> Segmentation:
    """Return the segments of the text as printed for those of the text as read."""
    if segmented.findings.text is text:
        return segmented
    shown = clean(segmented.findings.text)
    segments = []
    printed: dict[int, Segment] = {}
    start = 0
    for segment in segmented.segments:
        printed[id(segment)] = _printed(text, shown, start, segment)
        segments.append(printed[id(segment)])
        start += segment[1]
    findings = Findings(text, segmented.findings.limits)
    findings.reports = [
        report if report.segment is None else report._replace(segment=printed[id(report.segment)])
        for report in segmented.findings.reports
    ]
    return segmented._replace(segments=segments, by_kind=by_kind(segments), findings=findings)


def _printed(text: str, shown: str, start: int, segment: Segment) -> Segment:
    kind, length, line, read = segment
    if not line:
        return segment
    at = shown.index(clean(line), start)
    if kind is SectionKind.INDICATOR:
        row, is_plain = read
        values = []
        for value in (row.label, row.description, row.printed):
            start = shown.index(value, start)
            values.append(text[start : start + len(value)])
            start += len(value)
        label, description, value = values
        read = Indicator(label, value, description), is_plain
    elif kind is SectionKind.IDENTIFIERS:
        scheme, places = read
        read = scheme, [(place, text[at + place :][: len(value)]) for place, value in places]
    elif kind is SectionKind.INSTANCE:
        read = _printed_instance(text, shown, at, read)
    return kind, length, text[at : at + len(line)], read


def _printed_instance(text: str, shown: str, at: int, instance: Instance) -> Instance:
    spans = instance_spans(shown, at, instance)
    names = ("hosted_by", "type", "refereed", "license")
    placed = {name: span for name in names if (span := getattr(spans, name))}
    return attrs.evolve(
        instance,
        **{name: span.of(text) for name, span in placed.items()},
        collected_from=[span.of(text) for span in spans.collected_from],
    )
