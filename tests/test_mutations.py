"""Stored pages, and HTML of them, cut, mixed and spoilt at random keep every promise."""

import random

import pytest
from hypothesis import settings

from dresses import DRESSES, SHOWS, dressed
from promises import require_promises
from strategies import PAGES, SNIPPETS

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
    require_promises("<div>" * 2_000)


# Six pages for each example that a property has: the sessions that look longer do so here too.
@pytest.mark.hypothesis
@pytest.mark.parametrize("seed", range(30))
def test_spoilt_pages_keep_every_promise(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(settings().max_examples // 5):
        text = chance.choice(PAGES)
        if chance.random() < 0.5:
            text = dressed(text, chance.choice(DRESSES), chance.choice(list(SHOWS)))
        text = mutated(text, chance)
        require_promises(text)
        require_promises(text.encode("utf-8", "surrogatepass"))
