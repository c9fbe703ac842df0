"""Values that a page has shortened, and ends in an ellipsis."""

from __future__ import annotations

from litrecord._vocabularies.references import decoded

_DOTS = ". \t\xa0…⋯‥"
_ELLIPSES = ("...", "…", "⋯", "‥")
_BEHIND_ELLIPSIS = _DOTS + ",;:!\"'“”‘’»。)]}>([{<"


def is_shortened(printed: str) -> bool:
    """Tell whether a value ends in an ellipsis, as a page shortens a long one.

    >>> is_shortened("10.1016/j.ce..."), is_shortened("2149 [\N{HORIZONTAL ELLIPSIS}]")
    (True, True)
    >>> is_shortened("10.1016/j.ce.")
    False
    """
    printed = decoded(printed)
    end = printed[len(without_ellipsis(printed)) :].replace(" ", "")
    return any(ellipsis in end for ellipsis in _ELLIPSES)


def without_ellipsis(printed: str) -> str:
    """Return a value without dots and punctuation at its end.

    >>> without_ellipsis("10.1016/j.ce (...)")
    '10.1016/j.ce'
    """
    return printed.rstrip(_BEHIND_ELLIPSIS)
