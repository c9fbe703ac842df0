"""Parser events of HTML text, lxml trees and bs4 soups, for one Flattener.

HTML text is passed to libxml2 as bytes. NULs and lone surrogates are replaced, so that no version
of it stops or guesses. Widgets are cut out first (`_scripts.in_html`), since parsers end them too
early or too late. Trees and soups are walked without writing them out. Comments, declarations and
processing instructions are not text.
"""

from __future__ import annotations

import hashlib
import inspect
import io
from collections.abc import Iterator
from html import unescape
from typing import Any

import bs4
from bs4.element import PreformattedString
from lxml import etree

from litrecord._characters import clean, first_forbidden
from litrecord._html import libxml2
from litrecord._html.flattener import Flattener
from litrecord._html.text_form import BREAK, RenderedPage
from litrecord._scripts.in_html import find_widgets
from litrecord.errors import SourceError
from litrecord.limits import Limits

_NAMESPACES = frozenset(
    f"{{{name}"
    for name in ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg",
                 "http://www.w3.org/1998/Math/MathML")
)  # fmt: skip


# lxml gets the signature of a target's start from inspect at each parse, which takes longer than
# the parse of a page; a stored signature is only looked up.
Flattener.start.__signature__ = inspect.signature(Flattener.start)  # type: ignore[attr-defined]


_CDATA, _CDATA_END = "<![CDATA[", "]]>"


def flatten_html(html: str, limits: Limits) -> RenderedPage:
    """Return the text form of HTML.

    >>> flatten_html("<p>Old <i>maps</i><p>err.", Limits()).text
    'Old maps\\nerr.'
    """
    html, replaced = _without_what_stops_parsers(html)
    start = html[:_MOST_BEFORE_BODY]
    html, toolbars = _without_toolbar(html)
    html = libxml2.prepare(html, limits)
    html, widgets = _cut_out(html)
    if _CDATA in html:
        html = _without_cdata(html)
    flattener = Flattener(limits, widgets)
    for piece in start.split("<!--")[1:]:
        flattener.asides.add_comment(piece.partition("-->")[0])
    page = _parse(html, flattener)
    if toolbars:
        page.left_out["toolbar of the Wayback Machine"] += toolbars
    return page._replace(replaced=replaced) if replaced else page


_MOST_BEFORE_BODY = 8_192
"""The part of a page for comments with its address: before its head or directly in it."""
_TOOLBAR = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->"
_TOOLBAR_END = "<!-- END WAYBACK TOOLBAR INSERT -->"


def _without_toolbar(html: str) -> tuple[str, int]:
    """Return HTML without the toolbars of the Wayback Machine, and their number."""
    before, begin, rest = html.partition(_TOOLBAR)
    _, end, after = rest.partition(_TOOLBAR_END)
    return (before + after, 1) if begin and end else (html, 0)


_LARGE = 100_000
"""Pages of more bytes are read in pieces, which has a start-up cost."""


class _Stoppable:
    """A page as a file that ends when its flattener has stopped.

    If a target raises, libxml2 reads the whole page before lxml raises the error. The time of a
    stray end tag grows with the number of open elements.
    """

    def __init__(self, data: bytes, flattener: Flattener) -> None:
        self._data = io.BytesIO(data)
        self._flattener = flattener

    def read(self, size: int) -> bytes:
        return b"" if self._flattener.is_stopped else self._data.read(size)


def _parse(html: str, flattener: Flattener) -> RenderedPage:
    parser = etree.HTMLParser(target=flattener, encoding="utf-8", huge_tree=True)
    data = html.encode()
    page: RenderedPage
    if not data.strip():
        page = flattener.close()
    elif len(data) <= _LARGE:
        page = etree.fromstring(data, parser)
    else:
        page = etree.parse(_Stoppable(data, flattener), parser)
    return page


def _without_what_stops_parsers(html: str) -> tuple[str, str]:
    """Return HTML without NULs, lone surrogates and `BREAK`, and the first of them, or ""."""
    is_good = "\x00" not in html and BREAK not in html and not libxml2.IS_OLD
    try:
        html.encode()
    except UnicodeEncodeError:
        is_good = False
    return (html, "") if is_good else (clean(html), _first_replaced(html))


