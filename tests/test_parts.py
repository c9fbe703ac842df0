"""One table a part says how its values are printed, and that is how they are read and written."""

from typing import Any, NamedTuple

import pytest

import litrecord
from litrecord import Identifier, Indicator, IndicatorTable, Record, ScriptWidget, to_text
from litrecord._vocabularies.indicators import DESCRIPTIONS
from support.strategies import WIDGET


class Part(NamedTuple):
    """How some values of a field are printed, and what may follow them that is no part of them."""

    field: str
    printed: tuple[tuple[str, Any], ...]
    junk: tuple[str, ...]
    cut: str = ""
    """What is said of a value of which only the start is printed."""


def identifiers(*found: tuple[str, str]) -> tuple[Identifier, ...]:
    return tuple(Identifier(scheme, value) for scheme, value in found)


def table(*found: tuple[str, ...]) -> IndicatorTable:
    return IndicatorTable([Indicator(*row) for row in found])


def twice(line: str, *terms: str) -> tuple[str, tuple[str, ...]]:
    return f"{line}\n{line}", terms


PAGE = "Powered by OpenAIRE graph\n"
BETA = ScriptWidget.from_url("https://beta.openaire.eu/index.php?view=widget&type=result")
BARE = "<script>load('oa_widget');</script>"
(MOMENTUM,) = (text for text in DESCRIPTIONS if "initial momentum" in text)
(CITED,) = (text for text in DESCRIPTIONS if text.startswith("These citations are derived"))

PARTS = (
    Part(
        "widget",
        ((WIDGET, ScriptWidget(WIDGET)), (BETA.markup, BETA), (BARE, ScriptWidget(BARE))),
        ("Old maps err.", "pmid: 7", "| views | 2 |", "<script>track()</script>",
         "<script>oa_widget = 2</script>"),
        "unclosed-widget",
    ),
    Part(
        "identifiers",
        (
            ("pmid: 21496615", identifiers(("pmid", "21496615"))),
            ("doi: 10.1000/182", identifiers(("doi", "10.1000/182"))),
            ("handle: 1/2 , 11573/4", identifiers(("handle", "1/2"), ("handle", "11573/4"))),
            ("pmid: 7\ndoi: 10.5555/1 , 10.5555/23",
             identifiers(("pmid", "7"), ("doi", "10.5555/1"), ("doi", "10.5555/23"))),
            ("pmid: 0\narxiv: 2101.00001v2", identifiers(("pmid", "0"), ("arxiv", "2101.00001v2"))),
        ),
        ("Old maps err.\npmid: 9", "doi: is a scheme", "| views | 2 |\npmid: 9", "• a\npmid: 9"),
        "maybe-cut",
    ),
    Part(
        "abstract",
        (
            ("Old maps err.", "Old maps err."),
            ("Où sont les côtes ?\nPeer reviewed", "Où sont les côtes ?\nPeer reviewed"),
            ("We ask: why?\npmid: 7\n<p>x<y & |x|", "We ask: why?\npmid: 7\n<p>x<y & |x|"),
        ),
        ("Mice, Humans\nMice, Humans", "| views | 2 |\nProse.", "views | 2 |", "| citations |",
         WIDGET, "Views provided by UsageCounts"),
    ),
    Part(
        "keywords",
        (
            twice("Humans", "Humans"),
            twice("Diagnosis, Differential, Humans", "Diagnosis, Differential", "Humans"),
            twice("Ions (Na+, K+), citations, pmid", "Ions (Na+, K+)", "citations", "pmid"),
        ),
        ("| views | 2 |\nHumans", "views | 2 |\nimpulse | Average |", "| citations |",
         "Views provided by UsageCounts", "<script>track()</script>"),
    ),
    Part(
        "indicators",
        (
            (f"impulse {MOMENTUM} | Average |", table(("impulse", "Average", MOMENTUM))),
            (f"citations {CITED} | 1.2K | |\nimpulse | Top 0.01% |\nviews | 12 |",
             table(("citations", "1.2K", CITED), ("impulse", "Top 0.01%"), ("views", "12"))),
        ),
        ("Prose after the rows.", "pmid: 7\n| popularity | Top 10% |", "| popularity |",
         "Views provided by UsageCounts", "so |x| = 2", WIDGET),
    ),
    Part(
        "indicators",
        (
            ("citations | 7 | |\nimpulse | Average |",
             table(("citations", "7"), ("impulse", "Average"))),
            ("views | 26 | |\ndownloads | 3M |", table(("views", "26"), ("downloads", "3M"))),
            ("altmetrics | 12 |", table(("altmetrics", "12"))),
            ("influence | high |", table(("influence", "high"))),
        ),
        ("\n", "Views provided by UsageCounts", "| popularity |"),
    ),
    Part(
        "title",
        (
            (f"{PAGE}Who drew the coast?\nWho drew the coast?", "Who drew the coast?"),
            (f"{PAGE}doi: 10.1000/182\ndoi: 10.1000/182", "doi: 10.1000/182"),
        ),
        ("Authors: Doe, Jo", "Abstract\nOld maps err.\nOld maps err.", "| views | 2 |", "pmid: 7"),
    ),
    Part(
        "authors",
        (
            (f"{PAGE}Authors: Doe, Jo", ("Doe, Jo",)),
            (f"{PAGE}Authors: Doe, Jo; Müller, Ä. (Ed.)", ("Doe, Jo", "Müller, Ä. (Ed.)")),
        ),
        ("Abstract\nAuthors: a note on names", "| views | 2 |", "Who drew the coast?", "pmid: 7"),
        "maybe-cut",
    ),
)  # fmt: skip
TABLE = [
    pytest.param(part, text, value, id=f"{part.field} {text[:20]!a}")
    for part in PARTS
    for text, value in part.printed
]


