"""Writer of RIS, which EndNote, Zotero, Mendeley, rispy and bibutils read.

Grammar, of lines that end in LF (Research Information Systems, 2011; the tags AN and C2 as PubMed
writes them)::

    entry = type *line "ER  - " LF
    type  = "TY  - " type of Kind.ris LF                      ; first, always
    line  = tag "  - " value LF                               ; _lines
    value = 1*character                                       ; one line: paragraphs are joined

Tags: ID key, TI title, AU an author, PY year, M3 type as printed, DO DOI, AN PMID, C2 PMCID,
SN ISBN or ISSN, UR an address, AB abstract, KW a keyword.
"""

from __future__ import annotations

from collections.abc import Iterator

from litrecord.model import Record, require_record
from litrecord.serializers.work import (
    addresses_of,
    first_values,
    key_of,
    kind_of,
    ranked_identifiers,
    type_of,
)

_TAGS = {"doi": "DO", "pmid": "AN", "pmc": "C2", "isbn": "SN", "issn": "SN"}
"""Maps schemes of identifiers to tags."""


def to_ris(record: Record, *, keys: dict[str, int] | None = None) -> str:
    """Return a record as an entry of RIS, from its type to its end.

    Each author and each keyword is a line of its own. A line holds one line, so the paragraphs of
    an abstract are joined by a space. The ID is that of `to_csl`, and so is keys.

    Raises InvalidValueError if record is not a Record, or keys is not a dict of counts.

    >>> record = litrecord.parse_record("pmid: 21496615\\nOld maps err.\\n")
    >>> print(litrecord.to_ris(record).removesuffix("ER  - \\n"), end="")
    TY  - GEN
    ID  - pmid:21496615
    AN  - 21496615
    UR  - https://pubmed.ncbi.nlm.nih.gov/21496615/
    AB  - Old maps err.
    """
    require_record(record)
    lines = (f"{tag}  - {_line(value)}\n" for tag, value in _lines(record, keys) if value)
    return "".join([*lines, "ER  - \n"])


def _lines(record: Record, keys: dict[str, int] | None) -> Iterator[tuple[str, str | None]]:
    """Yield each tag with its value."""
    yield "TY", kind_of(record).ris
    yield "ID", key_of(record, keys)
    yield "TI", record.title
    yield from (("AU", author) for author in record.authors)
    yield "PY", str(record.year) if record.year else None
    yield "M3", type_of(record)
    yield from first_values(ranked_identifiers(record), _TAGS).items()
    yield from (("UR", address) for address in addresses_of(record))
    yield "AB", record.abstract
    yield from (("KW", keyword) for keyword in record.keywords)


def _line(text: str) -> str:
    """Return a text on one line, without any character that ends a line for a reader.

    >>> _line("Old maps err.\\nTY  - JOUR")
    'Old maps err. TY  - JOUR'
    """
    return " ".join(filter(None, map(str.strip, text.splitlines())))
