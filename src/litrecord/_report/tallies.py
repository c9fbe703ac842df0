"""What is counted of a corpus: numbers in bins, and groups by name, each with a few examples.

Grammar of a tally::

    distribution = count-of-bin …           ; bins of fixed edges
    group        = count pages marked [ severity ] *3( example )

Nothing here grows with what is counted: names that files choose have groups of their own up to a
bound, and one together beyond it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

import attrs

from litrecord._characters import clean

OTHERS = "all others"
"""The name of the group of what came after the bound."""

_MOST_GROUPS = 500
_MOST_EXAMPLES = 3
_MOST_CHARACTERS = 400


@attrs.define
class Distribution:
    """How often a number was in each bin; a bin goes from its edge to the next one."""

    edges: tuple[int, ...]
    counts: list[int]
    number: int = 0
    total: int = 0
    greatest: int = 0

    @classmethod
    def of(cls, edges: Iterable[int]) -> Distribution:
        """Return one of nothing yet."""
        edges = tuple(edges)
        return cls(edges, [0] * len(edges))

    def add(self, value: int, times: int) -> None:
        """Count a number, one below the first edge in the first bin."""
        at = max(sum(edge <= value for edge in self.edges) - 1, 0)
        self.counts[at] += times
        self.number += times
        self.total += value * times
        self.greatest = max(self.greatest, value)

    def bins(self) -> list[tuple[str, int]]:
        """Return the name and the count of each bin up to the last that holds anything."""
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
    """Where something was, and what stood there."""

    place: str
    text: str

    @classmethod
    def of(cls, place: str, text: str) -> Example:
        """Return one whose text is bounded, and can be shown."""
        cut = text[:_MOST_CHARACTERS] + "…" * (len(text) > _MOST_CHARACTERS)
        return cls(place, clean(cut))


@attrs.define
class Group:
    """What has one name: a reason, a scheme, a code."""

    count: int = 0
    pages: int = 0
    marked: int = 0
    severity: str = ""
    examples: list[Example] = attrs.Factory(list)

    @property
    def has_room(self) -> bool:
        """Whether there are not enough examples."""
        return len(self.examples) < _MOST_EXAMPLES


class Groups(dict[str, Group]):
    """Groups by name, in the order they came; beyond the bound all are one."""

    def of(self, name: str) -> Group:
        """Return the group of a name."""
        name = clean(name[:_MOST_CHARACTERS])
        if name not in self and len(self) >= _MOST_GROUPS:
            name = OTHERS
        return self.setdefault(name, Group())

    def by_count(self) -> list[tuple[str, Group]]:
        """Return them, the largest first."""
        return sorted(self.items(), key=lambda item: -item[1].count)
