"""Sentences of the documentation are short, and use the words of the field."""

import pathlib
import re
import statistics
from collections.abc import Callable
from functools import partial
from itertools import chain

import pytest

from support.prose import docstrings, length, sentences_of, texts_of_docstring, texts_of_page

ROOT = pathlib.Path(__file__).parent.parent


def texts_of_file(path: pathlib.Path, whole: bool) -> list[str]:
    return texts_of_page(path.read_text(encoding="utf-8"), whole=whole)


MOST_WORDS, MOST_MEAN = 35, 17
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    ROOT / "src" / "litrecord" / "_vocabularies" / "data" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
TEXTS: dict[str, Callable[[bool], list[str]]] = {
    str(path.relative_to(ROOT)): partial(texts_of_file, path) for path in PAGES
}
TEXTS["docstrings"] = lambda _: [*chain(*docstrings().values())]
AVOIDED = [
    line.split("\t")
    for line in (ROOT / "tests" / "data" / "words.tsv").read_text("utf-8").splitlines()[1:]
]


def long_sentences(texts: list[str]) -> list[str]:
    return [found for found in sentences_of(texts) if length(found) > MOST_WORDS]


def words_to_avoid(texts: list[str]) -> list[tuple[str, str]]:
    return [
        (text[max(0, found.start() - 30) : found.end() + 30], instead)
        for pattern, instead in AVOIDED
        for text in texts
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_sentences_are_short(name: str) -> None:
    texts = TEXTS[name](False)
    assert long_sentences(texts) == []
    # A page that only includes another one has no sentence of its own.
    assert statistics.mean([*map(length, sentences_of(texts))] or [0]) <= MOST_MEAN


@pytest.mark.parametrize("name", TEXTS)
def test_no_word_is_one_to_avoid(name: str) -> None:
    assert words_to_avoid(TEXTS[name](True)) == []


def test_the_prose_of_a_page_is_without_code_and_headings() -> None:
    page = (
        "# A title\n\nCall `f(x)`. It\nruns!\n\n```python\n>>> f(x)\n```\n\n    f\n\n- A *list*.\n"
    )
    table = "\n| a | b |\n|---|---|\n| c. | d |\n"
    assert texts_of_page(page + table) == ["Call `code`. It runs!", "A list."]
    assert {*texts_of_page(page + table, whole=True)} > {"A title", "a", "b", "c.", "d"}


def test_the_prose_of_a_docstring_is_without_examples() -> None:
    docstring = """Read a page, ``f(x)``.

    source
        a page, or
        a path;

    The grammar::

        a = b

    It returns `Record`.

    >>> f(x)
    'a'
    """
    assert sentences_of(texts_of_docstring(docstring)) == [
        "Read a page, `code`.", "a page, or a path;", "The grammar::", "It returns `code`.",
    ]  # fmt: skip


def test_public_names_and_their_members_have_docstrings() -> None:
    found = docstrings()
    assert found["litrecord.parse_record"][0].startswith("Read")
    assert {"litrecord.Record.doi", "litrecord.files.write_parquet"} < set(found)


def test_a_long_sentence_is_found() -> None:
    long = "Word " * 36 + "."
    assert [length(found) for found in long_sentences([f"Short. {long} It ends; so."])] == [36]
    assert sentences_of(["It reads a page. litrecord does (see “A.” Then)! Or 3.5 e.g. this?"]) == [
        "It reads a page.", "litrecord does (see “A.", "Then)!", "Or 3.5 e.g. this?",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["A packed file.", "It stands there.", "Of WHICH one", "a blank"])
def test_a_word_to_avoid_is_found(text: str) -> None:
    assert len(words_to_avoid([text])) == 1


def test_a_word_of_the_field_is_not_found() -> None:
    assert words_to_avoid(["A blank line. I understand character references."]) == []
