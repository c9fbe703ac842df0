"""The table of the segmenter: what a line of a class is, where it stands.

Where a line stands is a `Place`. A line of a class that no rule names for its place is what
text is there. The table looks at one line and its place. It does not decide::

    what is a script element, the widget, or a second widget   ; scripts, segmenter.Scan.read_script
    where the first line stands: HEAD, or SOURCES              ; page_head.has_page_head
    which line is the title of a whole page                    ; lookback.settle_title
    that label, description and value are one row              ; lookback.spread_row_above
    that a label above a description is a cut row              ; lookback.settle_label
    whether a line above the rows is a row of its own          ; lookback.settle_new_rows
    that a line printed twice is keywords                      ; lookback.settle_keywords
    what the line is that the text ends in                     ; segmenter.Scan.class_of_cut
    what a line is that has a mark of HTML                     ; Scan.read_marked, _html.annotated
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from litrecord._text.lexer import LineClass
from litrecord.document import SectionKind


class Place(enum.StrEnum):
    """Where in a record a line stands."""

    HEAD = enum.auto()
    BODY = enum.auto()
    ROWS = enum.auto()
    # Of whole pages only (layout C):
    SOURCES = enum.auto()
    TITLED = enum.auto()
    PAGE_ABSTRACT = enum.auto()
    PAGE_KEYWORDS = enum.auto()
    # After a second record has begun nothing more is read:
    END = enum.auto()


class Rule(NamedTuple):
    """What lines of some classes are, where they stand in some places."""

    classes: tuple[LineClass, ...]
    places: tuple[Place, ...]
    kind: SectionKind
    then: Place | None = None
    """Where the lines after it stand; None where they were."""
    code: str = ""
    message: str = ""


SECOND = "another record begins here, after the rows of the first"
CUT = "this row ends before its value does, or has none"
_IN_TEXT = "this looks like an identifier line, but text stands above it: it is kept as abstract"
_AFTER = "this text stands after the rows and is none"
IN_HEAD = "this text stands between title and abstract and is neither"

_L, _P, _K = LineClass, Place, SectionKind
_ANYWHERE = tuple(place for place in Place if place is not Place.END)
_PAGE_TEXT = (_P.PAGE_ABSTRACT, _P.PAGE_KEYWORDS)
_BEFORE_ROWS = (_P.HEAD, _P.BODY, *_PAGE_TEXT)
_PAGE_HEAD = (_P.SOURCES, _P.TITLED)

RULES = (
    Rule((_L.BLANK,), _ANYWHERE, _K.BLANK),
    Rule((_L.PAGE_START,), (_P.HEAD,), _K.NOTICE, _P.SOURCES),
    Rule((_L.PAGE_START,), (_P.BODY, _P.ROWS, _P.TITLED, *_PAGE_TEXT), _K.NOTICE),
    Rule((_L.TITLE,), (_P.TITLED,), _K.TITLE),
    Rule((_L.AUTHORS,), _PAGE_HEAD, _K.AUTHORS, _P.TITLED),
    Rule((_L.IDENTIFIER,), (_P.HEAD, _P.TITLED), _K.IDENTIFIERS),
    Rule((_L.IDENTIFIER,), (_P.BODY,), _K.ABSTRACT, None, "identifier-in-text", _IN_TEXT),
    Rule((_L.IDENTIFIER,), (_P.ROWS,), _K.UNKNOWN, _P.END, "second-record", SECOND),
    Rule((_L.ABSTRACT_HEADING,), _PAGE_HEAD, _K.NOTICE, _P.PAGE_ABSTRACT),
    Rule((_L.KEYWORDS_HEADING,), (*_PAGE_HEAD, _P.PAGE_ABSTRACT), _K.NOTICE, _P.PAGE_KEYWORDS),
    Rule((_L.LIST_START,), (*_PAGE_HEAD, *_PAGE_TEXT), _K.NOTICE, _P.ROWS),
    Rule((_L.BULLET,), (_P.TITLED, _P.PAGE_KEYWORDS), _K.NOTICE, _P.ROWS),
    Rule((_L.LIST_START, _L.BULLET), (_P.ROWS,), _K.NOTICE),
    Rule((_L.NOTICE, _L.DESCRIPTION), (*_BEFORE_ROWS, _P.ROWS, _P.TITLED), _K.NOTICE),
    Rule((_L.ROW,), (*_BEFORE_ROWS, *_PAGE_HEAD, _P.ROWS), _K.INDICATOR, _P.ROWS),
    Rule((_L.NEW_ROW, _L.LOOSE_ROW), (_P.ROWS,), _K.INDICATOR),
    Rule((_L.CUT_ROW,), (*_BEFORE_ROWS, *_PAGE_HEAD, _P.ROWS), _K.UNKNOWN, _P.ROWS, "cut-row", CUT),
    Rule((_L.LABEL,), (_P.ROWS,), _K.UNKNOWN, None, "cut-row", CUT),
    Rule((_L.TEXT,), (_P.HEAD, _P.BODY), _K.ABSTRACT, _P.BODY),
    Rule((_L.TEXT,), (_P.PAGE_ABSTRACT,), _K.ABSTRACT),
    Rule((_L.TEXT,), (_P.PAGE_KEYWORDS,), _K.KEYWORDS),
    Rule((_L.TEXT,), (_P.SOURCES,), _K.NOTICE),
    Rule((_L.TEXT,), (_P.TITLED,), _K.UNKNOWN, None, "unknown-text", IN_HEAD),
    Rule((_L.TEXT,), (_P.ROWS,), _K.UNKNOWN, None, "unknown-text", _AFTER),
)


def _rules_at(place: Place) -> dict[LineClass, Rule]:
    named = {found: rule for rule in RULES if place in rule.places for found in rule.classes}
    return {found: named.get(found, named[LineClass.TEXT]) for found in LineClass}


RULES_AT: dict[Place, dict[LineClass, Rule]] = {place: _rules_at(place) for place in _ANYWHERE}
_LOOKED_AT: dict[LineClass, tuple[Place, ...]] = {
    _L.VALUE: _ANYWHERE,
    _L.AUTHORS: _ANYWHERE,
    _L.NEW_ROW: _ANYWHERE,
    _L.TEXT: (_P.ROWS,),
    _L.DESCRIPTION: _BEFORE_ROWS,
}
"""Lines of these classes, in these places, may tell what lines above them are."""

Plain = tuple[SectionKind, Place, "PlainRules"]
PlainRules = dict[LineClass, "Plain | None"]

PLAIN_AT: dict[Place, PlainRules] = {place: {} for place in RULES_AT}
"""Of the table, what most lines are: a kind, the place after, and the rules of that place.

None where more is to be done: a diagnostic, a look back, an end of the sources.
"""

for _place, _rules in RULES_AT.items():
    for _found, _rule in _rules.items():
        _then = _rule.then or _place
        _is_plain = not (
            _rule.code
            or _place in _LOOKED_AT.get(_found, ())
            or (_rule.then and _P.SOURCES in (_place, _rule.then))
        )
        PLAIN_AT[_place][_found] = (_rule.kind, _then, PLAIN_AT[_then]) if _is_plain else None
