"""Errors that litrecord raises: `LitrecordError` and its subclasses.

Each error has the diagnostics that led to it, with code, span and text as attributes; its own
text shows them with their excerpts.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import TypeVar

from litrecord.diagnostics import Diagnostic

_MOST_SHOWN = 10


class LitrecordError(Exception):
    """The base of every error that litrecord raises on purpose.

    >>> try:
    ...     litrecord.Identifier.parse("21496615")
    ... except litrecord.LitrecordError as error:
    ...     print(error.diagnostics[0].code)
    unknown-scheme
    """

    message: str
    """The problem, and what to do."""
    diagnostics: tuple[Diagnostic, ...]
    """The places that led to it, each with code, span and text."""

    def __init__(self, message: str, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.message = message
        self.diagnostics = tuple(diagnostics)
        super().__init__(message, self.diagnostics)

    def __str__(self) -> str:
        shown = [self.message, *map(str, self.diagnostics[:_MOST_SHOWN])]
        if len(self.diagnostics) > _MOST_SHOWN:
            shown.append(f"and {len(self.diagnostics) - _MOST_SHOWN} more, in .diagnostics")
        return "\n".join(shown)


class SourceError(LitrecordError):
    """The source cannot be opened, or litrecord does not read sources of its kind.

    >>> litrecord.parse_record(None)
    Traceback (most recent call last):
    litrecord.errors.SourceError: cannot read NoneType: pass str, bytes, a path, a stream, ...
    """


class DecodeError(SourceError):
    """The bytes cannot be decoded with the given encoding.

    >>> litrecord.parse_record(b"caf\\xe9", encoding="utf-8")
    Traceback (most recent call last):
    litrecord.errors.DecodeError: byte 3 (0xe9) is not utf-8: pass another encoding, or none
    """


class ParseError(LitrecordError, ValueError):
    """The text cannot be read; in strict mode, the text has an error.

    >>> litrecord.parse_record("| views | 2", strict=True)
    Traceback (most recent call last):
    litrecord.errors.ParseError: 1 error in the text
    error[cut-row] line 1, column 1: this row is cut, or has no value
      | views | 2
      ^
      What to do: Look at the row: no value was made of it. If it is cut, fetch the page again.
    """


class InvalidValueError(LitrecordError, ValueError):
    """A value is not allowed in a record, or an option is not valid.

    >>> litrecord.Record(keywords=["two\\nlines"])
    Traceback (most recent call last):
    litrecord.errors.InvalidValueError: keywords[0]: 'two\\nlines' holds a line end: give one line
    """

    path: str
    """The path of the value, such as "keywords[0]", or "column" for an option; "" if unknown.

    The message begins with the path, after the row or the file of the value if there is one.
    """

    def __init__(
        self, message: str, diagnostics: Iterable[Diagnostic] = (), *, path: str = ""
    ) -> None:
        self.path = path
        super().__init__(f"{path}: {message}" if path else message, diagnostics)


class UnrepresentableError(LitrecordError, ValueError):
    """The requested form cannot represent this record exactly.

    >>> litrecord.to_text(litrecord.Record(keywords=["maps, old"]), exact=True)
    Traceback (most recent call last):
    litrecord.errors.UnrepresentableError: page text cannot hold this record: write JSON, ...
      keywords: ('maps, old',) would be read as ('maps', 'old')
    """


class LimitError(LitrecordError):
    """The source is larger than `litrecord.Limits` allows.

    >>> litrecord.parse_record("a" * 11, limits=litrecord.Limits(characters=10))
    Traceback (most recent call last):
    litrecord.errors.LimitError: 11 characters, but limits.characters is 10: pass ...
    """

    limit: str
    """The name of the limit, an attribute of `litrecord.Limits`, such as "characters"."""
    value: int
    """The number found; if counting ends early, the number counted so far."""
    most: int
    """The number that the limit allows."""

    def __init__(
        self,
        message: str,
        diagnostics: Iterable[Diagnostic] = (),
        *,
        limit: str = "",
        value: int = 0,
        most: int = 0,
    ) -> None:
        self.limit, self.value, self.most = limit, value, most
        super().__init__(message, diagnostics)


def repr_of(value: object) -> str:
    """Return the start of the repr of a value; for a number with too many digits, its class.

    >>> repr_of("maps"), repr_of(10**5000)
    ("'maps'", 'int')
    """
    try:
        return f"{value!r:.60}"
    except ValueError:
        return type(value).__name__


def within(error: InvalidValueError, where: str) -> InvalidValueError:
    """Return the error of a value inside another value, whose path is *where*."""
    text = error.message.removeprefix(f"{error.path}: ")
    return InvalidValueError(text, path=f"{where}.{error.path}" if error.path else where)


_Error = TypeVar("_Error", bound=LitrecordError)


def located(error: _Error, place: str) -> _Error:
    """Return the same error, with the row or file at the start of its message.

    >>> located(litrecord.LitrecordError("is empty"), "row 7").message
    'row 7: is empty'
    """
    again = copy.copy(error)
    again.message = f"{place}: {error.message}"
    again.args = (again.message, again.diagnostics)
    return again
