"""The table of identifier schemes.

A row of ``SCHEMES`` has the name of a scheme, its labels, the addresses and prefixes around its
values, the syntax of a bare value with its source, the normal form, the check digit and the
resolver. A new scheme is a new row.

The names of the schemes are those of the OpenAIRE Graph (docs 9.0.1, "PIDs and
identifiers") and of DataCite 4.5 (relatedIdentifierType), in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from litrecord._vocabularies.check_digits import (
    always,
    ark_without_slash,
    arxiv_date,
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
    """The source of the syntax and the check."""
    syntax: re.Pattern[str] | None
    """The pattern of a whole normalised value; None if no syntax is known."""
    labels: tuple[str, ...] = ()
    """Labels of a value in lower case, other than the name."""
    wrapper: str = ""
    """The addresses and prefixes that may be before a value: `compiled` has their pattern."""
    normalise: Callable[[str], str] = str
    check: Callable[[str], bool] = always
    resolver: str = ""
    """The address of a value; ``{}`` is replaced by the value."""
    is_escaped: bool = False
    """Whether a value may be printed with percent escapes."""
    is_path_only: bool = True
    """Whether the value in an address ends where a query or a fragment begins."""
    may_end_in_slash: bool = False
    """Whether a final slash belongs to the value if there is no address around it."""
    bare: re.Pattern[str] | None = None
    """The beginning of a bare value that identifies its scheme; None if no value does."""


HOSTS: dict[str, str] = {}
"""For each wrapper, the part of a matching address before its first slash."""
HELD: dict[str, str] = {}
"""For each wrapper, a part of every matching text in lower case, for a check before the match."""


def _wrapper(*addresses: str, holds: str = "") -> str:
    wrapper = r"(?:(?:https?:)?//)?(?:" + "|".join(addresses) + ")"
    HOSTS[wrapper] = "|".join(re.split(r"\(\?=|/", address)[0] for address in addresses)
    HELD[wrapper] = holds
    return wrapper


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern of a wrapper or its hosts, which few texts need."""
    return _prefix(pattern)


def _prefix(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I | re.ASCII)


# RFC 3986, 2 and 3: the characters of a path, a query or a fragment.
_OF_URI = r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"

# The archives of identifiers from before April 2007, and their predecessors.
_ARXIV_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg"
    "|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph"
    "|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int"
    "|stat|supr-con"
)

# Germany, Finland, Norway, Italy, the Netherlands, Austria, Croatia, Czechia.
_NBN_HOSTS = (
    r"urn\.fi|urn\.nb\.no|nbn\.depositolegale\.it|(?:www\.)?persistent-identifier\.nl"
    r"|resolver\.obvsg\.at|urn\.nsk\.hr|resolver\.nkp\.cz"
)
# Sweden, and the libraries of others, ask for a URN in the query.
_NBN_QUERY = r"(?:resolve|resolver|process-urn-form)?/?\?(?:urn|identifier)="


