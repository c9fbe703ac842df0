"""Parser of identifier lines: one scheme with its values, or several labels with a value each.

Grammar of a stripped line::

    line  = label ":" [ value *( separator value ) ]          ; read_identifier_line
          / 2*( label ":" value [ note ] [ mark ] )           ; _read_several, as PubMed prints them
    mark  = "," / ";" / "."                                   ; and a space
    note  = "[" *any "]" / ( "Epub" / "eCollection" ) *any
    label = a name or label of the registry, any case         ; schemes
    separator = 1*space "," *space / "," 1*space
    value = *character without spaces, unless the scheme's own syntax has them

A line whose values contain whitespace is prose: "handle: with care is what the label said".
"""

from __future__ import annotations

import re

from litrecord._vocabularies.identifiers import (
    LABEL,
    LONGEST_LABEL,
    has_syntax,
    is_own_label,
    read_value,
    scheme_of_label,
)
from litrecord._vocabularies.printed import is_shortened, without_ellipsis

_SEPARATOR = re.compile(r",\s+|(?<=\s),")
_LABEL = re.compile(rf"(?<![^\s,;])({LABEL})\s*:", re.I)
_LONGEST_OF_SEVERAL = 2_000
"""The most characters of a line with several labels: the pattern has many alternatives."""
_NOTE = re.compile(r"\[[^\[\]]*\]|\b(?:Epub|eCollection)\b", re.I)

IdentifierLine = tuple[str | tuple[str, ...], list[tuple[int, str]]]
"""A scheme, and the values: the offset of each in the line, and the value as printed. A line with
the labels of several schemes has one scheme for each value."""


def read_identifier_line(line: str) -> IdentifierLine | None:
    """Return (scheme, [(offset in the line, printed value)…]), or None if it is prose.

    >>> read_identifier_line("doi: 10.28945/2865 , 10.28945/495")
    ('doi', [(5, '10.28945/2865'), (21, '10.28945/495')])
    >>> read_identifier_line("doi: see the second page") is None
    True
    """
    label, colon, _ = line[: LONGEST_LABEL + 2].partition(":")
    scheme = scheme_of_label(label) if colon else None
    if scheme is None:
        return None
    is_short = len(line) <= _LONGEST_OF_SEVERAL
    several = _read_several(line) if is_short and line.count(":") > 1 else None
    if several is not None:
        return several
    start = len(label) + 1
    if is_own_label(label) and not line[start : start + 1].isspace():
        start = 0
    if "," not in line:
        printed = line[start:].strip()
        if _is_prose(scheme, printed):
            return None
        return scheme, [(len(line) - len(printed), printed)] if printed else []
    values = []
    at = start
    for found in _SEPARATOR.finditer(line, at):
        values.append((at, line[at : found.start()]))
        at = found.end()
    values.append((at, line[at:]))
    stripped = [(start + len(v) - len(v.lstrip()), v.strip()) for start, v in values]
    if any(_is_prose(scheme, value) for _, value in stripped):
        return None
    return scheme, [(start, value) for start, value in stripped if value]


def _read_several(line: str) -> IdentifierLine | None:
    """Return a line with several labels as parsed; None if a value is missing or is prose.

    >>> _read_several("PMID: 7 [Indexed for MEDLINE]; PMCID: PMC9.")
    (('pmid', 'pmc'), [(6, '7'), (38, 'PMC9.')])
    """
    found = list(_LABEL.finditer(line))
    ends = [label.start() for label in found[1:]] + [len(line)]
    schemes, values = [], []
    for label, end in zip(found, ends, strict=True):
        scheme = scheme_of_label(label[1])
        is_own = is_own_label(label[1]) and not line[label.end() : label.end() + 1].isspace()
        piece = line[label.start() if is_own else label.end() : end].lstrip()
        note = _NOTE.search(piece)
        printed = piece[: note.start() if note else None].rstrip(" ,;")
        if scheme is None or not printed or _is_prose(scheme, printed):
            return None
        schemes.append(scheme)
        values.append((end - len(piece), printed))
    if len(found) < 2 or found[0].start():
        return None
    return schemes[0] if len(set(schemes)) == 1 else tuple(schemes), values


def _is_prose(scheme: str, value: str) -> bool:
    if not has_syntax(scheme) and not any(map(str.isdigit, value)):
        # Without a syntax a single word is prose: "Purl: knit".
        return bool(value)
    if " " not in value and (value.isascii() or len(value.split(None, 1)) < 2):
        return False
    # A shortened value may have a space, too: "doi: 10.1016/j.ce […]".
    whole = without_ellipsis(value) if is_shortened(value) else value
    return not read_value(scheme, whole)[1]
