"""Writer of JSON-LD of schema.org, which search engines and readers of RDF use.

Form (schema.org 29; JSON-LD 1.1), in brackets what may be missing::

    work     = { "@context": "https://schema.org", "@type": Kind.schema_org, [ "@id": address ],
                 [ "sameAs": [ address… ] ], [ "name" ], [ "author": { "@list": [ person… ] } ],
                 [ "datePublished": year ], [ "genre" ], [ "identifier": [ property… ] ],
                 [ "description" ], [ "keywords": [ term / defined… ] ], [ "license": [ named… ] ],
                 [ "provider": [ named… ] ], [ "interactionStatistic": [ counter… ] ],
                 [ "additionalProperty": [ property… ] ] }
    person   = { "@type": "Person", "name", [ "familyName", "givenName" ] }
    property = { "@type": "PropertyValue", "propertyID", "value", [ "url" ] [ "name" ]
                 [ "description" ] }
    defined  = { "@type": "DefinedTerm", "name", "inDefinedTermSet": named }
    named    = { "@type", "name" }
    counter  = { "@type": "InteractionCounter", "name", "interactionType": { "@type": action },
                 "userInteractionCount": number }

RDF has no order, so the authors are a list, as science-on-schema.org asks of creators. An address
is one that a resolver of an identifier has; "@id" is that of the best identifier.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from litrecord._parts.keyword_schemes import classify_keywords
from litrecord._values.identifier import Identifier
from litrecord._values.indicators import Indicator
from litrecord.model import Record, require_record
from litrecord.serializers.work import (
    addresses_of,
    kind_of,
    name_parts,
    type_of,
)

_ACTIONS = {"views": "ViewAction", "downloads": "DownloadAction"}
"""Maps indicators to the actions of users that they count."""
Members = dict[str, Any]


def to_jsonld(record: Record) -> Members:
    """Return a record as JSON-LD of schema.org: a dict with values of JSON.

    Identifiers that are not valid are left out. A row of views or downloads is an
    InteractionCounter, unless its count is rounded; any other row is an additionalProperty.

    Raises InvalidValueError if record is not a Record.

    >>> work = litrecord.to_jsonld(litrecord.parse_record("pmid: 7\\n| views | 26 |\\n"))
    >>> work["@id"], work["interactionStatistic"][0]["userInteractionCount"]
    ('https://pubmed.ncbi.nlm.nih.gov/7/', 26)
    """
    require_record(record)
    addresses = addresses_of(record)
    counters = [row for row in record.indicators if _is_counter(row)]
    work = {
        "@context": "https://schema.org",
        "@type": kind_of(record).schema_org,
        "@id": addresses[0] if addresses else None,
        "sameAs": addresses[1:],
        "name": record.title,
        "author": {"@list": list(map(_person, record.authors))} if record.authors else None,
        "datePublished": str(record.year) if record.year else None,
        "genre": type_of(record),
        "identifier": [_identifier(found) for found in record.identifiers if found.is_valid],
        "description": record.abstract,
        "keywords": [_keyword(*found) for found in classify_keywords(record)],
        "license": _named("CreativeWork", (found.license for found in record.instances)),
        "provider": _named("Organization", (found.hosted_by for found in record.instances)),
        "interactionStatistic": list(map(_counter, counters)),
        "additionalProperty": [_row(row) for row in record.indicators if row not in counters],
    }
    return {name: value for name, value in work.items() if value}


def _person(name: str) -> Members:
    parts = name_parts(name)
    split = {"familyName": parts[0], "givenName": parts[1]} if parts else {}
    return {"@type": "Person", "name": name} | split


def _identifier(found: Identifier) -> Members:
    members = {"@type": "PropertyValue", "propertyID": found.scheme, "value": found.value}
    return members | ({"url": found.url} if found.url else {})


def _keyword(term: str, scheme: str | None) -> str | Members:
    if scheme is None:
        return term
    vocabulary = {"@type": "DefinedTermSet", "name": scheme}
    return {"@type": "DefinedTerm", "name": term, "inDefinedTermSet": vocabulary}


def _named(kind: str, names: Iterable[str | None]) -> list[Members]:
    return [{"@type": kind, "name": name} for name in dict.fromkeys(names) if name]


def _is_counter(row: Indicator) -> bool:
    return row.name in _ACTIONS and row.count is not None and not row.is_rounded


def _counter(row: Indicator) -> Members:
    return {
        "@type": "InteractionCounter",
        "name": row.label,
        "interactionType": {"@type": _ACTIONS[row.name]},
        "userInteractionCount": row.count,
    }


def _row(row: Indicator) -> Members:
    members = {"@type": "PropertyValue", "propertyID": row.name, "value": row.printed}
    described = {"description": row.description} if row.description else {}
    return members | {"name": row.label} | described
