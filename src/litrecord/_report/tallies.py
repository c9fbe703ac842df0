"""Tallies of a corpus: numbers in bins, and groups by name, each with a few examples.

Grammar of a tally::

    distribution = count-of-bin …           ; bins of fixed edges
    group        = count pages marked [ severity ] *3( example )

The memory does not grow with the corpus: names from files have a group each up to a bound, and one
together beyond it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

import attrs

from litrecord._characters import clean

OTHERS = "all others"
"""The name of the group for all names after the bound."""

_MOST_GROUPS = 500
_MOST_EXAMPLES = 3
_MOST_CHARACTERS = 400


@attrs.define
class Distribution:
    """The number of values in each bin; a bin goes from its edge to the next one."""

    edges: tuple[int, ...]
    counts: list[int]
    number: int = 0
    total: int = 0
    greatest: int = 0

    @classmethod
    def of(cls, edges: Iterable[int]) -> Distribution:
        """Return an empty distribution."""
        edges = tuple(edges)
        return cls(edges, [0] * len(edges))

    def add(self, value: int, times: int) -> None:
        """Count a number; numbers below the first edge are in the first bin."""
        at = max(sum(edge <= value for edge in self.edges) - 1, 0)
        self.counts[at] += times
        self.number += times
        self.total += value * times
        self.greatest = max(self.greatest, value)

    def bins(self) -> list[tuple[str, int]]:
        """Return the name and the count of each bin up to the last one that is not empty."""
        used = max((at + 1 for at, count in enumerate(self.counts) if count), default=0)
        return [(self._name_of(at), count) for at, count in enumerate(self.counts[:used])]

    def middle(self) -> str:
        """Return the name of the bin that holds the median."""
        bins = self.bins()
        sums = accumulate(count for _, count in bins)
        return next(bins[at][0] for at, seen in enumerate(sums) if 2 * seen >= self.number)

    def _name_of(self, at: int) -> str:
        start = self.edges[at]
        if at + 1 == len(self.edges):
            return f"{start:,} and more"
        last = self.edges[at + 1] - 1
        return f"{start:,}" if last == start else f"{start:,}–{last:,}"


@attrs.frozen
class Example:
    """An example: its place, and its text."""

    place: str
    text: str

    @classmethod
    def of(cls, place: str, text: str) -> Example:
        """Return an example with a printable text of bounded length."""
        cut = text[:_MOST_CHARACTERS] + "…" * (len(text) > _MOST_CHARACTERS)
        return cls(place, clean(cut))


@attrs.define
class Group:
    """The counts and examples of one name: a reason, a scheme, a code."""

    count: int = 0
    pages: int = 0
    marked: int = 0
    severity: str = ""
    examples: list[Example] = attrs.Factory(list)

    @property
    def has_room(self) -> bool:
        """Whether more examples are needed."""
        return len(self.examples) < _MOST_EXAMPLES


class Groups(dict[str, Group]):
    """Groups by name, in the order of their first example; beyond the bound all are one."""

    def of(self, name: str) -> Group:
        """Return the group of a name."""
        name = clean(name[:_MOST_CHARACTERS])
        if name not in self and len(self) >= _MOST_GROUPS:
            name = OTHERS
        return self.setdefault(name, Group())

    def by_count(self) -> list[tuple[str, Group]]:
        """Return the groups, the largest first."""
        return sorted(self.items(), key=lambda item: -item[1].count)
