"""Records as formats of the field are asked to hold them: works with valid identifiers."""

import pathlib

import attrs
from hypothesis import strategies as st

import litrecord
from litrecord import Identifier, Indicator, Instance, Record
from support.strategies import PAGES, any_line, records

SCHEMAS = pathlib.Path(__file__).parent.parent / "data" / "schemas"

WORK = Record(
    title="Coasts & isles: 5% of {all}",
    authors=["Doe, Jo", "Roe, Di and Ann", "Map Society"],
    identifiers=[
        Identifier("pmid", "21496615"),
        Identifier("doi", "10.1000/a_b"),
        Identifier("pmc", "PMC3531190"),
        Identifier("arxiv", "2101.00001"),
        Identifier("issn", "0028-0836"),
        Identifier("doi", "10.1000/182"),
    ],
    abstract="Old $x_{1}$ maps err {.\nTY  - JOUR @article{a, \\alpha -- 5% & ~^#`` of all}.",
    keywords=["Diagnosis, Differential", "Maps; old", "R&D"],
    indicators=[
        Indicator("citations", "70"),
        Indicator("popularity", "Top 10%"),
        Indicator("influence", "Average"),
        Indicator("impulse", "Top 0.01%"),
        Indicator("views", "26"),
        Indicator("downloads", "1K"),
    ],
    instances=[
        Instance(hosted_by="ZENODO", type="Other literature type", year=2020),
        Instance(
            hosted_by="PLoS ONE",
            type="Article",
            year=2021,
            refereed="Peer-reviewed",
            license="CC BY",
            collected_from=["Crossref", "Datacite"],
        ),
    ],
)
"""A work that has all that the formats can hold, and what they must escape."""
STORED = [litrecord.parse_record(page) for page in PAGES]

_parted = st.tuples(any_line, any_line).map(lambda parts: ", ".join(map(str.strip, parts)))
_names = _parted | any_line
works = st.builds(attrs.evolve, records, authors=st.lists(_names, max_size=3))
"""Any record, with names that a comma parts too."""
