"""Which fields of the stored pages come out exactly as their goldens have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import litrecord
from benchmarks import soup_script
from benchmarks.corpus import Page, read_keyword_lines
from benchmarks.tables import table

Fields = dict[str, Any]

FIELDS = ("widget", "identifiers", "abstract", "keywords", "indicators", "title", "authors")
_READ = """How many pages give exactly the expected value of each field. The value is empty if the
page does not print the field. "Printed" counts the pages that do. For the widget, the address is
compared. Identifiers are compared in lower case.

The script is `benchmarks/soup_script.py`. Its author had seen the format and a dozen of these
pages. It did not change after the first measurement.

Most of the keyword lines contain terms with commas. Each is given by itself, and the script
calls `line.split(", ")`.

litrecord was made with all of these pages at hand. So its column shows that nothing is broken.
It does not show how well it reads pages that nobody has seen."""


def read_by_litrecord(page: Page) -> Fields:
    """Return the fields that litrecord reads."""
    record = litrecord.parse_record(page.text)
    return {
        "widget": record.widget and record.widget.source_url,
        "identifiers": [(found.scheme, found.value) for found in record.identifiers],
        "abstract": record.abstract,
        "keywords": record.keywords,
        "indicators": [(row.label, row.description, row.printed) for row in record.indicators],
        "title": record.title,
        "authors": record.authors,
    }


def read_by_script(page: Page) -> Fields:
    """Return the fields that the script reads."""
    return soup_script.read(page.text)


def _of_golden(golden: dict[str, Any]) -> Fields:
    rows = golden["indicators"]
    return {
        "widget": golden["widget"] and golden["widget"]["source_url"],
        "identifiers": [(found["scheme"], found["value"]) for found in golden["identifiers"]],
        "abstract": golden["abstract"],
        "keywords": golden["keywords"],
        "indicators": [(row["label"], row["description"], row["printed"]) for row in rows],
        "title": golden["title"],
        "authors": golden["authors"],
    }


def wrong_fields(read: Callable[[Page], Fields], page: Page) -> list[str]:
    """Return the fields of a page that a reader does not give exactly."""
    found, expected = _plain(read(page)), _plain(_of_golden(page.golden))
    return [field for field in FIELDS if found[field] != expected[field]]


def _plain(fields: Fields) -> Fields:
    pairs = [(scheme.lower(), value.lower()) for scheme, value in fields["identifiers"]]
    lists = {name: list(fields[name]) for name in ("keywords", "indicators", "authors")}
    return {**fields, **lists, "identifiers": pairs}


def litrecord_failures(pages: Sequence[Page]) -> list[str]:
    """Return what litrecord does not read exactly, a line each."""
    read = {page.name: wrong_fields(read_by_litrecord, page) for page in pages}
    failures = [f"page {name}: {', '.join(wrong)}" for name, wrong in read.items() if wrong]
    for line, terms in read_keyword_lines():
        if list(litrecord.split_keywords(line)) != terms:
            failures.append(f"keyword line: {line}")
    return failures


def report(pages: Sequence[Page]) -> str:
    """Return how to read the table of exact fields, and the table."""
    goldens = [_of_golden(page.golden) for page in pages]
    readers = (read_by_litrecord, read_by_script)
    sides = [[wrong_fields(read, page) for page in pages] for read in readers]
    rows = []
    for field in FIELDS:
        printed = sum(bool(golden[field]) for golden in goldens)
        exact = [sum(field not in wrong for wrong in side) for side in sides]
        rows.append(_row(field, printed, exact, len(pages)))
    whole = [sum(not wrong for wrong in side) for side in sides]
    rows.append(_row("**whole records**", len(pages), whole, len(pages)))
    lines = read_keyword_lines()
    by_terms = sum(list(litrecord.split_keywords(line)) == terms for line, terms in lines)
    by_comma = sum(line.split(", ") == terms for line, terms in lines)
    rows.append(_row("keyword lines", len(lines), [by_terms, by_comma], len(lines)))
    return f"{_READ}\n\n{table(['field', 'printed', 'litrecord', 'script'], rows)}"


def _row(title: str, printed: int, exact: list[int], count: int) -> list[str]:
    return [title, str(printed), *(f"{found} of {count}" for found in exact)]
