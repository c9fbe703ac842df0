"""Shared parts of the HTML output: escaping, impact classes, style sheets, the page frame.

A style sheet is plain in litrecord's own page. In another page it is firm: it overrides all other
rules for the same elements, even those with ``!important``, as in VS Code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from litrecord._characters import clean
from litrecord._values.indicators import ImpactClass
from litrecord.errors import InvalidValueError, repr_of

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
MEANINGS = {
    ImpactClass.TOP_0_01: "among the best 0.01%",
    ImpactClass.TOP_0_1: "among the best 0.1%, not 0.01%",
    ImpactClass.TOP_1: "among the best 1%, not 0.1%",
    ImpactClass.TOP_10: "among the best 10%, not 1%",
    ImpactClass.AVERAGE: "not among the best 10%",
}
"""The description of an impact class beside its code."""

_ROOT = re.compile(r"\.litrecord[-a-z]*")


@cache
def stylesheet(name: str) -> str:
    """Return the stylesheet with a name: "record" for an article, or "page" for the rest."""
    return (resources.files("litrecord.serializers.pages") / f"{name}.css").read_text(
        encoding="utf-8"
    )


@cache
def firm_stylesheet(name: str) -> str:
    """Return a stylesheet that overrides the rules of others for litrecord's elements.

    Each selector gets the specificity of two ids, which no element needs to have. Rules that reset
    get that of one. A page may have several of these, and the last must not reset the first.

    >>> ":is(.litrecord, #x#x) p { margin: 0 0 .8em !important;" in firm_stylesheet("record")
    True
    """
    firm = stylesheet("reset") + _ROOT.sub(r":is(\g<0>, #x#x)", stylesheet(name))
    return firm.replace(";", " !important;")


def css_of(style: object, is_page: bool) -> str:
    """Return the CSS that an option asks for in a page or in a fragment, or raise.

    >>> css_of(False, True), css_of(None, False), css_of("p { margin: 0; }", False)
    ('', '', 'p { margin: 0; }')
    """
    if isinstance(style, str):
        if "</style" in style.lower():
            raise InvalidValueError("holds </style: give CSS without its element", path="style")
        return clean(style)
    if style is not None and not isinstance(style, bool):
        message = f"expected True, False, None or CSS as str, got {repr_of(style)}"
        raise InvalidValueError(message, path="style")
    if style is False or (style is None and not is_page):
        return ""
    return stylesheet("page") + stylesheet("record") if is_page else firm_stylesheet("record")


def style_element(style: str) -> str:
    """Return a style element for a body: HTML allows it there only inside an svg.

    >>> print(style_element("p > b { margin: 0; }"))
    <svg width="0" height="0" style="position: absolute" aria-hidden="true"><style>
    p > b { margin: 0; }
    </style></svg>
    """
    text = style.strip().replace("&", "&amp;").replace("<", "&lt;")
    # It has no size, but is not hidden: checkers report hidden elements as not checked.
    around = '<svg width="0" height="0" style="position: absolute" aria-hidden="true">'
    return f"{around}<style>\n{text}\n</style></svg>"


def escape(text: str) -> str:
    """Return text with the characters of markup escaped.

    >>> escape('a<b & "c"')
    'a&lt;b &amp; &quot;c&quot;'
    """
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def scale(found: ImpactClass) -> str:
    """Return five boxes, one filled for this class and each worse one, and the code."""
    rank = 1 + sum(other < found for other in ImpactClass)
    boxes = "".join(
        f'<rect x="{14 * at + 1}" y="1" width="10" height="10" rx="2" stroke="currentColor" '
        f'fill="{"currentColor" if at < rank else "none"}"/>'
        for at in range(len(ImpactClass))
    )
    width = 14 * len(ImpactClass)
    size = f'width="{width}" height="12" viewBox="0 0 {width} 12"'
    label = f"{found.code}, {rank} of {len(ImpactClass)}"
    return f'<svg {size} role="img" aria-label="{label}">{boxes}</svg> {found.code}'


def whole_page(
    title: str, style: str, main: Iterable[str], more: Iterable[str] = (), *, is_closed: bool = True
) -> str:
    """Return a page of lines, with others at the end of its head; a closed page loads nothing."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            *([policy] if is_closed else []),
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            *([f"<style>\n{style}</style>"] if style else []),
            *more,
            "</head>",
            "<body>",
            "<main>",
            *main,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )
