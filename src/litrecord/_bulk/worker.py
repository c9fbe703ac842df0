"""What a process of a pool does before it writes parts, so that it starts soon.

This module loads no Arrow, since it is loaded before it can say how.
"""

from __future__ import annotations

import importlib
import sys
from types import SimpleNamespace
from typing import Any

from litrecord._pool import end_when_interrupted

_UNUSED = frozenset({"numpy", "pandas"})


def prepare() -> None:
    """Prepare a process of a pool for writing parts.

    Arrow loads numpy when it is imported, and pandas for the first list that it is given, if it
    can. That takes as long as thousands of pages, and nothing here is of theirs.
    """
    end_when_interrupted()
    finders: list[Any] = sys.meta_path
    finders.insert(0, SimpleNamespace(find_spec=_refuse))
    importlib.import_module("litrecord._bulk.part")
    importlib.import_module("pyarrow").array([None])
    del finders[0]


def _refuse(name: str, *_: object) -> None:
    if name.partition(".")[0] in _UNUSED:
        raise ModuleNotFoundError(name)
