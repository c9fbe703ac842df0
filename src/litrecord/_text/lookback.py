"""Corrections of segments that only later lines make possible.

Each function looks at the segments so far and changes their kinds, never their lengths::

    title       = among a whole page's sources, see _text.page_head         ; settle_sources
    instances   = among them too, see _parts.instances                      ; settle_sources
    cut-row     = a value below a description without a label            ; is_below_description
    cut-label   = a label with nothing but a description below it        ; settle_label
    new-row     = a line that may be a row, with no text between it and the rows  ; settle_new_rows
    spread-row  = label [ description ] value, a line each               ; spread_row_above
    keywords    = the last line of text, repeated as a whole or in part  ; settle_keywords
                  (no sentence; the repeated part has a whole term)      ; terms
"""

from __future__ import annotations

from itertools import pairwise

from litrecord._parts.instances import settle_instances
from litrecord._sections import SectionKind
from litrecord._text.beginning import is_end_of_description
from litrecord._text.lexer import TokenKind, opens_description, tokenize
from litrecord._text.page_head import title_among
from litrecord._text.segments import NOTHING, Findings, Report, Segment, last_filled, reported
from litrecord._text.transitions import IN_HEAD
from litrecord._vocabularies.indicators import (
    DESCRIPTIONS,
    begins_known_row,
    is_known_label,
    is_value,
    read_row,
)
from litrecord._vocabularies.interface import is_notice
from litrecord._vocabularies.terms import SENTENCE_ENDS, holds_a_term, is_sentence

_K = SectionKind
_BETWEEN = frozenset({_K.BLANK, _K.NOTICE, _K.SCRIPT, _K.WIDGET})
_TEXTS = frozenset({_K.ABSTRACT, _K.KEYWORDS})
_HEADERS = frozenset({*_TEXTS, _K.INDICATOR, _K.UNKNOWN})
_LONGEST_VALUE = 30

_BEGUN_AGAIN = (
    "the last line of the text is the beginning of this line, so this was read as keywords"
)
_SENTENCE = "this line is repeated like keywords, but ends like a sentence: it is kept as abstract"
_TEXT_BELOW = "this line is repeated like keywords, but text is below: it is kept as abstract"
_NO_TERM = "the last line of the text is the beginning of this line, but holds no whole term"


def settle_sources(
    segments: list[Segment], is_before_authors: bool, findings: Findings
) -> str | None:
    """Find the title among the lines read as sources so far, and the instances above it.

    Unknown text below the title is reported.
    """
    filled = [at for at, found in enumerate(segments) if found[0] is _K.NOTICE]
    index = title_among([segments[at][2] for at in filled], is_before_authors)
    if index is None:
        settle_instances(segments, len(segments), findings)
        return None
    title = segments[filled[index]][2]
    for at in filled[index:]:
        _, length, line, read = segments[at]
        if line == title:
            segments[at] = (_K.TITLE, length, line, read)
        elif read is not None and isinstance(read[0], str):
            segments[at] = (_K.IDENTIFIERS, length, line, read)
        elif not is_notice(line):
            segments[at] = (_K.UNKNOWN, length, line, read)
            findings.add("unknown-text", IN_HEAD, segments[at])
    settle_instances(segments, filled[index], findings)
    return title


def settle_label(segments: list[Segment]) -> Segment | None:
    """Make the label above a description UNKNOWN and return it, if there is one."""
    at = last_filled(segments, len(segments))
    kind, length, line, read = segments[at] if at >= 0 else NOTHING
    if kind not in _TEXTS or not is_known_label(line):
        return None
    segments[at] = (_K.UNKNOWN, length, line, read)
    return segments[at]


def is_below_description(segments: list[Segment]) -> bool:
    """Return whether the last line that is not blank is a description or the end of one."""
    at = last_filled(segments, len(segments))
    return at >= 0 and is_end_of_description(segments[at][2])


def settle_new_rows(segments: list[Segment], reports: list[Report]) -> None:
    """Make rows of possible rows that have no text between them and the rows.

    Rows that are cut count as rows here, except a label alone, which text may follow. Separator
    lines, rows without text and a header row become notices.
    """
    cut = reported(reports, "cut-row")
    passed = cut | reported(reports, "repeated-widget")
    at = 0
    while at < len(segments) and not _is_row(segments[at], cut):
        at += 1
    while at > 0:
        at -= 1
        kind, length, line, read = segments[at]
        found = tokenize(line)[0] if kind in _TEXTS else TokenKind.BLANK
        if found is TokenKind.RULE:
            segments[at] = (_K.NOTICE, length, line, None)
            settle_header(segments, at, line, reports)
        elif found is TokenKind.NEW_ROW:
            segments[at] = (_K.INDICATOR, length, line, read)
        elif kind not in _BETWEEN and id(segments[at]) not in passed:
            break


