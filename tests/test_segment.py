"""Sections tile the text; a fault in one part costs its siblings nothing."""

import itertools

import pytest
from hypothesis import example, given

import litrecord
from litrecord import SectionKind
from support.cases import said
from support.strategies import WIDGET, any_text

ROW = "| citations | 70 | |\n"
ROWS = ROW + "| impulse | Average |\n"
DESCRIPTION = (
    'This indicator reflects the "current" impact/attention (the "hype") of an article in '
    "the research community at large, based on the underlying citation network."
)


def test_an_identifier_line_below_text_that_stands_twice_is_keywords() -> None:
    document = litrecord.parse_document("Text.\n" + 2 * "doi: 10.1000/182\n")
    assert document.record.keywords == ("doi: 10.1000/182",)
    assert said(document) == ()
    document = litrecord.parse_document("Text.\ndoi: 10.1/2\nMore.\n" + 2 * "doi: 10.1/2\n")
    assert [found.position.line for found in said(document)] == [2]


@given(any_text)
def test_the_sections_of_any_text_are_the_text(text: str) -> None:
    document = litrecord.parse_document(text, markup="text")
    assert document.text == text
    assert "".join(section.text for section in document.sections) == text
    offsets = [0]
    for section in document.sections:
        assert (section.span.start, section.span.of(text)) == (offsets[-1], section.text)
        offsets.append(section.span.end)
    assert offsets[-1] == len(text)


@given(any_text)
def test_the_record_of_a_text_is_that_of_its_document(text: str) -> None:
    assert litrecord.parse_record(text) == litrecord.parse_document(text).record


@given(any_text)
@example("Text.\n| citations | 70 | |\n\ndoi: 10.1000/182\n")
def test_what_is_not_understood_has_a_diagnostic(text: str) -> None:
    document = litrecord.parse_document(text)
    places = [(found.span.start, found.span.end) for found in document.diagnostics]
    for section in document.sections_of(SectionKind.UNKNOWN):
        assert any(section.span.start <= start <= section.span.end for start, _ in places), section


@given(any_text)
def test_a_run_of_blank_lines_is_one_section(text: str) -> None:
    kinds = [section.kind for section in litrecord.parse_document(text).sections]
    for first, second in itertools.pairwise(kinds):
        assert not first == second == SectionKind.BLANK


def kinds_of(text: str) -> list[str]:
    return [section.kind.value for section in litrecord.parse_document(text).sections]


LAYOUT_C = """Powered by OpenAIRE graph
ZENODOarrow_drop_down
image/svg+xml art designer
ZENODO
Article . 2021 . Peer-reviewed
License: CC BY
versions View all 2 versions
addClaim

Who drew the coast?

Authors: Doe, Jo; Roe, Al; +4 Authors

Who drew the coast?

Abstract

Old maps err.

Keywords

Maps as Topic, History, 18th Century

  • BIP!
    Impact byBIP!
    citations
    This indicator reflects the number of them.
    3
    views
    12
    BIP!Citations provided by BIP!
"""


def test_a_whole_page_is_read_under_its_headings() -> None:
    record = litrecord.parse_record(LAYOUT_C)
    assert record.title == "Who drew the coast?"
    assert record.authors == ("Doe, Jo", "Roe, Al")
    assert record.abstract == "Old maps err."
    assert record.keywords == ("Maps as Topic", "History, 18th Century")
    assert [(row.name, row.printed) for row in record.indicators] == [
        ("citations", "3"),
        ("views", "12"),
    ]


def without(*lines: str) -> str:
    kept = [line for line in LAYOUT_C.split("\n") if line.strip() not in lines]
    return "\n".join(kept)


AUTHORS = "Authors: Doe, Jo; Roe, Al; +4 Authors"
TERMS = "Maps as Topic, History, 18th Century"


@pytest.mark.parametrize(
    ("text", "title", "abstract", "keywords"),
    [
        (without(AUTHORS), "Who drew the coast?", "Old maps err.", 2),
        (without("Abstract", "Old maps err."), "Who drew the coast?", None, 2),
        (without("Keywords", TERMS), "Who drew the coast?",
         "Old maps err.", 0),
        (LAYOUT_C[LAYOUT_C.index("Who drew") :], "Who drew the coast?", "Old maps err.", 2),
        (LAYOUT_C.replace("\n", "\r\n"), "Who drew the coast?", "Old maps err.", 2),
        (LAYOUT_C.replace("\nWho drew the coast?\n\nAbstract", "\nAbstract"),
         "Who drew the coast?", "Old maps err.", 2),
        (LAYOUT_C[: LAYOUT_C.index("Who drew")], None, None, 0),
        ("\n" + LAYOUT_C, "Who drew the coast?", "Old maps err.", 2),
    ],
)  # fmt: skip
def test_a_whole_page_may_lack_a_part(
    text: str, title: str | None, abstract: str | None, keywords: int
) -> None:
    record = litrecord.parse_record(text)
    assert (record.title, record.abstract, len(record.keywords)) == (title, abstract, keywords)


