"""How many pages a second the loop, Spark and Ray read on this machine, each one warm.

`python -m benchmarks.engines` needs the extras ray and spark, and some minutes. The page
docs/engines.md has its numbers; a change there is by hand, since no test has these packages.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pyarrow.parquet as pq
from engines.pages import write_pages

import litrecord
from litrecord import arrow
from litrecord import ray as on_ray
from litrecord import spark as on_spark
from litrecord.files import write_parquet

_PARTS = 4
"""How many parts of the file every worker is given."""


class Cost(NamedTuple):
    """What a task took: seconds of the clock, and seconds of processors in all of its processes.

    The second hardly changes where others use the machine as well.
    """

    seconds: float
    processor: float


def cost_of(run: Callable[[], object]) -> Cost:
    """Return what one call costs."""
    started, used = time.perf_counter(), _processor_seconds()
    run()
    return Cost(time.perf_counter() - started, _processor_seconds() - used)


def _processor_seconds() -> float:
    """Return what this process and all below it have used, of Linux's /proc/PID/stat."""
    parents, used = {}, {}
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        number = int(path.parent.name)
        parents[number] = int(fields[1])
        used[number] = sum(map(int, fields[11:15]))  # its own and of children that have ended
    ours = {os.getpid()}
    while below := {number for number, parent in parents.items() if parent in ours} - ours:
        ours |= below
    return sum(used[number] for number in ours) / os.sysconf("SC_CLK_TCK")


def cost_of_loop(path: pathlib.Path) -> Cost:
    """Return what `parse_record` takes for the pages of a file of Parquet, one by one."""

    def run() -> None:
        for batch in pq.ParquetFile(path).iter_batches(1_000, columns=["text"]):
            for text in batch.column(0).to_pylist():
                litrecord.parse_record(text)

    return cost_of(run)


def cost_of_batches(path: pathlib.Path, rows: int = 1_000) -> Cost:
    """Return what one process takes to make a file of records, a batch at a time."""

    def run(target: str) -> None:
        source = pq.ParquetFile(path)
        with pq.ParquetWriter(target, arrow.schema_of(source.schema_arrow)) as writer:
            for batch in source.iter_batches(rows):
                writer.write_batch(arrow.parse_batch(batch))

    return _warm(run)


def cost_of_processes(path: pathlib.Path, workers: int = 2) -> Cost:
    """Return what processes of our own take to make a file of records."""

    def run(target: str) -> None:
        write_parquet([path], target, processes=workers)

    return _warm(run)


def cost_of_spark(path: pathlib.Path, workers: int = 2) -> Cost:
    """Return what a warm Spark of some workers takes to make a folder of records."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session: Any = (
        SparkSession.builder.master(f"local[{workers}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
        .config("spark.sql.files.maxPartitionBytes", str(_partition(path, workers)))
        .getOrCreate()
    )

    def run(target: str) -> None:
        on_spark.parse(session.read.parquet(str(path))).write.parquet(target)

    try:
        return _warm(run)
    finally:
        session.stop()


def cost_of_ray(path: pathlib.Path, workers: int = 2) -> Cost:
    """Return what a warm Ray of some workers takes to make a folder of records."""
    import ray

    ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    if hasattr(context, "use_datasource_v2"):  # which starts processes for each file's footer
        context.use_datasource_v2 = False

    def run(target: str) -> None:
        pages = ray.data.read_parquet(str(path), override_num_blocks=_PARTS * workers)
        on_ray.parse(pages).write_parquet(target)

    try:
        return _warm(run)
    finally:
        ray.shutdown()


def _partition(path: pathlib.Path, workers: int) -> int:
    """Return how large such a part is, in bytes."""
    return max(path.stat().st_size // (_PARTS * workers), 1)


def _warm(run: Callable[[str], None]) -> Cost:
    """Return what the second of two runs takes: workers have started, modules are loaded."""
    costs = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            target = str(pathlib.Path(folder, "records"))
            costs.append(cost_of(partial(run, target)))
    return costs[1]


def main() -> None:
    """Print a row for each way."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "pages.parquet")
        write_pages(path, given.pages, whole=True)
        texts = pq.read_table(path, columns=["text"])["text"].to_pylist()
        size = sum(len(text.encode()) for text in texts)
        del texts
        print(f"{given.pages:,} pages of {size / given.pages:,.0f} bytes in the mean,", end=" ")
        print(f"{path.stat().st_size / 1e6:,.0f} MB of Parquet")
        workers: int = given.workers
        tasks: dict[str, Callable[[], Cost]] = {
            "the loop, one process, to no file": lambda: cost_of_loop(path),
            "parse_batch, one process, to Parquet": lambda: cost_of_batches(path),
            f"write_parquet, {workers} processes": lambda: cost_of_processes(path, workers),
            f"Spark, {workers} workers, to Parquet": lambda: cost_of_spark(path, workers),
            f"Ray, {workers} workers, to Parquet": lambda: cost_of_ray(path, workers),
        }
        print("| | seconds | pages a second | processor seconds | pages a processor second |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for name, cost in tasks.items():
            cells = [f"{cell:.1f} | {given.pages / cell:,.0f}" for cell in cost()]
            print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
