"""Values built by hand are as good as parsed ones: the same rules, the same errors."""

import copy
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord import (
    Diagnostic,
    Document,
    Identifier,
    ImpactClass,
    Indicator,
    IndicatorTable,
    Instance,
    InvalidValueError,
    Limits,
    Position,
    Record,
    ScriptWidget,
    Section,
    SectionKind,
    Severity,
    Span,
    files,
)
from support.strategies import PAGES, SEED, any_text

RECORD = litrecord.parse_record(SEED)
AnyRecord: Any = Record
DOCUMENT = litrecord.parse_document(SEED + "\nA line of prose.")

VALUES: list[object] = [
    RECORD,
    RECORD.widget,
    RECORD.identifiers[0],
    RECORD.indicators[0],
    RECORD.indicators,
    Instance(hosted_by="ZENODO", year=2021, collected_from=["Datacite"]),
    ImpactClass.TOP_1,
    DOCUMENT,
    DOCUMENT.sections[0],
    DOCUMENT.spans,
    DOCUMENT.spans.indicators[0],
    litrecord.parse_document(PAGES[-4]).spans.instances[0],
    next(litrecord.iter_results([SEED])),
    DOCUMENT.diagnostics[0],
    Span(1, 2),
    Position(1, 2),
    SectionKind.TITLE,
    Severity.ERROR,
    litrecord.diagnostics.CODES["cut-row"],
    Limits(rows=5),
    litrecord.LitrecordError("what", DOCUMENT.diagnostics),
    litrecord.SourceError("what"),
    litrecord.DecodeError("what"),
    litrecord.ParseError("what", DOCUMENT.diagnostics),
    litrecord.InvalidValueError("what", path="title"),
    litrecord.LimitError("what", limit="rows", value=3, most=2),
    litrecord.UnrepresentableError("what"),
    files.Summary(pages=2, refused=1),
]


def public_classes() -> set[type]:
    """Return the classes that litrecord and its public modules export or define."""
    modules = [
        importlib.import_module(f"litrecord.{found.name}")
        for found in pkgutil.iter_modules(litrecord.__path__)
        if not found.name.startswith("_")
    ]
    return {
        value
        for module in (litrecord, *modules)
        for name, value in vars(module).items()
        if inspect.isclass(value) and not name.startswith("_")
        if value.__module__ == module.__name__ or name in getattr(module, "__all__", ())
    }


def test_every_public_class_has_a_value_here() -> None:
    public = public_classes()
    assert {value for value in vars(litrecord).values() if inspect.isclass(value)} <= public
    assert files.Summary in public
    assert {type(value) for value in VALUES} == public


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_is_pickled_and_copied_as_it_is(value: object) -> None:
    for other in (
        pickle.loads(pickle.dumps(value)),  # noqa: S301
        copy.copy(value),
        copy.deepcopy(value),
    ):
        assert type(other) is type(value)
        if isinstance(value, litrecord.LitrecordError):
            assert isinstance(other, litrecord.LitrecordError)
            assert (str(other), other.message) == (str(value), value.message)
            assert vars(other) == vars(value)
        else:
            assert other == value
            assert hash(other) == hash(value)


@pytest.mark.parametrize(
    "value", [value for value in VALUES if attrs.has(type(value))], ids=lambda v: type(v).__name__
)
def test_a_value_is_frozen_and_slotted(value: object) -> None:
    name = attrs.fields(type(value))[0].name  # type: ignore[arg-type]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, name, None)
    assert not hasattr(value, "__dict__")


def test_a_record_is_evolved() -> None:
    assert attrs.evolve(RECORD, keywords=["Humans"]).keywords == ("Humans",)
    assert attrs.evolve(RECORD) == RECORD
    assert attrs.evolve(RECORD.identifiers[0], value="7") == Identifier("pmid", "7")
    assert not attrs.evolve(RECORD.identifiers[0], value="0").is_valid


def test_an_empty_record_holds_nothing() -> None:
    record = Record()
    assert (record.widget, record.abstract, record.title) == (None, None, None)
    assert (record.identifiers, record.keywords, record.authors) == ((), (), ())
    assert record.indicators == IndicatorTable()
    assert (record.doi, record.pmid) == (None, None)


