"""Quick checks of bare values, which select the schemes worth trying.

The table of schemes has all patterns. The table of quick checks only excludes schemes.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import compress
from typing import NamedTuple

from litrecord._vocabularies.check_digits import always, unhyphenated
from litrecord._vocabularies.schemes import SCHEMES, Scheme

_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class _Look(NamedTuple):
    """Features of the bare values of a scheme, for a quick check."""

    lengths: range
    """The possible lengths."""
    first: str
    """The possible first characters, in lower case."""
    marks: str = ""
    """The characters of ``_MARKS`` that a value always has."""
    counts: tuple[int, ...] = ()
    """The possible numbers of digits if it is a number, without hyphens and spaces."""


_MARKS = "/:-."
_ANY = range(1 << 30)
# If the form of a value identifies its scheme, more may follow after a slash, such as "/pdf".
_LOOKS = {
    "doi": (_Look(_ANY, "1", "/."),),
    "shortdoi": (_Look(_ANY, "1", "/"),),
    "pmid": (_Look(range(1, 9), _DIGITS), _Look(range(5, 20), "p")),
    "pmc": (_Look(range(4, 20), "p"), _Look(_ANY, "p", "/")),
    "arxiv": (_Look(_ANY, _DIGITS, "."), _Look(_ANY, _LETTERS, "/")),
    "orcid": (_Look(_ANY, _DIGITS, counts=(16,)), _Look(_ANY, _DIGITS, "-/")),
    "isni": (_Look(_ANY, _DIGITS, counts=(16,)),),
    "ror": (_Look(range(9, 10), "0"),),
    "grid": (_Look(_ANY, "g", "."),),
    "urn": (_Look(_ANY, "u", ":"),),
    "ark": (_Look(_ANY, "a", ":/"),),
    "swhid": (_Look(_ANY, "s", ":"),),
    "nct": (_Look(range(11, 12), "n"), _Look(_ANY, "n", "/")),
    "pdb": (_Look(range(4, 5), _DIGITS), _Look(range(12, 13), "p")),
    "w3id": (_Look(_ANY, "h", ":/."),),
    "isbn": (_Look(_ANY, _DIGITS, counts=(10, 13)), _Look(_ANY, "9", "-/")),
    "issn": (_Look(_ANY, _DIGITS, counts=(8,)),),
    "hal": (_Look(_ANY, _LETTERS, "-"),),
    "openaire": (_Look(_ANY, _DIGITS + _LETTERS + "_.-", ":"),),
    "mag_id": (_Look(range(1, 13), _DIGITS),),
    "wikidata": (_Look(range(2, 14), "q"),),
    "uniprot": (_Look(range(6, 11), _LETTERS),),
    "oai": (_Look(_ANY, "o", ":"),),
    "raid": (_Look(_ANY, _DIGITS, "/."),),
    "handle": (_Look(_ANY, _DIGITS, "/"), _Look(_ANY, _LETTERS + "_-", "/.")),
}
TOLD, _CHECKED, _UNCHECKED = range(3)
"""Ranks of values: the form identifies the scheme, a check digit is correct, and any other."""


def _count(text: str) -> int:
    """Return the number of digits of a number, with X as the last one; 0 if it is not a number."""
    digits = text if text.isdigit() else unhyphenated(text)
    return len(digits) if digits[:-1].isdigit() else 0


def worth_trying(text: str) -> tuple[tuple[int, Scheme], ...]:
    """Return the schemes that a quick check of a bare value does not exclude, and their ranks."""
    first = text[:1].lower()
    count = _count(text) if first.isdigit() else 0
    return _tried(first, len(text), count, "/" in text, ":" in text, "-" in text, "." in text)


@cache
def by_first(first: str) -> tuple[tuple[int, Scheme], ...]:
    """Return the schemes whose values may begin with a character, and their ranks."""
    return tuple(
        (_UNCHECKED if scheme.check is always else _CHECKED, scheme)
        for scheme in SCHEMES
        if any(first in look.first for look in _LOOKS.get(scheme.name, ()))
    )


@lru_cache(maxsize=4096)
def _tried(first: str, length: int, count: int, *marks: bool) -> tuple[tuple[int, Scheme], ...]:
    """Return the schemes worth trying, and their ranks."""
    held = set(compress(_MARKS, marks))
    return tuple(
        (rank, scheme)
        for rank, scheme in by_first(first)
        if any(
            first in look.first
            and length in look.lengths
            and held.issuperset(look.marks)
            and (not look.counts or count in look.counts)
            for look in _LOOKS[scheme.name]
        )
    )
