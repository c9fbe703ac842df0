"""``python -m litrecord``: the command."""

import sys

from litrecord._cli.main import main

if __name__ == "__main__":
    sys.exit(main())
