"""Parser of the command lines of litrecord and of litrecord report.

Grammar of a command line, which argparse alone does not read in order::

    line   = *( option / source ) [ "--" *source ]
    option = as argparse has it; what ends it is the next word
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from itertools import dropwhile, takewhile
from typing import NoReturn

from litrecord._cli.terminal import escaping

OVERWRITE = "name another, or give --overwrite"


def _is_source(word: str) -> bool:
    return word == "-" or not word.startswith("-")


class Parser(argparse.ArgumentParser):
    """A parser of options and sources that ends with exit code 2 even without standard error."""

    def __init__(self, command: str, description: str, epilog: str, source: str, help: str) -> None:  # noqa: A002
        super().__init__(
            prog=command,
            usage=f"{command} [OPTION ...] {source} ...",
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self._sources = self.add_argument("sources", nargs="*", metavar=source, help=help)

    def add_output(self, metavar: str, help: str) -> None:  # noqa: A002
        """Add the options that name a file to write."""
        self.add_argument("-o", "--output", metavar=metavar, help=help)
        self.add_argument("--overwrite", action="store_true", help="replace an existing output")

    def parse_in_order(self, words: list[str]) -> argparse.Namespace:
        """Parse a command line; the sources keep their order, also those that an option adds."""
        # The words behind sources are parsed again, since argparse changes the order of sources.
        self._sources.nargs = argparse.REMAINDER
        options = argparse.Namespace()
        sources: list[str] = []
        while True:
            options.added, options.sources = [], []
            self.parse_args(words, options)
            sources += options.added
            if options.sources[:1] in ([], ["--"]):
                break
            first, *rest = options.sources
            sources += [first, *takewhile(_is_source, rest)]
            words = [*dropwhile(_is_source, rest)]
        options.sources = sources + options.sources[1:]
        if not options.sources:
            self.error(f"the following arguments are required: {self._sources.metavar}")
        self._require_output(options)
        return options

    def _require_output(self, options: argparse.Namespace) -> None:
        if options.output is None:
            if sys.stdout is None:
                self.error("standard output is closed: redirect it, or give --output")
            return
        path = os.path.realpath(options.output)
        if path in map(os.path.realpath, options.sources):
            self.error(f"--output: {options.output!r} is one of the files to read: name another")
        if os.path.isfile(path) and not options.overwrite:
            self.error(f"--output: {options.output!r} exists: {OVERWRITE}")

    def error(self, message: str) -> NoReturn:
        """Print the usage and the error, as far as standard error accepts them."""
        # Some patch releases of Python 3.11 raise here, others ignore it.
        with contextlib.suppress(OSError):
            self.print_usage(sys.stderr)
            escaping(sys.stderr).write(f"{self.prog}: error: {message}\n")
        self.exit(2)
