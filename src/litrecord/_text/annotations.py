"""Annotations: spans of a text form of which markup says what they are."""

from __future__ import annotations

from typing import NamedTuple

from litrecord._sections import SectionKind
from litrecord._text.identifier_lines import IdentifierLine
from litrecord._text.lexer import RowValue

ANNOTATED = True
"""What was read of a segment whose whole line is one value: a keyword, a name, a paragraph."""


class Annotation(NamedTuple):
    """Some whole lines, their kind, and what is read of them."""

    kind: SectionKind
    start: int
    end: int
    read: IdentifierLine | RowValue | bool | None
