"""The first line of a text whose beginning may be missing: a dump may be cut anywhere.

Grammar of a first line that is the end of a piece, without a line end before it::

    piece      = script-end / row-end / notice-end / maybe-end    ; _piece_at_start
    script-end = *( line that ends as script does ) "</script>"     ; scanner.end_of_cut_script
    row-end   = [ cell-end "|" ] value-end *( "|" / space )         ; with a pipe: cut-row
    notice-end = the end of a notice or description, at least _LEAST    ; a notice, maybe-cut
    maybe-end = a shorter end, of a notice, label or value              ; text, maybe-cut
              / 1*word-with-a-digit / label-end ":" *character / the end of the next line
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from litrecord._characters import lines_of
from litrecord._scripts.scanner import end_of_cut_script
from litrecord._sections import SectionKind
from litrecord._text.identifier_lines import read_identifier_line
from litrecord._text.segments import Findings, Segment
from litrecord._text.transitions import BEGUN
from litrecord._vocabularies.identifiers import LABELS as IDENTIFIER_LABELS
from litrecord._vocabularies.identifiers import LONGEST_LABEL
from litrecord._vocabularies.indicators import (
    CLASSES,
    DESCRIPTIONS,
    FIRST_CELLS,
    LABELS,
    is_known_label,
    is_value,
    split_cell,
)
from litrecord._vocabularies.interface import (
    ABSTRACT_HEADING,
    COPYRIGHT,
    KEYWORDS_HEADING,
    NOTICES,
    TOOLTIPS,
    USAGE_LINES,
    WHOLE_PAGE,
)

_OF_SCRIPT = "this is the end of a script, which begins above the text"
_OF_NOTICE = "this is the end of a notice: the text begins within it, and may be cut"
_MAYBE = "this may be the end of a line that begins above the text, which may be cut"

_LEAST = 12
_CLOSE_END = re.compile(r"(?:p?t)?>")
_COUNT_END = re.compile(r"[0-9]*(?:\.[0-9]*)?[KM]?")
_LONGEST = max(map(len, FIRST_CELLS))
_WINDOW = 4 * _LONGEST


_WHOLE_STARTS = (*USAGE_LINES, WHOLE_PAGE, '<script type="text/javascript">')
"""The beginnings of most texts that do not begin with a line end."""


def _ends(wholes: Iterable[str]) -> str:
    return "\n" + "".join(f"{whole}\n" for whole in wholes)


_DESCRIPTION_ENDS = _ends(sorted(DESCRIPTIONS))
_CELL_ENDS = _ends((*LABELS, *FIRST_CELLS))
_NOTICE_ENDS = _ends((*sorted(NOTICES), *TOOLTIPS))
_IDENTIFIER_LABEL_ENDS = _ends(sorted(IDENTIFIER_LABELS))
_VALUE_ENDS = _ends(CLASSES)
_SHORT_ENDS = _ends((*LABELS, *CLASSES, ABSTRACT_HEADING, KEYWORDS_HEADING, "</script>"))


def read_start(text: str, segments: list[Segment], findings: Findings) -> tuple[int, bool]:
    """Read the cut piece at the start of a text; return its end, and whether it is a row.

    A piece that may be text is left to the segmenter: its end is 0.
    """
    if text[:80].lstrip().startswith(_WHOLE_STARTS):
        return 0, False
    kind, end, code, message = _piece_at_start(text)
    if kind is None:
        if code:
            findings.add(code, message, None, 0, end)
        return 0, False
    segments.append((kind, end, text[:end].strip(), None))
    findings.add(code, message, segments[-1])
    return end, code == "cut-row"


def _piece_at_start(text: str) -> tuple[SectionKind | None, int, str, str]:
    """Return kind, end, code and message of a piece; the code is empty if there is no piece."""
    end = end_of_cut_script(text)
    if end:
        return SectionKind.UNKNOWN, end, "unknown-text", _OF_SCRIPT
    lines = _first_lines(text)
    line, end = lines[0]
    if line and (line not in NOTICES or line == COPYRIGHT):
        is_short = len(line) <= _LONGEST
        if is_short and _is_end_of_row(line):
            return SectionKind.UNKNOWN, end, "cut-row", BEGUN
        if _LEAST <= len(line) <= _LONGEST and _is_end(line, _NOTICE_ENDS):
            return SectionKind.NOTICE, end, "maybe-cut", _OF_NOTICE
        is_of_next = len(lines) > 1 and lines[1][0] != line and lines[1][0].endswith(line)
        if is_of_next or _begins_with_end(line) or (is_short and _may_be_end(line)):
            return None, end, "maybe-cut", _MAYBE
    return None, 0, "", ""


def is_end_of_description(line: str) -> bool:
    """Return whether a line is a known description of an indicator, or the end of one.

    >>> is_end_of_description("based on the underlying citation network.")
    True
    """
    return f"{line}\n" in _DESCRIPTION_ENDS


def report_value(above: list[Segment], findings: Findings) -> None:
    """Report the text above a row on several lines if it is the value of another row."""
    texts = [found for found in above if found[0] is SectionKind.ABSTRACT]
    if len(texts) == 1 and is_value(texts[0][2]):
        findings.add("maybe-cut", _MAYBE, texts[0])


def _first_lines(text: str) -> list[tuple[str, int]]:
    """Return the first line and the next two that are not blank, each with its end."""
    found: list[tuple[str, int]] = []
    for raw, _, after in lines_of(text, 0, min(len(text), _WINDOW)):
        line = raw.strip()
        if line or not found:
            found.append((line, after))
        if len(found) == 3:
            break
    return found


def _is_end(line: str, wholes: str) -> bool:
    """Return whether a line is a proper end of one of the given lines."""
    return f"{line}\n" in wholes and f"\n{line}\n" not in wholes


def _is_end_of_row(line: str) -> bool:
    cells = [cell.strip() for cell in line.split("|", 4)]
    if len(cells) < 2 or any(cells[2:]):
        return False
    first, second = cells[:2]
    if first and second:
        is_whole = is_known_label(split_cell(first)[0])
        return is_value(second) and not is_whole and _is_end(first, _CELL_ENDS)
    value = first or second
    return f"{value}\n" in _VALUE_ENDS or _COUNT_END.fullmatch(value) is not None


def _begins_with_end(line: str) -> bool:
    """Return whether a line may begin with the end of a notice that the portal prints before it."""
    bracket = line[: len(COPYRIGHT)].find(")") + 1
    return bool(_CLOSE_END.match(line)) or (bracket > 0 and COPYRIGHT.endswith(line[:bracket]))


def _may_be_end(line: str) -> bool:
    if f"{line}\n" in _VALUE_ENDS or _is_end(line, _NOTICE_ENDS) or _is_end(line, _SHORT_ENDS):
        return True
    if read_identifier_line(line) is not None:
        return False
    words = line.lstrip(":").replace(",", " ").split()
    if all(any(map(str.isdigit, word)) for word in words):
        return True
    label, colon, _ = line[: LONGEST_LABEL + 2].partition(":")
    if not (colon and label and f"{label}\n" in _IDENTIFIER_LABEL_ENDS):
        return False
    wholes = [whole for whole in IDENTIFIER_LABELS if whole.endswith(label) and whole != label]
    return any(read_identifier_line(whole + line[len(label) :]) for whole in wholes)
