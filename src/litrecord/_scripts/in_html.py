"""The widget elements of HTML, found without an HTML parser.

Parsers end the widget at the ``</script>`` in its string, or take all that follows for script.
So its place is found here, and the parser gets an empty element there instead.

Grammar::

    script = open *character close            ; as `_scripts.scanner` has it, with strings: a widget
           / open *character first-close      ; any other, as the HTML Living Standard has it

What a script of another kind holds is never read as strings: one apostrophe in its comments
would take the rest of the page for a string.
"""

from __future__ import annotations

import re

from litrecord._scripts.scanner import CLOSE, OPEN, Script, end_of_seen_widget, first_script
from litrecord._scripts.widget import is_widget

_LONGEST = 4096
"""A widget whose end is further away ends at the first closing tag."""

_DATA = re.compile(r"<script\s[^<>]*\bjson\b", re.I)


def find_widgets(html: str) -> list[Script]:
    """Find the script elements that are the portal's widget, in order.

    >>> find_widgets("<p>1</p><script>load('oa_widget')</script>")
    [Script(start=8, end=42, is_closed=True, is_widget=True)]
    """
    found: list[Script] = []
    opening = OPEN.search(html)
    while opening is not None:
        script = script_at(html, opening.start())
        if script.is_widget:
            found.append(script)
        opening = OPEN.search(html, script.end)
    return found


def script_at(html: str, start: int) -> Script:
    """Return the script element that begins at a place; one that nothing closes ends with the page.

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
