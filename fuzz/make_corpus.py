"""Write a seed corpus, a folder a target: `python -m fuzz.make_corpus FOLDER`.

It is made of tests/data: the pages as they are, dressed as HTML by tests/support/dresses.py, cut,
packed and in other encodings; the identifiers, addresses and keyword lines; the records as JSON.
"""

from __future__ import annotations

import gzip
import hashlib
import pathlib
import runpy
import sys
from collections.abc import Iterable

import litrecord
from litrecord import Record

TESTS = pathlib.Path(__file__).parent.parent / "tests"
DATA = TESTS / "data"
_FEW = 12
_BODY = b"<main><p>pmid: 7</p><table><tr><td>views</td><td>2</td></tr></table></main>"
_METADATA = (
    b"""<meta name="citation_title" content="Who drew the coast?"><meta name="citation_author"
content="Doe, Jo"><meta name="citation_doi" content="10.1000/182"><meta name="citation_keywords"
content="Maps; Coasts"><meta name="citation_abstract" content="Old &lt;i>maps&lt;/i> err.">"""
    + _BODY,
    b"""<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Dataset",
"name": "Who drew the coast?", "author": [{"@type": "Person", "givenName": "Jo", "familyName":
"Doe"}, "Roe, J."], "description": "<p>Old maps err.</p>", "keywords": "Maps, Coasts",
"identifier": [{"propertyID": "https://registry.identifiers.org/registry/doi", "value":
"10.1000/182"}, "https://hdl.handle.net/11573/406812", 7]}</script>"""
    + _BODY,
    b"""<script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "A"},
{"@type": ["schema:Article"], "name": {"@value": "Who?"}, "creator": {"name": "Doe, Jo"},
"keywords": ["Maps", {"name": "Coasts"}], "identifier": "pmid: 7"}]}</script>"""
    + _BODY,
    b'<script type="application/ld+json">[{"@type": "Article"}, {"@type": "Book"}]</script>'
    + _BODY,
    b"<div>" * 1001 + _BODY,
)


def main() -> None:
    """Write the corpus of every target into the folder that the command line names."""
    (folder,) = sys.argv[1:]
    for target, inputs in corpora().items():
        place = pathlib.Path(folder, target)
        place.mkdir(parents=True, exist_ok=True)
        for data in inputs:
            (place / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)


def corpora() -> dict[str, list[bytes]]:
    """Return the inputs of every target."""
    paths = [DATA / "seed.txt", *sorted((DATA / "pages").glob("*.txt"))]
    pages = [path.read_bytes() for path in paths]
    records = [litrecord.parse_record(page) for page in pages]
    texts = [page.decode() for page in pages]
    dressed = [*_dressed(texts), *_written(records), *_stored("*.html"), *_METADATA]
    identifiers = [row[0].encode() for row in _rows("identifiers.tsv")]
    addresses = [row[0].encode() for row in _rows("addresses.tsv")]
    lines = [
        row[0].encode()
        for name in ("keywords-ambiguous.tsv", "keywords-mesh.tsv", "keywords-other.tsv")
        for row in _rows(name)
    ]
    tables = ["\n".join(line for line in text.split("\n") if "|" in line) for text in texts]
    abstracts = [record.abstract.encode() for record in records if record.abstract]
    marked = b"<jats:p>H<sub>2</sub>O, p&lt;0.05 &amp;amp; <i>a</i></jats:p>\n| views | 2 | |\n"
    json = [litrecord.to_json(record).encode() for record in records]
    return {
        "text": pages,
        "bytes": [*pages[:_FEW], *_compressed(texts[:_FEW]), *dressed[:: len(dressed) // 40]],
        "html": dressed,
        "nodes": dressed,
        "dressed": pages,
        "widget": [*map(str.encode, _widgets(records)), *pages[:_FEW]],
        "identifiers": [
            address + b"\n" + b"\n".join(b"doi: " + line for line in identifiers[at : at + 3])
            for at, address in enumerate(addresses)
        ],
        "abstract": [*abstracts, marked],
        "keywords": lines,
        "indicators": [table.encode() for table in tables],
        "identifier": [*identifiers, *addresses],
        "json": json,
        "record": [_lettered(record).encode() for record in records],
        "memory": [
            b"\0".join(pair)
            for pair in zip(
                [*pages, *dressed[: len(pages)]],
                [*dressed[: len(pages)], *dressed[-len(pages) :]],
                strict=True,
            )
        ],
    }


def _widgets(records: list[Record]) -> Iterable[str]:
    """Return the stored widgets, and what word processors and other hosts make of them."""
    for markup in {record.widget.markup for record in records if record.widget}:
        yield markup
        yield f"a {markup}\n\n{markup.replace('result', 'project')}"
        yield markup.translate(str.maketrans("'\"", "‘“"))
        yield markup.replace("https://www.", "//beta.").replace("&", "&amp;").replace("\n", "\r\n")
        yield markup.rpartition("-->")[0]
        yield markup.replace("www.openaire.eu", "user@www.openaire.eu:443")


def _dressed(texts: list[str]) -> Iterable[bytes]:
    """Dress each text once, by turns in every dress and show."""
    dresses = runpy.run_path(str(TESTS / "support" / "dresses.py"))
    looks = [(dress, show) for dress in dresses["DRESSES"] for show in dresses["SHOWS"]]
    for at, text in enumerate(texts):
        dress, show = looks[at % len(looks)]
        yield dresses["dressed"](text, dress, show).encode()


def _written(records: list[Record]) -> Iterable[bytes]:
    for at, record in enumerate(records):
        yield litrecord.to_html(record, full=at % 4 == 0).encode()


def _stored(pattern: str) -> Iterable[bytes]:
    return (path.read_bytes() for path in sorted(DATA.glob(pattern)))


def _compressed(texts: list[str]) -> Iterable[bytes]:
    """Return texts as other bytes: with marks, in other encodings, packed."""
    names = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
    for at, text in enumerate(texts):
        yield text.encode(names[at % len(names)], "replace")
        yield gzip.compress(text.encode(), mtime=0)
    for name in ("iso-8859-2", "windows-1251", "shift_jis", "big5", "euc-kr", "koi8-r"):
        yield f'<meta charset="{name}"><p>Old maps err: '.encode() + "Карта".encode("koi8-r")


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and line[0] != "#"]


def _lettered(record: Record) -> str:
    """Return a record as the target "record" reads it."""
    parts = [
        ("w", record.widget.markup.split("\n") if record.widget else ()),
        ("i", [f"{found.scheme}:{found.value}" for found in record.identifiers]),
        ("a", record.abstract.split("\n") if record.abstract else ()),
        ("k", record.keywords),
        ("r", [f"{row.label}|{row.printed}|{row.description}" for row in record.indicators]),
        ("t", [record.title] if record.title else ()),
        ("n", record.authors),
    ]
    return "\n".join(f"{letter}{line}" for letter, lines in parts for line in lines)


if __name__ == "__main__":
    main()
