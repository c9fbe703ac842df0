"""The record of every stored page and line is exactly what was written down for it."""

import json
import pathlib
from typing import Any

import pytest

import litrecord
from litrecord import Document, SectionKind

DATA = pathlib.Path(__file__).parent / "data"
PAGES = [DATA / "seed.txt", *sorted((DATA / "pages").glob("*.txt"))]


def rows_of(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and line[0] != "#"]


def expected_form(document: Document, expected: dict[str, Any]) -> dict[str, Any]:
    """Return what was read in the form of the golden files."""
    record = document.record
    notices = "\n".join(found.text for found in document.sections_of(SectionKind.NOTICE))
    usage = [line.strip() for line in notices.split("\n") if line.strip().endswith("UsageCounts")]
    widget = record.widget
    form: dict[str, Any] = {
        "widget": widget and {"raw": widget.markup, "source": widget.source_url},
        "identifiers": [[found.scheme, found.value] for found in record.identifiers],
        "abstract": record.abstract,
        "keywords": list(record.keywords),
        "indicators": [
            {"label": row.label, "description": row.description, "value": row.printed}
            for row in record.indicators
        ],
        "footers": usage,
    }
    if "title" in expected or record.title is not None or record.authors:
        form |= {"title": record.title, "authors": list(record.authors)}
    return form


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_gives_its_record(path: pathlib.Path) -> None:
    text = path.read_bytes().decode("utf-8")
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    document = litrecord.parse_document(text)
    assert expected_form(document, expected) == expected
    assert "".join(section.text for section in document.sections) == text


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
