"""Writer of CSL-JSON 1.0.2, which pandoc, Zotero and the processors of CSL read.

Form, an item of the array that is a file (csl-data.json of the CSL project)::

    item   = { "type", "id", [ "title" ], [ "author": [ name… ] ], [ "issued" ], [ "genre" ],
               [ "DOI" ], [ "PMID" ], [ "PMCID" ], [ "ISBN" ], [ "ISSN" ], [ "URL" ],
               [ "abstract" ], [ "keyword" ] }
    name   = { "family", "given" } / { "literal" }            ; serializers.work.name_parts
    issued = { "date-parts": [ [ year ] ] }

Only "type" and "id" are required, so nothing is invented for a record without a title.
"""

from __future__ import annotations

from typing import Any

from litrecord.model import Record, require_record
from litrecord.serializers.work import (
    addresses_of,
    first_values,
    key_of,
    kind_of,
    name_parts,
    ranked_identifiers,
    type_of,
)

_VARIABLES = {"doi": "DOI", "pmid": "PMID", "pmc": "PMCID", "isbn": "ISBN", "issn": "ISSN"}
"""Maps schemes of identifiers to variables of CSL."""
_BETWEEN = "; "


def to_csl(record: Record, *, keys: dict[str, int] | None = None) -> dict[str, Any]:
    """Return a record as an item of CSL-JSON: a dict of str, int, lists and dicts.

    The id is the CURIE of the best identifier, or else a digest of the values, so it is the same in
    each run. keys makes the ids of one file distinct. Pass an empty dict for the first record, and
    the same dict for all others. An author without a comma is a literal name.

    Raises InvalidValueError if record is not a Record, or keys is not a dict of counts.

    >>> record = litrecord.Record(title="Old maps err", authors=["Doe, Jo", "Map Society"])
    >>> litrecord.to_csl(record)["author"]
    [{'family': 'Doe', 'given': 'Jo'}, {'literal': 'Map Society'}]
    """
    require_record(record)
    item = {
        "type": kind_of(record).csl,
        "id": key_of(record, keys),
        "title": record.title,
        "author": [_name(author) for author in record.authors],
        "issued": {"date-parts": [[record.year]]} if record.year else None,
        "genre": type_of(record),
        **first_values(ranked_identifiers(record), _VARIABLES),
        "URL": next(iter(addresses_of(record)), None),
        "abstract": record.abstract,
        "keyword": _BETWEEN.join(record.keywords),
    }
    return {name: value for name, value in item.items() if value}


def _name(author: str) -> dict[str, str]:
    parts = name_parts(author)
    return {"family": parts[0], "given": parts[1]} if parts else {"literal": author}
