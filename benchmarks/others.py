"""Compare what litrecord and other packages give for one saved page.

`python -m benchmarks.others` prints a table. It needs extruct and trafilatura, which no group of
pyproject.toml has. So run it in an environment of its own, in the root of a checkout:

    .uv/bin/uv run --no-project --with extruct --with trafilatura --with . \\
        python -m benchmarks.others

The page is examples/saved-page.html with JSON-LD in its head, as the portal writes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

import litrecord
from benchmarks import soup_page
from benchmarks.corpus import ROOT

_EXAMPLES = ROOT / "examples"
_RECORD = litrecord.parse_record(_EXAMPLES / "hemifacial-spasm.txt")
_TITLE = "Hemifacial spasm: who says what?"
_FIELDS: Mapping[str, list[str | None]] = {
    "title": [_TITLE],
    "identifiers": [found.value for found in _RECORD.identifiers],
    "abstract": [_RECORD.abstract],
    "keywords": [*_RECORD.keywords],
    "indicator values": [row.printed for row in _RECORD.indicators],
    "address of the widget": [_RECORD.widget.source_url if _RECORD.widget else None],
}
"""The values of the page, by field."""


def page() -> str:
    """Return the saved page, with JSON-LD in its head."""
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": _TITLE,
        "description": _RECORD.abstract,
        "identifier": {"@type": "PropertyValue", "propertyID": "pmid", "value": _RECORD.pmid},
        "keywords": ", ".join(_RECORD.keywords),
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    saved = (_EXAMPLES / "saved-page.html").read_text(encoding="utf-8")
    return saved.replace("</head>", f"{script}</head>")


def readers() -> dict[str, Callable[[str], Any]]:
    """Return the readers by name and version; each takes a page and returns what it found."""
    import extruct
    import trafilatura

    options = {"output_format": "json", "with_metadata": True, "include_tables": True}
    return {
        "litrecord": lambda html: litrecord.to_dict(litrecord.parse_record(html)),
        f"BeautifulSoup {version('beautifulsoup4')} by hand": lambda html: soup_page.read(
            html.encode()
        ),
        f"extruct {version('extruct')}": extruct.extract,
        f"trafilatura {version('trafilatura')}": lambda html: json.loads(
            trafilatura.extract(html, **options)
        ),
    }


def texts_of(value: Any) -> Iterator[str]:
    """Yield every str in a value of JSON, without the names of members."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_of(part)


def count(expected: list[str | None], texts: list[str]) -> str:
    """Return how many values are a text of their own, and how many are within a longer one."""
    own = sum(value in texts for value in expected)
    inside = sum(any(str(value) in text for text in texts) for value in expected) - own
    return f"{own} of {len(expected)}" + (f", {inside} in a longer text" if inside else "")


def main() -> None:
    """Print the table, below all that each reader gave."""
    given = {name: read(page()) for name, read in readers().items()}
    for name, value in given.items():
        print(f"{name}:\n{json.dumps(value, ensure_ascii=False, indent=1)}\n")
    print("| field |", " | ".join(given), "|")
    print("| --- " * (len(given) + 1) + "|")
    for field, expected in _FIELDS.items():
        counts = (count(expected, [*texts_of(value)]) for value in given.values())
        print(f"| {field} |", " | ".join(counts), "|")


if __name__ == "__main__":
    main()
