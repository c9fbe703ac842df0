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

from litrecord._vocabularies.elements import BLOCKS, REFERENCE

_BLOCKS = BLOCKS | {"br", "td", "th", "tr", "jats:disp-quote"}
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i"),
        *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub"),
        *("sup", "tt", "u", "var"),
    }
)
_AFTER_OPEN = frozenset("/!?")
_ENDS_OF_TAG = frozenset({"", "/"})
_VOID = frozenset({"br", "hr"})
_END_LEFT_OUT = frozenset({"li", "p"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,10}|jats:[A-Za-z-]{1,30})(?:\s*+/?>|(\s[^<>]*+)>)")
# No possessive group: Python before 3.11.5 gets those wrong. A plain one keeps a place to go back
# to each time around, so no more than a hundred attributes are read at once.
_ATTRIBUTES = re.compile(
    r"""(?:\s++[A-Za-z_:][A-Za-z0-9_:.-]*+\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=]++)){1,100}"""
)
_LONE, _PAIRED, _NO_TAG = range(3)
_REFERENCE = re.compile(f"{REFERENCE};")


class Unwrapped(NamedTuple):
    """A text without markup, how much there was, and where the first of it stood."""

    text: str
    tags: int
    references: int
    start: int


class _Met:
    """How many tags or references were met, and where the first stood."""

    count = 0
    start = -1

    def add(self, found: re.Match[str]) -> None:
        if not self.count:
            self.start = found.start()
        self.count += 1


_NONE = _Met()


def unwrap(text: str) -> Unwrapped | None:
    """Return a text without its markup, or None if it has none.

    >>> unwrap("H<sub>2</sub>O, p<0.05, a &lt; b<br>c")
    Unwrapped(text='H2O, p<0.05, a < b\\nc', tags=3, references=1, start=1)
    """
    plain, tags = _without_tags(text) if may_hold_tags(text) else (text, _NONE)
    plain, references = _decoded(plain) if "&" in plain else (plain, _NONE)
    if not tags.count and not references.count:
        return None
    start = tags.start if tags.count else references.start
    return Unwrapped(plain, tags.count, references.count, start)


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


def _without_tags(text: str) -> tuple[str, _Met]:
    """Return a text without the tags that count, and those."""
    found, loose = _pairs_of(text)
    if _PAIRED not in found:
        return text, _NONE
    are_left = iter(found)
    met = _Met()

    def shown(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        what = next(are_left)
        if what != _PAIRED and (what == _NO_TAG or name not in loose):
            return tag[0]
        met.add(tag)
        return "\n" if name in _BLOCKS else ""

    return _TAG.sub(shown, text), met


def _pairs_of(text: str) -> tuple[bytearray, set[str]]:
    """Return for each match whether it is a tag with its partner, and the names that need none."""
    # Pages are hostile: of each tag no more is kept than this, and where it is open.
    pairs = bytearray()
    open_at: dict[str, list[int]] = {}
    loose: set[str] = set()
    for at, tag in enumerate(_TAG.finditer(text)):
        name = tag[2].lower()
        if not _is_known(name) or not _holds_attributes(tag[3]):
            pairs.append(_NO_TAG)
            continue
        pairs.append(_LONE)
        is_end = bool(tag[1])
        if name in _VOID or (not is_end and tag[0].endswith("/>")):
            pairs[at] = _PAIRED
        elif not is_end:
            open_at.setdefault(name, []).append(at)
        elif open_at.get(name):
            pairs[at] = pairs[open_at[name].pop()] = _PAIRED
            loose |= {name} & _END_LEFT_OUT
    return pairs, loose


def _holds_attributes(text: str | None) -> bool:
    """Tell whether what stands behind the name in a tag is attributes, and at most a "/"."""
    if text is None:
        return True
    at = 0
    while found := _ATTRIBUTES.match(text, at):
        at = found.end()
    return text[at:].lstrip() in _ENDS_OF_TAG


def _is_known(name: str) -> bool:
    return name in _INLINE or name in _BLOCKS or name.startswith("jats:")


def _decoded(text: str) -> tuple[str, _Met]:
    """Return a text with its references decoded, and those."""
    from html import unescape

    met = _Met()

    def decode(found: re.Match[str]) -> str:
        characters = unescape(found[0])
        if characters != found[0]:
            met.add(found)
        return characters

    return _REFERENCE.sub(decode, text), met
