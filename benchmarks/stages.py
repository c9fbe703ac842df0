"""What the time of parse_record is spent on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import litrecord
from benchmarks.corpus import Page
from benchmarks.tables import table
from benchmarks.timing import best_times, over
from litrecord._reading.decoding import read_source
from litrecord._reading.pipeline import _READERS
from litrecord._scripts.scanner import find_scripts
from litrecord._text.segmenter import segment
from litrecord._text.segments import Segmentation
from litrecord.document import SectionKind
from litrecord.limits import DEFAULT_LIMITS

_Task = Callable[[], object]
_SCRIPTS = "scan for scripts"
_LINES = "lines to segments"
_WHOLE = "**parse_record of bytes**"
_READ = """Each stage by itself, with the output of the stages before it as its input. The times
are means over all pages, also those without such a part. `segment` looks for scripts first. This
is measured by itself and subtracted.

"The rest" has two parts: the calls between the stages, and the time that stages lose because
they share the caches of the processor. Best of {runs} passes."""


def report(pages: Sequence[Page], rounds: int, passes: int) -> str:
    """Return how to read the table of stages, and the table."""
    best = best_times(_tasks(pages), rounds, passes)
    best[_LINES] -= best[_SCRIPTS]
    whole = best.pop(_WHOLE)
    best |= {"the rest": whole - sum(best.values()), _WHOLE: whole}
    rows = [
        [name, f"{seconds / len(pages) * 1e6:.2f}", f"{seconds / whole:.0%}"]
        for name, seconds in best.items()
    ]
    text = _READ.format(runs=rounds * passes)
    return f"{text}\n\n{table(['stage', 'µs a page', 'share'], rows)}"


def _tasks(pages: Sequence[Page]) -> dict[str, _Task]:
    texts = [page.text for page in pages]
    scans = [segment(text, DEFAULT_LIMITS) for text in texts]
    return {
        "bytes to text": over(lambda page: read_source(page.data, None, DEFAULT_LIMITS), pages),
        _SCRIPTS: over(find_scripts, [text for text in texts if "<" in text]),
        _LINES: over(lambda text: segment(text, DEFAULT_LIMITS), texts),
        **_part_readers(scans),
        "values to a Record": over(
            lambda values: litrecord.Record(**values), [_values(scan) for scan in scans]
        ),
        _WHOLE: over(lambda page: litrecord.parse_record(page.data), pages),
    }


def _part_readers(scans: Sequence[Segmentation]) -> dict[str, _Task]:
    tasks: dict[str, _Task] = {}
    for kind, (field, _) in _READERS.items():
        with_part = [scan for scan in scans if kind in scan.by_kind]
        tasks[f"segments to {field}"] = over(partial(_read, kind), with_part)
    return tasks


def _read(kind: SectionKind, scan: Segmentation) -> object:
    return _READERS[kind][1](scan.by_kind[kind], scan.findings)


def _values(scan: Segmentation) -> dict[str, Any]:
    return {_READERS[kind][0]: _read(kind, scan) for kind in scan.by_kind}
