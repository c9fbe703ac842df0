"""The attributes of an element: whether they hide it, and how one is written."""

from __future__ import annotations

import re
from collections.abc import Mapping

Attributes = Mapping[str, object]

_NOT_DISPLAYED = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)


def written(value: object) -> str:
    """Return the value of an attribute as markup has it; bs4 makes a list of some."""
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return '="{}"'.format(text.replace("&", "&amp;").replace('"', "&quot;"))


def is_hidden(attributes: Attributes) -> bool:
    """Tell whether an element is hidden by its own attributes.

    >>> is_hidden({"style": "color: red; Display:none"}), is_hidden({"class": "hidden"})
    (True, False)
    """
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _NOT_DISPLAYED.search(str(style)) is not None
