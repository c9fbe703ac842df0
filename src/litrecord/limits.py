"""How large a source may be before it is refused."""

from __future__ import annotations

from typing import NoReturn

import attrs

from litrecord.errors import InvalidValueError, LimitError, repr_of


def _require_count(_: object, field: attrs.Attribute[int], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidValueError(f"expected a count, got {repr_of(value)}", path=field.name)


@attrs.frozen(kw_only=True)
class Limits:
    """Bounds on one source; beyond one, `LimitError` is raised and nothing is cut silently.

    characters
        of the decoded text;
    lines
        of the text, or of the text form of HTML; records of a packed file, beyond one a byte;
    diagnostics
        that the text gives cause for;
    identifiers
        of the identifier lines;
    rows
        of the indicator table;
    terms
        of the keywords;
    nesting
        of the elements of HTML, one in the other;
    attributes
        of one element of HTML;
    unpacked_bytes
        that gzip data or a line of JSON holds; ten times as many that a packed file of pages
        holds, beyond a thousand times its size.

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
        """Raise LimitError for a count that is beyond the limit called name.

        >>> Limits(rows=2).refuse("rows", 3)
        Traceback (most recent call last):
        litrecord.errors.LimitError: 3 rows, but limits.rows is 2: raise it, or split the ...
        """
        raise self.error_of(name, count)

    def error_of(self, name: str, count: int) -> LimitError:
        """Return what `refuse` raises, or raise InvalidValueError if no limit is called name."""
        if name not in list(attrs.asdict(self)):
            raise InvalidValueError(f"expected a limit, found {repr_of(name)}", path="name")
        limit = getattr(self, name)
        advice = "raise it, or split the source"
        return LimitError(
            f"{count} {_WORDS.get(name, name)}, but limits.{name} is {limit}: {advice}",
            limit=name,
            value=count,
            most=limit,
        )


_WORDS = {"nesting": "nested elements", "unpacked_bytes": "decompressed bytes"}

DEFAULT_LIMITS = Limits()
"""The bounds where none are given."""
