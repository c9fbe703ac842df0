"""Identifiers in every bare and wrapped form; check digits; what is refused is kept."""

import idutils
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import litrecord
from litrecord import Identifier
from litrecord._vocabularies.identifiers import scheme_of_label
from litrecord._vocabularies.schemes import SCHEMES, Scheme
from support.cases import VALID, said


def test_every_scheme_with_a_syntax_has_a_case() -> None:
    assert set(VALID) == {scheme.name for scheme in SCHEMES if scheme.syntax is not None}


@pytest.mark.parametrize("scheme", VALID)
def test_a_value_of_each_scheme_is_valid_as_it_stands(scheme: str) -> None:
    identifier = Identifier(scheme, VALID[scheme])
    assert (identifier.value, identifier.is_valid) == (VALID[scheme], True)


@pytest.mark.parametrize("scheme", list(SCHEMES), ids=lambda s: s.name)
def test_every_label_of_a_scheme_names_it(scheme: Scheme) -> None:
    for label in (scheme.name, *scheme.labels):
        value = VALID.get(scheme.name, "x1")
        assert Identifier.parse(f"{label.upper()}: {value}").scheme == scheme.name
        for line in (f"{label}: {value}\n", f"{label} : {value}\n"):
            assert litrecord.parse_identifiers(line)[0].scheme == scheme.name


@pytest.mark.parametrize("scheme", VALID)
def test_curie_and_url_are_read_back(scheme: str) -> None:
    identifier = Identifier(scheme, VALID[scheme])
    assert Identifier.parse(identifier.curie) == identifier
    if identifier.url is not None:
        assert Identifier.parse(identifier.url) == identifier


