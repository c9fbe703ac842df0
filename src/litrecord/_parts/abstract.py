"""Parser of the abstract, and of the title and authors that whole pages print.

Grammar::

    abstract = paragraph *( line-end paragraph )      ; a segment a paragraph, see inline_markup
    authors  = "Authors:" name *( ";" name ) [ ";" more ] [ ";" ]        ; ";" of no reference
    more     = "+" count " Authors"
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from litrecord._characters import OTHER_SPACES, clean
from litrecord._parts.inline_markup import left_in, may_hold_tags, unwrap
from litrecord._text.annotations import ANNOTATED
from litrecord._text.lexer import AUTHORS_START
from litrecord._text.segments import Findings, Segment
from litrecord._validation import paragraphs_of
from litrecord._vocabularies.printed import split_at_semicolons

_MORE = re.compile(r"\+[0-9]+ Authors?")


def read_abstract(segments: Sequence[Segment], findings: Findings) -> str | None:
    """Return the paragraphs of the ABSTRACT segments, a line each, without markup."""
    text = "\n".join([segment[2] for segment in segments]) if segments[1:] else segments[0][2]
    text = clean(text)
    if ("&" in text or ("<" in text and may_hold_tags(text))) and segments[0][3] is not ANNOTATED:
        return _without_markup(text, segments, findings)
    return text


def _without_markup(text: str, segments: Sequence[Segment], findings: Findings) -> str | None:
    def report(code: str, message: str, start: int) -> None:
        at = start - text.rfind("\n", 0, start) - 1
        findings.add(code, message, segments[text.count("\n", 0, start)], at, 0)

    found = unwrap(text)
    if found.left:
        report("unread-tag", left_in(found), found.left_at)
    if not found.tags and not found.references:
        return text
    counts = f"{found.tags} tags and {found.references} character references"
    repeated = f"; formulas given twice, kept once: {found.repeated}" if found.repeated else ""
    report("unwrapped-markup", f"read as markup of this abstract: {counts}{repeated}", found.start)
    return paragraphs_of(found.text)


def read_title(segments: Sequence[Segment], _: Findings) -> str:
    """Return the title of the TITLE segments, which all have the same text."""
    return clean(segments[0][2])


def read_authors(segments: Sequence[Segment], findings: Findings) -> tuple[str, ...]:
    """Return the names of the AUTHORS segments."""
    authors: list[str] = []
    for segment in segments:
        line = clean(segment[2])
        if segment[3] is ANNOTATED:
            authors.append(line)
            continue
        for printed in split_at_semicolons(line.removeprefix(AUTHORS_START)):
            name = printed.strip(f" \t{OTHER_SPACES}").strip()
            if _MORE.fullmatch(name):
                message = f"the page shortens the list of authors: it ends with {name!r}"
                findings.add("more-authors", message, segment)
            elif name:
                authors.append(name)
    return tuple(authors)


def write_authors(authors: Sequence[str]) -> str:
    """Return the line that names the authors.

    >>> write_authors(["Doe, Jo", "Roe, Di"])
    'Authors: Doe, Jo; Roe, Di'
    """
    return f"{AUTHORS_START} {'; '.join(authors)}".rstrip()
