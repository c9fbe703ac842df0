"""Entry point of the command ``litrecord``, which writes the records of pages in one of many forms.

Exit codes: 0, all was read; 1, a source could not be read, or the output not written; 2, the
command line is wrong; 130, it was interrupted.
"""

from __future__ import annotations

import sys

from litrecord._cli.options import options_of
from litrecord._cli.report import run_report
from litrecord._cli.run import run
from litrecord._cli.terminal import Terminal, discard
from litrecord._interrupts import EXIT_CODE, SAID

_FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code.

    arguments are the words after the command's name; the default is those of this process.

    >>> main(["no/such/page.txt"])
    1
    """
    words = sys.argv[1:] if arguments is None else arguments
    terminal = Terminal(sys.stderr)
    try:
        try:
            _do(words, terminal)
        finally:
            # For argparse too, which ignores errors of writing.
            terminal.flush()
            if sys.stdout is not None:
                sys.stdout.flush()
    except BrokenPipeError:
        # The reader has closed the pipe, as in "… | head": nothing more can be written.
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
    options = options_of(words)
    terminal.is_json = options.diagnostics == "json"
    run(options, terminal)
