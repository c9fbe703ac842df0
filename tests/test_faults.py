r"""Whatever stands around a fault, its diagnostic says where it is, and it costs only itself.

A case is a list of pieces: what precedes a fault, the fault, and what follows it. Each piece holds
its lines, and what must come of them. A group of `GROUPS` is three lists, of which every first is
tried with every second and every third. This is one case of the group "rows":

>>> before = [CITATIONS]
>>> fault = [told(K.UNKNOWN, "cut-row", "| influence | | |")]
>>> after = [IMPULSE, VIEWS]
>>> fault in [case[1] for case in CASES.values()]
True

Its text is the lines of the pieces:

>>> expected = expected_of([*before, *fault, *after])
>>> print(expected.text, end="")
| citations | 70 | |
| influence | | |
impulse | Average |
| views | 1K |

The fault is a section that is no row, has one diagnostic, and leaves the other rows as they are:

>>> for kind, text in expected.sections:
...     print(f"{kind.value}: {text!r}")
indicator: '| citations | 70 | |\n'
unknown: '| influence | | |\n'
indicator: 'impulse | Average |\n'
indicator: '| views | 1K |\n'
>>> expected.diagnostics
[(21, 38, 'cut-row')]
>>> [(row.label, row.printed) for row in expected.record.indicators]
[('citations', '70'), ('impulse', 'Average'), ('views', '1K')]
>>> require(expected)
"""

import itertools
from typing import NamedTuple

import pytest

import litrecord
from litrecord import Identifier, Indicator, Record, ScriptWidget, SectionKind
from litrecord._vocabularies.indicators import DESCRIPTIONS
from support.cases import said
from support.strategies import WIDGET

K = SectionKind


class Piece(NamedTuple):
    """Some lines: what they are, what they add to the record, and what is said of them where."""

    kind: SectionKind
    text: str
    values: Record = Record()
    says: tuple[tuple[str, str], ...] = ()


def identifiers(line: str, *values: tuple[str, str], bad: str = "") -> Piece:
    found = [Identifier(scheme, value) for scheme, value in values]
    says = (("malformed-identifier", bad),) if bad else ()
    return Piece(K.IDENTIFIERS, f"{line}\n", Record(identifiers=found), says)


def row(line: str, label: str, printed: str, *codes: str, description: str = "") -> Piece:
    found = Record(indicators=[Indicator(label, printed, description)])
    return Piece(K.INDICATOR, f"{line}\n", found, tuple((code, line) for code in codes))


def told(kind: SectionKind, code: str, *lines: str, end: str = "\n") -> Piece:
    text = "".join(line + end for line in lines)
    return Piece(kind, text, says=tuple((code, line) for line in lines))


def lost(*pieces: Piece) -> list[Piece]:
    """Return the pieces as they are within a second record: nothing is read, nothing is said."""
    return [Piece(K.UNKNOWN, piece.text) for piece in pieces]


(POPULARITY,) = (text for text in DESCRIPTIONS if "current" in text)
OTHER = "<script>\nvar oa_widget = 2;\n</script>"
UNCLOSED = WIDGET.removesuffix("\n</script>")
PROSE = "Some prose that is no part of any record."

# fmt: off
BLANKS = Piece(K.BLANK, "\n \t\n")
USAGE = Piece(K.NOTICE, "Views provided by UsageCounts\n")
TRACKER = Piece(K.SCRIPT, "<script>track('</script>')</script>\n")
FIRST = Piece(K.WIDGET, WIDGET + "\n", Record(widget=ScriptWidget(WIDGET)))
DOI = identifiers("doi: 10.1000/182", ("doi", "10.1000/182"))
HANDLES = identifiers("handle: 11573/1 , 11584/2", ("handle", "11573/1"), ("handle", "11584/2"))
TEXT = Piece(K.ABSTRACT, "Old maps err.\nSo do we.\n", Record(abstract="Old maps err.\nSo do we."))
MORE = Piece(K.ABSTRACT, "Nobody knows why.\n", Record(abstract="Nobody knows why."))
TERMS = Piece(K.KEYWORDS, "Mice, Knockout, Humans\n", Record(keywords=["Mice, Knockout", "Humans"]))
AGAIN = Piece(K.KEYWORDS, TERMS.text)
CITATIONS = row("| citations | 70 | |", "citations", "70")
IMPULSE = row("impulse | Average |", "impulse", "Average")
POPULAR = row(f"popularity {POPULARITY} | Top 10% | |", "popularity", "Top 10%",
              description=POPULARITY)