@pytest.mark.parametrize(
    ("printed", "scheme", "value"),
    [
        ("info:doi/10.1000/182", "doi", "10.1000/182"),
        ("INFO:DOI/10.1000/182", "doi", "10.1000/182"),
        ("info:pmid/21496615", "pmid", "21496615"),
        ("info:hdl/2381/12775", "handle", "2381/12775"),
        ("doi:10.1000/ab\u2010cd\u2013ef\u2212gh", "doi", "10.1000/ab-cd-ef-gh"),
        ("<https://doi.org/10.1000/182>", "doi", "10.1000/182"),
        ("(doi:10.1000/182)", "doi", "10.1000/182"),
        ("“10.1000/182”,", "doi", "10.1000/182"),
        ("10.1000/(a)b)", "doi", "10.1000/(a)b"),
        ("10.1000/a(b)", "doi", "10.1000/a(b)"),
        ("https://www.doi.org/10.1000/182", "doi", "10.1000/182"),
        ("doi.org/10.1000/182", "doi", "10.1000/182"),
        ("doi: https://doi.org/10.1000%2F182", "doi", "10.1000/182"),
        ("doi: doi:10.1000/182", "doi", "10.1000/182"),
        ("10.1000.10/182", "doi", "10.1000.10/182"),
        ("PMC 353", "pmc", "PMC353"),
        ("pmc353", "pmc", "PMC353"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC353/", "pmc", "PMC353"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC353", "pmc", "PMC353"),
        ("https://pubmed.ncbi.nlm.nih.gov/21496615/", "pmid", "21496615"),
        ("https://europepmc.org/article/MED/21496615", "pmid", "21496615"),
        ("2106.09685", "arxiv", "2106.09685"),
        ("arXiv:2106.09685v3.", "arxiv", "2106.09685v3"),
        ("http://arxiv.org/abs/hep-th/9901001v1", "arxiv", "hep-th/9901001v1"),
        ("https://orcid.org/0000-0002-1694-233X", "orcid", "0000-0002-1694-233X"),
        ("orcid: 0000‐0002‐1825‐0097", "orcid", "0000-0002-1825-0097"),
        ("isni: 0000 0001 2150 090X", "isni", "000000012150090X"),
        ("https://n2t.net/ark:/12148/btv1b8449691v", "ark", "ark:12148/btv1b8449691v"),
        ("ark:12148/btv1b8449691v", "ark", "ark:12148/btv1b8449691v"),
        ("https://nbn-resolving.org/urn:nbn:de:101:1-2011", "urn", "urn:nbn:de:101:1-2011"),
        ("URN:nbn:de:101:1-2011", "urn", "urn:nbn:de:101:1-2011"),
        ("ISBN 978-3-16-148410-0", "isbn", "9783161484100"),
        ("isbn: 0-8044-2957-x", "isbn", "080442957X"),
        ("eissn: 2434561x", "issn", "2434-561X"),
        ("hdl:2381/12775", "handle", "2381/12775"),
        ("handle: https://hdl.handle.net/20.500.12556/RUL-1", "handle", "20.500.12556/RUL-1"),
        ("handle: loc.gdc/scd0001.2004", "handle", "loc.gdc/scd0001.2004"),
        ("https://hal.science/hal-01234567v2", "hal", "hal-01234567v2"),
        ("tel-01234567", "hal", "tel-01234567"),
        ("hal: halshs-00123456", "hal", "halshs-00123456"),
        ("https://clinicaltrials.gov/ct2/show/NCT00000102", "nct", "NCT00000102"),
        ("nct00000102", "nct", "NCT00000102"),
        ("pdb: 1ABC", "pdb", "1abc"),
        ("(doi: 10.1000/182).", "doi", "10.1000/182"),
        ("https://doi.org/https://doi.org/10.1000/182", "doi", "10.1000/182"),
        ("https://doi.org/doi:10.1000/182", "doi", "10.1000/182"),
        ("https://doi.org/10.1000/182?utm_source=x#y", "doi", "10.1000/182"),
        ("//doi.org/10.1000/182", "doi", "10.1000/182"),
        ("«10.1000/182»", "doi", "10.1000/182"),
        ("10.1000/abc%2E", "doi", "10.1000/abc"),
        ("10.1000/182/", "doi", "10.1000/182/"),
        ("doi: 10.1000/182//.", "doi", "10.1000/182//"),
        ("info:hdl/2381/12775/", "handle", "2381/12775/"),
        ("https://doi.org/10.1000/182/", "doi", "10.1000/182"),
        ("https://doi.org/10.1000/182%2F", "doi", "10.1000/182/"),
        ("https://hdl.handle.net/2381/12775/?x=/", "handle", "2381/12775"),
        ("doi: 10.1000/a&lt;b&gt;c", "doi", "10.1000/a<b>c"),
        ("&lt;https://doi.org/10.1000/182&gt;", "doi", "10.1000/182"),
        ("10.1000/(a&#60;b&#x3E;;", "doi", "10.1000/(a<b>"),
        ("10.1000/a&b;c&d", "doi", "10.1000/a&b;c&d"),
        ("hdl:2381/a&amp;b", "handle", "2381/a&b"),
        ("10/AABBE", "shortdoi", "10/aabbe"),
        ("https://doi.org/10/b6vnmd", "shortdoi", "10/b6vnmd"),
        ("http://shortdoi.org/10/aabbe", "shortdoi", "10/aabbe"),
        ("short DOI: 10/aabbe", "shortdoi", "10/aabbe"),
        ("doi:10/aabbe", "shortdoi", "10/aabbe"),
        ("https://raid.org/10.26259/A1B2", "raid", "10.26259/a1b2"),
        ("RAiD: 102.100.100/1590000", "raid", "102.100.100/1590000"),
        ("raid: https://raid.org/10.26259/a1b2/?x=1", "raid", "10.26259/a1b2"),
        ("https://urn.kb.se/resolve?urn=urn:nbn:se:uu:diva-1&x=y#z", "urn", "urn:nbn:se:uu:diva-1"),
        ("http://urn.kb.se/resolve?urn=URN%3ANBN%3Ase%3Auu%3Adiva-1", "urn",
         "urn:nbn:se:uu:diva-1"),
        ("https://urn.nb.no/URN:NBN:no-12345", "urn", "urn:nbn:no-12345"),
        ("http://nbn.depositolegale.it/urn:nbn:it:frd-1", "urn", "urn:nbn:it:frd-1"),
        ("urn: https://persistent-identifier.nl/?identifier=urn:nbn:nl:ui:13-1", "urn",
         "urn:nbn:nl:ui:13-1"),
        ("0704.0001", "arxiv", "0704.0001"),
        ("1412.9999v12", "arxiv", "1412.9999v12"),
        ("1501.00001", "arxiv", "1501.00001"),
        ("hep-th/9107001", "arxiv", "hep-th/9107001"),
        ("math.AG/0703999", "arxiv", "math.AG/0703999"),
        ("cs/0001012", "arxiv", "cs/0001012"),
        ("ARK:/12148/BTV1", "ark", "ark:12148/BTV1"),
        ("ark: /12148/x/ark:/1", "ark", "ark:12148/x/ark:/1"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/21496615?dopt=Abstract", "pmid", "21496615"),
        ("PMID21496615", "pmid", "21496615"),
        ("https://europepmc.org/articles/PMC353/pdf/x.pdf", "pmc", "PMC353"),
        ("https://hal.science/hal-01234567/document", "hal", "hal-01234567"),
        ("https://hal.inria.fr/inria-00123456", "hal", "inria-00123456"),
        ("978-3-16-148410-0", "isbn", "9783161484100"),
        ("https://urn.fi/URN:NBN:fi:x-1", "urn", "urn:nbn:fi:x-1"),
        ("0000‑0002‑1825‑0097", "orcid", "0000-0002-1825-0097"),
        ("SWH:1:CNT:94A9ED024D3859793618152EA559A168BBCBB5E2", "swhid",
         "swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2"),
        ("handle: hdl.handle.net/11573/406812", "handle", "11573/406812"),
        ("oai:x.org:y", "oai", "oai:x.org:y"),
        ("oai: oai:x.org:y", "oai", "oai:x.org:y"),
        ("https://w3id.org/x/", "w3id", "https://w3id.org/x/"),
        ("https://w3id.org/ark:a", "w3id", "https://w3id.org/ark:a"),
        ("https://explore.openaire.eu/search/result?id=doi_dedup___%3A%3A9ff99b5e1675bc640ea813d86368c7eb",
         "openaire", "doi_dedup___::9ff99b5e1675bc640ea813d86368c7eb"),
        ("bibcode: 2018AGUFM.A24K..07S", "bibcode", "2018AGUFM.A24K..07S"),
    ],
)  # fmt: skip
def test_an_identifier_is_read_in_any_form(printed: str, scheme: str, value: str) -> None:
    identifier = Identifier.parse(printed)
    assert (identifier.scheme, identifier.value) == (scheme, value)
    assert identifier.is_valid


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("doi", "10.100/182"),
        ("doi", "10.1000/"),
        ("doi", "10.１０００/182"),
        ("pmid", "0"),
        ("pmid", "012"),
        ("pmid", "123456789"),
        ("pmid", "1_000"),
        ("pmid", "²"),
        ("pmc", "PMC0"),
        ("arxiv", "2106.096"),
        ("orcid", "0000-0002-1825-0098"),
        ("orcid", "000-0002-1825-0097"),
        ("isni", "0000000121500901"),
        ("ror", "05dxps054"),
        ("ror", "05dxpl055"),
        ("isbn", "9783161484101"),
        ("isbn", "0804429578"),
        ("issn", "0317-8472"),
        ("handle", "11573"),
        ("handle", "and/or"),
        ("swhid", "swh:1:cnt:94a9"),
        ("openaire", "doi_dedup___::9ff9"),
        ("nct", "NCT0000010"),
        ("mag_id", "0"),
        ("wikidata", "Q0"),
        ("urn", "urn:x"),
        ("doi", "10.1000/a%00b"),
        ("doi", "10.1000/%E9"),
        ("doi", "10.1000/a%2520b"),
        ("doi", "10.1000/a%2541"),
        ("arxiv", "figshare/1234567"),
        ("arxiv", "9913.00880"),
        ("arxiv", "0703.0001"),
        ("arxiv", "0704.00001"),
        ("arxiv", "1412.00001"),
        ("arxiv", "1500.00001"),
        ("arxiv", "2113.00001"),
        ("arxiv", "2101.0001"),
        ("arxiv", "2101.00000"),
        ("arxiv", "2101.00001v0"),
        ("arxiv", "math/9100001"),
        ("arxiv", "hep-th/9106001"),
        ("arxiv", "hep-th/0704001"),
        ("arxiv", "hep-th/9901000"),
        ("ark", "ark://12148/x"),
        ("doi", "10.1000/a&amp;lt;b"),
        ("doi", "10.1000/a&#0;b&#10;c"),
        ("shortdoi", "10/a.b"),
        ("shortdoi", "11/aabbe"),
        ("raid", "a1b2c3d4"),
        ("raid", "10/a1b2c3d4"),
        ("urn", "https://urn.kb.se/resolve?urn=urn:nbn:se:uu..."),
        ("doi", "10.1000/182…"),
        ("doi", "10.1000/182...."),
        ("doi", "https://doi.org/10.1000/18..."),
        ("doi", "https://doi.org/https://doi.or..."),
        ("doi", "10.1000/182[…]"),
        ("doi", "10.1000/18 …"),
        ("doi", "10.1000/18 (...)"),
        ("doi", "10.1000/182%E2%80%A6"),
        ("doi", "10.1000/182&hellip;"),
        ("pmid", "…"),
        ("pmid", "2149 . . ."),
        ("handle", "11573/4068⋯”"),
        ("urn", "urn:nbn:de:101:1-20..."),
        ("scopus", "2-s2.0-85…"),
        ("w3id", "https://example.org/x"),
        ("w3id", "https://w3id.org/a<b"),
        ("w3id", "https://w3id.org/a%2"),
        ("swhid", "swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2;origin=a|b"),
    ],
)
def test_a_malformed_value_is_kept_as_printed(scheme: str, value: str) -> None:
    identifier = Identifier(scheme, value)
    assert (identifier.value, identifier.is_valid, identifier.url) == (value, False, None)
    document = litrecord.parse_document(f"{scheme}: {value}\n")
    assert document.record.identifiers == (identifier,)
    (found,) = said(document)
    assert (found.code, found.span.of(document.text)) == ("malformed-identifier", value)


