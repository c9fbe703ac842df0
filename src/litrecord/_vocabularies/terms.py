"""Terms of controlled vocabularies that contain ", ", and how they are found in a line.

Each list is a file of data/ with one term a line. Lines that begin with "#" are its notice: the
first three are "Source:", "Edition:" and "Licence:". A record has a term alone, or with the
prefixes and suffixes of its vocabulary::

    term   = [ prefix ] name *suffix           ; of one vocabulary, any case: group_pieces
    prefix = [ "MESH: " ] [ "*" ]              ; MeSH: "*" marks a major topic
           / "General "                        ; ASJC
           / 1*DIGIT " " / "FOS: "             ; FOS
           / archive " - "                     ; arXiv
    suffix = "*" / "/" qualifier               ; MeSH: several of them, "*" before or behind each
           / " (miscellaneous)" / " (all)"     ; ASJC
           / " (" category ")"                 ; arXiv

The end of a line and its terms show whether it is text or keywords::

    sentence = *character mark *closer         ; but for a last term that ends so: is_sentence
    start    = a first term *character         ; of the same line: holds_a_term
"""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from typing import NamedTuple

from litrecord._vocabularies.term_splitting import (
    MARKS,
    SEPARATOR,
    may_have_marks,
    other_marks,
    split_pieces,
)

FILES = {
    "mesh": "mesh-comma-headings.txt",
    "asjc": "asjc-comma-names.txt",
    "fos": "fos-comma-names.txt",
    "arxiv": "arxiv-comma-names.txt",
}
AMBIGUOUS_FILE = "mesh-ambiguous-headings.txt"
FORM_FILES = {
    "FOS": "fos-names.txt",
    "SDG": "sdg-names.txt",
    "arxiv": "arxiv-categories.txt",
    "asjc": "asjc-forms.txt",
    "lcc": "lcc-ranges.txt",
}
"""Terms that identify the scheme of a keyword; they are not used to split a line."""

_PREFIX = re.compile(
    r"(?P<mesh>mesh: ?\*?|\*(?:mesh: ?)?)|(?P<asjc>general )"
    r"|(?P<fos>fos: |[0-9.]+ )|(?P<arxiv>[^-]* - )"
)
_PREFIX_INITIALS = frozenset("mgf*0123456789")
_SUFFIX = re.compile(
    r"(?P<mesh>/[^/]+|\*)|(?P<asjc> \((?:miscellaneous|all)\))|(?P<arxiv> \([a-z-]+\.[a-z-]+\))"
)
_SUFFIX_STARTS = ("/", "*", " (")
_FINALS = frozenset(")*")
_MOST_SUFFIXES = 16
"""The most suffixes of one term that are read: a heading has fewer qualifiers."""

_SENTENCE_MARKS = frozenset(".!?…。．｡！？؟۔।։።")
_CLOSERS = " \"'”’»›>)]}」』）】"
SENTENCE_ENDS = _SENTENCE_MARKS.union(_CLOSERS)
"""The last characters of a line that ends like a sentence, as few keyword lines do."""
_NEW_NAME = ". nov."
"""The end of the name of a new species or genus: "Chaetonotus antrumus sp. nov."."""


class Vocabulary(NamedTuple):
    """All terms, case-folded."""

    vocabulary_of: dict[str, str]
    ambiguous: frozenset[str]
    longest: dict[str, int]
    """Maps the first piece of a term to the number of pieces of the longest such term."""
    second: frozenset[str]
    """The second pieces of all terms."""


def read_terms(file: str) -> list[str]:
    """Return the terms of one of the data files, unchanged."""
    data = pkgutil.get_data(__name__, f"data/{file}")
    assert data is not None  # a file of the package
    return [line for line in data.decode("utf-8").split("\n") if line and line[0] != "#"]


@cache
def vocabulary() -> Vocabulary:
    """Return all vocabularies as one; the first call reads them, in a few milliseconds."""
    vocabulary_of: dict[str, str] = {}
    for name, file in FILES.items():
        vocabulary_of.update(dict.fromkeys(map(str.casefold, read_terms(file)), name))
    longest: dict[str, int] = {}
    second: set[str] = set()
    for term in vocabulary_of:
        pieces = split_pieces(term)
        if len(pieces) > longest.get(pieces[0], 1):
            longest[pieces[0]] = len(pieces)
        second.update(pieces[1:2])
    ambiguous = frozenset(map(str.casefold, read_terms(AMBIGUOUS_FILE)))
    return Vocabulary(vocabulary_of, ambiguous, longest, frozenset(second))


Group = tuple[int, int, bool]
"""Pieces that are one term: the first, how many, and whether the term is ambiguous."""


