"""Short forms of values: the start and end of a repr, the first words of a title."""

from __future__ import annotations

from reprlib import Repr

_TEXT = Repr()
_TEXT.maxstring = 80
_MOST_ITEMS = 6


def shown(value: object) -> str:
    """Return the repr of a value, without the middle of a long text or of many items.

    >>> shown(("Humans", "Maps")), shown(tuple(range(10))), len(shown("Old maps err. " * 100))
    ("('Humans', 'Maps')", '(0, 1, 2, <4 more>, 7, 8, 9)', 80)
    """
    if not isinstance(value, tuple):
        return _TEXT.repr(value) if isinstance(value, str) else repr(value)
    if len(value) <= _MOST_ITEMS:
        items = [shown(item) for item in value]
        return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
    half = _MOST_ITEMS // 2
    between = f"<{len(value) - _MOST_ITEMS} more>"
    return f"({', '.join([*map(shown, value[:half]), between, *map(shown, value[-half:])])})"


def first_words(text: str, most: int) -> str:
    """Return the beginning of a text on one line, cut after a word if it has several.

    >>> first_words("Old maps err\\nin the far north", 16), first_words("古い地図は誤る", 4)
    ('Old maps err in…', '古い地…')
    """
    start = " ".join(text[: 2 * most].split())
    if len(start) <= most:
        return start
    end = start.rfind(" ", most // 2, most)
    return f"{start[: end if end > 0 else most - 1]}…"
