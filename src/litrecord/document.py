"""Where each value came from: sections that tile the text, and the diagnostics about it."""

from __future__ import annotations

import enum

import attrs

from litrecord.diagnostics import Diagnostic, Position, Severity, Span, position_in
from litrecord.model import Record

__all__ = ["Diagnostic", "Document", "Position", "Section", "SectionKind", "Severity", "Span"]


class SectionKind(enum.StrEnum):
    """What a section of the text is.

    NOTICE is what the portal prints around a record: usage lines, sources, tooltips,
    headings; UNKNOWN is what was not understood, and has a diagnostic.

    >>> SectionKind.KEYWORDS.value
    'keywords'
    """

    WIDGET = "widget"
    SCRIPT = "script"
    TITLE = "title"
    AUTHORS = "authors"
    IDENTIFIERS = "identifiers"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    INDICATOR = "indicator"
    NOTICE = "notice"
    BLANK = "blank"
    UNKNOWN = "unknown"


@attrs.frozen
class Section:
    """A stretch of the text that is one thing.

    >>> document = litrecord.parse_document("pmid: 21496615\\n")
    >>> document.sections[0].span, document.sections[0].text
    (Span(start=0, end=15), 'pmid: 21496615\\n')
    """

    kind: SectionKind
    span: Span
    text: str


@attrs.frozen
class Document:
    """A text, the record that it prints, and where everything in it came from.

    The sections tile the text: joined, they are the text again.

    >>> document = litrecord.parse_document("pmid: 21496615\\nOld maps err.\\n")
    >>> [section.kind.value for section in document.sections]
    ['identifiers', 'abstract']
    >>> document.position(document.sections[1].span)
    Position(line=2, column=1)
    """

    text: str = attrs.field(repr=False)
    sections: tuple[Section, ...] = attrs.field(repr=False)
    diagnostics: tuple[Diagnostic, ...]
    record: Record

    def position(self, span: Span) -> Position:
        """Return the line and column, both from 1, where a span starts."""
        return position_in(self.text, span.start)

    def sections_of(self, kind: SectionKind) -> tuple[Section, ...]:
        """Return the sections of one kind, in order."""
        return tuple(section for section in self.sections if section.kind is kind)
