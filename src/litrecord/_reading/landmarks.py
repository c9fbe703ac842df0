"""Landmarks: parts that only landing pages print, which identify a text as a landing page.

Grammar::

    landmark = widget / identifier-line / keywords
             / title / authors     ; of text: in HTML they are headings, as all sites have them
             / row                 ; of a known label, and if it is cut its whole label
             / notice              ; a line of _vocabularies.interface that no other site prints

Metadata are not a landmark: most sites have them.
"""

from __future__ import annotations

from litrecord._sections import SectionKind
from litrecord._text.segments import Segment, Segmentation, reported
from litrecord._vocabularies.indicators import is_known_label, split_cell
from litrecord._vocabularies.interface import is_own_notice

_BLANK, _INDICATOR, _NOTICE = SectionKind.BLANK, SectionKind.INDICATOR, SectionKind.NOTICE
_ABSTRACT = SectionKind.ABSTRACT
_NONE = frozenset({_ABSTRACT, _INDICATOR})
_NONE_IN_HTML = _NONE | {SectionKind.TITLE, SectionKind.AUTHORS}
"""The kinds that are not a landmark by themselves."""
_NO_LANDMARK = "expected a landing page, found none of its parts, such as an indicator row"
_NO_ROW = "expected indicator rows, found none"


def report_gaps(segmented: Segmentation, is_html: bool) -> bool:
    """Report a text without a landmark, or without a row; return whether it has a landmark."""
    segments, by_kind, findings, *_ = segmented
    rows = by_kind.get(_INDICATOR, ())
    if rows and rows[0][3][1]:
        # Most pages have a row of a known label and value, which is a landmark.
        return True
    if all(found[0] is _BLANK for found in segments):
        return False
    if findings.reports:
        cut = reported(findings.reports, "cut-row")
        rows = [*rows, *(found for found in segments if id(found) in cut)]
    is_page = (
        any(map(_has_known_label, rows))
        or not by_kind.keys() <= (_NONE_IN_HTML if is_html else _NONE)
        or any(found[0] is _NOTICE and is_own_notice(found[2]) for found in segments)
    )
    if not is_page:
        findings.add("no-landmark", _NO_LANDMARK, None)
    elif not rows:
        findings.add_behind("no-row", _NO_ROW)
    return is_page


def _has_known_label(row: Segment) -> bool:
    cell = row[2].strip("| ").partition("|")[0]
    return is_known_label(split_cell(cell)[0])
