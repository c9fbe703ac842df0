"""Handler of Ctrl-C while the command starts or ends: one line and an exit code, and no traceback.

While the command works, `_cli.main` handles Ctrl-C. This module is imported first, since imports
take most of the time before the work. If the package is not run as the command, nothing changes.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

EXIT_CODE = 130
SAID = "interrupted"
_SCRIPTS = ("litrecord", "litrecord.exe")
_MODULES = ("litrecord", "-mlitrecord")


def _is_command(words: list[str], all_words: list[str]) -> bool:
    """Return whether an interpreter was started for the command; *words* are from `sys.argv`."""
    if words[0] == "-m":  # until the module is found
        return all_words[-len(words)] in _MODULES
    return os.path.basename(words[0]) in _SCRIPTS


def _end(*_: object) -> None:
    with suppress(OSError):
        os.write(2, f"litrecord: {SAID}\n".encode())
    os._exit(EXIT_CODE)


def end_at_once() -> None:
    """Let an interrupt end the process, unless it is ignored or handled."""
    # Another thread cannot set a handler, and is not the command.
    with suppress(ValueError):
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _end)


def raise_again() -> None:
    """Let an interrupt raise KeyboardInterrupt, as it did before `end_at_once`."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


if sys.argv and _is_command(sys.argv, sys.orig_argv):
    end_at_once()
