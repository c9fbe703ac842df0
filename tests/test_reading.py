"""The parse functions agree with each other, keep their limits, and raise nothing else."""

import attrs
import pytest
from fuzz.promises import PARTS, check_source
from hypothesis import assume, given

import litrecord
from litrecord import Limits
from support.cases import LIMITS, said
from support.strategies import SEED, any_text


@given(any_text)
def test_any_text_is_read_by_all_readers_alike_or_refused_with_our_error(text: str) -> None:
    check_source(text)


# Of bytes with a NUL in every second place it cannot be told that they are not UTF-16.
@given(any_text.filter(lambda text: "\0" not in text))
def test_bytes_of_a_text_give_its_record(text: str) -> None:
    data = text.encode("utf-8", "replace")
    assume(not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")))
    assert litrecord.parse_record(data) == litrecord.parse_record(data.decode())


@pytest.mark.parametrize("field", PARTS)
def test_strict_holds_for_every_part(field: str) -> None:
    with pytest.raises(litrecord.ParseError, match="1 error in the text"):
        PARTS[field](SEED + "\nprose", strict=True)


@pytest.mark.parametrize(("limits", "text", "message"), LIMITS)
def test_beyond_a_limit_nothing_is_cut_silently(
    limits: Limits, text: str | bytes, message: str
) -> None:
    with pytest.raises(litrecord.LimitError) as caught:
        litrecord.parse_record(text, limits=limits)
    assert str(caught.value) == message + ": pass larger limits in Python, or split the source"
    assert litrecord.parse_record(text) != litrecord.Record()
    (name,) = [field.name for field in attrs.fields(Limits) if f".{field.name} " in message]
    enough = Limits(**{name: getattr(limits, name) + 1})
    assert litrecord.parse_record(text, limits=enough) == litrecord.parse_record(text)


@pytest.mark.parametrize("url", [5, b"https://explore.openaire.eu/", ["x"]])
def test_an_address_that_is_no_text_is_refused(url: object) -> None:
    with pytest.raises(litrecord.SourceError, match="url: expected a str or None, got"):
        litrecord.parse_record("Text.", url=url)  # type: ignore[arg-type]


def test_limits_are_limits_of_counts() -> None:
    with pytest.raises(litrecord.InvalidValueError, match="limits: expected Limits, got int"):
        litrecord.parse_record("Text.", limits=5)  # type: ignore[arg-type]
    with pytest.raises(litrecord.InvalidValueError, match="rows: expected a count, got 'x'"):
        Limits(rows="x")  # type: ignore[arg-type]


def test_an_address_that_names_nothing_leaves_no_record() -> None:
    document = litrecord.parse_document("", url="https://x/")
    assert [found.code for found in said(document)] == ["no-record", "unread-address"]


def test_an_abstract_of_nothing_but_markup_leaves_no_record() -> None:
    for text in ("<b></b>\n", "&nbsp;\n"):
        document = litrecord.parse_document(text, markup="text")
        assert document.record == litrecord.Record()
        codes = [found.code for found in said(document)]
        assert sorted(codes) == ["no-record", "unwrapped-markup"]


def test_an_error_shows_ten_diagnostics_and_keeps_all() -> None:
    with pytest.raises(litrecord.ParseError) as caught:
        litrecord.parse_record("Text.\n| views | 2 |\n" + "prose\n" * 500, strict=True)
    assert len(caught.value.diagnostics) == 500
    assert str(caught.value).endswith("\nand 490 more, in .diagnostics")
    assert str(caught.value).count("prose") == 10


def test_the_seed_is_read_whole() -> None:
    record = litrecord.parse_record(SEED, strict=True)
    assert record.widget is not None
    assert record.widget.is_trusted
    assert [found.curie for found in record.identifiers] == [
        "pmid:21496615",
        "handle:11573/406812",
        "handle:11584/235094",
        "handle:11567/298038",
        "handle:11586/46679",
    ]
    assert record.abstract is not None
    assert "p<0.05" in record.abstract
    assert record.keywords == ("Diagnosis, Differential", "Humans", "Hemifacial Spasm")
    assert record.indicators["citations"].count == 70
    codes = [row.impact_class and row.impact_class.code for row in record.indicators]
    assert codes == [None, "C4", "C4", "C5"]
