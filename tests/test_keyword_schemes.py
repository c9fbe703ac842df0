"""The schemes of keywords: each rule of docs/keywords.md, and what is near and has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import Record, classify_keywords
from litrecord._vocabularies.terms import FILES, FORM_FILES, read_terms

SCHEMES = {"FOS", "SDG", "arxiv", "asjc", "ddc", "hal", "jel", "lcc", "mesh", "msc"}

TERMS = {
    "mesh": [
        "Mice, Knockout", "MICE, KNOCKOUT", "Mice, Knockout/genetics", "*Mice, Knockout",
        "MESH: Mice, Knockout*/genetics", "MeSH: Animals", "mesh:Animals", "Sepsis [MeSH]",
        "info:eu-repo/classification/mesh/Humans",
    ],
    "FOS": [
        "FOS: Physical sciences", "FOS:Law", "01 natural sciences", "0101 Mathematics",
        "0202 electrical engineering, electronic engineering, information engineering",
        "040103 agronomy & agriculture", "philosophy, ethics and religion",
        "FOS: Philosophy, ethics and religion",
    ],
    "SDG": [
        "13. Climate action", "16. Peace & justice", "17. Partnerships for the Goals",
        "9. Industry, innovation and infrastructure", "SDG 13", "SDG13", "SDG-3.4",
        "SDG 3 - Good Health and Well-being", "SDG 5: Gender equality",
    ],
    "asjc": [
        "Endocrinology, Diabetes and Metabolism", "Medicine (all)", "Nursing (miscellaneous)",
        "General Arts and Humanities", "Genetics(clinical)",
        "General Biochemistry, Genetics and Molecular Biology",
    ],
    "arxiv": [
        "cs.DL", "hep-th", "Digital Libraries (cs.DL)", "astro-ph.CO", "cond-mat.mtrl-sci",
        "High Energy Physics - Theory (hep-th)", "High Energy Physics - Theory",
        "Computer Science - Digital Libraries", "Data Analysis, Statistics and Probability",
        "info:eu-repo/classification/arXiv/cs.DL",
    ],
    "jel": [
        "JEL: C55", "JEL:C5", "jel: E32", "JEL C55", "JEL classification: C55",
        "JEL Codes: Z13", "JEL: G - Financial Economics/G.G3 - Corporate Finance",
        "info:eu-repo/classification/jel/C55",
    ],
    "lcc": ["QL1-991", "QH301-705.5", "LCC:Genetics", "LCC: QH426-470"],
    "ddc": [
        "ddc:590", "DDC 590", "DDC: 590.5", "ddc::590", "DDC 590 Tiere (Zoologie)",
        "info:eu-repo/classification/ddc/590",
    ],
    "msc": [
        "MSC: 14H52", "MSC 14H52", "msc:14Hxx", "MSC2010: 35K55", "MSC (2020): 35K55",
        "2010 MSC: 35K55", "MSC-class: 35K55",
    ],
    "hal": [
        "[INFO]Computer Science [cs]", "[SHS.ECO] Humanities and Social Sciences",
        "[INFO.INFO-AI]Computer Science [cs]/Artificial Intelligence [cs.AI]",
    ],
}  # fmt: skip

NONE = [
    "Humans", "Animals", "Mice", "Bonn, Germany", "Mice/genetics", "mesh generation", "Mesh",
    "[MeSH]", "Fos: a gene", "FOS: Fosfomycin", "0101 Pure Mathematics", "010101 Pure Mathematics",
    "019901 something", "natural sciences", "07 something", "13. Rivers", "18. Climate action",
    "Climate action", "SDG", "SDG 18", "SDG 0", "SDG 130", "SDG 3 protein", "SDGs", "Medicine",
    "General Chemistry", "General Medicine", "cs", "math", "cs.XX", "Physics", "Physics - Weather",
    "Rats (cs)", "Rats (female)", "(cs.DL)", "C55", "JEL", "JEL classification", "jel a", "JEL S10",
    "JEL: C555", "jelly: C55", "590", "ddc", "ddC 5 mg", "DDC 59", "DDC 5900", "ddc:590.5.1",
    "14H52", "65C02", "MSC 14", "MSC therapy", "mesenchymal MSC: 14H52", "L4-5", "PM2.5-10", "QL",
    "QL1-9910", "Zoology", "Communication. Mass media", "LCC:", "[1] Rivers", "[RIV]Rivers",
    "[INFO]", "info:eu-repo/classification/ddc/", "info:eu-repo/classification/udc/54",
    "VDP::Samfunnsvitenskap: 200::Økonomi: 210",
]  # fmt: skip


def scheme_of(term: str) -> str | None:
    ((_, scheme),) = classify_keywords(Record(keywords=[term]))
    return scheme


@pytest.mark.parametrize(
    ("term", "scheme"), [(term, scheme) for scheme, terms in TERMS.items() for term in terms]
)
def test_a_notation_tells_the_scheme(term: str, scheme: str) -> None:
    assert scheme_of(term) == scheme


@pytest.mark.parametrize("term", NONE)
def test_what_anybody_may_type_has_no_scheme(term: str) -> None:
    assert scheme_of(term) is None


@pytest.mark.parametrize(
    ("terms", "schemes"),
    [
        (["JEL: C55", "C55", "E32"], ["jel", "jel", None]),
        (["590", "ddc:590"], ["ddc", "ddc"]),
        (["Animals", "MeSH: Animals"], ["mesh", "mesh"]),
        (["LCC:QH1", "QH1", "14H52", "MSC: 14H52"], ["lcc", "lcc", "msc", "msc"]),
        (["C55", "JEL: C55", "LCC: C55"], [None, "jel", "lcc"]),
        (["C55", "JEL: C55", "LCC: C55", "JEL C55"], [None, "jel", "lcc", "jel"]),
    ],
)
def test_a_label_in_the_record_tells_a_notation_without_one(
    terms: list[str], schemes: list[str | None]
) -> None:
    found = classify_keywords(Record(keywords=terms))
    assert found == tuple(zip(terms, schemes, strict=True))


@pytest.mark.parametrize("scheme", sorted(FORM_FILES))
def test_every_term_of_a_file_has_the_scheme_of_the_file(scheme: str) -> None:
    terms = read_terms(FORM_FILES[scheme])
    found = classify_keywords(Record(keywords=terms))
    assert found == tuple((term, scheme) for term in terms)


def test_no_term_is_in_two_files() -> None:
    files = [*FORM_FILES.values(), *FILES.values()]
    terms = [term.casefold() for file in files for term in read_terms(file)]
    assert len(set(terms)) == len(terms)


def test_what_is_no_record_is_refused() -> None:
    said = r"^record: expected a Record, got list: pass Record\(keywords=…\)$"
    with pytest.raises(litrecord.InvalidValueError, match=said):
        classify_keywords(["a"])  # type: ignore[arg-type]
    with pytest.raises(litrecord.InvalidValueError, match=r"^record: expected a Record, got str$"):
        classify_keywords("a")  # type: ignore[arg-type]


EXAMPLES = sorted({*NONE, *(term for terms in TERMS.values() for term in terms)})


KEYWORDS = st.one_of(
    st.sampled_from(EXAMPLES), st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)
)


@given(st.lists(KEYWORDS, max_size=6))
def test_the_terms_are_those_of_the_record_in_their_order(terms: list[str]) -> None:
    record = Record(keywords=terms)
    found = classify_keywords(record)
    assert tuple(term for term, _ in found) == record.keywords
    assert {scheme for _, scheme in found} <= {None, *SCHEMES}
