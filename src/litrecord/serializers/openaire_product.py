"""Reader of research products of the OpenAIRE Graph, from its API or a dump.

The form is that of `litrecord.serializers.openaire`. Dicts may come from JSON, or from rows of
DuckDB, pyarrow or pandas, with date objects, arrays for lists, and NaN for missing values.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from litrecord._parts.inline_markup import unwrap
from litrecord._values.identifier import Identifier
from litrecord._values.indicators import Indicator
from litrecord._values.instance import Instance
from litrecord._vocabularies.indicators import CLASSES
from litrecord.errors import InvalidValueError, repr_of
from litrecord.model import Record
from litrecord.serializers.openaire import IMPACTS, USAGES

_PRINTED = {code: printed for printed, code in CLASSES.items()}
_REFEREED = {"peerReviewed": "Peer-reviewed", "nonPeerReviewed": "Non peer-reviewed"}
_LINE_ENDS = re.compile("[\r\n]+")
_DIGITS = re.compile("[0-9]{1,15}")
_YEAR = re.compile("[1-9][0-9]{3}(?=-|$)")
_TOO_MUCH = 10**15
"""A bound above all printed counts."""
Members = Mapping[str, Any]


def from_openaire(product: Members) -> Record:
    """Return the record of a research product of the Graph, as a dict.

    Several descriptions are paragraphs of one abstract, without the tags of JATS and HTML. Authors
    are in the order of their ranks. The id is the last identifier. A product of `to_openaire` reads
    back as the same record, except values that the Graph does not have: see docs/formats.md.

    Raises InvalidValueError with the path of a member that has another type than in the Graph.

    >>> product = {"mainTitle": "Old maps err", "pids": None, "authors": [{"fullName": "Jo Doe"}],
    ...     "descriptions": ["<jats:p>They do.</jats:p>"], "publisher": "ignored"}
    >>> litrecord.from_openaire(product).abstract
    'They do.'
    """
    if not isinstance(product, Mapping):
        raise _expected("product", "a dict", product)
    if "results" in product:
        message = "is an answer of the API: pass each of its results"
        raise InvalidValueError(message, path="product")
    return Record(
        title=_line(product.get("mainTitle"), "mainTitle"),
        authors=_authors(product),
        identifiers=[*_pids(product), *_ids(product)],
        abstract=_abstract(product),
        keywords=_keywords(product),
        indicators=_indicators(product),
        instances=list(filter(None, _instances(product))),
    )


def _expected(where: str, expected: str, value: object) -> InvalidValueError:
    return InvalidValueError(f"expected {expected}, got {repr_of(value)}", path=where)


def _given(value: Any) -> Any:
    """Return a value, or None for NaN, which pandas has for a missing value."""
    return None if isinstance(value, float) and math.isnan(value) else value


def _text(value: Any, where: str) -> str:
    value = _given(value)
    if not isinstance(value, str | None):
        raise _expected(where, "a str or None", value)
    return value or ""


def _line(value: Any, where: str) -> str | None:
    """Return a text on one line, or None if it is empty."""
    text = _text(value, where).strip()
    return " ".join(map(str.strip, _LINE_ENDS.split(text))) or None


def _members(value: Any, where: str) -> Members:
    value = _given(value)
    if not isinstance(value, Mapping | None):
        raise _expected(where, "a dict or None", value)
    return value or {}


def _items(product: Members, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the items of a list that are not null, with their paths."""
    values = _given(product.get(name))
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable | None):
        raise _expected(name, "a list or None", values)
    for at, value in enumerate(values if values is not None else ()):
        if _given(value) is not None:
            yield f"{name}[{at}]", value


def _objects(product: Members, name: str) -> Iterator[tuple[str, Members]]:
    for where, value in _items(product, name):
        yield where, _members(value, where)