def test_between_semicolons_that_hold_no_name_stands_no_author() -> None:
    text = LAYOUT_C.replace(AUTHORS, "Authors: Doe, Jo; ; Roe, Al;")
    assert litrecord.parse_record(text).authors == ("Doe, Jo", "Roe, Al")


def test_the_semicolon_of_a_character_reference_separates_no_authors() -> None:
    names = ("O&#39;Neil, Jo", "M&uuml;ller &amp; Co", "AT&T", "Roe, Al")
    text = LAYOUT_C.replace(AUTHORS, f"Authors: {'; '.join(names)}; +2 Authors")
    assert litrecord.parse_record(text).authors == names


def test_very_many_character_references_are_one_name() -> None:
    name = "&amp;" * 50_000
    text = LAYOUT_C.replace(AUTHORS, f"Authors: {name}; Roe, Al")
    assert litrecord.parse_record(text).authors == (name, "Roe, Al")


@pytest.mark.parametrize("abstract", ["<jats:p>Old maps err.</jats:p>", "<p>Old maps err.</p>"])
@pytest.mark.parametrize("start", ["Powered by", "ZENODOarrow", "image/svg", "Who drew"])
def test_a_whole_page_with_markup_in_its_abstract_is_text(start: str, abstract: str) -> None:
    text = LAYOUT_C[LAYOUT_C.index(start) :]
    page = text.replace("Old maps err.", abstract)
    document = litrecord.parse_document(page)
    assert litrecord.parse_record(page.replace("\n", "\r")) == document.record
    expected = litrecord.parse_document(text)
    assert document.record == expected.record
    assert [found.code for found in said(document)] == [
        *(found.code for found in said(expected)),
        "unwrapped-markup",
    ]


def test_the_first_line_of_a_whole_page_may_end_with_cr() -> None:
    page = "Powered by OpenAIRE graph\rTides\r<p>Old maps of a long and sandy coast err.</p>\r"
    assert litrecord.parse_document(page).text == page


def test_a_second_heading_of_keywords_is_no_keyword_and_is_reported() -> None:
    text = LAYOUT_C.replace("Old maps err.\n", "Old maps err.\nKeywords\ncoast\n")
    document = litrecord.parse_document(text)
    assert document.record.keywords == ("coast", "Maps as Topic", "History, 18th Century")
    found = {found.code: found.position.line for found in said(document)}
    assert found["maybe-keywords"] == 22


@pytest.mark.parametrize("mark", "*-+◦·○▪●‣–")
def test_the_list_of_indicators_may_have_another_mark(mark: str) -> None:
    expected = litrecord.parse_document(LAYOUT_C)
    document = litrecord.parse_document(LAYOUT_C.replace("• BIP!", f"{mark} BIP!"))
    assert document.record == expected.record
    assert list(map(str, said(document))) == list(map(str, said(expected)))


def test_an_abstract_below_the_keywords_is_read() -> None:
    above, below = "Abstract\n\nOld maps err.\n\n", f"Keywords\n\n{TERMS}\n\n"
    text = LAYOUT_C.replace(above + below, below + above)
    assert litrecord.parse_record(text) == litrecord.parse_record(LAYOUT_C)


@pytest.mark.parametrize(("line", "field"), [("Old maps err.", "abstract"), (TERMS, "keywords")])
def test_an_identifier_line_below_a_heading_is_reported(line: str, field: str) -> None:
    document = litrecord.parse_document(LAYOUT_C.replace(line, f"{line}\npmid: 7"))
    assert document.record.identifiers == ()
    assert "pmid: 7" in getattr(document.record, field)
    assert "identifier-in-text" in [found.code for found in said(document)]


def test_a_repeated_line_above_other_text_is_reported() -> None:
    text = "Old maps err.\nMaps, Coasts\nMaps, Coasts\nBonn\n| views | 2 | |\n"
    document = litrecord.parse_document(text)
    assert document.record.abstract == text.partition("\n|")[0]
    (found,) = said(document)
    assert (found.code, found.position.line) == ("maybe-keywords", 2)


@pytest.mark.parametrize("title", ["", "Who drew the coast?\n"])
def test_below_the_authors_no_line_but_the_title_is_one(title: str) -> None:
    text = f"Powered by OpenAIRE graph\n{title}Authors: Doe, Jo\nOther"
    document = litrecord.parse_document(text)
    assert document.record.title == (title.strip() or None)
    (found,) = said(document)
    assert (found.code, found.span.of(text)) == ("unknown-text", "Other")
    assert found.message == "text between title and abstract that is neither"