def read(field: str, text: str) -> object:
    if field in ("title", "authors"):
        return getattr(litrecord.parse_record(text), field)
    return getattr(litrecord, f"parse_{field}")(text)


@pytest.mark.slow
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("frame", ["{}", "{}\n", "\n \t\n{}\t \n\n", "\ufeff  {} "])
@pytest.mark.parametrize(("part", "text", "value"), TABLE)
def test_a_part_is_read_from_its_text(
    part: Part, text: str, value: object, frame: str, end: str
) -> None:
    assert read(part.field, frame.format(text).replace("\n", end)) == value


@pytest.mark.parametrize(("part", "text", "value"), TABLE)
def test_a_part_is_written_as_its_text(part: Part, text: str, value: Any) -> None:
    assert to_text(Record(**{part.field: value}), exact=True) == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("part", "text", "value"), TABLE)
def test_what_follows_a_part_changes_nothing_of_it(
    part: Part, text: str, value: object, end: str
) -> None:
    followed = {junk: f"{text}\n{junk}\n".replace("\n", end) for junk in part.junk}
    assert {junk: read(part.field, whole) for junk, whole in followed.items()} == dict.fromkeys(
        part.junk, value
    )


@pytest.mark.parametrize("field", ["", *dict.fromkeys(part.field for part in PARTS)])
def test_a_part_that_is_not_printed_is_not_read(field: str) -> None:
    firsts = {part.field: part.printed[0] for part in PARTS[:5] if part.field != field}
    text = "\n".join(text for text, _ in firsts.values())
    assert litrecord.parse_record(text) == Record(
        **{name: value for name, (_, value) in firsts.items()}
    )


@pytest.mark.parametrize(("part", "text", "value"), TABLE)
def test_a_part_that_is_cut_is_read_as_far_as_it_is_whole(
    part: Part, text: str, value: Any
) -> None:
    wholes = {None, *(value if isinstance(value, tuple | IndicatorTable) else (value,))}
    for end in range(len(text)):
        cut = text[:end]
        document = litrecord.parse_document(cut)
        kept = getattr(document.record, part.field)
        assert "".join(section.text for section in document.sections) == cut
        # What is kept is printed so, unless all is: a keyword line that is begun again is whole.
        assert text.startswith(to_text(Record(**{part.field: kept}))), cut
        if part.field == "abstract":
            continue
        # A value that is not whole is said to be cut, and of what is no part only a start is text.
        entries = set(kept if isinstance(kept, tuple | IndicatorTable) else (kept,))
        codes = {found.code for found in document.diagnostics}
        assert entries <= wholes or part.cut in codes, cut
        is_kept_as_text = "maybe-keywords" in codes
        left = cut.rstrip() if is_kept_as_text else cut.rstrip().split("\n")[-1].strip()
        assert document.record.abstract in (None, left), cut
