"""The script that a user would write today for saved HTML pages, for comparison.

BeautifulSoup's select finds the parts by the class names and elements of the pages that it was
written for. It is not to be mended by what the goldens say of it.
"""

from __future__ import annotations

import re
from typing import Any

import bs4

_IDENTIFIERS = re.compile(r"(doi|pmid|pmc|handle|arxiv|mag|urn|isbn|issn):\s*(\S.*)", re.I)
_ADDRESS = re.compile(r'src="([^"]*view=widget[^"]*)"')
_USAGE = re.compile(r"(Views|Downloads) provided by UsageCounts")


def read(page: bytes) -> dict[str, Any]:
    """Return the fields of a page."""
    soup = bs4.BeautifulSoup(page, "lxml", from_encoding="utf-8")
    found = _ADDRESS.search("\n".join(pre.get_text() for pre in soup.select("main pre")))
    texts = [block.get_text().strip() for block in soup.select("main div.uk-grid > span")]
    texts = [text for text in texts if text and not _USAGE.fullmatch(text)]
    identifiers = []
    while texts and (line := _IDENTIFIERS.fullmatch(texts[0])):
        identifiers += [(line[1].lower(), value) for value in re.split(r"\s*,\s+", line[2])]
        texts = texts[1:]
    keywords = []
    if len(texts) > 1 and texts[-1] == texts[-2]:
        keywords = texts[-1].split(", ")
        texts = texts[:-2]
    return {
        "widget": found.group(1) if found else None,
        "identifiers": identifiers,
        "abstract": "\n".join(texts) or None,
        "keywords": keywords,
        "indicators": [_row(row) for row in soup.select("main tr")],
        "title": None,
        "authors": [],
    }


def _row(row: bs4.Tag) -> tuple[str, str, str]:
    label, *description = (span.get_text() for span in row.select("td:first-child span"))
    (value,) = (cell.get_text().strip() for cell in row.select("td:nth-child(2)"))
    return label, "".join(description), value
