"""The line that a text ends in, without a line end: what it may be the start of.

A dump may be cut anywhere. A heading, a notice, a value or a title that is cut is still told.
"""

from __future__ import annotations

from litrecord._sections import SectionKind
from litrecord._text.lexer import TokenKind
from litrecord._text.segments import NOTHING, Findings, Segment, last_filled
from litrecord._text.transitions import State
from litrecord._vocabularies.indicators import CLASSES, DESCRIPTIONS
from litrecord._vocabularies.interface import ABSTRACT_HEADING, KEYWORDS_HEADING, USAGE_LINES
from litrecord._vocabularies.terms import is_sentence

_STARTS = (
    (State.TITLED, ABSTRACT_HEADING, TokenKind.NOTICE),
    (State.PAGE_ABSTRACT, KEYWORDS_HEADING, TokenKind.NOTICE),
    *((State.ROWS, whole, TokenKind.NOTICE) for whole in (*USAGE_LINES, *DESCRIPTIONS)),
    *((State.ROWS, whole, TokenKind.CUT_ROW) for whole in CLASSES),
)
"""What a text may end in the start of, in which state, and the kind of such a start."""

_K = SectionKind
_OPEN = frozenset({_K.IDENTIFIERS})
_OPEN_ON_PAGES = frozenset({_K.IDENTIFIERS, _K.ABSTRACT, _K.KEYWORDS, _K.AUTHORS, _K.TITLE})


def is_repetition(line: str, segments: list[Segment]) -> bool:
    """Tell whether a line begins as the line of text above it does, which is no sentence.

    A keyword line that is printed again may begin with the letters of a label.
    """
    at = last_filled(segments, len(segments))
    kind, _, before, _ = segments[at] if at >= 0 else NOTHING
    return kind is _K.ABSTRACT and before.startswith(line) and not is_sentence(before)


def kind_of_start(line: str, state: State, title: str | None) -> TokenKind:
    """Return what a line is the start of, or that it is text.

    >>> kind_of_start("Abstr", State.TITLED, None), kind_of_start("Abstr", State.HEAD, None)
    (<TokenKind.NOTICE: 'notice'>, <TokenKind.TEXT: 'text'>)
    """
    for where, whole, start in _STARTS:
        if state is where and whole.startswith(line):
            return start
    is_title = state is State.TITLED and title and title.startswith(line)
    return TokenKind.TITLE if is_title else TokenKind.TEXT


def report(segments: list[Segment], is_page: bool, findings: Findings) -> None:
    """Report it if the text ends within a part that may be cut there."""
    kind, _, line, _ = last = segments[-1]
    if kind is _K.TITLE and sum(found[0] is kind for found in segments) > 1:
        return
    if kind in (_OPEN_ON_PAGES if is_page else _OPEN):
        message = f"the text ends in the {kind.value}, which may be cut"
        findings.add("maybe-cut", message, last, len(line), 0)