@pytest.mark.parametrize(
    "text",
    [
        "21496615",
        "Humans",
        "and/or",
        "handle with care",
        "a:b",
        "-",
        "1/2",
        "12/5/2020",
        "2019/12/13",
        "2019/7",
        "10/12",
        "10/2020",
    ],
)
def test_what_tells_no_scheme_is_refused_with_advice(text: str) -> None:
    with pytest.raises(litrecord.ParseError) as caught:
        Identifier.parse(text)
    assert str(caught.value) == (
        "expected an identifier with a known scheme\n"
        "error[unknown-scheme] line 1, column 1: unknown scheme\n"
        f"  {text}\n  ^\n"
        '  What to do: Put the scheme before it, as in "doi: 10.1000/182".'
    )


@given(st.one_of(st.text(st.characters()), st.sampled_from(sorted(VALID.values()))))
def test_any_text_is_an_identifier_or_our_error(text: str) -> None:
    found: Identifier | litrecord.LitrecordError
    try:
        found = Identifier.parse(text)
    except litrecord.LitrecordError as error:
        found = error
    assert str(found)


@given(
    st.sampled_from(sorted(VALID)), st.text(st.characters(exclude_characters="\r\n"), max_size=8)
)
def test_an_identifier_is_read_again_as_it_is(scheme: str, more: str) -> None:
    identifier = Identifier(scheme, f"{VALID[scheme]}{more}")
    again = Identifier(identifier.scheme, identifier.value)
    assert (again, again.is_valid) == (identifier, identifier.is_valid)
    assert identifier.is_valid or identifier.url is None


