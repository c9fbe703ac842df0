"""The command ``litrecord``: the records of pages as JSON lines, page text, or rows of CSV.

Exit codes: 0, all was read; 1, a source could not be read, or the output not written; 2, the
command line is wrong; 130, it was interrupted.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import NoReturn, TextIO

import litrecord
from litrecord._bulk.stored_page import SUFFIXES as STORED
from litrecord._bulk.stored_page import is_stored
from litrecord._cli.inputs import STANDARD_INPUT, SUFFIXES, pages_of
from litrecord._cli.report import run_report
from litrecord._cli.terminal import Output, Parser, Terminal, discard, escaping
from litrecord._interrupts import EXIT_CODE, SAID
from litrecord._reading.decoding import Source
from litrecord._reading.many import Result, read_result
from litrecord._reading.options import CheckedOptions
from litrecord.errors import LitrecordError, SourceError
from litrecord.files import Summary, iter_file, write_parquet
from litrecord.model import Record

_FAILED = 1

_DESCRIPTION = "Read the records that OpenAIRE EXPLORE landing pages print."
_EPILOG = f"""\
A folder stands for all files below it that end in {", ".join(SUFFIXES)},
and for files of many pages: {", ".join(STORED)}.

examples:
  litrecord page.txt                          one record, as a line of JSON
  litrecord crawl/ > records.jsonl            a line for each page of a folder
  litrecord --format row-csv crawl/ > rows.csv
  pbpaste | litrecord --diagnostics -         what was pasted, and what was wrong with it
  litrecord --input crawl.warc.gz --output records.parquet --processes 2
  litrecord --url 'https://explore.openaire.eu/search/publication?pid=...' page.txt
  litrecord report records.parquet            a page on a corpus, see litrecord report --help

exit codes:
  0  all was read
  1  a source could not be read (it is named, and the others are read), or the output not written
  2  the command line is wrong
