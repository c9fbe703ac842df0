"""All schemes that a text can belong to, beside those that idutils finds in it."""

import re
from collections.abc import Callable
from typing import NamedTuple

import idutils
import pytest
from benchmarks.identifiers import strings
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import Identifier, identify
from litrecord._vocabularies.recognition import quick_checks
from litrecord._vocabularies.schemes import SCHEMES
from support.cases import VALID

CALLED = {"pmcid": "pmc", "swh": "swhid", "ads": "bibcode"}
"""The schemes that idutils calls by other names."""
LIST = "neither the OpenAIRE Graph 9.0.1 nor DataCite 4.5 lists it"
BEHIND = "listed, but no page prints a bare one: it is read behind its label"


def ours(text: str) -> set[str]:
    return {identifier.scheme for identifier in identify(text)}


def theirs(text: str) -> set[str]:
    return {CALLED.get(scheme, scheme) for scheme in idutils.detect_identifier_schemes(text)}


def value_of(text: str, scheme: str) -> str:
    (value,) = [one.value for one in identify(text) if one.scheme == scheme]
    return value


class Row(NamedTuple):
    """A kind of difference: who alone finds which scheme, in which texts, and why."""

    by: Callable[[str], set[str]]
    schemes: str
    texts: Callable[[str, str], object]
    why: str


def matches(pattern: str) -> Callable[[str, str], object]:
    return lambda text, _: re.search(pattern, text)


ROWS = (
    Row(ours, "grid", matches("grid"), "GRID release of 2021: idutils has no such scheme"),
    Row(ours, "nct", matches("NCT"), "ClinicalTrials.gov: idutils has no such scheme"),
    Row(ours, "oai", matches("oai:"), "OAI-PMH 2.0: idutils has no such scheme"),
    Row(ours, "openaire", matches("::|%3A%3A"), "OpenAIRE Graph 9.0.1: idutils has none such"),
    Row(ours, "pdb", matches("(?i)[0-9][0-9a-z]{3}"), "wwPDB: idutils has no such scheme"),
    Row(ours, "shortdoi", matches("10/"), "shortDOI service: idutils has no such scheme"),
    Row(ours, "w3id", matches("w3id"), "W3C Permanent Identifier group: idutils has none such"),
    Row(
        ours, "mag_id", matches("[0-9]"),
        "Microsoft Academic Graph: a number; idutils has no such scheme",
    ),
    Row(
        ours, "raid", matches("[0-9]/|raid"),
        "ISO 23527: a RAiD is a DOI or a handle by its form; idutils leaves it out of those",
    ),
    Row(
        ours, "orcid", lambda text, _: not idutils.is_orcid(value_of(text, "orcid")),
        "ORCID: an ISNI of a block that ISNI has reserved; new blocks come, so none is refused",
    ),
    Row(
        ours, "pmid", lambda text, _: idutils.is_ean8(value_of(text, "pmid")),
        "NLM: any number of up to eight digits; idutils leaves out those with an EAN's check digit",
    ),
    Row(
        ours, "ark arxiv doi handle hal isbn isni issn orcid pmc pmid ror swhid urn wikidata",
        lambda text, scheme: not text.isalnum() and scheme in theirs(value_of(text, scheme)),
        "the form: spaces, the label, the address or escapes are no part of the value, which "
        "idutils finds in the value alone",
    ),
    Row(theirs, "url", matches("//"), "RFC 3986: where something is, and no scheme of identifiers"),
    Row(theirs, "email", matches("@"), f"RFC 5322: {LIST}"),
    Row(theirs, "sha1", matches("^[0-9a-f]{40}$"), f"FIPS 180: a sum of any file; {LIST}"),
    Row(
        theirs, "gnd", matches("[0-9]"),
        f"GND: {LIST}; it has a check digit, for which idutils does not look",
    ),
    Row(
        theirs, "arrayexpress_array arrayexpress_experiment bioproject biosample ensembl genome "
        "geo refseq sra", matches("^[A-Z]+[-_0-9]"), f"accession numbers of databases: {LIST}",
    ),
    Row(theirs, "cstr", matches(r"\..*\..*\."), f"GB/T 32843: {LIST}"),
    Row(theirs, "ean8", matches("^[0-9]{8}$"), f"GS1: a number of goods; {LIST}"),
    Row(theirs, "ean13", matches("^[0-9]{13}$"), f"GS1: a number of goods; {BEHIND}"),
    Row(theirs, "istc", matches("^[0-9A-F-]+$"), f"ISO 21047; {BEHIND}"),
    Row(theirs, "bibcode", matches(r"^[0-9]{4}AGUFM"), f"ADS, 19 characters; {BEHIND}"),
    Row(theirs, "openalex", matches("^W[0-9]+$"), f"OpenAlex: a letter and a number; {BEHIND}"),
    Row(theirs, "lsid", matches("^urn:lsid:"), f"OMG LSID: a URN, and found as one; {BEHIND}"),
    Row(theirs, "purl", matches("//purl"), f"purl.org: an address; {BEHIND}"),
    Row(
        theirs, "arxiv", matches(r"[0-9]{4}[./]?[0-9]{3,5}"),
        "arXiv identifier schemes: the date is none, or no number of its length was given then",
    ),
    Row(
        theirs, "doi", matches(r"^10\.[0-9]{1,3}\.|\s"),
        "DOI Handbook 2023, 3.3: a registrant of four digits or more; a value here has no space",
    ),
    Row(
        theirs, "handle",
        lambda text, _: not re.match(r"(?:[0-9]|[\w-]+\.)[\w.-]*/\S+$", text, re.ASCII),
        "RFC 3650, 3: a naming authority that is no number has a dot; label and address are none",
    ),
    Row(
        theirs, "isbn", matches("[A-WYZ]"),
        "ISO 2108: digits and X; idutils passes letters over",
    ),
    Row(theirs, "pmc", matches("PMC0"), "NLM, PMCID: no zero is in front"),
    Row(
        theirs, "pmid", matches("^0|/0|^[0-9]{9,}$"),
        "NLM, PubMed field descriptions: one to eight digits, no zero in front",
    ),
    Row(theirs, "ror", matches("0[0-9a-z]{6}[0-9]{2}$"), "ROR: ISO 7064 MOD 97-10 is not right"),
    Row(theirs, "wikidata", matches("^Q0"), "Wikidata: no zero is in front"),
)  # fmt: skip


