"""Character references that stand in text, where a page was escaped once too often."""

from __future__ import annotations

import re

from litrecord._vocabularies.elements import REFERENCE

_REFERENCE = re.compile(f"{REFERENCE};")


def decoded(text: str) -> str:
    """Return a text with its character references decoded, once.

    >>> decoded("4:2&lt;387::AID&#62; R&D; &amp;lt;")
    '4:2<387::AID> R&D; &lt;'
    """
    if "&" not in text:
        return text
    from html import unescape

    return _REFERENCE.sub(lambda found: unescape(found[0]), text)
