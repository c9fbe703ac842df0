"""Recognition of identifiers in any form: the scheme of a text, or all possible schemes.

Grammar of one identifier, in any form::

    identifier = label ":" value / label space value      ; labelled: its scheme, and no other
               / "info:" label "/" value                  ; _INFO
               / wrapper value                            ; each scheme that has such an address
               / value                                    ; each scheme that has such a syntax

`recognise` accepts a bare value only if its form identifies the scheme (``Scheme.bare``).
`schemes_of` returns each scheme whose syntax the value has without a prefix. Only case may differ,
and the hyphens and spaces of ISBN, ISSN, ISNI and ORCID. First are schemes that the form
identifies, then those with a correct check digit, then the rest; each group is in the order of the
table of schemes. That table has all patterns; `quick_checks` selects those worth trying.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter

from litrecord._characters import plain_spaces_between
from litrecord._vocabularies.check_digits import (
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
    obeys,
    read_value,
    scheme_of_label,
    scheme_of_value,
    value_inside,
    well_formed,
)
from litrecord._vocabularies.printed import decoded, is_shortened, without_ellipsis
from litrecord._vocabularies.recognition.quick_checks import TOLD, by_first, worth_trying
from litrecord._vocabularies.schemes import HELD, HOSTS, SCHEMES, Scheme, compiled

_LABELLED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)(\s*:\s*|\s+)(?=\S)")
_INFO = re.compile(r"info:([A-Za-z]+)/", re.I)
_NUMBERS = (unhyphenated, hyphenated_orcid, hyphenated_issn)
"""The normal forms that change only hyphens and spaces."""
_MARK = re.compile("[0-9:/_&]")
"""The pattern of characters in every identifier, or of character references to them."""
_ADDRESSES = ("http://", "https://")
_MOST_OF_A_HOST = 64

Found = tuple[str, str]
"""The name of a scheme, and a normalised value."""


def recognise(text: str) -> tuple[str, str] | None:
    """Return (scheme, printed value) of one identifier in any form, or None.

    >>> recognise("PMC 353"), recognise("http://hdl.handle.net/2381/12775")
    (('pmc', '353'), ('handle', 'http://hdl.handle.net/2381/12775'))
    >>> recognise("21496615") is None
    True
    """
    text = plain_spaces_between(text).strip()
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
    wrapping = [scheme for scheme, _ in _wrapping(inner)]
    if wrapping:
        # Any host may resolve an ARK, so an address of another scheme may look like an ARK.
        good = [scheme for scheme in wrapping if well_formed(scheme, text)]
        return (good or wrapping)[0].name, text
    bare = _bare(text, inner)
    return (bare[0][1], text) if bare and bare[0][0] == TOLD else None


def schemes_of(text: str) -> list[Found]:
    """Return each scheme that a text can belong to and its value, best first.

    >>> schemes_of("03178471")
    [('issn', '0317-8471')]
    >>> schemes_of("10.1000/182")
    [('doi', '10.1000/182'), ('handle', '10.1000/182'), ('raid', '10.1000/182')]
    """
    if _MARK.search(text) is None:
        return []
    inner = text
    if not is_inner(text) or "&" in text:
        text = plain_spaces_between(text).strip()
        if is_shortened(text):
            return []
        text = _trimmed(text)
        inner = inner_of(text)
    if not text.isprintable():
        return []
    is_address = inner.startswith(_ADDRESSES)
    own = None
    has_colon = ":" in text
    # No label begins with a digit, or like an address.
    if not is_address and (has_colon or " " in text) and not text[:1].isdigit():
        if not has_colon and text[:1].isalpha() and text.partition(" ")[0].lower() not in BY_LABEL:
            return []
        own = _labelled(text)
        if own is not None and not (own[1] is text and is_own_label(own[0])):
            value, is_valid = read_value(*own)
            return [(own[0], value)] if is_valid and any(map(str.isalnum, value)) else []
    wrapping = _wrapping(inner) if ":" in inner or "/" in inner else []
    found = [
        (scheme.name, value)
        for scheme, wrapped in wrapping
        if (value := value_inside(scheme, inner, wrapped))
    ]
    if is_address or (wrapping and own is None):
        return found
    bare = _bare(text, inner)
    return [(name, value) for _, name, value in bare] + found if bare else found


def _trimmed(text: str) -> str:
    """Return a stripped text without punctuation at its end and brackets around it."""
    if is_inner(text):
        return text
    if decoded(text) == text:
        text = text.rstrip(".,; ")
    if len(text) > 1 and CLOSERS.get(text[-1]) == text[0]:
        text = text[1:-1].strip()
    return text


def _labelled(text: str) -> tuple[str, str] | None:
    """Return the scheme of a label and the text behind it, or None without a label."""
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


def _wrapping(inner: str) -> list[tuple[Scheme, re.Match[str]]]:
    """Return the schemes with the address or prefix at the start of a text, and the match."""
    lower = inner.lower()
    host, *rest = lower.split("/", 3)
    if rest[1:] and not rest[0] and host in ("", "http:", "https:"):
        host = rest[1]
    elif ":" not in inner and (not rest or inner[0].isdigit()):
        # An address, or a prefix without a colon, has a slash and begins with a letter.
        return []
    return [
        (scheme, wrapped)
        for scheme, wrapper, held in _of_host(host[:_MOST_OF_A_HOST])
        if held in lower and (wrapped := wrapper.match(inner))
    ]


@lru_cache(maxsize=256)
def _of_host(host: str) -> tuple[tuple[Scheme, re.Pattern[str], str], ...]:
    """Return the schemes whose addresses have a host, or whose prefix is at the start of a text.

    With each are its wrapper, and a part of every text that the wrapper matches.
    """
    return tuple(
        (scheme, compiled(wrapper), HELD[wrapper])
        for scheme in SCHEMES
        if (wrapper := scheme.wrapper) and compiled(HOSTS[wrapper]).match(host)
    )


def _bare(text: str, inner: str) -> list[tuple[int, str, str]]:
    """Return the ranks, names and values of the schemes whose syntax a value has, best first."""
    if inner is text and "%" not in text:
        return _bare_as_it_is(text)
    found = []
    for rank, scheme in by_first(inner[:1].lower()):
        is_told = scheme.bare is not None and scheme.bare.match(inner) is not None
        value = value_inside(scheme, inner)
        if value and (is_told or _is_same(scheme, value, inner)):
            found.append((TOLD if is_told else rank, scheme.name, value))
    return sorted(found, key=itemgetter(0))


def _bare_as_it_is(text: str) -> list[tuple[int, str, str]]:
    """Return the same for a value that needs no unwrapping, decoding or trimming."""
    found = []
    # A number has nothing to unwrap; only text after a slash may follow it.
    may_hold_more = "/" in text or not text[:1].isdigit()
    for rank, scheme in worth_trying(text):
        value = scheme.normalise(text)
        is_value = obeys(scheme, value)
        if is_value or may_hold_more:
            is_told = scheme.bare is not None and scheme.bare.match(text) is not None
            if not is_value:
                value = value_inside(scheme, text) if is_told else ""
            if value and (is_told or value == text or _is_same(scheme, value, text)):
                found.append((TOLD if is_told else rank, scheme.name, value))
    return sorted(found, key=itemgetter(0)) if len(found) > 1 else found


def _is_same(scheme: Scheme, value: str, inner: str) -> bool:
    """Return whether a value is the text itself, without an added prefix."""
    return scheme.normalise in _NUMBERS or value.lower() == inner.lower()