def test_an_identifier_line_below_the_title_is_read() -> None:
    text = LAYOUT_C.replace("Abstract\n", "doi: 10.1000/182\n\nAbstract\n")
    assert litrecord.parse_record(text).doi == "10.1000/182"
    assert litrecord.parse_record(LAYOUT_C.replace("ZENODO\n", "doi: 10.1000/182\n")).doi is None


def test_below_the_title_of_a_page_without_authors_text_is_said_and_no_notice() -> None:
    text = LAYOUT_C.replace(AUTHORS, "doi: 10.1000/182\nOther\nZENODOarrow_drop_down")
    document = litrecord.parse_document(text)
    assert (document.record.title, document.record.doi) == ("Who drew the coast?", "10.1000/182")
    assert [(found.code, found.span.of(text)) for found in document.diagnostics] == [
        ("unknown-text", "Other")
    ]


def test_a_row_among_the_sources_ends_them() -> None:
    text = "Powered by OpenAIRE graph\nTitle\nTitle\n| views | 2 |\ndoi: 10.1000/182\nAbstract\n"
    record = litrecord.parse_record(text)
    assert (record.title, record.doi, len(record.indicators)) == ("Title", None, 1)


def test_a_row_that_only_the_end_tells_is_no_open_end() -> None:
    document = litrecord.parse_document("Powered by OpenAIRE graph\nAbstract\nText.\nviews | 7 |")
    assert document.record.indicators["views"].count == 7
    assert document.diagnostics == ()


def test_a_keyword_that_another_begins_with_is_kept() -> None:
    text = "Powered by OpenAIRE graph\nKeywords\nMice\nM\nRats\n"
    assert litrecord.parse_keywords(text) == ("Mice", "M", "Rats")


def test_a_keyword_line_of_a_page_that_stands_twice_is_one_wherever_it_stands() -> None:
    text = "Powered by OpenAIRE graph\nKeywords\nMice\nMice\nRats\n"
    assert litrecord.parse_keywords(text) == ("Mice", "Rats")


def test_the_last_paragraph_of_a_page_may_stand_twice() -> None:
    text = LAYOUT_C.replace("Old maps err.\n", "Maps err.\nOld maps err.\nOld maps err.\n")
    record = litrecord.parse_record(text)
    assert record.abstract == "Maps err.\nOld maps err.\nOld maps err."
    assert record.keywords == ("Maps as Topic", "History, 18th Century")


def test_an_identifier_line_above_a_whole_page_is_read() -> None:
    record = litrecord.parse_record("pmid: 7\n" + LAYOUT_C)
    assert (record.pmid, record.title) == ("7", "Who drew the coast?")


