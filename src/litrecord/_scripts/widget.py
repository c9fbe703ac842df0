"""Data from the markup of the portal's script widget.

Grammar: `_scripts.scanner` finds the element; within it::

    widget  = a script element that holds "oa_widget" or "view=widget", in any case
    address = "src" "=" [ quote ] *character             ; of several, the first with "view=widget"
    id      = "<div" … "id" "=" [ quote ] *character
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from litrecord._characters import plain_spaces

_ADDRESS = re.compile(
    r"""\ssrc\s*=\s*(?:\\?['"‘’“”])?((?:[^\s'"‘’“”\\<>]|\\(?!['"‘’“”]))+)""", re.I
)
_CONTAINER = re.compile(r"""<div\s[^<>]{0,200}?\bid\s*=\s*\\?['"‘’“”]?([^\s'"‘’“”\\<>]+)""", re.I)
_TRUSTED_HOST = re.compile(
    r"https://(?:[a-z0-9-]+\.)*openaire\.eu(?::443)?(?=[/?#]|$)", re.I | re.A
)

_SIGNS = ("oa_widget", "view=widget")


def last_sign(html: str) -> int:
    """Return an offset that is not before the last sign of a widget in HTML, or -1.

    >>> last_sign("<script>var oa_widget;</script>"), last_sign("<script></script>")
    (12, -1)
    """
    # A letter in lower case may be longer, and never is shorter.
    lowered = html.lower()
    return max(map(lowered.rfind, _SIGNS))


def is_widget(markup: str) -> bool:
    """Return whether a script element is the portal's widget.

    >>> is_widget("<script>var oa_widget;</script>"), is_widget("<script></script>")
    (True, False)
    """
    if _SIGNS[0] in markup:
        return True
    lowered = markup.lower()
    return any(sign in lowered for sign in _SIGNS)


def widget_address(markup: str) -> str | None:
    """Return the address that a widget's markup loads, with ``&amp;`` decoded.

    >>> widget_address('<script src="https://www.openaire.eu/?a=1&amp;view=widget">')
    'https://www.openaire.eu/?a=1&view=widget'
    """
    found = _ADDRESS.finditer(plain_spaces(markup))
    addresses = [address.group(1).replace("&amp;", "&") for address in found]
    named = [address for address in addresses if "view=widget" in address.lower()]
    return (named or addresses or [None])[0]


def container_id(markup: str) -> str | None:
    """Return the id of the element that a widget's markup writes and fills.

    >>> container_id("document.write('<div id=\\"oa_widget\\"></div>');")
    'oa_widget'
    """
    found = _CONTAINER.search(plain_spaces(markup))
    return found.group(1) if found else None


def query_of(address: str) -> list[tuple[str, str]]:
    """Return the parameters of an address, unescaped, in order (WHATWG URL, 5.1).

    >>> query_of("https://example.org/?pid=10.1000%2F182&empty=")
    [('pid', '10.1000/182'), ('empty', '')]
    """
    query = address.partition("#")[0].partition("?")[2]
    # parse_qsl bounds the number of fields only on request.
    return parse_qsl(query, keep_blank_values=True)


def is_trusted_address(address: str) -> bool:
    """Return whether an address is https and on openaire.eu or a subdomain of it.

    >>> is_trusted_address("https://beta.openaire.eu/index.php")
    True
    >>> is_trusted_address("https://www.openaire.eu@evil.example/")
    False
    """
    # Browsers read a backslash as a slash, so an address with one is never trusted.
    return "\\" not in address and _TRUSTED_HOST.match(address) is not None
