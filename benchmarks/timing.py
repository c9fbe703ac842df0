"""How long tasks take, one beside the other."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

_MOST_SECONDS = 8.0
"""How long all rounds take at most, roughly: a slow machine makes fewer of them."""
_Task = TypeVar("_Task")
_Item = TypeVar("_Item")


def best_times(
    tasks: Mapping[_Task, Callable[[], object]],
    rounds: int,
    passes: int,
    most: float = _MOST_SECONDS,
) -> dict[_Task, float]:
    """Return the seconds of each task's best pass, from rounds that begin within so many seconds.

    In each round every task is run several times, so that a slow spell of the machine falls
    on all of them; the garbage collector stays on, as it is where such tasks are run.
    """
    best = dict.fromkeys(tasks, float("inf"))
    begun = time.perf_counter()
    for _ in range(rounds):
        if time.perf_counter() - begun > most:
            break
        for name, run in tasks.items():
            for _ in range(passes):
                started = time.perf_counter()
                run()
                best[name] = min(best[name], time.perf_counter() - started)
    return best


def exponent(sizes: Iterable[float], seconds: Iterable[float]) -> float:
    """Return the slope of log time on log size: 1 if time grows as size does, 2 as its square."""
    logs = [[math.log(value) for value in values] for values in (sizes, seconds)]
    return statistics.linear_regression(*logs).slope


def over(call: Callable[[_Item], object], items: Iterable[_Item]) -> Callable[[], None]:
    """Return the task of calling something on each of some items."""
    kept = tuple(items)

    def run() -> None:
        for item in kept:
            call(item)

    return run
