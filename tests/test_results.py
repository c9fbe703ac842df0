"""Many sources are read one at a time, in order, and a bad one is named."""

import gc
import io
import pathlib
import weakref

import bs4
import lxml.html
import pytest

import litrecord
from litrecord import Record, iter_records, iter_results
from support.strategies import DATA, PAGES, SEED

PATHS = sorted((DATA / "pages").glob("*.txt"))
MARKUP = "<article><p>Old maps err.</p></article>"


def test_records_come_in_order_and_are_those_of_parse_record() -> None:
    assert list(iter_records(PATHS)) == [litrecord.parse_record(path) for path in PATHS]
    assert [result.record for result in iter_results(PAGES)] == list(iter_records(PAGES))


def test_results_have_the_diagnostics_of_a_document() -> None:
    for path, result in zip(PATHS, iter_results(PATHS), strict=True):
        document = litrecord.parse_document(path)
        assert (result.record, result.diagnostics) == (document.record, document.diagnostics)
        assert (result.name, result.error) == (str(path), None)


def test_a_source_is_taken_only_when_it_is_asked_for() -> None:
    waiting = iter(PAGES)
    results = iter_results(waiting)
    assert next(results).record == litrecord.parse_record(PAGES[0])
    assert list(waiting) == PAGES[1:]


class Text(str):
    """A str that can be watched."""

    __slots__ = ("__weakref__",)


@pytest.mark.slow
def test_nothing_is_kept_of_a_source_that_was_read() -> None:
    watched = [Text(SEED + "\nprose"), Text(SEED), Text("Old maps err.")]
    read_before = [weakref.ref(text) for text in watched[:2]]
    results = iter_results(watched.pop(0) for _ in range(3))
    assert len([next(results), next(results), next(results)]) == 3
    gc.collect()
    assert [reference() for reference in read_before] == [None, None]


def test_a_bad_source_is_a_result_with_its_error_and_the_others_are_read() -> None:
    missing = pathlib.Path("no/such/page.txt")
    first, second, third = iter_results([SEED, missing, b"pmid: 7\n"])
    assert (first.error, third.error) == (None, None)
    assert (second.name, second.record, second.diagnostics) == (str(missing), None, ())
    assert str(second.error) == "cannot read 'no/such/page.txt': No such file or directory"


def test_a_strict_error_is_a_result_with_its_diagnostics() -> None:
    (result,) = iter_results(["| views | 2"], strict=True)
    assert result.record is None
    assert isinstance(result.error, litrecord.ParseError)
    assert [found.code for found in result.diagnostics] == ["cut-row"]


def test_records_end_at_a_bad_source_that_the_error_names() -> None:
    records = iter_records([SEED, "x" * 11], limits=litrecord.Limits(characters=10_000))
    assert next(records).pmid == "21496615"
    records = iter_records(["x", "x" * 11], limits=litrecord.Limits(characters=10))
    next(records)
    with pytest.raises(litrecord.LimitError) as caught:
        next(records)
    assert caught.value.__notes__ == ["in sources[1]"]


def test_encoding_and_limits_reach_every_source() -> None:
    results = list(iter_results([b"caf\xe9", "x" * 99], encoding="latin-1"))
    assert results[0].record == Record(abstract="café")
    results = list(iter_results(["x" * 99], limits=litrecord.Limits(characters=9)))
    assert isinstance(results[0].error, litrecord.LimitError)


def test_sources_are_called_by_path_name_or_place(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Old maps err.")
    with path.open("rb") as stream:
        results = iter_results([path, stream, io.BytesIO(b"Text."), "Text."])
        assert [result.name for result in results] == [
            str(path), str(path), "sources[2]", "sources[3]",
        ]  # fmt: skip


@pytest.mark.parametrize(
    "lone",
    [
        SEED,
        b"pmid: 7",
        bytearray(b"pmid: 7"),
        memoryview(b"pmid: 7"),
        pathlib.Path("a.txt"),
        io.StringIO("pmid: 7"),
        bs4.BeautifulSoup(MARKUP, "html.parser"),
        bs4.BeautifulSoup(MARKUP, "html.parser").p,
        lxml.html.fromstring(MARKUP),
        lxml.html.fromstring(MARKUP).getroottree(),
        None,
        7,
    ],
    ids=lambda lone: type(lone).__name__,
)
def test_a_lone_source_is_refused_before_anything_is_read(lone: object) -> None:
    message = f"sources: expected an iterable of sources, got {type(lone).__name__}: put it in"
    with pytest.raises(litrecord.SourceError, match=message):
        iter_results(lone)  # type: ignore[arg-type]
    with pytest.raises(litrecord.SourceError, match=message):
        iter_records(lone)  # type: ignore[arg-type]


def test_what_a_soup_finds_is_many_sources() -> None:
    found = bs4.BeautifulSoup(MARKUP, "html.parser").find_all("p")
    (result,) = iter_results(found)
    assert result.name == "sources[0]"
    assert result.record is not None
    assert result.record.abstract == "Old maps err."