SCHEMES: tuple[Scheme, ...] = (
    Scheme(
        "doi", "ISO 26324; DOI Handbook 2023, 3.3",
        re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*//*+[^\s/]\S*"),
        wrapper=_wrapper(r"(?:dx\.|www\.)?doi\.org/", r"doi:\s*"),
        normalise=ascii_lower, resolver="https://doi.org/{}", is_escaped=True,
        may_end_in_slash=True,
        labels=("digital object identifier", "dois"), bare=_prefix(r"10\."),
    ),
    Scheme(
        "shortdoi", "International DOI Foundation, shortDOI service: 10/ and letters and digits",
        re.compile("10/[0-9a-z]{3,}"), labels=("short doi",),
        wrapper=_wrapper(
            r"(?:dx\.|www\.)?doi\.org/(?=10/)", r"(?:www\.)?shortdoi\.org/(?=10/)",
            r"doi:\s*(?=10/)", holds="10/",
        ),
        # A number behind the slash may be a date, so a short DOI needs letters.
        normalise=ascii_lower, resolver="https://doi.org/{}", bare=_prefix("10/[0-9]*[a-z]"),
    ),
    Scheme(
        "pmid", "NLM, PubMed field descriptions 2024: one to eight digits",
        re.compile("[1-9][0-9]{0,7}"), labels=("pubmed", "pubmedid", "pmids"),
        wrapper=_wrapper(
            r"(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/", r"pubmed\.ncbi\.nlm\.nih\.gov/",
            r"(?:www\.)?europepmc\.org/(?:article|abstract)/med/", r"pmid:?\s*",
        ),
        bare=_prefix("pmid"),
        resolver="https://pubmed.ncbi.nlm.nih.gov/{}/",
    ),
    Scheme(
        "pmc", "NLM, PMCID: PMC and digits",
        re.compile("PMC[1-9][0-9]{0,8}"),
        labels=("pmcid", "pubmed central", "pubmed central id", "pmcids"),
        wrapper=_wrapper(
            r"(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/", r"pmc\.ncbi\.nlm\.nih\.gov/articles/",
            r"(?:www\.)?europepmc\.org/(?:articles|article/pmc)/",
        ),
        normalise=lambda bare: with_prefix("PMC")(bare).replace(" ", "", 1),
        resolver="https://pmc.ncbi.nlm.nih.gov/articles/{}/", bare=_prefix("PMC"),
    ),
    Scheme(
        "arxiv", "arXiv identifier schemes: from 0704 on, and before, from 9107 to 0703",
        re.compile(
            r"[0-9]{4}\.[0-9]{4,5}(?:v[1-9][0-9]*)?"
            rf"|(?:{_ARXIV_ARCHIVES})(?:\.[A-Z]{{2}})?/[0-9]{{7}}(?:v[1-9][0-9]*)?"
        ), check=arxiv_date,
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
        "urn", "RFC 8141, 2; RFC 8458 (NBN), and the resolvers of its national libraries",
        re.compile(
            r"urn:[0-9A-Za-z][0-9A-Za-z-]{0,30}[0-9A-Za-z]:[0-9A-Za-z()+,.:=@;$_!*'%/?#&~-]+"
        ),
        wrapper=_wrapper(
            rf"(?:(?:www\.)?nbn-resolving\.(?:org|de)|{_NBN_HOSTS})/(?=urn:)",
            rf"(?:[a-z-]+\.)+[a-z]+/{_NBN_QUERY}(?=urn(?::|%3a)nbn)", holds="urn",
        ),
        is_path_only=False, normalise=lower_urn, resolver="https://nbn-resolving.org/{}",
        bare=_prefix("urn:"),
    ),
    Scheme(
        "ark", "ARK, draft-kunze-ark-39: ark:/ is the older form of ark:",
        re.compile(r"ark:[0-9a-z]{5,16}/[!-~]+"),
        wrapper=_wrapper(r"[a-z0-9][a-z0-9.-]*/(?=ark:)", holds="/ark:"),
        normalise=ark_without_slash, resolver="https://n2t.net/{}", is_escaped=True,
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
        labels=("clinicaltrials.gov", "clinicaltrials.gov id", "clinicaltrials.gov identifier"),
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
        re.compile("97[89][0-9]{10}|[0-9]{9}[0-9X]"),
        labels=("isbn-10", "isbn-13", "e-isbn", "eisbn", "isbn10", "isbn13"),
        wrapper=_wrapper("urn:isbn:"), normalise=unhyphenated, check=isbn_check,
        bare=_prefix("97[89]-"),
    ),
    Scheme(
        "issn", "ISO 3297", re.compile("[0-9]{4}-[0-9]{3}[0-9X]"),
        labels=("eissn", "pissn", "lissn", "issn-l", "e-issn", "p-issn", "online issn",
                "print issn"),
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
    Scheme(
        "raid", "ISO 23527: the prefix of a handle or DOI, and a suffix",
        re.compile(r"[0-9]+(?:\.[0-9]+)+/[!-~]+"), wrapper=_wrapper(r"(?:www\.)?raid\.org/"),
        normalise=ascii_lower, resolver="https://raid.org/{}", is_escaped=True,
    ),
    # Many values look like a handle, so it comes after all schemes with a distinct syntax.
    Scheme(
        "handle", "RFC 3650, 3; a naming authority that is no number has a dot",
        re.compile(r"(?:[0-9][0-9A-Za-z_-]*(?:\.[0-9A-Za-z_-]+)*|[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)+)/\S+"),
        labels=("hdl",), wrapper=_wrapper(r"hdl\.handle\.net/", r"hdl:\s*"),
        resolver="https://hdl.handle.net/{}", is_escaped=True, may_end_in_slash=True,
        bare=_prefix(r"(?![0-9]{4}/[0-9]{1,2}(?:/|$))(?:[0-9]{4,}|[0-9]+(?:\.[0-9]+)+)(?:/|%2F)"),
    ),
    # Known by name only: they have no syntax here.
    *(
        Scheme(name, "DataCite 4.5 or OpenAIRE Graph 9.0.1", None)
        for name in (
            "actrn", "ascl", "bibcode", "drks", "ean13", "ena", "epo_id", "euctr", "fundref",
            "gbif", "genbank", "igsn", "isil", "isrctn", "istc", "jprn", "lsid", "oclc",
            "omid", "openalex", "purl", "rnsr", "rrid", "scopus", "upc", "viaf", "wos",
        )
    ),
)  # fmt: skip
"""All schemes, in the order in which they are tried on a bare value."""
