"""Texts that the portal prints around a record: usage lines, tooltips, headings, sources.

Grammar of a notice, one stripped line::

    notice = usage-line / description / interface-word                 ; NOTICES
           / "image/svg+xml" *character                               ; STARTS
           / *character "arrow_drop_down"                             ; ENDS
           / [ "BIP!" ] words " provided by BIP!"                     ; _VARIABLE
           / "versions View all " count " versions"
           / "This " kind " is the result of merged " kinds " in OpenAIRE."
           / "You have already added " count " works in your ORCID record " *character
           / page-start
    page-start = "Powered by OpenAIRE" [ version ]   ; any case, no sentence: is_page_start

Any other line is text, even if it looks like a notice: a wrong guess would remove a paragraph
of an abstract. In the head of a whole page (layout C), among the sources, all lines before the
title are notices.
"""

from __future__ import annotations

import re

from litrecord._vocabularies import indicators

WHOLE_PAGE = "Powered by OpenAIRE graph"

USAGE_LINES = ("Views provided by UsageCounts", "Downloads provided by UsageCounts")

ADD_CLAIM = "addClaim"

ABSTRACT_HEADING = "Abstract"
KEYWORDS_HEADING = "Keywords"
IMPACT_HEADING = "Impact byBIP!"
IMPACT_HEADINGS = (IMPACT_HEADING, "Impact by BIP!")
"""The headings of whole pages."""

BULLETS = "•*+◦·○▪●‣–-"
"""The marks of a list: the portal's first, then those of programs that convert pages."""

COPYRIGHT = "Copyright policy )"

MERGED = (
    "This Research product is the result of merged Research products in OpenAIRE.",
    "You have already added 0 works in your ORCID record related to the merged Research product.",
)
"""The lines between "addClaim" and the title; the number varies."""

NOTICES = frozenset(
    {
        *USAGE_LINES,
        *indicators.DESCRIPTIONS,
        WHOLE_PAGE,
        ADD_CLAIM,
        "Found an issue? Give us feedback",
        COPYRIGHT,
        "BIP!",
        *IMPACT_HEADINGS,
        *MERGED,
    }
)
_LONGEST = max(map(len, NOTICES))
_PAGE_STARTS = ("Powered ", "powered ", "POWERED ")
STARTS = ("image/svg+xml", "BIP!", "versions View all ", "You have already ", *_PAGE_STARTS)
ENDS = ("arrow_drop_down", " provided by BIP!")
_ICONS = ("arrow_drop_down", "image/svg+xml")
_MERGED = re.compile(
    r"This [A-Z][A-Za-z]*(?: [a-z]+)? is the result of merged "
    r"[A-Z][A-Za-z]*(?: [a-z]+)? in OpenAIRE\.?"
    r"|You have already added [0-9][0-9,.]{0,9} works? in your ORCID record [A-Za-z ]{0,80}\.?"
)
_ABOVE_TITLE = (ADD_CLAIM, "This ", "You have already ")
_VARIABLE = re.compile(
    rf"BIP![A-Za-z ]{{1,40}} provided by BIP!|(?i:{'|'.join(indicators.LABELS)}) provided by BIP!"
    rf"|versions View all [0-9]{{1,6}} versions|{_MERGED.pattern}"
)
TOOLTIPS = tuple(f"BIP!{label.capitalize()} provided by BIP!" for label in indicators.LABELS)
"""The notices below the descriptions, as the portal prints them."""
# A sentence may begin like this too: it is longer, or ends like a sentence.
_PAGE_START = re.compile(
    r"powered\s+by\s+(?:the\s+)?OpenAIRE(?![\w-])"
    r"(?:(?:\s\S{1,20}){0,2}|[^,;]{0,40}(?<![.!?:]))",
    re.I,
)
_LIST = re.compile(rf"(?:[\r\n]|\A)[ \t]*+[{BULLETS}][ \t]*+(?:Impact by)?BIP![ \t]*+(?=[\r\n]|\Z)")
_NUMBER = re.compile(r"[0-9][0-9,.]*")
_LEAST_CUT = 12
# Many abstracts begin like a description: "This indicator reflects …".
_LEAST_CUT_DESCRIPTION = 60
# A search for a line end and the line finds any notice that begins with the line.
_LINES = "\n" + "\n".join(sorted(NOTICES))
_SHORT_LINES = "\n" + "\n".join(sorted(NOTICES - indicators.DESCRIPTIONS))


def is_notice(line: str) -> bool:
    """Return whether a stripped line is a notice.

    >>> is_notice("Views provided by UsageCounts"), is_notice("Peer reviewed")
    (True, False)
    """
    if line.startswith("image/svg+xml") or (len(line) <= _LONGEST and line in NOTICES):
        return True
    return (
        line.endswith("arrow_drop_down")
        or _VARIABLE.fullmatch(line) is not None
        or is_page_start(line)
    )


def is_page_start(line: str) -> bool:
    """Return whether a line is the first line of a whole page.

    >>> is_page_start("Powered by OpenAIRE Graph v11"), is_page_start("Powered by OpenAIRE, we err")
    (True, False)
    """
    return line.startswith(_PAGE_STARTS) and _PAGE_START.fullmatch(line) is not None


def has_page_list(text: str) -> bool:
    """Return whether a text has the bullet list of indicators, as only whole pages do.

    >>> has_page_list("Average\\n  • BIP!\\n"), has_page_list("BIP! is a list of • BIP!")
    (True, False)
    """
    return _LIST.search(text) is not None


def is_own_notice(line: str) -> bool:
    """Return whether a line is a notice, except icons, which other sites print too.

    >>> is_own_notice("addClaim"), is_own_notice("Menuarrow_drop_down")
    (True, False)
    """
    return is_notice(line) and not line.startswith(_ICONS) and not line.endswith(_ICONS)


def is_above_title(line: str) -> bool:
    """Return whether a line is one of those between the sources and the title.

    >>> is_above_title("addClaim"), is_above_title("ZENODO")
    (True, False)
    """
    if not line.startswith(_ABOVE_TITLE):
        return False
    return line == ADD_CLAIM or _MERGED.fullmatch(line) is not None


def is_cut_notice(line: str) -> bool:
    """Return whether the last line of a text is the beginning of a notice.

    >>> is_cut_notice("Downloads provided by U"), is_cut_notice("Downl")
    (True, False)
    """
    if len(line) < _LEAST_CUT:
        return False
    line = _NUMBER.sub("0", line)
    notices = _LINES if len(line) >= _LEAST_CUT_DESCRIPTION else _SHORT_LINES
    return f"\n{line}" in notices
