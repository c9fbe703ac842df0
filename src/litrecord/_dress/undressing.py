"""Entry to the segmenter: converts other forms of page text, and cuts the text into segments.

The checks are cheap. A text is read again only if its first reading shows another form, so page
text is never changed.
"""

from __future__ import annotations

from litrecord._characters import has_other_spaces
from litrecord._dress.printed import as_printed
from litrecord._dress.spaces import with_plain_spaces
from litrecord._dress.tabs import read_tabs
from litrecord._sections import SectionKind
from litrecord._text.segmenter import segment
from litrecord._text.segments import Segmentation
from litrecord.limits import Limits

_INDICATOR = SectionKind.INDICATOR
_ODD = frozenset(
    {"unknown-text", "cut-row", "malformed-identifier", "identifier-in-text", "unknown-indicator"}
    | {"unknown-value", "second-record", "uncertain-instance"}
)


def may_be_markdown(segmented: Segmentation) -> bool:
    """Return whether a text, read as page text, may be Markdown and needs a closer check."""
    _, by_kind, findings, has_rules, _ = segmented
    return (
        has_rules
        or _INDICATOR not in by_kind
        or not _ODD.isdisjoint([report.code for report in findings.reports])
    )


def segment_markdown(text: str, limits: Limits) -> Segmentation:
    """Cut a text in Markdown into the segments of its text without marks."""
    from litrecord._dress.markdown import read_markdown

    undressed = read_markdown(text)
    found = segment_dressed(undressed.text, limits)
    if undressed.text == text:
        return found
    found.findings.add(
        "read-as-markdown", "this was read as Markdown, its marks left out", None, 0, 0
    )
    return found._replace(dress=undressed)


def segment_dressed(text: str, limits: Limits) -> Segmentation:
    """Cut a text into segments with `_text.segmenter`, after conversion of spaces and tabs.

    >>> [found[0].value for found in segment_dressed("Text.\\nviews\\t2\\t\\n", Limits()).segments]
    ['abstract', 'indicator']
    """
    plain = with_plain_spaces(text) if has_other_spaces(text) else text
    found = segment(plain, limits)
    if "\t" in plain and (found.findings.reports or _INDICATOR not in found.by_kind):
        shown, rows = read_tabs(plain)
        found = segment(shown, limits, rows)
    return as_printed(text, found)
