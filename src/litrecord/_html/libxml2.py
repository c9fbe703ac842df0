"""What libxml2 before 2.14 needs to read a page as browsers do, and as later ones do.

Those versions know the named references of HTML 4 only, and those with a semicolon, take
``&#150;`` for a control character, lose control characters, take tags inside a textarea for markup,
and need time in the square of the attributes of one tag.

Grammar of a page, for that::

    page   = *( text / script / style / comment / shown )       ; stretches
    shown  = an element of _SHOWN, whose content is text
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from litrecord._scripts.in_html import ends_of
from litrecord._vocabularies.elements import REFERENCE
from litrecord.limits import Limits

IS_OLD = etree.LIBXML_VERSION < (2, 14)

_SHOWN = frozenset({"textarea", "title", "xmp"})
_RAW = ("script", "style", *sorted(_SHOWN))
_OPEN = re.compile(rf"<(?:(!--)|({'|'.join(_RAW)})(?=[\s>/])[^<>]*>)", re.I)
_ENDS = ends_of(_RAW)
_REFERENCE = re.compile(f"{REFERENCE};?")
_PIECE = r"""(?:[^>"']++|"[^"]*+"|'[^']*+'|["'])"""
# No possessive group: Python before 3.11.5 gets those wrong. A plain one keeps a place to go back
# to each time around, so no more than a hundred of the pieces of a tag are read at once.
_TAG = re.compile(f"<[A-Za-z]{_PIECE}{{0,100}}")
_MORE_OF_TAG = re.compile(f"{_PIECE}{{1,100}}")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_LEAST_CHARACTERS_AN_ATTRIBUTE = 2
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})


def prepare(page: str, limits: Limits) -> str:
    """Return a page as the libxml2 that is here reads it well; LimitError if it would not."""
    return "".join(_prepared(page, limits)) if IS_OLD else page


def _prepared(page: str, limits: Limits) -> Iterator[str]:
    for kind, text in stretches(page):
        if kind == "":
            _require_few_attributes(text, limits)
        shown = text.replace("<", "&lt;") if kind in _SHOWN else text
        is_read = kind == "" or kind in _SHOWN
        yield _REFERENCE.sub(_decoded, shown) if is_read and "&" in shown else shown


def stretches(page: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches of a page, each with its kind; tags are part of what is around them.

    >>> list(stretches("<p>a<!-- b -->"))
    [('', '<p>a<!--'), ('!--', ' b '), ('', '-->')]
    """
    at = 0
    opening = _OPEN.search(page)
    while opening is not None:
        kind = (opening[1] or opening[2]).lower()
        yield "", page[at : opening.end()]
        closing = _ENDS[kind].search(page, opening.end())
        at = closing.start() if closing else len(page)
        yield kind, page[opening.end() : at]
        opening = _OPEN.search(page, at)
    yield "", page[at:]


def _require_few_attributes(text: str, limits: Limits) -> None:
    least = _LEAST_CHARACTERS_AN_ATTRIBUTE * limits.attributes
    if len(text) <= least:
        return
    tag = _TAG.search(text)
    while tag is not None:
        start, end = tag.span()
        while text[end : end + 1] != ">" and (more := _MORE_OF_TAG.match(text, end)):
            end = more.end()
        if end - start > least:
            count = len(_QUOTED.sub(" ", text[start:end]).split()) - 1
            if count > limits.attributes:
                limits.refuse("attributes", count)
        tag = _TAG.search(text, end)


def _decoded(found: re.Match[str]) -> str:
    """Return the characters of a reference, those that markup is made of as XML has them."""
    characters = html.unescape(found[0])
    return found[0] if characters == found[0] else characters.translate(_ESCAPES)