def test_a_page_after_another_record_is_not_read() -> None:
    page = "Who drew the coast?\nAuthors: Doe, Jo\nWho drew the coast?\nAbstract\nMore.\n"
    document = litrecord.parse_document(f"Old maps err.\n{ROW}pmid: 7\n{page}")
    assert (document.record.title, document.record.abstract) == (None, "Old maps err.")
    assert [found.code for found in document.diagnostics] == ["second-record"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("row", ["| views | 2", "|views|2"])
def test_a_count_that_may_be_cut_is_none_though_the_line_was_read_before(
    row: str, end: str
) -> None:
    assert litrecord.parse_record(f"Text.{end}{row}{end}").indicators["views"].count == 2
    document = litrecord.parse_document(f"Text.{end}{row}")
    assert len(document.record.indicators) == 0
    assert [found.code for found in document.diagnostics] == ["cut-row"]


def test_a_row_too_long_to_be_remembered_is_read_each_time() -> None:
    text = f"| views Many {'many ' * 100}| 7 | |\n"
    first, second = litrecord.parse_record(text), litrecord.parse_record(text)
    assert first.indicators["views"].count == second.indicators["views"].count == 7


def test_the_same_widget_twice_is_one_and_another_is_unknown() -> None:
    other = WIDGET.replace("type=result", "type=project")
    twice = litrecord.parse_document(WIDGET + "\n" + WIDGET + "\nOld maps err.\n")
    assert twice.record == litrecord.parse_record(WIDGET + "\nOld maps err.\n")
    assert said(twice) == ()
    two = litrecord.parse_document(WIDGET + "\n" + other + "\nOld maps err.\n")
    assert two.record == twice.record
    assert [found.code for found in said(two)] == ["repeated-widget"]


@pytest.mark.parametrize(
    ("text", "abstract", "keywords"),
    [
        ("A.\nMice, Humans\nMice, Humans\n", "A.", 2),
        ("A.\nMice, Humans\n\nMice, Humans\n", "A.", 2),
        ("A.\nMice, Humans\nMice, Hu", "A.", 2),
        ("A.\nMice, Humans\nMice, Hu\n", "A.", 2),
        ("A.\nMice, Humans\nMice, Hu\n" + ROW, "A.\nMice, Humans\nMice, Hu", 0),
        ("A.\nMice, Humans\n", "A.\nMice, Humans", 0),
        ("A.\nphysics, optics\nphysics", "A.", 2),
        ("A.\nimpulse control, Humans\nimpulse control", "A.", 2),
        ("impulse control, Humans\nimpulse control, H", None, 2),
        ("A.\nMice, Humans\nViews provided by UsageCounts\nMice, Humans\n", "A.", 2),
        ("Mice, Humans\nMice, Humans\n" + ROW, None, 2),
        ("Mice\nMice\n" + ROW, None, 1),
        ("A.\nA.\nB.\n", "A.\nA.\nB.", 0),
        ("A.\r\nMice, Humans\r\nMice, Humans\r\n", "A.", 2),
    ],
)
def test_keywords_are_the_last_line_twice(text: str, abstract: str | None, keywords: int) -> None:
    record = litrecord.parse_record(text)
    assert (record.abstract, len(record.keywords)) == (abstract, keywords)


@pytest.mark.parametrize("end", ["\n", "\n\n" + ROW])
@pytest.mark.parametrize(
    "line",
    ["Rivers carry silt, clay, and gravel.", "Who measured it, and when?", "Rain, at last!",
     "Ice, snow, and so on…", "They said: “rivers rise, and fall.”", "It rises (and falls, too.)",
     "河流携带泥沙, 和黏土。", "Rivers rise, and fall. >", "Silt, U.S.",
     "We asked the Academy, U.S.", "Rats, Mice, Knockout."],
)  # fmt: skip
def test_a_line_that_ends_like_a_sentence_is_no_keywords_and_said_so(line: str, end: str) -> None:
    document = litrecord.parse_document(f"Rivers.\n{line}\n{line}{end}")
    assert document.record.abstract == f"Rivers.\n{line}\n{line}"
    assert document.record.keywords == ()
    (found,) = said(document)
    assert (found.code, found.position.line) == ("maybe-keywords", 2)
    assert found.span.of(document.text) == line


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("Mice, National Academy of Sciences, U.S.",
         ("Mice", "National Academy of Sciences, U.S.")),
        ("Mice, MESH: Research Support, U.S. Gov't, P.H.S.",
         ("Mice", "MESH: Research Support, U.S. Gov't, P.H.S.")),
        ("National Heart, Lung, and Blood Institute (U.S.)",
         ("National Heart, Lung, and Blood Institute (U.S.)",)),
        ("QL1-991, Rivulus rufus sp. nov.", ("QL1-991", "Rivulus rufus sp. nov.")),
        ("Communication. Mass media, U.S. history", ("Communication. Mass media", "U.S. history")),
        ("Silt (U.S.), Mice (Mus)", ("Silt (U.S.)", "Mice (Mus)")),
        ("Silt, (", ("Silt", "(")),
    ],
)  # fmt: skip
def test_a_line_that_ends_with_a_known_term_is_keywords(line: str, terms: tuple[str, ...]) -> None:
    document = litrecord.parse_document(f"Rivers.\n{line}\n{line}\n")
    assert (document.record.keywords, said(document)) == (terms, ())


def test_a_list_with_other_marks_that_ends_with_a_known_term_is_keywords() -> None:
    record = litrecord.parse_record(2 * "Silt; National Academy of Sciences, U.S.\n")
    assert record.keywords == ("Silt", "National Academy of Sciences, U.S.")


@pytest.mark.parametrize(
    ("line", "least"),
    [
        ("Silt, Clay", "Silt"),
        ("River silt", "River silt"),
        ("River silt,", "River silt"),
        ("Diagnosis, Differential, Silt", "Diagnosis, Differential"),
        ("*Mice, Knockout/genetics, Silt", "*Mice, Knockout/genetics"),
        ("Ions (Na+, K+), Silt", "Ions (Na+, K+)"),
        ("Silt; Clay", "Silt"),
        ("Silt | Clay", "Silt"),
        (", Silt, Clay", ", Silt"),
        ("; Silt, Clay", "; Silt"),
        ("Silt , Clay", "Silt"),
        ("impulse control, Clay", "impulse control"),
        ("Silt, Mice, Knockout", "Silt"),
    ],
)  # fmt: skip
def test_what_is_begun_again_is_keywords_from_its_first_whole_term_on(
    line: str, least: str
) -> None:
    for end in range(1, len(line)):
        document = litrecord.parse_document(f"Rivers.\n{line}\n{line[:end]}")
        codes = [found.code for found in said(document) if found.code != "other-separator"]
        if len(line[:end].rstrip()) < len(least):
            assert document.record.abstract == f"Rivers.\n{line}\n{line[:end].rstrip()}"
            assert (document.record.keywords, codes) == ((), ["maybe-keywords"])
        else:
            assert document.record.abstract == "Rivers."
            assert document.record.keywords == litrecord.split_keywords(line)
            assert codes == ["maybe-cut"]


