r"""Repeated formulas: if a page prints a formula in two forms, one form is kept.

Grammar of the parts of a text; marks are where a form begins and ends::

    formula = form spaces form / TeX spaces MathML / MathML spaces TeX        ; _is_repeated
    form    = MathML / tex-math, an element of JATS / drawn: what has aria-hidden="true"
    MathML  = shown *annotation
    TeX     = "$" … "$" / "$$" … "$$" / "\(" … "\)" / "\[" … "\]"             ; in the text

TeX is kept and MathML dropped. If a script (KaTeX, MathJax) rendered MathML, the MathML is kept
without its annotations. Two forms inside one formula of JATS are the same formula. Elsewhere they
are the same only if each letter and digit of the dropped form is in the other.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

Form = enum.Enum("Form", ["MATHML", "TEX", "DRAWN", "NOTE", "EDGE", "BLOCK"])
"""The kind of a mark: NOTE is an annotation, EDGE and BLOCK are elements around forms."""


class Mark(str):
    """The beginning or end of a form among the parts of a text; for a block, a line end."""

    form: Form
    is_end: bool

    @classmethod
    def pair(cls, form: Form, text: str = "") -> tuple[Mark, Mark]:
        """Return the marks of the beginning and the end of a form."""
        marks = cls(text), cls(text)
        for mark, is_end in zip(marks, (False, True), strict=True):
            mark.form, mark.is_end = form, is_end
        return marks


DRAWN = Mark.pair(Form.DRAWN)
BLOCK, _ = Mark.pair(Form.BLOCK, "\n")
"""The end of a line that a block makes."""
MARKS = {
    "math": Mark.pair(Form.MATHML),
    "tex-math": Mark.pair(Form.TEX),
    **dict.fromkeys(("annotation", "annotation-xml"), Mark.pair(Form.NOTE)),
    **dict.fromkeys(("disp-formula", "inline-formula"), Mark.pair(Form.EDGE)),
}
"""Maps the names of MathML and JATS elements, without prefix, to their marks."""
ELEMENTS = [
    f"{prefix}{name}"
    for prefix in ("", "jats:", "mml:")
    for name, (mark, _) in MARKS.items()
    if mark.form is not Form.NOTE
]
"""The names of the elements whose text is a form or contains forms."""

_LONGEST_TEX = 2000
_BLANKS = " \t\r\n\f\xa0"
"""The characters between two forms. In HTML the end of a block is a control character."""
_TEX = {"$$": "$$", "$": "$", r"\(": r"\)", r"\[": r"\]"}
_COMMAND = re.compile(r"\\([A-Za-z]{1,40})")


class _Run:
    """A run of parts: a form, or the text between forms."""

    __slots__ = ("form", "has_block", "has_edge", "is_dropped", "text")

    def __init__(self, form: Form | None) -> None:
        self.form = form
        self.text = ""
        self.has_edge = self.has_block = False
        self.is_dropped = False


def keep_one_form(parts: Iterable[str]) -> tuple[str, int]:
    r"""Return the text of parts with one form of each formula, and the number of dropped forms.

    >>> begin, end = MARKS["math"]
    >>> keep_one_form(["Let $x^2$ ", begin, "x", "2", end, " grow."])
    ('Let $x^2$ grow.', 1)
    """
    reader = _Reader()
    for part in parts:
        reader.read(part)
    reader.begin(None)
    runs = reader.runs
    for at in range(2, len(runs)):
        _drop_one(*runs[at - 2 : at + 1])
        _drop_beside_tex(*runs[at - 2 : at + 1])
    kept = "".join(run.text for run in runs if not run.is_dropped)
    return kept, sum(run.is_dropped for run in runs if run.form)


class _Reader:
    """Collects parts into runs: one before the first form, and one after each form."""

    def __init__(self) -> None:
        self.runs = [_Run(None)]
        self._pieces: list[str] = []
        self._notes: list[str] = []
        self._is_note = False
        self._open: list[Form | None] = []

    def read(self, part: str) -> None:
        """Read a part, which may be a mark."""
        run = self.runs[-1]
        if not isinstance(part, Mark):
            (self._notes if self._is_note else self._pieces).append(part)
        elif part.form is Form.NOTE:
            self._is_note = run.form is Form.MATHML and not part.is_end
        elif part.form is Form.EDGE:
            run.has_edge = True
        elif part.form is Form.BLOCK:
            run.has_block = True
            self._pieces.append(part)
        elif part.is_end:
            if self._open and self._open.pop() is run.form is not None:
                self.begin(None)
        elif part.form is Form.DRAWN and run.form is not None:
            self._open.append(None)
        else:
            self._open.append(part.form)
            # Only the innermost of nested elements is a form.
            run.form = None
            self.begin(part.form)

    def begin(self, form: Form | None) -> None:
        """Finish the last run, and begin another."""
        run = self.runs[-1]
        run.text = "".join(self._pieces)
        if run.form is Form.MATHML and not run.text.strip(_BLANKS):
            run.text = "".join(self._notes)
        if run.form is Form.TEX:
            run.text = run.text.strip(_BLANKS)
        self._pieces.clear()
        self._notes.clear()
        self.runs.append(_Run(form))


def _drop_one(first: _Run, between: _Run, last: _Run) -> None:
    """Drop one of two runs, if they are forms of one formula."""
    by_form = {first.form: first, last.form: last}
    mathml = by_form.get(Form.MATHML)
    is_apart = between.form is not None or between.has_block or between.text.strip(_BLANKS)
    if mathml is None or is_apart:
        return
    tex, drawn = by_form.get(Form.TEX), by_form.get(Form.DRAWN)
    if tex and tex.text and (not between.has_edge or _agrees(mathml.text, tex.text)):
        mathml.is_dropped = between.is_dropped = True
    elif drawn and _agrees(drawn.text, mathml.text):
        drawn.is_dropped = between.is_dropped = True


def _drop_beside_tex(before: _Run, mathml: _Run, after: _Run) -> None:
    """Drop a run of MathML if the text before or after it is TeX of the same formula."""
    if mathml.form is not Form.MATHML or mathml.is_dropped:
        return
    above = before.text.rstrip(_BLANKS)
    if any(_agrees(mathml.text, tex) for tex in _tex_at_end(above)):
        mathml.is_dropped = True
        before.text = above
        return
    below = after.text.lstrip(_BLANKS)
    if any(_agrees(mathml.text, tex) for tex in _tex_at_start(below)):
        mathml.is_dropped = True
        after.text = below


def _tex_at_end(text: str) -> Iterator[str]:
    """Yield the possible TeX at the end of a text."""
    near = text[-_LONGEST_TEX:]
    for start, end in _TEX.items():
        at = near.rfind(start, 0, -len(end)) if near.endswith(end) else -1
        if at >= 0:
            yield near[at:]


def _tex_at_start(text: str) -> Iterator[str]:
    """Yield the possible TeX at the beginning of a text."""
    near = text[:_LONGEST_TEX]
    for start, end in _TEX.items():
        at = near.find(end, len(start)) if near.startswith(start) else -1
        if at >= 0:
            yield near[:at]


def _agrees(form: str, other: str) -> bool:
    r"""Return whether all letters and digits of a form are in another one, by their names in TeX.

    >>> _agrees("sin\u03b1", r"\sin\alpha"), _agrees("a", r"\alpha")
    (True, False)
    """
    form = unicodedata.normalize("NFKC", form)
    letters = Counter(filter(str.isalnum, form)) or Counter("".join(form.split()))
    commands = set(_COMMAND.findall(other))
    other = _COMMAND.sub(lambda found: found[1] if found[1] in form else " ", other)
    others = Counter(unicodedata.normalize("NFKC", other))
    return bool(letters) and all(
        count <= others[letter] or not commands.isdisjoint(_names_of(letter))
        for letter, count in letters.items()
    )


def _names_of(letter: str) -> tuple[str, ...]:
    """Return the names of a Greek letter in TeX; none for another letter."""
    words = unicodedata.name(letter, "").split()
    if words[:1] != ["GREEK"]:
        return ()
    name = words[-1].capitalize() if "CAPITAL" in words else words[-1].lower()
    return name, f"var{name}"
