"""Metadata of a saved page fill what its body does not print, and never what it does."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import Identifier, Record
from support.cases import said

WORK = {
    "@context": "https://schema.org",
    "@type": "Dataset",
    "name": "Who drew\n the <i>coast</i>?",
    "description": "<p>Old maps err.</p><p>So do we.</p>",
    "identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": "10.1000/182"},
    "keywords": "Diagnosis, Differential, Humans",
    "creator": [
        {"@type": "Person", "name": "Doe, Jo"},
        {"@type": "Person", "givenName": "Di", "familyName": "Roe"},
    ],
}
RECORD = Record(
    title="Who drew the coast?",
    abstract="Old maps err.\nSo do we.",
    identifiers=[Identifier("doi", "10.1000/182")],
    keywords=["Diagnosis, Differential", "Humans"],
    authors=["Doe, Jo", "Di Roe"],
)


def page(*works: Any, body: str = "", head: str = "") -> str:
    scripts = (f'<script type="application/ld+json">{json.dumps(work)}</script>' for work in works)
    return f"<html><head>{head}{''.join(scripts)}</head><body>{body}</body></html>"


def codes_of(html: str) -> list[str]:
    return [found.code for found in litrecord.parse_document(html).diagnostics]


@pytest.mark.parametrize(
    "works",
    [
        [WORK],
        [[WORK]],
        [{"@graph": [{"@type": "WebSite", "name": "EXPLORE"}, WORK]}],
        [{"@type": "Organization", "name": "OpenAIRE"}, WORK],
        [WORK | {"@type": ["Thing", "https://schema.org/ScholarlyArticle"]}],
        [WORK | {"@type": "schema:Book"}],
        [WORK | {"keywords": ["Diagnosis, Differential", "Humans"]}],
        [
            WORK
            | {"keywords": [{"@type": "DefinedTerm", "name": "Diagnosis, Differential"}, "Humans"]}
        ],
        [WORK | {"identifier": ["https://doi.org/10.1000/182"]}],
        [WORK | {"identifier": [WORK["identifier"], "doi:10.1000/182"]}],
        [WORK | {"identifier": {"propertyID": "https://schema.org/DOI", "value": "10.1000/182"}}],
        [WORK | {"identifier": ["10.1000/182", {"propertyID": "pmid", "value": None}, 7, {}]}],
        [WORK | {"name": {"@value": "Who drew the coast?", "@language": "en"}}],
    ],
)
def test_json_ld_fills_what_the_body_does_not_print(works: list[Any]) -> None:
    assert litrecord.parse_record(page(*works)) == RECORD
    assert codes_of(page(*works)) == ["from-metadata"] * 5


def test_what_the_body_prints_comes_first() -> None:
    body = (
        "<p>pmid: 7</p><p>Maps.</p><p>Coasts, Isles</p><p>Coasts, Isles</p>"
        "<table><tr><td>views<td>2</table>"
    )
    record = litrecord.parse_record(page(WORK, body=body))
    assert record.abstract == "Maps."
    assert record.keywords == ("Coasts", "Isles")
    assert [found.curie for found in record.identifiers] == ["pmid:7", "doi:10.1000/182"]
    assert record.title == RECORD.title
    assert codes_of(page(WORK, body=body)) == ["from-metadata"] * 3


def test_an_identifier_that_the_body_prints_is_not_added() -> None:
    record = litrecord.parse_record(page(WORK, body="<p>doi: 10.1000/182</p>"))
    assert record.identifiers == RECORD.identifiers


TAGS = (
    ("citation_title", "Who drew the coast?"),
    ("Citation_Author", "Doe, Jo"),
    ("citation_author", "Di Roe"),
    ("citation_doi", "https://doi.org/10.1000/182"),
    ("citation_pmid", "7"),
    ("citation_keywords", "Maps; Coasts, old"),
    ("citation_abstract", "Old maps err."),
    ("citation_keywords", "Isles; Bays"),
    ("viewport", "width"),
    ("citation_arxiv_id", "no"),
)
CITATION = '<meta charset="utf-8">' + "".join(
    f'<meta name="{name}" content="{content}">' for name, content in TAGS
)


def test_citation_tags_fill_what_is_left() -> None:
    record = litrecord.parse_record(page(head=CITATION))
    assert record == Record(
        title="Who drew the coast?",
        authors=["Doe, Jo", "Di Roe"],
        identifiers=[Identifier("doi", "10.1000/182"), Identifier("pmid", "7")],
        keywords=["Maps", "Coasts, old", "Isles", "Bays"],
        abstract="Old maps err.",
    )
    found = litrecord.parse_document(page(head=CITATION)).diagnostics
    assert [diagnostic.message for diagnostic in found] == [
        "title: not printed, but in the page's citation tags",
        "authors: not printed, but in the page's citation tags",
        "abstract: not printed, but in the page's citation tags",
        "keywords: not printed, but in the page's citation tags",
        "doi:10.1000/182 is only in the page's citation tags",
        "pmid:7 is only in the page's citation tags",
        "'no' in the page's citation tags is not an identifier",
    ]


DUBLIN = (
    ("DC.Title", "Who drew the coast?"),
    ("DCTERMS.creator", "Doe, Jo"),
    ("dc:creator", "Di Roe"),
    ("DC.description", "A map."),
    ("DCTERMS.abstract", "Old <jats:italic>maps</jats:italic> err."),
    ("DC.subject", "Maps; R&amp;amp;D"),
    ("DC.subject", "Isles"),
    ("DC.identifier", "doi:10.1000/182"),
    ("DC.Identifier.DOI", "10.1000/182"),
    ("DC.identifier.pageNumber", "1-7"),
    ("DC.Identifier.URI", "https://hdl.handle.net/1/2"),
    ("DC.identifier", "1234"),
    ("DC.date", "2011"),
    ("DC.title.alternative", "Coasts"),
)
GRAPH = (
    ("og:title", "Who drew the coast?"),
    ("og:description", "Old maps err."),
    ("og:url", "https://example.org/7"),
    ("article:author", "Doe, Jo"),
    ("article:author", "Di Roe"),
    ("article:tag", "Maps"),
    ("article:tag", "Isles"),
    ("og:type", "article"),
)


def metas(tags: tuple[tuple[str, str], ...], attribute: str = "name") -> str:
    return "".join(f'<meta {attribute}="{name}" content="{content}">' for name, content in tags)


def test_dublin_core_tags_fill_what_is_left() -> None:
    document = litrecord.parse_document(page(head=metas(DUBLIN)))
    assert document.record == Record(
        title="Who drew the coast?",
        authors=["Doe, Jo", "Di Roe"],
        identifiers=[Identifier("doi", "10.1000/182"), Identifier("handle", "1/2")],
        keywords=["Maps", "R&D", "Isles"],
        abstract="Old maps err.",
    )
    unread = [found.message for found in document.diagnostics if found.code == "unread-metadata"]
    assert unread == ["'1234' in the page's Dublin Core tags is not an identifier"]


def test_open_graph_tags_fill_what_is_left() -> None:
    document = litrecord.parse_document(page(head=metas(GRAPH, "property")))
    assert document.record == Record(
        title="Who drew the coast?",
        authors=["Doe, Jo", "Di Roe"],
        keywords=["Maps", "Isles"],
        abstract="Old maps err.",
    )
    assert {found.code for found in document.diagnostics} == {"from-metadata"}


SHELL = (("og:title", "OpenAIRE | Explore"), ("og:description", "Discover research."))


def test_a_page_of_which_only_the_frame_was_stored_is_reported() -> None:
    document = litrecord.parse_document(page(head=metas(SHELL, "property")))
    assert document.record.title == "OpenAIRE | Explore"
    said = {found.code: found.message for found in document.diagnostics}
    assert said.keys() == {"from-metadata", "no-record"}
    told = "expected a part of a record, found none but abstract and title in the metadata"
    assert said["no-record"] == told
    document = litrecord.parse_document(page(head=metas(SHELL[:1]) + CITATION))
    assert "no-record" not in [found.code for found in document.diagnostics]


def test_each_family_of_tags_comes_before_the_next_whatever_stands_first() -> None:
    heads = [metas((name,)) for name in (("og:title", "c"), ("DC.title", "b"))]
    heads.append(metas((("citation_title", "a"),)))
    assert litrecord.parse_record(page(head="".join(heads))).title == "a"
    assert litrecord.parse_record(page(head="".join(heads[:2]))).title == "b"
    assert litrecord.parse_record(page({"@type": "Book", "name": "d"}, head=heads[0])).title == "d"


@pytest.mark.parametrize("blank", ["", " ", "&lt;i&gt;&lt;/i&gt;", "&amp;nbsp;"])
def test_a_blank_content_costs_no_other(blank: str) -> None:
    head = metas((("citation_title", blank), ("dc.title", "Coasts")))
    assert litrecord.parse_record(page(head=head)).title == "Coasts"


def test_a_tag_with_a_name_and_a_property_is_read_as_both_and_once_as_each() -> None:
    tag = '<meta name="twitter:title" property="og:title" content="Coasts">'
    twice = '<meta name="article:author" property="article:author" content="Doe, Jo; Di Roe">'
    record = litrecord.parse_record(page(head=tag + twice))
    assert record == Record(title="Coasts", authors=["Doe, Jo", "Di Roe"])


def test_all_authors_of_one_tag_are_read() -> None:
    head = metas((("citation_authors", "Doe, Jo; Ren&amp;eacute; Roe;"),))
    assert litrecord.parse_record(page(head=head)).authors == ("Doe, Jo", "René Roe")


@pytest.mark.parametrize(
    ("work", "field", "value"),
    [
        ({"headline": "Coasts"}, "title", "Coasts"),
        ({"name": " ", "headline": "Coasts"}, "title", "Coasts"),
        ({"name": "Maps", "headline": "Coasts"}, "title", "Maps"),
        ({"abstract": "Err."}, "abstract", "Err."),
        ({"description": "A map.", "abstract": "Err."}, "abstract", "Err."),
        ({"author": "Jo", "creator": [{"name": "Jo"}]}, "authors", ("Jo",)),
        ({"author": "Doe, Jo; Roe, Di"}, "authors", ("Doe, Jo", "Roe, Di")),
        ({"author": {"@list": [{"name": "Jo"}, "Di"]}}, "authors", ("Jo", "Di")),
        ({"keywords": {"@set": ["Maps", "a, b"]}}, "keywords", ("Maps", "a, b")),
        ({"sameAs": ["https://doi.org/10.1000/182"]}, "doi", "10.1000/182"),
        ({"@id": "https://doi.org/10.1000/182", "url": "https://a.org"}, "doi", "10.1000/182"),
        ({"@id": "#work", "url": "doi:10.1000/182"}, "doi", "10.1000/182"),
        ({"identifier": {"name": "PMID", "value": "7"}}, "pmid", "7"),
        ({"identifier": {"url": "https://doi.org/10.1000/182"}}, "doi", "10.1000/182"),
    ],
)
def test_members_of_schema_org_are_read(work: dict[str, Any], field: str, value: Any) -> None:
    for one in ({"@type": "Article"} | work, {"mainEntity": {"@type": "Article"} | work}):
        document = litrecord.parse_document(page(one))
        assert getattr(document.record, field) == value
        assert {found.code for found in document.diagnostics} == {"from-metadata"}


def test_a_script_that_stands_twice_describes_one_work() -> None:
    assert litrecord.parse_record(page(WORK, WORK)) == RECORD


@pytest.mark.parametrize(
    ("work", "message"),
    [
        ({"@type": "Article", "issn": "0317-8471"}, "the JSON-LD has none of name, headline, c"),
        ({"@type": "Article", "name": [{}], "keywords": ""}, "the JSON-LD has none of name, he"),
        ({"@type": "WebPage", "headline": "Coasts"}, "the JSON-LD describes something without the"),
        ({"@type": "Article", "sameAs": "https://a.org/7"}, "'https://a.org/7' in the page's JSON"),
    ],
)
def test_what_is_not_read_of_json_ld_is_told(work: dict[str, Any], message: str) -> None:
    document = litrecord.parse_document(page(work, body="<p>Old maps err.</p>"))
    assert document.record == Record(abstract="Old maps err.")
    (found,) = said(document)
    assert found.code == "unread-metadata"
    assert found.message.startswith(message)


def test_a_tag_that_stays_in_metadata_is_told() -> None:
    work = {"@type": "Book", "name": "A <sup>2", "abstract": "<title>Aims</title> x<sub>2"}
    document = litrecord.parse_document(page(work))
    assert document.record == Record(title="A <sup>2", abstract="Aims\n x<sub>2")
    assert [found.code for found in document.diagnostics].count("unread-tag") == 2


def test_json_ld_comes_before_citation_tags() -> None:
    record = litrecord.parse_record(page(WORK, head=CITATION))
    assert [found.curie for found in record.identifiers] == ["doi:10.1000/182", "pmid:7"]
    assert record.abstract == RECORD.abstract


def test_a_number_is_a_value_where_its_scheme_is_told() -> None:
    work = WORK | {"identifier": {"propertyID": "pmid", "value": 21496615}}
    assert litrecord.parse_record(page(work)).pmid == "21496615"


def test_the_address_comes_last() -> None:
    url = "https://explore.openaire.eu/search/publication?pid=10.1000%2F182"
    assert litrecord.parse_record(page(WORK), url=url).identifiers == RECORD.identifiers


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ('{"@type": "Dataset", ', "this JSON-LD is not valid JSON: "),
        ("[" * 100_000, "this JSON-LD is not valid JSON: "),
        ('{"@type": "Dataset", "identifier": {"value": "7"}}', "'7' in the page's JSON-LD is no"),
        ('{"@type": "Dataset", "identifier": "10.1000"}', "'10.1000' in the page's JSON-LD is no"),
        (
            '[{"@type": "Dataset"}, {"@type": "Book"}]',
            "the JSON-LD describes 2 works, expected one",
        ),
    ],
)
def test_metadata_that_cannot_be_read_cost_nothing_else(script: str, message: str) -> None:
    html = page(body=f'<p>Old maps err.</p><script type="application/ld+json">{script}</script>')
    document = litrecord.parse_document(html)
    assert document.record == Record(abstract="Old maps err.")
    (found,) = said(document)
    assert found.code == "unread-metadata"
    assert found.message.startswith(message)


@pytest.mark.parametrize(
    "work", [7, None, "text", [], {}, {"@type": 7}, {"@type": "Person", "name": "Jo"}, [[WORK]]]
)
def test_json_ld_of_something_else_adds_nothing(work: Any) -> None:
    assert litrecord.parse_record(page(work, body="<p>Old maps err.</p>")) == Record(
        abstract="Old maps err."
    )


def test_limits_hold_for_metadata() -> None:
    limits = litrecord.Limits(terms=2, identifiers=2)
    with pytest.raises(litrecord.LimitError, match="3 terms"):
        litrecord.parse_record(page(WORK | {"keywords": ["a", "b", "c"]}), limits=limits)
    with pytest.raises(litrecord.LimitError, match="3 identifiers"):
        litrecord.parse_record(
            page({"@type": "Book", "identifier": ["pmid:1", "pmid:2", "pmid:3"]}), limits=limits
        )


def test_all_authors_are_read() -> None:
    creators = [f"Author {number}" for number in range(2_900)]
    assert litrecord.parse_record(page(WORK | {"creator": creators})).authors == tuple(creators)


@pytest.mark.parametrize("wrapped", ["<!--{}-->", "<![CDATA[{}]]>", " {} "])
def test_json_ld_may_be_wrapped(wrapped: str) -> None:
    script = wrapped.format(json.dumps({"@type": "Book", "name": "A &amp; B"}))
    kind = "application/ld+json; charset=utf-8"
    html = f'<main>Old maps.</main><script type="{kind}">{script}</script>'
    assert litrecord.parse_record(html).title == "A & B"


values = st.recursive(
    st.sampled_from(
        [None, True, 7, 10**400, "", " \n", "Maps; Coasts", "<i>a", "10.1000/182", "\ud800"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@value", "name", "value", "propertyID", "x"]), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(WORK)), values))
def test_any_metadata_give_a_record(work: dict[str, Any]) -> None:
    litrecord.parse_record(page(work | {"@type": "Dataset"}))


def test_values_of_metadata_are_in_the_form_of_a_record() -> None:
    work = {
        "@type": "Article",
        "name": " Old \x01maps\r\nerr ",
        "author": [" Roe, Di \ud800", " "],
        "description": " One.\r\n \n Two.\x02 ",
        "keywords": ["Maps\x00 ", ""],
    }
    page = f'<p>views</p><script type="application/ld+json">{json.dumps(work)}</script>'
    record = litrecord.parse_record(page)
    assert (record.title, record.authors) == ("Old \ufffdmaps err", ("Roe, Di \ufffd",))
    assert (record.abstract, record.keywords) == ("One.\nTwo.\ufffd", ("Maps\ufffd",))