@given(st.from_regex(r"\A10\.[0-9]{4,5}/[!-~]{1,12}\Z"))
def test_a_valid_doi_is_one_for_idutils_and_the_same(printed: str) -> None:
    identifier = Identifier("doi", printed)
    assume(identifier.is_valid)
    assert idutils.is_doi(identifier.value)
    assert identifier.value.lower() == identifier.value
    assert Identifier.parse(identifier.value) == identifier


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_orcid_check_digits_are_those_of_idutils(number: int) -> None:
    for check in "0123456789X":
        value = f"{number:015d}{check}"
        hyphenated = "-".join(value[at : at + 4] for at in range(0, 16, 4))
        ours = Identifier("isni", value).is_valid
        assert ours is bool(idutils.is_isni(value))
        assert ours is Identifier("orcid", hyphenated).is_valid


@given(st.from_regex(r"\A[0-9]{7}[0-9X]\Z"))
def test_issn_check_digits_are_those_of_idutils(value: str) -> None:
    assert Identifier("issn", value).is_valid is bool(idutils.is_issn(value))


@given(st.from_regex(r"\A(97[89])?[0-9]{9}[0-9X]\Z"))
def test_isbn_check_digits_are_those_of_idutils(value: str) -> None:
    if idutils.is_isbn(value):
        assert Identifier("isbn", value).is_valid
    else:
        # idutils refuses ranges that no agency has yet, too: only the check digit is ours.
        others = [value[:-1] + check for check in "0123456789X" if check != value[-1]]
        valid = [Identifier("isbn", other).is_valid for other in others]
        assert sum(valid) + Identifier("isbn", value).is_valid == 1


