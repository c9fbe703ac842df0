"""Runs that are killed at a random moment, and started again: no row may be lost or doubled.

`python -m benchmarks.kills` makes 200 trials in a quarter of an hour. In each a run is killed, with
all its processes or without, up to three times, and then started again until it ends.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import pyarrow.parquet as pq

from benchmarks.corpus import ROOT

_LINES = 4_000
_FILES = 100
_MOST_KILLS = 3
_SECONDS = 1.5
"""After how long a run is killed at most: it takes about as long."""


def main() -> int:
    """Make the trials; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311
    kills = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        expected = _write_pages(folder)
        for trial in range(options.trials):
            output = folder / (f"out-{trial}" if trial % 2 else f"out-{trial}.parquet")
            kills += _killed(output, chance)
            if _rows_of(output) != expected:
                print(f"trial {trial} of seed {options.seed}: rows are lost or doubled")
                return 1
    print(f"{options.trials} runs, killed {kills} times: no row is lost or doubled")
    return 0


def _write_pages(folder: pathlib.Path) -> list[tuple[str, int, str]]:
    """Write pages in files of each kind; return the file, the number and the PMID of each."""
    pages = [f"pmid: {at}\nOld maps err.\n" for at in range(1, _LINES + 1)]
    lines = "".join(json.dumps({"text": page}) + "\n" for page in pages)
    (folder / "a.jsonl").write_text(lines)
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    expected = [
        (name, at, str(at + 1)) for name in ("a.jsonl", "b.jsonl.gz") for at in range(_LINES)
    ]
    (folder / "c").mkdir()
    for at in range(_FILES):
        (folder / "c" / f"{at:03}.txt").write_text(pages[at])
        expected.append((f"c/{at:03}.txt", 0, str(at + 1)))
    return expected


def _killed(output: pathlib.Path, chance: random.Random) -> int:
    """Write an output with some kills; return how often the run was killed."""
    kills = 0
    for _ in range(chance.randint(1, _MOST_KILLS)):
        with _started(output, chance) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.uniform(0, _SECONDS))
            if process.poll() is None:
                kills += 1
                kill = chance.choice((os.kill, os.killpg))
                kill(process.pid, signal.SIGKILL)
        if process.returncode == 0:
            return kills
    with _started(output, chance) as process:
        process.communicate()
    assert process.returncode == 0, "it does not go on"
    return kills


def _started(output: pathlib.Path, chance: random.Random) -> subprocess.Popen[bytes]:
    words = [str(output), str(chance.randint(1, 2))]
    command = [sys.executable, "-m", "benchmarks.killed", *words]
    return subprocess.Popen(  # noqa: S603
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def _rows_of(output: pathlib.Path) -> list[tuple[str, int, str]]:
    table = pq.read_table(output, columns=["source", "record", "identifiers"])
    return [
        (
            os.path.relpath(row["source"], output.parent),
            row["record"],
            row["identifiers"][0]["value"],
        )
        for row in table.to_pylist()
    ]


if __name__ == "__main__":
    sys.exit(main())
