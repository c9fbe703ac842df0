"""The record of every stored page and line is exactly what was written down for it."""

import json
import pathlib

import pytest

import litrecord
from litrecord import SectionKind

DATA = pathlib.Path(__file__).parent / "data"
PAGES = [DATA / "seed.txt", *sorted((DATA / "pages").glob("*.txt"))]


def usage_lines(text: str) -> list[str]:
    """Return the lines that say who counted the views and downloads, of which none is a value."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip() for line in lines if line.strip().endswith("UsageCounts")]


def rows_of(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and line[0] != "#"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_gives_its_record(path: pathlib.Path) -> None:
    text = path.read_bytes().decode("utf-8")
    golden = path.with_suffix(".json").read_text(encoding="utf-8")
    document = litrecord.parse_document(text)
    assert litrecord.to_dict(document.record) == json.loads(golden)
    assert "".join(section.text for section in document.sections) == text
    # The form in which CONTRIBUTING.md has a new one written.
    assert json.dumps(json.loads(golden), indent=1, ensure_ascii=False) + "\n" == golden


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_usage_lines_of_a_page_are_notices(path: pathlib.Path) -> None:
    document = litrecord.parse_document(path.read_bytes().decode("utf-8"))
    notices = [found.text for found in document.sections_of(SectionKind.NOTICE)]
    assert usage_lines("\n".join(notices)) == usage_lines(document.text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_path_bytes_and_streams_give_the_same_record(path: pathlib.Path) -> None:
    record = litrecord.parse_record(path.read_bytes().decode("utf-8"))
    assert litrecord.parse_record(path) == record
    assert litrecord.parse_record(path.read_bytes()) == record
    with path.open("rb") as stream:
        assert litrecord.parse_record(stream) == record
    with path.open(encoding="utf-8", newline="") as stream:
        assert litrecord.parse_record(stream) == record


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_cut_anywhere_gives_no_row_and_no_widget_that_it_does_not_print(
    path: pathlib.Path,
) -> None:
    text = path.read_bytes().decode("utf-8")
    whole = litrecord.parse_record(text)
    for at in range(0, len(text), 3):
        record = litrecord.parse_record(text[:at])
        assert set(record.indicators) <= set(whole.indicators)
        assert set(record.identifiers[:-1]) <= set(whole.identifiers)
        if record.widget is not None:
            assert whole.widget is not None
            assert whole.widget.markup.startswith(record.widget.markup)


@pytest.mark.parametrize(("source", "scheme", "value", "url"), rows_of("identifiers.tsv"))
def test_an_identifier_is_told_and_normalised(
    source: str, scheme: str, value: str, url: str
) -> None:
    identifier = litrecord.Identifier.parse(source)
    assert (identifier.scheme, identifier.value) == (scheme.rstrip("!"), value)
    assert identifier.is_valid is not scheme.endswith("!")
    assert url == "?" or (identifier.url or "") == url


@pytest.mark.parametrize(("address", "scheme", "value"), rows_of("addresses.tsv"))
def test_a_page_address_gives_its_identifier(address: str, scheme: str, value: str) -> None:
    (identifier,) = litrecord.parse_identifiers("", url=address)
    assert (identifier.scheme, identifier.value, identifier.is_valid) == (scheme, value, True)


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        *rows_of("keywords-mesh.tsv"),
        *rows_of("keywords-other.tsv"),
        *rows_of("keywords-ambiguous.tsv"),
    ],
)
def test_a_keyword_line_gives_its_terms(line: str, terms: str) -> None:
    assert litrecord.split_keywords(line) == tuple(terms.split(" | "))
