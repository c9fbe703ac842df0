"""The head of a whole page (layout C): where it is, and which of its lines is the title.

Grammar, blank lines left out::

    head    = [ "Powered by OpenAIRE graph" ] *source [ "addClaim" ]
              title [ "Authors:" names ] [ title ] ( "Abstract" / "Keywords" / "•" )
    title   = the line before "Authors:"; or without one, the first line that stands twice
              running; or else the line after "addClaim"              ; title_among
"""

from __future__ import annotations

import re

from litrecord._characters import unify_line_ends
from litrecord._text.lexer import AUTHORS_START
from litrecord._vocabularies.interface import ADD_CLAIM, is_notice

_HEADING = re.compile(r"[\r\n][ \t]*+Abstract[ \t]*+(?=[\r\n]|\Z)")


def has_page_head(text: str) -> bool:
    """Tell whether a text has the head of a whole page, its first lines missing.

    The title must stand both right above "Authors:" and right above "Abstract": an abstract
    may have such lines too, but not so.

    >>> has_page_head("Title\\nAuthors: Doe, Jo;\\nTitle\\nAbstract\\nText\\n")
    True
    """
    heading = _HEADING.search(text)
    if heading is None:
        return False
    stripped = [line.strip() for line in unify_line_ends(text[: heading.start()]).split("\n")]
    lines = [line for line in stripped if line]
    authors = [at for at, line in enumerate(lines) if line.startswith(AUTHORS_START)]
    return bool(authors) and authors[-1] > 0 and lines[authors[-1] - 1] == lines[-1]


def title_among(lines: list[str], is_before_authors: bool) -> int | None:
    """Return which of the lines above the first heading or "Authors:" is the title, or None.

    >>> title_among(["ZENODO", "addClaim", "Who drew the coast?"], is_before_authors=True)
    2
    """
    if is_before_authors:
        index = len(lines) - 1
    else:
        twice = [at for at in range(len(lines) - 1) if lines[at] == lines[at + 1]]
        titles = [at for at in twice if not is_notice(lines[at])]
        index = titles[0] if titles else _after_claim(lines)
    return index if 0 <= index < len(lines) and not is_notice(lines[index]) else None


def _after_claim(lines: list[str]) -> int:
    return lines.index(ADD_CLAIM) + 1 if ADD_CLAIM in lines else -1
