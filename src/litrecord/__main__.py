"""``python -m litrecord FILE…``: the records of some pages as JSON lines."""

from __future__ import annotations

import argparse
import os
import pathlib
import sys
from typing import Any

import litrecord

_FAILED = 2


def main(arguments: list[str] | None = None) -> int:
    """Print a line of JSON for each file; return 0, or 2 if a file could not be read.

    What was wrong with a file goes to standard error, and the others are still read.

    >>> main(["no/such/file.txt"])
    2
    """
    parser = argparse.ArgumentParser(
        prog="litrecord",
        description="Read the records that OpenAIRE EXPLORE pages print; write JSON lines.",
        epilog="example: python -m litrecord examples/*.txt",
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a page's text; - is standard input"
    )
    names = parser.parse_args(arguments).files
    try:
        read = [_print_record(name) for name in names]
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone, as in "… | head": nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"litrecord: cannot write: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    return 0 if all(read) else _FAILED


def _print_record(name: str) -> bool:
    try:
        # Standard input is None where the shell has closed it.
        source: Any = getattr(sys.stdin, "buffer", None) if name == "-" else pathlib.Path(name)
        line = litrecord.to_json(litrecord.parse_record(source))
    except litrecord.LitrecordError as error:
        where = "" if name in str(error) else f"{name}: "
        print(f"litrecord: {where}{error}", file=sys.stderr)
        return False
    # Bytes, since the encoding of standard output may not hold every character.
    sys.stdout.buffer.write(line.encode() + b"\n")
    return True


if __name__ == "__main__":
    sys.exit(main())