@given(st.sampled_from(SCHEMES), st.text(st.sampled_from("10./ab%2541:;)('?#-é\x00"), max_size=20))
def test_a_value_read_again_is_the_same(scheme: Scheme, tail: str) -> None:
    for printed in (tail, VALID.get(scheme.name, "") + tail):
        if printed.strip():
            once = Identifier(scheme.name, printed)
            again = Identifier(scheme.name, once.value)
            assert (again, again.is_valid) == (once, once.is_valid)


@pytest.mark.parametrize("printed", ["swh:1:cnt:94a9", "ark:/x", "urn:x"])
def test_a_malformed_value_keeps_the_label_that_is_part_of_it(printed: str) -> None:
    assert Identifier.parse(printed).value == printed
    assert litrecord.parse_identifiers(printed + "\n")[0].value == printed


def test_an_unknown_label_is_no_scheme_and_a_listed_one_keeps_its_name() -> None:
    assert scheme_of_label("Background") is None
    (identifier,) = litrecord.parse_identifiers("Scopus: 2-s2.0-85\n")
    assert (identifier.scheme, identifier.value, identifier.is_valid) == (
        "scopus",
        "2-s2.0-85",
        True,
    )
    assert litrecord.parse_abstract("Background: text\n") == "Background: text"
    assert litrecord.parse_abstract("Purl: knit\n") == "Purl: knit"


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("doi: 10.28945/2865 , 10.28945/495", ["10.28945/2865", "10.28945/495"]),
        ("doi: 10.28945/2865, 10.28945/495", ["10.28945/2865", "10.28945/495"]),
        ("doi: 10.28945/2865 ,10.28945/495", ["10.28945/2865", "10.28945/495"]),
        ("doi: 10.28945/a,b", ["10.28945/a,b"]),
        ("doi:10.28945/495 ,", ["10.28945/495"]),
        ("DOI : 10.28945/495", ["10.28945/495"]),
        ("  doi: 10.28945/495  ", ["10.28945/495"]),
        ("isbn: 978 3 16 148410 0", ["9783161484100"]),
        ("pmc: PMC 353", ["PMC353"]),
    ],
)
def test_a_line_holds_one_value_or_several(line: str, values: list[str]) -> None:
    found = litrecord.parse_identifiers(line + "\nOld maps err.\n")
    assert [identifier.value for identifier in found] == values