def rows_of(text: str, by: Callable[[str], set[str]], scheme: str) -> list[Row]:
    return [
        row
        for row in ROWS
        if row.by is by and scheme in row.schemes.split() and row.texts(text, scheme)
    ]


def differences() -> list[tuple[str, Callable[[str], set[str]], str]]:
    found: list[tuple[str, Callable[[str], set[str]], str]] = []
    for text in strings():
        here, there = ours(text), theirs(text)
        found += [(text, ours, scheme) for scheme in sorted(here - there)]
        found += [(text, theirs, scheme) for scheme in sorted(there - here)]
    return found


def test_each_difference_from_idutils_has_a_reason_and_each_reason_a_difference() -> None:
    assert len(set(strings())) == 2_000
    explained = [(text, by, one, rows_of(text, by, one)) for text, by, one in differences()]
    assert [(text, by.__name__, one) for text, by, one, rows in explained if not rows] == []
    used = {row for *_, rows in explained for row in rows[:1]}
    assert [row.why for row in ROWS if row not in used] == []


@pytest.mark.parametrize("scheme", VALID)
def test_a_value_is_of_its_scheme_and_a_label_or_an_address_decides(scheme: str) -> None:
    identifier = Identifier(scheme, VALID[scheme])
    assert identifier in identify(VALID[scheme])
    assert identify(f"{scheme}: {VALID[scheme]}")[0] == identifier
    assert identify(identifier.curie)[0] == identifier
    if identifier.url is not None:
        assert identify(identifier.url) == (identifier,)


