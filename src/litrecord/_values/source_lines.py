"""Lines of the sources of a whole page, which list where a work is available.

Grammar of a stripped line; the first that fits is used, any other line is a name::

    notice  = a notice of _vocabularies.interface        ; logos, and names with icon words
    short   = *character ( "..." / "…" )                 ; a name that the portal shortened
    license = "License:" text
    sources = "Data sources:" name *( ";" name ) [ ";" ]
    kind    = type " . " year [ " . " refereed ] / ( type / year ) " . " refereed
    fact    = known-type / year / refereed               ; may be a name, too
    odd     = a label without text / text " . " text     ; what else has the form of these

A year is four digits. A type is any text, as "Article . Other literature type"; alone it is one of
TYPES, those of the OpenAIRE Graph (vocabulary dnet:result_typologies, 2025).
"""

from __future__ import annotations

import enum
import re
from functools import lru_cache
from typing import Any

from litrecord._vocabularies.interface import is_notice

LICENSE = "License:"
SOURCES = "Data sources:"
BETWEEN = " . "
LOGO = "image/svg+xml"

TYPES = frozenset({
    "Annotation", "Article", "Audiovisual", "Bachelor thesis", "Bioentity", "Book",
    "Clinical Trial", "Collection", "Computational Notebook", "Conference object",
    "Contribution for newspaper or weekly magazine", "Data Management Plan", "Data Paper",
    "Dataset", "Doctoral thesis", "Event", "External research report", "Film", "Image",
    "InteractiveResource", "Internal report", "Journal", "Lecture", "Master thesis", "Model",
    "Newsletter", "Other ORP type", "Other dataset type", "Other literature type",
    "Part of book or chapter of book", "Patent", "PhysicalObject", "Preprint", "Presentation",
    "Project deliverable", "Project milestone", "Project proposal", "Protein", "Report",
    "Research", "Research Object", "Review", "Software", "Software Paper", "Sound", "Thesis",
    "Unknown", "Virtual Appliance", "Workflow",
})  # fmt: skip
"""The types that are recognised alone on a line."""

_YEAR = re.compile(r"[1-9][0-9]{3}")
_REFEREED = re.compile(r"(?:non[ -])?peer[ -]?reviewed", re.I)
_SHORT_ENDS = ("...", "…")
_LONGEST_KEPT = 200

Values = dict[str, Any]
"""Values of an instance, by their names."""


class SourceLine(enum.StrEnum):
    """The kind of a line among the sources; the values are the letters of a pattern."""

    NAME = "n"
    SHORT = "s"
    KIND = "k"
    FACT = "f"
    LICENSE = "l"
    SOURCES = "d"
    ODD = "o"
    NOTICE = "-"


def read_source_line(line: str) -> tuple[SourceLine, Values]:
    """Return the kind of a stripped line, and its values, which are not to be changed.

    >>> read_source_line("Article . 2021 . Peer-reviewed")[1]
    {'type': 'Article', 'year': 2021, 'refereed': 'Peer-reviewed'}
    >>> read_source_line("Current Opinion in V...")
    (<SourceLine.SHORT: 's'>, {})
    """
    # Pages repeat most of these lines: to remember the short ones pays over 5% on whole pages.
    return _remembered(line) if len(line) <= _LONGEST_KEPT else _read_line(line)


def _read_line(line: str) -> tuple[SourceLine, Values]:
    if is_notice(line):
        return SourceLine.NOTICE, {}
    if line.startswith(LICENSE):
        return _labelled(SourceLine.LICENSE, "license", line[len(LICENSE) :].strip())
    if line.startswith(SOURCES):
        names = [name.strip() for name in line[len(SOURCES) :].split(";")]
        return _labelled(SourceLine.SOURCES, "collected_from", tuple(filter(None, names)))
    if line.endswith(_SHORT_ENDS):
        return SourceLine.SHORT, {}
    kind = _read_kind(line)
    if kind:
        return SourceLine.KIND if len(kind) > 1 else SourceLine.FACT, kind
    return (SourceLine.ODD, {}) if BETWEEN in line else (SourceLine.NAME, {"hosted_by": line})


_remembered = lru_cache(maxsize=1024)(_read_line)


def is_year(text: str) -> bool:
    """Return whether a text is a year.

    >>> is_year("2021"), is_year("21")
    (True, False)
    """
    return _YEAR.fullmatch(text) is not None


def write_source_lines(values: Values) -> list[str]:
    """Return the lines of some values; missing values are None or empty.

    >>> write_source_lines({"type": "Report", "year": 2019, "collected_from": ["a", "b"]})
    ['Report . 2019', 'Data sources: a; b']
    """
    kind = [str(values[name]) for name in ("type", "year", "refereed") if values.get(name)]
    lines = [values.get("hosted_by"), BETWEEN.join(kind)]
    if values.get("license"):
        lines.append(f"{LICENSE} {values['license']}")
    if values.get("collected_from"):
        lines.append(f"{SOURCES} {'; '.join(values['collected_from'])}")
    return list(filter(None, lines))


def _labelled(
    found: SourceLine, name: str, value: str | tuple[str, ...]
) -> tuple[SourceLine, Values]:
    return (found, {name: value}) if value else (SourceLine.ODD, {})


def _read_kind(line: str) -> Values:
    """Return type, year and refereed; nothing if the line is of another kind."""
    parts = line.split(BETWEEN)
    values: Values = {}
    if _REFEREED.fullmatch(parts[-1]):
        values["refereed"] = parts.pop()
    if parts and is_year(parts[-1]):
        values["year"] = int(parts.pop())
    type_ = BETWEEN.join(parts)
    if type_ and (values or type_ in TYPES):
        values["type"] = type_
    return {name: values[name] for name in ("type", "year", "refereed") if name in values}
