"""The memory of long work does not grow with its length: a short run beside a longer one.

Each run is a process of its own that first does the short work once, so that what is loaded or
kept for good is not counted. Needs the extra report.
"""

from __future__ import annotations

import gzip
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.corpus import ROOT, Page
from litrecord import arrow
from litrecord.files import write_parquet

_MOST_OF_PYTHON = 1.3
_MOST_OF_ARROW = 1.5
_FEW, _MANY = 2, 4
"""How much of the same is read, in the short run and in the longer one."""


def failures(pages: list[Page]) -> list[str]:
    """Return what takes more memory when there is more to read."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        works = {
            "a report": ("report", _tables(folder, pages)),
            "a compressed file": ("file", _compressed(folder)),
        }
        found = []
        for work, (kind, (few, many)) in works.items():
            small, large = _peaks(kind, few, few), _peaks(kind, few, many)
            python, of_arrow = (after / before for before, after in zip(small, large, strict=True))
            of_size = f"{work} of {_MANY // _FEW} times the size"
            of_memory = (
                f"{python:.2f} times the memory of Python, {of_arrow:.2f} times that of Arrow"
            )
            print(f"{of_size} takes {of_memory}")
            if python > _MOST_OF_PYTHON or of_arrow > _MOST_OF_ARROW:
                found.append(f"memory grows with the size of {work}")
        return found


def _tables(folder: pathlib.Path, pages: list[Page]) -> list[pathlib.Path]:
    """Write the rows of a report, in row groups of some megabytes."""
    batch = arrow.parse_batch(pa.table({"text": [page.text for page in pages] * 20}))
    paths = []
    for size in (_FEW, _MANY):
        path = folder / f"{size}.parquet"
        # The end of a Parquet file has statistics of each group, and is read whole.
        with pq.ParquetWriter(path, batch.schema, write_statistics=False) as writer:
            for _ in range(8 * size):
                writer.write_table(batch)
        paths.append(path)
    return paths


def _compressed(folder: pathlib.Path) -> list[pathlib.Path]:
    """Write pages of a form that cannot be cut into shards."""
    chance = random.Random(1)  # noqa: S311
    paths = []
    for size in (_FEW, _MANY):
        path = folder / f"{size}.jsonl.gz"
        with gzip.open(path, "wt", compresslevel=1) as file:
            for _ in range(200 * size):
                text = f"pmid: 7\n{chance.randbytes(100_000).hex()}\n"
                file.write(json.dumps({"text": text}) + "\n")
        paths.append(path)
    return paths


def _peaks(kind: str, first: pathlib.Path, path: pathlib.Path) -> tuple[int, int]:
    """Return the most bytes that Python and Arrow held while the second file was read."""
    command = [sys.executable, "-m", "benchmarks.memory", kind, str(first), str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    python, of_arrow = map(int, done.stdout.split())
    return python, of_arrow


def _report(path: str) -> None:
    from litrecord.report import report_html

    report_html(path)


def _write(path: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_parquet([path], pathlib.Path(folder, "out.parquet"))


_WORKS: dict[str, Callable[[str], Any]] = {"report": _report, "file": _write}


def main() -> None:
    """Print the peaks of one work, for `_peaks`."""
    kind, first, path = sys.argv[1:]
    work = _WORKS[kind]
    work(first)
    tracemalloc.start()
    work(path)
    print(tracemalloc.get_traced_memory()[1], pa.default_memory_pool().max_memory())


if __name__ == "__main__":
    main()
