"""``python -m litrecord FILE…``: the records of some pages as JSON lines."""

from __future__ import annotations

import argparse
import os
import pathlib
import sys

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
    status = 0
    try:
        for name in parser.parse_args(arguments).files:
            if not _print_record(name):
                status = _FAILED
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone, as in "… | head": nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _print_record(name: str) -> bool:
    try:
        record = litrecord.parse_record(sys.stdin.buffer if name == "-" else pathlib.Path(name))
    except litrecord.LitrecordError as error:
        print(f"litrecord: {error}", file=sys.stderr)
        return False
    # Bytes, since the encoding of standard output may not hold every character.
    sys.stdout.buffer.write(litrecord.to_json(record).encode() + b"\n")
    return True


if __name__ == "__main__":
    sys.exit(main())
