"""Spans of the values of a record in the text of its document.

The values of a part are in its segments in the order of the record, each whole in one of them.
Identifiers and rows have the offsets at which their line was parsed. A value that the text does
not print, such as an identifier from the page's address, has no span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import attrs

from litrecord._characters import OTHER_SPACES, clean, has_other_spaces
from litrecord._sections import IndicatorSpans, InstanceSpans, RecordSpans, SectionKind
from litrecord._text.annotations import ANNOTATED
from litrecord._text.lexer import AUTHORS_START
from litrecord._text.segments import Segment
from litrecord._values.indicators import Indicator
from litrecord._values.instance import Instance
from litrecord._values.source_lines import LICENSE, SOURCES
from litrecord.diagnostics import Span
from litrecord.model import Record

_Placed = tuple[int, Segment]
"""A segment, and its offset in the text."""


def spans_of(text: str, segments: Sequence[Segment], record: Record) -> RecordSpans:
    """Return the spans of the values of a record that was read from segments."""
    text = clean(text)
    of_kind: dict[SectionKind, list[_Placed]] = {kind: [] for kind in SectionKind}
    start = 0
    for segment in segments:
        of_kind[segment[0]].append((start, segment))
        start += segment[1]
    kind = SectionKind
    return RecordSpans(
        widget=_first(text, of_kind[kind.WIDGET] if record.widget else []),
        identifiers=_identifiers(text, of_kind[kind.IDENTIFIERS], len(record.identifiers)),
        abstract=tuple(_line(text, found) for found in of_kind[kind.ABSTRACT]),
        keywords=_in_order(text, of_kind[kind.KEYWORDS], record.keywords),
        indicators=_rows(text, of_kind[kind.INDICATOR]),
        title=_first(text, of_kind[kind.TITLE]),
        authors=_in_order(text, of_kind[kind.AUTHORS], record.authors),
        instances=tuple(instance_spans(text, at, found[3]) for at, found in of_kind[kind.INSTANCE]),
    )


def moved(spans: RecordSpans, move: Callable[[Span], Span]) -> RecordSpans:
    """Return the spans moved to their places in another text."""

    def of_value(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(of_value, value))
        if isinstance(value, Span):
            return move(value)
        return value if value is None else of_fields(value)

    def of_fields(value: Any) -> Any:
        names = [field.name for field in attrs.fields(type(value))]
        return type(value)(**{name: of_value(getattr(value, name)) for name in names})

    found: RecordSpans = of_fields(spans)
    return found


def _line(text: str, placed: _Placed) -> Span:
    start, segment = placed
    line = clean(segment[2])
    at = text.index(line, start)
    return Span(at, at + len(line))


def _first(text: str, placed: list[_Placed]) -> Span | None:
    return _line(text, placed[0]) if placed else None


def _identifiers(text: str, placed: list[_Placed], count: int) -> tuple[Span | None, ...]:
    spans: list[Span | None] = []
    for found in placed:
        line = _line(text, found).start
        _, values = found[1][3]
        spans += [Span(line + at, line + at + len(printed)) for at, printed in values]
    return (*spans, *repeat(None, count - len(spans)))


def _in_order(text: str, placed: list[_Placed], values: Sequence[str]) -> tuple[Span | None, ...]:
    """Return the spans of values, each after the one before it."""
    lines = iter([_values_in(text, found) for found in placed])
    at = end = 0
    spans: list[Span | None] = []
    for value in values:
        found = _find(text, value, at, end)
        while found is None and end >= 0:
            at, end = next(lines, (0, -1))
            found = _find(text, value, at, end) if end >= 0 else None
        if found is None:
            break
        at = found.end
        spans.append(found)
    return (*spans, *repeat(None, len(values) - len(spans)))


def _find(text: str, value: str, start: int, end: int) -> Span | None:
    """Return the span of a value, which a page may print with other whitespace."""
    at = text.find(value, start, end)
    if at >= 0 or " " not in value or not has_other_spaces(text[start:end]):
        return Span(at, at + len(value)) if at >= 0 else None
    words = rf"[ {OTHER_SPACES}]+".join(map(re.escape, value.split(" ")))
    found = re.compile(words).search(text, start, end)
    return Span(*found.span()) if found else None


def _values_in(text: str, placed: _Placed) -> tuple[int, int]:
    """Return the offset at which the values of a line begin, and the end of the line."""
    start, end = attrs.astuple(_line(text, placed))
    is_authors = placed[1][0] is SectionKind.AUTHORS and placed[1][3] is not ANNOTATED
    has_opening = is_authors and text.startswith(AUTHORS_START, start)
    return start + len(AUTHORS_START) * has_opening, end


def _rows(text: str, placed: list[_Placed]) -> tuple[IndicatorSpans, ...]:
    """Return the spans of the rows; for each indicator, of its first row."""
    spans: dict[str, IndicatorSpans] = {}
    for start, (_, _, _, (indicator, _)) in placed:
        if indicator.name not in spans:
            spans[indicator.name] = _row(text, start, indicator)
    return tuple(spans.values())


def _row(text: str, start: int, row: Indicator) -> IndicatorSpans:
    spans = []
    for value in (row.label, row.description, row.printed):
        at = text.index(value, start)
        start = at + len(value)
        spans.append(Span(at, start))
    label, description, printed = spans
    return IndicatorSpans(label, printed, description if row.description else None)


def instance_spans(text: str, start: int, instance: Instance) -> InstanceSpans:
    """Return the spans of the values of an instance whose lines begin at start or below it."""

    def span_of(value: str, label: str = "") -> Span:
        nonlocal start
        at = text.index(value, text.index(label, start) + len(label))
        start = at + len(value)
        return Span(at, start)

    values = {name: value for name, value in attrs.asdict(instance).items() if value}
    spans: dict[str, Any] = dict.fromkeys(attrs.fields_dict(InstanceSpans))
    for name in ("hosted_by", "type", "year", "refereed"):
        if name in values:
            spans[name] = span_of(str(values[name]))
    if instance.license:
        spans["license"] = span_of(instance.license, LICENSE)
    labels = (SOURCES, *repeat("", len(instance.collected_from)))
    spans["collected_from"] = tuple(map(span_of, instance.collected_from, labels))
    return InstanceSpans(**spans)
