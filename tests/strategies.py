"""Hypothesis strategies: texts that look like pages, whole, cut, and mixed up."""

import pathlib

from hypothesis import strategies as st

DATA = pathlib.Path(__file__).parent / "data"
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


any_text = st.one_of(texts, cut_pages(), st.text(st.characters()))
