"""Main work of the command: reads the pages of all sources and writes their records."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from glob import glob
from itertools import islice

import attrs

from litrecord._bulk.stored_page import is_stored
from litrecord._cli.inputs import STANDARD_INPUT, pages_of
from litrecord._cli.outputs import PARQUET, is_folder, unwritten, writer_of
from litrecord._cli.terminal import Progress, Terminal, a_second
from litrecord._interrupts import SAID
from litrecord._reading.decoding import Source
from litrecord._reading.many import Named, Result, read_all
from litrecord.diagnostics import Severity
from litrecord.errors import LitrecordError
from litrecord.files import Summary, named_pages, write_dataset, write_parquet

_SEVERAL = 2


def run(options: argparse.Namespace, terminal: Terminal) -> None:
    """Write the records of a command line, and show what was wrong."""
    started = time.monotonic()
    write = _write_parquet if options.form == PARQUET else _write
    try:
        summary = write(options, terminal)
    except LitrecordError as error:  # for the work as a whole
        terminal.complain(str(error))
        return
    except OSError as error:
        if options.output is None:
            raise
        terminal.complain(unwritten(options.output, error))
        return
    except KeyboardInterrupt as interrupt:
        kept = "" if options.output is None else f"{SAID}: {_kept(options)}"
        raise KeyboardInterrupt(kept) from interrupt
    if options.output is not None:
        _tell(summary, time.monotonic() - started, terminal)
        if options.form == PARQUET and summary.refused:
            terminal.tell("the column 'error' has the reason of each refused page")


def _kept(options: argparse.Namespace) -> str:
    if options.form == PARQUET:
        folder = options.output if is_folder(options.output) else f"{options.output}.parts"
        parts = len(glob("part-*.parquet", root_dir=folder))
        return f"parts that are kept: {parts:,}; run the command again to go on"
    return f"{options.output!r} was not written"


def _tell(summary: Summary, seconds: float, terminal: Terminal) -> None:
    earlier = f", read by an earlier run: {summary.earlier:,}" if summary.earlier else ""
    terminal.tell(
        f"pages: {summary.pages:,}, of them refused: {summary.refused:,}{earlier},"
        f" in {seconds:,.1f} s: {a_second(summary, seconds)}"
    )
    if summary.skipped:
        kinds = sorted(summary.skipped.items(), key=lambda kind: -kind[1])
        shown = ", ".join(f"{count:,} {kind}" for kind, count in kinds)
        terminal.tell(f"records that are not pages: {shown}")


def _write_parquet(options: argparse.Namespace, terminal: Terminal) -> Summary:
    names = [name for name, _ in _sources(options, terminal)]
    for name in names:
        if not os.path.lexists(name):
            terminal.complain(f"cannot read {name!r}: No such file or directory")
    write = write_dataset if is_folder(options.output) else write_parquet
    with terminal.bar() as progress:
        return write(
            names,
            options.output,
            processes=options.processes,
            column=options.column,
            url_column=options.url_column,
            markup=options.markup,
            encoding=options.encoding,
            strict=options.strict,
            progress=progress,
        )


def _write(options: argparse.Namespace, terminal: Terminal) -> Summary:
    """Write records one after the other, as they are read."""
    with ExitStack() as stack:
        write = stack.enter_context(writer_of(options.form, options.output))
        progress = stack.enter_context(_bar(options, terminal))
        work = _Work(options, terminal, progress)
        for result in read_all(work.pages(), options.processes, options.bulk.page):
            work.count(result)
            if result.record is None:
                _refuse(result, terminal)
                continue
            write(result.name, result.record)
            for diagnostic in result.diagnostics if options.diagnostics else ():
                terminal.show(result.name, diagnostic)
    if not options.diagnostics:
        _tell_faults(work.faults, terminal)
    return work.summary


_FAULTS = {"error": "with an error", "no-record": "without a record"}


def _tell_faults(faults: Counter[str], terminal: Terminal) -> None:
    """Write how many pages have a fault that only diagnostics show, if any has."""
    counts = [
        f"{faults[fault]:,} page{'s' * (faults[fault] > 1)} {what}"
        for fault, what in _FAULTS.items()
        if faults[fault]
    ]
    if counts:
        shown = "it" if faults.total() == 1 else "them"
        terminal.tell(f"{', '.join(counts)}: --diagnostics shows {shown}")


def _fault_of(result: Result) -> str:
    """Return the kind of fault of a page that was read, as in `_FAULTS`, or ""."""
    if any(found.severity is Severity.ERROR for found in result.diagnostics):
        return "error"
    return "no-record" if any(found.code == "no-record" for found in result.diagnostics) else ""


def _refuse(result: Result, terminal: Terminal) -> None:
    error = result.error
    assert error is not None
    is_named = repr(result.name) in error.message
    said = f"{error}" if is_named else f"{result.name}: {error}"
    terminal.complain(said, result.name, error)


class _Work:
    """The pages of a run, and its progress."""

    def __init__(
        self, options: argparse.Namespace, terminal: Terminal, progress: Progress | None
    ) -> None:
        self._options = options
        self._terminal = terminal
        self._progress = progress
        self._begun = 0
        self._total = 0 if progress is None else sum(1 for _ in _sources(options, None))
        self.summary = Summary(0, 0)
        self.faults: Counter[str] = Counter()

    def pages(self) -> Iterator[Named | Result]:
        """Yield the pages of all sources; for one that cannot be opened, its Result."""
        for name, source in _sources(self._options, self._terminal):
            self._begun += 1
            if name == STANDARD_INPUT or not is_stored(name):
                yield Named(name, source, self._options.url)
                continue
            try:
                yield from named_pages(name, self._options.bulk)
            except LitrecordError as error:
                yield Result(name, None, (), error)

    def count(self, result: Result) -> None:
        """Count a page and its fault, and move the bar."""
        fault = "" if result.record is None else _fault_of(result)
        self.faults.update([fault] if fault else [])
        refused = self.summary.refused + (result.record is None)
        self.summary = attrs.evolve(self.summary, pages=self.summary.pages + 1, refused=refused)
        if self._progress is not None:
            self._progress(self._begun, self._total, self.summary)


def _bar(
    options: argparse.Namespace, terminal: Terminal
) -> AbstractContextManager[Progress | None]:
    """Return a bar for several sources, unless records are written to the same terminal."""
    is_mixed = options.output is None and sys.stdout.isatty()
    is_many = len([*islice(_sources(options, None), _SEVERAL)]) == _SEVERAL
    return terminal.bar() if options.output or (is_many and not is_mixed) else nullcontext()


def _sources(
    options: argparse.Namespace, terminal: Terminal | None
) -> Iterator[tuple[str, Source]]:
    """Yield the sources, except the files that the run itself writes into a folder of them."""
    output = os.path.realpath(options.output) if options.output else None
    complain = (lambda _: None) if terminal is None else terminal.complain
    for name, source in pages_of(options.sources, complain):
        if name in options.sources or not _is_of_output(os.path.realpath(name), output):
            yield name, source


def _is_of_output(path: str, output: str | None) -> bool:
    if output is None:
        return False
    return path == output or path.startswith((f"{output}{os.sep}", f"{output}.parts{os.sep}"))
