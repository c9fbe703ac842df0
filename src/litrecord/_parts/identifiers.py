"""Parser of identifiers: those of printed lines, and those of the page's address.

Grammar: a line is one of `_text.identifier_lines`; an address is::

    address = [ archive ] scheme "://" host "/search/" kind "?" parameters      ; from_address
    archive = "https://web.archive.org/web/" time "/"                           ; _ARCHIVED
    kind    = "publication" / "dataset" / "software" / "other" / "result"     ; _PAGE
    pid     = "pid=" any form of an identifier / a bare number, taken for a PMID
    id      = ( "id=" / "articleId=" / "datasetId=" / "softwareId=" / "orpId=" ) openaire-id

Source: the addresses of stored pages of explore.openaire.eu, 2018 to 2025.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from litrecord._reading.wrapped.page_bytes import Address
from litrecord._scripts.widget import query_of
from litrecord._text.segments import Findings, Segment
from litrecord._values.identifier import Identifier
from litrecord._vocabularies.identifiers import scheme_of_value, with_hyphens
from litrecord._vocabularies.printed import decoded, is_shortened
from litrecord._vocabularies.recognition.recogniser import recognise

_PAGE = re.compile(r"/search/(?:publication|dataset|software|other|result)/?\Z")
_PORTAL = re.compile(r"https?://(?:[a-z0-9-]+\.)*openaire\.eu(?::[0-9]+)?/", re.I)
_ARCHIVED = re.compile(
    r"(?:https?://web\.archive\.org)?/web/[0-9]{4,14}(?:[a-z]{2}_)?/(?=https?://)", re.I
)
"""The prefix that the Wayback Machine adds to the address of a page."""
# An address copied from the source of a page is escaped, once or more often.
_AMPERSAND = re.compile("&(?:(?:amp|#38|#x26);)+", re.I)
_ID_PARAMETERS = frozenset({"id", "articleId", "datasetId", "softwareId", "orpId"})


def read_identifiers(segments: Sequence[Segment], findings: Findings) -> tuple[Identifier, ...]:
    """Return the identifiers of the IDENTIFIERS segments, in order."""
    identifiers: list[Identifier] = []
    for segment in segments:
        _, _, _, (scheme, values) = segment
        if len(identifiers) + len(values) > findings.limits.identifiers:
            findings.limits.refuse("identifiers", len(identifiers) + len(values))
        if not values:
            findings.add("malformed-identifier", f"{scheme}: expected a value, found none", segment)
        if isinstance(scheme, str):
            schemes: tuple[str, ...] = (scheme,) * len(values)
        else:
            schemes = scheme
            count = len(scheme)
            message = f"expected one label on a line, found {count}"
            findings.add("several-labels", message, segment)
        for one, (at, printed) in zip(schemes, values, strict=True):
            identifier = Identifier(scheme_of_value(one, printed), printed)
            identifiers.append(identifier)
            if not identifier.is_valid or "&" in printed or not printed.isascii():
                _report(identifier, printed, at, segment, findings)
    return tuple(identifiers)


def _report(
    identifier: Identifier, printed: str, at: int, segment: Segment, findings: Findings
) -> None:
    """Report a value that is not valid, or in which something was replaced."""
    if not identifier.is_valid:
        message = f"{printed!r:.60} is {_fault(identifier.scheme, printed)}"
        findings.add("malformed-identifier", message, segment, at, len(printed))
        return
    for replace, what in ((decoded, "character references"), (with_hyphens, "dashes")):
        if replace(printed) != printed:
            message = f"the {what} of {printed!r:.60} were replaced: {identifier.value!r:.60}"
            findings.add("decoded-identifier", message, segment, at, len(printed))


def _fault(scheme: str, printed: str) -> str:
    if is_shortened(printed):
        return f"a shortened {scheme}: expected the whole value, without an ellipsis"
    return f"not a valid {scheme}"


def write_identifiers(identifiers: Iterable[Identifier]) -> list[str]:
    """Return the identifier lines, one for each run of one scheme.

    >>> write_identifiers([Identifier("handle", "1/2"), Identifier("handle", "1/3")])
    ['handle: 1/2 , 1/3']
    """
    return [
        f"{scheme}: {' , '.join(found.value for found in together)}"
        for scheme, together in itertools.groupby(identifiers, attrgetter("scheme"))
    ]


def from_own_address(
    told: Iterable[Address], printed: Sequence[Identifier], findings: Findings
) -> tuple[Identifier, ...]:
    """Return the identifiers of the first address that is the address of a landing page."""
    for url, where, is_passed in told:
        page = _ARCHIVED.sub("", url, count=1).partition("?")[0]
        if _PAGE.search(page) and (is_passed or _PORTAL.match(page)):
            message = f"found the page's address in its {where}: {url!r:.200}"
            findings.add_behind("address-from-page", message)
            return from_address(url, printed, findings)
    return ()


def from_address(
    url: str, printed: Sequence[Identifier], findings: Findings
) -> tuple[Identifier, ...]:
    """Return the identifiers of a page's address that the page does not print."""
    url = _ARCHIVED.sub("", url, count=1)
    if not _PAGE.search(url.partition("?")[0]):
        findings.add_behind("unread-address", f"{url!r:.60} is not the address of a page")
        return ()
    known = set(printed)
    added: list[Identifier] = []
    url = _AMPERSAND.sub("&", url)
    # A plus sign never means a space here: no identifier has one.
    for name, value in query_of(url.replace("+", "%2B")):
        if name != "pid" and name not in _ID_PARAMETERS:
            continue
        identifier = _named_by(name, value.strip())
        if identifier is None:
            message = f"{name}={value!r:.60} of the page's address is not an identifier"
            findings.add_behind("unread-address", message)
        elif identifier not in known:
            known.add(identifier)
            added.append(identifier)
            is_number = value.strip() == identifier.value and identifier.scheme == "pmid"
            code = "number-as-pmid" if is_number else "identifier-from-address"
            message = f"{identifier.curie} is only in the page's address"
            findings.add_behind(code, message)
    return tuple(added)


def _named_by(name: str, value: str) -> Identifier | None:
    if not value or not value.isprintable():
        return None
    found = recognise(value)
    if found is None and name == "pid":
        found = "pmid", value
    if found is None or (name != "pid" and found[0] != "openaire"):
        return None
    identifier = Identifier(*found)
    return identifier if identifier.is_valid else None
