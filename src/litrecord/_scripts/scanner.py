"""Scanner for script elements in text: the offsets of each, and which one is the widget.

Grammar::

    element  = open body close
    open     = "<script" ( space / ">" / "/" )        ; any case, OPEN
    close    = "</script" *space ">"                  ; any case, CLOSE
    body     = *( string / character )
    string   = quote *character quote                 ; on one line: _STRING

The widget writes a second script element from a JavaScript string, so a tag inside a string
neither opens nor closes an element. HTML parsers end the element at the ``</script>`` in its
string, so this scan comes first. Strings are quoted with ``'``, ``"``, a backtick, or the quotes
of word processors. A widget without a closing tag ends at its ``-->``, or after its last line that
looks like script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from litrecord._cache import remember
from litrecord._characters import lines_of, unify_line_ends
from litrecord._scripts.widget import is_widget

_NAME = "[sS][cC][rR][iI][pP][tT]"
OPEN = re.compile(rf"<{_NAME}(?=[\s>/])")
CLOSE = re.compile(rf"</{_NAME}\s*>")
_TAG = re.compile(f"{CLOSE.pattern}|{OPEN.pattern}")
# A quote ends its string if an even number of backslashes is before it. Escapes are not matched one
# by one: possessive groups have a bug in Python before 3.11.5, and a plain group keeps a
# backtracking state for each repeat. So does a repeat of two backslashes: 256 of them come first.
_UP_TO_QUOTE = r"[^\r\n]*? (?<!\\) (?:\\{256})* (?:\\\\){0,127}"
_STRING = re.compile(
    rf"""
      \\[^\r\n]
    | '[^'\\\r\n]*+ {_UP_TO_QUOTE} '
    | "[^"\\\r\n]*+ {_UP_TO_QUOTE} "
    | `[^`\\\r\n]*+ {_UP_TO_QUOTE} `
    | ‘[^‘’\r\n]*+[‘’]
    | ’[^‘’\r\n]*+[‘’]
    | “[^“”\r\n]*+[“”]
    | ”[^“”\r\n]*+[“”]
    """,
    re.X,
)
_STRING_OR_END = re.compile(_STRING.pattern + r"| [\r\n]", _STRING.flags)
_NEAR = 200
_MOST_LINES = 8
_LONGEST_CUT = 4_000
_CUT_CLOSE = re.compile(
    r"(?:</script|/script|script|cript|ript|ipt)\s*>(?!['\"])[ \t]*(?:\r\n?|\n)?"
)
_ENDS_OF_SCRIPT_LINES = (";", ">", "-")
_NO_PROSE = frozenset({"", "\n", "\r"})
_QUOTES = frozenset("'\"`‘’“”")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_QUOTE = re.compile("['\"`‘’“”]")
# A text may be cut before the script is identified: the portal's script begins like this.
_PORTAL_START = """<script type="text/javascript">
<!--
document.write('<div id="oa_widget"></div>');
"""
_SIGNS = ("<!--", "document.write", "src=")
_SCRIPT_LINES = ("<!--", "-->", "//", "document.write", "</script")
_LAST_WORDS = ("<!--", "-->", "document.write(")


class Script(NamedTuple):
    """One script element: its offsets, and whether it is closed and is the widget."""

    start: int
    end: int
    is_closed: bool
    is_widget: bool


def find_scripts(text: str) -> list[Script]:
    """Find the script elements of a text, in one pass.

    An opening tag without a closing tag is prose, unless a widget begins there. So is an element
    that is not a widget, with text before and after it on its one line.

    >>> find_scripts("before <script>1</script>")
    [Script(start=7, end=25, is_closed=True, is_widget=False)]
    """
    return [script for script in _elements(text) if script.is_widget or _is_apart(text, script)]


def first_script(text: str) -> Script | None:
    """Return the first script element of a text, or None."""
    return next(_elements(text), None)


def end_of_cut_script(text: str) -> int:
    """Return the end of a script whose beginning is missing, or 0 if there is none.

    >>> end_of_cut_script("-->\\n</script>\\npmid: 7"), end_of_cut_script("<script>1</script>")
    (14, 0)
    """
    # An element is closed on its first line only inside a string.
    if text.startswith("<script") and "</script" not in text[: text.find("\n")]:
        return 0
    for number, (raw, start, _) in enumerate(lines_of(text, 0, min(len(text), _LONGEST_CUT))):
        line = raw.strip()
        close = _CUT_CLOSE.match(text, text.find(line, start)) if line else None
        if close and (number == 0 or line.startswith("</")):
            return close.end()
        begins_here = "<script" in line.lower() and CLOSE.search(line) is None
        looks_like_script = not line or line.endswith(_ENDS_OF_SCRIPT_LINES)
        if number == _MOST_LINES or begins_here or not looks_like_script:
            break
    return 0


def _is_apart(text: str, script: Script) -> bool:
    """Return whether a closed element is more than the name of a tag within a line of prose."""
    start, end, is_closed, _ = script
    if not is_closed or "\n" in text[start:end] or "\r" in text[start:end]:
        return is_closed
    before = text[max(start - _NEAR, 0) : start].rstrip(" \t")
    after = text[end : end + _NEAR].lstrip(" \t")
    return before[-1:] in _NO_PROSE or after[:1] in _NO_PROSE


def _elements(text: str) -> Iterator[Script]:
    opening = OPEN.search(text, 0)
    while opening is not None:
        start = opening.start()
        end = end_of_seen_widget(text, start)
        if end >= 0:
            yield Script(start, end, True, True)
            opening = OPEN.search(text, end)
            continue
        tag = _next_tag(text, opening.end())
        if tag is not None and text[tag.start() + 1] == "/":
            markup = text[start : tag.end()]
            yield Script(start, tag.end(), True, _is_widget_once(markup))
            opening = OPEN.search(text, tag.end())
        else:
            end = _end_of_unclosed(text, start, tag.start() if tag else len(text))
            markup = text[start:end]
            is_start = end == len(text) and _PORTAL_START.startswith(unify_line_ends(markup))
            if not is_start:
                end = start + len(markup.rstrip())
            yield Script(start, end, False, is_start or _is_widget_start(markup))
            # The part inside strings is not scanned again.
            opening = tag


# The portal prints one widget on all its pages: an element that begins like a known one has
# the same end.
_WIDGETS_SEEN: dict[str, str] = {}
_KEY_LENGTH = 40
_MOST_SEEN = 16
_LONGEST_SEEN = 1024


def end_of_seen_widget(text: str, start: int) -> int:
    """Return the end of a known widget that begins at an offset, or -1."""
    seen = _WIDGETS_SEEN.get(text[start : start + _KEY_LENGTH])
    return start + len(seen) if seen is not None and text.startswith(seen, start) else -1


def _is_widget_once(markup: str) -> bool:
    found = is_widget(markup)
    # A quote on its last line could open a string with the following text of another page.
    is_safe = not _QUOTE.search(markup, max(markup.rfind("\n"), markup.rfind("\r"), 0))
    if found and is_safe and len(markup) <= _LONGEST_SEEN:
        remember(_WIDGETS_SEEN, markup[:_KEY_LENGTH], markup, _MOST_SEEN)
    return found


def _next_tag(text: str, at: int) -> re.Match[str] | None:
    """Return the next tag outside strings; a quote right before an opening tag opens one."""
    for tag in _TAG.finditer(text, at):
        place = tag.start()
        if place < at:
            continue
        if text[place - 1] in _QUOTES and text[place + 1] != "/":
            string = _STRING.match(text, place - 1) or _REST_OF_LINE.match(text, place)
            at = string.end() if string else at
            continue
        # A string never crosses a line end, so only the line of the tag is checked.
        line = max(text.rfind("\n", at, place), text.rfind("\r", at, place)) + 1
        at = _end_of_string(text, max(line, at), place)
        if at == place:
            return tag
    return None


def _end_of_string(text: str, at: int, place: int) -> int:
    """Return the end of the string around an offset; the offset itself if there is none."""
    if not _QUOTE.search(text, at, place):
        return place
    # At most to the end of the line: a search for the next string could scan all the rest.
    for string in _STRING_OR_END.finditer(text, at):
        if string.start() >= place:
            break
        if string.end() > place:
            return string.end()
    return place


def _end_of_unclosed(text: str, start: int, limit: int) -> int:
    end = start
    for line, _, after in lines_of(text, start, limit):
        if end > start and not _looks_like_script(line, after == len(text)):
            break
        end = after
    comment_end = text.find("-->", start, end)
    if comment_end < 0:
        return end
    rest = text[comment_end + 3 : end].strip().lower()
    return end if "</script>".startswith(rest) else comment_end + 3


def _looks_like_script(line: str, is_last: bool) -> bool:
    words = line.strip().lower()
    if words.startswith(_SCRIPT_LINES) or (len(words) > 1 and "</script>".startswith(words)):
        return True
    return is_last and bool(words) and any(full.startswith(words) for full in _LAST_WORDS)


def _is_widget_start(markup: str) -> bool:
    return is_widget(markup) and any(sign in markup.lower() for sign in _SIGNS)
