"""What the portal prints around a record: usage lines, tooltips, headings, sources.

Grammar of a notice, one stripped line::

    notice = usage-line / description / interface-word                 ; NOTICES
           / "image/svg+xml" *character                               ; STARTS
           / *character "arrow_drop_down"                             ; ENDS
           / "BIP!" words " provided by BIP!"                         ; _TOOLTIP
           / "versions View all " count " versions"

Any other line is text, however much it looks like interface: a wrong guess would cost an
abstract its paragraph. In the head of a whole page (layout C), where sources stand, all
lines before the title are notices.
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
"""What whole pages print above their parts."""

COPYRIGHT = "Copyright policy )"

NOTICES = frozenset(
    {
        *USAGE_LINES,
        *indicators.DESCRIPTIONS,
        WHOLE_PAGE,
        ADD_CLAIM,
        "Found an issue? Give us feedback",
        COPYRIGHT,
        "BIP!",
        IMPACT_HEADING,
    }
)
_LONGEST = max(map(len, NOTICES))
STARTS = ("image/svg+xml", "BIP!", "versions View all ")
ENDS = ("arrow_drop_down",)
_TOOLTIP = re.compile(r"BIP![A-Za-z ]{1,40} provided by BIP!|versions View all [0-9]{1,6} versions")
_LEAST_CUT = 12
# Many an abstract begins as a description does: "This indicator reflects …".
_LEAST_CUT_DESCRIPTION = 60
_SHORT_NOTICES = NOTICES - indicators.DESCRIPTIONS


def is_notice(line: str) -> bool:
    """Tell whether a stripped line is a notice.

    >>> is_notice("Views provided by UsageCounts"), is_notice("Peer reviewed")
    (True, False)
    """
    if line.startswith("image/svg+xml") or (len(line) <= _LONGEST and line in NOTICES):
        return True
    return line.endswith(ENDS) or _TOOLTIP.fullmatch(line) is not None


def is_cut_notice(line: str) -> bool:
    """Tell whether the line that a text ends in is the start of a notice.

    >>> is_cut_notice("Downloads provided by U"), is_cut_notice("Downl")
    (True, False)
    """
    if len(line) < _LEAST_CUT:
        return False
    notices = NOTICES if len(line) >= _LEAST_CUT_DESCRIPTION else _SHORT_NOTICES
    return any(notice.startswith(line) for notice in notices)
