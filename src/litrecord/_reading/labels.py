"""Labels of encodings: the table of the Encoding Standard (section 4.2) to codecs of Python.

The package webencodings holds the table. No codec is looked up by a page's own words: Python would
keep each that it does not know.
"""

from __future__ import annotations

import re

_LONGEST = 40
_BLANKS = "\t\n\f\r "

_CODECS = {
    # The decoder of gbk is that of gb18030 (Encoding Standard, 10.1.1).
    "gbk": "gb18030",
    # HTML Living Standard, 13.2.3.2. A header says this of no page of text.
    "x-user-defined": "cp1252",
}
"""The encodings of the standard for which webencodings has another codec than pages need."""

_PASSED_OVER = "replacement"
"""The encoding whose decoder gives one U+FFFD for the whole page: its labels are passed over."""

_CHARSET = re.compile(r""";[\t ]*charset[\t ]*=[\t ]*(?:"([^"]*)|'([^']*)|([^;\s,"']*))""", re.I)


def codec_of(label: str) -> str:
    """Return the name of the codec for a label in any case, or "" if it is no label.

    >>> codec_of(" Latin1"), codec_of("iso-8859-8-i"), codec_of("utf-7")
    ('cp1252', 'iso8859-8', '')
    """
    # Loaded here, since only pages need it that are not UTF-8.
    import webencodings

    label = label.strip(_BLANKS)
    # The package takes no lone surrogate.
    if not label.isascii() or len(label) > _LONGEST:
        return ""
    found = webencodings.lookup(label)
    if found is None or found.name == _PASSED_OVER:
        return ""
    name: str = _CODECS.get(found.name) or found.codec_info.name
    return name


def charset_of(content_type: str) -> str:
    """Return the charset that the value of an HTTP header Content-Type names, or "".

    >>> charset_of('text/html; charset="koi8-r"'), charset_of("text/html")
    ('koi8-r', '')
    """
    found = _CHARSET.search(content_type)
    return (found[1] or found[2] or found[3] or "").strip(_BLANKS) if found else ""