@pytest.mark.parametrize("line", ["Rivers, and silt, rise.", "Silt moves, we say (or do we?)"])
def test_two_paragraphs_that_begin_alike_are_text(line: str) -> None:
    for end in range(1, len(line)):
        document = litrecord.parse_document(f"Rain.\n{line}\n{line[:end]}")
        assert document.record.abstract == f"Rain.\n{line}\n{line[:end].rstrip()}"
        assert (document.record.keywords, said(document)) == ((), ())


@pytest.mark.parametrize("start", ["v", "view", "views"])
def test_below_a_sentence_the_start_of_a_row_is_one(start: str) -> None:
    document = litrecord.parse_document(f"views of rivers, and silt, differ.\n{start}")
    assert document.record.abstract == "views of rivers, and silt, differ."
    assert [found.code for found in said(document)] == ["cut-row"]


@pytest.mark.parametrize("cut", ['"silt": "a, b",\n"si', "id: 1, silt\nid", "[1, 2],\n[1, "])
def test_data_of_another_form_are_not_keywords(cut: str) -> None:
    assert litrecord.parse_record(cut).keywords == ()


@pytest.mark.parametrize(
    "prose",
    [
        "(doi: 10.1136/bmj.1) was first.",
        "DOI: 10.1371/journal.pone.0000217, and more.",
        "pmid: is what they ask for",
        "handle: with care is what the label said",
        "citations are counted | by hand, in 3 ways",
        "popularity | fame | is no indicator.",
        "|x| denotes the absolute value of x.",
        "|x|",
        "| | 5 |",
        "| views | many",
        "| views Many people | |",
        "we had | 12",
        "a | b | |",
        "| a | b |",
        "impulse purchases rise",
        "Abstract of the talk",
        "Keywords: none",
        "License: CC BY",
        "Views provided by users differ",
        "We find x<y in 7 of 9 runs (p<0.05)",
        "the <script> element of HTML",
        "Authors: a note on names",
    ],
)  # fmt: skip
def test_prose_that_looks_like_a_part_stays_in_the_abstract(prose: str) -> None:
    for text in (prose + "\n" + ROW, "First.\n" + prose + "\n" + ROW, prose + "\nLast.\n" + ROW):
        record = litrecord.parse_record(text)
        assert record.abstract is not None
        assert prose in record.abstract.split("\n")
        assert (record.identifiers, len(record.indicators)) == ((), 1)


@pytest.mark.parametrize(
    "prose",
    ["BIP! DB is a dataset of impact measures.", "versions View all of the code.",
     "We use counts provided by UsageCounts", "We did:", "• one point"],
)  # fmt: skip
def test_a_whole_page_keeps_paragraphs_that_look_like_interface(prose: str) -> None:
    text = LAYOUT_C.replace("Old maps err.\n", f"{prose}\nSo there.\n")
    record = litrecord.parse_record(text)
    assert record.abstract == f"{prose}\nSo there."
    assert (len(record.keywords), len(record.indicators)) == (2, 2)
    assert litrecord.parse_abstract(f"\n{prose}\n" + ROW) == prose


@pytest.mark.parametrize(
    "line",
    ["BIP!Citations provided by BIP!", "versions View all 2 versions", "image/svg+xml art designer",
     "ZENODOarrow_drop_down", "• one point", "Powered by OpenAIRE graph"],
)  # fmt: skip
def test_what_the_portal_prints_among_rows_is_a_notice(line: str) -> None:
    document = litrecord.parse_document(f"Old maps err.\n{ROW}{line}\n")
    assert document.diagnostics == ()
    assert document.sections[-1].kind is SectionKind.NOTICE
    assert litrecord.parse_document(LAYOUT_C + line + "\n").record == litrecord.parse_record(
        LAYOUT_C
    )


