"""Document: a text with its record, the sections that tile it, and its diagnostics."""

from __future__ import annotations

from typing import Any

import attrs

from litrecord._sections import IndicatorSpans, InstanceSpans, RecordSpans, Section, SectionKind
from litrecord._text.spans import moved, spans_of
from litrecord._values.excerpt import excerpt_of
from litrecord._values.shown import shown
from litrecord.diagnostics import Diagnostic, Position, Severity, Span, position_in
from litrecord.errors import InvalidValueError
from litrecord.model import Record

__all__ = [
    "Diagnostic",
    "Document",
    "IndicatorSpans",
    "InstanceSpans",
    "Position",
    "RecordSpans",
    "Section",
    "SectionKind",
    "Severity",
    "Span",
]


@attrs.frozen
class Document:
    """A text, the record that it prints, and the place of every value.

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
    diagnostics: tuple[Diagnostic, ...] = attrs.field(repr=shown)
    """What was wrong, guessed or added, in the order of their places."""
    record: Record
    """The record that the text prints."""
    _segments: tuple[Any, ...] = attrs.field(default=(), repr=False, eq=False)
    _dress: Any = attrs.field(default=None, repr=False, eq=False)

    @property
    def spans(self) -> RecordSpans:
        """The spans of the values of the record, computed on demand."""
        dress = getattr(self, "_dress", None)  # a pickle of 0.1.0 has none
        if dress is None:
            return spans_of(self.text, self._segments, self.record)
        return moved(spans_of(dress.text, self._segments, self.record), dress.span)

    @property
    def has_landmark(self) -> bool:
        """Whether the text has a part that only landing pages have, such as an indicator row.

        >>> litrecord.parse_document("Error 502: Bad gateway").has_landmark
        False
        """
        is_blank = all(section.kind is SectionKind.BLANK for section in self.sections)
        return not is_blank and all(found.code != "no-landmark" for found in self.diagnostics)

    def excerpt(self, span: Span) -> str:
        """Return the line in which a span starts, with a caret below; "" if the line has no text.

        Raises InvalidValueError if span is not a Span: None for a value that the text does not
        print, or a tuple of spans.

        >>> document = litrecord.parse_document("Old maps err.\\n| views | 26 | |\\n")
        >>> print(document.excerpt(document.spans.indicators[0].printed))
        | views | 26 | |
                  ^
        """
        _require_span(span)
        return excerpt_of(self.text, span.start)

    def _repr_html_(self) -> str:
        """Return the sections and their diagnostics as HTML, for notebooks."""
        from litrecord.serializers.pages.document import document_html

        return document_html(self)

    def position(self, span: Span) -> Position:
        """Return the line and column, both from 1, where a span starts.

        Raises InvalidValueError if span is not a Span.
        """
        _require_span(span)
        return position_in(self.text, span.start)

    def sections_of(self, kind: SectionKind) -> tuple[Section, ...]:
        """Return the sections of one kind, in order."""
        return tuple(section for section in self.sections if section.kind is kind)


def _require_span(span: object) -> None:
    if isinstance(span, Span):
        return
    found = type(span).__name__
    if span is None:
        found = "None: the text does not print this value: it is from the metadata or the address"
    elif isinstance(span, tuple):
        found = f"a tuple of {len(span)}: take one of them, as spans.abstract[0]"
    elif isinstance(span, IndicatorSpans | InstanceSpans):
        found += f": take one of its {', '.join(attrs.fields_dict(type(span)))}"
    raise InvalidValueError(f"expected a Span, got {found}", path="span")
