"""Transition table of the segmenter.

Maps token kind and `State` to a kind of section and to the state of the next line. A token kind
without an entry for a state is handled like TEXT. Decided elsewhere::

    where a script element is, and whether it is the widget    ; scripts, segmenter.kind_of_script
    the state of the first line                                ; page_head.state_of_start
    which line is the title of a whole page                    ; lookback.settle_sources
    which lines above the title are an instance                ; instances.settle_instances
    a piece at the start of the text whose beginning is missing ; beginning.read_start
    that a value below a description is the end of a row       ; lookback.is_below_description
    that label, description and value are one row              ; lookback.spread_row_above
    that a label above a description is a cut row              ; lookback.settle_label
    whether a line above the rows is a row, a rule or a header ; lookback.settle_new_rows
    that a repeated line is keywords                           ; lookback.settle_keywords
    the kind of the last line, which may be cut                ; open_end
    the kind of a line that HTML annotates                     ; segmenter.read_annotated
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from litrecord._sections import SectionKind
from litrecord._text.lexer import TokenKind


class State(enum.StrEnum):
    """The part of a record in which a line is."""

    HEAD = enum.auto()
    BODY = enum.auto()
    ROWS = enum.auto()
    # Of whole pages only (layout C):
    SOURCES = enum.auto()
    TITLED = enum.auto()
    PAGE_ABSTRACT = enum.auto()
    PAGE_KEYWORDS = enum.auto()
    # After the beginning of a second record nothing is read:
    END = enum.auto()


class Transition(NamedTuple):
    """The kind of section, and the next state, of some tokens in some states."""

    classes: tuple[TokenKind, ...]
    states: tuple[State, ...]
    kind: SectionKind
    then: State | None = None
    """The state of the next line; None if it does not change."""
    code: str = ""
    message: str = ""


_SECOND = "another record begins here, after the rows of the first"
CUT = "this row is cut, or has no value"
BEGUN = "this is the end of a row whose beginning is missing"
_BELOW = "identifier-in-text"
_IN_KEYWORDS = "this looks like an identifier line, but is below the heading of keywords"
_IN_TEXT = "this looks like an identifier line, but is below other text: it is kept as abstract"
_AFTER = "text after the indicator rows that is not a row"
_AGAIN = "a second heading of keywords: the lines above it may be of the abstract"
_OTHER = "this widget differs from the first one"
IN_HEAD = "text between title and abstract that is neither"
IN_SAVED_HEAD = "text above the abstract that is not a title, an author or a known fact"

_L, _P, _K = TokenKind, State, SectionKind
_ANYWHERE = tuple(state for state in State if state is not State.END)
_PAGE_TEXT = (_P.PAGE_ABSTRACT, _P.PAGE_KEYWORDS)
_BEFORE_ROWS = (_P.HEAD, _P.BODY, *_PAGE_TEXT)
_PAGE_HEAD = (_P.SOURCES, _P.TITLED)
_NOT_ROWS = (*_BEFORE_ROWS, *_PAGE_HEAD)
_WIDGETS = (_L.WIDGET, _L.SAME_WIDGET, _L.OTHER_WIDGET)

TRANSITIONS = (
    Transition((_L.BLANK,), _ANYWHERE, _K.BLANK),
    Transition((_L.SCRIPT,), _ANYWHERE, _K.SCRIPT),
    Transition((_L.WIDGET,), _NOT_ROWS, _K.WIDGET),
    Transition((_L.SAME_WIDGET,), _NOT_ROWS, _K.SCRIPT),
    Transition((_L.OTHER_WIDGET,), _NOT_ROWS, _K.UNKNOWN, None, "repeated-widget", _OTHER),
    Transition(_WIDGETS, (_P.ROWS,), _K.UNKNOWN, _P.END, "second-record", _SECOND),
    Transition((_L.PAGE_START,), (_P.HEAD,), _K.NOTICE, _P.SOURCES),
    Transition((_L.PAGE_START,), (_P.BODY, _P.ROWS, _P.TITLED, *_PAGE_TEXT), _K.NOTICE),
    Transition((_L.TITLE,), (_P.TITLED,), _K.TITLE),
    Transition((_L.AUTHORS,), _PAGE_HEAD, _K.AUTHORS, _P.TITLED),
    Transition((_L.IDENTIFIER,), (_P.HEAD, _P.TITLED), _K.IDENTIFIERS),
    Transition((_L.IDENTIFIER,), (_P.BODY,), _K.ABSTRACT, None, _BELOW, _IN_TEXT),
    Transition((_L.IDENTIFIER,), (_P.ROWS,), _K.UNKNOWN, _P.END, "second-record", _SECOND),
    Transition((_L.IDENTIFIER,), (_P.PAGE_ABSTRACT,), _K.ABSTRACT, None, _BELOW, _IN_TEXT),
    Transition((_L.IDENTIFIER,), (_P.PAGE_KEYWORDS,), _K.KEYWORDS, None, _BELOW, _IN_KEYWORDS),
    Transition(
        (_L.ABSTRACT_HEADING,), (*_PAGE_HEAD, _P.PAGE_KEYWORDS), _K.NOTICE, _P.PAGE_ABSTRACT
    ),
    Transition(
        (_L.KEYWORDS_HEADING,), (*_PAGE_HEAD, _P.PAGE_ABSTRACT), _K.NOTICE, _P.PAGE_KEYWORDS
    ),
    Transition(
        (_L.KEYWORDS_HEADING,), (_P.PAGE_KEYWORDS,), _K.NOTICE, None, "maybe-keywords", _AGAIN
    ),
    Transition((_L.LIST_START,), _NOT_ROWS, _K.NOTICE, _P.ROWS),
    Transition((_L.BULLET,), (_P.TITLED, _P.PAGE_KEYWORDS), _K.NOTICE, _P.ROWS),
    Transition((_L.LIST_START, _L.BULLET), (_P.ROWS,), _K.NOTICE),
    Transition(
        (_L.NOTICE, _L.DESCRIPTION, _L.CLAIM), (*_BEFORE_ROWS, _P.ROWS, _P.TITLED), _K.NOTICE
    ),
    Transition((_L.ROW,), (*_NOT_ROWS, _P.ROWS), _K.INDICATOR, _P.ROWS),
    Transition((_L.NEW_ROW, _L.LOOSE_ROW), (_P.ROWS,), _K.INDICATOR),
    Transition((_L.RULE,), (_P.TITLED, _P.ROWS), _K.NOTICE),
    Transition((_L.CUT_ROW,), (*_NOT_ROWS, _P.ROWS), _K.UNKNOWN, _P.ROWS, "cut-row", CUT),
    Transition((_L.ROW_END,), (_P.HEAD, _P.BODY), _K.UNKNOWN, _P.ROWS, "cut-row", BEGUN),
    Transition((_L.LABEL,), (_P.ROWS,), _K.UNKNOWN, None, "cut-row", CUT),
    Transition((_L.TEXT,), (_P.HEAD, _P.BODY), _K.ABSTRACT, _P.BODY),
    Transition((_L.TEXT,), (_P.PAGE_ABSTRACT,), _K.ABSTRACT),
    Transition((_L.TEXT,), (_P.PAGE_KEYWORDS,), _K.KEYWORDS),
    Transition((_L.TEXT,), (_P.SOURCES,), _K.NOTICE),
    Transition((_L.TEXT,), (_P.TITLED,), _K.UNKNOWN, None, "unknown-text", IN_HEAD),
    Transition((_L.TEXT,), (_P.ROWS,), _K.UNKNOWN, None, "unknown-text", _AFTER),
)


def _transitions_at(state: State) -> dict[TokenKind, Transition]:
    named = {
        found: transition
        for transition in TRANSITIONS
        if state in transition.states
        for found in transition.classes
    }
    return {found: named.get(found, named[TokenKind.TEXT]) for found in TokenKind}


TRANSITIONS_AT: dict[State, dict[TokenKind, Transition]] = {
    state: _transitions_at(state) for state in _ANYWHERE
}
_LOOKED_AT: dict[TokenKind, tuple[State, ...]] = {
    _L.VALUE: _ANYWHERE,
    _L.AUTHORS: _ANYWHERE,
    _L.CLAIM: (_P.HEAD, _P.BODY),
    _L.LIST_START: (_P.HEAD, _P.BODY),
    _L.NEW_ROW: _ANYWHERE,
    _L.RULE: (*_BEFORE_ROWS, _P.ROWS),
    _L.TEXT: (_P.ROWS,),
    _L.DESCRIPTION: _BEFORE_ROWS,
}
"""Tokens of these kinds, in these states, may change the kind of lines above them."""

Plain = tuple[SectionKind, State, "PlainTransitions"]
PlainTransitions = dict[TokenKind, "Plain | None"]

PLAIN_AT: dict[State, PlainTransitions] = {state: {} for state in TRANSITIONS_AT}
"""The part of the table for most lines: a kind, the next state, and the transitions there.

None if there is more to do: a diagnostic, a look back, an end of the sources.
"""

for _state, _transitions in TRANSITIONS_AT.items():
    for _found, _transition in _transitions.items():
        _then = _transition.then or _state
        _is_plain = not (
            _transition.code
            or _state in _LOOKED_AT.get(_found, ())
            or (_transition.then and _P.SOURCES in (_state, _transition.then))
        )
        PLAIN_AT[_state][_found] = (_transition.kind, _then, PLAIN_AT[_then]) if _is_plain else None
