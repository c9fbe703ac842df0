"""Metadata of saved pages: what their head says of the work and their body does not print.

Grammar of what is read, the first of each field that the body lacks; identifiers are added::

    json-ld  = work / [ *object ] / { "@graph": [ *object ] }      ; one work: _works_in
    work     = { "@type": one of _WORKS, "name": title, "description": abstract,
                 "creator" / "author": person / [ *person ],
                 "identifier": identifier / [ *identifier ],
                 "keywords": line / [ *keyword ] }      ; title and abstract may hold markup
    person   = name / { "name" } / { "givenName", "familyName" }
    identifier = any form of one / { "propertyID", "value" }
    meta     = "citation_title" / "citation_author" / "citation_abstract" / "citation_keywords"
             / "citation_doi" / "citation_pmid" / "citation_arxiv_id"

Sources: schema.org 29 (2025); the meta tags that Google Scholar documents for publishers. The
portal says Dataset of all its products.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from litrecord._characters import unify_line_ends
from litrecord._parts.inline_markup import unwrap
from litrecord._parts.keywords import read_keywords
from litrecord._text.segments import Findings
from litrecord._values.identifier import Identifier
from litrecord._vocabularies.identifiers import recognise, scheme_of_label

_WORKS = frozenset({
    "Article", "Book", "Chapter", "CreativeWork", "Dataset", "MedicalScholarlyArticle", "Report",
    "ScholarlyArticle", "SoftwareApplication", "SoftwareSourceCode", "TechArticle", "Thesis",
})  # fmt: skip
_META_FIELDS = {
    "citation_title": "title",
    "citation_author": "authors",
    "citation_abstract": "abstract",
    "citation_keywords": "keywords",
    "citation_doi": "identifiers",
    "citation_pmid": "identifiers",
    "citation_arxiv_id": "identifiers",
}
_LD_FIELDS = {
    "name": "title",
    "creator": "authors",
    "author": "authors",
    "description": "abstract",
    "keywords": "keywords",
    "identifier": "identifiers",
}
Values = dict[str, Any]
"""Values of a record, by field."""

Told = dict[str, list[Any]]
"""What metadata say of a field: texts, or for identifiers pairs of a scheme, or "", and a text."""


def from_metadata(
    json_ld: Iterable[str], metas: Iterable[tuple[str, str]], printed: Values, findings: Findings
) -> Values:
    """Return the fields to which a page's metadata add: identifiers are those printed and more."""
    added: Values = {}
    for where, told in (
        ("JSON-LD", _told_by_json_ld(json_ld, findings)),
        ("citation tags", _told_by_metas(metas)),
    ):
        for field, texts in told.items():
            if field == "identifiers":
                known = added.get(field) or printed.get(field, ())
                added[field] = (*known, *_new_identifiers(texts, known, where, findings))
            elif not printed.get(field) and not added.get(field):
                added[field] = _READERS[field](texts, findings)
                if added[field]:
                    _add(f"{field}: not printed, but in the page's {where}", findings)
    return {field: value for field, value in added.items() if value}


def _add(message: str, findings: Findings, code: str = "from-metadata") -> None:
    findings.add_behind(code, message)


def _told_by_metas(metas: Iterable[tuple[str, str]]) -> Told:
    told: Told = {}
    for name, content in metas:
        field = _META_FIELDS.get(name.lower())
        if field == "identifiers":
            scheme = name.lower().split("_")[1]
            told.setdefault(field, []).append((scheme, content))
        elif field is not None:
            parts = content.split(";") if field == "keywords" else [content]
            told.setdefault(field, []).extend(parts)
    return told


def _told_by_json_ld(scripts: Iterable[str], findings: Findings) -> Told:
    works = [work for script in scripts for work in _works_in(script, findings)]
    if len(works) > 1:
        _add(f"the JSON-LD describes {len(works)} works, and none was read", findings, _UNREAD)
    told: Told = {}
    for name, value in works[0].items() if len(works) == 1 else ():
        field = _LD_FIELDS.get(name)
        if field is not None:
            texts = told.setdefault(field, [])
            texts += [text for one in _many(value) if (text := _TEXT_OF.get(field, _text_of)(one))]
    return told


_UNREAD = "unread-metadata"


def _works_in(script: str, findings: Findings) -> list[dict[str, Any]]:
    """Return the works that one script describes."""
    try:
        found = json.loads(_bare(script), strict=False)
    except (ValueError, RecursionError) as error:
        _add(f"this JSON-LD is no JSON: {error}", findings, _UNREAD)
        return []
    objects = _many(found.get("@graph", found) if isinstance(found, dict) else found)
    return [one for one in objects if isinstance(one, dict) and _is_work(one)]


def _bare(script: str) -> str:
    """Return a script without the comment or section that some pages wrap it in."""
    script = script.strip()
    for before, after in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        if script.startswith(before) and script.endswith(after):
            script = script.removeprefix(before).removesuffix(after)
    return script


def _is_work(found: dict[str, Any]) -> bool:
    types = (kind for kind in _many(found.get("@type")) if isinstance(kind, str))
    return any(kind.rpartition("/")[2].removeprefix("schema:") in _WORKS for kind in types)


def _many(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text_of(value: object) -> str:
    """Return the text that a value is, or names itself by."""
    if isinstance(value, dict):
        value = value.get("@value", value.get("name"))
    if type(value) is int:
        return str(value)
    return value if isinstance(value, str) else ""


def _name_of(person: object) -> str:
    name = _text_of(person)
    if name or not isinstance(person, dict):
        return name
    return " ".join(filter(None, (_text_of(person.get(of)) for of in ("givenName", "familyName"))))


def _identifier_of(value: object) -> tuple[str, str] | None:
    if isinstance(value, dict):
        scheme, text = _text_of(value.get("propertyID")), _text_of(value.get("value"))
        return (scheme.rpartition("/")[2], text) if text else None
    return ("", value) if isinstance(value, str) and value else None


_TEXT_OF = {"authors": _name_of, "identifiers": _identifier_of}


def _new_identifiers(
    pairs: Iterable[tuple[str, str]], known: Iterable[Identifier], where: str, findings: Findings
) -> list[Identifier]:
    seen = set(known)
    new: list[Identifier] = []
    limits = findings.limits
    for label, text in pairs:
        identifier = _identifier(label, _line(text))
        if identifier is None:
            _add(f"{text!r:.60} in the page's {where} is no identifier", findings, _UNREAD)
        elif identifier not in seen:
            seen.add(identifier)
            new.append(identifier)
            if len(seen) > limits.identifiers:
                limits.refuse("identifiers", len(seen))
            _add(f"{identifier.curie} stands in the page's {where} only", findings)
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
    return unwrap(text).text


def _read_title(texts: list[str], _: Findings) -> str | None:
    return _line(texts[0]) or None if texts else None


def _read_abstract(texts: list[str], _: Findings) -> str | None:
    return "\n".join(map(_plain, texts)).strip() or None


def _read_authors(texts: list[str], _: Findings) -> tuple[str, ...]:
    return tuple(filter(None, map(_line, texts)))


def _read_keywords(texts: list[str], findings: Findings) -> tuple[str, ...]:
    """Return keywords: several as they are, and one text as a line of them."""
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
