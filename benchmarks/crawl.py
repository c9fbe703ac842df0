"""How many pages of a crawl are read a second, in which way; and how much memory a million takes.

`python -m benchmarks.crawl` takes four minutes, and `--million` two. docs/files.md has what they
print. Needs the extra arrow.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import pathlib
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

import litrecord
from benchmarks.generated import generate
from benchmarks.tables import table
from litrecord._pool import alone, prepare_for_parts
from litrecord.files import write_dataset, write_parquet

_KB = 1024
_ROWS = 1_000
_CHUNK = 32
_ROUNDS = 3


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
    took = _best(_rounds_in_memory(lines, count)) | _best(_rounds_of_files(lines))
    took |= _soup_round(lines)
    loop = took["loop of parse_record"]
    rows = [
        [name, f"{seconds / count * 1e6:.1f}", f"{count / seconds:,.0f}", f"{loop / seconds:.2f}"]
        for name, seconds in took.items()
    ]
    heads = ["way", "µs a page", "pages a second", "rate to the first way's"]
    times = took["write_dataset, one process"] / took["write_dataset, two processes"]
    start = min(_seconds(lambda: alone(abs, 1, abs, prepare_for_parts)) for _ in range(_ROUNDS))
    said = f"Two processes write {times:.2f} times as fast as one. One starts in {start:.2f} s."
    return f"{table(heads, rows)}\n\n{said}"


_Round = dict[str, float]
"""How many seconds each way took."""


def _best(rounds: Iterable[_Round]) -> _Round:
    """Return the round that took the least time, so that its ways are of the same minute."""
    return min(rounds, key=lambda took: sum(took.values()))


def _rounds_in_memory(lines: pathlib.Path, count: int) -> Iterator[_Round]:
    """Measure the ways that are given pages, in turns of a thousand: none has a slow minute."""
    # Not above, as in `_soup_round`: each process that is started loads this module first.
    import pyarrow as pa

    from litrecord import arrow

    pages = list(_texts(lines))
    ways: dict[str, Callable[[list[str], pa.RecordBatch], object]] = {
        "loop of parse_record": lambda some, _: _run(map(litrecord.parse_record, some)),
        "iter_results": lambda some, _: _run(litrecord.iter_results(some)),
        "arrow.parse_batch": lambda _, batch: arrow.parse_batch(batch),
    }
    for _ in range(_ROUNDS):
        took = dict.fromkeys(ways, 0.0)
        for at in range(0, count, _ROWS):
            some = pages[at : at + _ROWS]
            batch = pa.record_batch({"text": some})
            for name, run in ways.items():
                took[name] += _seconds(partial(run, some, batch))
        yield took


def _rounds_of_files(lines: pathlib.Path) -> Iterator[_Round]:
    ways: dict[str, Callable[[], object]] = {
        "loop of parse_record over JSON Lines": lambda: _run(
            map(litrecord.parse_record, _texts(lines))
        ),
        "write_dataset, one process": lambda: _write_folder(lines, 1),
        "write_dataset, two processes": lambda: _write_folder(lines, 2),
        "write_parquet, one process": lambda: _write(lines, 1),
        "write_parquet, two processes": lambda: _write(lines, 2),
    }
    for _ in range(_ROUNDS):
        yield {name: _seconds(run) for name, run in ways.items()}


def _soup_round(lines: pathlib.Path) -> _Round:
    """Measure what a user would write: a loop, and a pool whose rows pyarrow writes."""
    from benchmarks import soup_script

    ways: dict[str, Callable[[], object]] = {
        "loop of the BeautifulSoup script": lambda: _run(map(soup_script.read, _texts(lines))),
        "BeautifulSoup script, imap_unordered of two": lambda: _write_by_script(lines),
    }
    return {name: _seconds(run) for name, run in ways.items()}


def _write_by_script(lines: pathlib.Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from benchmarks import soup_script

    text = pa.string()
    texts = pa.list_(text)
    kinds = {"identifiers": pa.list_(texts), "keywords": texts, "indicators": pa.list_(texts)}
    names = ("widget", "title", "abstract")
    schema = pa.schema({**dict.fromkeys(names, text), "authors": texts, **kinds})
    target = lines.with_suffix(".parquet")
    with multiprocessing.Pool(2) as pool, pq.ParquetWriter(target, schema) as writer:
        rows = pool.imap_unordered(soup_script.read, _texts(lines), chunksize=_CHUNK)
        while some := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(some, schema))


def _run(results: Iterable[object]) -> None:
    for _ in results:
        pass


def _texts(path: pathlib.Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]


def _loop(lines: pathlib.Path) -> None:
    _run(map(litrecord.parse_record, _texts(lines)))


def _write(lines: pathlib.Path, processes: int) -> None:
    write_parquet([lines], lines.with_suffix(".parquet"), processes=processes)


def _write_folder(lines: pathlib.Path, processes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_dataset([lines], folder, processes=processes)


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
