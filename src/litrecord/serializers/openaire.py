"""Writer of research products of the OpenAIRE Graph.

Form, of the members that a page and the Graph share (data model 10; the dump and the API)::

    product  = { [ "id" ], [ "type" ], [ "mainTitle" ], [ "authors" ], [ "descriptions": [ text ] ],
                 [ "pids": [ { "scheme", "value" }… ] ], [ "subjects" ], [ "indicators" ],
                 [ "instances" ] }
    authors  = [ { "fullName", [ "name", "surname" ], "rank" }… ]      ; ranks from 1
    subjects = [ { "subject": { "scheme", "value" } }… ]
    indicators = { [ "citationImpact": { [ "citationCount" ], [ "citationClass" ],
                       [ "influenceClass" ], [ "popularityClass" ], [ "impulseClass" ] } ],
                   [ "usageCounts": { [ "downloads" ], [ "views" ] } ] }
    instances = [ { [ "type" ], [ "publicationDate" ], [ "refereed" ], [ "license" ],
                    [ "hostedBy": { "value" } ], [ "collectedFrom": { "value" } ] }… ]

Values that a page does not print are left out: popularity has a class, but no number. For a reader,
a member that is null, empty or missing is the same, and unknown members are ignored.
`litrecord.serializers.openaire_product` reads.
"""

from __future__ import annotations

from typing import Any

from litrecord._parts.keyword_schemes import classify_keywords
from litrecord._values.identifier import Identifier
from litrecord._values.instance import Instance
from litrecord.model import Record, require_record
from litrecord.serializers.work import kind_of, name_parts

Product = dict[str, Any]
"""A research product: dicts, lists, str, int and float, as JSON has them."""

SCHEMES = {"arxiv": "arXiv", "grid": "GRID", "isni": "ISNI", "ror": "ROR"}
"""The names of schemes that the Graph writes with capitals."""
IMPACTS = {
    "citations": "citation", "popularity": "popularity", "influence": "influence",
    "impulse": "impulse",
}  # fmt: skip
"""The prefixes of the members of citationImpact, by indicator, in the order of pages."""
USAGES = ("views", "downloads")
REFEREED = {"peerreviewed": "peerReviewed", "nonpeerreviewed": "nonPeerReviewed"}
"""Maps the text of a page to the refereed values of the Graph, which has no others."""
_SUBJECTS = frozenset({"FOS", "SDG", "arxiv", "ddc", "jel", "mesh", "msc"})
"""The schemes of `classify_keywords` that the Graph has; it has none for ASJC, LCC and HAL."""
_NO_SCHEME = "keyword"


def to_openaire(record: Record) -> Product:
    """Return a record as a research product of the Graph: a dict with values of JSON.

    A count that the page printed rounded is the rounded number, and a year is its first of January,
    as the Graph has it where it knows no more. Only the first source of an instance is written.

    Raises InvalidValueError if record is not a Record.

    >>> record = litrecord.parse_record("pmid: 21496615\\n| views | 70 |\\n| impulse | Top 1% |\\n")
    >>> product = litrecord.to_openaire(record)
    >>> product["pids"], product["indicators"]["citationImpact"]
    ([{'scheme': 'pmid', 'value': '21496615'}], {'impulseClass': 'C3'})
    """
    require_record(record)
    named = next((one for one in record.identifiers if _is_id(one)), None)
    return _without_nothing({
        "id": named.value.rpartition("|")[2] if named else None,
        "type": kind_of(record).product,
        "mainTitle": record.title,
        "authors": [_author(name, rank) for rank, name in enumerate(record.authors, 1)],
        "descriptions": [record.abstract] if record.abstract else [],
        "pids": [_pid(one) for one in record.identifiers if one is not named],
        "subjects": [_subject(*found) for found in classify_keywords(record)],
        "indicators": _indicators(record),
        "instances": [_instance(instance) for instance in record.instances],
    })  # fmt: skip


def _without_nothing(members: Product) -> Product:
    return {name: value for name, value in members.items() if value not in (None, {}, [])}


def _is_id(identifier: Identifier) -> bool:
    return identifier.scheme == "openaire" and identifier.is_valid


def _author(name: str, rank: int) -> Product:
    surname, given = name_parts(name) or (None, None)
    return _without_nothing({"fullName": name, "name": given, "surname": surname, "rank": rank})


def _pid(identifier: Identifier) -> Product:
    scheme = SCHEMES.get(identifier.scheme, identifier.scheme)
    return {"scheme": scheme, "value": identifier.value}


def _subject(term: str, scheme: str | None) -> Product:
    return {"subject": {"scheme": scheme if scheme in _SUBJECTS else _NO_SCHEME, "value": term}}


def _indicators(record: Record) -> Product:
    impact: Product = {}
    for name, stem in IMPACTS.items():
        row = record.indicators.get(name)
        if row is not None and row.count is not None and name == "citations":
            impact["citationCount"] = float(row.count)
        if row is not None and row.impact_class is not None:
            impact[f"{stem}Class"] = row.impact_class.code
    rows = {name: record.indicators.get(name) for name in USAGES}
    usage = {name: row.count if row else None for name, row in rows.items()}
    return _without_nothing({"citationImpact": impact, "usageCounts": _without_nothing(usage)})


def _instance(instance: Instance) -> Product:
    refereed = "".join(filter(str.isalpha, (instance.refereed or "").lower()))
    sources = instance.collected_from
    return _without_nothing({
        "type": instance.type,
        "publicationDate": f"{instance.year}-01-01" if instance.year else None,
        "refereed": REFEREED.get(refereed),
        "license": instance.license,
        "hostedBy": {"value": instance.hosted_by} if instance.hosted_by else None,
        "collectedFrom": {"value": sources[0]} if sources else None,
    })  # fmt: skip
