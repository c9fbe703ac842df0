"""Segments: the pieces that tile a text, and the findings about them."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from litrecord._sections import SectionKind
from litrecord.limits import Limits

Segment = tuple[SectionKind, int, str, Any]
"""One piece of the text: its kind, its length, its stripped first line (for a script, its markup),
and the value read from it: a RowLine for an INDICATOR, an IdentifierLine for IDENTIFIERS.
Segments tile the text, so their lengths give their offsets, which `Offsets` computes on demand.
A plain tuple, which is fast to make."""


class Report(NamedTuple):
    """The content of a diagnostic, and its segment; None means the text as a whole.

    at and length are a range in the line of the segment, in characters.
    """

    code: str
    message: str
    segment: Segment | None
    at: int = 0
    length: int | None = None


class Findings:
    """Collects the reports on a text from all parsers."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.reports: list[Report] = []

    def add(
        self,
        code: str,
        message: str,
        segment: Segment | None = None,
        at: int = 0,
        length: int | None = None,
    ) -> None:
        """Add a report on a segment or on the text; for the arguments see `Report`."""
        if len(self.reports) >= self.limits.diagnostics:
            self.limits.refuse("diagnostics", len(self.reports) + 1)
        self.reports.append(Report(code, message, segment, at, length))

    def add_behind(self, code: str, message: str) -> None:
        """Add a report on something that is not printed: its place is the end of the text."""
        self.add(code, message, None, len(self.text))


class Segmentation(NamedTuple):
    """A text in segments, the segments of each kind that has values, and the reports."""

    segments: list[Segment]
    by_kind: dict[SectionKind, list[Segment]]
    findings: Findings
    has_rules: bool = False
    """Whether a line among the rows looks like the separator of a table."""
    dress: Any = None
    """Maps offsets in the text of the segments to the text as given, if the two differ."""


NOTHING: Segment = (SectionKind.BLANK, 0, "", None)
"""The segment before the first."""

kind_of = itemgetter(0)

_BLANK = SectionKind.BLANK
_NO_VALUES = frozenset({_BLANK, SectionKind.NOTICE, SectionKind.SCRIPT, SectionKind.UNKNOWN})


def by_kind(segments: list[Segment]) -> dict[SectionKind, list[Segment]]:
    """Return the segments of each kind that has values, in order."""
    found: dict[SectionKind, list[Segment]] = {}
    for kind, together in groupby(segments, kind_of):
        if kind in _NO_VALUES:
            continue
        if kind in found:
            found[kind] += together
        else:
            found[kind] = list(together)
    return found


def reported(reports: list[Report], *codes: str) -> set[int]:
    """Return the ids of the segments that have a report with one of the codes."""
    return {id(report.segment) for report in reports if report.code in codes}


def last_filled(segments: list[Segment], end: int) -> int:
    """Return the index of the last segment before end that is not blank, or -1."""
    at = end - 1
    while at >= 0 and segments[at][0] is _BLANK:
        at -= 1
    return at


class Offsets:
    """Offsets of the reported segments, and of the places in their lines."""

    def __init__(self, text: str, segments: list[Segment], reports: list[Report]) -> None:
        self._end = len(text)
        self._starts = dict.fromkeys((id(report.segment) for report in reports), 0)
        start = 0
        for segment in segments:
            if id(segment) in self._starts:
                self._starts[id(segment)] = text.index(segment[2], start)
            start += segment[1]

    def of(self, report: Report) -> tuple[int, int]:
        """Return start and end of the place of a report, as offsets in the text."""
        _, _, segment, at, length = report
        if segment is None:
            return at, self._end if length is None else at + length
        start = self._starts[id(segment)] + at
        return start, start + (len(segment[2]) if length is None else length)
