"""Parser of the head of a saved page: the lines above its abstract, with the identifiers.

Grammar of the lines of a text form, without blank lines, scripts and annotated lines::

    page    = head ( "Abstract" / abstract ) …                   ; read on by the segmenter
    head    = *( facts / notice / title / authors / identifiers / unknown )   ; up to "Abstract",
              or else up to the last of the adjacent identifier lines
    title   = the first heading that is no facts, and each line like it
            / without a heading, the line above "Authors:"
    authors = "Authors:" names
            / below the title: names in a heading, or several with a ";" between them
    names   = name *( ";" name )      ; a name has few words, none small but particles
    facts   = 1*( type / access / language / date ) / label ":" any            ; _is_facts
    sign    = a heading, facts or "Authors:" above identifiers, or "Abstract" below them

If text without a sign ends like a sentence of some words, and an identifier line follows, both
are an abstract, in which such lines occur.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from litrecord._characters import lines_of, plain_spaces
from litrecord._html.text_form import RenderedPage
from litrecord._scripts.scanner import find_scripts
from litrecord._sections import SectionKind
from litrecord._text.annotations import Annotation
from litrecord._text.lexer import Token, TokenKind, tokenize
from litrecord._text.segmenter import Segmenter, segment
from litrecord._text.segments import Segmentation
from litrecord._text.transitions import State
from litrecord._vocabularies.terms import is_sentence
from litrecord.limits import Limits


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FACTS = _words(
    """
    publication publications dataset datasets research data software other research product
    article preprint report thesis book part of or chapter of conference object lecture review
    journal bachelor master doctoral working paper project deliverable other literature type
    open access closed restricted embargo embargoed unknown green gold hybrid bronze diamond
    peer-reviewed peer reviewed version
    english french german spanish italian portuguese dutch polish russian ukrainian czech slovak
    slovenian croatian serbian bosnian macedonian bulgarian romanian hungarian greek turkish
    finnish swedish norwegian danish icelandic estonian latvian lithuanian irish welsh catalan
    galician basque latin arabic hebrew persian hindi chinese japanese korean indonesian
    undetermined multiple languages bokmål nynorsk modern orp openaire explore
    """
)
"""The words of a line that has only type, access or language."""
_MONTHS = _words(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
"""They are facts only with a number, since some are names."""
_LABELS = (
    "access", "access rights", "conference", "country", "data sources", "date",
    "embargo end date", "issn", "journal", "language", "languages", "license", "licence",
    "last update", "published", "published in", "publisher", "type", "types", "year",
)  # fmt: skip
_SEPARATORS = re.compile(r"[\s.,;:·•|/()&–-]+")
_LABEL = re.compile(rf"(?:{'|'.join(sorted(_LABELS, reverse=True))})\s?:", re.I)
_LONGEST_FACTS = 120
_MOST_WORDS = 6
_LEAST_PROSE = 8
_NUMBER = re.compile(r"(?:1[5-9]|20)[0-9][0-9]|[0-3]?[0-9]")
_MORE = re.compile(r"\+[0-9]+ Authors?")
_PARTICLES = _words(
    "al and bin d da das de del della den der di do dos du e el ibn la le los te ten ter van vom "
    "von y zu zum zur"
)
_NO_NAME = re.compile(r"[0-9:!?]")
_K = SectionKind
_PLAIN = {
    TokenKind.IDENTIFIER: _K.IDENTIFIERS,
    TokenKind.AUTHORS: _K.AUTHORS,
    TokenKind.NOTICE: _K.NOTICE,
    TokenKind.DESCRIPTION: _K.NOTICE,
}


_BELOW = frozenset({_K.IDENTIFIERS, _K.NOTICE})


class Head(NamedTuple):
    """The lines of a head, and the offset at which the text below them begins."""

    annotations: list[Annotation]
    state: State


class _Line(NamedTuple):
    text: str
    start: int
    token: Token


def segment_saved(page: RenderedPage, text: str, limits: Limits) -> Segmentation:
    """Cut the text form of a page, or the form with plain spaces, into segments that tile it."""
    page = page._replace(text=text, headings=list(map(plain_spaces, page.headings)))
    segmented = segment(page.text, limits, page.annotations)
    codes = {report.code for report in segmented.findings.reports}
    # The title of a whole page with sources is found by the segmenter.
    is_plain = not page.headings and "identifier-in-text" not in codes
    if is_plain or _K.TITLE in segmented.by_kind:
        return segmented
    head = read_head(page.text, frozenset(page.headings), page.annotations)
    if head is None:
        return segmented
    segmenter = Segmenter(page.text, limits, head.state)
    segmenter.run((*page.annotations, *head.annotations))
    # The text below the head is read like any text: a repeated line is keywords.
    segmenter.is_page = False
    return segmenter.finish()


def read_head(text: str, headings: frozenset[str], annotated: Sequence[Annotation]) -> Head | None:
    """Return the head of a saved page, or None if it has none.

    >>> head = read_head("Old maps err\\ndoi: 10.1000/182\\nThey do.", frozenset(), [])
    >>> [annotation.kind.value for annotation in head.annotations]
    ['unknown', 'identifiers']
    """
    lines = list(_lines_above_rows(text, annotated))
    kinds = [line.token[0] for line in lines]
    if TokenKind.PAGE_START in kinds or not kinds:
        return None
    first = _first(kinds, TokenKind.IDENTIFIER)
    abstract = _heading(lines, TokenKind.ABSTRACT_HEADING, headings, first)
    keywords = _heading(lines, TokenKind.KEYWORDS_HEADING, headings, first)
    found = _kinds_of(lines[: min(abstract, keywords)], headings)
    if abstract < len(lines):
        end, state = abstract, State.TITLED
    else:
        end = _end_of_identifiers(lines, found, first) if first < keywords else 0
        state = State.PAGE_ABSTRACT if keywords < len(lines) else State.HEAD
        if state is State.HEAD and not 0 < first < len(lines):
            return None
    if abstract == len(lines) and _is_abstract(lines[:first], found):
        return None
    return Head([_annotation(*pair) for pair in zip(lines[:end], found, strict=False)], state)


def _lines_above_rows(text: str, annotated: Sequence[Annotation]) -> Iterator[_Line]:
    """Yield the lines above the first row that are not annotated and not in a script."""
    scripts = find_scripts(text) if "<" in text else ()
    taken = deque(sorted((*scripts, *annotated), key=attrgetter("start")))
    until = 0
    for raw, start, after in lines_of(text, 0, len(text)):
        while taken and taken[0].start < after:
            cut = taken.popleft()
            if isinstance(cut, Annotation) and cut.kind is _K.INDICATOR:
                return
            until = max(until, cut.end)
        line = raw.strip()
        if line and start >= until:
            token = tokenize(line)
            if token[0] is TokenKind.ROW:
                return
            yield _Line(line, start, token)


def _first(kinds: Sequence[TokenKind], kind: TokenKind) -> int:
    """Return the index of the first line of a kind, or the number of lines."""
    return kinds.index(kind) if kind in kinds else len(kinds)


def _heading(lines: list[_Line], kind: TokenKind, headings: frozenset[str], first: int) -> int:
    """Return the index of a heading: an element, or any line if text is above identifiers."""
    is_any = 0 < first < len(lines)
    found = (
        at
        for at, line in enumerate(lines)
        if line.token[0] is kind and (is_any or line.text in headings)
    )
    return next(found, len(lines))


def _end_of_identifiers(lines: Sequence[_Line], kinds: Sequence[SectionKind], first: int) -> int:
    """Return the end of the identifiers, and of the facts and the title below them."""
    texts = {line.text for line in lines[:first]}
    end = first
    while end < len(lines) and (kinds[end] in _BELOW or lines[end].text in texts):
        end += 1
    return end


def _is_abstract(above: list[_Line], kinds: list[SectionKind]) -> bool:
    """Return whether lines above identifiers are an abstract: no sign, and prose right above."""
    if not above or any(kind is not _K.UNKNOWN for kind in kinds[: len(above)]):
        return False
    last = above[-1].text
    return len(last.split()) >= _LEAST_PROSE and is_sentence(last)


def _annotation(line: _Line, kind: SectionKind) -> Annotation:
    read = line.token[1] if kind is _K.IDENTIFIERS else None
    return Annotation(kind, line.start, line.start + len(line.text), read)


def _kinds_of(lines: list[_Line], headings: frozenset[str]) -> list[SectionKind]:
    title = _title_of(lines, headings)
    kinds: list[SectionKind] = []
    for line in lines:
        kind = _PLAIN.get(line.token[0])
        if kind is None and line.text == title:
            kind = _K.TITLE
        elif kind is None and _is_facts(line.text):
            kind = _K.NOTICE
        elif kind is None:
            is_below = bool(kinds) and kinds[-1] in (_K.TITLE, _K.AUTHORS)
            is_told = ";" in line.text or line.text in headings
            is_names = is_below and is_told and _are_names(line.text)
            kind = _K.AUTHORS if is_names else _K.UNKNOWN
        kinds.append(kind)
    return kinds


def _title_of(lines: list[_Line], headings: frozenset[str]) -> str | None:
    texts = [line.text for line in lines if line.token[0] not in _PLAIN]
    found = [text for text in texts if text in headings and not _is_facts(text)]
    if found:
        return found[0]
    above = pairwise(lines)
    return next((line.text for line, below in above if below.token[0] is TokenKind.AUTHORS), None)


def _is_facts(line: str) -> bool:
    """Return whether a line has only type, access, language or date, or has a label.

    >>> _is_facts("Publication . Article . 2011"), _is_facts("Open maps")
    (True, False)
    """
    if _LABEL.match(line):
        return True
    if len(line) > _LONGEST_FACTS:
        return False
    words = list(filter(None, _SEPARATORS.split(line.lower())))
    has_number = any(map(_NUMBER.fullmatch, words))
    known = _FACTS | _MONTHS if has_number else _FACTS
    return bool(words) and all(word in known or _NUMBER.fullmatch(word) for word in words)


def _are_names(line: str) -> bool:
    """Return whether a line may be the names of authors, with a semicolon between two.

    >>> _are_names("Jo Doe; Roe, Ann; +4 Authors"), _are_names("Version 2; revised")
    (True, False)
    """
    names = [name.strip() for name in line.split(";")]
    return all(_is_name(name) or _MORE.fullmatch(name) for name in filter(None, names))


def _is_name(name: str) -> bool:
    words = name.replace(",", " ").split()
    is_short = len(words) <= _MOST_WORDS and name.count(",") <= 1
    is_of_two = "," in name and all(len(part.split()) > 1 for part in name.split(","))
    is_large = all(not word[0].islower() or word in _PARTICLES for word in words)
    return is_short and not is_of_two and is_large and not _NO_NAME.search(name)
