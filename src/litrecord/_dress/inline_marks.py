r"""Marks of Markdown within a paragraph: links, emphasis, code, escapes.

Grammar after CommonMark 0.31, as html2text, markdownify, pandoc and others write it::

    link     = "[" text "]" "(" target [ title ] ")" / "[" text "]" "[" name "]"  ; of a known name
    image    = "!" link                                                    ; nothing is read of it
    autolink = "<" address ">"
    target   = address / "/" *character / "#" *character / "<" *character ">"
    code     = "`" *character "`"
    emphasis = mark *character mark         ; one to three "*" or "_", outside words
    escape   = "\" punctuation              ; of characters that the text always escapes

A tool that escapes a bracket escapes each, so a bare one shows that "\(" is TeX. "\*" and
"\_" are always escapes, and so is a sign that would begin a list or a heading.
"""

from __future__ import annotations

import re

from litrecord._dress.edits import Edit

ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)`([^`]++)`(?!`)")
_TARGET = (
    r"(?:<[^<>\n]*+>|(?:[a-z][a-z0-9+.-]{1,20}:|[/#.?]|www\.)[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*)"
)
LINK = re.compile(
    rf"""(!?)\[([^\[\]]*+)\]\(\s*+{_TARGET}(?:\s++(?:"[^"]*+"|'[^']*+'))?\s*+\)""", re.I
)
_REFERENCE = re.compile(r"(!?)\[([^\[\]]*+)\]\[([^\[\]]*+)\]")
_AUTOLINK = re.compile(r"(<)((?:https?://|mailto:)[^<>\s]++)>", re.I)
_EMPHASIS = [
    re.compile(rf"(?<![\w{sign}])({mark})(?![\s{sign}])([^{sign}]++)(?<!\s){mark}(?![\w{sign}])")
    for sign in "*_"
    for mark in (re.escape(sign * width) for width in (3, 2, 1))
]
_BEGINS_BLOCK = re.compile(r"\A(\s*+[0-9]{0,9})\\[-+.#>)=]")
_BEHIND_BACKSLASH = frozenset("\\`*_{}[]()#+-.!")
_MASK = "\x00"
_MOST_NESTED = 3


class _Paragraph:
    """A paragraph in which found marks are masked, and the edits so far."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.shown = text[start:end]
        self.start = start
        self.edits: list[Edit] = []

    def drop(self, found: re.Match[str], *stretches: tuple[int, int]) -> str:
        """Drop ranges of a match; return the match with a mask for each."""
        at = found.start()
        pieces = []
        for first, last in stretches:
            self.edits.append((self.start + first, self.start + last, ""))
            pieces += [found.string[at:first], _MASK * (last - first)]
            at = last
        return "".join([*pieces, found.string[at : found.end()]])

    def escape(self, found: re.Match[str]) -> str:
        self.drop(found, (found.start(), found.start() + 1))
        return _MASK * 2

    def begin(self, found: re.Match[str]) -> str:
        """Drop the escape of a sign that would begin a list or a heading."""
        at = found.end(1)
        return f"{self.drop(found, (at, at + 1))[:-1]}{_MASK}"

    def code(self, found: re.Match[str]) -> str:
        self.drop(found, (found.start(), found.start() + 1), (found.end() - 1, found.end()))
        return _MASK * len(found[0])

    def link(self, found: re.Match[str]) -> str:
        if found[1] or not found[2].strip(_MASK + " "):
            return self.drop(found, found.span())
        return self.drop(found, (found.start(), found.start(2)), (found.end(2), found.end()))

    def around(self, found: re.Match[str]) -> str:
        """Drop the marks around the text of a link or of emphasis."""
        return self.drop(found, (found.start(), found.start(2)), (found.end(2), found.end()))


def _is_escape_there(mark: re.Match[str]) -> bool:
    """Return whether a sign is escaped because of its place: "14\\.", " \\- ", "\\\\("."""
    before = mark.string[max(mark.start() - 1, 0) : mark.start()]
    after = mark.string[mark.end() : mark.end() + 1]
    if mark[1] in "-+":
        return not before.strip() and not after.strip()
    if mark[1] == "\\":
        return after in _BEHIND_BACKSLASH
    return mark[1] in ".)" and before.isdigit()


def inline_edits(text: str, start: int, end: int, names: set[str], escaped: str) -> list[Edit]:
    r"""Return the edits that remove the marks of a paragraph.

    names are the names of links that the text defines; escaped are the characters that it escapes.

    >>> inline_edits(r"a **b** \_c", 0, 11, set(), "_")
    [(8, 9, ''), (2, 4, ''), (5, 7, '')]
    """
    found = _Paragraph(text, start, end)

    def escape(mark: re.Match[str]) -> str:
        is_escape = mark[1] in escaped or _is_escape_there(mark)
        return found.escape(mark) if is_escape else _MASK * 2

    def reference(mark: re.Match[str]) -> str:
        return found.link(mark) if (mark[3] or mark[2]).lower() in names else mark[0]

    found.shown = _BEGINS_BLOCK.sub(found.begin, found.shown)
    for pattern, take in (
        (ESCAPE, escape), (_CODE, found.code), (LINK, found.link), (_REFERENCE, reference),
        (_AUTOLINK, found.around), *((mark, found.around) for mark in _EMPHASIS * _MOST_NESTED),
    ):  # fmt: skip
        found.shown = pattern.sub(take, found.shown)
    return found.edits
