"""Stack of the open elements, with the actions at the end of some of them."""

from __future__ import annotations

from collections.abc import Callable

End = Callable[[], None]


class OpenElements:
    """A stack of the elements with an action at their end, and the depth of all."""

    def __init__(self) -> None:
        self._depth = 0
        self._open: list[tuple[int, End]] = []
        self._ends_at = 0
        """The depth of the innermost element with an action at its end."""
        self._unbelieved = 0
        """The number of open elements in which litrecord's own article is not trusted."""

    def _push(self, end: End) -> None:
        """Store the action at the end of the element that begins."""
        self._open.append((self._depth, end))
        self._ends_at = self._depth

    def _end_innermost(self) -> None:
        _, end = self._open.pop()
        self._ends_at = self._open[-1][0] if self._open else 0
        end()

    def _begin_unbelieved(self) -> None:
        """Begin an element in which litrecord's own article would be invisible."""
        self._unbelieved += 1
        self._push(self._end_unbelieved)

    def _end_unbelieved(self) -> None:
        self._unbelieved -= 1

    def _end_all(self) -> None:
        while self._open:
            self._end_innermost()
