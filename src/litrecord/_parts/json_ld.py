"""Parser of the JSON-LD of a page: values of its work, by field of a record.

Grammar::

    json-ld  = work / [ *object ] / { "@graph": [ *object ] }      ; one work: told_by_json_ld
    object   = work / { "mainEntity": work }
    work     = { "@type": one of _WORKS, *( a member of _FIELDS: its value or a list ) }
    list     = [ *value ] / { "@list" / "@set": [ *value ] }
    person   = name / { "name" } / { "givenName", "familyName" }
    identifier = any form of one / { "propertyID" / "name", "value" / "url" / "@id" }

The first member of a field that has a value is read, in the order of the table. Source:
schema.org 29 (2025). The portal has the type Dataset for all its products.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from litrecord._text.segments import Findings

_WORKS = frozenset({
    "Article", "Book", "Chapter", "CreativeWork", "Dataset", "MedicalScholarlyArticle", "Report",
    "ScholarlyArticle", "SoftwareApplication", "SoftwareSourceCode", "TechArticle", "Thesis",
})  # fmt: skip
_FIELDS = {
    "title": ("name", "headline"),
    "authors": ("creator", "author"),
    "abstract": ("abstract", "description"),
    "keywords": ("keywords",),
    "identifiers": ("identifier", "sameAs", "@id", "url"),
}
"""The members of a work in JSON-LD, by field."""
_OF_WORKS = ("abstract", "author", "creator", "headline")
"""Members that only works have, of any type."""
_ADDRESSES = frozenset({"@id", "url"})
"""Members with an address, which may be an identifier."""
_MEMBERS = [name for names in _FIELDS.values() for name in names]
UNREAD = "unread-metadata"
Told = dict[str, list[Any]]
"""The values of each field in metadata: texts. For identifiers, a scheme or "", a text, and whether
the text may be another address."""


def first_of_each(
    fields: Mapping[str, Iterable[str]],
    get: Callable[[str], Iterable[Any]],
    texts_of: Callable[[str, str, Any], Iterable[Any]],
) -> Told:
    """Return for each field the values of its first name; for identifiers those of all names."""
    told: Told = {}
    for field, names in fields.items():
        for name in names:
            texts = [text for value in get(name) for text in texts_of(field, name, value)]
            if texts and (field == "identifiers" or field not in told):
                told.setdefault(field, []).extend(texts)
    return told


def told_by_json_ld(scripts: Iterable[str], findings: Findings) -> Told:
    """Return the values of the one work of JSON-LD scripts; a repeated script counts once."""
    found = [one for script in dict.fromkeys(scripts) for one in _objects_in(script, findings)]
    works = list(filter(_is_work, found))
    if len(works) != 1:
        if works:
            message = f"the JSON-LD describes {len(works)} works, expected one: none was read"
            findings.add_behind(UNREAD, message)
        elif any(name in one for one in found for name in _OF_WORKS):
            message = "the JSON-LD describes something without the type of a work: it was not read"
            findings.add_behind(UNREAD, message)
        return {}
    told = first_of_each(_FIELDS, lambda name: _many(works[0].get(name)), _texts_of_member)
    if not told:
        message = f"the JSON-LD has none of {', '.join(_MEMBERS)} for its work"
        findings.add_behind(UNREAD, message)
    return told


def _texts_of_member(field: str, name: str, value: object) -> list[Any]:
    if field == "identifiers":
        scheme, text = _identifier_of(value)
        return [(scheme, text, name in _ADDRESSES)] if text else []
    text = _name_of(value) if field == "authors" else _text_of(value)
    return [text] if text.strip() else []


def _objects_in(script: str, findings: Findings) -> list[dict[str, Any]]:
    """Return the objects that one script describes."""
    try:
        found = json.loads(_bare(script), strict=False)
    except (ValueError, RecursionError) as error:
        findings.add_behind(UNREAD, f"this JSON-LD is not valid JSON: {error}")
        return []
    objects = _many(found.get("@graph", found) if isinstance(found, dict) else found)
    return [
        one
        for outer in objects
        if isinstance(outer, dict)
        for one in (outer, *_many(outer.get("mainEntity")))
        if isinstance(one, dict)
    ]


def _bare(script: str) -> str:
    """Return a script without the comment or CDATA section around it."""
    script = script.strip()
    for before, after in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        if script.startswith(before) and script.endswith(after):
            script = script.removeprefix(before).removesuffix(after)
    return script


def _is_work(found: dict[str, Any]) -> bool:
    types = (kind for kind in _many(found.get("@type")) if isinstance(kind, str))
    return any(kind.rpartition("/")[2].removeprefix("schema:") in _WORKS for kind in types)


def _many(value: object) -> list[Any]:
    """Return the values of a list, which may be one that RDF keeps in order, or one value."""
    if isinstance(value, dict):
        value = value.get("@list", value.get("@set", value))
    return value if isinstance(value, list) else [value]


def _text_of(value: object) -> str:
    """Return a value that is a text, or the text that names it."""
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


def _identifier_of(value: object) -> tuple[str, str]:
    if not isinstance(value, dict):
        return "", value if isinstance(value, str) else ""
    scheme = _text_of(value.get("propertyID")) or _text_of(value.get("name"))
    texts = (_text_of(value.get(name)) for name in ("value", "url", "@id"))
    return scheme.rpartition("/")[2], next(filter(None, texts), "")
