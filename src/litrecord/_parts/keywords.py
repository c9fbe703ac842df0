"""Parser of the keyword line: splits it into terms.

Grammar::

    part    = line [ line-end line ]                  ; the same line: read_keyword_segments
    line    = list *( mark list )                     ; read_keywords, term_splitting.other_marks
    list    = keyword *( ", " keyword )                ; or with other spaces
    keyword = controlled-term / piece                 ; terms.group_pieces, term_splitting

The longest controlled term is taken. If its pieces are terms as well, the line has two readings.
The order of the terms decides if exactly one reading is in the order in which the portal prints
(`_vocabularies.subject_order`). Otherwise the longest is taken, with a warning. A line with another
mark than ", " contains a list that somebody typed into one field: it is split there too, with a
warning, and its order is not used.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from litrecord._characters import OTHER_SPACES, clean, has_other_spaces, plain_spaces
from litrecord._text.annotations import ANNOTATED
from litrecord._text.segments import Findings, Segment
from litrecord._vocabularies import subject_order
from litrecord._vocabularies.term_splitting import (
    SEPARATOR,
    may_have_marks,
    most_terms,
    other_marks,
    split_pieces,
)
from litrecord._vocabularies.terms import Group, group_pieces
from litrecord.errors import InvalidValueError

_WORD = re.compile(rf"[^ {OTHER_SPACES}]+")
_BEHIND_COMMA = re.compile(rf",[ {OTHER_SPACES}]+")
_MOST_AMBIGUOUS = 6
"""The most ambiguous terms of one line that the order decides: 2 ** 6 readings."""


class Ambiguity(NamedTuple):
    """A term that the order did not decide: its range in the line, and its other reading."""

    start: int
    end: int
    other: tuple[str, ...]


def split_keywords(line: str) -> tuple[str, ...]:
    """Split one printed keyword line into its terms, each as printed.

    line is a str without line ends inside. Returns a tuple of str, which is empty for a blank
    line. Controlled terms with commas (MeSH 2020 to 2024, ASJC, OECD FOS, arXiv) and text in
    brackets are not split. A line is split at other marks too, as in "maps; coasts":
    docs/keywords.md has the list. Raises InvalidValueError if line is not a str of one line.

    >>> split_keywords("Diagnosis, Differential, Humans, Ions (Na+, K+)")
    ('Diagnosis, Differential', 'Humans', 'Ions (Na+, K+)')
    """
    if not isinstance(line, str):
        raise InvalidValueError(f"expected a str, got {type(line).__name__}", path="line")
    line = clean(line.strip())
    if "\n" in line or "\r" in line:
        raise InvalidValueError("holds a line end: give one line", path="line")
    return read_keywords(line)[0]


def read_keyword_segments(segments: Sequence[Segment], findings: Findings) -> tuple[str, ...]:
    """Return the keywords of the KEYWORDS segments; a repeated line counts once."""
    keywords: list[str] = []
    before = ""
    for segment in segments:
        line = segment[2]
        shown = line if line.isascii() else plain_spaces(line)
        if segment[3] is ANNOTATED:
            keywords.append(clean(line))
            if len(keywords) > findings.limits.terms:
                findings.limits.refuse("terms", len(keywords))
            continue
        is_repeated = shown == before or (segment is segments[-1] and before.startswith(shown))
        if not is_repeated:
            # Counted before a hostile line can cost time.
            most = len(keywords) + most_terms(shown)
            if most > findings.limits.terms:
                findings.limits.refuse("terms", most)
            line = clean(line)
            terms, ambiguities, marks = read_keywords(line)
            keywords += terms
            if marks:
                _report_marks(line, marks, segment, findings)
            for start, end, other in ambiguities:
                message = f"{line[start:end]!r:.80} may also be {' and '.join(map(repr, other))}"
                findings.add("ambiguous-keyword", message, segment, start, end - start)
        before = shown
    return tuple(keywords)


def _report_marks(line: str, marks: list[int], segment: Segment, findings: Findings) -> None:
    shown = " and ".join(map(repr, dict.fromkeys(line[at] for at in marks)))
    places = f"in {len(marks)} place{'s' * (len(marks) > 1)}"
    message = f"expected ', ' between keywords, found {shown} {places}"
    findings.add("other-separator", message, segment, marks[0], 1)


def read_keywords(line: str) -> tuple[tuple[str, ...], list[Ambiguity], list[int]]:
    """Return the terms of a line, the ambiguities that are left, and the offsets of other marks."""
    if not line.isascii() and has_other_spaces(line):
        return _read_with_other_spaces(line)
    # A separator at the end lost its space when the line was stripped.
    line = line.removesuffix(",")
    marks = other_marks(line) if may_have_marks(line) else []
    if not marks:
        return *_read_list(line), marks
    terms: list[str] = []
    ambiguities: list[Ambiguity] = []
    for start, end in itertools.pairwise([-1, *marks, len(line)]):
        part = line[start + 1 : end].lstrip()
        at = end - len(part)
        read, left_open = _read_list(part.rstrip(), is_in_order=False)
        terms += read
        ambiguities += [Ambiguity(at + a, at + b, other) for a, b, other in left_open]
    return tuple(terms), ambiguities, marks


def _read_with_other_spaces(
    line: str,
) -> tuple[tuple[str, ...], list[Ambiguity], list[int]]:
    """Read a line with any whitespace between its words; a term keeps its own as printed."""
    words = list(_WORD.finditer(line))
    shown = SEPARATOR[1:].join(word[0] for word in words)
    places = [at for word in words for at in range(word.start(), word.end() + 1)]
    terms, ambiguities, marks = read_keywords(shown)
    printed = []
    end = 0
    for term in terms:
        start = shown.index(term, end)
        end = start + len(term)
        own = line[places[start] : places[end - 1] + 1]
        printed.append(_BEHIND_COMMA.sub(SEPARATOR, own))
    left_open = [Ambiguity(places[a], places[b - 1] + 1, other) for a, b, other in ambiguities]
    return tuple(printed), left_open, [places[mark] for mark in marks]


def _read_list(line: str, *, is_in_order: bool = True) -> tuple[tuple[str, ...], list[Ambiguity]]:
    """Return the terms between ", ", and the ambiguities that are left."""
    pieces = split_pieces(line)
    groups = group_pieces(pieces, len(pieces)) if len(pieces) > 1 else []
    if not groups:
        return _printed(pieces), []
    if any(is_ambiguous for _, _, is_ambiguous in groups):
        decided = _decide(pieces, groups) if is_in_order else None
        return (decided, []) if decided else (_read_as(pieces, groups), _open(pieces, groups))
    return _read_as(pieces, groups), []


def write_keywords(keywords: Iterable[str]) -> str:
    """Return the line that holds the keywords.

    >>> write_keywords(["Diagnosis, Differential", "Humans"])
    'Diagnosis, Differential, Humans'
    """
    return SEPARATOR.join(keywords)


def _read_as(pieces: list[str], groups: Iterable[Group]) -> tuple[str, ...]:
    """Return the terms if each group is one term, and every other piece too."""
    terms: list[str] = []
    after = 0
    for at, count, _ in groups:
        terms += pieces[after:at]
        after = at + count
        terms.append(SEPARATOR.join(pieces[at:after]))
    return _printed(terms + pieces[after:])


def _split(pieces: list[str], group: Group) -> list[Group]:
    """Return the other reading of a group: the longest terms shorter than it."""
    at, count, _ = group
    shorter = group_pieces(pieces[at : at + count], count - 1)
    return [(at + inner, many, False) for inner, many, _ in shorter]


def _decide(pieces: list[str], groups: list[Group]) -> tuple[str, ...] | None:
    """Return the one reading that is in the portal's order, or None."""
    if sum(is_ambiguous for _, _, is_ambiguous in groups) > _MOST_AMBIGUOUS:
        return None
    choices = [[[group], _split(pieces, group)] if group[2] else [[group]] for group in groups]
    readings = [
        _read_as(pieces, itertools.chain.from_iterable(choice))
        for choice in itertools.product(*choices)
    ]
    fitting = [reading for reading in readings if subject_order.fits(reading)]
    return fitting[0] if len(fitting) == 1 else None


def _open(pieces: list[str], groups: list[Group]) -> list[Ambiguity]:
    """Return the ambiguous groups, by their offsets in the line."""
    starts = [0, *itertools.accumulate(len(piece) + len(SEPARATOR) for piece in pieces)]
    found = []
    for group in groups:
        at, count, is_ambiguous = group
        if is_ambiguous:
            own = [(inner - at, many, False) for inner, many, _ in _split(pieces, group)]
            other = _read_as(pieces[at : at + count], own)
            found.append(Ambiguity(starts[at], starts[at + count] - len(SEPARATOR), other))
    return found


def _printed(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple([term for term in map(str.strip, terms) if term])
