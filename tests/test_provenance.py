"""Every value says where it stands in the text, and what stands there is the value."""

from typing import Any

import pytest
from fuzz.promises import check_values
from hypothesis import given

import litrecord
from litrecord import Document, Span, to_html
from litrecord.document import IndicatorSpans, InstanceSpans
from support.dresses import DRESSES, dressed
from support.strategies import PAGES, SEED, any_text, records


@given(any_text)
def test_what_stands_in_a_span_is_the_value(text: str) -> None:
    check_values(litrecord.parse_document(text, markup="text"))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_value_of_a_page_has_its_span(page: str) -> None:
    document = litrecord.parse_document(page)
    check_values(document)
    assert None not in document.spans.identifiers
    for dress in DRESSES:
        check_values(litrecord.parse_document(dressed(page, dress, "live")))


@given(records)
def test_what_litrecord_wrote_has_spans(record: litrecord.Record) -> None:
    document = litrecord.parse_document(to_html(record))
    check_values(document)
    assert document.spans.title is not None or record.title is None


def test_spans_are_those_of_the_line_that_is_read() -> None:
    text = "Old maps.\nMaps, Old maps\nMaps, Old maps\n| views | 1 | |\n| views | 2 | |\n"
    spans = litrecord.parse_document(text).spans
    assert spans.keywords == (Span(10, 14), Span(16, 24))
    assert [row.printed for row in spans.indicators] == [Span(50, 51)]


def test_keywords_may_begin_as_authors_do() -> None:
    spans = litrecord.parse_document(2 * "Authors: Doe, Jo; +4 Authors\n").spans
    assert spans.keywords == (Span(0, 12), Span(14, 16), Span(18, 28))


def test_what_the_text_does_not_print_has_no_span() -> None:
    url = "https://explore.openaire.eu/search/publication?pid=10.1000%2F182"
    document = litrecord.parse_document("pmid: 7\nOld maps err.\n", url=url)
    assert document.spans.identifiers == (Span(6, 7), None)
    html = '<meta name="citation_keywords" content="Maps; Coasts"><main>pmid: 7</main>'
    document = litrecord.parse_document(html)
    assert document.record.keywords == ("Maps", "Coasts")
    assert document.spans.keywords == (None, None)


def test_an_excerpt_shows_the_place() -> None:
    document = litrecord.parse_document(SEED)
    place = document.spans.identifiers[2]
    assert place is not None
    assert document.excerpt(place) == (
        "handle: 11573/406812 , 11584/235094 , 11567/298038 , 11586/46679\n                       ^"
    )


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (
            None,
            "None: the text does not print this value: it is from the metadata or the address",
        ),
        ((), "a tuple of 0: take one of them, as spans.abstract[0]"),
        (7, "int"),
        ("views", "str"),
        (
            IndicatorSpans(Span(0, 1), Span(2, 3), None),
            "IndicatorSpans: take one of its label, printed, description",
        ),
        (
            InstanceSpans(Span(0, 1), None, None, None, None, ()),
            "InstanceSpans: take one of its hosted_by, type, year, refereed, license, "
            "collected_from",
        ),
    ],
)
def test_an_excerpt_is_of_a_span(span: Any, told: str) -> None:
    with pytest.raises(litrecord.InvalidValueError) as caught:
        litrecord.parse_document(SEED).excerpt(span)
    assert str(caught.value) == f"span: expected a Span, got {told}"


def test_of_several_spans_it_says_how_to_take_one() -> None:
    document = litrecord.parse_document("Old\nmaps.\n")
    several: Any = document.spans.abstract
    said = "span: expected a Span, got a tuple of 2: take one of them, as spans.abstract[0]"
    with pytest.raises(litrecord.InvalidValueError) as caught:
        document.excerpt(several)
    assert str(caught.value) == said
    assert document.excerpt(several[1]) == "maps.\n^"


def test_a_document_built_by_hand_has_no_spans() -> None:
    document = litrecord.parse_document("pmid: 7\n| views | 2 |\n")
    bare = Document(document.text, document.sections, document.diagnostics, document.record)
    assert bare == document
    assert bare.spans.identifiers == (None,)
    assert bare.spans.indicators == ()
