"""Check digits and normal forms of identifier values, which the table of schemes names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import mul

_VALUES = bytes.maketrans(b"0123456789X", bytes(range(11)))


def _weighted(digits: str, weights: Sequence[int]) -> int:
    """Return the sum of digits, each times its weight; X counts as ten."""
    return sum(map(mul, digits.encode().translate(_VALUES), weights))


def always(_: str) -> bool:
    """Allow every value: the scheme has no check digit."""
    return True


_POWERS_OF_TWO = [1 << power for power in range(15, -1, -1)]


def iso_7064_mod_11_2(bare: str) -> bool:
    """Check sixteen digits, the last of them by ISO 7064 MOD 11-2 (ORCID, ISNI)."""
    return _weighted(bare.replace("-", ""), _POWERS_OF_TWO) % 11 == 1


_CROCKFORD = {digit: value for value, digit in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}


def iso_7064_mod_97_10(bare: str) -> bool:
    """Check seven Crockford base 32 digits and two decimal ones by ISO 7064 MOD 97-10 (ROR)."""
    number = 0
    for digit in bare[:7]:
        number = number * 32 + _CROCKFORD[digit]
    return int(bare[7:]) == 98 - number * 100 % 97


def isbn_check(bare: str) -> bool:
    """Check the last digit of ten or thirteen (ISO 2108)."""
    if len(bare) == 10:
        return _weighted(bare, range(10, 0, -1)) % 11 == 0
    return _weighted(bare, (1, 3) * 6 + (1,)) % 10 == 0


def issn_check(bare: str) -> bool:
    """Check the last of eight digits (ISO 3297)."""
    return _weighted(bare.replace("-", ""), range(8, 0, -1)) % 11 == 0


def arxiv_date(bare: str) -> bool:
    """Check date and number of an arXiv identifier; the date determines how many digits it has."""
    archive, _, number = bare.rpartition("/")
    number = number.partition("v")[0]
    date, serial = number[:4], number[4:].lstrip(".")
    if archive:
        is_in_time = date >= "9107" or date <= "0703"
    else:
        is_in_time = date >= "0704" and len(serial) == (4 if date < "1501" else 5)
    return is_in_time and "01" <= date[2:] <= "12" and serial.strip("0") != ""


def ascii_lower(bare: str) -> str:
    """Return a value with its ASCII letters in lower case, as a DOI is compared (ISO 26324)."""
    return bare.lower() if bare.isascii() else re.sub("[A-Z]+", lambda m: m[0].lower(), bare)


def unhyphenated(bare: str) -> str:
    """Return a value without hyphens and spaces."""
    return bare.replace("-", "").replace(" ", "").upper()


def hyphenated_orcid(bare: str) -> str:
    """Return an ORCID iD in its groups of four."""
    digits = unhyphenated(bare)
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:12]}-{digits[12:]}"


def hyphenated_issn(bare: str) -> str:
    """Return an ISSN in its two groups."""
    digits = unhyphenated(bare)
    return f"{digits[:4]}-{digits[4:]}"


def with_prefix(prefix: str) -> Callable[[str], str]:
    """Return a function that adds a prefix to a value, unless it has the prefix in any case."""

    def prefixed(bare: str) -> str:
        if bare[: len(prefix)].lower() == prefix.lower():
            return prefix + bare[len(prefix) :]
        return prefix + bare

    return prefixed


def ark_without_slash(bare: str) -> str:
    """Return an ARK without a slash after "ark:", which is the newer form."""
    ark = with_prefix("ark:")(bare)
    return "ark:" + ark[5:] if ark[4:5] == "/" else ark


def lower_urn(bare: str) -> str:
    """Return a URN with its case-insensitive parts in lower case."""
    # RFC 8141, 3.1: only "urn" and the namespace are case-insensitive.
    urn, namespace, *rest = with_prefix("urn:")(bare).split(":", 2)
    return ":".join([urn, namespace.lower(), *rest])


def lower_swhid(bare: str) -> str:
    """Return a SWHID with its core in lower case."""
    core, semicolon, qualifiers = with_prefix("swh:")(bare).partition(";")
    return core.lower() + semicolon + qualifiers
