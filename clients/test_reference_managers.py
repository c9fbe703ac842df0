"""Reference managers and processors read what litrecord writes as CSL-JSON, RIS and BibTeX.

pandoc and bibutils are Debian packages; `.ci/run` installs them.
"""

import json
import pathlib
import re
import subprocess
import warnings
from typing import Any
from xml.etree import ElementTree

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

import litrecord
from litrecord import Identifier, Indicator, Instance, Record

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it names an escape that Python does not know
    import citeproc
    from citeproc.source.json import CiteProcJSON

ROOT = pathlib.Path(__file__).parent.parent
PAGES = sorted((ROOT / "tests" / "data" / "pages").glob("*.txt"))
HOSTILE = Record(
    title="The DNA of {maps} & 5% _of_ $x_{1}$",
    authors=["Doe, Jo", "Roe, Di and Ann", "Map & Isle Society", "Ox, Ed"],
    identifiers=[Identifier("pmid", "7"), Identifier("doi", "10.1000/a_b%20"),
                 Identifier("pmc", "PMC3531190")],
    abstract="Set {a} with 100% of R&D_x #1 $5 and \\alpha_{i} in $$x_{1}$$ \\( y \\).\n"
    "TY  - JOUR inside\n@article{x, title = {no}}",
    keywords=["Diagnosis, Differential", "R&D", "Humans"],
    indicators=[Indicator("citations", "70")],
    instances=[Instance(type="Article", year=2021)],
)  # fmt: skip
LONE = Record(title="Coasts", abstract="One } and {{two} of \\{", identifiers=HOSTILE.identifiers)
TYPES = ["Preprint", "Book", "Part of book or chapter of book", "Conference object", "Report",
         "Doctoral thesis", "Master thesis", "Patent", "Lecture", "Journal", "Film", "Image",
         "Contribution for newspaper or weekly magazine", "Dataset", "Software",
         "Event"]  # fmt: skip
RECORDS = [
    *(litrecord.parse_record(path) for path in PAGES),
    HOSTILE,
    LONE,
    *(Record(title=f"A {kind}", instances=[Instance(type=kind, year=2020)]) for kind in TYPES),
]


def in_a_file(write: Any) -> list[Any]:
    """Return what a function writes of each record, keys distinct."""
    keys: dict[str, int] = {}
    return [write(record, keys=keys) for record in RECORDS]


ITEMS: list[dict[str, Any]] = in_a_file(litrecord.to_csl)
KEYS = [item["id"] for item in ITEMS]
RIS = "\n".join(in_a_file(litrecord.to_ris))
BIBTEX = "\n".join(in_a_file(litrecord.to_bibtex))
PANDOC_QUOTES = str.maketrans({"’": "'", "‘": "`", "“": '"', "”": '"'})


def run(*command: str, text: str) -> str:
    done = subprocess.run(  # noqa: S603
        command, input=text.encode(), capture_output=True, check=True
    )
    assert b"rror" not in done.stderr, done.stderr.decode()
    return done.stdout.decode("utf-8-sig")


def plain(text: str) -> str:
    """Return a text with the whitespace of its reader as one space."""
    return " ".join(text.split())


def test_the_types_of_csl_are_those_of_its_schema() -> None:
    schema = pathlib.Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles"
    known = re.findall(r'"([a-z_-]+)"', (schema / "csl-types.rnc").read_text("utf-8"))
    assert {item["type"] for item in ITEMS} <= set(known)


def test_citeproc_formats_each_item() -> None:
    source = CiteProcJSON(ITEMS)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for key in KEYS:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(key)]))
    shown = [str(entry) for entry in bibliography.bibliography()]
    assert len(shown) == len(ITEMS)
    assert any("The DNA of {maps} & 5% _of_ $x_{1}$" in entry for entry in shown)


def test_pandoc_reads_csl_as_it_is() -> None:
    read = json.loads(run("pandoc", "-f", "csljson", "-t", "csljson", text=json.dumps(ITEMS)))
    assert [item["id"] for item in read] == KEYS
    for field in ("DOI", "PMID", "PMCID", "URL", "author", "type", "issued"):
        assert [item.get(field) for item in read] == [item.get(field) for item in ITEMS], field


