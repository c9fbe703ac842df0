"""Columns of research products, with the types of a dump of the OpenAIRE Graph.

The members are those that `to_openaire` writes, and the numbers beside the impact classes. No page
prints these numbers, but one query over a dump and over pages can name them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from litrecord.model import Record
from litrecord.serializers.openaire import IMPACTS, to_openaire

_TEXT = pa.string()
_NAMED = pa.struct([("key", _TEXT), ("value", _TEXT)])
_SCHEMED = pa.struct([("scheme", _TEXT), ("value", _TEXT)])
_AUTHOR = [("fullName", _TEXT), ("name", _TEXT), ("surname", _TEXT), ("rank", pa.int64())]
_IMPACT = [
    member
    for stem in IMPACTS.values()
    for member in (
        ("citationCount" if stem == "citation" else stem, pa.float64()),
        (f"{stem}Class", _TEXT),
    )
]
_USAGE = [("downloads", pa.int64()), ("views", pa.int64())]
_INSTANCE = [
    ("type", _TEXT), ("publicationDate", pa.date32()), ("refereed", _TEXT), ("license", _TEXT),
    ("hostedBy", _NAMED), ("collectedFrom", _NAMED),
]  # fmt: skip
SCHEMA = pa.schema([
    ("id", _TEXT), ("type", _TEXT), ("mainTitle", _TEXT),
    ("authors", pa.list_(pa.struct(_AUTHOR))),
    ("descriptions", pa.list_(_TEXT)),
    ("pids", pa.list_(_SCHEMED)),
    ("subjects", pa.list_(pa.struct([("subject", _SCHEMED)]))),
    ("indicators", pa.struct([("citationImpact", pa.struct(_IMPACT)),
                              ("usageCounts", pa.struct(_USAGE))])),
    ("instances", pa.list_(pa.struct(_INSTANCE))),
])  # fmt: skip
"""The columns of a research product."""


def table_of(records: Iterable[Record]) -> pa.Table:
    """Return a row for each record; what a record lacks is null."""
    return pa.Table.from_pylist([_row_of(to_openaire(record)) for record in records], SCHEMA)


def _row_of(product: dict[str, Any]) -> dict[str, Any]:
    for instance in product.get("instances", ()):
        if "publicationDate" in instance:
            day = datetime.date.fromisoformat(instance["publicationDate"])
            instance["publicationDate"] = day
    return product
