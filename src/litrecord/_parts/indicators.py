"""Parser and writer of the indicator table: a row is on one line or on three.

Grammar: for a row on one line see `_vocabularies.indicators`; a row of whole pages is::

    row = label line-end [ description line-end ] value

The first row of each indicator is kept; a second one is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from litrecord._text.segments import Findings, Segment
from litrecord._values.indicators import Indicator, IndicatorTable, table_of_distinct
from litrecord._vocabularies.indicators import USAGE, is_known_label, is_value, read_row, write_row


def read_indicators(segments: Sequence[Segment], findings: Findings) -> IndicatorTable:
    """Return the table of the INDICATOR segments."""
    if len(segments) > findings.limits.rows:
        findings.limits.refuse("rows", len(segments))
    rows: dict[str, Indicator] = {}
    for segment in segments:
        indicator, is_plain = segment[3]
        name = indicator.name
        if name in rows:
            message = f"a second row of {name!r:.60}"
            findings.add("repeated-indicator", message, segment)
            continue
        rows[name] = indicator
        if not is_plain:
            _add_doubts(indicator, segment, findings)
    return table_of_distinct(tuple(rows.values()))


def write_indicators(table: IndicatorTable) -> list[str]:
    """Return the rows, a line each; impact and usage are separate tables.

    >>> write_indicators(IndicatorTable([Indicator("impulse", "Average"), Indicator("views", "2")]))
    ['impulse | Average |', 'views | 2 |']
    """
    lines = []
    for _, together in groupby(table, lambda row: row.name in USAGE):
        *rows, last = together
        lines += [write_row(row.label, row.description, row.printed, False) for row in rows]
        lines.append(write_row(last.label, last.description, last.printed, True))
    return lines


def _add_doubts(indicator: Indicator, segment: Segment, findings: Findings) -> None:
    if not is_known_label(indicator.label):
        message = f"{indicator.label!r:.60} is not a known indicator"
        findings.add("unknown-indicator", message, segment)
    if not is_value(indicator.printed):
        message = f"{indicator.printed!r:.60} is neither a count nor an impact class"
        findings.add("unknown-value", message, segment)
    row = read_row(segment[2].replace("\t", "|"))
    if row is not None and row.more is not None and row.printed == indicator.printed:
        start, end = row.more
        message = "this cell is neither label nor value of its row"
        findings.add("unknown-text", message, segment, start, end - start)
