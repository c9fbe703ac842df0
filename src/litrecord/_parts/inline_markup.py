"""Markup inside an abstract: known elements are unwrapped, references decoded, formulas read once.

Grammar::

    tag       = "<" name *attribute *blank [ "/" ] ">" / "</" name *blank ">"      ; _TOKEN
    name      = [ prefix ":" ] ( an element of HTML, JATS or MathML that holds text ) ; any case
              / ( "jats:" / "mml:" ) any
    attribute = 1*blank word "=" ( quoted / unquoted )
    cdata     = "<![CDATA[" text [ "]]>" ]
    reference = "&" ( "#" digits / "#x" hex-digits / word ) ";"                    ; _REFERENCE

A tag counts if it has its partner (a "p" or "li" if any of them has; "br", "hr" and those with the
prefixes above need none), so that ``p<0.05``, ``a<b and c>d`` and ``x<i>y`` stay. The tag of a
block ends a line, and any other joins. A reference is one of HTML's (Living Standard, 13.5), with
its semicolon. References that make tags which count are decoded, and those tags unwrapped, up to
twice. What still looks like a tag is told: `_add_left`. Of a formula, see `_parts.formulas`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from litrecord._parts.formulas import BLOCK, MARKS, keep_one_form
from litrecord._vocabularies.elements import BLOCKS, JATS_BLOCKS, JATS_INLINE, MATHML, REFERENCE

_BLOCKS = BLOCKS | JATS_BLOCKS | {"break", "br", "td", "th", "tr"}
_INLINE = (JATS_INLINE | MATHML | {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
    "var",
})  # fmt: skip
_SURE = frozenset({"jats", "mml"})
"""Prefixes that no text has by chance."""
_AFTER_OPEN = frozenset("/!?")
_ENDS_OF_TAG = frozenset({"", "/"})
_VOID = frozenset({"br", "hr"})
_END_LEFT_OUT = frozenset({"li", "p"})
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_TOKEN = re.compile(
    r"<(?:(/?)(?:([A-Za-z][A-Za-z0-9]{0,10}):)?([A-Za-z][A-Za-z0-9-]{0,30})(?:\s*+/?>|(\s[^<>]*+)>)"
    r"|!\[CDATA\[|!--|!\[)"
)
_TOKEN_OF_CDATA = re.compile(rf"{_TOKEN.pattern}|\]\]>")
"""The same, and the end of a section: what begins with one character only is found faster."""
# No possessive group: Python before 3.11.5 gets those wrong. A plain one keeps a place to go back
# to each time around, so no more than a hundred attributes are read at once.
_ATTRIBUTES = re.compile(
    r"""(?:\s++[A-Za-z_:][A-Za-z0-9_:.-]*+\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=]++)){1,100}"""
)
_LONE, _PAIRED, _NO_TAG = range(3)
_REFERENCE = re.compile(f"{REFERENCE};")


class Unwrapped(NamedTuple):
    """A text without markup, how much there was of what, and where the first of it stood."""

    text: str
    tags: int
    references: int
    start: int
    repeated: int
    """How many formulas were given twice, of which one form was left out."""
    left: int
    """How much still looks like a tag."""
    first_left: str
    left_at: int
    """Where the first of that stood, or the first reference if it is made of some."""


def unwrap(text: str) -> Unwrapped:
    """Return a text without its markup.

    >>> unwrap("H<sub>2</sub>O, p<0.05, a &lt; b<br>c")[:4]
    ('H2O, p<0.05, a < b\\nc', 3, 1, 1)
    """
    plain, met = _without_tags(text)
    references = 0
    if "&" in plain:
        plain, references, start = _decoded(plain)
        met.start = met.start if met.tags else start
        if references:
            plain = _add(met, *_without_tags(plain))
            # Escaped twice: only what tags are made of tells that, and nothing else is decoded.
            more, count, _ = _decoded(plain)
            without, escaped = _without_tags(more)
            if escaped.tags:
                references += count
                plain = _add(met, without, escaped)
    return Unwrapped(
        plain, met.tags, references, met.start, met.repeated,
        met.left, met.first_left, met.left_at if met.left_at >= 0 else met.start,
    )  # fmt: skip


def _add(met: _Met, text: str, escaped: _Met) -> str:
    """Add what was met once a text was decoded; return that text."""
    met.tags += escaped.tags
    met.repeated += escaped.repeated
    met.left, met.first_left = escaped.left, escaped.first_left
    return text


def left_in(found: Unwrapped) -> str:
    """Say what of a text still looks like a tag."""
    others = f" and {found.left - 1} more" if found.left > 1 else ""
    return f"left in the text, although it may be markup: {found.first_left!r:.60}{others}"


def may_hold_tags(text: str) -> bool:
    """Return whether a "<" stands before a letter, "/", "!" or "?", faster than a pattern would.

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