@pytest.mark.parametrize(
    ("start", "absent"),
    [
        ("• Metrics", ()),
        ("• Metrics", ("Abstract", "Old maps err.", "Keywords", TERMS)),
        ("• Impact byBIP!", ("Keywords", TERMS)),
        ("Impact byBIP!", ("Keywords", TERMS)),
        ("Impact byBIP!", ()),
        ("Impact by BIP!", ()),
    ],
)
def test_any_bullet_and_the_heading_of_impact_begin_a_page_s_rows(
    start: str, absent: tuple[str, ...]
) -> None:
    page = without(*absent, "Impact byBIP!")
    record = litrecord.parse_record(page)
    assert len(record.indicators) == 2
    assert litrecord.parse_record(page.replace("• BIP!", start)) == record


@pytest.mark.parametrize("line", ["Abstract\n", "Keywords\n", "  • BIP!\n"])
def test_the_first_line_of_a_page_is_a_notice_below_its_parts(line: str) -> None:
    text = LAYOUT_C.replace(line, f"Powered by OpenAIRE graph\n{line}")
    document = litrecord.parse_document(text)
    assert document.record == litrecord.parse_record(LAYOUT_C)
    assert [found.code for found in document.diagnostics] == ["more-authors"]
    assert litrecord.parse_abstract("Maps err.\nPowered by OpenAIRE graph\n") == "Maps err."


def test_an_abstract_with_authors_and_a_heading_is_no_whole_page() -> None:
    text = "\ndoi: 10.1000/1\nTalk\nAuthors: A\nAbstract\nBody.\nMice, Humans\nMice, Humans\n" + ROW
    record = litrecord.parse_record(text)
    assert (record.doi, record.title) == ("10.1000/1", None)
    assert record.abstract == "Talk\nAuthors: A\nAbstract\nBody."
    assert record.keywords == ("Mice", "Humans")


@pytest.mark.parametrize(
    ("end", "codes"),
    [
        ("Authors: Doe, Jo; Ro", ["maybe-cut"]),
        ("+4 Authors\n\nWho dr", ["more-authors"]),
        ("\n\nAbstr", ["more-authors"]),
        ("err.\n\nKeyw", ["more-authors"]),
        ("Old maps e", ["more-authors", "maybe-cut"]),
        ("History, 18th Cen", ["more-authors", "maybe-cut"]),
    ],
)
def test_a_whole_page_cut_within_its_head_has_no_error(end: str, codes: list[str]) -> None:
    text = LAYOUT_C[: LAYOUT_C.index(end) + len(end)]
    document = litrecord.parse_document(text)
    assert document.record.title == "Who drew the coast?"
    assert [found.code for found in said(document)] == codes


OVERALL = "This indicator reflects the overall/total impact of an article in the research "


@pytest.mark.parametrize(
    "last",
    ["This is an", "This indi", "These ci", "Copyrigh", "This indicator reflects the use",
     OVERALL[:59], "Views provi", "a | b"],
)  # fmt: skip
def test_a_cut_abstract_is_kept(last: str) -> None:
    assert litrecord.parse_abstract("Para one.\n" + last) == "Para one.\n" + last
    assert litrecord.parse_abstract(last) == last


@pytest.mark.parametrize("last", ["Views provid", "Downloads provided by UsageCount", OVERALL[:60]])
def test_a_cut_notice_below_the_abstract_is_one(last: str) -> None:
    document = litrecord.parse_document("Para one.\n" + last)
    assert (document.record.abstract, said(document)) == ("Para one.", ())


def test_a_title_that_the_text_ends_in_may_be_cut() -> None:
    document = litrecord.parse_document("Powered by OpenAIRE graph\naddClaim\n\nWho dr")
    assert document.record.title == "Who dr"
    assert [found.code for found in said(document)] == ["maybe-cut"]


def test_an_identifier_line_in_the_body_above_a_new_row_is_prose() -> None:
    record = litrecord.parse_record("A\npmid: 1\n| x | 1 | |\n")
    assert (record.abstract, record.indicators["x"].count) == ("A\npmid: 1", 1)


def test_a_new_row_in_the_head_of_a_whole_page_is_no_crash() -> None:
    text = LAYOUT_C.replace("Abstract\n", "| Year | 2010 | |\n\nAbstract\n")
    document = litrecord.parse_document(text)
    assert document.record.abstract == "Old maps err."
    assert "unknown-text" in [found.code for found in document.diagnostics]


def test_a_label_and_a_count_among_the_keywords_of_a_page_are_keywords() -> None:
    text = LAYOUT_C.replace("Maps as Topic, History, 18th Century", "popularity\n42")
    record = litrecord.parse_record(text)
    assert (record.keywords, len(record.indicators)) == (("popularity", "42"), 2)


@pytest.mark.parametrize("row", ["downloads | 10 |", "views | 10"])
def test_prose_that_reads_as_a_bare_row_does_not_end_the_abstract(row: str) -> None:
    record = litrecord.parse_record(f"{row}\nMore prose.\nA, B\nA, B\n" + ROW)
    assert record.abstract == f"{row}\nMore prose."
    assert (record.keywords, len(record.indicators)) == (("A", "B"), 1)


