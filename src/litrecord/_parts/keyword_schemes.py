"""Recognition of the schemes of keywords by their notation.

Grammar of a term that has a scheme::

    term      = guideline / labelled / form / code
    guideline = "info:eu-repo/classification/" scheme "/" character *character   ; _GUIDELINE
    labelled  = "MeSH:" heading / heading " [MeSH]" / "JEL:" code / "ddc:" code / "MSC:" code
              / "LCC:" class / "SDG " goal / "FOS:" field / "[" domain "]" name   ; _LABELLED
    form      = number " " field / number ". " goal           ; the files of terms.FORM_FILES
              / category / archive " - " name / name " (" category ")"
              / range / area " (all)"
              / controlled-term                               ; terms.vocabulary_of_term
    code      = what the label of another term of the record stands before     ; _told_by_labels

The names are those of OpenAIRE's vocabulary ``dnet:subject_classification_typologies``, and FOS
and SDG of the Graph's data model. It has none for ASJC, LCC and HAL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from litrecord._vocabularies.terms import FORM_FILES, read_terms, vocabulary_of_term
from litrecord.errors import InvalidValueError
from litrecord.model import Record, require_record

_OF_VOCABULARY = {"mesh": "mesh", "asjc": "asjc", "fos": "FOS", "arxiv": "arxiv"}
_GUIDELINE = re.compile("info:eu-repo/classification/([a-z]+)/.", re.I)
_OF_GUIDELINE = frozenset({"arxiv", "ddc", "jel", "lcc", "mesh", "msc"})
_YEAR = "(?:1991|2000|2010|2020)"
_LABELLED = {
    "mesh": re.compile(r"(?i:mesh) ?: ?(\S.*)"),
    "jel": re.compile(
        r"(?:JEL|jel)(?i: ?-? ?classification| codes?)?"
        r"(?: ?: ?| (?=[A-Z][0-9]))([A-RYZ](?:[0-9]{1,2})?)(?![0-9A-Za-z])"
    ),
    "ddc": re.compile(r"(?:DDC|ddc)(?: ?::? ?| )([0-9]{3}(?:\.[0-9]+)?)(?![0-9A-Za-z.])"),
    "msc": re.compile(
        rf"(?:{_YEAR} )?(?:MSC|msc)(?:-class)?(?: ?\(?{_YEAR}\)?)?"
        r"(?: ?: ?| )([0-9]{2}[A-Z](?:[0-9]{2}|xx))(?![0-9A-Za-z])"
    ),
    "lcc": re.compile(r"LCC: ?(\S.*)"),
    "SDG": re.compile(r"(SDG[ -]?(?:1[0-7]|[1-9])(?:\.[0-9a-d]{1,2})?)(?: ?[:–-] \S.*)?\Z"),
    "hal": re.compile(
        r"(\[(?:CHIM|INFO|MATH|NLIN|PHYS|QFIN|SCCO|SDE|SDU|SDV|SHS|SPI|STAT)"
        r"(?:\.[A-Z0-9-]+)*\]) ?\S"
    ),
}
"""The label before a notation, and the notation."""
_HEADING_END = " [mesh]"
_FIELD_LABEL = "FOS:"
# OpenAIRE writes the third level in lower case. The Australian codes have capitals.
_THIRD_LEVEL = re.compile("([0-9]{4})[0-9]{2} [^A-Z]+")


def classify_keywords(record: Record) -> tuple[tuple[str, str | None], ...]:
    """Return each keyword of a record and the name of its scheme, in their order.

    Returns a tuple of pairs, one for each of record.keywords. A scheme has the name that the
    OpenAIRE Graph uses: "mesh", "FOS", "SDG", "arxiv", "jel", "ddc" or "msc". The Graph does not
    name "asjc", "lcc" and "hal". The scheme ``None`` means that no rule of docs/keywords.md fits.
    Raises InvalidValueError if record is not a Record.

    >>> classify_keywords(Record(keywords=["JEL: E32", "E32", "Mice, Knockout", "Mice"]))
    (('JEL: E32', 'jel'), ('E32', 'jel'), ('Mice, Knockout', 'mesh'), ('Mice', None))
    """
    if isinstance(record, list | tuple):
        message = f"expected a Record, got {type(record).__name__}: pass Record(keywords=…)"
        raise InvalidValueError(message, path="record")
    require_record(record)
    told = _told_by_labels(record.keywords)
    return tuple((term, _scheme_of(term) or told.get(term)) for term in record.keywords)


def _told_by_labels(terms: Iterable[str]) -> dict[str, str | None]:
    """Return the scheme of each notation with a label in some term; None if two schemes have it."""
    told: dict[str, str | None] = {}
    for term in terms:
        labelled = _labelled(term)
        if labelled is not None:
            scheme, notation = labelled
            told[notation] = scheme if told.get(notation, scheme) == scheme else None
    return told


def _labelled(term: str) -> tuple[str, str] | None:
    """Return the scheme whose label is before a notation, and the notation."""
    for scheme, pattern in _LABELLED.items():
        found = pattern.match(term)
        if found is not None:
            return scheme, found[1]
    return None


def _scheme_of(term: str) -> str | None:
    guideline = _GUIDELINE.match(term)
    if guideline is not None:
        name = guideline[1].lower()
        return name if name in _OF_GUIDELINE else None
    labelled = _labelled(term)
    if labelled is not None:
        return labelled[0]
    if term.casefold().endswith(_HEADING_END):
        return "mesh"
    return _scheme_of_form(term) or _scheme_of_vocabulary(term)


def _scheme_of_form(term: str) -> str | None:
    """Return the scheme of a term in a form that only one scheme has."""
    if term.startswith(_FIELD_LABEL):
        return "FOS" if term[len(_FIELD_LABEL) :].strip().casefold() in _fields() else None
    third_level = _THIRD_LEVEL.fullmatch(term)
    if third_level is not None and third_level[1] in _fields():
        return "FOS"
    forms = _forms()
    _, bracket, category = term.rpartition(" (")
    if bracket and category.endswith(")") and forms.get(category[:-1]) == "arxiv":
        return "arxiv"
    return forms.get(term) or forms.get(term.casefold())


def _scheme_of_vocabulary(term: str) -> str | None:
    vocabulary = vocabulary_of_term(term) if ", " in term else None
    return _OF_VOCABULARY[vocabulary] if vocabulary is not None else None


@cache
def _forms() -> dict[str, str]:
    """Return the scheme of each term of the files; terms with a number may be in any case."""
    forms: dict[str, str] = {}
    for scheme, file in FORM_FILES.items():
        for term in read_terms(file):
            forms[term.casefold() if scheme in ("FOS", "SDG") else term] = scheme
    return forms


@cache
def _fields() -> frozenset[str]:
    """Return the numbers and the names of the fields of science, the names in lower case."""
    return frozenset(part for term in read_terms(FORM_FILES["FOS"]) for part in term.split(" ", 1))
