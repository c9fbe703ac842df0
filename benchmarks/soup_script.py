"""The script that a user would write today, for comparison.

BeautifulSoup drops the tags and regular expressions find the parts, as far as one gets in an
hour with a dozen pages to look at. It is not to be mended by what the goldens say of it.
"""

from __future__ import annotations

import re
from typing import Any

import bs4

_LABEL = "selected citations|citations|popularity|influence|impulse|views|downloads"
_ROW = re.compile(rf"\|?\s*({_LABEL})\b\s*([^|]*?)\s*\|\s*([^|]+?)\s*\|")
_ROW_START = re.compile(rf"\||({_LABEL}) (This|These|\|)")
_IDENTIFIERS = re.compile(r"(doi|pmid|pmc|handle|arxiv|mag|urn|isbn|issn):\s*(\S.*)", re.I)
_ADDRESS = re.compile(r'src="([^"]*view=widget[^"]*)"')
_USAGE = re.compile(r"(Views|Downloads) provided by UsageCounts")
_VALUE = re.compile(r"[0-9][0-9.,]*[KM]?|Top [0-9.]+%|Average")


def read(text: str) -> dict[str, Any]:
    """Return the fields of a page."""
    soup = bs4.BeautifulSoup(text, "lxml")
    address = None
    for script in soup("script"):
        found = _ADDRESS.search(script.get_text())
        address = found.group(1) if found else address
        script.decompose()
    lines = [line.strip() for line in soup.get_text().splitlines()]
    lines = [line for line in lines if line and not _USAGE.fullmatch(line)]
    is_whole_page = bool(lines) and lines[0].startswith("Powered by OpenAIRE")
    fields = _read_whole_page(lines) if is_whole_page else _read_record(lines)
    return {"widget": address, **fields}


def _read_record(lines: list[str]) -> dict[str, Any]:
    identifiers = []
    while lines and (found := _IDENTIFIERS.fullmatch(lines[0])):
        scheme, values = found.group(1).lower(), re.split(r"\s*,\s+", found.group(2))
        identifiers += [(scheme, value) for value in values]
        lines = lines[1:]
    rows = [found.groups() for line in lines if (found := _ROW.match(line))]
    first_row = next((at for at, line in enumerate(lines) if _ROW_START.match(line)), len(lines))
    texts = lines[:first_row]
    keywords = []
    if len(texts) > 1 and texts[-1] == texts[-2]:
        keywords = texts[-1].split(", ")
        texts = texts[:-2]
    return {
        "identifiers": identifiers,
        "abstract": "\n".join(texts) or None,
        "keywords": keywords,
        "indicators": rows,
        "title": None,
        "authors": [],
    }


def _read_whole_page(lines: list[str]) -> dict[str, Any]:
    at = next((at for at, line in enumerate(lines) if line.startswith("Authors:")), None)
    names = lines[at].removeprefix("Authors:").split(";") if at is not None else []
    abstract = _below(lines, "Abstract")
    keywords = _below(lines, "Keywords")
    return {
        "identifiers": [],
        "abstract": "\n".join(abstract) or None,
        "keywords": keywords[0].split(", ") if keywords else [],
        "indicators": _spread_rows(lines),
        "title": lines[at - 1] if at else None,
        "authors": [name.strip() for name in names if name.strip()],
    }


def _below(lines: list[str], heading: str) -> list[str]:
    if heading not in lines:
        return []
    start = lines.index(heading) + 1
    after = (at for at in range(start, len(lines)) if lines[at] in ("Keywords", "• BIP!"))
    return lines[start : next(after, len(lines))]


def _spread_rows(lines: list[str]) -> list[tuple[str, str, str]]:
    rows = []
    for label, second, third in zip(lines, lines[1:], [*lines[2:], ""], strict=False):
        if not re.fullmatch(_LABEL, label):
            continue
        if _VALUE.fullmatch(second):
            rows.append((label, "", second))
        elif _VALUE.fullmatch(third):
            rows.append((label, second, third))
    return rows