VIEWS = row("| views | 1K |", "views", "1K")
NEW = row("| altmetrics | 12 | |", "altmetrics", "12", "unknown-indicator")
SOURCES = Piece(K.NOTICE, "Powered by OpenAIRE graph\nZENODO\naddClaim\n")
TITLE = Piece(K.TITLE, "Who drew the coast?\n", Record(title="Who drew the coast?"))
AUTHORS = Piece(K.AUTHORS, "Authors: Doe, Jo; Roe, Di\n", Record(authors=["Doe, Jo", "Roe, Di"]))
PAGE_TERMS = (Piece(K.NOTICE, "Keywords\n"), TERMS)
PAGE_TEXT = (Piece(K.NOTICE, "Abstract\n"), TEXT, *PAGE_TERMS)
PAGE_ROWS = (Piece(K.NOTICE, "• BIP!\n"), CITATIONS, VIEWS)

Sides = list[list[Piece]]
HEADS: Sides = [[], [Piece(K.BLANK, "\ufeff"), DOI], [BLANKS, DOI, HANDLES]]
WIDGET_HEADS: Sides = [[USAGE, FIRST], [USAGE, FIRST, BLANKS, HANDLES]]
PAGE_HEADS: Sides = [
    [SOURCES, TITLE, AUTHORS, TITLE], [FIRST, SOURCES, TITLE, TITLE, BLANKS, USAGE, DOI],
]
TEXTS: Sides = [[TEXT], [USAGE, FIRST, TEXT, BLANKS]]
BODIES: Sides = [
    [DOI, TEXT, TERMS, AGAIN], [TEXT, TERMS, BLANKS, AGAIN], [*PAGE_HEADS[0], *PAGE_TEXT],
]
TABLES: Sides = [
    [CITATIONS], [FIRST, DOI, TEXT, TERMS, AGAIN, CITATIONS, POPULAR], [TEXT, CITATIONS, BLANKS],
    [TEXT, CITATIONS, USAGE], [TEXT, CITATIONS, TRACKER, POPULAR],
    [*PAGE_HEADS[1], *PAGE_TEXT, *PAGE_ROWS[:2]],
]
BELOW_HEAD: Sides = [
    [HANDLES, TEXT, TERMS, AGAIN, CITATIONS, IMPULSE], [BLANKS, MORE, CITATIONS, USAGE],
    [USAGE, CITATIONS, BLANKS, VIEWS, USAGE], [TRACKER, TEXT],
]
BELOW_PAGE_HEAD: Sides = [[], [*PAGE_TEXT, *PAGE_ROWS], [BLANKS, *PAGE_TERMS], [*PAGE_ROWS]]
BELOW_TEXT: Sides = [
    [MORE, TERMS, AGAIN, CITATIONS], [BLANKS, CITATIONS, VIEWS], [MORE, USAGE], [TRACKER, MORE],
]
BELOW_BODY: Sides = [[], [IMPULSE, VIEWS], [BLANKS, VIEWS, USAGE], [TRACKER, VIEWS]]
BELOW_ROWS: Sides = [
    *BELOW_BODY,
    [told(K.UNKNOWN, "unknown-text", PROSE, "So there."), VIEWS],
    [VIEWS, told(K.UNKNOWN, "second-record", "pmid: 0"), *lost(TEXT, CITATIONS)],
]
TO_THE_END: Sides = [[], lost(DOI, TEXT, CITATIONS), lost(BLANKS, FIRST, USAGE)]