class _Met:
    """What was met in a text: tags that count, formulas given twice, and what may be tags."""

    def __init__(self) -> None:
        self.tags = 0
        self.start = -1
        self.repeated = 0
        self.left = 0
        self.first_left = ""
        self.left_at = -1


def _without_tags(text: str) -> tuple[str, _Met]:
    """Return a text without the tags that count, and with one form of each formula."""
    met = _Met()
    if not may_hold_tags(text):
        return text, met
    tokens = _TOKEN_OF_CDATA if _CDATA in text else _TOKEN
    pairs, loose = _pairs_of(tokens.finditer(text))
    if not pairs:
        return text, met
    parts: list[str] = []
    at = maths = 0
    has_marks = False
    for token, what in zip(tokens.finditer(text), pairs, strict=True):
        gap = text[at : token.start()]
        parts.append(gap if not maths else "" if gap.isspace() else gap.replace("\n", " "))
        at = token.end()
        if what != _PAIRED and (what == _NO_TAG or _full_name(token) not in loose):
            parts.append(token[0])
            _add_left(met, token)
            continue
        met.start = met.start if met.tags else token.start()
        met.tags += 1
        name = (token[3] or "").lower()
        if name in MARKS and what == _PAIRED and not token[0].endswith("/>"):
            has_marks = True
            parts.append(MARKS[name][bool(token[1])])
            maths += -1 if token[1] else 1
        elif name in _BLOCKS:
            parts.append(BLOCK)
    parts.append(text[at:])
    if not has_marks:
        return "".join(parts), met
    plain, met.repeated = keep_one_form(parts)
    return plain, met


def _pairs_of(tokens: Iterator[re.Match[str]]) -> tuple[bytearray, set[str]]:
    """Return for each token whether it is a tag with its partner, and the names that need none."""
    # Pages are hostile: of each tag no more is kept than this, and where it is open.
    pairs = bytearray()
    open_at: dict[str, list[int]] = {}
    loose: set[str] = set()
    for at, token in enumerate(tokens):
        name = _full_name(token)
        if not _is_known(token):
            pairs.append(_NO_TAG)
            continue
        pairs.append(_LONE)
        is_end = bool(token[1]) or name == _CDATA_END
        if name in _VOID or (not is_end and token[0].endswith("/>")):
            pairs[at] = _PAIRED
        elif not is_end:
            open_at.setdefault(name.replace(_CDATA, _CDATA_END), []).append(at)
        elif open_at.get(name):
            pairs[at] = pairs[open_at[name].pop()] = _PAIRED
            loose |= {name} & _END_LEFT_OUT
        if name == _CDATA or token[2] in _SURE:
            loose.add(name)
    return pairs, loose


def _full_name(token: re.Match[str]) -> str:
    """Return the name of a tag, with its prefix, or another token as it is."""
    if token[3] is None:
        return token[0]
    return f"{token[2]}:{token[3]}".lower() if token[2] else token[3].lower()


def _is_known(token: re.Match[str]) -> bool:
    if token[3] is None:
        return token[0] in (_CDATA, _CDATA_END)
    if not _holds_attributes(token[4]):
        return False
    name = token[3].lower()
    return name in _INLINE or name in _BLOCKS or (token[2] or "").lower() in _SURE


def _add_left(met: _Met, token: re.Match[str]) -> None:
    """Count a token that stays, unless it is more likely mathematics or a word in brackets."""
    if token[3] is None:
        is_tag = token[0] != _CDATA_END
    elif not _holds_attributes(token[4]):
        is_tag = False
    elif token[1] or token[2] or token[4] or token[0].endswith("/>"):
        is_tag = True
    else:
        is_glued = token.string[max(token.start() - 1, 0) : token.start()].isalnum()
        is_tag = _is_known(token) and not (is_glued and len(token[3]) == 1)
    if is_tag:
        if not met.left:
            met.first_left, met.left_at = token[0], token.start()
        met.left += 1


def _holds_attributes(text: str | None) -> bool:
    """Return whether what stands behind the name in a tag is attributes, and at most a "/"."""
    if text is None:
        return True
    at = 0
    while found := _ATTRIBUTES.match(text, at):
        at = found.end()
    return text[at:].lstrip() in _ENDS_OF_TAG


def _decoded(text: str) -> tuple[str, int, int]:
    """Return a text with its references decoded, how many those are, and where the first stood."""
    from html import unescape

    starts: list[int] = []

    def decode(found: re.Match[str]) -> str:
        characters = unescape(found[0])
        if characters != found[0]:
            starts.append(found.start())
        return characters

    return _REFERENCE.sub(decode, text), len(starts), starts[0] if starts else -1
