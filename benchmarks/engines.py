"""How many pages a second the loop, Spark and Ray read on this machine, each one warm.

`python -m benchmarks.engines` needs the extras ray and spark, and some minutes. The page
docs/engines.md has its numbers; a change there is by hand, since no test has these packages.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
from engines.pages import write_pages

import litrecord
from litrecord import arrow
from litrecord import ray as on_ray
from litrecord import spark as on_spark

_KB = 1024


def seconds_of_loop(path: pathlib.Path) -> float:
    """Return how long `parse_record` takes for the pages of a file of Parquet, one by one."""
    started = time.perf_counter()
    for batch in pq.ParquetFile(path).iter_batches(1_000, columns=["text"]):
        for text in batch.column(0).to_pylist():
            litrecord.parse_record(text)
    return time.perf_counter() - started


def seconds_of_batches(path: pathlib.Path, rows: int = 1_000) -> float:
    """Return how long one process takes to make a file of records, a batch at a time."""
    with tempfile.TemporaryDirectory() as folder:
        target = pathlib.Path(folder, "records.parquet")
        started = time.perf_counter()
        source = pq.ParquetFile(path)
        schema = arrow.schema_of(source.schema_arrow)
        with pq.ParquetWriter(target, schema) as writer:
            for batch in source.iter_batches(rows):
                writer.write_batch(arrow.parse_batch(batch))
        return time.perf_counter() - started


def seconds_of_spark(path: pathlib.Path, workers: int = 2) -> float:
    """Return how long a warm Spark of some workers takes to make a folder of records."""
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
        return _second(run)
    finally:
        session.stop()


def seconds_of_ray(path: pathlib.Path, workers: int = 2) -> float:
    """Return how long a warm Ray of some workers takes to make a folder of records."""
    import ray

    ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False

    def run(target: str) -> None:
        on_ray.parse(ray.data.read_parquet(str(path))).write_parquet(target)

    try:
        return _second(run)
    finally:
        ray.shutdown()


def _partition(path: pathlib.Path, workers: int) -> int:
    """Return a size of partitions that gives every worker four of them."""
    return max(path.stat().st_size // (4 * workers), 1)


def _second(run: Callable[[str], None]) -> float:
    """Return how long the second of two runs takes: workers have started, modules are loaded."""
    took = 0.0
    for _ in range(2):
        folder = tempfile.mkdtemp()
        started = time.perf_counter()
        run(str(pathlib.Path(folder, "records")))
        took = time.perf_counter() - started
        shutil.rmtree(folder)
    return took


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
        tasks: dict[str, Callable[[], float]] = {
            "the loop, one process, records in memory": lambda: seconds_of_loop(path),
            "parse_batch, one process, to Parquet": lambda: seconds_of_batches(path),
            f"Spark, {workers} workers, to Parquet": lambda: seconds_of_spark(path, workers),
            f"Ray, {workers} workers, to Parquet": lambda: seconds_of_ray(path, workers),
        }
        for name, seconds in tasks.items():
            took = seconds()
            print(f"| {name} | {took:.1f} | {given.pages / took:,.0f} |", flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KB
    print(f"this process held {most:,.0f} MB at most")


if __name__ == "__main__":
    main()