def test_sequences_become_tuples_in_order() -> None:
    record = Record(
        identifiers=[Identifier("pmid", "7"), Identifier("doi", "10.1000/182")],
        keywords=(term for term in ("b", "a")),
        indicators=[Indicator("views", "2")],
        authors=["Doe, Jo"],
    )
    assert record.identifiers_of("doi") == (Identifier("doi", "10.1000/182"),)
    assert (record.doi, record.pmid) == ("10.1000/182", "7")
    assert record.identifiers_of("DOI") == record.identifiers_of("doi")
    assert record.keywords == ("b", "a")
    assert record.indicators["views"].count == 2
    assert record.authors == ("Doe, Jo",)


def test_the_first_valid_identifier_is_the_doi() -> None:
    identifiers = [Identifier("doi", "10.1/x"), Identifier("DOI", "10.1000/182")]
    assert Record(identifiers=identifiers).doi == "10.1000/182"


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        (None, None),
        ("", None),
        (" \n\t\n", None),
        (" One. ", "One."),
        ("One.\r\n\r\nTwo.\rThree.", "One.\nTwo.\nThree."),
        ("a\x00b\ud800c", "a\ufffdb\ufffdc"),
        ("a\u2028b\u0085c", "a\u2028b\u0085c"),
        ("p<0.05 >", "p<0.05 >"),
    ],
)
def test_an_abstract_is_stripped_paragraphs(given_text: str | None, kept: str | None) -> None:
    assert Record(abstract=given_text).abstract == kept


@pytest.mark.parametrize("field", ["title", "keywords", "authors"])
def test_lines_are_stripped_and_cleaned(field: str) -> None:
    for given_text, kept in [(" a ", "a"), ("a\x00", "a\ufffd"), ("a\u2028b", "a\u2028b"),
                             ("\u00a0a\tb", "a\tb")]:  # fmt: skip
        value = given_text if field == "title" else ["x", given_text]
        expected = kept if field == "title" else ("x", kept)
        assert getattr(AnyRecord(**{field: value}), field) == expected


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: AnyRecord(keywords="Mice"), "keywords: expected a sequence of str, got 'Mice'"),
    (lambda: AnyRecord(keywords=b"ab"), "keywords: expected a sequence of str, got b'ab'"),
    (lambda: AnyRecord(keywords=5), "keywords: expected a sequence of str, got 5"),
    (lambda: AnyRecord(keywords=["a", 5]), "keywords[1]: expected a str, got int"),
    (lambda: AnyRecord(keywords=["a", " "]), "keywords[1]: is empty: leave it out"),
    (lambda: AnyRecord(authors=["a\rb"]), "authors[0]: 'a\\rb' holds a line end: give one line"),
    (lambda: AnyRecord(title=""), "title: is empty: leave it out"),
    (lambda: AnyRecord(abstract=5), "abstract: expected a str, got int"),
    (lambda: AnyRecord(widget="<s>"), "widget: expected a ScriptWidget or None, got '<s>'"),
    (lambda: AnyRecord(identifiers=["7"]), "identifiers: expected Identifier, got '7'"),
    (lambda: AnyRecord(identifiers="7"), "identifiers: expected a sequence of Identifier, got '7'"),
    (lambda: AnyRecord(indicators=None), "indicators: expected a sequence of Indicator, got None"),
    (lambda: AnyRecord(indicators=[5]), "indicators: expected Indicator, got 5"),
    (lambda: ScriptWidget(" \n"), "markup: is empty: a record without a widget has widget=None"),
    (lambda: ScriptWidget(5), "markup: expected a str, got int"),
    (lambda: Identifier("", "7"), "scheme: is empty: leave it out"),
    (lambda: Identifier("pmid", ""), "value: is empty: leave it out"),
    (lambda: Identifier([], "7"),  # type: ignore[arg-type]
      "scheme: expected a str, got list"),
    (lambda: Identifier.parse(5),  # type: ignore[arg-type]
      "text: expected a str, got int"),
    (lambda: Indicator("views", ""), "printed: is empty: leave it out"),
    (lambda: Indicator("views", "1", "a\nb"),
      "description: 'a\\nb' holds a line end: give one line"),
    (lambda: Indicator("", "1"), "label: is empty: leave it out"),
]  # fmt: skip


