"""Whether a text is Markdown: told by what no page text has, once the text has been read as such.

Evidence is a separator line of a table where rows stand, a value or a label of a row within marks,
an identifier that is a link, a line that is a link within the site, and what the portal always
prints, with escapes or on several lines. Where no row of a known label was found, so is a heading
of the portal with its mark, a label of a row or of an identifier in bold, a value in bold or above
a separator line, and the title of the site's page.
"""

from __future__ import annotations

import re

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
from litrecord._vocabularies.interface import is_notice

_K = SectionKind
_MARKS = "*_`\\"
_MENU = re.compile(r"(?:[*+-]\s++)?\[[^\[\]]*+\]\(<?/[^()\s]*+\)")
_LABELS = "|".join(map(re.escape, LABELS))
_PRINTED = r"(?:Top\ [0-9.]{1,4}%|Average|[0-9.]{1,12}[KM]?)"
_SURE = re.compile(
    rf"""^[ \t]*+(?:[*+-][ \t]++)?(?:
      \#{{1,6}}[ \t]++(?:Abstract|Keywords)\b
    | (?:Abstract|Keywords)[ \t]*+\r?\n(?:--|==)
    | [|\ \t]*+[*_]{{1,3}}(?:{_LABELS})[*_]{{1,3}}[ \t|]
    )
    | \|[ \t]*+[*_]{{1,3}}{_PRINTED}[*_]{{1,3}}[ \t]*+(?:\||\r?$)
    | \|[ \t]*+{_PRINTED}[ \t]*+\|[ \t]*+\r?\n[ \t]*+\|?[ \t]*+-{{3}}
    """,
    re.M | re.X | re.I,
)
_MARKED_ROW = re.compile(
    rf"^[ \t]*+\|[| \t]*+[*_]{{1,3}}(?:{_LABELS})[*_]{{1,3}}[^|\r\n]*+\|", re.M | re.I
)
_LABEL = re.compile(
    r"^[ \t]*+(?:[*+-][ \t]++)?([*_]{0,3})([A-Za-z][A-Za-z -]{1,30})[*_]{0,3}:[*_]{0,3}"
    r"[ \t]*+(\[)?",
    re.M,
)


def is_markdown(text: str, segmented: Segmentation) -> bool:
    """Tell whether a text is Markdown, of which the segments are those of its plain reading."""
    rows = segmented.by_kind.get(_K.INDICATOR, ())
    return (
        any(map(_is_marked, segmented.segments))
        or (not any(is_known_label(row[3][0].label) for row in rows) and _is_sure(text))
        or _MARKED_ROW.search(text) is not None
        or _has_wrapped_description(text)
    )


def _is_marked(segment: Segment) -> bool:
    """Tell whether a segment is what only Markdown has where it stands."""
    kind, _, line, read = segment
    if kind is _K.NOTICE:
        return "-" in line and is_rule(line)
    if kind is _K.ABSTRACT or kind is _K.UNKNOWN:
        return _MENU.fullmatch(line) is not None or is_notice(_unescaped(line)) > is_notice(line)
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


def _is_sure(text: str) -> bool:
    if _SURE.search(text) is not None or SITE_TITLE.match(text.lstrip()) is not None:
        return True
    return any(
        (found[1] or found[3]) and scheme_of_label(found[2]) for found in _LABEL.finditer(text)
    )


def _has_wrapped_description(text: str) -> bool:
    unwrapped = " ".join(text.split())
    return any(words in unwrapped and words not in text for words in DESCRIPTIONS)
