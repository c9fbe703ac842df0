"""The flow itself: from a source to a document, a record, or one part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from litrecord._characters import first_forbidden
from litrecord._parts.abstract import read_abstract, read_authors, read_title
from litrecord._parts.identifiers import from_address, read_identifiers
from litrecord._parts.indicators import read_indicators
from litrecord._parts.keywords import read_keyword_segments
from litrecord._parts.widget import read_widget
from litrecord._segment import Scan, segment
from litrecord._segments import Offsets, Segment
from litrecord._sources import Decoded, Source, read_source
from litrecord.diagnostics import Diagnostic, Severity, Span
from litrecord.document import Document, Section, SectionKind
from litrecord.errors import InvalidValueError, ParseError, SourceError
from litrecord.limits import DEFAULT_LIMITS, Limits
from litrecord.model import Identifier, IndicatorTable, Record, ScriptWidget

_READERS: dict[SectionKind, tuple[str, Callable[[Sequence[Segment], Scan], object]]] = {
    SectionKind.WIDGET: ("widget", read_widget),
    SectionKind.IDENTIFIERS: ("identifiers", read_identifiers),
    SectionKind.ABSTRACT: ("abstract", read_abstract),
    SectionKind.KEYWORDS: ("keywords", read_keyword_segments),
    SectionKind.INDICATOR: ("indicators", read_indicators),
    SectionKind.TITLE: ("title", read_title),
    SectionKind.AUTHORS: ("authors", read_authors),
}
"""The field of a record that the segments of a kind make, and what makes it."""


def parse_record(
    source: Source,
    *,
    url: str | None = None,
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Record:
    """Read the record that a page prints.

    source
        a page's text as str, its bytes, a path, or an open stream of either. A str is always
        content, never a path.
    url
        the page's address; the identifier that it names is added, last, if the page does not
        print it.
    encoding
        of bytes and paths; None for a byte order mark, then UTF-8 (which may be cut in its last
        character), then what the page declares, then windows-1252.
    strict
        raise ParseError if any printed text became no value.
    limits
        how large the source may be.

    Returns a Record, which is empty if the text prints none. Raises SourceError, DecodeError,
    LimitError, and ParseError if strict; nothing else.

    >>> record = litrecord.parse_record("pmid: 21496615\\nOld maps err.\\n| citations | 70 | |\\n")
    >>> record.pmid, record.abstract, record.indicators["citations"].count
    ('21496615', 'Old maps err.', 70)
    """
    return read(source, url, encoding, strict, limits)[0]


def parse_document(
    source: Source,
    *,
    url: str | None = None,
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Read a page with its record, and where everything in it came from.

    Takes and raises what `parse_record` does. Returns a Document, whose sections tile the
    decoded text and whose diagnostics say what was wrong, guessed or added.

    >>> document = litrecord.parse_document("Old maps err.\\n| citations | 70 | |\\n| views | 2")
    >>> print(document.diagnostics[0])
    error[cut-row] line 3, column 1: this row ends before its value does, or has none
      | views | 2
      ^
    """
    record, decoded, scan = read(source, url, encoding, strict, limits)
    sections = _sections(scan.text, scan.segments)
    return Document(scan.text, sections, diagnostics_of(decoded, scan), record)