"""

Writer = Callable[[str, Record], object]
"""Writes the record of the source of that name."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code.

    arguments are the words after the command's name, by default those of this process.

    >>> main(["no/such/page.txt"])
    1
    """
    words = sys.argv[1:] if arguments is None else arguments
    terminal = Terminal(sys.stderr)
    try:
        try:
            _do(words, terminal)
        finally:
            # Of argparse too, which ignores that it could not write.
            terminal.flush()
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone, as in "… | head": nothing more can be said there.
        discard(sys.stdout)
    except OSError as error:
        terminal.complain(f"cannot write: {error.strerror}")
        discard(sys.stdout)
    except KeyboardInterrupt as interrupt:
        terminal.tell(str(interrupt) or SAID)
        return EXIT_CODE
    return _FAILED if terminal.failures else 0


def _do(words: list[str], terminal: Terminal) -> None:
    if words[:1] == ["report"]:
        run_report(words[1:], terminal)
        return
    options = _options(words)
    if options.output is None:
        _run(options, terminal)
    else:
        _write(options, terminal)


def _run(options: argparse.Namespace, terminal: Terminal) -> None:
    _set_form(sys.stdout)
    write = _WRITERS[options.format](escaping(sys.stdout))
    pages = pages_of(options.sources, terminal.complain)
    for name, source in terminal.track(pages, lambda: _count(options.sources)):
        for result in _results_of(name, source, options):
            if result.record is None:
                is_named = isinstance(result.error, SourceError) and repr(name) in str(result.error)
                terminal.complain(f"{'' if is_named else f'{result.name}: '}{result.error}")
                continue
            write(result.name, result.record)
            for diagnostic in result.diagnostics if options.diagnostics else ():
                terminal.show(result.name, diagnostic)


def _results_of(name: str, source: Source, options: argparse.Namespace) -> Iterator[Result]:
    if name == STANDARD_INPUT or not is_stored(name):
        yield read_result(name, source, options.url, CheckedOptions(strict=options.strict))
        return
    try:
        yield from iter_file(
            name, column=options.column, url_column=options.url_column, strict=options.strict
        )
    except LitrecordError as error:
        yield Result(name, None, (), error)


def _write(options: argparse.Namespace, terminal: Terminal) -> None:
    """Write the records of all files into one of Parquet, and say how many there were."""
    started = time.monotonic()
    own = os.path.realpath(options.output)
    names = [
        name
        for name, _ in pages_of(options.sources, terminal.complain)
        if name in options.sources or not _is_of_output(os.path.realpath(name), own)
    ]
    try:
        with terminal.bar() as progress:
            summary = write_parquet(
                names,
                options.output,
                processes=options.processes,
                column=options.column,
                url_column=options.url_column,
                strict=options.strict,
                progress=progress,
            )
    except LitrecordError as error:
        terminal.complain(str(error))
        return
    except OSError as error:
        terminal.complain(f"cannot write {options.output!r}: {error.strerror}")
        return
    except KeyboardInterrupt as interrupt:
        kept = "what is done is kept, and the same command goes on there"
        raise KeyboardInterrupt(f"{SAID}: {kept}") from interrupt
    _tell(summary, max(time.monotonic() - started, 0.001), terminal)


def _tell(summary: Summary, seconds: float, terminal: Terminal) -> None:
    terminal.tell(
        f"pages: {summary.pages:,}, of them refused: {summary.refused:,}, in {seconds:,.1f} s:"
        f" {summary.pages / seconds:,.0f} a second"
    )
    if summary.skipped:
        kinds = sorted(summary.skipped.items(), key=lambda kind: -kind[1])
        terminal.tell("no pages: " + ", ".join(f"{count:,} {kind}" for kind, count in kinds))


def _is_of_output(path: str, output: str) -> bool:
    return path == output or path.startswith(f"{output}.parts{os.sep}")


def _count(words: list[str]) -> int:
    # A walk of its own, since a list of all names would grow with the crawl.
    return sum(1 for _ in pages_of(words, lambda _: None))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(
        prog="litrecord",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("sources", nargs="*", metavar="SOURCE", help="a file, a folder, or - for standard input")
    add("--input", action="append", default=[], metavar="SOURCE", help="another such source")
    add("--format", choices=_WRITERS, default="json", help="of the output (default: json, a line)")
    add("--output", metavar="FILE.parquet", help="write all records into one Parquet file")
    add("--processes", type=int, default=1, metavar="N", help="how many read, with --output")
    add("--column", default="text", help="of JSON Lines or Parquet: what holds the page (text)")
    add("--url-column", help="of JSON Lines or Parquet: what holds the page's address")
    add("--url", help="the page's address: what it names is added; for one source")
    add("--strict", action="store_true", help="refuse a source if any of its text became no value")
    add("--diagnostics", action="store_true", help="show what was wrong, guessed or added")
    add("--version", action="version", version=f"litrecord {litrecord.__version__}")
    options = parser.parse_intermixed_args(arguments)
    options.sources += options.input
    if not options.sources:
        parser.error("the following arguments are required: SOURCE")
    _require_output(options, parser.error)
    if options.url is not None and (len(options.sources) > 1 or os.path.isdir(options.sources[0])):
        parser.error("--url is the address of one page: give one source")
    if STANDARD_INPUT in options.sources and sys.stdin is None:
        parser.error("standard input is closed: give it, or name a file")
    if sys.stdout is None:
        parser.error("standard output is closed: send it somewhere")
    return options


def _require_output(options: argparse.Namespace, refuse: Callable[[str], NoReturn]) -> None:
    if options.processes < 1:
        refuse("--processes: expected a count from 1")
    if options.output is None:
        if options.processes > 1:
            refuse("--processes: needs --output, the Parquet file to write")
        return
    if not options.output.lower().endswith(".parquet"):
        refuse("--output: expected the name of a file that ends in .parquet")
    if STANDARD_INPUT in options.sources:
        refuse("--output: standard input cannot be cut into shards: name files")
    if options.format != "json":
        refuse("--format: not with --output, which is Parquet")
    for option in ("url", "diagnostics"):
        if getattr(options, option):
            refuse(f"--{option}: not with --output, where each page has its own")


def _json_writer(out: Output) -> Writer:
    def write(name: str, record: Record) -> None:
        members = litrecord.to_dict(record)
        version = members.pop("version")
        line = json.dumps({"version": version, "source": name, **members}, ensure_ascii=False)
        out.write(line + "\n")

    return write


def _text_writer(out: Output) -> Writer:
    return lambda _, record: out.write(litrecord.to_text(record) + "\n\n")


def _row_writer(out: Output) -> Writer:
    columns = ["source", *litrecord.to_row(Record())]
    rows = csv.DictWriter(out, columns, lineterminator="\n")
    rows.writeheader()
    return lambda name, record: rows.writerow({"source": name} | litrecord.to_row(record))


_WRITERS = {"json": _json_writer, "text": _text_writer, "row-csv": _row_writer}


def _set_form(out: TextIO) -> None:
    """Write UTF-8 wherever this runs, and a file name that is none as JSON escapes it."""
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