def test_pandoc_cites_an_item(tmp_path: pathlib.Path) -> None:
    (tmp_path / "items.json").write_text(json.dumps(ITEMS), encoding="utf-8")
    (key,) = (key for key, record in zip(KEYS, RECORDS, strict=True) if record is HOSTILE)
    options = ("--citeproc", "--bibliography", str(tmp_path / "items.json"), "-t", "plain")
    assert "Doe" in run("pandoc", *options, text=f"As [@{{{key}}}] says.")


def test_rispy_reads_every_entry() -> None:
    entries = rispy.loads(RIS)
    assert [entry["id"] for entry in entries] == KEYS
    for entry, record in zip(entries, RECORDS, strict=True):
        assert tuple(map(plain, entry.get("keywords", ()))) == tuple(map(plain, record.keywords))
        assert plain(entry.get("abstract", "")) == plain(record.abstract or "")
        assert entry.get("doi") == record.doi
        assert entry.get("accession_number") == record.pmid
        assert len(entry.get("authors", ())) == len(record.authors)


def test_bibutils_reads_every_entry_of_ris() -> None:
    found = ElementTree.fromstring(run("ris2xml", "-i", "utf8", text=RIS))  # noqa: S314
    works = found.findall("{*}mods")
    assert [mods.findtext("{*}identifier[@type='citekey']") for mods in works] == KEYS
    for mods, record in zip(works, RECORDS, strict=True):
        assert mods.findtext("{*}titleInfo/{*}title") == (record.title or "")
        topics = [plain(topic.text or "") for topic in mods.findall("{*}subject/{*}topic")]
        # Of two keywords that differ in case only it keeps the first.
        distinct: dict[str, str] = {}
        for keyword in map(plain, record.keywords):
            distinct.setdefault(keyword.lower(), keyword)
        assert topics == [*distinct.values()]
        assert plain(mods.findtext("{*}abstract") or "") == plain(record.abstract or "")


def test_bibtexparser_reads_every_entry() -> None:
    library = parse_string(BIBTEX, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == KEYS
    for entry, record in zip(library.entries, RECORDS, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        assert fields.get("pmid") == record.pmid
        # pylatexenc reads "^" as another character.
        abstract = plain(fields.get("abstract", "")).replace("ˆ", "^")
        assert abstract == plain(record.abstract or "")


def test_pandoc_reads_every_entry_of_bibtex() -> None:
    items = json.loads(run("pandoc", "-f", "biblatex", "-t", "csljson", text=BIBTEX))
    assert sorted(item["id"] for item in items) == sorted(KEYS)
    read = {item["id"]: item for item in items}
    for key, record in zip(KEYS, RECORDS, strict=True):
        item = read[key]
        assert item.get("DOI") == record.doi
        title = re.sub("</?span[^>]*>", "", item.get("title", ""))
        assert title.translate(PANDOC_QUOTES) == (record.title or "").translate(PANDOC_QUOTES)
        assert len(item.get("author", ())) == len(record.authors)


def test_bibutils_reads_every_entry_of_bibtex() -> None:
    found = ElementTree.fromstring(run("bib2xml", "-i", "utf8", text=BIBTEX))  # noqa: S314
    works = found.findall("{*}mods")
    assert [mods.findtext("{*}identifier[@type='citekey']") for mods in works] == KEYS
    for mods, record in zip(works, RECORDS, strict=True):
        if record is HOSTILE:
            topics = [topic.text for topic in mods.findall("{*}subject/{*}topic")]
            assert topics == ["Diagnosis, Differential", "R&D", "Humans"]


@pytest.mark.parametrize("text", [RIS, BIBTEX])
def test_no_entry_holds_a_character_that_ends_a_line_for_some_readers(text: str) -> None:
    assert len(text.splitlines()) == text.count("\n")