def settle_header(segments: list[Segment], end: int, rule: str, reports: list[Report]) -> None:
    """Make the segment before end a notice if it is the header row above a separator line."""
    kind, length, line, _ = header = segments[end - 1] if end else NOTHING
    if "-" not in rule or "|" not in line or kind not in _HEADERS or begins_known_row(line):
        return
    row = read_row(line)
    if row is not None and (row.is_known or is_value(row.printed)):
        return
    segments[end - 1] = (_K.NOTICE, length, line, None)
    reports[:] = [found for found in reports if found.segment is not header]


def _is_row(segment: Segment, cut: set[int]) -> bool:
    kind, _, line, _ = segment
    return kind is _K.INDICATOR or (id(segment) in cut and not is_known_label(line))


def spread_row_above(
    segments: list[Segment], value: str, is_value: bool, is_among_rows: bool
) -> tuple[int, str, str] | None:
    """Return (segment, label, description) of the row that value completes, or None.

    Any short line is a value below a known label and description. Before the first row, only a
    known label and a known description make a row.
    """
    if not is_value and not (is_among_rows and len(value) <= _LONGEST_VALUE):
        return None
    at = last_filled(segments, len(segments))
    description = segments[at][2] if at >= 0 else ""
    if description in DESCRIPTIONS or (is_among_rows and opens_description(description)):
        at = last_filled(segments, at)
    elif is_among_rows:
        description = ""
    else:
        return None
    kind, _, label, _ = segments[at] if at >= 0 else NOTHING
    if is_known_label(label):
        is_row = is_value or bool(description)
    else:
        is_row = is_value and is_among_rows and bool(description)
    # It is UNKNOWN: among rows by the table, before them by `settle_label`.
    return (at, label, description) if is_row and kind is _K.UNKNOWN else None


def settle_keywords(
    segments: list[Segment], texts: list[Segment], findings: Findings
) -> tuple[int, int] | None:
    """Make the last two lines of text keywords if the second repeats the first.

    texts are the ABSTRACT segments. The second line may be the beginning of the first only if
    the text ends there. Returns the indexes of the two segments, or None.
    """
    first, second = texts[-2:]
    places = _side_by_side(segments, first, second, findings.reports)
    if places is None:
        return None
    line, again = first[2], second[2]
    if line[-1] in SENTENCE_ENDS and is_sentence(line):
        if line == again:
            findings.add("maybe-keywords", _SENTENCE, first)
        return None
    if line != again and not holds_a_term(line, again):
        findings.add("maybe-keywords", _NO_TERM, first)
        return None
    if findings.reports:
        _forget(findings.reports, first, second)
    for at in places:
        segments[at] = (_K.KEYWORDS, *segments[at][1:])
    if line != again:
        findings.add("maybe-cut", _BEGUN_AGAIN, segments[places[0]])
    return places


def report_repeated(texts: list[Segment], findings: Findings) -> None:
    """Report the first line of text that is repeated at once, but has text below."""
    known = reported(findings.reports, "maybe-keywords")
    for first, second in pairwise(texts):
        if first[2] == second[2] and id(first) not in known:
            findings.add("maybe-keywords", _TEXT_BELOW, first)
            return


def _forget(reports: list[Report], first: Segment, second: Segment) -> None:
    """Remove the reports of two lines as lines of the abstract: they are no longer true."""
    reports[:] = [
        found for found in reports if found.segment is not first and found.segment is not second
    ]


def _side_by_side(
    segments: list[Segment], first: Segment, second: Segment, reports: list[Report]
) -> tuple[int, int] | None:
    """Return the indexes of two lines if there is no text between them, or None.

    If the lines differ, the second one must also be the last.
    """
    before = segments.index(first)
    while segments[before] is not first:
        before += 1
    last = before + 1
    passed = reported(reports, "repeated-widget")
    while segments[last][0] in _BETWEEN or id(segments[last]) in passed:
        last += 1
    is_repeated = first[2] == second[2] or last_filled(segments, len(segments)) == last
    return (before, last) if segments[last] is second and is_repeated else None