def _without_cdata(html: str) -> str:
    """Return HTML with CDATA sections replaced by their content, which is shown as in XML."""
    shown: list[str] = []
    for kind, text in libxml2.stretches(html):
        first, *sections = text.split(_CDATA) if not kind else [text]
        shown.append(first)
        shown += [section.replace(_CDATA_END, "", 1) for section in sections]
    return "".join(shown)


def _first_replaced(text: str) -> str:
    at = first_forbidden(text)
    return text[at] if at >= 0 else ""


def _cut_out(html: str) -> tuple[str, dict[str, str]]:
    """Return HTML with an element in place of each widget, and the widgets by element name."""
    found = find_widgets(html)
    if not found:
        return html, {}
    # No page contains its own digest, so none can have such an element.
    digest = hashlib.blake2b(html.encode(), digest_size=16).hexdigest()
    pieces: list[str] = []
    widgets: dict[str, str] = {}
    at = 0
    for script in found:
        name = f"litrecord-{digest}-{len(widgets)}"
        # The element has text, so that it is counted if it is left out.
        pieces += [html[at : script.start], f"<{name}>widget</{name}>"]
        widgets[name] = html[script.start : script.end]
        at = script.end
    return "".join([*pieces, html[at:]]), widgets


def flatten_node(node: Any, limits: Limits) -> RenderedPage:
    """Return the text form of a bs4 Tag or an lxml element or tree."""
    flattener = Flattener(limits, {})
    if isinstance(node, bs4.Tag):
        _walk_soup(node, flattener)
    else:
        try:
            _walk_tree(node, flattener)
        except UnicodeDecodeError as error:
            raise SourceError(f"cannot read the text of this tree: {error}") from error
    return flattener.close()


def _walk_tree(node: Any, flattener: Flattener) -> None:
    root = node.getroot() if isinstance(node, etree._ElementTree) else node
    if root is None or not isinstance(root.tag, str):
        return
    for before in root.itersiblings(preceding=True) if root.getparent() is None else ():
        _add_comment(before, flattener)
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        is_element = isinstance(element.tag, str)
        if event == "start":
            if is_element:
                flattener.start(_name_of(element), element.attrib)
            text = element.text if is_element or element.tag is etree.Entity else None
        else:
            if is_element:
                flattener.end(_name_of(element))
            else:
                _add_comment(element, flattener)
            text = element.tail if element is not root else None
        if text:
            _add_text(text if is_element or event != "start" else unescape(text), flattener)


def _add_comment(element: Any, flattener: Flattener) -> None:
    if element.tag is etree.Comment:
        flattener.asides.add_comment(element.text)


def _name_of(element: Any) -> str:
    """Return the HTML name of an element: its own name only in the namespaces of HTML."""
    namespace, _, name = element.tag.rpartition("}")
    prefix = f"{element.prefix}:" if element.prefix and namespace not in _NAMESPACES else ""
    return f"{prefix}{name.lower()}"


def _walk_soup(node: Any, flattener: Flattener) -> None:
    is_whole = isinstance(node, bs4.BeautifulSoup)
    if not is_whole:
        flattener.start(node.name.lower(), node.attrs)
    open_tags: list[tuple[Any, Iterator[Any]]] = [(node, iter(node.contents))]
    while open_tags:
        tag, children = open_tags[-1]
        child = next(children, None)
        if child is None:
            open_tags.pop()
            if tag is not node or not is_whole:
                flattener.end(tag.name.lower())
        elif isinstance(child, bs4.Tag):
            flattener.start(child.name.lower(), child.attrs)
            open_tags.append((child, iter(child.contents)))
        elif not isinstance(child, PreformattedString) or isinstance(child, bs4.CData):
            _add_text(str(child), flattener)
        elif isinstance(child, bs4.Comment):
            flattener.asides.add_comment(str(child))


def _add_text(text: str, flattener: Flattener) -> None:
    flattener.replaced = flattener.replaced or _first_replaced(text)
    flattener.data(clean(text))
