"""BibTeX has each value in balanced braces, TeX escaped, and keys that a file can hold."""

import re
from itertools import accumulate

import pytest
from hypothesis import given

import litrecord
from litrecord import Identifier, Record, to_bibtex
from support.works import STORED, WORK, works

ENTRY = re.compile(r"@([a-z]+)\{([A-Za-z0-9.:/+_-]+),\n((?:.*\n)*)\}\n")
READ = {
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\ensuremath{\lbrace}": "{",
    r"\ensuremath{\rbrace}": "}",
    "{}": "",
} | {f"\\{character}": character for character in "&%$#_{}"}
ESCAPE = re.compile("|".join(map(re.escape, sorted(READ, reverse=True))))


def read(value: str) -> str:
    """Return what LaTeX typesets of an escaped value."""
    return ESCAPE.sub(lambda found: READ[found[0]], value)


def is_balanced(text: str) -> bool:
    """Tell whether the braces are, counted as BibTeX counts them: behind a backslash too."""
    depths = [*accumulate({"{": 1, "}": -1}.get(character, 0) for character in text)]
    return min(depths) >= 0 == depths[-1]


def test_a_work_with_all_that_bibtex_holds() -> None:
    assert to_bibtex(WORK).split("\n") == [
        "@article{doi:10.1000/a_b,",
        r"  title = {{Coasts \& isles: 5\% of \{all\}}},",
        "  author = {Doe, Jo and Roe, {Di and Ann} and {Map Society}},",
        "  year = {2020},",
        "  type = {Article},",
        "  doi = {10.1000/a_b},",
        "  pmid = {21496615},",
        "  pmcid = {PMC3531190},",
        "  eprint = {2101.00001},",
        "  eprinttype = {arxiv},",
        "  issn = {0028-0836},",
        "  url = {https://doi.org/10.1000/a_b},",
        r"  abstract = {Old \$x\_\{1\}\$ maps err \ensuremath{\lbrace}.",
        "",
        r"TY  - JOUR @article\{a, \textbackslash{}alpha -{}- 5\% \& "
        r"\textasciitilde{}\textasciicircum{}\#`{}` of all\}.},",
        r"  keywords = {Diagnosis, Differential; {Maps; old}; R\&D},",
        "}",
        "",
    ]


@pytest.mark.parametrize(
    ("printed", "escaped"),
    [
        ("a}b{c", r"a\ensuremath{\rbrace}b\ensuremath{\lbrace}c"),
        ("{a}}", r"\{a\}\ensuremath{\rbrace}"),
        ("--- ?` !` ,, << >> '' -", "-{}-{}- ?{}` !{}` ,{}, <{}< >{}> '{}' -"),
        (r"\\{", r"\textbackslash{}\textbackslash{}\ensuremath{\lbrace}"),
    ],
)
def test_what_tex_would_take_for_more_is_escaped(printed: str, escaped: str) -> None:
    assert f"  abstract = {{{escaped}}},\n" in to_bibtex(Record(abstract=printed))


def test_an_identifier_that_no_verbatim_field_holds_is_in_the_address() -> None:
    record = Record(identifiers=[Identifier("doi", "10.1000/a{b"), Identifier("doi", "10.1000/c")])
    entry = to_bibtex(record)
    assert "  doi = {10.1000/c},\n" in entry
    assert "  url = {https://doi.org/10.1000/a%7Bb},\n" in entry


def test_the_keys_of_one_file_are_distinct() -> None:
    keys: dict[str, int] = {}
    entries = [to_bibtex(WORK, keys=keys) for _ in range(2)]
    assert [entry[: entry.index(",")] for entry in entries] == [
        "@article{doi:10.1000/a_b", "@article{doi:10.1000/a_b-2",
    ]  # fmt: skip


@pytest.mark.parametrize("record", STORED)
def test_every_stored_page_keeps_its_abstract(record: Record) -> None:
    found = re.search(r"^  abstract = \{(.*?)\},$", to_bibtex(record), re.MULTILINE | re.DOTALL)
    assert (read(found[1]).replace("\n\n", "\n") if found else None) == record.abstract


@given(works)
def test_every_record_is_one_balanced_entry(record: Record) -> None:
    entry = to_bibtex(record)
    assert ENTRY.fullmatch(entry)
    assert is_balanced(entry)
    plain = [keyword for keyword in record.keywords if ";" not in keyword]
    lines = re.findall(r"^  keywords = \{(.*)\},$", to_bibtex(Record(keywords=plain)), re.M)
    assert [read(term) for line in lines for term in line.split("; ")] == plain


def test_a_paragraph_that_begins_like_an_entry_is_none() -> None:
    entry = to_bibtex(Record(abstract="Maps.\n@article{a, title = {b}}"))
    assert "\n\n{}@article\\{a, title = \\{b\\}\\}},\n" in entry


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="expected a Record, got dict"):
        to_bibtex({})  # type: ignore[arg-type]
