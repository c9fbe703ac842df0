"""Detection of Markdown, in a text that was first read as page text.

Evidence is text that page text never has: a separator line of a table among rows, a value or a
label of a row within marks, an identifier that is a link, a line that is a link within the site,
or a fixed text of the portal with escapes or on several lines. If no row with a known label was
found, more counts: a heading of the portal with its mark, a label of a row or an identifier in
bold, a value in bold or above a separator line, and the title of the site's page.
"""

from __future__ import annotations

import re
from itertools import pairwise

from litrecord._characters import unify_line_ends
from litrecord._dress.inline_marks import ESCAPE, LINK
from litrecord._dress.markdown import SITE_TITLE
from litrecord._sections import SectionKind
from litrecord._text.segments import Segment, Segmentation
from litrecord._vocabularies.identifiers import scheme_of_label
from litrecord._vocabularies.indicators import (
    DESCRIPTIONS,
    LABELS,
    is_known_label,
    is_rule,
    is_value,
    split_cell,
)
from litrecord._vocabularies.interface import ABSTRACT_HEADING, KEYWORDS_HEADING, is_notice

_K = SectionKind
_TEXTS = frozenset({_K.ABSTRACT, _K.NOTICE, _K.UNKNOWN})
_UNDERLINES = ("\n--", "\n==")
_SIGNS = "*[\\#`"
_MARKS = "*_`\\"
_MENU = re.compile(r"(?:[*+-]\s++)?\[[^\[\]]*+\]\(<?/[^()\s]*+\)")
_LABELS = "|".join(map(re.escape, LABELS))
_PRINTED = r"(?:Top [0-9.]{1,4}%|Average|[0-9.]{1,12}[KM]?)"
_SURE = re.compile(
    rf"[*+-]? *+(?:#{{1,6}}[ \t]++(?:Abstract|Keywords)\b|[*_]{{1,3}}(?:{_LABELS})[*_]{{1,3}} )",
    re.I,
)
_MARKED_ROW = re.compile(rf"\|[| \t]*+[*_]{{1,3}}(?:{_LABELS})[*_]{{1,3}}[^|]*+\|", re.I)
_MARKED_VALUE = re.compile(rf"\|[ \t]*+[*_]{{1,3}}{_PRINTED}[*_]{{1,3}}[ \t]*+(?:\||\Z)")
_LAST_VALUE = re.compile(rf"\|[ \t]*+{_PRINTED}[ \t]*+\|?\Z")
_LABEL = re.compile(
    r"(?:[*+-] )?([*_]{0,3})([A-Za-z][A-Za-z -]{1,30})[*_]{0,3}:[*_]{0,3}[ \t]*+(\[)?"
)


def is_markdown(text: str, segmented: Segmentation) -> bool:
    """Return whether a text is Markdown; the segments are those of the text as page text."""
    rows = segmented.by_kind.get(_K.INDICATOR, ())
    has_rows = any(is_known_label(row[3][0].label) for row in rows)
    if not segmented.has_rules and not any(sign in text for sign in _SIGNS):
        is_marked = any(_is_marked(row) for row in rows if not row[3][1])
        return is_marked or (not has_rows and _is_sure_without_signs(text))
    lines = [line.strip() for line in unify_line_ends(text).split("\n") if not line.isspace()]
    return (
        any(map(_is_marked, segmented.segments))
        or any(_MARKED_ROW.match(line) for line in lines)
        or (not has_rows and _is_sure(lines))
        or _is_sure_without_signs(text)
    )


def _is_marked(segment: Segment) -> bool:
    """Return whether a segment is one that only Markdown has in this place."""
    kind, _, line, read = segment
    if "\\" in line and kind in _TEXTS and is_notice(_unescaped(line)):
        return True
    if kind is _K.NOTICE:
        return "-" in line and is_rule(line)
    if kind is _K.ABSTRACT or kind is _K.UNKNOWN:
        return _MENU.fullmatch(line) is not None
    if kind is _K.INDICATOR:
        row = read[0]
        if "\\" in row.description and _unescaped(row.description) in DESCRIPTIONS:
            return True
        label = split_cell(_bare(row.label))[0]
        is_odd = not is_value(row.printed) or not is_known_label(row.label)
        return is_odd and is_known_label(label) and is_value(_bare(row.printed))
    return kind is _K.IDENTIFIERS and any(LINK.match(value) for _, value in read[1])


def _unescaped(text: str) -> str:
    return ESCAPE.sub(r"\1", text)


def _bare(text: str) -> str:
    text = LINK.sub(r"\2", text)
    for mark in _MARKS:
        text = text.replace(mark, "")
    return text.strip()


def _is_sure(lines: list[str]) -> bool:
    """Return whether lines have marks that only Markdown has if no row was read."""
    return any(map(_is_sure_line, lines)) or any(
        is_rule(below) and _LAST_VALUE.search(line) for line, below in pairwise(lines)
    )


def _is_sure_line(line: str) -> bool:
    if _SURE.match(line) or ("|" in line and _MARKED_VALUE.search(line)):
        return True
    found = _LABEL.match(line)
    return found is not None and bool((found[1] or found[3]) and scheme_of_label(found[2]))


def _has_underlined_heading(text: str) -> bool:
    lines = [line.strip() for line in unify_line_ends(text).split("\n")]
    return any(
        line in (ABSTRACT_HEADING, KEYWORDS_HEADING) and len(below) > 1 and not below.strip("-=")
        for line, below in pairwise(lines)
    )


def _is_sure_without_signs(text: str) -> bool:
    """Return whether a text has the site title, a line below a heading, or wrapped descriptions."""
    if "| Explore" in text and SITE_TITLE.match(text.lstrip()) is not None:
        return True
    if any(sign in text for sign in _UNDERLINES) and _has_underlined_heading(text):
        return True
    unwrapped = " ".join(text.split()) if "indicator" in text else ""
    return any(words in unwrapped and words not in text for words in DESCRIPTIONS)
