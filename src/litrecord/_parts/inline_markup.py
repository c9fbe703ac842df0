"""Markup inside an abstract: tags are removed, character references decoded, formulas kept once.

Grammar::

    tag       = "<" name *attribute *space [ "/" ] ">" / "</" name *space ">"      ; _TOKEN
    name      = [ prefix ":" ] ( an element of HTML, JATS or MathML that holds text ) ; any case
              / ( "jats:" / "mml:" ) any
    attribute = 1*space word "=" ( quoted / unquoted )
    cdata     = "<![CDATA[" text [ "]]>" ]
    reference = "&" ( "#" digits / "#x" hex-digits / word ) ";"                    ; _REFERENCE

A tag is removed if it has its partner, so ``p<0.05``, ``a<b and c>d`` and ``x<i>y`` stay. One "p"
or "li" with a partner is enough for all; "br", "hr" and tags with the prefixes above need none. The
tag of a block ends a line. A character reference is one of HTML (Living Standard, 13.5) with its
semicolon. If decoding them gives such tags, those are removed too, up to twice. Text that still
looks like a tag is reported: `_add_left`. For formulas see `_parts.formulas`.
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
"""Prefixes that do not occur in text by chance."""
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
"""The same, and the end of a section: a pattern with one first character is faster."""
# No possessive group: it has a bug in Python before 3.11.5. A plain group keeps a backtracking
# state for each repeat, so at most a hundred attributes are read at once.
_ATTRIBUTES = re.compile(
    r"""(?:\s++[A-Za-z_:][A-Za-z0-9_:.-]*+\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=]++)){1,100}"""
)
_LONE, _PAIRED, _NO_TAG = range(3)
_REFERENCE = re.compile(f"{REFERENCE};")


class Unwrapped(NamedTuple):
    """A text without markup, counts of the removed markup, and the offset of the first of it."""

    text: str
    tags: int
    references: int
    start: int
    repeated: int
    """The number of formulas that had two forms."""
    left: int
    """The number of texts that still look like a tag."""
    first_left: str
    left_at: int
    """The offset of the first such text, or of its first character reference."""


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
            # Escaped twice: only escaped tags show that, and nothing else is decoded.
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
    """Add the counts of a text that was decoded; return that text."""
    met.tags += escaped.tags
    met.repeated += escaped.repeated
    met.left, met.first_left = escaped.left, escaped.first_left
    return text


def left_in(found: Unwrapped) -> str:
    """Return the message about text that still looks like a tag."""
    others = f" and {found.left - 1} more" if found.left > 1 else ""
    return f"left in the text, although it may be markup: {found.first_left!r:.60}{others}"


def may_hold_tags(text: str) -> bool:
    """Return whether a letter, "/", "!" or "?" follows a "<"; faster than a pattern.

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
    """Counts of a text: removed tags, formulas in two forms, and possible tags."""

    def __init__(self) -> None:
        self.tags = 0
        self.start = -1
        self.repeated = 0
        self.left = 0
        self.first_left = ""
        self.left_at = -1


def _without_tags(text: str) -> tuple[str, _Met]:
    """Return a text without tags, and with one form of each formula."""
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
    # Pages may be hostile: only this is kept of each tag, and where it is open.
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
    """Return the name of a tag with its prefix, or another token unchanged."""
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
    """Count a token that is kept, unless it is more likely mathematics or a word in brackets."""
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
    """Return whether the rest of a tag behind its name is attributes, and at most a "/"."""
    if text is None:
        return True
    at = 0
    while found := _ATTRIBUTES.match(text, at):
        at = found.end()
    return text[at:].lstrip() in _ENDS_OF_TAG


def _decoded(text: str) -> tuple[str, int, int]:
    """Return a text with character references decoded, their number, and the first one's offset."""
    from html import unescape

    starts: list[int] = []

    def decode(found: re.Match[str]) -> str:
        characters = unescape(found[0])
        if characters != found[0]:
            starts.append(found.start())
        return characters

    return _REFERENCE.sub(decode, text), len(starts), starts[0] if starts else -1
