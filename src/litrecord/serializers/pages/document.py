"""Writer of a Document, a Diagnostic and a Result as HTML, for notebooks.

Grammar of the output::

    document   = stylesheet summary table
    table      = *( kind text notes )           ; a row a section, the places of its notes marked
    diagnostic = stylesheet summary said
    result     = stylesheet summary said [ error ] [ record ]
    said       = *( place line note advice )    ; a row a diagnostic

Everything is escaped. A long section is cut, and only the first of many sections are shown; the
rest is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from litrecord._characters import clean
from litrecord._reading.many import Result
from litrecord.diagnostics import Diagnostic, Span
from litrecord.document import Document, Section, SectionKind
from litrecord.serializers.pages.html import to_html
from litrecord.serializers.pages.page import escape, firm_stylesheet, style_element

_MOST_SECTIONS = 200
_MOST_CHARACTERS = 4_000
_MOST_NOTES = 20
_NEAR = 200
_LINE_END = re.compile(r"[\r\n]")


def document_html(document: Document) -> str:
    """Return a document as a part of a page.

    >>> import re
    >>> html = document_html(litrecord.parse_document("pmid: 7\\n| views | 2"))
    >>> re.findall("<tr.*", html)[0]
    '<tr><th scope="row">identifiers</th><td><pre>pmid: 7</pre></td><td></td></tr>'
    """
    sections = document.sections
    said = _count(document.diagnostics)
    shown = sections[:_MOST_SECTIONS] or (Section(SectionKind.BLANK, Span(0, 0), ""),)
    rows = _rows(shown, document.diagnostics)
    more = len(sections) - _MOST_SECTIONS
    rest = [f"<p>… and {more} more sections</p>"] if more > 0 else []
    return _block(_table(f"{len(sections)} sections, {said}", rows) + rest)


def diagnostic_html(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as a part of a page.

    >>> (said,) = litrecord.parse_document("pmid: 7\\nviews | 2").diagnostics
    >>> html = diagnostic_html(said)
    >>> re.findall("<tr.*", html)[0][:88]
    '<tr><th scope="row">line 2, column&nbsp;1</th><td><pre><mark>views | 2</mark></pre></td>'
    """
    return _block(_said([diagnostic], diagnostic.code))


def result_html(result: Result) -> str:
    """Return a result as a part of a page: its diagnostics, and the error or the record.

    >>> (found,) = litrecord.iter_results(["| views | 26 | |\\n"])
    >>> result_html(found).split("\\n")[1]
    '<p>sources[0]: read, 0 diagnostics</p>'
    """
    error, record = result.error, result.record
    became = "read" if error is None else "refused"
    caption = f"{result.name}: {became}, {_count(result.diagnostics)}"
    lines = _said(result.diagnostics, caption)
    if error is not None:
        message = str(error)[:_MOST_CHARACTERS].partition("\n")[0]
        lines.append(f"<p><b>{type(error).__name__}</b>: {escape(clean(message))}</p>")
    block = _block(lines)
    return block if record is None else f"{block}\n{to_html(record, style=True)}"


def _count(diagnostics: Sequence[Diagnostic]) -> str:
    return "1 diagnostic" if len(diagnostics) == 1 else f"{len(diagnostics)} diagnostics"


def _block(lines: list[str]) -> str:
    style = style_element(firm_stylesheet("document"))
    return "\n".join(['<div class="litrecord-document">', *lines, style, "</div>"])


def _table(caption: str, rows: Iterable[str]) -> list[str]:
    return ["<table>", f"<caption>{escape(clean(caption))}</caption>", *rows, "</table>"]


def _said(diagnostics: Sequence[Diagnostic], caption: str) -> list[str]:
    """Return a table of diagnostics, a row each: place, line and message."""
    if not diagnostics:
        return [f"<p>{escape(clean(caption))}</p>"]
    more = len(diagnostics) - _MOST_NOTES
    rest = [f"<p>… and {more} more</p>"] if more > 0 else []
    return _table(caption, map(_row_of, diagnostics[:_MOST_NOTES])) + rest


def _row_of(note: Diagnostic) -> str:
    line, column = note.position
    text = _text(_surroundings(note), [note])
    return (
        f'<tr><th scope="row">line {line}, column&nbsp;{column}</th><td><pre>{text}</pre></td>'
        f"<td>{_note(note)}<br><small>{escape(note.advice)}</small></td></tr>"
    )


def _surroundings(note: Diagnostic) -> Section:
    """Return the line of a diagnostic, or the part of it near the place."""
    text, start, end = note.text, note.span.start, note.span.end
    before = _LINE_END.split(text[max(start - _NEAR, 0) : start])[-1]
    behind = _LINE_END.split(text[end : end + _NEAR])[0]
    span = Span(start - len(before), end + len(behind))
    return Section(SectionKind.UNKNOWN, span, span.of(text))


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
    """Return the text of a section with the places of its notes marked."""
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
    items = [f"<li>{_note(note)}</li>" for note in notes[:_MOST_NOTES]]
    more = len(notes) - _MOST_NOTES
    rest = [f"<li>… and {more} more</li>"] if more > 0 else []
    return f"<ul>{''.join([*items, *rest])}</ul>" if items else ""


def _note(note: Diagnostic) -> str:
    return f"<b>{note.severity.value}</b> {note.code}: {escape(note.message)}"