def test_a_label_alone_is_an_identifier_line_without_a_value() -> None:
    document = litrecord.parse_document("pmid: 7\ndoi:\nOld maps err.\n")
    assert (document.record.pmid, document.record.doi) == ("7", None)
    assert [(found.code, found.message) for found in said(document)] == [
        ("malformed-identifier", "doi: expected a value, found none")
    ]


BASE = "https://explore.openaire.eu/search/"


@pytest.mark.parametrize(
    ("url", "found", "code"),
    [
        (BASE + "publication?pid=10.1000%2F182", "doi:10.1000/182", "identifier-from-address"),
        (BASE + "result?pid=8786748", "pmid:8786748", "number-as-pmid"),
        (BASE + "publication?articleId=doi_dedup___::9ff99b5e1675bc640ea813d86368c7eb",
         "openaire:doi_dedup___::9ff99b5e1675bc640ea813d86368c7eb", "identifier-from-address"),
        (BASE + "result?pid=10.1000/a+b", "doi:10.1000/a+b", "identifier-from-address"),
        (BASE + "result?pid=pmid:8786748", "pmid:8786748", "identifier-from-address"),
        (BASE + "result?lang=en&pid=8786748", "pmid:8786748", "number-as-pmid"),
        (BASE + "result?lang=en&amp;pid=10.1000%2F182", "doi:10.1000/182",
         "identifier-from-address"),
        (BASE + "result?pid=8786748&amp;lang=en", "pmid:8786748", "number-as-pmid"),
        (BASE + "result?a=b&amp;amp;pid=7&#38;c=d&#x26;e=f", "pmid:7", "number-as-pmid"),
        (BASE + "result?pid=%208786748%20", "pmid:8786748", "number-as-pmid"),
        (BASE + "result?pid=8786748&pid=8786748", "pmid:8786748", "number-as-pmid"),
    ],
)  # fmt: skip
def test_an_address_adds_what_the_page_does_not_print(url: str, found: str, code: str) -> None:
    document = litrecord.parse_document("mag_id: 12\nOld maps err.\n", url=url)
    assert [identifier.curie for identifier in document.record.identifiers] == ["mag_id:12", found]
    assert [diagnostic.code for diagnostic in said(document)] == [code]


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "https://example.org/?id=5", BASE, "https://explore.openaire.eu/?pid=8786748",
     BASE + "result?q=10.1/2", "\x00?%", BASE + "organization?id=openorgs____::" + "0" * 32],
)  # fmt: skip
def test_an_address_that_names_nothing_adds_nothing(url: str) -> None:
    document = litrecord.parse_document("Old maps err.\n", url=url)
    assert document.record.identifiers == ()
    is_page = url == BASE + "result?q=10.1/2"
    messages = [] if is_page else [f"{url!r:.60} is not the address of a page"]
    assert [found.message for found in said(document)] == messages


@pytest.mark.parametrize(
    "query",
    ["id=5", "pid=", "pid=%20", "pid=a%20b", "pid=123456789", "pid=10.1000%2Fa%0Ab", "pid=1ABC",
     "pid=%00", "articleId=10.1000%2F182"],
)  # fmt: skip
def test_an_address_whose_identifier_cannot_be_told_says_so(query: str) -> None:
    document = litrecord.parse_document("Old maps err.\n", url=BASE + "result?" + query)
    assert document.record.identifiers == ()
    assert [found.code for found in said(document)] == ["unread-address"]


def test_a_printed_identifier_is_not_added_again() -> None:
    url = BASE + "result?pid=10.1000%2FABC"
    document = litrecord.parse_document("doi: 10.1000/abc\nOld maps err.\n", url=url)
    assert (len(document.record.identifiers), said(document)) == (1, ())


def test_a_long_doi_with_a_blank_is_refused_at_once() -> None:
    assert not Identifier("doi", f"10.1000/{'a' * 200_000} b").is_valid


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("10.1016/j.ce...", "doi", "10.1016/j.ce..."),
        ("doi:10.1016/j.ce…", "doi", "10.1016/j.ce…"),
        ("https://hdl.handle.net/11584/23...", "handle", "https://hdl.handle.net/11584/23..."),
        ("pmid 2149…", "pmid", "2149…"),
    ],
)
def test_a_shortened_identifier_is_kept_and_not_valid(text: str, scheme: str, value: str) -> None:
    found = Identifier.parse(text)
    assert (found.scheme, found.value, found.is_valid) == (scheme, value, False)


