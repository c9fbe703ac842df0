"""Conversion of Markdown to page text: removes the marks of blocks and paragraphs.

Grammar of the lines after CommonMark 0.31 and the tables of GitHub::

    heading    = 1*6"#" space text [ space *"#" ] / text line-end underline
    underline  = 2*"-" / 2*"="                 ; nothing is read of it, nor of a break: "* * *"
    item       = ( "*" / "-" / "+" ) space text
    quote      = ">" space text
    fence      = 3*( "`" / "~" ) *character    ; its lines are kept as they are
    definition = "[" name "]:" address         ; nothing is read of it
    menu       = item of a link within the site, alone      ; nothing is read of it
    row        = *( text "|" )                 ; its lexer reads it, without the marks

Script elements are kept without their indentation.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import NamedTuple

from litrecord._characters import lines_of
from litrecord._dress.edits import Edit, Undressed, undressed
from litrecord._dress.inline_marks import ESCAPE, LINK, inline_edits
from litrecord._dress.wrapping import wrapped_ends
from litrecord._scripts.scanner import Script, find_scripts
from litrecord._vocabularies.indicators import is_rule

_FENCE = re.compile(r"\s*+(?:```|~~~)")
_DEFINITION = re.compile(r"\s*+\[([^\[\]]++)\]:\s++\S++(?:\s++[\"'(].*)?\Z")
_MENU = re.compile(r"\s*+(?:[*+-]\s++)?\[[^\[\]]*+\]\(<?[/#?][^()\s]*+\)\s*+\Z")
SITE_TITLE = re.compile(r"[^|\r\n]*\| OpenAIRE \\?\| Explore[ \t]*+$", re.M)
_START = re.compile(r"[ \t]*+(?:(?:#{1,6}|[>*+-])[ \t]++)+")
_BREAK = re.compile(r"(?<!\\)\\\s*+\Z")
_NBSP = re.compile(r"&nbsp;|&#160;|&#xa0;", re.I)
_BR = re.compile(r"<br\s*+/?>", re.I)
_INDENT = re.compile(r"(?<=[\r\n])(?: {1,4}|\t)")
_SCRIPT = "<script"
_NO_TEXT = "-=_*+ \t"
_LEAST_NO_TEXT = 2
_ALWAYS_ESCAPED = "*_"
_QUOTES = "'\"\\"
"""The characters that scripts escape themselves."""
_NEVER_ESCAPED = ";:,/?%"
"""The characters that TeX escapes and no tool does."""


class _Line(NamedTuple):
    start: int
    after: int
    """The offset of the next line."""
    text: str
    goes_on: bool
    """Whether a paragraph may go on in it."""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_markdown(text: str) -> Undressed:
    r"""Return a text without the marks of Markdown.

    >>> read_markdown("## Abstract\n\nSalt *dries*, p\\<0.05.\n").text
    'Abstract\n\nSalt dries, p<0.05.\n'
    """
    edits: list[Edit] = []
    scripts = find_scripts(_with_scripts_on_one_line(text, edits))
    lines = list(_lines_outside(scripts, text, edits))
    names = {found[1].lower() for line in lines if (found := _DEFINITION.match(line.text))}
    prose = list(_without_block_marks(lines, edits))
    escaped = _escaped_in([line.text for line in prose])
    for script in scripts:
        edits += _escapes_in_script(text, script, escaped)
    joins = wrapped_ends([(line.text, line.goes_on) for line in prose])
    first = 0
    for at, line in enumerate(prose):
        if at in joins:
            after = prose[at + 1]
            indent = len(after.text) - len(after.text.lstrip())
            edits.append((line.end, after.start + indent, joins[at]))
            continue
        hard_break = _BREAK.search(line.text) if at + 1 < len(prose) else None
        if hard_break:
            edits.append((line.start + hard_break.start(), line.end, ""))
        start = prose[first].start
        has_cells = "|" in ESCAPE.sub("", text[start : line.end])
        edits += inline_edits(text, start, line.end, names, escaped + "|" * (not has_cells))
        first = at + 1
    return undressed(text, edits)


def _with_scripts_on_one_line(text: str, edits: list[Edit]) -> str:
    """Return a text with spaces for the line ends of a script that was wrapped as a paragraph."""
    is_script = False
    shown = []
    for line, start, after in lines_of(text, 0, len(text)):
        is_opening = line.lstrip()[: len(_SCRIPT)].lower() == _SCRIPT and "<!-- " in line
        is_script = (is_script or is_opening) and not _is_blank(line)
        ending = text[start + len(line) : after]
        if is_script:
            edits.append((after - len(ending), after, " " * len(ending)))
            ending = " " * len(ending)
        shown += [line, ending]
    return "".join(shown)


def _lines_outside(scripts: list[Script], text: str, edits: list[Edit]) -> Iterator[_Line]:
    """Yield the lines outside scripts, and remove the indentation of scripts."""
    at = 0
    for script in [*scripts, None]:
        end = len(text) if script is None else script.start
        for line, start, after in lines_of(text, at, end):
            yield _Line(start, after, line, True)
        if script is not None:
            indents = _INDENT.finditer(text, script.start, script.end)
            edits += [(found.start(), found.end(), "") for found in indents]
            at = script.end


def _escapes_in_script(text: str, script: Script, escaped: str) -> Iterator[Edit]:
    """Yield the edits of a script that was escaped because it was printed as a paragraph."""
    if "\\_" in text[script.start : script.end]:
        for found in ESCAPE.finditer(text, script.start, script.end):
            if found[1] in escaped and found[1] not in _QUOTES:
                yield found.start(), found.start() + 1, ""


def _without_block_marks(lines: list[_Line], edits: list[Edit]) -> Iterator[_Line]:
    """Yield lines without the marks of blocks, and without lines that have no text."""
    is_fenced = False
    is_first = True
    for line in lines:
        is_fence = _FENCE.match(line.text) is not None
        is_fenced ^= is_fence
        is_site = is_first and SITE_TITLE.match(line.text) is not None
        is_first = is_first and _is_blank(line.text)
        if is_fence or is_site or _has_no_text(line.text):
            edits.append((line.start, line.after, ""))
            yield _Line(line.after, line.after, "", False)
        elif is_fenced or is_rule(line.text):
            yield _Line(line.after, line.after, "", False)
        else:
            yield _block(line, edits)


def _is_blank(text: str) -> bool:
    return not text.strip()


def _has_no_text(line: str) -> bool:
    if len(line) >= _LEAST_NO_TEXT and not line.strip(_NO_TEXT):
        return bool(line.strip())
    return _DEFINITION.match(line) is not None or _MENU.match(line) is not None


def _block(line: _Line, edits: list[Edit]) -> _Line:
    start, after, text, _ = line
    mark = _START.match(text)
    at = mark.end() if mark else 0
    bare = text.rstrip().rstrip("#")
    is_closed = "#" in text[:at] and _is_blank(bare[-1:])
    end = max(at, len(bare.rstrip())) if is_closed else len(text)
    edits += [(start, start + at, ""), (start + end, start + len(text), "")]
    edits += [(start + f.start(), start + f.end(), "\xa0") for f in _NBSP.finditer(text)]
    if "|" in text:
        edits += [(start + f.start(), start + f.end(), " ") for f in _BR.finditer(text)]
    return _Line(start + at, after, text[at:end], not at)


def _escaped_in(lines: list[str]) -> str:
    """Return the characters that a text escapes each time."""
    prose = LINK.sub("", "\n".join(lines))
    bare = ESCAPE.sub("", prose)
    return _ALWAYS_ESCAPED + "".join(
        sign for sign in string.punctuation if sign not in _NEVER_ESCAPED and sign not in bare
    )
