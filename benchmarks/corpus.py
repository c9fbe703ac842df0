"""The stored pages with what they must give, and the stored keyword lines."""

from __future__ import annotations

import json
import pathlib
from typing import Any, NamedTuple

ROOT = pathlib.Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"


class Page(NamedTuple):
    """One stored page: its bytes, their text, and the golden record."""

    name: str
    data: bytes
    text: str
    golden: dict[str, Any]


def read_pages() -> list[Page]:
    """Return the seed and all stored pages."""
    paths = [DATA / "seed.txt", *sorted((DATA / "pages").glob("*.txt"))]
    return [_read_page(path) for path in paths]


def _read_page(path: pathlib.Path) -> Page:
    data = path.read_bytes()
    golden = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Page(path.stem, data, data.decode("utf-8"), golden)


def read_keyword_lines() -> list[tuple[str, list[str]]]:
    """Return the stored keyword lines, each with its terms."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(DATA.glob("keywords-*.tsv"))]
    rows = [row for text in texts for row in text.split("\n") if row and row[0] != "#"]
    pairs = [row.split("\t") for row in rows]
    return [(line, terms.split(" | ")) for line, terms in pairs]
