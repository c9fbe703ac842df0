"""Markup inside an abstract: known elements are unwrapped, references decoded, once.

Grammar::

    tag       = "<" name *attribute *blank [ "/" ] ">" / "</" name *blank ">"      ; _TAG
    name      = an element of HTML that holds text / "jats:" 1*letter              ; any case
    attribute = 1*blank word "=" ( quoted / unquoted )
    reference = "&" ( "#" digits / "#x" hex-digits / word ) ";"                    ; _REFERENCE

A tag counts if it has its partner (a "p" or "li" if any of them has; "br" and "hr" have none), so
that ``p<0.05``, ``a<b and c>d`` and ``x<i>y`` stay. The tag of a block ends a line, and any
other joins. A reference is one of HTML's (Living Standard, 13.5), with its semicolon.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCKS = frozenset(
    {
        *("blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
        *("li", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
        *("jats:disp-quote", "jats:list", "jats:list-item", "jats:p", "jats:sec", "jats:title"),
    }
)
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub"),
        *("sup", "tt", "u", "var"),
    }
)
_AFTER_OPEN = frozenset("/!?")
_VOID = frozenset({"br", "hr"})
_END_LEFT_OUT = frozenset({"li", "p"})
_TAG = re.compile(
    r"""<(/?)([A-Za-z][A-Za-z0-9]{0,10}|jats:[A-Za-z-]{1,30})
    ((?:\s++[A-Za-z_:][A-Za-z0-9_:.-]*+\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=]++))*+)
    \s*+/?>""",
    re.X,
)
_REFERENCE = re.compile(r"&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class Unwrapped(NamedTuple):
    """A text without markup, how much there was, and where the first of it stood."""

    text: str
    tags: int
    references: int
    start: int


def unwrap(text: str) -> Unwrapped | None:
    """Return a text without its markup, or None if it has none.

    >>> unwrap("H<sub>2</sub>O, p<0.05, a &lt; b<br>c")
    Unwrapped(text='H2O, p<0.05, a < b\\nc', tags=3, references=1, start=1)
    """
    tags = _tags_of(text) if may_hold_tags(text) else []
    pieces = []
    at = 0
    for tag in tags:
        pieces += [text[at : tag.start()], "\n" if tag[2].lower() in _BLOCKS else ""]
        at = tag.end()
    plain = "".join([*pieces, text[at:]])
    plain, references = _decoded(plain) if "&" in plain else (plain, [])
    if not tags and not references:
        return None
    start = tags[0].start() if tags else references[0]
    return Unwrapped(plain, len(tags), len(references), start)


def may_hold_tags(text: str) -> bool:
    """Tell whether a "<" stands before a letter, "/", "!" or "?", faster than a pattern would.

    >>> may_hold_tags("p<0.05"), may_hold_tags("a<b")
    (False, True)
    """
    at = text.find("<")
    while at >= 0:
        after = text[at + 1 : at + 2]
        if after.isalpha() or after in _AFTER_OPEN:
            return True
        at = text.find("<", at + 1)
    return False


def _tags_of(text: str) -> list[re.Match[str]]:
    """Return the tags that count, in order."""
    found = [tag for tag in _TAG.finditer(text) if _is_known(tag[2].lower())]
    open_at: dict[str, list[int]] = {}
    paired: set[int] = set()
    names: set[str] = set()
    for at, tag in enumerate(found):
        name = tag[2].lower()
        is_end = bool(tag[1])
        if name in _VOID or (not is_end and tag[0].endswith("/>")):
            paired.add(at)
        elif not is_end:
            open_at.setdefault(name, []).append(at)
        elif open_at.get(name):
            paired |= {open_at[name].pop(), at}
            names.add(name)
    loose = names & _END_LEFT_OUT
    return [tag for at, tag in enumerate(found) if at in paired or tag[2].lower() in loose]


def _is_known(name: str) -> bool:
    return name in _INLINE or name in _BLOCKS or name.startswith("jats:")


def _decoded(text: str) -> tuple[str, list[int]]:
    """Return a text with its references decoded, and where they stood."""
    from html import unescape

    places = []

    def decode(found: re.Match[str]) -> str:
        characters = unescape(found[0])
        if characters != found[0]:
            places.append(found.start())
        return characters

    return _REFERENCE.sub(decode, text), places
