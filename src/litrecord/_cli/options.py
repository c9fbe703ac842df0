"""Options of ``litrecord``, and checks of their combinations."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, get_args

import litrecord
from litrecord._bulk.stored_page import SUFFIXES as STORED
from litrecord._bulk.stored_page import BulkOptions
from litrecord._cli.inputs import STANDARD_INPUT, SUFFIXES
from litrecord._cli.outputs import ENDINGS, FORMS, PARQUET, ending_like, form_of, is_folder
from litrecord._cli.parser import Parser
from litrecord._reading.options import CheckedOptions, Markup
from litrecord.errors import LitrecordError

_DESCRIPTION = "Read the records that OpenAIRE EXPLORE landing pages print."
_EPILOG = f"""\
A folder means all files below it that end in {", ".join(SUFFIXES)},
and for files of many pages: {", ".join(STORED)}.

examples:
  litrecord page.txt                          one record: to be read on a terminal, else JSON
  litrecord crawl/ > records.jsonl            a line for each page of a folder
  litrecord crawl/ -o rows.csv                a row for each, or .jsonl, .html, .txt, .parquet
  pbpaste | litrecord --diagnostics -         what was pasted, and what was wrong with it
  litrecord crawl.warc.gz -o records.parquet --processes 2
  litrecord crawl/ -o records/                a folder of Parquet files, which readers take for one
  litrecord --url 'https://explore.openaire.eu/search/publication?pid=...' page.txt
  litrecord report records.parquet            a page on a corpus, see litrecord report --help

exit codes:
  0    all was read, or its errors are rows of Parquet
  1    a source could not be read (it is named, and the others are read), or the output not written
  2    the command line is wrong
  130  it was interrupted
"""
_SHELLS = ("bash", "zsh", "fish")
_FORMS_OF_DIAGNOSTICS = ("text", "json")


class _Diagnostics(argparse.Action):
    """Store the form of diagnostics; any other word is the next source."""

    def __call__(
        self, _: object, options: argparse.Namespace, value: Any, __: str | None = None
    ) -> None:
        options.diagnostics = value if value in _FORMS_OF_DIAGNOSTICS else "text"
        if value not in (*_FORMS_OF_DIAGNOSTICS, None):
            options.added = [*options.added, value]


class _Completion(argparse.Action):
    """Print a script that completes the command in a shell, and end."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _: object,
        shell: str | Sequence[Any] | None,
        option: str | None = None,
    ) -> None:
        try:
            import shtab
        except ImportError:
            advice = "needs the package shtab: pip install 'litrecord[completion]'"
            parser.exit(1, f"litrecord: {option}: {advice}\n")
        for action in parser._actions:
            if action.metavar in ("SOURCE", "FILE"):
                action.complete = shtab.FILE  # type: ignore[attr-defined]
        print(shtab.complete(parser, str(shell)))
        parser.exit(0)


def options_of(words: list[str]) -> argparse.Namespace:
    """Return the options of a command line; end with exit code 2 if it is wrong."""
    parser = _parser()
    options = parser.parse_in_order(words)
    options.form = form_of(options.format, options.output)
    if options.form is None:
        found = f"{options.output!r}{ending_like(options.output)}"
        expected = f"expected a name that ends in {ENDINGS} or /, or --format"
        parser.error(f"--output: {expected}, found {found}")
    try:
        page = CheckedOptions(options.markup, options.encoding, options.strict)
    except LitrecordError as error:
        parser.error(f"--encoding: {error.message}")
    options.bulk = BulkOptions(options.column, options.url_column, page)
    if options.processes < 1:
        parser.error(f"--processes: expected a number from 1, found {options.processes}")
    if options.url is not None and (len(options.sources) > 1 or os.path.isdir(options.sources[0])):
        parser.error("--url is the address of one page: give one source")
    if STANDARD_INPUT in options.sources and sys.stdin is None:
        parser.error("standard input is closed: open it, or name a file")
    if options.form == PARQUET:
        _require_shards(options, parser)
    elif options.output is not None and is_folder(options.output):
        found = f"found the folder {options.output!r}"
        parser.error(f"--output: expected a file for {options.form}, {found}")
    return options


def _require_shards(options: argparse.Namespace, parser: Parser) -> None:
    if options.output is None:
        parser.error("--format: Parquet needs --output, the file to write")
    if STANDARD_INPUT in options.sources:
        parser.error("--output: Parquet cannot be written from standard input: name files")
    if is_folder(options.output) and options.overwrite:
        parser.error(
            "--overwrite: not allowed with a folder, which gets only the parts that it lacks:"
            " remove the folder, or this option"
        )
    for option in ("url", "diagnostics"):
        if getattr(options, option):
            parser.error(f"--{option}: not allowed with Parquet, where each page has its own")


def _parser() -> Parser:
    what = "a file, a folder, or - for standard input"
    parser = Parser("litrecord", _DESCRIPTION, _EPILOG, "SOURCE", what)
    add = parser.add_argument
    add("--input", action="append", dest="added", metavar="SOURCE", help="another source")
    add("--format", choices=FORMS, help="of the output (default: view on a terminal, else json)")
    forms = f"in the form of its name: {ENDINGS}"
    parser.add_output("FILE", f"a file to write, {forms}; FOLDER/ for many of Parquet")
    add("--processes", type=int, default=1, metavar="N", help="worker processes (default: 1)")
    add("--markup", choices=get_args(Markup), default="auto", help="of all sources (default: auto)")
    add("--encoding", help="of all sources (default: detected for each)")
    add("--column", default="text", help="column of pages in JSON Lines or Parquet (default: text)")
    add("--url-column", help="column of the pages' addresses in JSON Lines or Parquet")
    add("--url", help="address of the page, for one source: its identifier is added")
    add(
        "--strict",
        action="store_true",
        help="refuse a page that has a diagnostic of severity error",
    )
    add(
        "--diagnostics",
        action=_Diagnostics,
        nargs="?",
        metavar="text|json",
        help="show what was wrong, guessed or added, as text or as lines of JSON (default: text)",
    )
    add("--version", action="version", version=f"litrecord {litrecord.__version__}")
    add(
        "--print-completion",
        action=_Completion,
        choices=_SHELLS,
        help="print a script that completes this command in a shell",
    )
    return parser