def group_pieces(pieces: list[str], most: int) -> list[Group]:
    """Group pieces into the longest terms, each of at most *most* pieces.

    Returns the groups of more than one piece, in order.

    >>> group_pieces(["Humans", "Mice", "Knockout"], 3)
    [(1, 2, False)]
    """
    known = vocabulary()
    longest = known.longest
    folded = [piece.casefold() for piece in pieces]
    groups: list[Group] = []
    free = 0
    for at, printed in enumerate(folded[:-1]):
        first, prefix = printed, ""
        if first not in longest:
            if first[:1] not in _PREFIX_INITIALS and " - " not in first:
                continue
            first, prefix = _without_prefix(first)
            if first not in longest:
                continue
        following = folded[at + 1]
        may_follow = following in known.second or following[-1:] in _FINALS or "/" in following
        if at >= free and may_follow:
            most_here = min(longest[first], most)
            group = _longest_term([first, *folded[at + 1 : at + most_here]], prefix)
            if group is not None:
                groups.append((at, *group))
                free = at + group[0]
    return groups


def _without_prefix(first: str) -> tuple[str, str]:
    """Return a first piece without its prefix, and the vocabulary of the prefix."""
    found = _PREFIX.match(first)
    return (first[found.end() :], found.lastgroup or "") if found else (first, "")


def _longest_term(pieces: list[str], prefix: str) -> tuple[int, bool] | None:
    """Return how many of the pieces are one term, and whether it is ambiguous."""
    for count in range(len(pieces), 1, -1):
        term = _known_term(pieces[:count], prefix)
        if term:
            return count, term in vocabulary().ambiguous
    return None


def _known_term(pieces: list[str], prefix: str) -> str:
    """Return the one term that the pieces are, without prefix and suffixes, or ""."""
    vocabulary_of = vocabulary().vocabulary_of
    term = SEPARATOR.join(pieces)
    if term in vocabulary_of and prefix in ("", vocabulary_of[term]):
        return term
    last = pieces[-1]
    if "/" not in last and last[-1:] not in _FINALS:
        return ""
    return _without_suffixes(pieces[:-1], last, prefix)


def vocabulary_of_term(term: str) -> str | None:
    """Return the name of the vocabulary of a whole keyword with a comma, or None.

    >>> vocabulary_of_term("MESH: Mice, Knockout*/genetics"), vocabulary_of_term("Bonn, Germany")
    ('mesh', None)
    """
    pieces = split_pieces(term.casefold())
    first, prefix = pieces[0], ""
    if first not in vocabulary().longest:
        first, prefix = _without_prefix(first)
    known = _known_term([first, *pieces[1:]], prefix)
    return vocabulary().vocabulary_of.get(known)


def _without_suffixes(firsts: list[str], last: str, prefix: str) -> str:
    """Return the term that the pieces are without the suffixes of the last one, or ""."""
    vocabulary_of = vocabulary().vocabulary_of
    affixes = prefix
    for _ in range(_MOST_SUFFIXES):
        bare, affixes = _without_suffix(last, affixes)
        if bare == last:
            break
        term = ", ".join([*firsts, bare])
        if vocabulary_of.get(term) == affixes:
            return term
        last = bare
    return ""


def _without_suffix(last: str, prefix: str) -> tuple[str, str]:
    """Return a last piece without its suffix, and the vocabulary of its prefix and suffix."""
    for start in _SUFFIX_STARTS:
        at = last.rfind(start)
        found = _SUFFIX.fullmatch(last, at) if at > 0 else None
        if found is not None and prefix in ("", found.lastgroup):
            return last[:at], found.lastgroup or ""
    return last, prefix


def is_sentence(line: str) -> bool:
    """Return whether a line ends like a sentence, and not with a known term that ends like one.

    >>> is_sentence("Tides move sand."), is_sentence("Mice, National Academy of Sciences, U.S.")
    (True, False)
    """
    if line[-1:] not in SENTENCE_ENDS or line.rstrip(_CLOSERS)[-1:] not in _SENTENCE_MARKS:
        return False
    marks = other_marks(line) if may_have_marks(line) else []
    pieces = split_pieces(line[marks[-1] + 1 :].lstrip() if marks else line)
    groups = group_pieces(pieces, len(pieces))
    is_term = bool(groups) and groups[-1][0] + groups[-1][1] == len(pieces)
    return not is_term and not line.endswith(_NEW_NAME)


def holds_a_term(line: str, start: str) -> bool:
    """Return whether the beginning of a keyword line contains its whole first term.

    >>> holds_a_term("Mice, Knockout, Rats", "Mice, Kno")
    False
    """
    line = line.removesuffix(",")
    bare = line.lstrip(MARKS)
    marks = other_marks(bare) if may_have_marks(bare) else []
    pieces = split_pieces(bare[: marks[0]] if marks else bare)
    groups = group_pieces(pieces, len(pieces))
    count = groups[0][1] if groups and groups[0][0] == 0 else 1
    term = SEPARATOR.join(pieces[:count]).rstrip()
    return len(start) >= len(line) - len(bare) + len(term)
