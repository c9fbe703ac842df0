"""Blanks of other kinds, read as the blank that the portal prints.

A blank without a width that stands within the value of an identifier line is no blank: there the
portal has none, and the value is not valid.
"""

from __future__ import annotations

import re

from litrecord._characters import BYTE_ORDER_MARK, NO_WIDTH, plain_blanks, plain_blanks_between
from litrecord._text.identifier_lines import read_identifier_line

_LINE = re.compile(rf"(?<![^\r\n])[^\r\n{NO_WIDTH}]*[{NO_WIDTH}][^\r\n]*")


def with_plain_blanks(text: str) -> str:
    """Return a text with U+0020 for each blank of another kind; its length stays.

    >>> with_plain_blanks("pmid:\\xa07\\ndoi: 10.1000/1\\u200b82\\u200b\\n")
    'pmid: 7\\ndoi: 10.1000/1\\u200b82 \\n'
    """
    if text.startswith(BYTE_ORDER_MARK):
        return BYTE_ORDER_MARK + with_plain_blanks(text[1:])
    shown = plain_blanks(text)
    pieces = []
    at = 0
    for line in _LINE.finditer(text):
        kept = plain_blanks_between(line[0])
        read = shown[line.start() : line.end()]
        if not read_identifier_line(read.strip()) and read_identifier_line(kept.strip()):
            pieces += [shown[at : line.start()], kept]
            at = line.end()
    return "".join([*pieces, shown[at:]])
