"""What a text is cut into, and where values stand in it: kinds, sections and spans."""

from __future__ import annotations

import enum

import attrs

from litrecord._values.shown import shown
from litrecord.diagnostics import Span


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
    INSTANCE = "instance"
    """The lines of one place where the work is available."""
    NOTICE = "notice"
    """What the portal prints around a record: usage lines, logos, tooltips, headings."""
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
    text: str = attrs.field(repr=shown)
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
class InstanceSpans:
    """Where the values of one instance stand; None for a value that is not there.

    >>> page = "Powered by OpenAIRE graph\\nZENODO\\nReport . 2019\\naddClaim\\n"
    >>> spans = litrecord.parse_document(page).spans.instances[0]
    >>> spans.hosted_by, spans.year, spans.license
    (Span(start=26, end=32), Span(start=42, end=46), None)
    """

    hosted_by: Span | None
    """The name of the place."""
    type: Span | None
    """What the work is there."""
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
    instances: tuple[InstanceSpans, ...] = ()
    """The instances."""
