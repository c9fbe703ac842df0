"""The order in which the portal prints subjects, used to decide between two readings of a line.

Subjects reach the page in the order of a Java HashMap whose keys are "keyword" and the
term (measured on pages of 2022 to 2025; nowhere documented, so it only breaks ties)::

    hash    = s[0] * 31^(n-1) + … + s[n-1], modulo 2^32, over UTF-16 code units
    bucket  = (hash XOR hash >>> 16) AND (size - 1)
    size    = 16, doubled until terms <= 0.75 * size, or once more

Source: ``String.hashCode`` and ``HashMap.hash`` of the Java SE 8 to 21 class library.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_KEY_PREFIX = "keyword"


def fits(terms: Sequence[str]) -> bool:
    """Return whether terms are in the order of such a map.

    >>> fits(["Mice, Knockout", "Genome", "Mice"]), fits(["Mice", "Mice, Knockout", "Genome"])
    (True, False)
    """
    if len(set(terms)) < len(terms):
        return False
    spreads = [_spread(_KEY_PREFIX + term) for term in terms]
    size = 16
    while len(terms) > 0.75 * size:
        size *= 2
    return _never_falls(spreads, size) or _never_falls(spreads, 2 * size)


def _never_falls(spreads: list[int], size: int) -> bool:
    buckets = [spread & (size - 1) for spread in spreads]
    return all(first <= second for first, second in pairwise(buckets))


def _spread(key: str) -> int:
    value = 0
    units = key.encode("utf-16-le", "surrogatepass")
    for low, high in zip(units[::2], units[1::2], strict=True):
        value = (31 * value + low + 256 * high) & 0xFFFFFFFF
    return value ^ value >> 16
