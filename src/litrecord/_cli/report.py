"""The command ``litrecord report``: a page on the records of Parquet files."""

from __future__ import annotations

import argparse
import sys

from litrecord._cli.outputs import unwritten, writing
from litrecord._cli.parser import Parser
from litrecord._cli.terminal import Terminal, escaped
from litrecord.errors import LitrecordError

_DESCRIPTION = "Show what the records in Parquet files hold, and lack, on one page of HTML."
_EPILOG = """\
The files have the columns of litrecord.arrow. Needs: pip install 'litrecord[report]'

example:
  litrecord report records.parquet -o report.html
"""


def run_report(words: list[str], terminal: Terminal) -> None:
    """Write the report for the words after "report"; complain if that fails."""
    options = _options(words)
    try:
        from litrecord.report import report_html
    except ImportError as error:
        advice = "pip install 'litrecord[report]'"
        terminal.complain(f"a report needs the package {error.name}: {advice}")
        return
    try:
        page = report_html(options.sources).encode()
    except LitrecordError as error:
        terminal.complain(str(error))
        return
    if options.output is None:
        sys.stdout.flush()
        is_shown = sys.stdout.isatty()
        sys.stdout.buffer.write(escaped(page.decode()).encode() if is_shown else page)
        return
    try:
        with writing(options.output) as file:
            file.write(page)
    except OSError as error:
        terminal.complain(unwritten(options.output, error))


def _options(words: list[str]) -> argparse.Namespace:
    what = "a Parquet file of records, or a folder of them"
    parser = Parser("litrecord report", _DESCRIPTION, _EPILOG, "FILE", what)
    parser.add_output("FILE", "file for the page (default: standard output)")
    return parser.parse_in_order(words)
