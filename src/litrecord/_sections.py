"""Sections of a text, their kinds, and spans of values."""

from __future__ import annotations

import enum

import attrs

from litrecord._values.shown import shown
from litrecord.diagnostics import Span


class SectionKind(enum.StrEnum):
    """The kind of a section of the text.

    >>> SectionKind.KEYWORDS.value
    'keywords'
    """

    WIDGET = "widget"
    """The script widget."""
    SCRIPT = "script"
    """Another script element, or the same widget again."""
    TITLE = "title"
    """The title, which a whole page prints twice."""
    AUTHORS = "authors"
    """The line of authors."""
    IDENTIFIERS = "identifiers"
    """Identifier lines."""
    ABSTRACT = "abstract"
    """Paragraphs."""
    KEYWORDS = "keywords"
    """The keyword line, which a page prints twice."""
    INDICATOR = "indicator"
    """One row."""
    INSTANCE = "instance"
    """The lines of one instance of the work."""
    NOTICE = "notice"
    """Texts that the portal prints around a record: usage lines, logos, tooltips, headings."""
    BLANK = "blank"
    """Blank lines."""
    UNKNOWN = "unknown"
    """Text that could not be read; it has a diagnostic."""


@attrs.frozen
class Section:
    """A range of the text with one kind.

    >>> document = litrecord.parse_document("pmid: 21496615\\n")
    >>> document.sections[0].span, document.sections[0].text
    (Span(start=0, end=15), 'pmid: 21496615\\n')
    """

    kind: SectionKind
    """The kind of the section."""
    span: Span
    """The span of the section in the text of its document."""
    text: str = attrs.field(repr=shown)
    """The text of the section, with its line ends."""


@attrs.frozen
class IndicatorSpans:
    """The spans of the values of one row.

    >>> spans = litrecord.parse_document("| views | 26 | |\\n").spans.indicators[0]
    >>> spans.label, spans.printed, spans.description
    (Span(start=2, end=7), Span(start=10, end=12), None)
    """

    label: Span
    """The label."""
    printed: Span
    """The value."""
    description: Span | None
    """The description; None if the row has none."""


@attrs.frozen
class InstanceSpans:
    """The spans of the values of one instance; None for a missing value.

    >>> page = "Powered by OpenAIRE graph\\nZENODO\\nReport . 2019\\naddClaim\\n"
    >>> spans = litrecord.parse_document(page).spans.instances[0]
    >>> spans.hosted_by, spans.year, spans.license
    (Span(start=26, end=32), Span(start=42, end=46), None)
    """

    hosted_by: Span | None
    """The name of the source that hosts it."""
    type: Span | None
    """The type of the work there."""
    year: Span | None
    """The year."""
    refereed: Span | None
    """Whether it is reviewed by peers."""
    license: Span | None
    """The licence."""
    collected_from: tuple[Span, ...]
    """The names of the data sources."""


@attrs.frozen
class RecordSpans:
    """The spans of the values of a record in the text of its document.

    Each field has the spans of the values of the same field of the record, in the same order. A
    value that the text does not print, such as one from the page's address, has the span ``None``.

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
    instances: tuple[InstanceSpans, ...] = ()
    """The instances."""
