"""Keyword lines are split as printed: controlled terms and brackets stay whole."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import litrecord
from litrecord._characters import clean
from litrecord._vocabularies import subject_order
from litrecord._vocabularies.term_splitting import split_pieces
from litrecord._vocabularies.terms import AMBIGUOUS_FILE, FILES, read_terms, vocabulary
from support.cases import said

MARKS = ",;；؛、，،|·•"
MESH = [term for term in read_terms(FILES["mesh"]) if term not in read_terms(AMBIGUOUS_FILE)]


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("Occurrence", ["Occurrence"]),
        ("", []),
        ("  Humans , Mice ", ["Humans", "Mice"]),
        ("Humans, , Mice", ["Humans", "Mice"]),
        (", ", []),
        ("a, b, ", ["a", "b"]),
        ("a\x00, b", ["a\ufffd", "b"]),
        ("a,b", ["a,b"]),
        ("Mice,  Knockout", ["Mice", "Knockout"]),
        ("mice, knockout, HUMANS", ["mice, knockout", "HUMANS"]),
        ("Mice, Knockout", ["Mice, Knockout"]),
        ("Mice, Mice, Knockout", ["Mice", "Mice, Knockout"]),
        ("Child, Preschool, Child", ["Child, Preschool", "Child"]),
        ("MESH: Mice, Knockout, MESH: Humans", ["MESH: Mice, Knockout", "MESH: Humans"]),
        ("Mice, Knockout/genetics, Humans", ["Mice, Knockout/genetics", "Humans"]),
        ("*Mice, Knockout, Humans", ["*Mice, Knockout", "Humans"]),
        ("Humans, Mice, Knockout*", ["Humans", "Mice, Knockout*"]),
        ("MESH: *Mice, Knockout, *MESH: Mice, Knockout",
         ["MESH: *Mice, Knockout", "*MESH: Mice, Knockout"]),
        ("Mice, Knockout*/genetics/*adverse effects, Humans",
         ["Mice, Knockout*/genetics/*adverse effects", "Humans"]),
        ("*Mice, Knockout/genetics*/metabolism*, *Humans/blood",
         ["*Mice, Knockout/genetics*/metabolism*", "*Humans/blood"]),
        ("Carcinoma, Non-Small-Cell Lung/a/b/c/d/*e, x",
         ["Carcinoma, Non-Small-Cell Lung/a/b/c/d/*e", "x"]),
        # A mark or a qualifier makes no term of what is none.
        ("*Mice, Humans*, a/b/c", ["*Mice", "Humans*", "a/b/c"]),
        ("*Mice*, Knockout", ["*Mice*", "Knockout"]),
        ("Mice, Knockout//x", ["Mice", "Knockout//x"]),
        ("Mice, Knockout (x)", ["Mice", "Knockout (x)"]),
        ("Mice, Knockout" + 17 * "/a", ["Mice", "Knockout" + 17 * "/a"]),
        ("*Philosophy, ethics and religion", ["*Philosophy", "ethics and religion"]),
        ("Philosophy, ethics and religion*", ["Philosophy", "ethics and religion*"]),
        ("General Biochemistry, Genetics and Molecular Biology",
         ["General Biochemistry, Genetics and Molecular Biology"]),
        ("Pharmacology, Toxicology and Pharmaceutics (all), Drugs",
         ["Pharmacology, Toxicology and Pharmaceutics (all)", "Drugs"]),
        ("0401 agriculture, forestry, and fisheries, soil",
         ["0401 agriculture, forestry, and fisheries", "soil"]),
        ("FOS: Philosophy, ethics and religion, ethics",
         ["FOS: Philosophy, ethics and religion", "ethics"]),
        ("Physics - Data Analysis, Statistics and Probability, x",
         ["Physics - Data Analysis, Statistics and Probability", "x"]),
        ("Data Analysis, Statistics and Probability (physics.data-an), x",
         ["Data Analysis, Statistics and Probability (physics.data-an)", "x"]),
        # An affix belongs to its own vocabulary.
        ("Physics - Mice, Knockout", ["Physics - Mice", "Knockout"]),
        ("General Mice, Knockout", ["General Mice", "Knockout"]),
        ("MESH: Philosophy, ethics and religion", ["MESH: Philosophy", "ethics and religion"]),
        ("Philosophy, ethics and religion (cs.DC)", ["Philosophy", "ethics and religion (cs.DC)"]),
        ("f(x], y, (a, b], c)", ["f(x]", "y", "(a, b], c)"]),
        ("a (b, c (d, e) f, g", ["a (b", "c (d, e) f", "g"]),
        ("(a, b), (c, d)", ["(a, b)", "(c, d)"]),
        ("a), b (c", ["a)", "b (c"]),
        ("[a, (b, c]", ["[a, (b, c]"]),
        ("{a, b}, c", ["{a, b}", "c"]),
        ("(a, b)", ["(a, b)"]),
        ("[a, b], c", ["[a, b]", "c"]),
        ("(a, b), {c, d}", ["(a, b)", "{c, d}"]),
        ("(a, b), c), d", ["(a, b)", "c)", "d"]),
        ("(a), (b, (c, d), e)", ["(a)", "(b, (c, d), e)"]),
    ],
)  # fmt: skip
def test_a_line_is_split_at_commas_that_part_terms(line: str, terms: list[str]) -> None:
    assert litrecord.split_keywords(line) == tuple(terms)


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("maps; coasts;ice", ["maps", "coasts", "ice"]),
        ("maps | coasts | ice", ["maps", "coasts", "ice"]),
        ("maps · coasts", ["maps", "coasts"]),
        ("maps • coasts", ["maps", "coasts"]),
        ("地図、海岸、氷", ["地図", "海岸", "氷"]),
        ("地图，海岸；冰", ["地图", "海岸", "冰"]),
        ("خرائط، سواحل؛ جليد", ["خرائط", "سواحل", "جليد"]),
        ("Humans, maps; coasts, Mice", ["Humans", "maps", "coasts", "Mice"]),
        ("Mice, Knockout; Humans;  Diagnosis, Differential, x",
         ["Mice, Knockout", "Humans", "Diagnosis, Differential", "x"]),
        ("maps; ice;", ["maps", "ice"]),
        ("ice; (a; b], c", ["ice", "(a", "b]", "c"]),
        ("[a; b]; (c) d; e", ["[a; b]", "(c) d", "e"]),
        ("R&DX; maps", ["R&DX", "maps"]),
        ("Research &amp; growth; maps", ["Research &amp; growth", "maps"]),
        ("2，3-二氯乙烷，氧", ["2，3-二氯乙烷", "氧"]),
    ],
)  # fmt: skip
def test_a_list_with_another_separator_is_cut_and_reported(line: str, terms: list[str]) -> None:
    assert litrecord.split_keywords(line) == tuple(terms)
    document = litrecord.parse_document(f"Old maps err.\n{line}\n{line}\n| views | 2 | |\n")
    assert document.record.keywords == tuple(terms)
    (found,) = document.diagnostics
    assert (found.code, found.position.line) == ("other-separator", 2)
    assert found.span.of(document.text) in ";|·•、，；،؛"
    spans = document.spans.keywords
    assert [span and span.of(document.text) for span in spans] == terms


@pytest.mark.parametrize(
    "term",
    ["Ions (Na+; K+)", "Research &amp; growth", "a &#38; b &#x26; c", "and/or", "p|q", "5·5",
     "2，3-二氯乙烷", "データ・マイニング"],
)  # fmt: skip
def test_a_mark_that_parts_nothing_stays(term: str) -> None:
    document = litrecord.parse_document(2 * f"{term}, Humans\n")
    assert (document.record.keywords, said(document)) == ((term, "Humans"), ())


def test_of_a_list_with_another_separator_order_decides_nothing() -> None:
    text = 2 * "maps;  Alpha, Breast Neoplasms, Male; x\n"
    document = litrecord.parse_document(text)
    assert document.record.keywords == ("maps", "Alpha", "Breast Neoplasms, Male", "x")
    assert [found.code for found in said(document)] == [
        "other-separator",
        "ambiguous-keyword",
    ]
    assert said(document)[1].span.of(text) == "Breast Neoplasms, Male"


def test_lists_with_other_separators_count_for_the_limit_of_terms() -> None:
    with pytest.raises(litrecord.LimitError, match=r"^3 terms, but limits\.terms is 2"):
        litrecord.parse_document(2 * "maps; coasts; ice\n", limits=litrecord.Limits(terms=2))


@given(st.lists(st.sampled_from(MESH), min_size=1, max_size=5))
def test_a_heading_that_reads_one_way_stays_whole_among_plain_terms(headings: list[str]) -> None:
    terms = [*itertools.chain(*zip(headings, itertools.repeat("Zyzzyva"), strict=False))]
    assert litrecord.split_keywords(", ".join(terms)) == tuple(terms)


@given(st.text(st.sampled_from("ab, ()[]{}")))
def test_pieces_are_the_line_and_no_closed_bracket_is_cut(line: str) -> None:
    pieces = split_pieces(line)
    assert ", ".join(pieces) == line
    inside = [piece for piece in pieces if ", " in piece]
    assert all(any(opener in piece for opener in "([{") for piece in inside)
    assert all(any(closer in piece for closer in ")]}") for piece in inside)


@given(st.text(st.characters(), max_size=60))
@example("a\nb")
def test_nothing_but_spaces_and_separators_is_lost(line: str) -> None:
    try:
        terms = litrecord.split_keywords(line)
    except litrecord.InvalidValueError:
        return
    bare = [
        character
        for character in clean(line.strip())
        if not character.isspace() and character not in MARKS
    ]
    kept = [c for term in terms for c in term if not c.isspace() and c not in MARKS]
    assert kept == bare
    assert all(term == term.strip() != "" for term in terms)


def test_order_decides_between_two_readings() -> None:
    apart = (
        "Diverticulum", "Colon", "Apc7 Subunit, Anaphase-Promoting Complex-Cyclosome",
        "Bronchomalacia", "Pesticide Residues", "Rhode Island",
    )  # fmt: skip
    together = ("Diverticulum, Colon", *apart[2:])
    assert (subject_order.fits(apart), subject_order.fits(together)) == (True, False)
    assert litrecord.split_keywords(", ".join(apart)) == apart


@pytest.mark.parametrize(
    "terms",
    [
        ("Rats", "Carcinoma, Ductal", "Breast"),
        ("Humans", "Arthroplasty, Replacement", "Ankle", "Microtrauma, Physical"),
        ("Mice, Knockout", "Absorption, Radiation"),
        ("History, 18th Century", "Accidents, Aviation", "Humans"),
        ("Schools, Health Occupations", "Peer Review, Research", "Hospitals, Group Practice",
         "Economics, Nursing", "Embolism, Air", "Chromatography, DEAE-Cellulose"),
    ],
)  # fmt: skip
def test_order_decides_of_ambiguous_terms_alone_and_nothing_is_said(terms: tuple[str, ...]) -> None:
    document = litrecord.parse_document(f"Old maps err.\n{', '.join(terms)}\n{', '.join(terms)}\n")
    assert (document.record.keywords, said(document)) == (terms, ())


def test_what_order_leaves_open_is_the_longest_and_said_so() -> None:
    line = "Zebra, Breast Neoplasms, Male, Alpha"
    text = f"Old maps err.\n{line}\n{line}\n"
    document = litrecord.parse_document(text)
    assert document.record.keywords == ("Zebra", "Breast Neoplasms, Male", "Alpha")
    (found,) = said(document)
    assert (found.code, found.span.of(text)) == ("ambiguous-keyword", "Breast Neoplasms, Male")
    assert found.message == "'Breast Neoplasms, Male' may also be 'Breast Neoplasms' and 'Male'"
    assert found.position.line == 2


@pytest.mark.parametrize(
    ("before", "term", "other"),
    [
        ("", "Breast Neoplasms, Male", "'Breast Neoplasms' and 'Male'"),
        ("Alpha, ", "Breast Neoplasms, Male", "'Breast Neoplasms' and 'Male'"),
        ("Zebra, Alpha, Optics, ", "Breast Neoplasms, Male", "'Breast Neoplasms' and 'Male'"),
        ("Zebra, ", "Carcinoma, Ductal, Breast", "'Carcinoma, Ductal' and 'Breast'"),
    ],
)
def test_an_open_term_is_shown_with_its_other_reading(before: str, term: str, other: str) -> None:
    text = 2 * f"{before}{term}, Zebra, Alpha\n"
    (found,) = said(litrecord.parse_document(text))
    assert (found.span.start, found.span.of(text)) == (len(before), term)
    assert found.message == f"{term!r} may also be {other}"


def test_too_many_ambiguities_are_left_to_the_longest_match() -> None:
    line = ", ".join(["Diverticulum, Colon"] * 7)
    assert litrecord.split_keywords(line) == ("Diverticulum, Colon",) * 7


def test_of_seven_ambiguous_terms_order_decides_none() -> None:
    terms = (
        "Microscopy, Fluorescence", "Pneumonia, Pneumocystis", "Genes, Neurofibromatosis 2",
        "Coronavirus, Turkey", "Respiratory Distress Syndrome, Adult", "Anesthesia, Inhalation",
        "Mercury Poisoning, Nervous System",
    )  # fmt: skip
    document = litrecord.parse_document(2 * f"{', '.join(terms)}\n")
    assert document.record.keywords == terms
    assert [found.code for found in said(document)] == ["ambiguous-keyword"] * 7


@pytest.mark.parametrize(
    ("terms", "fits"),
    [
        (["Diagnosis, Differential", "Humans", "Hemifacial Spasm"], True),
        (["Humans", "Diagnosis, Differential", "Hemifacial Spasm"], False),
        (["Humans", "Humans"], False),
        ([], True),
        (["\U0001d400", "x"], False),
    ],
)
def test_a_java_map_gives_its_keys_in_the_order_of_their_buckets(
    terms: list[str], fits: bool
) -> None:
    assert subject_order.fits(terms) is fits


def bucket(term: str, size: int) -> int:
    """Return the bucket of a term in a java.util.HashMap of so many."""
    units = ("keyword" + term).encode("utf-16-be")
    value = 0
    for high, low in zip(units[::2], units[1::2], strict=True):
        value = value * 31 + 256 * high + low & 0xFFFFFFFF
    return (value ^ value >> 16) & size - 1


def test_a_longer_list_stands_in_the_order_of_a_larger_map() -> None:
    terms = [f"Term {number}" for number in range(20)]
    assert subject_order.fits(sorted(terms, key=lambda term: bucket(term, 32)))
    assert subject_order.fits(sorted(terms, key=lambda term: bucket(term, 64)))
    assert not subject_order.fits(sorted(terms, key=lambda term: bucket(term, 16)))


def test_string_hash_codes_are_those_of_java() -> None:
    # "keyword".hashCode() is -814408215 in Java, and of an astral letter both halves count.
    spread = subject_order._spread("keyword")
    value = -814408215 & 0xFFFFFFFF
    assert spread == value ^ value >> 16
    assert subject_order._spread("\U0001d400") == (0xD835 * 31 + 0xDC00) ^ (
        (0xD835 * 31 + 0xDC00) >> 16
    )


@pytest.mark.parametrize("line", [None, 5, b"Mice", ["Mice"]])
def test_what_is_no_line_is_refused(line: object) -> None:
    with pytest.raises(litrecord.InvalidValueError) as caught:
        litrecord.split_keywords(line)  # type: ignore[arg-type]
    assert str(caught.value) == f"line: expected a str, got {type(line).__name__}"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_several_lines_are_refused(end: str) -> None:
    with pytest.raises(
        litrecord.InvalidValueError, match=r"^line: holds a line end: give one line$"
    ):
        litrecord.split_keywords(f"Mice{end}Humans")
    assert litrecord.split_keywords("Mice, Humans\r\n") == ("Mice", "Humans")


@pytest.mark.parametrize("file", [*FILES.values(), AMBIGUOUS_FILE])
def test_a_vocabulary_has_its_notice_and_no_entry_twice_or_in_vain(file: str) -> None:
    terms = read_terms(file)
    assert len(set(terms)) == len(terms) > 0
    for term in terms:
        assert ", " in term
        assert term == term.strip()
        if len(split_pieces(term)) > 1:
            assert litrecord.split_keywords(term + ", Zyzzyva")[-1] == "Zyzzyva"


def test_every_ambiguous_heading_is_a_heading() -> None:
    assert vocabulary().ambiguous <= set(vocabulary().vocabulary_of)
