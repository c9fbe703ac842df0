"""Options of reading that many functions share: their types, and validation."""

from __future__ import annotations

import sys
from typing import Literal, TypedDict, get_args

import attrs

from litrecord._reading.decoding import require_encoding
from litrecord._validation import require_bool, require_text_or_none
from litrecord.errors import InvalidValueError, repr_of
from litrecord.limits import DEFAULT_LIMITS, Limits

Markup = Literal["auto", "html", "text"]
"""The form of a source: HTML, text, or to be detected by `_html.detection`."""

_MARKUPS = get_args(Markup)


class ReadOptions(TypedDict, total=False):
    """The keyword arguments of a reading function; all are optional. See `parse_record`."""

    markup: Markup
    encoding: str | None
    strict: bool
    limits: Limits


@attrs.frozen
class CheckedOptions:
    """The options of one call, each with a value: its own or the default.

    Raises InvalidValueError if a value is not valid, DecodeError if the encoding is unknown,
    TypeError if the option is unknown.

    >>> CheckedOptions(strict="yes")
    Traceback (most recent call last):
    litrecord.errors.InvalidValueError: strict: expected True or False, got 'yes'
    """

    markup: Markup = "auto"
    encoding: str | None = None
    strict: bool = False
    limits: Limits = DEFAULT_LIMITS

    def __attrs_post_init__(self) -> None:
        if self.markup not in _MARKUPS:
            named = ", ".join(_MARKUPS)
            raise InvalidValueError(
                f"expected one of {named}, got {repr_of(self.markup)}", path="markup"
            )
        require_text_or_none(self.encoding, "encoding")
        require_bool(self.strict, "strict")
        if not isinstance(self.limits, Limits):
            raise InvalidValueError(
                f"expected Limits, got {type(self.limits).__name__}", path="limits"
            )
        if self.encoding is not None:
            require_encoding(self.encoding)


def require_processes(value: object) -> None:
    """Raise InvalidValueError if *value* is not a number of processes, or if none can be started.

    A worker that calls this while it imports the script exits silently: the process that started it
    reports the reason.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InvalidValueError(f"expected a count from 1, got {repr_of(value)}", path="processes")
    if value == 1:
        return
    # Each process reads the script again, which is not possible with standard input.
    if getattr(sys.modules["__main__"], "__file__", None) == "<stdin>":
        advice = "a script on standard input cannot start other processes: save it to a file"
        raise InvalidValueError(advice, path="processes")
    import multiprocessing  # not above: it loads slowly, and few calls need it

    # multiprocessing would find this too, but with a traceback from each process.
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise SystemExit(1)


_AUTO: Markup = "auto"
_DEFAULTS = CheckedOptions()


def checked(markup: Markup, encoding: str | None, strict: bool, limits: Limits) -> CheckedOptions:
    """Return the options of one call, checked.

    The defaults are checked once. This pays over 5%, together with `table_of_distinct`.
    """
    is_default = markup is _AUTO and encoding is None and strict is False
    if is_default and limits is DEFAULT_LIMITS:
        return _DEFAULTS
    return CheckedOptions(markup, encoding, strict, limits)
