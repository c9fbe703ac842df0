"""Pipeline from a source to the values of a record and its diagnostics."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from litrecord._characters import REPLACEMENT, count_lines, first_forbidden, is_clean
from litrecord._dress.printed import as_printed
from litrecord._dress.spaces import with_plain_spaces
from litrecord._dress.undressing import may_be_markdown, segment_dressed, segment_markdown
from litrecord._html.detection import begins_like_html, is_html
from litrecord._parts.abstract import read_abstract, read_authors, read_title
from litrecord._parts.identifiers import from_address, from_own_address, read_identifiers
from litrecord._parts.indicators import read_indicators
from litrecord._parts.instances import read_instances
from litrecord._parts.keywords import read_keyword_segments
from litrecord._parts.widget import read_widget
from litrecord._reading.decoding import Source, is_node, read_source
from litrecord._reading.landmarks import report_gaps
from litrecord._reading.options import CheckedOptions
from litrecord._reading.wrapped.page_bytes import Address
from litrecord._reading.wrapped.responses import is_openable
from litrecord._sections import Section, SectionKind
from litrecord._text.segments import Findings, Offsets, Segment, Segmentation, kind_of
from litrecord.diagnostics import Diagnostic, Severity, Span
from litrecord.errors import LitrecordError, ParseError, SourceError, located
from litrecord.limits import Limits
from litrecord.model import Record, record_of

if TYPE_CHECKING:
    from litrecord._html.text_form import RenderedPage
    from litrecord._parts.metadata import Values
    from litrecord._reading.encoding_detection import Decoded

_INDICATOR = SectionKind.INDICATOR
_READERS: dict[SectionKind, tuple[str, Callable[[Sequence[Segment], Findings], object]]] = {
    SectionKind.WIDGET: ("widget", read_widget),
    SectionKind.IDENTIFIERS: ("identifiers", read_identifiers),
    SectionKind.ABSTRACT: ("abstract", read_abstract),
    SectionKind.KEYWORDS: ("keywords", read_keyword_segments),
    SectionKind.INDICATOR: ("indicators", read_indicators),
    SectionKind.INSTANCE: ("instances", read_instances),
    SectionKind.TITLE: ("title", read_title),
    SectionKind.AUTHORS: ("authors", read_authors),
}
"""Maps the kind of segments to a field of a record, and to its parser."""


def read(
    source: Source, url: str | None, options: CheckedOptions
) -> tuple[Record, Decoded, Segmentation]:
    """Read a source without making its diagnostics."""
    fields, decoded, segmented = _read(source, url, options)
    return record_of(fields), decoded, segmented


def read_fields(
    source: Source, url: str | None, options: CheckedOptions
) -> tuple[Values, tuple[Diagnostic, ...]]:
    """Return the fields of the record of a source, in the form of a Record, and the diagnostics."""
    fields, decoded, segmented = _read(source, url, options)
    return fields, diagnostics_of(decoded, segmented)


def _read(
    source: Source, url: str | None, options: CheckedOptions
) -> tuple[Values, Decoded, Segmentation]:
    try:
        return _read_unnamed(source, url, options)
    except LitrecordError as error:
        raise _named(error, source) from error.__cause__


def _named(error: LitrecordError, source: Source) -> LitrecordError:
    """Return an error whose message names the file if the source is a file."""
    is_file = isinstance(source, os.PathLike) or is_openable(source)
    name = repr(str(source)) if is_file else ""
    return error if name in error.message else located(error, name)


def _read_unnamed(
    source: Source, url: str | None, options: CheckedOptions
) -> tuple[Values, Decoded, Segmentation]:
    decoded, segmented, page, address = _segmented(source, options)
    fields = _values_of(segmented)
    if page is not None or not _is_ordinary(segmented):
        segmented, fields = _look_again(source, decoded[0], segmented, page, fields, options.limits)
    if url is not None or address is not None or (page is not None and page.addresses):
        printed = fields.get("identifiers", ())
        if url is not None:
            added = from_address(_require_address(url), printed, segmented.findings)
        else:
            told = _addresses(address, page)
            added = from_own_address(told, printed, segmented.findings)
        if added:
            fields["identifiers"] = printed + added
    if options.strict:
        _raise_errors(decoded, segmented)
    return fields, decoded, segmented


def _is_ordinary(segmented: Segmentation) -> bool:
    """Return whether a text has a row of known label and value, and nothing odd, as most have."""
    _, by_kind, findings, has_rules, _ = segmented
    rows = by_kind.get(_INDICATOR)
    return bool(rows and rows[0][3][1]) and not findings.reports and not has_rules


def _look_again(
    source: Source,
    text: str,
    segmented: Segmentation,
    page: RenderedPage | None,
    fields: Values,
    limits: Limits,
) -> tuple[Segmentation, Values]:
    """Read Markdown, and the metadata of HTML; report what a page should have."""
    if page is None and may_be_markdown(segmented) and _is_markdown()(text, segmented):
        segmented = _read_as_markdown(text, segmented, limits)
        fields = _values_of(segmented)
    if page is not None and page.article is None and (page.json_ld or page.metas):
        from litrecord._parts.metadata import from_metadata

        fields |= from_metadata(page.json_ld, page.metas, fields, segmented.findings)
    if not any(fields.values()):
        segmented.findings.add("no-record", "expected a part of a record, found none", None)
    if page is None or page.article is None:
        has_landmark = report_gaps(segmented, page is not None)
        if not has_landmark and isinstance(source, str):
            from litrecord._reading.wrapped.file_types import require_no_name

            require_no_name(source)
    return segmented, fields


@cache
def _is_markdown() -> Callable[[str, Segmentation], bool]:
    """Load the function once: to import it takes a hundredth of the time of a page."""
    from litrecord._dress.evidence import is_markdown

    return is_markdown


def _addresses(address: Address | None, page: RenderedPage | None) -> list[Address]:
    """Return the addresses found in a source, the best first."""
    of_page = page.addresses if page is not None else ()
    told = [Address(url, where) for url, where in of_page]
    return told if address is None else [address, *told]


def _values_of(segmented: Segmentation) -> Values:
    fields: Values = {}
    findings = segmented.findings
    for kind, found in segmented.by_kind.items():
        field, value_of = _READERS[kind]
        fields[field] = value_of(found, findings)
    return fields


def _read_as_markdown(text: str, plain: Segmentation, limits: Limits) -> Segmentation:
    """Return the segments of a text as Markdown; plain are those of it as page text."""
    segmented = segment_markdown(text, limits)
    segmented.findings.reports += [
        report for report in plain.findings.reports if report.segment is None
    ]
    return segmented


def _segmented(
    source: Source, options: CheckedOptions
) -> tuple[Decoded, Segmentation, RenderedPage | None, Address | None]:
    """Return the text or text form of a source, its segments, its HTML page if any, its address."""
    guessed, address = "", None
    markup, limits = options.markup, options.limits
    if type(source) is not str and is_node(source):
        from litrecord._html import events

        page = events.flatten_node(source, limits)
    else:
        text, guessed, address = read_source(source, options.encoding, limits)
        _require_size(text, limits)
        if markup == "text" or (markup == "auto" and not is_html(text)):
            _require_lines(text, limits)
            segmented = segment_dressed(text, limits)
            if markup == "text" and begins_like_html(text):
                segmented.findings.add("looks-like-html", "this begins like HTML", None, 0, 0)
            return (text, guessed), segmented, None, address
        from litrecord._html import events

        page = events.flatten_html(text, limits)
    return (page.text, guessed), _segmented_page(page, limits), page, address


def _segmented_page(page: RenderedPage, limits: Limits) -> Segmentation:
    from litrecord._html.annotated import segment_annotated
    from litrecord._html.saved_page import segment_saved

    text = page.text
    _require_size(text, limits)
    _require_lines(text, limits)
    if page.article is None:
        segmented = as_printed(text, segment_saved(page, with_plain_spaces(text), limits))
    else:
        segmented = segment_annotated(text, limits, page.annotations, page.article)
    if page.left_out:
        counts = ", ".join(f"{name} {count}" for name, count in sorted(page.left_out.items()))
        segmented.findings.add("left-out", f"elements left out: {counts}", None, 0, 0)
    if page.is_mended:
        message = "the parser ended this widget too early"
        widgets = segmented.by_kind.get(SectionKind.WIDGET)
        segmented.findings.add("mended-widget", message, widgets[0] if widgets else None)
    if page.replaced:
        at = text.find(REPLACEMENT)
        segmented.findings.add(
            "replaced-character", _replaced(page.replaced), None, max(at, 0), int(at >= 0)
        )
    return segmented


def _require_size(text: str, limits: Limits) -> None:
    if len(text) > limits.characters:
        limits.refuse("characters", len(text))


def _require_lines(text: str, limits: Limits) -> None:
    if len(text) > limits.lines:
        count = count_lines(text)
        if count > limits.lines:
            limits.refuse("lines", count)


def _require_address(url: object) -> str:
    if isinstance(url, str):
        return url
    raise SourceError(f"url: expected a str or None, got {type(url).__name__}")


def _raise_errors(decoded: Decoded, segmented: Segmentation) -> None:
    found = diagnostics_of(decoded, segmented)
    errors = [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]
    if errors:
        number = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
        raise ParseError(f"{number} in the text", errors)


def diagnostics_of(decoded: Decoded, segmented: Segmentation) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a source, in the order of their places."""
    text, guessed = decoded
    # Most texts have no diagnostics, and this is the fastest check.
    found = [] if is_clean(text) and not guessed else [*_about_text(text, guessed)]
    if segmented.findings.reports:
        dress, reports = segmented.dress, segmented.findings.reports
        offsets = Offsets(segmented.findings.text, segmented.segments, reports)
        for report in reports:
            span = Span(*offsets.of(report))
            place = span if dress is None else dress.span(span)
            found.append(Diagnostic(report.code, report.message, place, text))
    if len(found) > 1:
        found.sort(key=lambda diagnostic: diagnostic.span.start)
    return tuple(found)


def _about_text(text: str, guessed: str) -> Iterable[Diagnostic]:
    if guessed:
        message = f"these bytes were read as {guessed}"
        yield Diagnostic("guessed-encoding", message, Span(0, 0), text)
    at = first_forbidden(text)
    if at >= 0:
        yield Diagnostic("replaced-character", _replaced(text[at]), Span(at, at + 1), text)


def _replaced(character: str) -> str:
    return f"U+{ord(character):04X} is not allowed in a value and was replaced by U+FFFD"


_ALONE = frozenset({SectionKind.INDICATOR, SectionKind.INSTANCE, SectionKind.SCRIPT})
"""The kinds whose adjacent segments are separate sections. There is only one widget."""


def sections_of(text: str, segments: list[Segment]) -> Iterator[Section]:
    """Yield the sections: adjacent segments of one kind are joined, except rows and scripts."""
    start = end = 0
    for kind, together in groupby(segments, kind_of):
        for found in together:
            end += found[1]
            if kind in _ALONE:
                yield Section(kind, Span(start, end), text[start:end])
                start = end
        if start < end:
            yield Section(kind, Span(start, end), text[start:end])
            start = end
