"""The elements that are open, and what is to be done where some of them end."""

from __future__ import annotations

from collections.abc import Callable

End = Callable[[], None]


class OpenElements:
    """A stack of those elements of which the end matters, and the depth of all."""

    def __init__(self) -> None:
        self._depth = 0
        self._open: list[tuple[int, End]] = []
        self._ends_at = 0
        """The depth of the innermost element whose end matters."""
        self._unbelieved = 0
        """How many elements are open in which an article of our own is not believed."""

    def _push(self, end: End) -> None:
        """Remember what is to be done at the end of the element that begins."""
        self._open.append((self._depth, end))
        self._ends_at = self._depth

    def _end_innermost(self) -> None:
        _, end = self._open.pop()
        self._ends_at = self._open[-1][0] if self._open else 0
        end()

    def _begin_unbelieved(self) -> None:
        """Begin what may hold an article of litrecord's own that nobody sees as one."""
        self._unbelieved += 1
        self._push(self._end_unbelieved)

    def _end_unbelieved(self) -> None:
        self._unbelieved -= 1

    def _end_all(self) -> None:
        while self._open:
            self._end_innermost()
