"""Metadata of saved pages: values from the head that the body does not print.

Grammar; the first value of each field is used if the body has none, and identifiers are added::

    metadata = *( json-ld / meta )      ; see json_ld; then each family of meta tags, in its order
    meta     = a name of _FAMILIES, in any case, with its content              ; _name_of_tag

The first name of a field that has a content is read, in the order of the table. Titles and
abstracts may hold markup. An address (_ADDRESSES) that is not an identifier is ignored.

Sources: the meta tags that Google Scholar documents for publishers (Highwire Press, bepress);
DCMI's "Expressing Dublin Core in HTML" and the tags that DSpace and OJS write; ogp.me.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from litrecord._characters import clean, unify_line_ends
from litrecord._parts.inline_markup import left_in, unwrap
from litrecord._parts.json_ld import UNREAD, Told, first_of_each, told_by_json_ld
from litrecord._parts.keywords import read_keywords
from litrecord._text.segments import Findings
from litrecord._validation import paragraphs_of
from litrecord._values.identifier import Identifier
from litrecord._vocabularies.identifiers import scheme_of_label
from litrecord._vocabularies.recognition.recogniser import recognise

_FAMILIES = {
    "citation tags": {
        "title": ("citation_title",),
        "authors": ("citation_author", "citation_authors"),
        "abstract": ("citation_abstract",),
        "keywords": ("citation_keywords", "citation_keyword"),
        "identifiers": ("citation_doi", "citation_pmid", "citation_pmcid", "citation_arxiv_id"),
    },
    "Dublin Core tags": {
        "title": ("dc.title",),
        "authors": ("dc.creator", "dc.creator.personalname", "dc.contributor.author"),
        "abstract": ("dc.abstract", "dc.description.abstract", "dc.description"),
        "keywords": ("dc.subject",),
        "identifiers": (
            "dc.identifier", "dc.identifier.uri", "dc.identifier.doi", "dc.identifier.pmid",
            "dc.identifier.arxiv", "dc.identifier.handle",
        ),
    },
    "Open Graph tags": {
        "title": ("og:title",),
        "authors": ("article:author", "book:author"),
        "abstract": ("og:description",),
        "keywords": ("article:tag", "book:tag"),
        "identifiers": ("og:url",),
    },
}  # fmt: skip
"""The names of meta tags, by family and field. Values of Open Graph are often shortened."""
_SCHEMES = {
    "citation_doi": "doi", "citation_pmid": "pmid", "citation_pmcid": "pmc",
    "citation_arxiv_id": "arxiv", "dc.identifier.doi": "doi", "dc.identifier.pmid": "pmid",
    "dc.identifier.arxiv": "arxiv", "dc.identifier.handle": "handle",
}  # fmt: skip
"""The schemes that the names of tags give."""
_ADDRESSES = frozenset({"og:url"})
"""Tags with an address, which may be an identifier."""
Values = dict[str, Any]
"""Values of a record, by field."""


_OF_FRAME = frozenset({"title", "abstract"})
"""What a page has in its metadata before its scripts have run: name and purpose of the site."""


def from_metadata(
    json_ld: Iterable[str], metas: Iterable[tuple[str, str]], printed: Values, findings: Findings
) -> Values:
    """Return the fields that the metadata of a page add to; identifiers include those printed."""
    added: Values = {}
    works = told_by_json_ld(json_ld, findings)
    for where, told in (("JSON-LD", works), *_told_by_metas(metas).items()):
        for field, texts in told.items():
            if field == "identifiers":
                known = added.get(field) or printed.get(field, ())
                added[field] = (*known, *_new_identifiers(texts, known, where, findings))
            elif not printed.get(field) and not added.get(field):
                added[field] = _READERS[field](texts, findings)
                if added[field]:
                    _add(f"{field}: not printed, but in the page's {where}", findings)
    found = {field: value for field, value in added.items() if value}
    has_more = any(printed.values()) or any(works.values()) or not found.keys() <= _OF_FRAME
    if found and not has_more:
        names = " and ".join(sorted(found))
        message = f"expected a part of a record, found none but {names} in the metadata"
        _add(message, findings, "no-record")
    return found


def _add(message: str, findings: Findings, code: str = "from-metadata") -> None:
    findings.add_behind(code, message)


def _told_by_metas(metas: Iterable[tuple[str, str]]) -> dict[str, Told]:
    """Return the values of the meta tags of each family."""
    contents: dict[str, list[str]] = {}
    for name, content in metas:
        if content.strip():
            contents.setdefault(_name_of_tag(name), []).append(content)
    return {
        family: first_of_each(fields, lambda name: contents.get(name, ()), _texts_of_tag)
        for family, fields in _FAMILIES.items()
    }


def _name_of_tag(name: str) -> str:
    """Return the name of a meta tag as the table has it.

    >>> _name_of_tag("DCTERMS:abstract"), _name_of_tag("bepress_citation_title")
    ('dc.abstract', 'citation_title')
    """
    name = name.strip().lower().removeprefix("bepress_")
    family, mark, field = name.replace(":", ".").partition(".")
    return f"dc.{field}" if mark and family in ("dc", "dcterms") else name


def _texts_of_tag(field: str, name: str, content: str) -> list[Any]:
    if field == "identifiers":
        return [(_SCHEMES.get(name, ""), content, name in _ADDRESSES)]
    # A character reference has a semicolon too.
    return _plain(content).split(";") if field == "keywords" else [content]


def _new_identifiers(
    told: Iterable[tuple[str, str, bool]],
    known: Iterable[Identifier],
    where: str,
    findings: Findings,
) -> list[Identifier]:
    seen = set(known)
    new: list[Identifier] = []
    limits = findings.limits
    for label, text, is_address in told:
        identifier = _identifier(label, _line(text))
        if identifier is None:
            if not is_address:
                _add(f"{text!r:.60} in the page's {where} is not an identifier", findings, UNREAD)
        elif identifier not in seen:
            seen.add(identifier)
            new.append(identifier)
            if len(seen) > limits.identifiers:
                limits.refuse("identifiers", len(seen))
            _add(f"{identifier.curie} is only in the page's {where}", findings)
    return new


def _identifier(label: str, text: str) -> Identifier | None:
    scheme = scheme_of_label(label.strip().lower()) if label else None
    found = (scheme, text) if scheme else recognise(text) if text else None
    identifier = Identifier(*found) if found and text else None
    return identifier if identifier is not None and identifier.is_valid else None


def _line(text: str) -> str:
    lines = unify_line_ends(_plain(text)).split("\n")
    return " ".join(filter(None, map(str.strip, lines)))


def _plain(text: str) -> str:
    return clean(unwrap(text).text)


def _read_title(texts: list[str], findings: Findings) -> str | None:
    _report_tags(texts[:1], findings)
    return _line(texts[0]) or None


def _read_abstract(texts: list[str], findings: Findings) -> str | None:
    _report_tags(texts, findings)
    return paragraphs_of("\n".join(map(_plain, texts)))


def _report_tags(texts: list[str], findings: Findings) -> None:
    for found in map(unwrap, texts):
        if found.left:
            findings.add_behind("unread-tag", left_in(found))


def _read_authors(texts: list[str], _: Findings) -> tuple[str, ...]:
    names = (name.strip() for text in texts for name in _line(text).split(";"))
    return tuple(filter(None, names))


def _read_keywords(texts: list[str], findings: Findings) -> tuple[str, ...]:
    """Return keywords: several texts unchanged, and a single text split as a line."""
    lines = [line for line in map(_line, texts) if line]
    if len(lines) == 1:
        line = lines[0]
        lines = line.split(";") if ";" in line else list(read_keywords(line)[0])
    found = tuple(filter(None, map(str.strip, lines)))
    if len(found) > findings.limits.terms:
        findings.limits.refuse("terms", len(found))
    return found


_READERS: dict[str, Callable[[list[str], Findings], Any]] = {
    "title": _read_title,
    "authors": _read_authors,
    "abstract": _read_abstract,
    "keywords": _read_keywords,
}
