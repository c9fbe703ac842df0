"""Fuzz one target: `python -m fuzz.fuzz_litrecord TARGET [libFuzzer option]… [folder]…`.

The first argument is a target of `promises.TARGETS`, the rest is libFuzzer's. Only litrecord is
instrumented.
"""

from __future__ import annotations

import sys
from functools import partial

import atheris

with atheris.instrument_imports(include=["litrecord"]):
    from fuzz import promises


def main() -> None:
    """Fuzz the target that the command line names, until libFuzzer ends the process."""
    target = sys.argv[1] if len(sys.argv) > 1 else ""
    if target not in promises.TARGETS:
        raise SystemExit(f"name one target of {', '.join(promises.TARGETS)}")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], partial(promises.check, target))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
