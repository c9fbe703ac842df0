"""Validation of the fields of a record, and conversion to their stored form.

Grammar::

    line       = character *character        ; stripped, no line end: line_of
    paragraphs = line *( LF line )            ; paragraphs_of
    markup     = character / LF …             ; stripped, not empty: markup_of
    character  = any that XML 1.0 can hold    ; see _characters

Each function returns a value in that form, or raises InvalidValueError with the name of the field
as its path.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any

from litrecord._characters import clean, unify_line_ends
from litrecord.errors import InvalidValueError, repr_of

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")


def require_text(value: object, where: str) -> str:
    """Return a str, or raise InvalidValueError."""
    if not isinstance(value, str):
        raise InvalidValueError(f"expected a str, got {type(value).__name__}", path=where)
    return value


def require_text_or_none(value: object, where: str) -> None:
    """Raise InvalidValueError if value is neither a str nor None."""
    if value is not None and not isinstance(value, str):
        raise InvalidValueError(f"expected a str or None, got {type(value).__name__}", path=where)


def require_bool(value: object, where: str) -> None:
    """Raise InvalidValueError if value is not a bool, such as the text "no", which is true."""
    if not isinstance(value, bool):
        raise InvalidValueError(f"expected True or False, got {repr_of(value)}", path=where)


def path_of(value: object, where: str) -> str:
    """Return a path as a str, or raise InvalidValueError."""
    path = os.fspath(value) if isinstance(value, os.PathLike) else value
    if isinstance(path, str):
        _require_name(path, where)
        if is_address(path):
            message = f"expected a path, found an address, {path!r:.60}: save it, and pass its file"
            raise InvalidValueError(message, path=where)
        return path
    kind = type(value).__name__
    raise InvalidValueError(f"expected a str or a pathlib.Path, got {kind}", path=where)


def is_address(path: str) -> bool:
    """Return whether a path is an address, and not a file with such a name.

    >>> is_address("https://a.org/b.html"), is_address("b.html")
    (True, False)
    """
    return _ADDRESS.match(path) is not None and not os.path.lexists(path)


def _require_name(path: str, where: str) -> None:
    """Raise InvalidValueError if a file cannot have this name."""
    try:
        is_name = b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        is_name = False
    if not is_name:
        message = f"expected a file name without NUL and lone surrogates, found {path!r:.60}"
        raise InvalidValueError(message, path=where)


def sequence_of(values: object, where: str, what: str) -> tuple[Any, ...]:
    """Return any iterable except str and bytes as a tuple; *what* is only for the message."""
    if not isinstance(values, str | bytes) and isinstance(values, Iterable):
        return tuple(values)
    raise InvalidValueError(f"expected a sequence of {what}, got {repr_of(values)}", path=where)


def line_of(value: object, where: str) -> str:
    """Return one stripped line that is not empty, or raise InvalidValueError."""
    line = require_text(value, where).strip()
    if line and line.isprintable():
        return line
    if "\n" in line or "\r" in line:
        raise InvalidValueError(f"{line!r:.60} holds a line end: give one line", path=where)
    if not line:
        raise InvalidValueError("is empty: leave it out", path=where)
    return clean(line)


def lines_of(values: object, where: str) -> tuple[str, ...]:
    """Return the lines of an iterable, each checked by `line_of`."""
    lines = values if type(values) is tuple else sequence_of(values, where, "str")
    return tuple([line_of(value, f"{where}[{at}]") for at, value in enumerate(lines)])


def paragraphs_of(value: object) -> str | None:
    """Return an abstract as stripped paragraphs, none blank; None if there are none."""
    text = clean(unify_line_ends(require_text(value, "abstract")))
    return "\n".join(filter(None, map(str.strip, text.split("\n")))) or None


def markup_of(value: object) -> str:
    """Return a script element with LF line ends."""
    text = clean(unify_line_ends(require_text(value, "markup"))).strip()
    if not text:
        raise InvalidValueError(
            "is empty: a record without a widget has widget=None", path="markup"
        )
    return text