BAD_IDENTIFIERS: Sides = [
    [identifiers("pmid: 0", ("pmid", "0"), bad="0")],
    [identifiers("doi:", bad="doi:")],
    [identifiers("doi: 10.5555/1 , 10.1/", ("doi", "10.5555/1"), ("doi", "10.1/"), bad="10.1/")],
    [identifiers("pmid: 7\0", ("pmid", "7\ufffd"))._replace(
        says=(("malformed-identifier", "7\0"), ("replaced-character", "\0")))],
]
BAD_TEXT: Sides = [
    [Piece(K.ABSTRACT, "A\0B\n", Record(abstract="A\ufffdB"), (("replaced-character", "\0"),))],
]
AMBIGUOUS = "Zebra, Breast Neoplasms, Male, Alpha\n"
BAD_TERMS: Sides = [[
    Piece(K.KEYWORDS, AMBIGUOUS, Record(keywords=["Zebra", "Breast Neoplasms, Male", "Alpha"]),
          (("ambiguous-keyword", "Breast Neoplasms, Male"),)), Piece(K.KEYWORDS, AMBIGUOUS),
]]
OTHERS: Sides = [[told(K.UNKNOWN, "repeated-widget", markup)] for markup in (OTHER, UNCLOSED)]
NEVER_CLOSED: Sides = [[told(K.WIDGET, "unclosed-widget", UNCLOSED)._replace(
    values=Record(widget=ScriptWidget(UNCLOSED)))]]
CUT_ROWS: Sides = [
    [told(K.UNKNOWN, "cut-row", line)]
    for line in ("| influence | | |", "influence |", "| influence This indicator reflects the air.")
]
SPREAD: Sides = [[told(K.UNKNOWN, "cut-row", "popularity"), Piece(K.NOTICE, POPULARITY + "\n")]]
BAD_ROWS: Sides = [
    *CUT_ROWS, *SPREAD, [told(K.UNKNOWN, "cut-row", "influence")],
    *([told(K.UNKNOWN, "unknown-text", line)] for line in (PROSE, "</script>", "<script>")),
    [told(K.UNKNOWN, "unknown-text", "Abstract", "Authors: Doe, Jo", "so |x| = 2")],
    *([told(K.INDICATOR, "repeated-indicator", line)]
      for line in ("| citations | 70 | |", "selected citations | 71 |", "| CITATIONS | high |")),
    [NEW], [row("| influence | high | |", "influence", "high", "unknown-value")],
    [row("| depth | deep | |", "depth", "deep", "unknown-indicator", "unknown-value")],
    [row("| n\0n | 1 |", "n\ufffdn", "1")._replace(
        says=(("unknown-indicator", "| n\0n | 1 |"), ("replaced-character", "\0")))],
]
BAD_PROSE = Piece(
    K.UNKNOWN, "A\0B\n", says=(("unknown-text", "A\0B"), ("replaced-character", "\0")))
SECOND_RECORDS: Sides = [
    [told(K.UNKNOWN, "second-record", start)]
    for start in ("doi: 10.1000/183", "pmid: 0", "doi:", WIDGET, OTHER, UNCLOSED)
]
FEWER: Sides = [[told(K.AUTHORS, "more-authors", "Authors: Doe, Jo; Roe, Di; +4 Authors")._replace(
    values=AUTHORS.values)]]
STARTS = ("| views | 7", "vie", "|")
OPEN_ROWS: Sides = [[told(K.UNKNOWN, "cut-row", start, end="")] for start in STARTS]
OPEN_LINES: Sides = [[DOI._replace(text="doi: 10.1000/182", says=(("maybe-cut", ""),))]]

