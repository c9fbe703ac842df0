"""A bounded memory of what pages repeat."""

from __future__ import annotations

from typing import TypeVar

_Kept = TypeVar("_Kept")


def remember(memory: dict[str, _Kept], key: str, value: _Kept, most: int) -> None:
    """Keep a value for a key; a memory that is full is emptied first.

    A memory is only ever asked, added to and emptied, each in one step: threads need no lock.

    >>> memory = {"a": 1}
    >>> remember(memory, "b", 2, most=1)
    >>> memory
    {'b': 2}
    """
    if len(memory) >= most:
        memory.clear()
    memory[key] = value
