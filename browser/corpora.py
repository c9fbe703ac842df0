"""Corpora that a report is made of: one as data teams have it, and one that tries to break out."""

from __future__ import annotations

import pathlib
import random
import tempfile

import pyarrow as pa
import pyarrow.parquet as pq

from browser.pages import PAYLOADS, record_of
from litrecord import Limits, arrow
from litrecord._characters import clean
from litrecord.report import report_html

_WORDS = ("maps", "coasts", "err", "ways", "that", "tell", "us", "who", "drew", "them", "believed")
_TERMS = ("Humans", "Maps as Topic", "Diagnosis, Differential", "Sea Level", "Brain", "Ions")
_CLASSES = ("Top 0.01%", "Top 0.1%", "Top 1%", "Top 10%", "Average")


def made_texts(count: int = 1500) -> list[str | None]:
    """Return the texts of pages that were made up: whole, cut, empty, long, and missing."""
    dice = random.Random(7)  # noqa: S311
    return [_made_text(dice, number) for number in range(count)]


def _made_text(dice: random.Random, number: int) -> str | None:
    lines = []
    if dice.random() < 0.7:
        lines.append(f"doi: 10.1000/{number}")
    if dice.random() < 0.4:
        lines.append(f"pmid: {20000000 + number}")
    if dice.random() < 0.2:
        lines.append(f"handle: {dice.choice(('11573/406812', '11584-235094'))}")
    if dice.random() < 0.9:
        words = dice.choices(_WORDS, k=max(5, int(dice.gauss(200, 80))))
        lines.append(" ".join(words).capitalize() + ".")
    if dice.random() < 0.6:
        terms = ", ".join([*dice.choices(_TERMS, k=1 + int(dice.expovariate(0.15)))])
        lines += [terms, terms]
    if dice.random() < 0.85:
        lines.append(
            f"| citations | {int(dice.lognormvariate(2, 1.8)) * (dice.random() < 0.8)} | |"
        )
        for name in ("popularity", "influence", "impulse"):
            (found,) = dice.choices(_CLASSES, (1, 3, 10, 30, 100))
            lines.append(f"| {name} | {found} | |")
    if dice.random() < 0.2:
        views = int(dice.lognormvariate(3, 1.2))
        lines += [f"| views | {views} | |", f"| downloads | {int(views * dice.random())} | |"]
    text = "\n".join(lines)
    if dice.random() < 0.04:
        text = text[: int(len(text) * dice.random())]
    return None if dice.random() < 0.01 else text


def made_report() -> str:
    """Return the report of pages that were made up."""
    texts = made_texts()
    sources = [f"crawl/{number:04}.txt" for number in range(len(texts))]
    table = pa.table({"source": sources, "text": texts})
    return _report_of(arrow.parse_batch(table, limits=Limits(characters=2200)), "records.parquet")


def strange_report() -> str:
    """Return the report of a corpus with an attack in every field, error, name and example."""
    rows = arrow.records_to_table(map(record_of, PAYLOADS)).to_pylist()
    payloads = [clean(payload) for payload in PAYLOADS]
    for payload, row in zip(payloads, rows, strict=True):
        row["source"] = row["id"] = payload
        row["diagnostics"] = [
            {"code": payload, "severity": payload, "message": payload, "start": 0, "end": 1,
             "excerpt": payload},
        ]  # fmt: skip
    rows += [{"error": payload, "source": payload, "id": payload} for payload in payloads]
    own = [pa.field("source", pa.string()), pa.field("id", pa.string())]
    return _report_of(
        pa.Table.from_pylist(rows, pa.schema([*own, *arrow.SCHEMA])), "<b>&amp;.parquet"
    )


def empty_report() -> str:
    """Return the report of a file without a row."""
    return _report_of(arrow.SCHEMA.empty_table(), "records.parquet")


def refused_report() -> str:
    """Return the report of pages that were all refused."""
    return _report_of(arrow.parse_batch(pa.table({"text": pa.nulls(3)})), "records.parquet")


def _report_of(table: pa.Table, name: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, name)
        pq.write_table(table, path)
        return report_html(path)
