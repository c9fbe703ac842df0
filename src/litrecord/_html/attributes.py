"""Attributes of an element: whether they hide it, and the value of one."""

from __future__ import annotations

import re
from collections.abc import Mapping

Attributes = Mapping[str, object]

_NOT_DISPLAYED = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
_UNSEEN = re.compile(
    r"""(?:^|;)\s*(?:
        (?:opacity|font-size|(?:max-)?(?:width|height)|zoom)\s*:\s*\.?0(?![1-9]|\.0*[1-9])
        | content-visibility\s*:\s*hidden
        | (?:left|right|top|bottom|text-indent|margin-left|margin-top)\s*:\s*-[0-9]{3}
        | clip(?:-path)?\s*:\s*(?:rect|inset|circle|polygon)
        | transform\s*:\s*scale\(0\)
    )""",
    re.I | re.X,
)


def written(value: object) -> str:
    """Return the value of an attribute as in the markup; bs4 makes lists of some."""
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return '="{}"'.format(text.replace("&", "&amp;").replace('"', "&quot;"))


def is_hidden(attributes: Attributes) -> bool:
    """Return whether an element is hidden by its own attributes.

    >>> is_hidden({"style": "color: red; Display:none"}), is_hidden({"class": "hidden"})
    (True, False)
    """
    return "hidden" in attributes or _NOT_DISPLAYED.search(_style_of(attributes)) is not None


def is_unseen(attributes: Attributes) -> bool:
    """Return whether an element is shown but invisible: of no size, or off the page.

    Scripts may move such elements into the page, so their text is read. litrecord's own markup in
    them is not trusted.

    >>> is_unseen({"style": "opacity: 0"}), is_unseen({"style": "opacity: 0.8; left: -2px"})
    (True, False)
    """
    return _UNSEEN.search(_style_of(attributes)) is not None


def _style_of(attributes: Attributes) -> str:
    """Return the style of an element without comments, even one that is not closed."""
    first, *others = str(attributes.get("style", "")).split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)
