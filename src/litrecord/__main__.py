"""Start of ``python -m litrecord`` and of the script litrecord."""

import sys

from litrecord._interrupts import end_at_once, raise_again


def command() -> int:
    """Run the command as a process; return its exit code."""
    end_at_once()
    from litrecord._cli.main import main

    raise_again()
    code = main()
    end_at_once()
    return code


if __name__ == "__main__":
    sys.exit(command())