@pytest.mark.parametrize("above", ["", "Old maps err.\n"])
def test_a_description_below_no_label_is_a_notice(above: str) -> None:
    document = litrecord.parse_document(f"{above}{DESCRIPTION}\nSo there.\n")
    assert document.record == litrecord.Record(abstract=above + "So there.")
    assert said(document) == ()


@pytest.mark.parametrize(
    ("text", "printed", "codes"),
    [
        (f"{ROW}popularity\n{DESCRIPTION}\n{'x' * 30}\n", "x" * 30, ["unknown-value"]),
        (f"{ROW}popularity\n{DESCRIPTION}\n{'x' * 31}\n", None, ["cut-row", "unknown-text"]),
        (f"popularity\n{DESCRIPTION}\nhigh<script>track()</script>\n", None, ["cut-row"]),
        (f"{ROW}vogue\n{DESCRIPTION}\nhigh\n", None, ["unknown-text"] * 2),
        (f"vogue\n{DESCRIPTION}\n7\n", None, ["cut-row"]),
        (f"{ROW}vogue\n7\n", None, ["unknown-text"] * 2),
        (f"popularity\n{DESCRIPTION}\n1.2K\n", "1.2K", []),
        (f"popularity\n{DESCRIPTION}\n3 mice\n", None, ["cut-row"]),
        ("popularity\nThis indicator reflects the weather.\n7\n", None, []),
        (f"Powered by OpenAIRE graph\npopularity\n{DESCRIPTION}\n7\nAbstract\nA.\n", None, []),
        ("7\nOld maps err.\n", None, ["maybe-cut"]),
        ("\n7\nOld maps err.\n", None, []),
    ],
)
def test_what_stands_above_a_value_makes_it_a_row(
    text: str, printed: str | None, codes: list[str]
) -> None:
    document = litrecord.parse_document(text)
    rows = [row for row in document.record.indicators if row.name != "citations"]
    assert [row.printed for row in rows] == ([printed] if printed else [])
    assert [found.code for found in said(document)] == codes


@pytest.mark.parametrize(
    ("below", "abstract"),
    [
        ("| citations |\nprose\n", "Old maps err."),
        (f"popularity\n{DESCRIPTION}\nMore.\n", "Old maps err.\n| x | 1 | |\nMore."),
    ],
)
def test_a_new_row_above_a_cut_row_is_one_and_above_a_label_is_text(
    below: str, abstract: str
) -> None:
    record = litrecord.parse_record("Old maps err.\n| x | 1 | |\n" + below)
    assert (record.abstract, len(record.indicators)) == (abstract, "x | 1" not in abstract)


def test_between_a_keyword_line_and_itself_no_text_may_stand() -> None:
    line = "Mice, Humans\n"
    record = litrecord.parse_record(f"{line}popularity\n{DESCRIPTION}\n{line}")
    assert (record.abstract, record.keywords) == (line + line.strip(), ())
    other = WIDGET.replace("type=result", "type=project")
    record = litrecord.parse_record(f"{WIDGET}\nOld maps err.\n{line}{other}\n{line}")
    assert (record.abstract, record.keywords) == ("Old maps err.", ("Mice", "Humans"))


def test_another_widget_between_a_new_row_and_the_rows_is_no_text() -> None:
    other = WIDGET.replace("type=result", "type=project")
    record = litrecord.parse_record(f"{WIDGET}\nOld maps err.\n| x | 1 | |\n{other}\n{ROW}")
    assert [row.name for row in record.indicators] == ["x", "citations"]


def test_a_new_row_below_the_keywords_of_a_page_is_one() -> None:
    page = "Powered by OpenAIRE graph\nKeywords\nMice\n| x | 1 | |\n| views | 2 |\n"
    record = litrecord.parse_record(page)
    assert (record.keywords, [row.name for row in record.indicators]) == (("Mice",), ["x", "views"])


def test_a_new_row_among_the_sources_of_a_page_is_none() -> None:
    text = "Powered by OpenAIRE graph\n| x | 1 | |\nTitle\nTitle\n| y | 1 | |\n| views | 2 |\n"
    document = litrecord.parse_document(text)
    assert [row.name for row in document.record.indicators] == ["views"]
    assert [found.code for found in document.diagnostics] == ["unknown-text"]


@pytest.mark.parametrize("value", ["", "Top 10", "1"])
def test_a_fragment_of_a_spread_row_is_a_cut_row(value: str) -> None:
    document = litrecord.parse_document(f"popularity\n{DESCRIPTION}\n{value}")
    assert document.record.abstract is None or value
    assert len(document.record.indicators) == 0
    assert document.diagnostics[0].code == "cut-row"
    whole = litrecord.parse_record(f"popularity\n{DESCRIPTION}\nTop 10%")
    assert whole.indicators["popularity"].printed == "Top 10%"


