"""Annotations: lines of a text form whose kind is given by markup."""

from __future__ import annotations

from typing import NamedTuple

from litrecord._sections import SectionKind
from litrecord._text.identifier_lines import IdentifierLine
from litrecord._text.lexer import RowValue

ANNOTATED = True
"""Marks a segment whose whole line is one value: a keyword, a name, a paragraph."""


class Annotation(NamedTuple):
    """Some whole lines, their kind, and the value read from them."""

    kind: SectionKind
    start: int
    end: int
    read: IdentifierLine | RowValue | bool | None
