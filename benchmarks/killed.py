"""The run that `benchmarks.kills` kills: the pages beside an output, in some processes."""

from __future__ import annotations

import pathlib
import sys

import pyarrow as pa

from litrecord._bulk import shards
from litrecord.files import write_dataset, write_parquet

_SHARD = 40_000
"""How large a shard is, in bytes, so that a short run has many."""


def main() -> None:
    """Write the output."""
    name, processes = sys.argv[1:]
    output = pathlib.Path(name)
    pages = [*sorted(output.parent.glob("*.jsonl*")), *sorted(output.parent.glob("c/*"))]
    shards._SMALLEST_SHARD = _SHARD
    write = write_parquet if output.suffix else write_dataset
    pa.array([None])  # which loads pandas
    print("begun", flush=True)
    write(pages, output, processes=int(processes))


if __name__ == "__main__":
    main()
