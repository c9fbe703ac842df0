"""The command ``litrecord report``: a page on the records of Parquet files."""

from __future__ import annotations

import argparse
import os
import sys

from litrecord._atomic import replacing
from litrecord._cli.terminal import Parser, Terminal, escaped
from litrecord.errors import LitrecordError

_DESCRIPTION = "Show what the records in Parquet files hold, and lack, on one page of HTML."
_EPILOG = """\
The files have the columns of litrecord.arrow. Needs: pip install 'litrecord[report]'

example:
  litrecord report records.parquet --output report.html
"""


def run_report(words: list[str], terminal: Terminal) -> None:
    """Write the report that the words behind "report" ask for; complain if it cannot be made."""
    options = _options(words)
    try:
        from litrecord.report import report_html
    except ImportError as error:
        advice = "pip install 'litrecord[report]'"
        terminal.complain(f"a report needs the package {error.name}: {advice}")
        return
    try:
        page = report_html(options.files).encode()
    except LitrecordError as error:
        terminal.complain(str(error))
        return
    if options.output is None:
        sys.stdout.flush()
        is_shown = sys.stdout.isatty()
        sys.stdout.buffer.write(escaped(page.decode()).encode() if is_shown else page)
        return
    try:
        _write(options.output, page)
    except OSError as error:
        terminal.complain(f"cannot write {options.output!r}: {error.strerror}")


def _options(words: list[str]) -> argparse.Namespace:
    parser = Parser(
        prog="litrecord report",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a Parquet file of records")
    parser.add_argument("--output", metavar="FILE", help="of the page (default: standard output)")
    options = parser.parse_intermixed_args(words)
    if options.output is not None and os.path.realpath(options.output) in map(
        os.path.realpath, options.files
    ):
        parser.error("--output: is one of the files to read: name another")
    if options.output is None and sys.stdout is None:
        parser.error("standard output is closed: send it somewhere, or give --output")
    return options


def _write(path: str, page: bytes) -> None:
    """Write a file, which is whole or as it was, or into a pipe."""
    path = os.path.realpath(path)
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as pipe:
            pipe.write(page)
        return
    with replacing(path) as file:
        file.write(page)
