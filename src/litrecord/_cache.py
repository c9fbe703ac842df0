"""Bounded cache of values that pages repeat."""

from __future__ import annotations

from typing import TypeVar

_Kept = TypeVar("_Kept")


def remember(memory: dict[str, _Kept], key: str, value: _Kept, most: int) -> None:
    """Store a value for a key; a full cache is emptied first.

    Each operation on a cache is one step of the interpreter, so threads need no lock.

    >>> memory = {"a": 1}
    >>> remember(memory, "b", 2, most=1)
    >>> memory
    {'b': 2}
    """
    if len(memory) >= most:
        memory.clear()
    memory[key] = value
