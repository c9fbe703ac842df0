"""Hypothesis strategies: texts that look like pages, whole, cut, and mixed up."""

import pathlib

from hypothesis import assume
from hypothesis import strategies as st

import litrecord
from litrecord._vocabularies.indicators import DESCRIPTIONS

DATA = pathlib.Path(__file__).parent.parent / "data"
PAGES = [path.read_bytes().decode("utf-8") for path in sorted((DATA / "pages").glob("*.txt"))]

SEED = (DATA / "seed.txt").read_bytes().decode("utf-8")
WIDGET = SEED[: SEED.index("\npmid")]

LINES = sorted({line for page in PAGES for line in page.split("\n")} - {""})
SNIPPETS = [
    WIDGET,
    "<script>1</script>",
    "<script",
    "<script>",
    "</script>",
    "<!--",
    "document.write('",
    "doi: 10.1000/182",
    "pmid: 0",
    "handle: 11573/406812 , 11584/235094",
    "Diverticulum, Colon, Humans",
    "Ions (Na+, K+",
    "| views | 26 | |",
    "views | 2",
    "citations",
    "| citations |",
    "Top 10%",
    "12",
    "Authors: Doe, Jo; +4 Authors",
    "Abstract",
    "Keywords",
    "• BIP!",
    "Powered by OpenAIRE graph",
    "addClaim",
    "ZENODO",
    "Article . 2021 . Peer-reviewed",
    "License: CC BY",
    "Data sources: Datacite; Crossref",
    "Article . soon",
    "Current Opinion in V...",
    "Copyright policy )",
    "\ufeff",
    "\x00",
    "\ud800",
    "\u2028",
    " \t",
]

line_ends = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", ""])
lines = st.one_of(
    st.sampled_from(LINES), st.sampled_from(SNIPPETS), st.text(st.characters(), max_size=20)
)
texts = st.lists(st.tuples(lines, line_ends), max_size=25).map(
    lambda parts: "".join(line + end for line, end in parts)
)


@st.composite
def cut_pages(draw: st.DrawFn) -> str:
    """Draw a stored page, cut somewhere at its end and with other line ends."""
    page = draw(st.sampled_from(PAGES))
    page = page[: draw(st.integers(min_value=0, max_value=len(page)))]
    return page.replace("\n", draw(line_ends) or "\n")


def is_name(text: str) -> bool:
    """Return whether a text is refused as a path, an address or a file of another type."""
    try:
        litrecord.parse_record(text)
    except litrecord.SourceError as error:
        return str(error).startswith("expected a page, found ")
    return False


@st.composite
def texts_of_no_name(draw: st.DrawFn) -> str:
    """Draw a text that is neither a path, an address nor a file of another type."""
    text = draw(st.one_of(texts, st.text(st.characters())))
    assume(not is_name(text))
    return text


any_text = st.one_of(texts_of_no_name(), cut_pages())

one_line = st.text(st.characters(exclude_characters="\r\n"), min_size=1, max_size=30).filter(
    lambda line: bool(line.strip())
)
any_line = st.one_of(
    one_line, st.sampled_from([line for line in LINES if len(line) < 200 and line.strip()])
)
identifiers = st.builds(
    litrecord.Identifier,
    st.one_of(st.sampled_from(["doi", "pmid", "handle", "arxiv", "urn", "mag_id"]), one_line),
    st.one_of(st.sampled_from(["10.1000/182", "21496615", "11573/406812", "a , b"]), one_line),
)
indicators = st.builds(
    litrecord.Indicator,
    st.one_of(st.sampled_from(["citations", "selected citations", "views", "impulse"]), one_line),
    st.one_of(st.sampled_from(["70", "1K", "Average", "Top 10%"]), one_line),
    st.one_of(st.sampled_from(["", *sorted(DESCRIPTIONS)]), one_line),
)
instances = st.fixed_dictionaries(
    {"year": st.none() | st.integers(1000, 9999), "collected_from": st.lists(any_line, max_size=3)}
    | {name: st.none() | any_line for name in ("hosted_by", "type", "refereed", "license")}
).map(lambda values: litrecord.Instance(**(values if any(values.values()) else {"year": 2021})))
usual_instances = st.builds(
    litrecord.Instance,
    hosted_by=st.sampled_from(["ZENODO", "Current Opinion in Virology"]),
    type=st.sampled_from(["Article", "Project deliverable", "Article . Preprint"]),
    year=st.integers(1900, 2030),
    refereed=st.sampled_from([None, "Peer-reviewed"]),
    license=st.sampled_from([None, "CC BY"]),
    collected_from=st.lists(st.sampled_from(["Datacite", "Crossref"]), max_size=2),
)
widgets = st.one_of(
    st.builds(litrecord.ScriptWidget, st.sampled_from([WIDGET, "<script>oa_widget</script>"])),
    st.builds(litrecord.ScriptWidget, any_line),
)
records = st.builds(
    litrecord.Record,
    widget=st.none() | widgets,
    identifiers=st.lists(identifiers, max_size=4),
    abstract=st.none() | st.lists(any_line, max_size=4).map("\n".join),
    keywords=st.lists(any_line, max_size=5),
    indicators=st.lists(indicators, max_size=5, unique_by=lambda row: row.name),
    title=st.none() | any_line,
    authors=st.lists(any_line, max_size=3),
    instances=st.lists(usual_instances | instances, max_size=3),
)
"""Any record that can be built."""
