"""How many pages of a crawl are read a second, in which way; and how much memory a million takes.

`python -m benchmarks.crawl` takes some minutes, and `--million` half an hour; docs/engines.md has
its numbers. Needs the extra arrow.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa

import litrecord
from benchmarks import soup_script
from benchmarks.generated import generate
from benchmarks.tables import table
from litrecord import arrow
from litrecord.files import write_parquet

_KB = 1024
_ROWS = 1_000
_ROUNDS = 3
_SHARE_OF_SOUP = 20
"""BeautifulSoup is slow enough to be measured on one page of so many."""


def main() -> None:
    """Print the table of ways, or what a million pages take."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--million", action="store_true", help="memory of 1,000,000 pages instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = pathlib.Path(folder, "crawl.jsonl")
        if options.million:
            _write_lines(lines, 1_000_000)
            _show_memory(lines)
        else:
            _write_lines(lines, options.pages)
            print(_compare(lines, options.pages))


def _write_lines(path: pathlib.Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for page in generate(count):
            file.write(json.dumps({"text": page}) + "\n")


def _compare(lines: pathlib.Path, count: int) -> str:
    with lines.open(encoding="utf-8") as file:
        pages = [json.loads(line)["text"] for line in file]
    batches = [pa.record_batch({"text": pages[at : at + _ROWS]}) for at in range(0, count, _ROWS)]
    ways: dict[str, Callable[[], object]] = {
        "loop of parse_record": lambda: _run(map(litrecord.parse_record, pages)),
        "iter_results": lambda: _run(litrecord.iter_results(pages)),
        "arrow.parse_batch": lambda: _run(map(arrow.parse_batch, batches)),
        "loop over JSON Lines": lambda: _run(_read_lines(lines)),
        "write_parquet, one process": lambda: _write(lines, 1),
        "write_parquet, two processes": lambda: _write(lines, 2),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(_ROUNDS):
        for name, run in ways.items():
            best[name] = min(best[name], _seconds(run))
    few = pages[::_SHARE_OF_SOUP]
    best["loop of the BeautifulSoup script"] = _seconds(
        lambda: _run(map(soup_script.read, few))
    ) * count / len(few)  # fmt: skip
    loop = best["loop of parse_record"]
    rows = [
        [name, f"{took / count * 1e6:.1f}", f"{count / took:,.0f}", f"{loop / took:.2f}"]
        for name, took in best.items()
    ]
    return table(["way", "µs a page", "pages a second", "rate to the loop's"], rows)


def _run(results: Iterable[object]) -> None:
    for _ in results:
        pass


def _read_lines(path: pathlib.Path) -> Iterator[litrecord.Record]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield litrecord.parse_record(json.loads(line)["text"])


def _write(lines: pathlib.Path, processes: int) -> None:
    write_parquet([lines], lines.with_suffix(".parquet"), processes=processes)


def _seconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def _show_memory(lines: pathlib.Path) -> None:
    took = _seconds(lambda: _write(lines, 2))
    for who, name in (
        (resource.RUSAGE_SELF, "this process"),
        (resource.RUSAGE_CHILDREN, "a worker"),
    ):
        most = resource.getrusage(who).ru_maxrss / _KB
        print(f"{name}: at most {most:,.0f} MB")
    print(f"{took:,.0f} s for {lines.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
