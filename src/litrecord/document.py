"""Where each value came from: sections that tile the text, and the diagnostics about it."""

from __future__ import annotations

import enum
from typing import Any

import attrs

from litrecord.diagnostics import Diagnostic, Position, Severity, Span, excerpt_of, position_in
from litrecord.errors import InvalidValueError
from litrecord.model import Record

__all__ = [
    "Diagnostic",
    "Document",
    "IndicatorSpans",
    "Position",
    "RecordSpans",
    "Section",
    "SectionKind",
    "Severity",
    "Span",
]


class SectionKind(enum.StrEnum):
    """What a section of the text is.

    >>> SectionKind.KEYWORDS.value
    'keywords'
    """

    WIDGET = "widget"
    """The script widget."""
    SCRIPT = "script"
    """Another script element, or the same widget again."""
    TITLE = "title"
    """The title, of which a whole page prints two."""
    AUTHORS = "authors"
    """The line of authors."""
    IDENTIFIERS = "identifiers"
    """Identifier lines."""
    ABSTRACT = "abstract"
    """Paragraphs."""
    KEYWORDS = "keywords"
    """The keyword line, printed twice."""
    INDICATOR = "indicator"
    """One row."""
    NOTICE = "notice"
    """What the portal prints around a record: usage lines, sources, tooltips, headings."""
    BLANK = "blank"
    """Blank lines."""
    UNKNOWN = "unknown"
    """What was not understood; it has a diagnostic."""


@attrs.frozen
class Section:
    """A stretch of the text that is one thing.

    >>> document = litrecord.parse_document("pmid: 21496615\\n")
    >>> document.sections[0].span, document.sections[0].text
    (Span(start=0, end=15), 'pmid: 21496615\\n')
    """

    kind: SectionKind
    """What it is."""
    span: Span
    """Where it stands in the text of its document."""
    text: str
    """The text of it, with its line ends."""


@attrs.frozen
class IndicatorSpans:
    """Where the values of one row stand.

    >>> spans = litrecord.parse_document("| views | 26 | |\\n").spans.indicators[0]
    >>> spans.label, spans.printed, spans.description
    (Span(start=2, end=7), Span(start=10, end=12), None)
    """

    label: Span
    """The label."""
    printed: Span
    """The value."""
    description: Span | None
    """The description; None if there is none."""


@attrs.frozen
class RecordSpans:
    """Where the values of a record stand in the text of its document.

    Each field has the spans of the values in the record's field of that name, in their order;
    None stands for a value that the text does not print, as one of the page's address.

    >>> document = litrecord.parse_document("Old maps err.\\nMaps, Coasts\\nMaps, Coasts\\n")
    >>> document.spans.keywords[1].of(document.text)
    'Coasts'
    """

    widget: Span | None
    """The widget."""
    identifiers: tuple[Span | None, ...]
    """The identifiers, as printed."""
    abstract: tuple[Span, ...]
    """The lines of the abstract, a paragraph each, as printed."""
    keywords: tuple[Span | None, ...]
    """The keywords, where they are printed first."""
    indicators: tuple[IndicatorSpans, ...]
    """The rows."""
    title: Span | None
    """The title, where it is printed first."""
    authors: tuple[Span | None, ...]
    """The authors."""


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
    """The decoded text, character for character."""
    sections: tuple[Section, ...] = attrs.field(repr=False)
    """The sections, in order; joined, their texts are the text."""
    diagnostics: tuple[Diagnostic, ...]
    """What was wrong, guessed or added, in the order of their places."""
    record: Record
    """The record that the text prints."""
    _segments: tuple[Any, ...] = attrs.field(default=(), repr=False, eq=False)

    @property
    def spans(self) -> RecordSpans:
        """Where each value of the record stands, worked out when it is asked for."""
        from litrecord._text.spans import spans_of

        return spans_of(self.text, self._segments, self.record)

    def excerpt(self, span: Span) -> str:
        """Return the line in which a span starts, and below it a caret under the place.

        Raises InvalidValueError if span is none, as of a value that the text does not print.

        >>> document = litrecord.parse_document("Old maps err.\\n| views | 26 | |\\n")
        >>> print(document.excerpt(document.spans.indicators[0].printed))
        | views | 26 | |
                  ^
        """
        if not isinstance(span, Span):
            raise InvalidValueError(f"span: expected a Span, got {span!r:.60}")
        return excerpt_of(self.text, span.start)

    def _repr_html_(self) -> str:
        """Return the sections and what was said of them, for notebooks."""
        from litrecord.serializers.document import document_html

        return document_html(self)

    def position(self, span: Span) -> Position:
        """Return the line and column, both from 1, where a span starts."""
        return position_in(self.text, span.start)

    def sections_of(self, kind: SectionKind) -> tuple[Section, ...]:
        """Return the sections of one kind, in order."""
        return tuple(section for section in self.sections if section.kind is kind)
