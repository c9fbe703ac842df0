"""Runs: successive items that are handled together, up to a size."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_Item = TypeVar("_Item")


def runs(
    items: Iterable[_Item], size_of: Callable[[_Item], int], most: int, count: int = sys.maxsize
) -> Iterator[list[_Item]]:
    """Yield successive items in lists: each ends with the item that makes it large.

    A list is large if the sum of its sizes is over *most*, or if it has *count* items.

    >>> list(runs([3, 4, 9, 1], int, 6)), list(runs("abc", len, 9, 2))
    ([[3, 4], [9], [1]], [['a', 'b'], ['c']])
    """
    run: list[_Item] = []
    size = 0
    for item in items:
        run.append(item)
        size += size_of(item)
        if size > most or len(run) == count:
            yield run
            run, size = [], 0
    if run:
        yield run