GROUPS: dict[str, tuple[Sides, Sides, Sides]] = {
    "identifiers": ([*HEADS, *WIDGET_HEADS], BAD_IDENTIFIERS, BELOW_HEAD),
    "identifiers of a page": (PAGE_HEADS, BAD_IDENTIFIERS, BELOW_PAGE_HEAD),
    "text": ([*HEADS, *WIDGET_HEADS, *TEXTS], BAD_TEXT, BELOW_TEXT),
    "keywords": (TEXTS, BAD_TERMS, BELOW_BODY),
    "authors": ([[SOURCES, TITLE]], FEWER, [[TITLE], [TITLE, *PAGE_TEXT]]),
    "another widget": (WIDGET_HEADS, OTHERS, BELOW_HEAD),
    "another widget in the text": (TEXTS[1:], OTHERS, BELOW_TEXT),
    "another widget within the keywords": ([[*TEXTS[1], TERMS]], OTHERS, [[AGAIN, CITATIONS]]),
    "an unclosed widget": (HEADS, NEVER_CLOSED, BELOW_HEAD),
    "an unclosed widget in the text": (TEXTS[:1], NEVER_CLOSED, BELOW_TEXT),
    "an unclosed widget below the text": (BODIES, NEVER_CLOSED, BELOW_BODY),
    "cut rows": ([*HEADS, *WIDGET_HEADS, *TEXTS, *BODIES], CUT_ROWS, BELOW_ROWS),
    "cut rows on two lines": ([*HEADS, *TEXTS, *BODIES], SPREAD, BELOW_BODY),
    "cut rows below a row": ([[TEXT, NEW], [TEXT, IMPULSE]], CUT_ROWS, [[CITATIONS, VIEWS], []]),
    "cut rows in a page's head": (PAGE_HEADS, CUT_ROWS, [[*PAGE_ROWS]]),
    "rows": (TABLES, BAD_ROWS, BELOW_ROWS),
    "prose in a page's head": (
        PAGE_HEADS, [[told(K.UNKNOWN, "unknown-text", PROSE)]], BELOW_PAGE_HEAD),
    "second records": (TABLES, SECOND_RECORDS, TO_THE_END),
    "the open end": ([*TEXTS, *BODIES, *TABLES], OPEN_ROWS, [[]]),
    "the open end of the head": ([*HEADS, *WIDGET_HEADS, *PAGE_HEADS], OPEN_LINES, [[]]),
    "scripts within parts": (
        [[TEXT]], [[TERMS, TRACKER, AGAIN], [TERMS, FIRST, AGAIN], [NEW, TRACKER]], [[CITATIONS]]),
    "a character of no value": (
        [[CITATIONS]], [[BAD_PROSE]], [[], [VIEWS]]),
}
# fmt: on
CASES = {
    f"{name} {fault[0].text[:20]!a}": (befores, fault, afters)
    for name, (befores, faults, afters) in GROUPS.items()
    for fault in faults
}


def record_of(pieces: list[Piece]) -> Record:
    values = [piece.values for piece in pieces]
    return Record(
        widget=next((found.widget for found in values if found.widget), None),
        identifiers=[one for found in values for one in found.identifiers],
        abstract="\n".join(found.abstract for found in values if found.abstract) or None,
        keywords=[one for found in values for one in found.keywords],
        indicators=[one for found in values for one in found.indicators],
        title=next((found.title for found in values if found.title), None),
        authors=[one for found in values for one in found.authors],
    )


class Expected(NamedTuple):
    """What must come of some pieces: the sections, and the diagnostics as start, end and code."""

    text: str
    sections: list[tuple[SectionKind, str]]
    diagnostics: list[tuple[int, int, str]]
    record: Record


def expected_of(pieces: list[Piece], end: str = "\n") -> Expected:
    text = ""
    sections: list[tuple[SectionKind, str]] = []
    diagnostics: list[tuple[int, int, str]] = []
    for kind, lines, _, says in pieces:
        part = lines.replace("\n", end)
        for code, line in says:
            place = line.replace("\n", end)
            start = len(text) + part.rindex(place)
            diagnostics.append((start, start + len(place), code))
        text += part
        if sections and sections[-1][0] is kind not in (K.INDICATOR, K.WIDGET, K.SCRIPT):
            part = sections.pop()[1] + part
        sections.append((kind, part))
    record = record_of(pieces)
    if record == Record():
        diagnostics.append((0, len(text), "no-record"))
    return Expected(text, sections, diagnostics, record)


def require(expected: Expected) -> None:
    text, sections, diagnostics, record = expected
    document = litrecord.parse_document(text)
    assert document.record == record
    assert [(found.kind, found.text) for found in document.sections] == sections
    assert [found.span.of(text) for found in document.sections] == [part for _, part in sections]
    spans = [(found.span.start, found.span.end, found.code) for found in said(document)]
    assert sorted(spans) == sorted(diagnostics)


@pytest.mark.slow
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CASES)
def test_a_fault_costs_its_siblings_nothing(name: str, end: str) -> None:
    befores, fault, afters = CASES[name]
    for before, after in itertools.product(befores, afters):
        require(expected_of([*before, *fault, *after], end))
