"""What libxml2 before 2.14 needs to read a page as browsers do, and as later ones do.

Those versions know the named references of HTML 4 only, take ``&#150;`` for a control
character, lose control characters, and need time in the square of the attributes of one tag.
"""

from __future__ import annotations

import html
import re
from html.entities import name2codepoint

from lxml import etree

from litrecord.limits import Limits

IS_OLD = etree.LIBXML_VERSION < (2, 14)

_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{2,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']++|"[^"]*+"|'[^']*+'|[<"'])*+""")
_QUOTED = re.compile(r"""="[^"]*+"|='[^']*+'""")
_LEAST_CHARACTERS_AN_ATTRIBUTE = 2


def prepare(page: str, limits: Limits) -> str:
    """Return a page as the libxml2 that is here reads it well; LimitError if it would not."""
    return _prepare(page, limits) if IS_OLD else page


def _prepare(page: str, limits: Limits) -> str:
    for tag in _TAG.finditer(page):
        if tag.end() - tag.start() > _LEAST_CHARACTERS_AN_ATTRIBUTE * limits.attributes:
            count = len(_QUOTED.sub(" ", tag.group()).split()) - 1
            if count > limits.attributes:
                limits.refuse("attributes", count)
    return _REFERENCE.sub(_decoded, page) if "&" in page else page


def _decoded(found: re.Match[str]) -> str:
    """Return the characters of a reference that libxml2 does not know, and any other as it is."""
    reference = found.group()
    if (reference[1] != "#" and reference[1:-1] in name2codepoint) or reference == "&apos;":
        return reference
    characters = html.unescape(reference)
    is_safe = characters != reference and not set(characters) & set("<>&\"'\r\0")
    return characters if is_safe else reference
