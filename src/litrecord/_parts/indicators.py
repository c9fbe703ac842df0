"""The indicator table: a row a line, or a row on three lines.

Grammar: the row of one line is that of `_vocabularies.indicators`; on whole pages it is::

    row = label line-end [ description line-end ] value

The first row of each indicator stays; another of the same name is an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from litrecord._text.segmenter import Scan
from litrecord._text.segments import Segment
from litrecord._vocabularies.indicators import USAGE, is_known_label, is_value, write_row
from litrecord.model import Indicator, IndicatorTable


def read_indicators(segments: Sequence[Segment], scan: Scan) -> IndicatorTable:
    """Return the table of the INDICATOR segments."""
    if len(segments) > scan.limits.rows:
        scan.limits.refuse("rows", len(segments))
    rows: dict[str, Indicator] = {}
    nths: list[int] = []
    for at, segment in enumerate(segments):
        indicator, is_plain = segment[3]
        name = indicator.name
        if name in rows:
            nths = nths or _occurrences(segments)
            message = f"a second row of {name!r:.60}"
            scan.add("repeated-indicator", message, segment, nth=nths[at])
            continue
        rows[name] = indicator
        if not is_plain:
            _add_doubts(indicator, segment, scan)
    return IndicatorTable(tuple(rows.values()))


def _occurrences(segments: Sequence[Segment]) -> list[int]:
    """Return of each segment how often the same one stands before it."""
    counts: Counter[int] = Counter()
    nths = []
    for segment in segments:
        nths.append(counts[id(segment)])
        counts[id(segment)] += 1
    return nths


def write_indicators(table: IndicatorTable) -> list[str]:
    """Return the rows, a line each; impact and usage are tables of their own.

    >>> write_indicators(IndicatorTable([Indicator("impulse", "Average"), Indicator("views", "2")]))
    ['impulse | Average |', 'views | 2 |']
    """
    lines = []
    for _, together in groupby(table, lambda row: row.name in USAGE):
        *rows, last = together
        lines += [write_row(row.label, row.description, row.printed, False) for row in rows]
        lines.append(write_row(last.label, last.description, last.printed, True))
    return lines


def _add_doubts(indicator: Indicator, segment: Segment, scan: Scan) -> None:
    if not is_known_label(indicator.label):
        message = f"{indicator.label!r:.60} is none of the known indicators"
        scan.add("unknown-indicator", message, segment)
    if not is_value(indicator.printed):
        message = f"{indicator.printed!r:.60} is neither a count nor an impact class"
        scan.add("unknown-value", message, segment)
