"""The head of a whole page (layout C): whether there is one, and which line is the title.

Grammar, blank lines left out::

    head    = [ page-start ] *source [ "addClaim" *notice ]
              title [ "Authors:" names ] [ title ] ( "Abstract" / "Keywords" / "•" )
    title   = the line before "Authors:"; or without one, the first line below "addClaim" that
              is repeated by the next; or else the first line there   ; title_among

A dump may begin inside a whole page: the list of indicators at its end shows that.
"""

from __future__ import annotations

import re

from litrecord._characters import unify_line_ends
from litrecord._text.lexer import AUTHORS_START
from litrecord._text.transitions import State
from litrecord._vocabularies.interface import (
    ADD_CLAIM,
    has_page_list,
    is_above_title,
    is_cut_notice,
    is_notice,
)

WITHIN_PAGE = "the text begins within a whole page, whose title is missing"
_HEADING = re.compile(r"(?:[\r\n]|\A)[ \t]*+Abstract[ \t]*+(?=[\r\n]|\Z)")


def state_of_start(text: str) -> State | None:
    """Return the state of the first line of a whole page whose beginning is missing, or None.

    >>> state_of_start("some text.\\nKeywords\\nMaps\\n• BIP!\\n")
    <State.PAGE_ABSTRACT: 'page_abstract'>
    """
    heading = _HEADING.search(text)
    if heading is not None and _has_page_head(text, heading):
        return State.SOURCES
    if not has_page_list(text):
        return None
    return State.SOURCES if heading else State.PAGE_ABSTRACT


def _has_page_head(text: str, heading: re.Match[str]) -> bool:
    """Return whether the head of a whole page is above a heading.

    Without "addClaim" the title must be both right above "Authors:" and right above
    "Abstract": an abstract may have these lines, but not with the title at both places.
    """
    stripped = [line.strip() for line in unify_line_ends(text[: heading.start()]).split("\n")]
    lines = [line for line in stripped if line]
    if ADD_CLAIM in lines:
        return True
    authors = [at for at, line in enumerate(lines) if line.startswith(AUTHORS_START)]
    return bool(authors) and authors[-1] > 0 and lines[authors[-1] - 1] == lines[-1]


def title_among(lines: list[str], is_before_authors: bool) -> int | None:
    """Return the index of the title among the lines above the first heading or "Authors:", or None.

    >>> title_among(["ZENODO", "addClaim", "Who drew the coast?"], is_before_authors=True)
    2
    """
    if is_before_authors:
        index = len(lines) - 1
    else:
        claims = [at for at, line in enumerate(lines) if is_above_title(line)]
        start = claims[-1] + 1 if claims else 0
        twice = [at for at in range(start, len(lines) - 1) if lines[at] == lines[at + 1]]
        titles = [at for at in twice if not is_notice(lines[at])]
        index = titles[0] if titles else start if claims else -1
    is_title = 0 <= index < len(lines) and not is_notice(lines[index])
    return index if is_title and not is_cut_notice(lines[index]) else None