def test_a_shortened_number_tells_no_scheme() -> None:
    with pytest.raises(litrecord.ParseError, match="unknown scheme"):
        Identifier.parse("2149…")


def test_a_shortened_identifier_is_reported_as_such() -> None:
    document = litrecord.parse_document("handle: 1.2/345 , 1.2/34…\nOld maps err.\n")
    assert [found.is_valid for found in document.record.identifiers] == [True, False]
    assert document.record.abstract == "Old maps err."
    (found,) = said(document)
    assert found.message == (
        "'1.2/34…' is a shortened handle: expected the whole value, without an ellipsis"
    )


def test_decoded_references_of_an_identifier_are_reported() -> None:
    document = litrecord.parse_document("doi: 10.1000/a&lt;1&gt;2\nOld maps err.\n")
    assert document.record.doi == "10.1000/a<1>2"
    (found,) = said(document)
    assert (found.code, found.span.of(document.text)) == (
        "decoded-identifier", "10.1000/a&lt;1&gt;2",
    )  # fmt: skip


def test_both_forms_of_an_ark_are_one_identifier() -> None:
    page = "https://explore.openaire.eu/search/result?pid=ark%3A%2F12345%2Fx54"
    document = litrecord.parse_document("ark:12345/x54\nOld maps err.\n", url=page)
    assert [found.value for found in document.record.identifiers] == ["ark:12345/x54"]
    assert not said(document)


@pytest.mark.parametrize(
    ("label", "scheme"),
    [
        ("PubMed ID", "pmid"),
        ("PubMed-ID", "pmid"), ("pubmed_id", "pmid"), ("PubMed  Id ", "pmid"),
        ("PubMed\xa0ID", "pmid"), ("PMCID", "pmc"), ("PMC ID", "pmc"), ("PubMed Central ID", "pmc"),
        ("Digital Object Identifier", "doi"), ("DOI number", "doi"), ("arXiv identifier", "arxiv"),
        ("ORCID iD", "orcid"), ("E ISSN", "issn"), ("ISSN-L", "issn"), ("Print ISSN", "issn"),
        ("ISBN 13", "isbn"), ("ClinicalTrials.gov Identifier", "nct"), ("Wikidata ID", "wikidata"),
        ("HAL Id", "hal"), ("Handle ID", "handle"),
    ],
)  # fmt: skip
def test_a_label_is_read_as_people_write_it(label: str, scheme: str) -> None:
    value = VALID[scheme]
    (found,) = litrecord.parse_identifiers(f"{label}: {value}\nOld maps err.\n")
    assert found == Identifier(label, value) == Identifier.parse(f"{label}: {value}")
    assert (found.scheme, found.value, found.is_valid) == (scheme, value, True)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("PMID: 23193287 PMCID: PMC3531190 DOI: 10.1093/nar/gks1195",
         ["pmid:23193287", "pmc:PMC3531190", "doi:10.1093/nar/gks1195"]),
        ("PMID: 23193287; PMCID: PMC3531190.", ["pmid:23193287", "pmc:PMC3531190"]),
        ("doi:10.1000/182;pmid:7", ["doi:10.1000/182", "pmid:7"]),
        ("doi: 10.1000/182, PubMed ID: 7", ["doi:10.1000/182", "pmid:7"]),
        ("doi: 10.1000/182. Epub 2012 Nov 27. PMID: 7 [Indexed for MEDLINE]",
         ["doi:10.1000/182", "pmid:7"]),
        ("pmid: 7 urn:nbn:de:101:1-2011 ark: /12148/x", ["pmid:7", "urn:nbn:de:101:1-2011",
                                                      "ark:12148/x"]),
        ("issn: 0317-8471 isbn: 978 3 16 148410 0", ["issn:0317-8471", "isbn:9783161484100"]),
    ],
)  # fmt: skip
def test_several_labelled_identifiers_of_a_line_are_read_and_reported(
    line: str, found: list[str]
) -> None:
    document = litrecord.parse_document(f"{line}\nOld maps err.\n")
    assert [identifier.curie for identifier in document.record.identifiers] == found
    assert document.record.abstract == "Old maps err."
    assert [diagnostic.code for diagnostic in said(document)] == ["several-labels"]
    for span, identifier in zip(
        document.spans.identifiers, document.record.identifiers, strict=True
    ):
        assert span is not None
        assert Identifier(identifier.scheme, span.of(document.text)) == identifier


