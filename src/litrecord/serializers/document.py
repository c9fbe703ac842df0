"""A Document as HTML, for notebooks: its sections in place, and beside them what was said.

Grammar of what is written::

    document = stylesheet summary table
    table    = *( kind text notes )             ; a row a section, the places of its notes marked

Everything is escaped. Of a long section only the start is shown, and of many only the first;
what is not shown is counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from litrecord._characters import clean
from litrecord.diagnostics import Diagnostic, Span
from litrecord.document import Document, Section, SectionKind
from litrecord.serializers.page import escape, stylesheet

_MOST_SECTIONS = 200
_MOST_CHARACTERS = 4_000
_MOST_NOTES = 20


def document_html(document: Document) -> str:
    """Return a document as a part of a page.

    >>> import re
    >>> html = document_html(litrecord.parse_document("pmid: 7\\n| views | 2"))
    >>> re.findall("<tr.*", html)[0]
    '<tr><th scope="row">identifiers</th><td><pre>pmid: 7</pre></td><td></td></tr>'
    """
    sections = document.sections
    count = len(document.diagnostics)
    said = "1 diagnostic" if count == 1 else f"{count} diagnostics"
    shown = sections[:_MOST_SECTIONS] or (Section(SectionKind.BLANK, Span(0, 0), ""),)
    rows = list(_rows(shown, document.diagnostics))
    more = len(sections) - _MOST_SECTIONS
    return "\n".join(
        [
            f"<style>\n{stylesheet('document')}</style>",
            '<div class="litrecord-document">',
            "<table>",
            f"<caption>{len(sections)} sections, {said}</caption>",
            *rows,
            "</table>",
            *([f"<p>… and {more} more sections</p>"] if more > 0 else []),
            "</div>",
        ]
    )


def _rows(sections: tuple[Section, ...], diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    at = 0
    for section in sections:
        notes = []
        is_last = section is sections[-1]
        while at < len(diagnostics) and (is_last or diagnostics[at].span.start < section.span.end):
            notes.append(diagnostics[at])
            at += 1
        kind = section.kind.value
        yield (
            f'<tr><th scope="row">{kind}</th><td><pre>{_text(section, notes)}</pre></td>'
            f"<td>{_notes(notes)}</td></tr>"
        )


def _text(section: Section, notes: list[Diagnostic]) -> str:
    """Return the text of a section, the places of its notes marked."""
    text = clean(section.text.rstrip("\r\n")[:_MOST_CHARACTERS])
    shown = []
    at = 0
    for note in notes[:_MOST_NOTES]:
        start, end = (place - section.span.start for place in (note.span.start, note.span.end))
        if at <= start < end <= len(text):
            shown += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    more = len(section.text) - len(text)
    rest = f"<i>… and {more} more characters</i>" if more > 2 else ""
    return "".join([*shown, escape(text[at:]), rest])


def _notes(notes: list[Diagnostic]) -> str:
    items = [
        f"<li><b>{note.severity.value}</b> {note.code}: {escape(note.message)}</li>"
        for note in notes[:_MOST_NOTES]
    ]
    more = len(notes) - _MOST_NOTES
    rest = [f"<li>… and {more} more</li>"] if more > 0 else []
    return f"<ul>{''.join([*items, *rest])}</ul>" if items else ""