@pytest.mark.parametrize(
    ("value", "code"), [("Top 10", "cut-row"), ("1", "unknown-text"), ("high", "unknown-text")]
)
def test_a_value_below_a_label_among_rows_may_be_cut_at_the_end(value: str, code: str) -> None:
    text = f"Text.\n{ROW}popularity\n{DESCRIPTION}\n{value}"
    assert "popularity" in [row.name for row in litrecord.parse_record(text + "\n").indicators]
    document = litrecord.parse_document(text)
    assert [row.name for row in document.record.indicators] == ["citations"]
    assert [found.code for found in document.diagnostics] == ["cut-row", code]


def test_text_below_a_spread_row_stands_after_the_rows() -> None:
    document = litrecord.parse_document(f"Text.\npopularity\n{DESCRIPTION}\nTop 10%\nMore.\n")
    assert (document.record.abstract, len(document.record.indicators)) == ("Text.", 1)
    assert [found.code for found in document.diagnostics] == ["unknown-text"]


@pytest.mark.parametrize("cut", ["V", "Do", "Views", "Views provided by Usage", "This ind"])
def test_a_cut_usage_line_below_the_rows_is_a_notice(cut: str) -> None:
    document = litrecord.parse_document("Old maps err.\n" + ROW + "\n" + cut)
    assert document.diagnostics == ()
    assert document.sections[-1].kind is SectionKind.NOTICE


def test_a_line_that_a_script_ends_is_not_cut() -> None:
    document = litrecord.parse_document(f"Old maps err.\n{ROW}Do<script>track()</script>\n")
    assert [found.code for found in document.diagnostics] == ["unknown-text"]
    row = litrecord.parse_document("Old maps err.\n| views | 26<script>track()</script>\n")
    assert (row.record.indicators["views"].count, row.diagnostics) == (26, ())


def test_the_start_of_the_row_above_is_a_cut_row() -> None:
    row = f"popularity {DESCRIPTION} | Top 10% |"
    document = litrecord.parse_document(f"Old maps err.\n{row}\n{row[:30]}")
    assert [found.name for found in document.record.indicators] == ["popularity"]
    assert [found.code for found in document.diagnostics] == ["cut-row"]
    page = "Powered by OpenAIRE graph\nAbstract\nimpulse control\nimpulse"
    assert [found.code for found in litrecord.parse_document(page).diagnostics] == ["cut-row"]


def test_keywords_that_are_begun_again_are_said_to_be_taken_for_such() -> None:
    (found,) = said(litrecord.parse_document("Old maps err.\nMice, Humans\nMice, Hu"))
    assert (
        found.message
        == "the last line of the text is the beginning of this line, so this was read as keywords"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_that_its_end_closes_is_not_cut(end: str) -> None:
    assert said(litrecord.parse_document(f"pmid: 7{end}")) == ()


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert litrecord.parse_record("\ufeffpmid: 7\n").pmid == "7"
    assert kinds_of("\ufeffpmid: 7\n") == ["blank", "identifiers"]


@pytest.mark.parametrize("character", ["\u2028", "\u0085", "\u000b", "\u001e"])
def test_no_other_character_ends_a_line(character: str) -> None:
    record = litrecord.parse_record(f"Old{character}maps err.\n" + ROW)
    assert record.abstract is not None
    assert "\n" not in record.abstract


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\r\n\t"])
def test_blank_text_is_an_empty_record_and_said_so(text: str) -> None:
    document = litrecord.parse_document(text)
    assert document.record == litrecord.Record()
    assert [found.code for found in document.diagnostics] == ["no-record"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["<script", "<script>", "<script>'", "<script>'</script>\n", "<script>'</script>' ", "|",
     "a, ", "(", "Diagnosis, ",
     "\n", "\r", "views\n", "5\n", "| a | b |\n", "doi: ", "'\\'", "Authors: x\n", "addClaim\n",
     "popularity\nThis indicator reflects the weather.\n", "[(, ", "Diverticulum, Colon, ",
     "Powered by OpenAIRE graph\n", "<!--", "‘", "\ud800", "Abstract\n"],
)  # fmt: skip
def test_hostile_repetition_is_read_or_refused(piece: str) -> None:
    text = piece * (120_000 // len(piece))
    for hostile in (text, text.strip() + "\n" + text.strip()):
        try:
            document = litrecord.parse_document(hostile)
        except litrecord.LimitError:
            continue
        assert "".join(section.text for section in document.sections) == hostile
