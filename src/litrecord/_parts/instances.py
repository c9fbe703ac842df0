"""Parser of the instances: the places where a work is available, as a whole page lists them.

Grammar of the lines of its sources, above "addClaim" and the title, without blank lines; for the
lines see `_values.source_lines`::

    sources  = *( instance / notice / name / fact / odd )
    instance = [ name / short / fact ] kind [ license ] [ data-sources ]
             / [ name / short ] [ fact ] ( license [ data-sources ] / data-sources )

A name below another one is reported, and so is an instance without a name. An instance without a
kind begins below data sources or a notice; one without a name, below a notice only. Elsewhere its
lines may belong to the instance above: then they are in no value, and reported. The same holds for
an unknown line and those below it, up to a name or a notice. An instance may be cut if the text
ends below it without a notice, and not with the end of its data sources.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import attrs

from litrecord._sections import SectionKind
from litrecord._text.segments import Findings, Segment
from litrecord._values.instance import Instance
from litrecord._values.source_lines import (
    BETWEEN,
    LOGO,
    SourceLine,
    Values,
    read_source_line,
    write_source_lines,
)
from litrecord._vocabularies.interface import ADD_CLAIM

_NOTICE, _BLANK, _INSTANCE = SectionKind.NOTICE, SectionKind.BLANK, SectionKind.INSTANCE
_BLOCK = re.compile(r"o[kfld]*|f?kl?d?|[ns]?(?:kl?d?|f?ld?|f?d)")
"""The pattern of the lines of an instance, or of unknown lines, one letter a line."""
_NAMES = (SourceLine.NAME, SourceLine.SHORT, SourceLine.FACT)
_CODE = "uncertain-instance"
_ODD = "this line among the sources is not understood: it and what belongs to it are in no value"
_SHORT = "this name is shortened, so it is in no value"
_NAMELESS = "expected the name of a source above this line, found none"
_ABOVE = "this may be a part of the name below it, or of the instance above it"
_OPEN = "the text ends in or below this instance, which may be cut"
_CUT = "the text begins within this instance, which may be cut"


def read_instances(segments: Sequence[Segment], _: Findings) -> tuple[Instance, ...]:
    """Return the instances of the INSTANCE segments."""
    return tuple([segment[3] for segment in segments])


def write_instances(instances: Sequence[Instance]) -> list[str]:
    """Return the lines of instances, with a logo above each that needs one to be recognised.

    >>> write_instances([Instance(hosted_by="ZENODO", license="CC BY"), Instance(license="CC0")])
    ['image/svg+xml', 'ZENODO', 'License: CC BY', 'image/svg+xml', 'License: CC0']
    """
    lines = []
    for instance in instances:
        first, *others = written = write_source_lines(attrs.asdict(instance))
        is_told = first == instance.hosted_by and others and BETWEEN in others[0]
        lines += [*([] if is_told else [LOGO]), *written]
    return lines


class _Line(NamedTuple):
    letter: str
    values: Values
    at: int
    """The index of its segment."""


def settle_instances(segments: list[Segment], end: int, findings: Findings) -> None:
    """Make one segment of the lines of each instance among the segments before end."""
    end = next((at for at in range(end) if segments[at][2] == ADD_CLAIM), end)
    lines = [_line_of(segments[at], at) for at in range(end) if segments[at][0] is not _BLANK]
    letters = "".join([line.letter for line in lines])
    starts = [0, *accumulate(segment[1] for segment in segments)]
    is_at_end = end == len(segments) and starts[end] == len(findings.text)
    blocks = [*_BLOCK.finditer(letters)]
    # From the last one on, so that the indexes of those above stay valid.
    for block in reversed(blocks):
        first, stop = block.span()
        above = lines[first - 1] if first else _Line("", {}, 0)
        if _is_sure(block.group(), above.letter):
            _settle(segments, lines[first:stop], above, starts, findings)
        else:
            findings.add(_CODE, _ODD, segments[lines[first].at])
    if is_at_end and blocks and _is_open(letters[blocks[-1].start() :], findings.text):
        _report_open(segments, findings)


def _is_open(letters: str, text: str) -> bool:
    """Return whether more of the last instance may follow the end of the text."""
    is_closed = SourceLine.SOURCES in letters and text[-1] in "\r\n"
    return SourceLine.NOTICE not in letters and not is_closed


def _report_open(segments: list[Segment], findings: Findings) -> None:
    last = next((found for found in reversed(segments) if found[0] is _INSTANCE), None)
    if last is not None:
        findings.add("maybe-cut", _OPEN, last, len(last[2]), 0)


def _line_of(segment: Segment, at: int) -> _Line:
    kind, _, line, read = segment
    is_text = kind is _NOTICE and read is None
    letter, values = read_source_line(line) if is_text else (SourceLine.NOTICE, {})
    return _Line(letter, values, at)


def _is_sure(letters: str, above: str) -> bool:
    """Return whether lines are a separate instance; above is the line above them."""
    if letters[0] == SourceLine.ODD:
        return False
    is_first = above in ("", SourceLine.NOTICE)
    is_named = letters[0] in (SourceLine.NAME, SourceLine.SHORT)
    is_apart = is_named and above in (SourceLine.SOURCES, SourceLine.NAME)
    return SourceLine.KIND in letters or is_first or is_apart


def _settle(
    segments: list[Segment], lines: list[_Line], above: _Line, starts: list[int], findings: Findings
) -> None:
    """Make one segment of the lines of an instance; starts are the offsets of the segments."""
    name, *others = lines
    if name.letter == SourceLine.SHORT:
        findings.add(_CODE, _SHORT, segments[name.at])
        lines = others
    elif name.letter == SourceLine.FACT and others[0].letter == SourceLine.KIND:
        name = _Line(SourceLine.NAME, {"hosted_by": segments[name.at][2]}, name.at)
        lines = [name, *others]
    if name.letter == SourceLine.NAME and above.letter in _NAMES:
        findings.add(_CODE, _ABOVE, segments[above.at])
    start, end = lines[0].at, lines[-1].at + 1
    values = {member: value for line in lines for member, value in line.values.items()}
    text = findings.text[starts[start] : starts[end]]
    merged = (_INSTANCE, len(text), text.strip(), Instance(**values))
    segments[start:end] = [merged]
    if name.letter not in (SourceLine.NAME, SourceLine.SHORT):
        findings.add(_CODE, _NAMELESS, merged)
    if starts[start] == 0:
        findings.add("maybe-cut", _CUT, merged)
