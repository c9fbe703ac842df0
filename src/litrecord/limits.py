"""Limits on the size of a source."""

from __future__ import annotations

from typing import NoReturn

import attrs

from litrecord.errors import InvalidValueError, LimitError, repr_of


def _require_count(_: object, field: attrs.Attribute[int], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidValueError(f"expected a count, got {repr_of(value)}", path=field.name)


@attrs.frozen(kw_only=True)
class Limits:
    """Bounds on one source; above a bound, `LimitError` is raised and nothing is cut silently.

    characters
        of the decoded text.
    lines
        of the text, or of the text form of HTML. In a compressed file of pages, records above one
        for each byte.
    diagnostics
        of the text.
    identifiers
        of the identifier lines.
    rows
        of the indicator table.
    terms
        of the keywords.
    nesting
        levels of elements in HTML.
    attributes
        of one element of HTML.
    unpacked_bytes
        decompressed bytes of gzip data, or bytes of a line of JSON. Ten times as many for a
        compressed file of pages, above a thousand times its size.

    >>> Limits(rows=50).rows
    50
    """

    characters: int = attrs.field(default=20_000_000, validator=_require_count)
    lines: int = attrs.field(default=100_000, validator=_require_count)
    diagnostics: int = attrs.field(default=1_000, validator=_require_count)
    identifiers: int = attrs.field(default=1_000, validator=_require_count)
    rows: int = attrs.field(default=1_000, validator=_require_count)
    terms: int = attrs.field(default=10_000, validator=_require_count)
    nesting: int = attrs.field(default=1_000, validator=_require_count)
    attributes: int = attrs.field(default=10_000, validator=_require_count)
    unpacked_bytes: int = attrs.field(default=40_000_000, validator=_require_count)

    def refuse(self, name: str, count: int) -> NoReturn:
        """Raise LimitError for a count above the limit called name.

        >>> Limits(rows=2).refuse("rows", 3)
        Traceback (most recent call last):
        litrecord.errors.LimitError: 3 rows, but limits.rows is 2: pass larger limits ...
        """
        raise self.error_of(name, count)

    def error_of(self, name: str, count: int) -> LimitError:
        """Return the error that `refuse` raises; raise InvalidValueError if name is not a limit."""
        if name not in list(attrs.asdict(self)):
            raise InvalidValueError(f"expected a limit, found {repr_of(name)}", path="name")
        limit = getattr(self, name)
        advice = "pass larger limits in Python, or split the source"
        return LimitError(
            f"{count} {_WORDS.get(name, name)}, but limits.{name} is {limit}: {advice}",
            limit=name,
            value=count,
            most=limit,
        )


_WORDS = {"nesting": "nested elements", "unpacked_bytes": "decompressed bytes"}

DEFAULT_LIMITS = Limits()
"""The default bounds."""
