"""Preparation of a page for libxml2 before 2.14, so that it is read as browsers read it.

These versions know only the named character references of HTML 4, and only with a semicolon. They
read ``&#150;`` as a control character, lose control characters, and read tags inside a textarea as
markup. Their time is quadratic in the attributes of one tag.

Grammar of a page for this::

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
# No possessive group: it has a bug in Python before 3.11.5. A plain group keeps a backtracking
# state for each repeat, so at most a hundred pieces of a tag are read at once.
_TAG = re.compile(f"<[A-Za-z]{_PIECE}{{0,100}}")
_MORE_OF_TAG = re.compile(f"{_PIECE}{{1,100}}")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_LEAST_CHARACTERS_AN_ATTRIBUTE = 2
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})


def prepare(page: str, limits: Limits) -> str:
    """Return a page in a form that the installed libxml2 reads; raises LimitError if it cannot."""
    return "".join(_prepared(page, limits)) if IS_OLD else page


def _prepared(page: str, limits: Limits) -> Iterator[str]:
    for kind, text in stretches(page):
        if kind == "":
            _require_few_attributes(text, limits)
        shown = text.replace("<", "&lt;") if kind in _SHOWN else text
        is_read = kind == "" or kind in _SHOWN
        yield _REFERENCE.sub(_decoded, shown) if is_read and "&" in shown else shown


def stretches(page: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a page, each with its kind; tags belong to the text around them.

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
    """Return the characters of a character reference, with markup characters escaped as in XML."""
    characters = html.unescape(found[0])
    return found[0] if characters == found[0] else characters.translate(_ESCAPES)
