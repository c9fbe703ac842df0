"""The last line of a text if it has no line end: what it may be the beginning of.

A dump may be cut anywhere. A heading, notice, value or title that is cut is still recognised.
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
"""The lines whose beginning may end a text, each with its state and the kind of the beginning."""

_K = SectionKind
_OPEN = frozenset({_K.IDENTIFIERS})
_OPEN_ON_PAGES = frozenset({_K.IDENTIFIERS, _K.ABSTRACT, _K.KEYWORDS, _K.AUTHORS, _K.TITLE})


def is_repetition(line: str, segments: list[Segment]) -> bool:
    """Return whether a line begins like the line of text above it, if that is not a sentence.

    A repeated keyword line may begin with the letters of a label.
    """
    at = last_filled(segments, len(segments))
    kind, _, before, _ = segments[at] if at >= 0 else NOTHING
    return kind is _K.ABSTRACT and before.startswith(line) and not is_sentence(before)


def kind_of_start(line: str, state: State, title: str | None) -> TokenKind:
    """Return the kind of the line that this is the beginning of, or TEXT.

    >>> kind_of_start("Abstr", State.TITLED, None), kind_of_start("Abstr", State.HEAD, None)
    (<TokenKind.NOTICE: 'notice'>, <TokenKind.TEXT: 'text'>)
    """
    for where, whole, start in _STARTS:
        if state is where and whole.startswith(line):
            return start
    is_title = state is State.TITLED and title and title.startswith(line)
    return TokenKind.TITLE if is_title else TokenKind.TEXT


def report(segments: list[Segment], is_page: bool, findings: Findings) -> None:
    """Report a text that ends inside a part, which may be cut."""
    kind, _, line, _ = last = segments[-1]
    if kind is _K.TITLE and sum(found[0] is kind for found in segments) > 1:
        return
    if kind in (_OPEN_ON_PAGES if is_page else _OPEN):
        message = f"the text ends in the {kind.value}, which may be cut"
        findings.add("maybe-cut", message, last, len(line), 0)
