"""Detection of the encoding that a page declares (HTML Living Standard, 13.2.3.2, 13.2.6.4.4).

A `<meta>` counts anywhere, as in browsers, except in a comment, an attribute, or an element of
`_RAW`. Without one the XML declaration counts. There is one forward pass: an element without an
end ends the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litrecord._reading.labels import codec_of

_MARKUP = re.compile(rb"<(?:(!--)|(/?[a-z][^\t\n\f\r />]*+)|[!?/])", re.I)
_PLAIN = re.compile(rb"""[^"'>]*+>""")
"""The rest of a tag without quotes; only quotes can contain ">"."""
_ATTRIBUTE = re.compile(
    rb"""[\t\n\f\r /]*+
    (?: (>)
      | ([^\t\n\f\r />][^\t\n\f\r />=]*+) [\t\n\f\r ]*+
        (?: = [\t\n\f\r ]*+ (?: "([^"]*+)" | '([^']*+)' | (?!["'])([^\t\n\f\r >]*+) ) | (?!=) )
    )""",
    re.X,
)
_COMMENT_END = re.compile(rb"--!?>")
_RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
"""The elements whose content is text, without tags."""
_RAW_END = {name: re.compile(rf"</{name}(?=[\t\n\f\r />])".encode(), re.I) for name in _RAW}
_CHARSET = re.compile(
    rb"""charset[\t\n\f\r ]*+=[\t\n\f\r ]*+
    (?: "([^"]*+)" | '([^']*+)' | ([^\t\n\f\r ;"'][^\t\n\f\r ;]*+) )""",
    re.I | re.X,
)
_XML = re.compile(
    rb"""[\t\n\f\r ]*+<\?xml\b[^<>]*?\bencoding[\t\n\r ]*+=[\t\n\r ]*+["']([^"'<>]{1,40})""", re.I
)
_FIRST = 1024

_COUNTING = frozenset({b"charset", b"content", b"http-equiv"})

Attributes = dict[str, str]
"""The attributes of a tag that matter here; the first of repeated ones."""


def declared_codec(data: bytes) -> str:
    """Return the codec of the encoding that a page declares, or "" if it declares none.

    UTF-16 is UTF-8: in UTF-16 the declaration could not be read as ASCII.

    >>> declared_codec(b"<!-- <meta charset=big5> --><meta charset=x-sjis>")
    'cp932'
    """
    names = (_codec_of_meta(attributes) for attributes in _metas(data))
    name = next(filter(None, names), "")
    if not name:
        xml = _XML.match(data, 0, _FIRST)
        name = codec_of(xml[1].decode("latin-1")) if xml else ""
    return "utf-8" if name.startswith("utf-16") else name


def _codec_of_meta(attributes: Attributes) -> str:
    if "charset" in attributes:
        return codec_of(attributes["charset"])
    if attributes.get("http-equiv", "").lower() != "content-type":
        return ""
    found = _CHARSET.search(attributes.get("content", "").encode("latin-1"))
    label = (found[1] or found[2] or found[3] or b"") if found else b""
    return codec_of(label.decode("latin-1"))


def _metas(data: bytes) -> Iterator[Attributes]:
    """Yield the attributes of each meta tag of a page."""
    found = _MARKUP.search(data)
    while found is not None:
        name = (found[2] or b"").decode("latin-1").lower()
        if not name:
            at = _end_of_aside(data, found)
        elif name != "meta" and (plain := _PLAIN.match(data, found.end())):
            at = plain.end()
        else:
            attributes, at = _attributes(data, found.end())
            if name == "meta" and at >= 0:
                yield attributes
        if name in _RAW and at >= 0:
            end = _RAW_END[name].search(data, at)
            at = end.start() if end else -1
        found = _MARKUP.search(data, at) if at >= 0 else None


def _end_of_aside(data: bytes, found: re.Match[bytes]) -> int:
    """Return the end of a comment or another declaration, or -1 if it has none."""
    if not found[1]:
        return data.find(b">", found.end())
    # A comment may be `<!-->` or `<!--->`.
    is_short = data[found.end() : found.end() + 1] in (b">", b"-")
    end = _COMMENT_END.search(data, found.end() - 2 * is_short)
    return end.end() if end else -1


def _attributes(data: bytes, at: int) -> tuple[Attributes, int]:
    """Return the attributes of the tag whose name ends at an offset, and its end, or -1."""
    attributes: Attributes = {}
    while found := _ATTRIBUTE.match(data, at):
        at = found.end()
        if found[1]:
            return attributes, at
        name = found[2].lower()
        if name in _COUNTING:
            value = found[3] or found[4] or found[5] or b""
            attributes.setdefault(name.decode("ascii"), value.decode("latin-1"))
    return attributes, -1