def parse_widget(
    source: Source,
    *,
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> ScriptWidget | None:
    """Read the script widget of a page, or None; takes and raises what `parse_record` does.

    >>> litrecord.parse_widget("Old maps err.") is None
    True
    """
    return read(source, None, encoding, strict, limits)[0].widget


def parse_identifiers(
    source: Source,
    *,
    url: str | None = None,
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Identifier, ...]:
    """Read the identifiers of a page; takes and raises what `parse_record` does.

    >>> litrecord.parse_identifiers("handle: 11573/406812 , 11584/235094\\n")[1].value
    '11584/235094'
    """
    return read(source, url, encoding, strict, limits)[0].identifiers


def parse_abstract(
    source: Source,
    *,
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> str | None:
    """Read the abstract of a page, a paragraph a line, or None.

    Takes and raises what `parse_record` does.

    >>> litrecord.parse_abstract("pmid: 7\\nOld maps err.\\nPeer reviewed\\n")
    'Old maps err.\\nPeer reviewed'
    """
    return read(source, None, encoding, strict, limits)[0].abstract


def parse_keywords(
    source: Source,
    *,
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[str, ...]:
    """Read the keywords of a page; takes and raises what `parse_record` does.

    A line is keywords where the page prints it twice; of a lone line nothing is guessed:
    that is what `split_keywords` is for.

    >>> litrecord.parse_keywords("Old maps err.\\n" + 2 * "Mice, Knockout, Humans\\n")
    ('Mice, Knockout', 'Humans')
    """
    return read(source, None, encoding, strict, limits)[0].keywords


def parse_indicators(
    source: Source,
    *,
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> IndicatorTable:
    """Read the indicator table of a page; takes and raises what `parse_record` does.

    >>> litrecord.parse_indicators("| popularity | Top 10% | |\\n")["popularity"].impact_class.code
    'C4'
    """
    return read(source, None, encoding, strict, limits)[0].indicators


_Reading = tuple[Record, Decoded, Scan]
"""What was read of a source, and what was noticed; nothing of it is worked out yet."""


def read(
    source: Source, url: str | None, encoding: str | None, strict: bool, limits: Limits
) -> _Reading:
    """Read a source; whether anything is said of it is left open."""
    decoded = read_source(source, encoding)
    text = decoded[0]
    if not isinstance(limits, Limits):
        raise InvalidValueError(f"limits: expected Limits, got {type(limits).__name__}")
    if len(text) > limits.characters:
        limits.refuse("characters", len(text))
    scan = segment(text, limits)
    values: dict[str, Any] = {}
    for kind, found in scan.by_kind.items():
        field, value_of = _READERS[kind]
        values[field] = value_of(found, scan)
    if url is not None:
        printed = values.get("identifiers", ())
        added = from_address(_require_address(url), printed, scan)
        if added:
            values["identifiers"] = printed + added
    record = Record(**values)
    if not values:
        scan.add("no-record", "the text prints no part of a record", None)
    if strict:
        _raise_errors(decoded, scan)
    return record, decoded, scan


def _require_address(url: object) -> str:
    if isinstance(url, str):
        return url
    raise SourceError(f"url: expected a str or None, got {type(url).__name__}")


def _raise_errors(decoded: Decoded, scan: Scan) -> None:
    found = diagnostics_of(decoded, scan)
    errors = [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]
    if errors:
        number = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        raise ParseError(f"{number} in the text", errors)


def diagnostics_of(decoded: Decoded, scan: Scan) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of what was read, in the order of their places."""
    text = decoded[0]
    found = [*_about_text(*decoded)]
    if scan.reports:
        offsets = Offsets(text, scan.segments)
        found += [
            Diagnostic(report.code, report.message, Span(*offsets.of(report)), text)
            for report in scan.reports
        ]
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.span.start))


_HTML_STARTS = ("<!doctype", "<html", "<head", "<body")
_PATH = re.compile(r"\S{1,400}\.(?:txt|html?)")


def _about_text(text: str, guessed: str) -> Iterable[Diagnostic]:
    if guessed:
        message = f"these bytes are not UTF-8 and were read as {guessed}"
        yield Diagnostic("guessed-encoding", message, Span(0, 0), text)
    start = len(text) - len(text.lstrip())
    if text[start : start + 9].lower().startswith(_HTML_STARTS):
        yield Diagnostic("looks-like-html", "this begins like HTML", Span(start, start), text)
    elif _PATH.fullmatch(text):
        yield Diagnostic("looks-like-path", "this looks like a path", Span(0, len(text)), text)
    at = first_forbidden(text)
    if at >= 0:
        message = f"U+{ord(text[at]):04X} stands in no value: there it is U+FFFD"
        yield Diagnostic("replaced-character", message, Span(at, at + 1), text)


_ALONE = frozenset({SectionKind.INDICATOR, SectionKind.WIDGET, SectionKind.SCRIPT})


def _sections(text: str, segments: list[Segment]) -> tuple[Section, ...]:
    """Return the sections: segments of one kind are one, but rows and scripts stand alone."""
    spans: list[tuple[SectionKind, int, int]] = []
    start = 0
    for kind, length, _, _ in segments:
        end = start + length
        if spans and spans[-1][0] is kind and kind not in _ALONE:
            spans[-1] = (kind, spans[-1][1], end)
        else:
            spans.append((kind, start, end))
        start = end
    return tuple(Section(kind, Span(first, end), text[first:end]) for kind, first, end in spans)