def test_a_shortened_one_of_several_identifiers_is_reported_too() -> None:
    document = litrecord.parse_document("PMID: 2319… PMCID: PMC3531190\nOld maps err.\n")
    assert [found.is_valid for found in document.record.identifiers] == [False, True]
    codes = [found.code for found in said(document)]
    assert codes == ["several-labels", "malformed-identifier"]
    assert "shortened pmid" in said(document)[1].message


@pytest.mark.parametrize(
    "line", ["doi: 10.1000/1 doi: 10.1000/2", "doi: 10.1000/1, doi: 10.1000/2"]
)
def test_one_label_printed_twice_is_as_if_printed_once(line: str) -> None:
    document = litrecord.parse_document(f"{line}\nOld maps err.\n")
    assert [found.value for found in document.record.identifiers] == ["10.1000/1", "10.1000/2"]
    assert not said(document)


@pytest.mark.parametrize(
    "line",
    ["PMID: 7 was compared with PMID: 8 in this study.", "doi: as in PMID: 8",
     "Handle: with care: see DOI: 10.1000/182"],
)  # fmt: skip
def test_labels_in_prose_are_prose(line: str) -> None:
    document = litrecord.parse_document(f"{line}\nOld maps err.\n")
    assert (document.record.identifiers, document.record.abstract) == (
        (), f"{line}\nOld maps err.",
    )  # fmt: skip


@pytest.mark.parametrize("printed", ["10/AABBE", "https://doi.org/10/aabbe"])
def test_a_short_doi_behind_the_label_of_a_doi_is_one(printed: str) -> None:
    record = litrecord.parse_record(f"doi: {printed}\nOld maps err.\n")
    assert [found.curie for found in record.identifiers] == ["shortdoi:10/aabbe"]
    assert record.doi is None


def test_an_ampersand_of_an_identifier_is_no_reference() -> None:
    document = litrecord.parse_document("doi: 10.1000/a&b , 10.1000/R&DX;c\nOld maps err.\n")
    values = [found.value for found in document.record.identifiers]
    assert (values, said(document)) == (["10.1000/a&b", "10.1000/r&dx;c"], ())


def test_values_with_spaces_that_no_scheme_has_are_prose() -> None:
    line = "doi: 10.1000/1, and 10.1000/2"
    document = litrecord.parse_document(f"{line}\nOld maps err.\n")
    assert document.record.identifiers == ()
    assert document.record.abstract == f"{line}\nOld maps err."


def test_a_long_line_is_not_looked_at_for_several_labels() -> None:
    line = "pmid: 7 " * 300 + "doi: 10.1000/1"
    document = litrecord.parse_document(f"{line}\nOld maps err.\n")
    assert document.record.identifiers == ()


@pytest.mark.parametrize("dash", "\u2010\u2011\u2013\u2014\u2212\uff0d")
def test_a_dash_in_an_identifier_is_read_as_a_hyphen_and_reported(dash: str) -> None:
    document = litrecord.parse_document(
        f"doi: 10.1000/a{dash}b , 10.1000/c-d\nOld.\n| views | 2 |\n"
    )
    assert [str(found) for found in document.record.identifiers] == [
        "doi:10.1000/a-b",
        "doi:10.1000/c-d",
    ]
    (found,) = document.diagnostics
    assert (found.code, found.span.of(document.text)) == ("decoded-identifier", f"10.1000/a{dash}b")
