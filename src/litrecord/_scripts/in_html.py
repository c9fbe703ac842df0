"""Scanner for widget elements of HTML, without an HTML parser.

Parsers end the widget at the ``</script>`` in its string, or read all that follows as script.
So the widget is found here, and the parser gets an empty element in its place.

Grammar::

    script = open *character close            ; as `_scripts.scanner` has it, with strings: a widget
           / open *character first-close      ; any other, as the HTML Living Standard has it

Strings are not read in other scripts: one apostrophe in a comment would make the rest of the page a
string. Text in a comment, in an element with text only, or in an attribute is not an element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from litrecord._scripts.scanner import CLOSE, OPEN, Script, end_of_seen_widget, first_script
from litrecord._scripts.widget import is_widget, last_sign

_LONGEST = 4096
"""A widget whose end is further away ends at the first closing tag."""

_TEXT_ONLY = ("iframe", "noembed", "noframes", "plaintext", "style", "textarea", "title", "xmp")
_OPEN = re.compile(rf"<(?:(!--|(?i:{'|'.join(_TEXT_ONLY)})(?=[\s>/]))|{OPEN.pattern[1:]})")
_QUOTED = re.compile(""" "[^"]*" | '[^']*' """, re.X)
_OPEN_VALUE = re.compile(r"""[^>]*=\s*["']""")
_DATA = re.compile(r"<script\s[^<>]*\bjson\b", re.I)


def ends_of(names: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Return the pattern of the end of a comment, and of each element with text only."""
    ends = {name: re.compile(rf"</{name}(?=[\s>/])", re.I) for name in names}
    return {"!--": re.compile("-->"), **ends}


_ENDS = ends_of(_TEXT_ONLY)


def find_widgets(html: str) -> list[Script]:
    """Find the script elements that are the portal's widget, in order.

    >>> find_widgets("<p>1</p><script>load('oa_widget')</script>")
    [Script(start=8, end=42, is_closed=True, is_widget=True)]
    """
    found: list[Script] = []
    last = last_sign(html)
    opening = _OPEN.search(html) if last >= 0 else None
    while opening is not None and opening.start() < last:
        start, name = opening.start(), (opening[1] or "").lower()
        if name:
            # "<!-->" is a whole comment, so its end may begin in its start.
            closing = _ENDS[name].search(html, start + 2)
            end = closing.end() if closing else len(html)
        elif quote := _quote_around(html, start):
            end = html.find(quote, start)
            end = end if end >= 0 else len(html)
        else:
            script = script_at(html, start)
            end = script.end
            if script.is_widget:
                found.append(script)
        opening = _OPEN.search(html, end)
    return found


def _quote_around(html: str, start: int) -> str:
    """Return the open quote at an offset inside the value of an attribute, or ""."""
    tag = html[html.rfind("<", 0, start) : start]
    value = _OPEN_VALUE.match(_QUOTED.sub("", tag)) if tag[1:2].isalpha() else None
    return value[0][-1] if value else ""


def script_at(html: str, start: int) -> Script:
    """Return the script element at an offset; without a closing tag it ends with the page.

    >>> script_at("<script>'</script><p>1", 0)
    Script(start=0, end=18, is_closed=True, is_widget=False)
    """
    closing = CLOSE.search(html, start)
    end = closing.end() if closing else len(html)
    markup = html[start:end]
    if not is_widget(markup) or _DATA.match(markup):
        return Script(start, end, closing is not None, False)
    seen_end = end_of_seen_widget(html, start)
    if seen_end >= 0:
        return Script(start, seen_end, True, True)
    nearby = html[start : start + _LONGEST]
    script = first_script(nearby)
    is_cut = len(nearby) < _LONGEST and closing is None
    if script is not None and script.is_widget and (script.is_closed or is_cut):
        return script._replace(start=start, end=start + script.end)
    return Script(start, end, closing is not None, True)
