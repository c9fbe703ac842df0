"""Writer of metadata in the head of a whole page: JSON-LD, and the meta tags of citations.

Grammar, of the lines of a head::

    metadata = *meta json-ld
    meta     = "<meta name=" name " content=" text ">"        ; _tags, in this order
    json-ld  = "<script type=application/ld+json>" JSON "</script>"

The names are those that Google Scholar documents for publishers (Highwire Press), and that Zotero
reads. A list has a tag for each item.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from litrecord.model import Record
from litrecord.serializers.jsonld import to_jsonld
from litrecord.serializers.pages.page import escape
from litrecord.serializers.work import ranked_identifiers

_SCHEMES = {
    "doi": "citation_doi", "pmid": "citation_pmid", "pmc": "citation_pmcid",
    "arxiv": "citation_arxiv_id", "isbn": "citation_isbn", "issn": "citation_issn",
}  # fmt: skip
"""Maps schemes of identifiers to tags."""


def metadata_of(record: Record) -> list[str]:
    """Return the lines of a head with the metadata of its page.

    >>> metadata_of(litrecord.parse_record("pmid: 7\\nOld maps err."))[0]
    '<meta name="citation_pmid" content="7">'
    """
    tags = [f'<meta name="{name}" content="{escape(content)}">' for name, content in _tags(record)]
    return [*tags, f'<script type="application/ld+json">{_script(record)}</script>']


def _tags(record: Record) -> Iterator[tuple[str, str]]:
    if record.title:
        yield "citation_title", record.title
    yield from (("citation_author", author) for author in record.authors)
    if record.year:
        yield "citation_publication_date", str(record.year)
    for found in ranked_identifiers(record):
        if found.scheme in _SCHEMES:
            yield _SCHEMES[found.scheme], found.value
    if record.abstract:
        yield "citation_abstract", record.abstract
    yield from (("citation_keywords", keyword) for keyword in record.keywords)


def _script(record: Record) -> str:
    """Return JSON-LD escaped so that it cannot end a script."""
    text = json.dumps(to_jsonld(record), ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
