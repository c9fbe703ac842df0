"""Table of encoding labels (Encoding Standard, section 4.2) to Python codecs.

The package webencodings has the table. No codec is looked up by a label of a page: Python would
cache each unknown one.
"""

from __future__ import annotations

import re

_LONGEST = 40
_BLANKS = "\t\n\f\r "

_CODECS = {
    # The decoder of gbk is that of gb18030 (Encoding Standard, 10.1.1).
    "gbk": "gb18030",
    # HTML Living Standard, 13.2.3.2. A header does not declare this for a page of text.
    "x-user-defined": "cp1252",
}
"""The encodings of the standard for which webencodings has the wrong codec for pages."""

_PASSED_OVER = "replacement"
"""The encoding whose decoder gives one U+FFFD for the whole page: its labels are ignored."""

_CHARSET = re.compile(r""";[\t ]*charset[\t ]*=[\t ]*(?:"([^"]*)|'([^']*)|([^;\s,"']*))""", re.I)


def codec_of(label: str) -> str:
    """Return the name of the codec for a label in any case, or "" if the label is unknown.

    >>> codec_of(" Latin1"), codec_of("iso-8859-8-i"), codec_of("utf-7")
    ('cp1252', 'iso8859-8', '')
    """
    # Loaded here, since only pages in other encodings than UTF-8 need it.
    import webencodings

    label = label.strip(_BLANKS)
    # The package does not accept a lone surrogate.
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