@pytest.mark.parametrize(("build", "message"), BAD, ids=[message for _, message in BAD])
def test_what_no_record_can_hold_is_refused_with_its_place(
    build: Callable[[], object], message: str
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        build()
    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError)


@given(any_text)
def test_a_parsed_record_built_again_by_hand_is_the_same(text: str) -> None:
    record = litrecord.parse_record(text)
    again = Record(
        widget=record.widget and ScriptWidget(record.widget.markup),
        identifiers=[Identifier(found.scheme, found.value) for found in record.identifiers],
        abstract=record.abstract,
        keywords=list(record.keywords),
        indicators=[
            Indicator(row.label, row.printed, row.description) for row in record.indicators
        ],
        title=record.title,
        authors=list(record.authors),
        instances=[Instance(**attrs.asdict(found)) for found in record.instances],
    )
    assert again == record
    assert hash(again) == hash(record)


@given(st.text(st.characters()))
def test_any_abstract_is_good_after_one_pass(text: str) -> None:
    once = Record(abstract=text).abstract
    assert Record(abstract=once).abstract == once
    assert once is None or all(line == line.strip() != "" for line in once.split("\n"))


def test_names_used_as_types_are_public() -> None:
    assert isinstance(DOCUMENT, Document)
    assert isinstance(DOCUMENT.sections[0], Section)
    assert isinstance(DOCUMENT.diagnostics[0], Diagnostic)


def test_a_long_repr_shows_the_start_and_the_end() -> None:
    record = Record(
        abstract="It starts. " + "old maps " * 1_000 + "It ends.",
        keywords=[f"term {number}" for number in range(100)],
    )
    shown = repr(record)
    assert len(shown) < 500
    assert "abstract='It starts. " in shown
    assert "It ends.'" in shown
    assert "('term 0', 'term 1', 'term 2', <94 more>, 'term 97', 'term 98', 'term 99')" in shown


def test_the_repr_of_a_short_record_is_whole() -> None:
    record = Record(
        abstract="Old maps err.", keywords=["Maps"], identifiers=[Identifier("pmid", "1")]
    )
    assert repr(record) == (
        "Record(widget=None, identifiers=(Identifier(scheme='pmid', value='1'),), "
        "abstract='Old maps err.', keywords=('Maps',), indicators=IndicatorTable(rows=()), "
        "title=None, authors=(), instances=())"
    )


def test_the_repr_of_a_document_of_many_diagnostics_is_short() -> None:
    document = litrecord.parse_document("| views |\n" * 200 + "Old maps err.\n" * 200)
    assert len(document.diagnostics) > 20
    assert len(repr(document)) < 2_500


@pytest.mark.parametrize(
    ("record", "citation"),
    [
        (Record(), "untitled record"),
        (Record(keywords=["Maps"]), "untitled record"),
        (Record(title="Who drew it?", authors=["Ada", "Ben"]), "Ada and Ben. Who drew it?"),
        (
            Record(
                title="Maps", authors=["Ada", "Ben", "Eve"], identifiers=[Identifier("pmid", "0")]
            ),
            "Ada et al. Maps.",
        ),
        (
            Record(
                abstract="Old maps err.\nNew ones too.",
                identifiers=[Identifier("doi", "10.1000/1")],
            ),
            "Old maps err. New ones too. doi:10.1000/1",
        ),
        (Record(abstract="Old maps " * 1_000), "Old maps " * 21 + "Old maps…"),
        (Record(title="古地図" * 100), "古地図" * 66 + "古…"),
    ],
)
def test_a_record_as_text_is_a_short_citation(record: Record, citation: str) -> None:
    assert str(record) == citation


def test_an_identifier_as_text_is_its_curie() -> None:
    assert str(Identifier("doi", "10.1000/182")) == "doi:10.1000/182"
