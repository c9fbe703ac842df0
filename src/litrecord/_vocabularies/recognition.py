"""Identifiers in any form: which scheme a text is of, and which schemes it can belong to.

Grammar of one identifier, in any form::

    identifier = label ":" value / label blank value      ; labelled: its scheme, and no other
               / "info:" label "/" value                  ; _INFO
               / wrapper value                            ; each scheme that has such an address
               / value                                    ; each scheme that has such a syntax

`recognise` takes a value alone only where its scheme is told by the value itself
(``Scheme.bare``). `schemes_of` takes each scheme whose syntax it has as it is: nothing is put
before it. Only upper and lower case may differ, and the hyphens and spaces of ISBN, ISSN, ISNI and
ORCID. First is what tells its scheme by itself, then what has a check digit, then the rest; in
each of the three as in the table of schemes. That table has all patterns: ``_LOOKS`` only says
which of them are worth trying.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from litrecord._characters import plain_blanks_between
from litrecord._vocabularies.check_digits import (
    always,
    hyphenated_issn,
    hyphenated_orcid,
    unhyphenated,
)
from litrecord._vocabularies.identifiers import (
    BY_LABEL,
    CLOSERS,
    LONGEST_LABEL,
    inner_of,
    is_inner,
    is_own_label,
    is_plain,
    obeys,
    read_value,
    scheme_of_label,
    scheme_of_value,
    well_formed,
)
from litrecord._vocabularies.printed import decoded, is_shortened, without_ellipsis
from litrecord._vocabularies.schemes import HOSTS, SCHEMES, Scheme

_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class _Look(NamedTuple):
    """What a bare value of a scheme has, for a quick look."""

    first: str
    """The characters that it begins with, in lower case."""
    marks: str = ""
    """The marks that it always holds, of those of ``_MARKS``."""
    lengths: range = range(1 << 30)
    """How long it is."""
    counts: tuple[int, ...] = ()
    """How many digits it has, if it is a number: hyphens and spaces do not count."""


_MARKS = "/:-."
_LOOKS = {
    "doi": _Look("1", "/."),
    "shortdoi": _Look("1", "/"),
    "pmid": _Look(_DIGITS + "p", "", range(1, 20)),
    "pmc": _Look("p", "", range(4, 20)),
    "arxiv": _Look(_DIGITS + _LETTERS, "", range(9, 40)),
    "orcid": _Look(_DIGITS, counts=(16,)),
    "isni": _Look(_DIGITS, counts=(16,)),
    "ror": _Look("0", "", range(9, 10)),
    "grid": _Look("g", "."),
    "urn": _Look("u", ":"),
    "ark": _Look("a", ":/"),
    "swhid": _Look("s", ":"),
    "nct": _Look("n", "", range(11, 12)),
    "pdb": _Look(_DIGITS + "p", "", range(4, 13)),
    "w3id": _Look("h", ":/."),
    "isbn": _Look(_DIGITS, counts=(10, 13)),
    "issn": _Look(_DIGITS, counts=(8,)),
    "hal": _Look(_LETTERS, "-"),
    "openaire": _Look(_DIGITS + _LETTERS + "_.-", ":"),
    "mag_id": _Look(_DIGITS, "", range(1, 13)),
    "wikidata": _Look("q", "", range(2, 14)),
    "uniprot": _Look(_LETTERS, "", range(6, 11)),
    "oai": _Look("o", ":"),
    "raid": _Look(_DIGITS, "/."),
    "handle": _Look(_DIGITS + _LETTERS + "_-", "/"),
}
_LABELLED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)(\s*:\s*|\s+)(?=\S)")
_INFO = re.compile(r"info:([A-Za-z]+)/", re.I)
_TOLD, _CHECKED, _UNCHECKED = range(3)
"""Ranks: a value that tells its scheme by itself, one with a check digit, and any other."""
_NUMBERS = (unhyphenated, hyphenated_orcid, hyphenated_issn)
"""The normal forms that change only hyphens and spaces."""
_WRAPPED = [scheme for scheme in SCHEMES if scheme.wrapper is not None]
_MOST_OF_A_HOST = 64

Found = tuple[str, str]
"""The name of a scheme, and a value in its usual form."""


def recognise(text: str) -> tuple[str, str] | None:
    """Return (scheme, printed value) of one identifier in any form, or None.

    >>> recognise("PMC 353"), recognise("http://hdl.handle.net/2381/12775")
    (('pmc', '353'), ('handle', 'http://hdl.handle.net/2381/12775'))
    >>> recognise("21496615") is None
    True
    """
    text = plain_blanks_between(text).strip()
    if not is_shortened(text):
        return _recognise(text)
    whole = without_ellipsis(text)
    found = _recognise(whole)
    return (found[0], found[1] + text[len(whole) :]) if found else None


def _recognise(text: str) -> tuple[str, str] | None:
    text = _trimmed(text)
    found = _labelled(text)
    if found is not None:
        return found
    inner = inner_of(text)
    wrapping = _wrapping(inner)
    if wrapping:
        # Any host may resolve an ARK: an address of another scheme may look like one of those.
        good = [scheme for scheme in wrapping if well_formed(scheme, text)]
        return (good or wrapping)[0].name, text
    bare = _bare(text, inner)
    return (bare[0][1], text) if bare and bare[0][0] == _TOLD else None


def schemes_of(text: str) -> list[Found]:
    """Return each scheme that a text can belong to and its value, best first.

    >>> schemes_of("03178471")
    [('issn', '0317-8471')]
    >>> schemes_of("10.1000/182")
    [('doi', '10.1000/182'), ('handle', '10.1000/182'), ('raid', '10.1000/182')]
    """
    if not is_inner(text):
        text = plain_blanks_between(text).strip()
        if is_shortened(text):
            return []
        text = _trimmed(text)
    if not text.isprintable():
        return []
    own = None
    has_colon = ":" in text
    # No label begins as an address does.
    if (has_colon and text[:4] != "http") or " " in text:
        if not has_colon and text[:1].isalpha() and text.partition(" ")[0].lower() not in BY_LABEL:
            return []
        own = _labelled(text)
        if own is not None and not (own[1] is text and is_own_label(own[0])):
            value, is_valid = read_value(*own)
            return [(own[0], value)] if is_valid and any(map(str.isalnum, value)) else []
    inner = inner_of(text)
    wrapping = _wrapping(inner)
    if wrapping:
        found = [(one.name, value) for one in wrapping if (value := well_formed(one, text))]
        return found if own is None else [*_named(_bare(text, inner)), *found]
    return _named(_bare(text, inner))


def _trimmed(text: str) -> str:
    """Return a stripped text without what ends a clause, and without brackets around it all."""
    if is_inner(text):
        return text
    if decoded(text) == text:
        text = text.rstrip(".,; ")
    if len(text) > 1 and CLOSERS.get(text[-1]) == text[0]:
        text = text[1:-1].strip()
    return text


def _labelled(text: str) -> tuple[str, str] | None:
    """Return the scheme that a label names and what is behind it, or None without a label."""
    label, colon, value = text[: LONGEST_LABEL + 2].partition(":")
    name = scheme_of_label(label) if colon and not is_own_label(label) else None
    if name is not None:
        value = value.lstrip() + text[LONGEST_LABEL + 2 :]
        return scheme_of_value(name, value), value
    info = _INFO.match(text)
    found = info or _LABELLED.match(text)
    scheme = BY_LABEL.get(found.group(1).lower()) if found else None
    if found is None or scheme is None:
        return None
    value = text[found.end() :]
    if info is None and found.group(2) == ":" and is_own_label(found.group(1)):
        return scheme.name, text
    if info is None and ":" not in found.group(2) and not well_formed(scheme, value):
        return None
    return scheme.name, value


def _wrapping(inner: str) -> list[Scheme]:
    """Return the schemes that have the address or the prefix which a text begins with."""
    host, slash, rest = inner.partition("/")
    if rest[:1] == "/" and host.lower() in ("", "http:", "https:"):
        host = rest[1:].partition("/")[0]
    elif ":" not in inner and (not slash or inner[0].isdigit()):
        # An address or a prefix without a colon has a slash, and begins with a letter.
        return []
    return [
        scheme
        for scheme in _of_host(host[:_MOST_OF_A_HOST].lower())
        if scheme.wrapper is not None and scheme.wrapper.match(inner)
    ]


@lru_cache(maxsize=256)
def _of_host(host: str) -> tuple[Scheme, ...]:
    """Return the schemes whose addresses have a host, or whose prefix a text begins with."""
    return tuple(
        scheme
        for scheme in _WRAPPED
        if (wrapper := scheme.wrapper) is not None and HOSTS[wrapper].match(host)
    )


def _bare(text: str, inner: str) -> list[tuple[int, str, str]]:
    """Return the ranks, names and values of the schemes whose syntax a value has, best first."""
    if is_plain(text):
        return _bare_as_it_is(text)
    found = []
    is_whole = inner is text and "%" not in text
    for rank, scheme in _worth_trying(text) if is_whole else _by_first(inner[:1].lower()):
        is_told = scheme.bare is not None and scheme.bare.match(inner) is not None
        value = well_formed(scheme, text)
        if value and (is_told or _is_same(scheme, value, inner)):
            found.append((_TOLD if is_told else rank, scheme.name, value))
    return sorted(found, key=itemgetter(0))


def _bare_as_it_is(text: str) -> list[tuple[int, str, str]]:
    """Do the same with a value that is not to be unwrapped, decoded or trimmed."""
    found = []
    for rank, scheme in _worth_trying(text):
        value = scheme.normalise(text)
        is_told = scheme.bare is not None and scheme.bare.match(text) is not None
        if not obeys(scheme, value):
            value = well_formed(scheme, text) if is_told else ""
        if value and (is_told or value == text or _is_same(scheme, value, text)):
            found.append((_TOLD if is_told else rank, scheme.name, value))
    return sorted(found, key=itemgetter(0))


def _is_same(scheme: Scheme, value: str, inner: str) -> bool:
    """Tell whether a value is the text itself, so that nothing was put before it."""
    return scheme.normalise in _NUMBERS or value.lower() == inner.lower()


def _named(found: list[tuple[int, str, str]]) -> list[Found]:
    return [(name, value) for _, name, value in found]


def _count(text: str) -> int:
    """Return how many digits a number has, X as the last of them; 0 if it is none."""
    digits = unhyphenated(text)
    return len(digits) if digits[:-1].isdigit() else 0


def _worth_trying(text: str) -> tuple[tuple[int, Scheme], ...]:
    """Return the schemes that a quick look at a bare value does not rule out, and their ranks."""
    first = text[:1].lower()
    count = _count(text) if first.isdigit() else 0
    marks = ("/" in text, ":" in text, "-" in text, "." in text)
    return _tried(first, len(text), count, marks)


@cache
def _by_first(first: str) -> tuple[tuple[int, Scheme], ...]:
    """Return the schemes whose values may begin with a character, and their ranks."""
    return tuple(
        (_UNCHECKED if scheme.check is always else _CHECKED, scheme)
        for scheme in SCHEMES
        if scheme.name in _LOOKS and first in _LOOKS[scheme.name].first
    )


@lru_cache(maxsize=4096)
def _tried(
    first: str, length: int, count: int, marks: tuple[bool, ...]
) -> tuple[tuple[int, Scheme], ...]:
    """Return the schemes that are worth trying, and their ranks."""
    held = {mark for mark, is_held in zip(_MARKS, marks, strict=True) if is_held}
    looks = [(_LOOKS[scheme.name], rank, scheme) for rank, scheme in _by_first(first)]
    return tuple(
        (rank, scheme)
        for look, rank, scheme in looks
        if held.issuperset(look.marks)
        # Behind a slash may be more than the value, as "/pdf".
        if "/" in held or (length in look.lengths and (not look.counts or count in look.counts))
    )
