"""``markup="auto"``: whether a text is HTML.

The rule, once the widget, leading comments and blank lines are set aside, and an XML declaration::

    HTML, if the text starts with a doctype or a tag of START                   ; _START
    text, if a line of it is a row, an identifier line, or the line above again ; _has_text_line
    HTML, if a block element is closed in it                                    ; _BLOCK_END
    text, else

A line that begins with "<" is none of these, nor is one right below a tag alone: pretty-printed
pages have such lines.
"""

from __future__ import annotations

import re

from litrecord._cut import find_widgets
from litrecord._line_classes import LineClass, read_line
from litrecord._scripts import Script, first_script

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
    "listing", "main", "menu", "ol", "optgroup", "option", "p", "plaintext", "pre", "search",
    "section", "summary", "table", "tbody", "textarea", "tfoot", "thead", "ul", "xmp",
    "jats:list", "jats:list-item", "jats:p", "jats:sec", "jats:title",
})  # fmt: skip
"""The elements that begin a line and end it (HTML Living Standard, 15.3), and those of JATS 1.3."""

_LINES = frozenset({LineClass.ROW, LineClass.NEW_ROW, LineClass.CUT_ROW, LineClass.IDENTIFIER})
_SET_ASIDE = re.compile(r"[\s\ufeff]*+(?:<\?xml[^<>]*>[\s\ufeff]*+)?")
_START = re.compile(
    r"<!doctype\b|<(?:html|head|meta|title|link|body|main|article|section|div|table|pre)(?=[\s>/])",
    re.I,
)
_BLOCK_END = re.compile(rf"</(?:{'|'.join(sorted(BLOCKS))})\s*>", re.I)


def is_html(text: str) -> bool:
    """Tell whether a text is HTML, by the rule above.

    >>> is_html("<div>Old maps err.</div>"), is_html("pmid: 1\\n<p>Old maps err.</p>\\n")
    (True, False)
    """
    if "<" not in text:
        return False
    at = _start_of(text)
    if text.startswith("<script", at):
        script = first_script(text[at:])
        if script is not None and script.is_widget:
            at = _start_of(text, at + script.end)
    if _START.match(text, at):
        return True
    if _BLOCK_END.search(text, at) is None:
        return False
    rest = _without(text, find_widgets(text))
    return _BLOCK_END.search(rest) is not None and not _has_text_line(rest)


def begins_like_html(text: str) -> bool:
    """Tell whether a text begins as only HTML pages do.

    >>> begins_like_html(" <!DOCTYPE html>"), begins_like_html("<p>Old maps err.</p>")
    (True, False)
    """
    return _START.match(text, _start_of(text)) is not None


def _without(text: str, widgets: list[Script]) -> str:
    if not widgets:
        return text
    ends = [0, *(widget.end for widget in widgets)]
    starts = [*(widget.start for widget in widgets), len(text)]
    return "\n".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _start_of(text: str, at: int = 0) -> int:
    """Return where a text starts, behind blank lines and comments."""
    while True:
        aside = _SET_ASIDE.match(text, at)
        at = aside.end() if aside else at
        end = text.find("-->", at) if text.startswith("<!--", at) else -1
        if end < 0:
            return at
        at = end + 3


def _has_text_line(text: str) -> bool:
    before = ""
    for raw in text.replace("\r", "\n").split("\n"):
        line = raw.strip()
        if not line:
            continue
        if line[0] != "<" and (line == before or _is_text_line(line, before)):
            return True
        before = line
    return False


def _is_text_line(line: str, before: str) -> bool:
    """Tell whether a line is one of a text, and not within the tag that is the line above."""
    is_within = before[:1] == "<" and before.find(">") == len(before) - 1 and before[1:2] != "/"
    return not is_within and read_line(line)[0] in _LINES
