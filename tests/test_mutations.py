"""Stored pages, and HTML of them, cut, mixed and spoilt at random keep every promise."""

import random
import zlib

import pytest
from fuzz.promises import check_source
from hypothesis import settings

from support.dresses import DRESSES, SHOWS, dressed
from support.strategies import PAGES, SNIPPETS

TAGS = [
    "<p>", "</p>", "<div>", "</div>", "<br>", "<table>", "<tr>", "<td>", "</table>", "<main>",
    "</main>", "<pre>", "<svg>", "<!--", "-->", "<b hidden>", "&amp;lt;", "&#0;", "&nbsp;", "\x1e",
    '<article data-litrecord="1">', '<li data-litrecord="keyword">', "</article>", "<",
    '<script type="application/ld+json">', '"name": "', "<thead>", "<textarea>", "<style>", "'",
]  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    """Return a text with some of its parts dropped, doubled, moved, or spoilt."""
    for _ in range(chance.randint(1, 6)):
        start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, start + chance.choice([1, 5, 40, 400]))
        part, rest = text[start:end], text[:start] + text[end:]
        at = chance.randrange(len(rest) + 1)
        added = chance.choice([chance.choice(SNIPPETS), chance.choice(TAGS), part, "\n", "\r"])
        text = chance.choice(
            [rest, text[:end], text[:start] + added + text[start:], rest[:at] + part + rest[at:]]
        )
    return text


def test_a_page_that_is_refused_keeps_every_promise() -> None:
    check_source("<div>" * 2_000)


@pytest.mark.hypothesis  # which looks as long as a property does
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{zlib.crc32(page.encode()):08x}")
def test_spoilt_pages_keep_every_promise(page: str) -> None:
    """A page is its own seed, so that a page which is added changes nothing for the others."""
    chance = random.Random(page)  # noqa: S311
    for _ in range(settings().max_examples // 10):
        text = page
        if chance.random() < 0.5:
            text = dressed(text, chance.choice(DRESSES), chance.choice(list(SHOWS)))
        text = mutated(text, chance)
        check_source(text)
        check_source(text.encode("utf-8", "surrogatepass"))