@pytest.mark.parametrize(
    ("text", "curies"),
    [
        ("21496615", ["pmid:21496615", "mag_id:21496615"]),
        ("03178471", ["issn:0317-8471"]),
        ("20494645", ["issn:2049-4645", "pmid:20494645", "mag_id:20494645"]),
        ("0000-0002-1825-0097", ["orcid:0000-0002-1825-0097", "isni:0000000218250097"]),
        ("0000 0002 1825 0097", ["orcid:0000-0002-1825-0097", "isni:0000000218250097"]),
        ("10.1000/182", ["doi:10.1000/182", "handle:10.1000/182", "raid:10.1000/182"]),
        ("(doi: 10.1000/182).", ["doi:10.1000/182"]),
        ("doi.org/10.1000/182", ["doi:10.1000/182"]),
        ("https://doi.org/https://doi.org/doi:10.1000/182", ["doi:10.1000/182"]),
        ("PMC 353", ["pmc:PMC353"]),
        ("353", ["pmid:353", "mag_id:353"]),
        ("pmid21496615", ["pmid:21496615"]),
        ("2106.09685/x", ["arxiv:2106.09685", "handle:2106.09685/x", "raid:2106.09685/x"]),
        ("urn:isbn:9783161484100", ["urn:isbn:9783161484100", "isbn:9783161484100"]),
        ("https://n2t.net/ark:/12148/x", ["ark:12148/x"]),
        ("1.example.org/ark:/12148/x", ["ark:12148/x"]),
        ("2019/7", ["handle:2019/7"]),
        ("scopus: 2-s2.0-85", ["scopus:2-s2.0-85"]),
        ("PMID: 0", []),
        ("RRID:", []),
        ("RRID: :", []),
        ("RRID: a\x08", []),
        ("pmid: 10.1000/182", []),
        ("https://doi.org/x", []),
        ("https://example.org/21496615", []),
        ("10.1000/18...", []),
        ("10.1000/a\x00b", []),
        ("u:nbn", []),
        ("Humans", []),
        ("and/or", []),
        ("", []),
        (" \n", []),
        ("21496615\n21496616", []),
    ],
)
def test_all_schemes_are_given_best_first(text: str, curies: list[str]) -> None:
    assert [identifier.curie for identifier in identify(text)] == curies


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="text: expected a str, got int"):
        identify(21496615)  # type: ignore[arg-type]


PIECES = sorted({*VALID.values(), *strings()[:90]})


@given(
    st.one_of(
        st.text(),
        st.text(st.sampled_from("10./:-X aprk%&…(")),
        st.tuples(st.sampled_from(PIECES), st.text(max_size=3)).map("".join),
        st.tuples(st.text(max_size=3), st.sampled_from(PIECES)).map("".join),
    )
)
def test_any_text_gives_valid_identifiers_that_are_read_again(text: str) -> None:
    found = identify(text)
    assert len({identifier.scheme for identifier in found}) == len(found)
    for identifier in found:
        assert identifier.is_valid
        again = Identifier(identifier.scheme, identifier.value)
        assert (again, again.is_valid) == (identifier, True)
        assert Identifier.parse(identifier.curie) == identifier
    # A value without a known syntax may read like prose.
    printed = [one for one in found if one.scheme in VALID]
    lines = [f"{one.scheme}: {one.value}\n" for one in printed]
    assert [litrecord.parse_identifiers(line)[0] for line in lines] == printed


@given(st.sampled_from(strings()), st.sampled_from(["", "/x", "/x" * 30, ".", "...", " x", "?y"]))
def test_the_first_is_what_identifier_parse_reads(text: str, more: str) -> None:
    text += more
    try:
        one = Identifier.parse(text)
    except litrecord.LitrecordError:
        return
    assert not one.is_valid or identify(text)[0] == one


@given(st.data())
def test_a_quick_look_passes_no_value_by(data: st.DataObject) -> None:
    scheme = data.draw(st.sampled_from([one for one in SCHEMES if one.syntax is not None]))
    assert scheme.syntax is not None
    value = data.draw(st.from_regex(scheme.syntax, fullmatch=True))
    found = quick_checks.worth_trying(value)
    assert scheme in [one for _, one in found]
