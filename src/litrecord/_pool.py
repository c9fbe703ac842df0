"""Pool of worker processes that keeps the order of results and survives killed processes.

Every item of work is large (a shard, or some dozens of pages), so few items are pending at a time,
and reading ahead is bounded. A process that is killed, for example without memory, ends its pool.
Then each pending item is retried in a process of its own, so that only an item that kills
its process is lost.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from types import SimpleNamespace
from typing import Any, TypeVar

from litrecord.errors import InvalidValueError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# Not "fork": a process with threads, as Arrow starts them, may not be forked.
_SPAWN = multiprocessing.get_context("spawn")
_NONE_BEGAN = (
    "no other process could start. Each first reads the script, which must make this call"
    " below: if __name__ == '__main__':"
)
_AHEAD = 2
"""The number of items that wait for each process."""


def in_order(
    work: Callable[[_Item], _Result],
    items: Iterable[_Item],
    processes: int,
    lost: Callable[[_Item], _Result],
    prepare: Callable[[], object] | None = None,
) -> Iterator[_Result]:
    """Apply *work* to each item in a pool of processes, and give the results in order.

    *work*, the items and the results must be picklable. For an item that kills its process,
    lost(item) is given. Each process first calls *prepare*. With processes=1 everything runs in
    this process. Raises InvalidValueError if no process can start.
    """
    return map(work, items) if processes == 1 else _in_pool(work, items, processes, lost, prepare)


def _in_pool(
    work: Callable[[_Item], _Result],
    items: Iterable[_Item],
    processes: int,
    lost: Callable[[_Item], _Result],
    prepare: Callable[[], object] | None,
) -> Iterator[_Result]:
    more = iter(items)
    given: deque[_Item] = deque()
    futures: deque[Future[_Result]] = deque()
    pool = _pool(processes, prepare)
    try:
        while True:
            try:
                for item in islice(more, _AHEAD * processes - len(given)):
                    given.append(item)
                    futures.append(_submit(pool, work, item))
                if not given:
                    return
                result = futures.popleft().result()
            except BrokenProcessPool:
                pool.shutdown()
                yield from (alone(work, item, lost, prepare) for item in given)
                given.clear()
                futures.clear()
                pool = _pool(processes, prepare)
            else:
                given.popleft()
                yield result
    finally:
        pool.shutdown(cancel_futures=True)


def alone(
    work: Callable[[_Item], _Result],
    item: _Item,
    lost: Callable[[_Item], _Result],
    prepare: Callable[[], object] | None = None,
) -> _Result:
    """Apply *work* to an item in a process of its own; return lost(item) if it is killed."""
    with _pool(1, prepare) as pool:
        try:
            _submit(pool, int).result()
        except BrokenProcessPool:
            raise InvalidValueError(_NONE_BEGAN, path="processes") from None
        try:
            return _submit(pool, work, item).result()
        except BrokenProcessPool:
            return lost(item)


def _pool(processes: int, prepare: Callable[[], object] | None) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, _SPAWN, initializer=_begin, initargs=(prepare,))


def _begin(prepare: Callable[[], object] | None) -> None:
    """Prepare a process of the pool for its work."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None  # since this one was started by another
    parent.join()
    os._exit(1)


def prepare_for_parts() -> None:
    """Prepare a process of the pool for writing parts of Parquet, so that it starts fast.

    An interrupt from the terminal ends the process. This suits work that takes long and whose
    results are so small that each is written in one call. A process that ends within a result would
    leave its parent waiting for the rest.

    Arrow imports numpy when it is imported, and pandas for its first list, if they are installed.
    That takes as long as reading thousands of pages, and nothing here needs them.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _mask("SIG_UNBLOCK", {signal.SIGINT})
    finders: list[Any] = sys.meta_path
    finders.insert(0, SimpleNamespace(find_spec=_refuse))
    importlib.import_module("litrecord._bulk.part")
    importlib.import_module("pyarrow").array([None])
    del finders[0]


def _refuse(name: str, *_: object) -> None:
    if name.partition(".")[0] in ("dateutil", "numpy", "pandas"):
        raise ModuleNotFoundError(name)


def _submit(
    pool: ProcessPoolExecutor, work: Callable[..., _Result], *items: object
) -> Future[_Result]:
    """Submit work to a pool, which may start processes for it."""
    # A worker interrupted in its imports would print a traceback; within a result, it would leave
    # this process waiting. So it ignores interrupts of the terminal, and ends with this process.
    before = _mask("SIG_BLOCK", {signal.SIGINT})
    try:
        return pool.submit(work, *items)
    finally:
        _mask("SIG_SETMASK", before)


def _mask(how: str, signals: set[Any]) -> set[Any]:
    """Change which signals are blocked; return those blocked before. Does nothing on Windows."""
    can_wait = hasattr(signal, "pthread_sigmask")  # not on Windows
    return signal.pthread_sigmask(getattr(signal, how), signals) if can_wait else set()
