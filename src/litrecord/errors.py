"""What litrecord raises: `LitrecordError`, and its few children.

Each error carries the diagnostics that led to it, with code, span and text as attributes;
its own text shows them with their excerpts.
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
    """What is wrong, and what to do."""
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
    """The source is nothing that litrecord reads, or cannot be opened.

    >>> litrecord.parse_record(None)
    Traceback (most recent call last):
    litrecord.errors.SourceError: cannot read NoneType: pass str, bytes, a path, a stream, ...
    """


class DecodeError(SourceError):
    """The bytes cannot be decoded with the encoding that was asked for.

    >>> litrecord.parse_record(b"caf\\xe9", encoding="utf-8")
    Traceback (most recent call last):
    litrecord.errors.DecodeError: byte 3 (0xe9) is not utf-8: pass another, or None to guess
    """


class ParseError(LitrecordError, ValueError):
    """Text that cannot be read as asked, or in strict mode any error of the text.

    >>> litrecord.parse_record("| views | 2", strict=True)
    Traceback (most recent call last):
    litrecord.errors.ParseError: 1 error in the text
    error[cut-row] line 1, column 1: this row is cut, or has no value
      | views | 2
      ^
    """


class InvalidValueError(LitrecordError, ValueError):
    """A value that no record can hold was given to one of the classes, or an option is not valid.

    >>> litrecord.Record(keywords=["two\\nlines"])
    Traceback (most recent call last):
    litrecord.errors.InvalidValueError: keywords[0]: 'two\\nlines' holds a line end: give one line
    """

    path: str
    """Which value it is, such as "keywords[0]", or "column" for an option; "" if none is named.

    The message begins with it; only the row or the file that the value is of stands before it.
    """

    def __init__(
        self, message: str, diagnostics: Iterable[Diagnostic] = (), *, path: str = ""
    ) -> None:
        self.path = path
        super().__init__(f"{path}: {message}" if path else message, diagnostics)


class UnrepresentableError(LitrecordError, ValueError):
    """The form that was asked for cannot hold this record exactly.

    >>> litrecord.to_text(litrecord.Record(keywords=["maps, old"]), exact=True)
    Traceback (most recent call last):
    litrecord.errors.UnrepresentableError: page text cannot hold this record: write JSON, ...
      keywords: ('maps, old',) would be read as ('maps', 'old')
    """


class LimitError(LitrecordError):
    """The source is larger than `litrecord.Limits` allows.

    >>> litrecord.parse_record("a" * 11, limits=litrecord.Limits(characters=10))
    Traceback (most recent call last):
    litrecord.errors.LimitError: 11 characters, but limits.characters is 10: raise ...
    """

    limit: str
    """The name of the limit, an attribute of `litrecord.Limits`, such as "characters"."""
    value: int
    """How many there were; where counting ends early, how many were counted."""
    most: int
    """How many the limit allows."""

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
    """Return the start of the repr of a value; of a number with too many digits, its class.

    >>> repr_of("maps"), repr_of(10**5000)
    ("'maps'", 'int')
    """
    try:
        return f"{value!r:.60}"
    except ValueError:
        return type(value).__name__


def within(error: InvalidValueError, where: str) -> InvalidValueError:
    """Return the error of a value as that of a value within another, whose path is where."""
    text = error.message.removeprefix(f"{error.path}: ")
    return InvalidValueError(text, path=f"{where}.{error.path}" if error.path else where)


_Error = TypeVar("_Error", bound=LitrecordError)


def located(error: _Error, place: str) -> _Error:
    """Return the same error, whose message says before all else of which row or file it is.

    >>> located(litrecord.LitrecordError("is empty"), "row 7").message
    'row 7: is empty'
    """
    again = copy.copy(error)
    again.message = f"{place}: {error.message}"
    again.args = (again.message, again.diagnostics)
    return again
