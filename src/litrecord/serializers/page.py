"""What all pages of HTML that are written share: escaping, style sheets, and the page around."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@cache
def stylesheet(name: str) -> str:
    """Return the stylesheet of that name: "record", for an article, or "page" for the rest."""
    return (resources.files("litrecord.serializers") / f"{name}.css").read_text(encoding="utf-8")


def escape(text: str) -> str:
    """Return text with the characters escaped that markup is made of.

    >>> escape('a<b & "c"')
    'a&lt;b &amp; &quot;c&quot;'
    """
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def whole_page(
    title: str, style: str, main: Iterable[str], more: Iterable[str] = (), *, is_closed: bool = True
) -> str:
    """Return a page of lines, with others at the end of its head; a closed one loads nothing."""
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
            f"<style>\n{style}</style>",
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