def _authors(product: Members) -> list[str]:
    ranked = []
    for where, author in _objects(product, "authors"):
        parts = [_line(author.get(name), f"{where}.{name}") for name in ("surname", "name")]
        name = _line(author.get("fullName"), f"{where}.fullName") or ", ".join(filter(None, parts))
        rank = _number(author.get("rank"), f"{where}.rank")
        if name:
            ranked.append((math.inf if rank is None else rank, name))
    return [name for _, name in sorted(ranked, key=lambda found: found[0])]


def _pids(product: Members) -> Iterator[Identifier]:
    for where, pid in _objects(product, "pids"):
        scheme = _line(pid.get("scheme"), f"{where}.scheme")
        value = _line(pid.get("value"), f"{where}.value")
        if scheme and value:
            yield Identifier(scheme, value)


def _ids(product: Members) -> Iterator[Identifier]:
    value = _line(product.get("id"), "id")
    if value:
        yield Identifier("openaire", value)


def _abstract(product: Members) -> str | None:
    texts = (_text(value, where) for where, value in _items(product, "descriptions"))
    return "\n".join(unwrap(text).text for text in texts) or None


def _keywords(product: Members) -> Iterator[str]:
    for where, found in _objects(product, "subjects"):
        subject = _members(found.get("subject"), f"{where}.subject")
        term = _line(subject.get("value"), f"{where}.subject.value")
        if term:
            yield term


def _indicators(product: Members) -> Iterator[Indicator]:
    """Yield the rows in the order of pages."""
    indicators = _members(product.get("indicators"), "indicators")
    where = "indicators.citationImpact"
    impact = _members(indicators.get("citationImpact"), where)
    count = _number(impact.get("citationCount"), f"{where}.citationCount")
    for name, stem in IMPACTS.items():
        code = _line(impact.get(f"{stem}Class"), f"{where}.{stem}Class")
        if code is not None and code not in _PRINTED:
            raise _expected(f"{where}.{stem}Class", "C1 to C5 or None", code)
        if name == "citations" and count is not None:
            yield Indicator(name, str(count))
        elif code is not None:
            yield Indicator(name, _PRINTED[code])
    usage = _members(indicators.get("usageCounts"), "indicators.usageCounts")
    for name in USAGES:
        count = _number(usage.get(name), f"indicators.usageCounts.{name}")
        if count is not None:
            yield Indicator(name, str(count))


def _number(value: Any, where: str) -> int | None:
    """Return a whole number, which the dump has as a float, and the API at times as text."""
    value = _given(value)
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value < _TOO_MUCH or value != value // 1:
        raise _expected(where, "a whole number from 0, of at most 15 digits, or None", value)
    return int(value)


def _instances(product: Members) -> Iterator[Instance | None]:
    for where, found in _objects(product, "instances"):
        refereed = _line(found.get("refereed"), f"{where}.refereed")
        source = _value(found, "collectedFrom", where)
        members: Any = {
            "hosted_by": _value(found, "hostedBy", where),
            "type": _line(found.get("type"), f"{where}.type"),
            "year": _year(found.get("publicationDate"), f"{where}.publicationDate"),
            "refereed": _REFEREED.get(refereed or ""),
            "license": _line(found.get("license"), f"{where}.license"),
            "collected_from": (source,) if source else (),
        }
        yield Instance(**members) if any(members.values()) else None


def _value(found: Members, name: str, where: str) -> str | None:
    members = _members(found.get(name), f"{where}.{name}")
    # aireloom, which follows a later version of the API, has a "name".
    names = (_line(members.get(of), f"{where}.{name}.{of}") for of in ("value", "name"))
    return next(filter(None, names), None)


def _year(value: Any, where: str) -> int | None:
    """Return the year of a date, or None if it does not have four digits."""
    value = _given(value)
    text = value.isoformat() if isinstance(value, datetime.date) else _text(value, where)
    year = _YEAR.match(text.strip())
    return int(year[0]) if year else None
