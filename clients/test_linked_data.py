"""pyld expands the JSON-LD, and rdflib loads it, without loss and without the network."""

import json
import pathlib
from collections import Counter
from typing import Any

import pytest
from pyld import jsonld
from rdflib import RDF, Graph, Literal, Namespace, URIRef

import litrecord
from litrecord import Identifier, Indicator, Instance, Record

# Of its own parser of JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

ROOT = pathlib.Path(__file__).parent.parent
PAGES = sorted((ROOT / "tests" / "data" / "pages").glob("*.txt"))
STORED = ROOT / "tests" / "data" / "schemas" / "schema-org-context.json"
# Of the context of schema.org, what the members that are written need.
CONTEXT = json.loads(STORED.read_text("utf-8"))["@context"]
SCHEMA = Namespace("https://schema.org/")
FULL = Record(
    title="Coasts & isles <b>",
    authors=["Roe, Di", "Doe, Jo", "Map Society", "Doe, Jo"],
    identifiers=[Identifier("doi", '10.1000/a<b>"c{}'), Identifier("pmid", "7"),
                 Identifier("handle", "11573/ä b".replace(" ", "_")), Identifier("mag_id", "7")],
    abstract="Old \\maps err \"here\".\nAll do. \u2028 \U0001d49c",
    keywords=["Diagnosis, Differential", "Humans", "été"],
    indicators=[Indicator("citations", "1K", "Some."), Indicator("views", "999999999999999"),
                Indicator("impulse", "Top 1%")],
    instances=[Instance(hosted_by="ZENODO", type="Dataset", year=2021, license="CC BY")],
)  # fmt: skip
RECORDS = [*(litrecord.parse_record(path) for path in PAGES), FULL]


def loaded(record: Record) -> dict[str, Any]:
    """Return the JSON-LD of a record with the stored context in place of the address."""
    work = litrecord.to_jsonld(record)
    assert work["@context"] == "https://schema.org"
    return work | {"@context": CONTEXT}


def values_in(data: Any) -> Counter[str]:
    """Count the values in JSON-LD that are no names of types."""
    if isinstance(data, dict):
        parts = (part for name, part in data.items() if name not in ("@type", "@context"))
        return sum(map(values_in, parts), Counter())
    if isinstance(data, list):
        return sum(map(values_in, data), Counter())
    return Counter([str(data)])


@pytest.mark.parametrize("record", RECORDS)
def test_pyld_expands_it_without_loss(record: Record) -> None:
    work = loaded(record)
    expanded = jsonld.expand(work)
    if len(work) > 2:
        assert values_in(expanded) == values_in(work)
        assert jsonld.compact(expanded, CONTEXT)["@type"] == work["@type"]


@pytest.mark.parametrize("record", RECORDS)
def test_rdflib_loads_it_without_loss(record: Record) -> None:
    work = loaded(record)
    graph = Graph().parse(data=json.dumps(work), format="json-ld")
    # An address with a character that no IRI has would be left out here.
    again = Graph().parse(data=graph.serialize(format="nt"), format="nt")
    assert len(again) == len(graph)
    (subject,) = graph.subjects(RDF.type, SCHEMA[work["@type"]]) if len(work) > 2 else (None,)
    objects = {str(value) for value in graph.objects()}
    assert {*values_in(work)} - {str(subject)} <= objects
    terms = graph.objects(subject, SCHEMA.keywords)
    assert {str(graph.value(term, SCHEMA.name) or term) for term in terms} == {*record.keywords}
    for people in graph.objects(subject, SCHEMA.author):
        names = [str(graph.value(one, SCHEMA.name)) for one in graph.collection(people)]
        assert names == [*record.authors]


def test_what_rdflib_finds_of_a_whole_record() -> None:
    graph = Graph().parse(data=json.dumps(loaded(FULL)), format="json-ld")
    subject = URIRef("https://doi.org/10.1000/a%3Cb%3E%22c%7B%7D")
    assert (subject, RDF.type, SCHEMA.Dataset) in graph
    assert (subject, SCHEMA.sameAs, URIRef("https://pubmed.ncbi.nlm.nih.gov/7/")) in graph
    assert (subject, SCHEMA.description, Literal(FULL.abstract)) in graph
    (counter,) = graph.objects(subject, SCHEMA.interactionStatistic)
    assert graph.value(counter, SCHEMA.userInteractionCount) == Literal(999_999_999_999_999)
    (named,) = graph.subjects(SCHEMA.propertyID, Literal("mag_id"))
    assert (subject, SCHEMA.identifier, named) in graph
    assert graph.value(named, SCHEMA.value) == Literal("7")
