"""The identifier schemes: one table, and the pure functions that read it.

A row of ``SCHEMES`` has a scheme's name, the words that may stand before its values, what
its values may be wrapped in, the syntax of a bare value with its source, how a value is
normalised, its check digit and its resolver. Adding a scheme is adding a row.

Grammar of one identifier, in any form::

    identifier = label ":" value / label blank value      ; _LABELLED, labels of the table
               / "info:" label "/" value                  ; _INFO
               / value                                    ; recognise, by wrapper or syntax
    value      = [ wrapper ] bare                         ; Scheme.wrapper, Scheme.syntax

Around a value, quotes, angle brackets, trailing punctuation and unbalanced closing
brackets are dropped; unicode dashes become hyphens; percent escapes are decoded where the
scheme says so. A value that its scheme's syntax then refuses is kept as it was printed.

The names of the schemes are those of the OpenAIRE Graph (docs 9.0.1, "PIDs and
identifiers") and of DataCite 4.5 (relatedIdentifierType), in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, unquote

from litrecord._vocabularies.check_digits import (
    always,
    ascii_lower,
    hyphenated_issn,
    hyphenated_orcid,
    isbn_check,
    iso_7064_mod_11_2,
    iso_7064_mod_97_10,
    issn_check,
    lower_swhid,
    lower_urn,
    unhyphenated,
    with_prefix,
)


class Scheme(NamedTuple):
    """One row of the table."""

    name: str
    source: str
    """Where the syntax and the check come from."""
    syntax: re.Pattern[str] | None
    """A normalised value, whole; None where no syntax is known."""
    labels: tuple[str, ...] = ()
    """Words that may stand before a value, in lower case, besides the name."""
    wrapper: re.Pattern[str] | None = None
    """What may be wrapped around a value, before it: addresses and prefixes."""
    normalise: Callable[[str], str] = str
    check: Callable[[str], bool] = always
    resolver: str = ""
    """The address of a value, which replaces ``{}``."""
    is_escaped: bool = False
    """Whether a value may be printed with percent escapes."""
    is_path_only: bool = True
    """Whether, in an address, the value ends where a query or a fragment begins."""
    bare: re.Pattern[str] | None = None
    """How a value begins that tells its scheme by itself; None where none does."""


def _wrapper(*addresses: str) -> re.Pattern[str]:
    return re.compile(r"(?:(?:https?:)?//)?(?:" + "|".join(addresses) + ")", re.I | re.ASCII)


def _prefix(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I | re.ASCII)


# RFC 3986, 2 and 3: what stands in a path, a query or a fragment.
_OF_URI = r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"

# The archives of identifiers from before April 2007, and their predecessors.
_ARXIV_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg"
    "|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph"
    "|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int"
    "|stat|supr-con"
)


SCHEMES: tuple[Scheme, ...] = (
    Scheme(
        "doi", "ISO 26324; DOI Handbook 2023, 3.3",
        re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*//*+[^\s/]\S*"),
        wrapper=_wrapper(r"(?:dx\.|www\.)?doi\.org/", r"doi:\s*"),
        normalise=ascii_lower, resolver="https://doi.org/{}", is_escaped=True,
        bare=_prefix(r"10\."),
    ),
    Scheme(
        "pmid", "NLM, PubMed field descriptions 2024: one to eight digits",
        re.compile("[1-9][0-9]{0,7}"), labels=("pubmed",),
        wrapper=_wrapper(
            r"(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/", r"pubmed\.ncbi\.nlm\.nih\.gov/",
            r"(?:www\.)?europepmc\.org/(?:article|abstract)/med/", r"pmid:?\s*",
        ),
        bare=_prefix("pmid"),
        resolver="https://pubmed.ncbi.nlm.nih.gov/{}/",
    ),
    Scheme(
        "pmc", "NLM, PMCID: PMC and digits",
        re.compile("PMC[1-9][0-9]{0,8}"), labels=("pmcid",),
        wrapper=_wrapper(
            r"(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/", r"pmc\.ncbi\.nlm\.nih\.gov/articles/",
            r"(?:www\.)?europepmc\.org/(?:articles|article/pmc)/",
        ),
        normalise=lambda bare: with_prefix("PMC")(bare).replace(" ", "", 1),
        resolver="https://pmc.ncbi.nlm.nih.gov/articles/{}/", bare=_prefix("PMC"),
    ),
    Scheme(
        "arxiv", "arXiv identifier scheme of 2007, and the one before it",
        re.compile(
            r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}(?:v[0-9]+)?"
            rf"|(?:{_ARXIV_ARCHIVES})(?:\.[A-Z]{{2}})?/[0-9]{{7}}(?:v[0-9]+)?"
        ),
        wrapper=_wrapper(r"(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/", r"arxiv:\s*"),
        normalise=lambda bare: bare.removesuffix(".pdf"),
        resolver="https://arxiv.org/abs/{}", bare=_prefix(r"[0-9]{4}\.|[a-z]"),
    ),
    Scheme(
        "orcid", "ORCID structure of the identifier; ISO 7064 MOD 11-2",
        re.compile("[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]"), labels=("orcid_pending",),
        wrapper=_wrapper(r"(?:www\.)?orcid\.org/"),
        normalise=hyphenated_orcid, check=iso_7064_mod_11_2,
        resolver="https://orcid.org/{}", bare=_prefix("[0-9]{4}-"),
    ),
    Scheme(
        "isni", "ISO 27729; ISO 7064 MOD 11-2",
        re.compile("[0-9]{15}[0-9X]"), wrapper=_wrapper(r"(?:www\.)?isni\.org/(?:isni/)?"),
        normalise=unhyphenated, check=iso_7064_mod_11_2, resolver="https://isni.org/isni/{}",
    ),
    Scheme(
        "ror", "ROR identifier format; Crockford base 32 and ISO 7064 MOD 97-10",
        re.compile("0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}"), wrapper=_wrapper(r"(?:www\.)?ror\.org/"),
        normalise=ascii_lower, check=iso_7064_mod_97_10, resolver="https://ror.org/{}",
    ),
    Scheme(
        "grid", "GRID release of 2021", re.compile(r"grid\.[0-9]{1,9}\.[0-9a-f]{1,3}"),
        wrapper=_wrapper(r"(?:www\.)?grid\.ac/institutes/"),
        normalise=ascii_lower, bare=_prefix(r"grid\."),
    ),
    Scheme(
        "urn", "RFC 8141, 2",
        re.compile(
            r"urn:[0-9A-Za-z][0-9A-Za-z-]{0,30}[0-9A-Za-z]:[0-9A-Za-z()+,.:=@;$_!*'%/?#&~-]+"
        ),
        wrapper=_wrapper(r"(?:(?:www\.)?nbn-resolving\.(?:org|de)|urn\.fi)/(?=urn:)"),
        is_path_only=False, normalise=lower_urn, resolver="https://nbn-resolving.org/{}",
        bare=_prefix("urn:"),
    ),
    Scheme(
        "ark", "ARK, draft-kunze-ark-39", re.compile(r"ark:/?[0-9a-z]{5,16}/[!-~]+"),
        wrapper=_wrapper(r"[a-z0-9][a-z0-9.-]*/(?=ark:)"),
        normalise=with_prefix("ark:"), resolver="https://n2t.net/{}", is_escaped=True,
        bare=_prefix("ark:"),
    ),
    Scheme(
        "swhid", "ISO/IEC 18670:2025",
        re.compile(r"swh:1:(?:cnt|dir|rev|rel|snp):[0-9a-f]{40}"
                   rf"(?:;{_OF_URI}+)?"), labels=("swh",),
        wrapper=_wrapper(r"archive\.softwareheritage\.org/(?=swh:)"),
        is_path_only=False, normalise=lower_swhid, resolver="https://archive.softwareheritage.org/{}",
        bare=_prefix("swh:"),
    ),
    Scheme(
        "nct", "ClinicalTrials.gov: NCT and eight digits", re.compile("NCT[0-9]{8}"),
        wrapper=_wrapper(r"(?:www\.)?clinicaltrials\.gov/(?:ct2/show|study|show)/"),
        normalise=str.upper, resolver="https://clinicaltrials.gov/study/{}", bare=_prefix("NCT"),
    ),
    Scheme(
        "pdb", "wwPDB: a digit and three characters, or pdb_ and eight",
        re.compile("[0-9][0-9a-z]{3}|pdb_[0-9a-z]{8}"),
        wrapper=_wrapper(r"(?:www\.)?rcsb\.org/(?:structure|pdb/explore/explore\.do\?structureid=)/?"),
        normalise=ascii_lower, resolver="https://www.rcsb.org/structure/{}",
    ),
    Scheme(
        "w3id", "W3C Permanent Identifier Community Group",
        re.compile(rf"https://w3id\.org/(?![a-z]+://){_OF_URI}+"),
        wrapper=_wrapper(r"(?:www\.)?w3id\.org/"),
        is_path_only=False, normalise=with_prefix("https://w3id.org/"), resolver="{}",
    ),
    Scheme(
        "isbn", "ISO 2108; ISBN Users' Manual, seventh edition",
        re.compile("97[89][0-9]{10}|[0-9]{9}[0-9X]"), labels=("isbn-10", "isbn-13", "e-isbn"),
        wrapper=_wrapper("urn:isbn:"), normalise=unhyphenated, check=isbn_check,
        bare=_prefix("97[89]-"),
    ),
    Scheme(
        "issn", "ISO 3297", re.compile("[0-9]{4}-[0-9]{3}[0-9X]"),
        labels=("eissn", "pissn", "lissn", "issn-l", "e-issn", "p-issn"),
        wrapper=_wrapper("urn:issn:", r"portal\.issn\.org/resource/issn/"),
        normalise=hyphenated_issn, check=issn_check,
        resolver="https://portal.issn.org/resource/ISSN/{}",
    ),
    Scheme(
        "hal", "HAL, CCSD documentation: a portal's name, eight digits, a version",
        re.compile(r"[a-z][0-9a-z_]*(?:-[0-9a-z_]+)*-[0-9]{8}(?:v[0-9]+)?"),
        wrapper=_wrapper(
            r"(?:[a-z0-9-]+\.)?(?:hal\.science|archives-ouvertes\.fr)/", r"hal\.[a-z0-9-]+\.fr/"
        ),
        normalise=ascii_lower, resolver="https://hal.science/{}",
        bare=_prefix("hal|tel|inria|inserm|cea|cel|ird|ensl|lirmm|medihal|in2p3|pasteur"),
    ),
    Scheme(
        "openaire", "OpenAIRE Graph 9.0.1, OpenAIRE id: twelve characters, ::, an MD5 sum",
        re.compile(r"(?:[0-9]{2}\|)?[0-9A-Za-z_.-]{12}::[0-9a-f]{32}"), is_escaped=True,
        wrapper=_wrapper(
            r"(?:[a-z0-9-]+\.)*openaire\.eu/search/[a-z]+\?(?:id|[a-z]+id)=(?=[^&#]*(?:::|%3A%3A))"
        ),
        resolver="https://explore.openaire.eu/search/result?id={}",
        bare=_prefix("[0-9A-Za-z_|.-]{12}"),
    ),
    Scheme(
        "mag_id", "Microsoft Academic Graph, retired in 2021: a number",
        re.compile("[1-9][0-9]{0,11}"), labels=("mag", "magid"),
    ),
    Scheme(
        "wikidata", "Wikidata: Q and a number", re.compile("Q[1-9][0-9]{0,11}"),
        wrapper=_wrapper(r"(?:www\.)?wikidata\.org/(?:wiki|entity)/"), normalise=str.upper,
        resolver="https://www.wikidata.org/wiki/{}",
    ),
    Scheme(
        "uniprot", "UniProt accession numbers, 2024",
        re.compile("[OPQ][0-9][0-9A-Z]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][0-9A-Z]{2}[0-9]){1,2}"),
        wrapper=_wrapper(r"(?:www\.)?uniprot\.org/uniprot(?:kb)?/"),
        normalise=lambda bare: bare.removesuffix("/entry").upper(),
        resolver="https://www.uniprot.org/uniprotkb/{}/entry",
    ),
    Scheme(
        "oai", "OAI-PMH 2.0, guidelines for the oai-identifier format",
        re.compile(r"oai:[A-Za-z][0-9A-Za-z.-]*:[0-9A-Za-z_.!~*'();/?:@&=+$,%-]+"),
        normalise=with_prefix("oai:"), bare=_prefix("oai:"),
    ),
    # A handle looks like much else, so it comes after all that is told apart by its syntax.
    Scheme(
        "handle", "RFC 3650, 3; a naming authority that is no number has a dot",
        re.compile(r"(?:[0-9][0-9A-Za-z_-]*(?:\.[0-9A-Za-z_-]+)*|[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)+)/\S+"),
        labels=("hdl",), wrapper=_wrapper(r"hdl\.handle\.net/", r"hdl:\s*"),
        resolver="https://hdl.handle.net/{}", is_escaped=True,
        bare=_prefix(r"(?![0-9]{4}/[0-9]{1,2}(?:/|$))(?:[0-9]{4,}|[0-9]+(?:\.[0-9]+)+)(?:/|%2F)"),
    ),
    # Kept with their names: the lists have them, and no syntax here.
    *(
        Scheme(name, "DataCite 4.5 or OpenAIRE Graph 9.0.1", None)
        for name in (
            "actrn", "ascl", "bibcode", "drks", "ean13", "ena", "epo_id", "euctr", "fundref",
            "gbif", "genbank", "igsn", "isil", "isrctn", "istc", "jprn", "lsid", "oclc",
            "omid", "openalex", "purl", "raid", "rnsr", "rrid", "scopus", "upc", "viaf", "wos",
        )
    ),
)  # fmt: skip
"""Every scheme, in the order in which a bare value is tried on them."""

_BY_NAME = {scheme.name: scheme for scheme in SCHEMES}
NAMES = frozenset(_BY_NAME)
"""The names of all schemes of the table."""
_WITH_SYNTAX = frozenset(scheme.name for scheme in SCHEMES if scheme.syntax is not None)
_BY_LABEL = {label: scheme for scheme in SCHEMES for label in (scheme.name, *scheme.labels)}
_NAME_OF_LABEL = {label: scheme.name for label, scheme in _BY_LABEL.items()}
LONGEST_LABEL = max(map(len, _BY_LABEL))

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_AROUND = ".,;:!\"'“”‘’»…。"
_OWN_LABELS = frozenset({"urn", "ark", "swh", "oai"})
_QUERY = re.compile("[?#]")
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_LABELLED = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)(\s*:\s*|\s+)(?=\S)")
_INFO = re.compile(r"info:([A-Za-z]+)/", re.I)
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
_PATH_SAFE = "/:;()!$&'*+,=@~"


def scheme_of_label(label: str) -> str | None:
    """Return the name of the scheme that a label stands for, or None.

    >>> scheme_of_label("HDL"), scheme_of_label("Background")
    ('handle', None)
    """
    return _NAME_OF_LABEL.get(label.strip().lower())


def has_syntax(name: str) -> bool:
    """Tell whether the syntax of the scheme called name is known.

    >>> has_syntax("doi"), has_syntax("scopus")
    (True, False)
    """
    return name in _WITH_SYNTAX


def read_value(name: str, printed: str) -> tuple[str, bool]:
    """Return a stripped value of the scheme called name, and whether the scheme allows it.

    What the scheme's syntax or check digit refuses comes back as printed. Where no syntax
    is known, a value is allowed if it has no blank. What comes back is read as it stands.

    >>> read_value("doi", "https://doi.org/10.1000/ABC."), read_value("doi", "11.1000/182")
    (('10.1000/abc', True), ('11.1000/182', False))
    """
    scheme = _BY_NAME.get(name)
    if scheme is None or scheme.syntax is None:
        return printed, not any(map(str.isspace, printed))
    if _is_plain(printed) and scheme.syntax.fullmatch(printed):
        # As nearly all are printed: nothing to unwrap, decode or trim.
        value = scheme.normalise(printed)
        return (value, True) if scheme.check(value) else (printed, False)
    value = _well_formed(scheme, printed)
    return (value, True) if value else (printed, False)


def _is_plain(printed: str) -> bool:
    return (
        printed[:1].isdigit() and printed[-1].isalnum() and printed.isascii() and "%" not in printed
    )


def _obeys(scheme: Scheme, value: str) -> bool:
    syntax = scheme.syntax
    return syntax is not None and syntax.fullmatch(value) is not None and scheme.check(value)


def address_of(name: str, value: str) -> str | None:
    """Return the address that resolves an allowed value, or None.

    >>> address_of("handle", "2381/12775"), address_of("urn", "urn:isbn:9783161484100")
    ('https://hdl.handle.net/2381/12775', None)
    """
    scheme = _BY_NAME.get(name)
    if scheme is None or not scheme.resolver:
        return None
    if name == "urn" and not value.lower().startswith("urn:nbn:"):
        return None
    # RFC 3986, 3.3: what a path may hold as it is. A value that is an address stays one.
    safe = _PATH_SAFE if scheme.is_escaped else _PATH_SAFE + "%?#"
    return scheme.resolver.format(quote(value, safe=safe))


def recognise(text: str) -> tuple[str, str] | None:
    """Return (scheme, printed value) of one identifier in any form, or None.

    >>> recognise("PMC 353"), recognise("http://hdl.handle.net/2381/12775")
    (('pmc', '353'), ('handle', 'http://hdl.handle.net/2381/12775'))
    >>> recognise("21496615") is None
    True
    """
    text = text.strip().rstrip(".,; ")
    if len(text) > 1 and _CLOSERS.get(text[-1]) == text[0]:
        text = text[1:-1].strip()
    return _labelled(text) or _wrapped(text) or _bare(text)


def is_own_label(label: str) -> bool:
    """Tell whether a label is a part of its scheme's values, as in "urn:nbn:…".

    >>> is_own_label("URN"), is_own_label("doi")
    (True, False)
    """
    return label.lower() in _OWN_LABELS


def _labelled(text: str) -> tuple[str, str] | None:
    info = _INFO.match(text)
    found = info or _LABELLED.match(text)
    scheme = _BY_LABEL.get(found.group(1).lower()) if found else None
    if found is None or scheme is None:
        return None
    value = text[found.end() :]
    if info is None and found.group(2) == ":" and is_own_label(found.group(1)):
        return scheme.name, text
    if info is None and ":" not in found.group(2) and not _well_formed(scheme, value):
        return None
    return scheme.name, value


def _wrapped(text: str) -> tuple[str, str] | None:
    inner = _outer(text)
    found = [
        scheme for scheme in SCHEMES if scheme.wrapper is not None and scheme.wrapper.match(inner)
    ]
    # Any host may resolve an ARK, so an address of another scheme may look like one of those.
    good = [scheme for scheme in found if _well_formed(scheme, text)]
    return ((good or found)[0].name, text) if found else None


def _bare(text: str) -> tuple[str, str] | None:
    inner = _outer(text.translate(_DASHES))
    for scheme in SCHEMES:
        if scheme.bare is not None and scheme.bare.match(inner) and _well_formed(scheme, text):
            return scheme.name, text
    return None


def _well_formed(scheme: Scheme, printed: str) -> str:
    """Return the normalised value, or "" if the scheme refuses it.

    A value that would be read as yet another one, as one escaped twice, is refused.
    """
    value = _normal(scheme, printed)
    if not _obeys(scheme, value) or not value.isprintable() or _normal(scheme, value) != value:
        return ""
    return value


_MOST_WRAPPERS = 3


def _normal(scheme: Scheme, printed: str) -> str:
    value = _outer(printed.translate(_DASHES))
    for _ in range(_MOST_WRAPPERS):
        found = scheme.wrapper.match(value) if scheme.wrapper else None
        if found is None:
            break
        value = value[found.end() :]
        if "/" in found.group() and scheme.is_path_only:
            # RFC 3986, 3.4: query and fragment are the address's, not the value's.
            value = _QUERY.split(value, maxsplit=1)[0]
    if scheme.is_escaped and _ESCAPE.search(value):
        value = _outer(_unescaped(value))
    if scheme.is_path_only:
        value = value.rstrip("/")
    normal = scheme.normalise(value)
    if "/" in normal and not _obeys(scheme, normal):
        normal = scheme.normalise(value.partition("/")[0])
    return normal


def _unescaped(value: str) -> str:
    """Return value without percent escapes; "" if they are not of UTF-8."""
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError:
        return ""


def _outer(text: str) -> str:
    """Drop what a sentence puts around a value."""
    text = text.strip().lstrip("\"'<“”‘’«")
    surplus = {closer: text.count(closer) - text.count(_CLOSERS[closer]) for closer in _CLOSERS}
    end = len(text)
    while end:
        last = text[end - 1]
        if last not in _AROUND and not last.isspace():
            if surplus.get(last, 0) <= 0:
                break
            surplus[last] -= 1
        end -= 1
    return text[:end]


def curie_of(name: str, value: str) -> str:
    """Return scheme and value as one word, without saying the scheme twice.

    >>> curie_of("doi", "10.1000/182"), curie_of("urn", "urn:nbn:de:101:1-2011")
    ('doi:10.1000/182', 'urn:nbn:de:101:1-2011')
    """
    own, colon, _ = value.partition(":")
    return (
        value
        if colon and _BY_LABEL.get(own) is _BY_NAME.get(name) and is_own_label(own)
        else f"{name}:{value}"
    )
