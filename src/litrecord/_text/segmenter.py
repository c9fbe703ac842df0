"""Segmenter: splits page text into sections that tile it.

Grammar of a text (layouts A to E of the portal's pages, see docs/format)::

    text      = *( script / line )
    record    = head [ abstract ] [ keywords ] rows             ; layouts A, B, E
    head      = *( notice / blank / widget / identifier-line )
    keywords  = line line               ; no sentence; one line twice, the second perhaps cut
    rows      = *( row / notice / blank )
    page      = sources title [ authors ] [ title ] [ "Abstract" abstract ]
                [ "Keywords" keywords ] rows                    ; layout C
    row       = one line, see _vocabularies.indicators / label [ description ] value, a line each

One scan finds the scripts first. Then the lexer gives each line a token (`_text.lexer`), and the
table in `_text.transitions` maps token and state to a kind of section. That table lists what is
decided elsewhere. Corrections by later lines are in `_text.lookback`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from litrecord._scripts.scanner import Script, find_scripts
from litrecord._sections import SectionKind
from litrecord._text import beginning, lookback, open_end, transitions
from litrecord._text.annotations import Annotation
from litrecord._text.identifier_lines import IdentifierLine
from litrecord._text.lexer import RowValue, TokenKind, row_value, tokenize, tokenize_open
from litrecord._text.page_head import WITHIN_PAGE, state_of_start
from litrecord._text.segments import Findings, Segment, Segmentation, by_kind
from litrecord._text.transitions import CUT, PLAIN_AT, TRANSITIONS_AT, State
from litrecord._vocabularies.interface import COPYRIGHT
from litrecord.limits import Limits

# A text that the portal once printed between the widget and the abstract, twice.
_LEAK = re.compile(r"(?:[ \t]*+(?:(?:\r\n?|\n)[ \t]*+){0,2}" + re.escape(COPYRIGHT) + ")+")
_REST_OF_LINE = re.compile(r"[ \t]*+(?:\r\n?|\n)?")
_LINE = re.compile(r"[^\r\n]+(?:\r\n?|\n)?|\r\n?|\n")

_K, _T = SectionKind, TokenKind
# Module names, since the lookup of an enumeration member is slow in Python 3.11.
_ABSTRACT, _BLANK, _INDICATOR, _KEYWORDS = _K.ABSTRACT, _K.BLANK, _K.INDICATOR, _K.KEYWORDS
_TITLE, _VALUE, _ROW, _TEXT, _CUT_ROW = _T.TITLE, _T.VALUE, _T.ROW, _T.TEXT, _T.CUT_ROW
_AUTHORS, _NEW_ROW, _DESCRIPTION, _RULE = _T.AUTHORS, _T.NEW_ROW, _T.DESCRIPTION, _T.RULE
_CLAIM, _LIST_START, _NOTICE = _T.CLAIM, _T.LIST_START, _K.NOTICE
_HEAD, _END, _ROWS, _SOURCES = State.HEAD, State.END, State.ROWS, State.SOURCES

_VALUES = frozenset({_VALUE, _TEXT})
_ENDS_OF_LINE = frozenset({"", "\n", "\r"})


def segment(text: str, limits: Limits, annotations: Sequence[Annotation] = ()) -> Segmentation:
    """Cut a text into segments that tile it: each ends where the next one starts.

    A line with an annotation is of the kind of the annotation.

    >>> [found[0].value for found in segment("pmid: 1\\nOld maps err.\\n", Limits()).segments]
    ['identifiers', 'abstract']
    """
    segmenter = Segmenter(text, limits, _HEAD)
    segmenter.run(annotations)
    start = state_of_start(text) if segmenter.has_page_part and not segmenter.is_page else None
    if start is not None:
        segmenter = Segmenter(text, limits, start)
        segmenter.run(annotations)
        if not segmenter.title:
            segmenter.findings.add("maybe-cut", WITHIN_PAGE, None, 0, 0)
    return segmenter.finish()


class Segmenter:
    """One pass over a text: the segments so far, and the state."""

    title: str | None = None
    widget = ""
    has_page_part = has_new_rows = has_rules = is_at_open_end = False

    def __init__(self, text: str, limits: Limits, state: State) -> None:
        self.text = text
        self.is_page = state is not _HEAD
        self.segments: list[Segment] = []
        self.findings = Findings(text, limits)
        self.state = state

    def run(self, annotations: Sequence[Annotation]) -> None:
        has_tags = "<" in (text := self.text)
        # A text that begins with a line end is not cut inside a line.
        may_be_cut = text[:1] not in _ENDS_OF_LINE or (has_tags and "</script" in text)
        at = self.read_start() if may_be_cut else 0
        cuts: Iterable[Script | Annotation] = find_scripts(text) if has_tags else ()
        if annotations:
            cuts = sorted((*cuts, *annotations), key=attrgetter("start"))
        for cut in cuts:
            if cut.start < at:
                continue
            self.read_lines(at, cut.start)
            if self.state is _END:
                return
            at = self.read_script(cut) if isinstance(cut, Script) else self.read_annotated(cut)
        self.read_lines(at, len(text))
        if self.state is _SOURCES:
            self.settle_sources(False)

    def read_start(self) -> int:
        """Read a byte order mark, or the cut piece at the start of the text; return its end."""
        if self.text[:1] == "\ufeff":
            self.segments.append((_BLANK, 1, "", None))
            return 1
        if self.is_page:
            return 0
        at, is_row = beginning.read_start(self.text, self.segments, self.findings)
        self.state = _ROWS if is_row else _HEAD
        return at

    def read_lines(self, start: int, end: int) -> None:
        """Read the lines between two scripts."""
        part = self.text[start:end]
        if not part:
            return
        if "\r" in part:
            lines, line_end = _LINE.findall(part), 0
        else:
            lines, line_end = part.split("\n"), 1
        last = "" if line_end == 0 and part[-1] in "\r\n" else lines.pop()
        add, state = self.segments.append, self.state
        plain_at = PLAIN_AT[state]
        for raw in lines:
            line = raw.strip()
            found, read = tokenize(line)
            plain = plain_at[found]
            if plain is not None:
                kind, state, plain_at = plain
                if kind is _BLANK:
                    self.add_blank(len(raw) + line_end)
                    continue
                add((kind, len(raw) + line_end, line, read))
            else:
                self.state = state
                self.add_line(line, len(raw) + line_end, found, read)
                state = self.state
                if state is _END:
                    return
                plain_at = PLAIN_AT[state]
        self.state = state
        if last:
            self.read_last_line(last, end == len(self.text))

    def read_last_line(self, raw: str, is_open: bool) -> None:
        """Read a line without a line end: before a script, or at the end of the text."""
        found, read = (tokenize_open if is_open else tokenize)(line := raw.strip())
        if is_open and found in (_TEXT, _CUT_ROW):
            self.is_at_open_end = True
            found = self.kind_of_cut(line, found)
        self.add_line(line, len(raw), found, read)

    def add_blank(self, length: int) -> None:
        """Add a blank line, joined to the blank lines above it."""
        segments = self.segments
        if segments and segments[-1][0] is _BLANK:
            length += segments.pop()[1]
        segments.append((_BLANK, length, "", None))

    def kind_of_cut(self, line: str, found: TokenKind) -> TokenKind:
        """Return the token of the last line of the text, which may be cut."""
        if found is _CUT_ROW:
            is_text = not self.is_page and open_end.is_repetition(line, self.segments)
            return _TEXT if is_text else found
        return open_end.kind_of_start(line, self.state, self.title)

    def add_line(
        self, line: str, length: int, found: TokenKind, read: RowValue | IdentifierLine | None
    ) -> None:
        """Add one line as the table has it, after the corrections of the lines above it."""
        if line == self.title:
            found = _TITLE
        if found in _VALUES and self.add_spread_row(line, length, found is _VALUE):
            return
        if found is _VALUE and lookback.is_below_description(self.segments):
            found = _T.ROW_END
        label = lookback.settle_label(self.segments) if found is _DESCRIPTION else None
        if label is not None:
            self.findings.add("cut-row", CUT, label)
        self.has_page_part |= found is _AUTHORS or found is _CLAIM or found is _LIST_START
        self.has_new_rows |= found is _NEW_ROW
        self.has_rules |= found is _RULE
        if found is _RULE and self.state is _ROWS:
            lookback.settle_header(self.segments, len(self.segments), line, self.findings.reports)
        self.add_by_table(line, length, found, read)

    def add_by_table(
        self, line: str, length: int, found: TokenKind, read: RowValue | IdentifierLine | None
    ) -> None:
        _, _, kind, then, code, message = TRANSITIONS_AT[self.state][found]
        if then is not None:
            if self.state is _SOURCES:
                self.settle_sources(found is _AUTHORS)
            self.state = then
            if then is _SOURCES:
                self.is_page = True
            elif then is _END:
                length = len(self.text) - sum(segment[1] for segment in self.segments)
        self.segments.append((kind, length, line, read))
        if code:
            self.report(code, message)

    def report(self, code: str, message: str) -> None:
        """Report on the last segment."""
        self.findings.add(code, message, self.segments[-1])

    def add_spread_row(self, value: str, length: int, is_value: bool) -> bool:
        """Join a value with the label and description above it into one row, if they are there."""
        if self.is_at_open_end:
            return False
        segments = self.segments
        found = lookback.spread_row_above(segments, value, is_value, self.state is _ROWS)
        if found is None:
            return False
        at, label, description = found
        merged = segments[at:]
        del segments[at:]
        reports = self.findings.reports
        while reports and any(reports[-1].segment is part for part in merged):
            reports.pop()
        if self.state is not _ROWS:
            beginning.report_value(segments, self.findings)
        length += sum(part[1] for part in merged)
        segments.append((_INDICATOR, length, label, row_value(label, value, description)))
        self.state = _ROWS
        return True

    def read_annotated(self, annotation: Annotation) -> int:
        """Read an annotated line; return the offset behind it."""
        kind, start, end, read = annotation
        line, length = self.text[start:end], min(end + 1, len(self.text)) - start
        if kind is _INDICATOR:
            self.add_line(line, length, _ROW, None if isinstance(read, bool) else read)
        else:
            self.segments.append((kind, length, line, read))
            if kind is _K.UNKNOWN:
                self.report("unknown-text", transitions.IN_SAVED_HEAD)
        return start + length

    def read_script(self, script: Script) -> int:
        """Read one script element; return the offset behind it."""
        start, end, is_closed, is_widget = script
        markup = self.text[start:end]
        leak = _LEAK.match(self.text, end)
        if leak is None:
            rest = _REST_OF_LINE.match(self.text, end)
            end = rest.end() if rest else end
        found = self.kind_of_script(markup, is_widget)
        self.add_by_table(markup, end - start, found, None)
        if self.state is _END:
            return len(self.text)
        if found is TokenKind.WIDGET and not is_closed:
            self.report("unclosed-widget", "this widget has no closing tag")
        if leak is not None:
            self.segments.append((_NOTICE, leak.end() - end, COPYRIGHT, None))
            end = leak.end()
        return end

    def kind_of_script(self, markup: str, is_widget: bool) -> TokenKind:
        if not is_widget:
            return _T.SCRIPT
        if self.widget:
            return _T.SAME_WIDGET if markup == self.widget else _T.OTHER_WIDGET
        self.widget = markup
        return _T.WIDGET

    def settle_sources(self, is_before_authors: bool) -> None:
        """Find the title and the instances of a whole page after the end of its sources."""
        self.title = lookback.settle_sources(self.segments, is_before_authors, self.findings)

    def finish(self) -> Segmentation:
        """Apply the corrections that need the whole text, and return its segments."""
        if self.has_new_rows or self.has_rules:
            lookback.settle_new_rows(self.segments, self.findings.reports)
        if self.text[-1:] not in _ENDS_OF_LINE:
            open_end.report(self.segments, self.is_page, self.findings)
        found = by_kind(self.segments)
        texts = found.get(_ABSTRACT, ())
        is_repeated = len(texts) > 1 and texts[-2][2].startswith(texts[-1][2])
        if is_repeated and not self.is_page and _KEYWORDS not in found:
            self.settle_keywords(found)
        if len(texts) > 2 and _KEYWORDS not in found:
            lookback.report_repeated(texts, self.findings)
        return Segmentation(self.segments, found, self.findings, self.has_rules)

    def settle_keywords(self, found: dict[SectionKind, list[Segment]]) -> None:
        """Move the last two lines of the abstract to the keywords if they are keywords."""
        texts = found[_ABSTRACT]
        places = lookback.settle_keywords(self.segments, texts, self.findings)
        if places is None:
            return
        found[_KEYWORDS] = [self.segments[at] for at in places]
        del texts[-2:]
        if not texts:
            del found[_ABSTRACT]
