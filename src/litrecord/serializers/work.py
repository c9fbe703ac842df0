"""Values of a work that several forms share: its kind, names, addresses and key.

Grammar::

    name = family "," given / any other, which is not split      ; name_parts
    key  = curie / "litrecord:" 16HEXDIG                         ; key_of, of characters of _IN_KEYS

The kind comes from the types of the instances, which only whole pages print. The names of types
are those of the OpenAIRE Graph (vocabulary dnet:result_typologies, 2025). Those of the forms are
of CSL 1.0.2, RIS (2011), BibTeX 0.99d and schema.org 29.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from litrecord._values.identifier import Identifier
from litrecord._values.instance import Instance
from litrecord._values.source_lines import BETWEEN
from litrecord.errors import InvalidValueError, repr_of
from litrecord.model import Record


class Kind(NamedTuple):
    """The kind of a work, in the words of each form."""

    product: str | None
    """The type of a research product of the Graph; None if no instance has one."""
    csl: str = "document"
    ris: str = "GEN"
    bibtex: str = "misc"
    schema_org: str = "CreativeWork"


_UNKNOWN = Kind(None)
_ARTICLE = Kind("publication", "article-journal", "JOUR", "article", "ScholarlyArticle")
_PREPRINT = Kind("publication", "article", "UNPB", "misc", "ScholarlyArticle")
_BOOK = Kind("publication", "book", "BOOK", "book", "Book")
_CHAPTER = Kind("publication", "chapter", "CHAP", "incollection", "Chapter")
_CONFERENCE = Kind("publication", "paper-conference", "CPAPER", "inproceedings", "ScholarlyArticle")
_REPORT = Kind("publication", "report", "RPRT", "techreport", "Report")
_THESIS = Kind("publication", "thesis", "THES", "phdthesis", "Thesis")
_DATASET = Kind("dataset", "dataset", "DATA", "misc", "Dataset")
_SOFTWARE = Kind("software", "software", "COMP", "misc", "SoftwareSourceCode")

_KINDS = {
    "article": _ARTICLE, "data paper": _ARTICLE, "software paper": _ARTICLE, "review": _ARTICLE,
    "preprint": _PREPRINT, "book": _BOOK, "part of book or chapter of book": _CHAPTER,
    "conference object": _CONFERENCE, "report": _REPORT, "external research report": _REPORT,
    "internal report": _REPORT, "project deliverable": _REPORT, "project milestone": _REPORT,
    "project proposal": _REPORT, "data management plan": _REPORT, "thesis": _THESIS,
    "doctoral thesis": _THESIS, "master thesis": _THESIS._replace(bibtex="mastersthesis"),
    "bachelor thesis": _THESIS._replace(bibtex="mastersthesis"),
    "presentation": Kind("publication", "speech", "SLIDE"),
    "patent": Kind("publication", "patent", "PAT"),
    "contribution for newspaper or weekly magazine":
        Kind("publication", "article-newspaper", "NEWS"),
    "lecture": Kind("publication", "speech"), "journal": Kind("publication", "periodical", "JFULL"),
    **dict.fromkeys(
        ("annotation", "newsletter", "other literature type", "research"), Kind("publication")
    ),
    "dataset": _DATASET, "collection": _DATASET, "clinical trial": _DATASET,
    "bioentity": _DATASET, "protein": _DATASET, "other dataset type": _DATASET,
    "film": _DATASET._replace(csl="motion_picture", ris="VIDEO"),
    "image": _DATASET._replace(csl="graphic", ris="FIGURE"),
    "audiovisual": _DATASET, "sound": _DATASET, "model": _DATASET,
    "software": _SOFTWARE, "computational notebook": _SOFTWARE,
    "other software type": _SOFTWARE,
    **dict.fromkeys(
        ("event", "interactiveresource", "other orp type", "physicalobject", "research object",
         "service", "virtual appliance", "workflow"),
        Kind("other"),
    ),
}  # fmt: skip
"""The kinds of works, by the type of an instance in lower case."""
_RANKS = {scheme: rank for rank, scheme in enumerate(("doi", "pmid", "pmc", "arxiv", "handle"))}
"""The schemes whose identifiers are preferred."""
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9.:/+_-]")


def kind_of(record: Record) -> Kind:
    """Return the kind of a work from its instances.

    >>> from litrecord import Instance, Record
    >>> kind_of(Record(instances=[Instance(type="Dataset")])).ris, kind_of(Record()).ris
    ('DATA', 'GEN')
    """
    found = _telling(record)
    return _UNKNOWN if found is None else _kind_of_type(found.type)


def type_of(record: Record) -> str | None:
    """Return the type that gives the kind of a work, as printed."""
    found = _telling(record)
    return None if found is None else found.type


def _telling(record: Record) -> Instance | None:
    """Return the first instance of a known type, rather one that is more than "Other …"."""
    known = [one for one in record.instances if _kind_of_type(one.type) is not _UNKNOWN]
    special = (one for one in known if _kind_of_type(one.type).csl != _UNKNOWN.csl)
    return next(special, known[0] if known else None)


def _kind_of_type(printed: str | None) -> Kind:
    """Return the kind of the first known type: a page may print several.

    >>> _kind_of_type("Article . Other literature type").csl
    'article-journal'
    """
    types = (printed or "").lower().split(BETWEEN)
    return next((_KINDS[name] for name in types if name in _KINDS), _UNKNOWN)


def name_parts(name: str) -> tuple[str, str] | None:
    """Return the family name and the given names if one comma separates them.

    >>> name_parts("Doe, Jo"), name_parts("Jo Doe"), name_parts("WHO, Geneva, Europe")
    (('Doe', 'Jo'), None, None)
    """
    family, _, given = map(str.strip, name.partition(","))
    return (family, given) if family and given and "," not in given else None


def ranked_identifiers(record: Record) -> list[Identifier]:
    """Return the valid identifiers, the preferred schemes first."""
    valid = [found for found in record.identifiers if found.is_valid]
    return sorted(valid, key=lambda found: _RANKS.get(found.scheme, len(_RANKS)))


def first_values(identifiers: Iterable[Identifier], names: Mapping[str, str]) -> dict[str, str]:
    """Return the value of the first identifier for each name; *names* are by scheme.

    >>> first_values([Identifier("doi", "10.1/a"), Identifier("doi", "10.1/b")], {"doi": "DO"})
    {'DO': '10.1/a'}
    """
    found: dict[str, str] = {}
    for identifier in identifiers:
        if identifier.scheme in names:
            found.setdefault(names[identifier.scheme], identifier.value)
    return found


def addresses_of(record: Record) -> list[str]:
    """Return the addresses that resolve the identifiers, the best first."""
    urls = (found.url for found in ranked_identifiers(record))
    return list(dict.fromkeys(url for url in urls if url))


def key_of(record: Record, keys: Any) -> str:
    """Return the key of a record, from its best identifier or else from its values.

    keys counts the keys of one file: a repeated key gets a number. Raises InvalidValueError if keys
    is not a dict of counts.

    >>> from litrecord import Identifier, Record
    >>> record, keys = Record(identifiers=[Identifier("pmid", "7")]), {}
    >>> key_of(record, keys), key_of(record, keys), key_of(record, None)
    ('pmid:7', 'pmid:7-2', 'pmid:7')
    """
    base = key = _lone_key(record)
    if keys is None:
        return key
    # Keys of BibTeX that differ in case only are one key.
    count = keys.get(base.lower(), 0) if isinstance(keys, dict) else None
    if type(count) is not int:
        advice = "pass an empty dict, and for each record of the file the same one"
        raise InvalidValueError(
            f"expected a dict of counts, got {repr_of(keys)}: {advice}", path="keys"
        )
    while key.lower() in keys:
        count += 1
        key = f"{base}-{count}"
    keys[key.lower()] = 1
    keys[base.lower()] = max(count, 1)
    return key


def _lone_key(record: Record) -> str:
    best = ranked_identifiers(record)[:1] or record.identifiers[:1]
    if not best:
        said = [record.title or "", *record.authors, record.abstract or "", *record.keywords]
        return f"litrecord:{_digest(chr(10).join(said), 16)}"
    curie = best[0].curie
    key = _NOT_IN_KEYS.sub("_", curie)
    # Two identifiers must not get one key.
    return key if key == curie else f"{key}-{_digest(curie, 8)}"


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
