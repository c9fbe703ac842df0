"""Pages as a crawl holds them: many, a few of them missing, cut, or too long.

All are made of the stored ones by a seeded generator, so the same numbers give the same pages.
"""

from __future__ import annotations

import datetime
import pathlib
import random
from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from litrecord import Limits

DATA = pathlib.Path(__file__).parent.parent / "tests" / "data"
TEXTS = [path.read_bytes().decode("utf-8") for path in sorted((DATA / "pages").glob("*.txt"))]

LIMITS = Limits(characters=30_000)
"""Beyond which one page of each `TOO_LONG` is."""
TOO_LONG = 9_973
GROUP = 1_000
"""Pages of a row group of Parquet, which is the least that an engine gives to a worker."""

SCHEMA = pa.schema(
    {
        "id": pa.int64(),
        "url": pa.string(),
        "text": pa.string(),
        "fetched": pa.timestamp("us", tz="UTC"),
        "cost": pa.decimal128(9, 2),
        "labels": pa.list_(pa.string()),
    }
)
_EPOCH = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def write_pages(path: pathlib.Path, count: int, *, whole: bool = False) -> None:
    """Write a file of Parquet with some pages; if whole, none is missing, cut or too long."""
    with pq.ParquetWriter(path, SCHEMA) as writer:
        for start in range(0, count, GROUP):
            rows = [*_rows(range(start, min(start + GROUP, count)), whole)]
            writer.write_table(pa.Table.from_pylist(rows, SCHEMA))


def _rows(numbers: range, whole: bool) -> Iterator[dict[str, object]]:
    chance = random.Random(numbers.start)  # noqa: S311
    for number in numbers:
        address = f"https://explore.openaire.eu/search/result?pid={10_000_000 + number}"
        text = _page(chance, number)
        yield {
            "id": number,
            "url": address if chance.random() < 0.3 else None,
            "text": text if whole else _spoilt(chance, number, text),
            "fetched": _EPOCH + datetime.timedelta(seconds=number),
            "cost": Decimal(number % 1000) / 100,
            "labels": ["a", "b"][: number % 3] if number % 7 else None,
        }


def _page(chance: random.Random, number: int) -> str:
    """Return a stored page whose longest line, which is of the abstract, is like no other."""
    text = chance.choice(TEXTS)
    longest = max(text.split("\n"), key=len)
    return text.replace(longest, f"{longest} This is copy {number}.", 1)


def _spoilt(chance: random.Random, number: int, text: str) -> str | None:
    if number % TOO_LONG == 1:
        return text + "Old maps err. " * 3_000
    lot = chance.random()
    if lot < 0.01:
        return None
    return text[: int(len(text) * chance.random())] if lot < 0.05 else text
