"""Builder of the text form of a page: its lines, and their annotations.

Grammar of the added parts, in order::

    text-form = line *( LF line )
    line      = inline *inline       ; up to a break; spaces joined as a browser shows them
              / raw-line             ; as it is
              / "| " first " | " second " | |"              ; a table row: add_row
    annotation = kind, of whole lines

A visible widget keeps its line ends, although a browser would show them as spaces.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from itertools import accumulate
from typing import Any, NamedTuple

from litrecord._cache import remember
from litrecord._characters import plain_spaces, unify_line_ends
from litrecord._html.attributes import Attributes, written
from litrecord._html.microdata import Property
from litrecord._parts.formulas import keep_one_form
from litrecord._scripts.scanner import OPEN, find_scripts, first_script
from litrecord._sections import SectionKind
from litrecord._text.annotations import Annotation
from litrecord._text.lexer import are_headings, row_value
from litrecord._vocabularies.indicators import is_known_label, split_cell

BREAK = "\x1e"
"""Separates lines that are not flushed yet. In a page, only "&#30;" gives it: a line end."""

CELL = "\x00"
"""Marks the text of a table cell. It does not occur in the text of a page."""

_LAYOUT = -1
"""Marks an open row that is layout, instead of its offset."""

# Pages repeat few distinct rows, so most of them are in this cache, by their text.
_ROWS_SEEN: dict[str, str] = {}
_LONGEST_SEEN = 1024
_MOST_SEEN = 4096

_MOST_PARTS_OF_HEADING = 256
"""The most parts of one heading: the text of nested headings is read again for each."""

# The rest of the portal's widget that html.parser and libxml2 before 2.14 leave as text.
# No two repeats match the same space: the time would grow with the cube of the spaces.
_LEAK = re.compile(rf"""{BREAK}(\s*['"]\s*\)\s*(?:;\s*)?-->[ \t]*\n?)""")
_SHOWN = (("\n", " "), ("\t", " "), ("\r", " "), ("\f", " "), (CELL, BREAK))


class Lines(NamedTuple):
    """A range of lines of the text form."""

    start: int
    end: int


class RenderedPage(NamedTuple):
    """A page in text form, and the data from its markup."""

    text: str
    annotations: tuple[Annotation, ...]
    article: tuple[int, int] | None
    """The offsets of litrecord's own article in the text, if the page has one."""
    left_out: Counter[str]
    """The number of elements with text that were left out, by kind."""
    json_ld: list[str]
    metas: list[tuple[str, str]]
    is_mended: bool
    """Whether a widget that a parser broke was put together."""
    replaced: str
    """The first character that became U+FFFD, or ""."""
    headings: list[str]
    """The lines that have a heading element."""
    addresses: list[tuple[str, str]]
    """The addresses of the page found in it, with their sources; the best first."""


class TextForm:
    """The finished lines, and in parts the text that is not finished."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines: list[str] = []
        self.headings: list[str] = []
        self._annotations: list[tuple[int, int, Any]] = []
        self.is_raw = False
        """Whether the line ends of the text are kept."""
        self.has_own_annotations = False
        """Whether only fields of litrecord's own markup get annotations."""
        self.is_head = False
        """Whether rows are in the head of a table."""
        self.heading_cells = 0
        """The number of heading cells of the innermost row."""
        self.is_mended = False
        """Whether a widget was put together from its rest."""
        self.has_formulas = False
        """Whether the parts may contain marks of formulas."""
        self.repeated = 0
        """The number of formulas that had two forms."""
        self._broken = ""
        self._rows: list[int] = []
        """The index in the parts at which each open row begins."""

    def flush(self) -> None:
        """Finish the lines of the text so far; open rows are layout."""
        if not self.parts:
            return
        joined = self.take_parts()
        if self._rows:
            self._rows = [_LAYOUT] * len(self._rows)
        if self._broken:
            joined = self._mend(joined)
        if self.is_raw:
            joined = joined.replace(CELL, "\n").replace(BREAK, "\n")
            self.lines += unify_line_ends(joined).split("\n")
        else:
            self.lines += _lines_around_widgets(joined)

    def add_widget(self, attributes: Attributes, text: str) -> None:
        """Add a widget of a tree; if its parser ended it too early, the rest may follow as text."""
        self.flush()
        shown = "".join(f" {name}{written(value)}" for name, value in attributes.items())
        markup = unify_line_ends(f"<script{shown}>{text}</script>")
        script = first_script(markup)
        if script is not None and script.is_closed and script.end == len(markup):
            self.lines += markup.split("\n")
            return
        self._broken = markup
        self.is_mended = True
        self.parts.append(BREAK)

    def _mend(self, joined: str) -> str:
        """Finish the broken widget with its leaked rest; return the text behind that."""
        leak = _LEAK.match(joined)
        whole = f"{self._broken}{leak.group(1)}</script>" if leak else self._broken
        self._broken = ""
        self.lines += whole.split("\n")
        return joined[leak.end() :] if leak else joined

    def add_lines(self, text: str) -> None:
        """Add lines unchanged."""
        self.flush()
        self.lines += text.split("\n")

    def add_properties(self, properties: list[Property]) -> None:
        """Add lines whose kinds are given by markup."""
        self.flush()
        for kind, text, read in properties:
            start = len(self.lines)
            self.lines += text.split("\n")
            self._annotations.append((start, len(self.lines), (kind, read)))

    def take_parts(self, start: int = 0) -> str:
        """Remove the text since a part, and return it."""
        if self.has_formulas:
            text, count = keep_one_form(self.parts[start:])
            self.repeated += count
        else:
            text = "".join(self.parts[start:])
        del self.parts[start:]
        return text

    def end_heading(self, start: int) -> None:
        """End a heading that began at a part; several lines are not a heading."""
        if len(self.parts) - start > _MOST_PARTS_OF_HEADING:
            return
        text, _ = keep_one_form(self.parts[start:])
        lines = _lines_shown(text)
        self.headings += lines if len(lines) == 1 else []

    def begin_table(self) -> None:
        """Make the open row layout, if there is one: records contain no tables."""
        self.parts.append(BREAK)
        if self._rows:
            self._rows[-1] = _LAYOUT

    def begin_row(self) -> None:
        self.begin_table()
        self._rows.append(len(self.parts))
        self.heading_cells = 0

    def end_row(self) -> None:
        """Make a pipe row of the open row, unless it is layout."""
        start = self._rows.pop() if self._rows else _LAYOUT
        if start != _LAYOUT:
            text = self.take_parts(start)
            is_head = self.is_head or 0 < self.heading_cells == text.count(CELL)
            line = None if is_head else _ROWS_SEEN.get(text)
            if line is not None:
                self.parts.append(line)
            else:
                self._add_row(text, is_head)
        self.parts.append(BREAK)

    def _add_row(self, text: str, is_head: bool) -> None:
        filled = [lines for lines in map(_cell_lines, text.split(CELL)) if lines]
        # There may be an icon before the label, as the text of its name.
        if len(filled) > 2 and not _has_label(filled[0]) and _has_label(filled[1]):
            filled = [*filled[1:], filled[0]]
        if is_head and not self.has_own_annotations and are_headings(map(" ".join, filled)):
            line = f"| {' | '.join(map(' '.join, filled))} | |"
            self.add_properties([(SectionKind.NOTICE, line, None)])
            return
        if len(filled) < 2 or len(filled[1]) > 1:
            self.parts.append(text)
            return
        first, printed = " ".join(filled[0]), filled[1][0]
        line = f"| {first} | {printed} | |"
        label, description = split_cell(first)
        is_known = is_known_label(label)
        if "|" in first + printed and is_known and not self.has_own_annotations:
            read = row_value(label, printed, description)
            self.add_properties([(SectionKind.INDICATOR, line, read)])
        else:
            self.parts.append(line)
            if len(filled) == 2 and len(text) <= _LONGEST_SEEN and not self.has_own_annotations:
                remember(_ROWS_SEEN, text, line, _MOST_SEEN)
        self.parts += [f"{BREAK}{line}" for lines in filled[2:] for line in lines]

    def has_text(self, stretch: Lines) -> bool:
        return any(map(str.strip, self.lines[stretch.start : stretch.end]))

    def begin_heading_cell(self) -> None:
        self.heading_cells += 1
        self.parts.append(CELL)

    def keep(self, stretches: list[Lines]) -> int:
        """Drop all lines outside some ranges; return the number of dropped lines with text."""
        if stretches == [Lines(0, len(self.lines))]:
            return 0
        filled = sum(not line.isspace() for line in self.lines if line)
        lines: list[str] = []
        annotations = []
        ahead = deque(self._annotations)
        for start, end in stretches:
            moved = len(lines) - start
            while ahead and ahead[0][1] <= end:
                first, last, told = ahead.popleft()
                if first >= start:
                    annotations.append((first + moved, last + moved, told))
            lines += self.lines[start:end]
        self.lines, self._annotations = lines, annotations
        return filled - sum(not line.isspace() for line in lines if line)

    def offsets(self) -> list[int]:
        """Return the offset of each line, and of one after the last."""
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    def annotations(self) -> tuple[Annotation, ...]:
        """Return the annotations with their offsets in the text."""
        if not self._annotations:
            return ()
        at = self.offsets()
        return tuple(
            Annotation(kind, at[i], at[j] - 1, read) for i, j, (kind, read) in self._annotations
        )


def _lines_around_widgets(joined: str) -> list[str]:
    lines: list[str] = []
    at = 0
    shown = plain_spaces(joined) if "<" in joined else ""
    opening = OPEN.search(shown)
    while opening is not None:
        # A line of several blocks is not a widget: each piece between breaks is checked alone.
        start = joined.rfind(BREAK, at, opening.start()) + 1 or at
        end = joined.find(BREAK, opening.end())
        piece = joined[start : end if end >= 0 else len(joined)]
        for script in find_scripts(plain_spaces(piece)) if "\n" in piece else ():
            if script.is_widget:
                lines += _lines_shown(joined[at : start + script.start])
                lines += piece[script.start : script.end].split("\n")
                at = start + script.end
        opening = OPEN.search(shown, start + len(piece))
    return lines + _lines_shown(joined[at:])


def _has_label(lines: list[str]) -> bool:
    return is_known_label(split_cell(" ".join(lines))[0])


def _cell_lines(text: str) -> list[str]:
    """Return the lines of a table cell; whitespace of all kinds counts as a space."""
    return _lines_shown(plain_spaces(text))


def _lines_shown(joined: str) -> list[str]:
    """Return the lines that a browser shows, without blank lines."""
    for blank, shown in _SHOWN:
        if blank in joined:
            joined = joined.replace(blank, shown)
    while "  " in joined:
        joined = joined.replace("  ", " ")
    return list(filter(None, map(str.strip, joined.split(BREAK))))
