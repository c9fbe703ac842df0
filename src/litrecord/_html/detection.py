"""Detection of HTML for ``markup="auto"``.

The rule, after blank lines, comments, processing instructions, scripts and styles::

    HTML, if the text starts with a doctype or a tag of _START                  ; _START
    text, if a line is a row, an identifier line, or repeats the line above ; _has_text_line
    text, if it starts as whole pages do, or has their list of indicators  ; _is_whole_page
    HTML, if it starts with a title, which JATS has too, or closes a block       ; _BLOCK_END
    text, else

A line that begins with "<" does not count. Neither does a line right below a line with only a tag:
pretty-printed pages have such lines.
"""

from __future__ import annotations

import re

from litrecord._characters import plain_spaces, unify_line_ends
from litrecord._parts.inline_markup import may_hold_tags
from litrecord._scripts.in_html import script_at
from litrecord._scripts.scanner import end_of_cut_script
from litrecord._text.lexer import TokenKind, tokenize
from litrecord._vocabularies import elements
from litrecord._vocabularies.interface import has_page_list, is_page_start

BLOCKS = elements.BLOCKS | {
    "address", "article", "aside", "body", "caption", "center", "details", "dialog", "dir",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "legend",
    "listing", "main", "menu", "optgroup", "option", "plaintext", "search", "summary", "textarea",
    "tfoot", "xmp",
}  # fmt: skip
"""The elements that begin and end a line, and those around the text of a page."""

_LINES = frozenset({TokenKind.ROW, TokenKind.NEW_ROW, TokenKind.CUT_ROW, TokenKind.IDENTIFIER})
_WHITESPACE = re.compile(r"[\s\ufeff]*+")
_ASIDE = re.compile(r"<(!--|\?|script(?=[\s>/])|style(?=[\s>/]))", re.I)
_ENDS = {
    "!--": re.compile("-->"),
    "?": re.compile(">"),
    "style": re.compile(r"</style\s*>", re.I),
}
_END_OF_CONTAINER = "</div>');"
"""The end of a line of the portal's widget, skipped if a text begins inside the widget."""
_JATS = elements.JATS_BLOCKS | elements.JATS_INLINE
_START = re.compile(
    r"""<!doctype\b
    | <(?:html|head|meta|body|header|nav|main|footer)(?=[\s>/])
    | <(?:article|section|div|table|pre|form)(?=[\s>/])
    | <([a-z][a-z0-9]*-[a-z0-9-]*)(?=[\s>/])""",
    re.I | re.X,
)
_TITLE = re.compile(r"<title(?=[\s>/])", re.I)
_BLOCK_END = re.compile(rf"</(?:{'|'.join(sorted(BLOCKS))})\s*>", re.I)


def is_html(text: str) -> bool:
    """Return whether a text is HTML, by the rule above.

    >>> is_html("<div>Old maps err.</div>"), is_html("pmid: 1\\n<p>Old maps err.</p>\\n")
    (True, False)
    """
    if not may_hold_tags(text):
        return False
    at = _start_of(text)
    if _is_start(text, at):
        return not end_of_cut_script(text)
    has_title = _TITLE.match(text, at) is not None
    if not has_title and _BLOCK_END.search(text, at) is None:
        return False
    rest = unify_line_ends(_without_asides(plain_spaces(text[at:])))
    rest = rest.replace(_END_OF_CONTAINER, "")
    is_like_html = has_title or _BLOCK_END.search(rest) is not None
    return is_like_html and not (_is_whole_page(rest) or _has_text_line(rest))


def begins_like_html(text: str) -> bool:
    """Return whether a text begins like only HTML pages do.

    >>> begins_like_html(" <!DOCTYPE html>"), begins_like_html("<p>Old maps err.</p>")
    (True, False)
    """
    at = _start_of(text)
    return _is_start(text, at) or _TITLE.match(text, at) is not None


def _is_start(text: str, at: int) -> bool:
    start = _START.match(text, at)
    return start is not None and (start[1] is None or start[1].lower() not in _JATS)


def _start_of(text: str) -> int:
    """Return the offset of the first text that is not skipped."""
    at = 0
    while True:
        whitespace = _WHITESPACE.match(text, at)
        at = whitespace.end() if whitespace else at
        aside = _ASIDE.match(text, at)
        end = _end_of(text, aside) if aside else -1
        if end < 0:
            return at
        at = end


def _end_of(text: str, aside: re.Match[str]) -> int:
    """Return the end of the skipped part, or -1 if it has none."""
    name = aside[1].lower()
    if name == "script":
        return script_at(text, aside.start()).end
    end = _ENDS[name].search(text, aside.end())
    return end.end() if end else -1


def _without_asides(text: str) -> str:
    pieces = []
    at = 0
    aside = _ASIDE.search(text)
    while aside is not None:
        end = _end_of(text, aside)
        if end < 0:
            break
        pieces.append(text[at : aside.start()])
        at = end
        aside = _ASIDE.search(text, at)
    return "\n".join([*pieces, text[at:]])


def _is_whole_page(text: str) -> bool:
    return is_page_start(text.lstrip().partition("\n")[0].strip()) or has_page_list(text)


def _has_text_line(text: str) -> bool:
    before = ""
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            continue
        if line[0] != "<" and (line == before or _is_text_line(line, before)):
            return True
        before = line
    return False


def _is_text_line(line: str, before: str) -> bool:
    """Return whether a line is a line of text, and not inside the tag on the line above."""
    is_within = before[:1] == "<" and before.find(">") == len(before) - 1 and before[1:2] != "/"
    return not is_within and tokenize(line)[0] in _LINES
