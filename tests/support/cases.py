"""Tables of cases: their own modules look at each, others at whether they are all."""

import gzip

from litrecord import Diagnostic, Document, Limits, LitrecordError
from litrecord._reading.many import Result
from support.strategies import WIDGET

VALID = {
    "doi": "10.5281/zenodo.3234155",
    "shortdoi": "10/aabbe",
    "pmid": "21496615",
    "pmc": "PMC3531190",
    "arxiv": "2106.09685",
    "orcid": "0000-0002-1825-0097",
    "isni": "000000012150090X",
    "ror": "05dxps055",
    "grid": "grid.5288.7",
    "urn": "urn:nbn:de:101:1-201102033592",
    "ark": "ark:12148/btv1b8449691v",
    "swhid": "swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2",
    "nct": "NCT00000102",
    "pdb": "1abc",
    "w3id": "https://w3id.org/example/thing",
    "isbn": "9783161484100",
    "issn": "0317-8471",
    "hal": "hal-01234567v2",
    "openaire": "doi_dedup___::9ff99b5e1675bc640ea813d86368c7eb",
    "mag_id": "2101234567",
    "wikidata": "Q42",
    "uniprot": "P12345",
    "oai": "oai:arXiv.org:hep-th/9901001",
    "raid": "10.26259/a1b2c3d4",
    "handle": "11573/406812",
}
"""A valid value of every scheme that has a syntax."""

ROW = "| views | 2 |\n"
LINE = "Zebra, Breast Neoplasms, Male, Alpha\n"
DIAGNOSED: dict[str, tuple[str | bytes, str]] = {
    "unknown-text": (
        ROW + "\tprose\r\n",
        "error[unknown-text] line 2, column 2: text after the indicator rows that is not a row\n"
        "   prose\n   ^",
    ),
    "cut-row": (
        ROW + "| citations | 7",
        "error[cut-row] line 2, column 1: this row is cut, or has no value\n"
        "  | citations | 7\n  ^",
    ),
    "second-record": (
        ROW + "pmid: 7\nmore\n",
        "error[second-record] line 2, column 1: another record begins here, after the rows of "
        "the first\n  pmid: 7\n  ^",
    ),
    "repeated-widget": (
        WIDGET + "\n<script>oa_widget</script>\n",
        "error[repeated-widget] line 7, column 1: this widget differs from the first one\n"
        "  <script>oa_widget</script>\n  ^",
    ),
    "malformed-identifier": (
        "doi: 10.28945/495 , 10.1/\r\n",
        "error[malformed-identifier] line 1, column 21: '10.1/' is not a valid doi\n"
        "  doi: 10.28945/495 , 10.1/\n                      ^",
    ),
    "repeated-indicator": (
        ROW + ROW,
        "error[repeated-indicator] line 2, column 1: a second row of 'views'\n"
        "  | views | 2 |\n  ^",
    ),
    "unclosed-widget": (
        "<script> <!-- oa_widget\n",
        "warning[unclosed-widget] line 1, column 1: this widget has no closing tag\n"
        "  <script> <!-- oa_widget\n  ^",
    ),
    "ambiguous-keyword": (
        "Tëxt.\n" + LINE + LINE,
        "warning[ambiguous-keyword] line 2, column 8: 'Breast Neoplasms, Male' may also be "
        "'Breast Neoplasms' and 'Male'\n  Zebra, Breast Neoplasms, Male, Alpha\n         ^",
    ),
    "other-separator": (
        "Tëxt.\n" + 2 * "Maps; Coasts; Ice\n",
        "warning[other-separator] line 2, column 5: expected ', ' between keywords, found ';' "
        "in 2 places\n  Maps; Coasts; Ice\n      ^",
    ),
    "maybe-keywords": (
        "Tides move sand, we found.\n" * 2,
        "warning[maybe-keywords] line 1, column 1: this line is repeated like keywords, but "
        "ends like a sentence: it is kept as abstract\n  Tides move sand, we found.\n  ^",
    ),
    "maybe-cut": (
        "pmid: 7",
        "warning[maybe-cut] line 1, column 8: the text ends in the identifiers, which may be "
        "cut\n  pmid: 7\n         ^",
    ),
    "identifier-in-text": (
        "Old maps err.\n doi: 10.1000/182\n",
        "warning[identifier-in-text] line 2, column 2: this looks like an identifier line, but "
        "is below other text: it is kept as abstract\n   doi: 10.1000/182\n   ^",
    ),
    "unknown-indicator": (
        "| 漢字 | 2 |\n",
        "warning[unknown-indicator] line 1, column 1: '漢字' is not a known indicator\n"
        "  | 漢字 | 2 |\n  ^",
    ),
    "unknown-value": (
        "| impulse | high |\n",
        "warning[unknown-value] line 1, column 1: 'high' is neither a count nor an impact class\n"
        "  | impulse | high |\n  ^",
    ),
    "uncertain-instance": (
        "Powered by OpenAIRE graph\nCurrent Opinion in V...\nArticle . 2011\n",
        "warning[uncertain-instance] line 2, column 1: this name is shortened, so it is in no "
        "value\n  Current Opinion in V...\n  ^",
    ),
    "more-authors": (
        "Title\nAuthors: Doe; +4 Authors\nTitle\nAbstract\nText.\n",
        "warning[more-authors] line 2, column 1: the page shortens the list of authors: it ends "
        "with '+4 Authors'\n  Authors: Doe; +4 Authors\n  ^",
    ),
    "no-record": (
        "\n \n",
        "warning[no-record] line 1, column 1: expected a part of a record, found none",
    ),
    "replaced-character": (
        "漢\u0301\x00 text\n",
        "warning[replaced-character] line 1, column 3: U+0000 is not allowed in a value "
        "and was replaced by U+FFFD\n  漢\u0301  text\n    ^",
    ),
    "decoded-identifier": (
        "handle: 1.2/a , 1.2/b&amp;c\nText.\n",
        "warning[decoded-identifier] line 1, column 17: the character references of "
        "'1.2/b&amp;c' were replaced: '1.2/b&c'"
        "\n  handle: 1.2/a , 1.2/b&amp;c\n                  ^",
    ),
    "several-labels": (
        "PMID: 7 PMCID: PMC9\nText.\n",
        "warning[several-labels] line 1, column 1: expected one label on a line, found 2\n"
        "  PMID: 7 PMCID: PMC9\n  ^",
    ),
    "unwrapped-markup": (
        "Old maps.\nH<sub>2</sub>O &lt; 7\n",
        "warning[unwrapped-markup] line 2, column 2: read as markup of this abstract: 2 tags "
        "and 1 character references\n  H<sub>2</sub>O &lt; 7\n   ^",
    ),
    "unread-tag": (
        "Tëxt.\nOld <sup>maps</i> err.\n",
        "warning[unread-tag] line 2, column 5: left in the text, although it may be markup: "
        "'<sup>' and 1 more\n  Old <sup>maps</i> err.\n      ^",
    ),
    "read-as-markdown": (
        "Old maps *err*.\n| views | **2** |\n",
        "warning[read-as-markdown] line 1, column 1: this was read as Markdown, its marks left out"
        "\n  Old maps *err*.\n  ^",
    ),
    "from-metadata": (
        '<div>Old maps err.</div><meta name="citation_title" content="Maps">',
        "info[from-metadata] line 1, column 14: title: not printed, but in the page's citation "
        "tags",
    ),
    "unread-metadata": (
        '<div>Old maps err.</div><meta name="citation_doi" content="10">',
        "warning[unread-metadata] line 1, column 14: '10' in the page's citation tags is not "
        "an identifier",
    ),
    "left-out": (
        "<div>Old maps err.<svg><title>A pin</title></svg><nav>a</nav><nav>b</nav></div>",
        "info[left-out] line 1, column 1: elements left out: nav 2, svg 1",
    ),
    "address-from-page": (
        "<!-- saved from url=(0055)https://explore.openaire.eu/search/result?pid=10.1000/7 -->"
        "<div>Old maps err.</div>",
        "info[address-from-page] line 1, column 14: found the page's address in its "
        "saved from url=: 'https://explore.openaire.eu/search/result?pid=10.1000/7'",
    ),
    "no-landmark": (
        "\nError 502: Bad gateway\n",
        "error[no-landmark] line 1, column 1: expected a landing page, found none of its parts, "
        "such as an indicator row",
    ),
    "no-row": (
        "pmid: 7\nOld maps err.\n",
        "warning[no-row] line 3, column 1: expected indicator rows, found none",
    ),
    "guessed-encoding": (
        b"caf\xe9\n",
        "warning[guessed-encoding] line 1, column 1: these bytes were read as "
        "windows-1252\n  café\n  ^",
    ),
}  # fmt: skip
"""Every code that a text gets, with one that does, and what is printed before "What to do"."""
_ADDRESS = "https://explore.openaire.eu/search/result?pid="
DIAGNOSED_ADDRESSES = {
    "number-as-pmid": (
        _ADDRESS + "7",
        "warning[number-as-pmid] line 2, column 1: pmid:7 is only in the page's address",
    ),
    "unread-address": (
        _ADDRESS + "a%20b",
        "warning[unread-address] line 2, column 1: pid='a b' of the page's address is not an "
        "identifier",
    ),
    "identifier-from-address": (
        _ADDRESS + "10.1000/182",
        "info[identifier-from-address] line 2, column 1: doi:10.1000/182 is only in the page's "
        "address",
    ),
}
"""Every code that a page's address gets, likewise."""

GAPS = frozenset({"no-landmark", "no-row"})
"""What is said of a text that is no whole page, whatever it prints."""


def said(read: Document | Result | LitrecordError) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of what a part of a page was read as, but for `GAPS`."""
    return tuple(found for found in read.diagnostics if found.code not in GAPS)


LIMITS: list[tuple[Limits, str | bytes, str]] = [
    (Limits(characters=10), "x" * 11, "11 characters, but limits.characters is 10"),
    (Limits(lines=1), "Text.\r\nMore.", "2 lines, but limits.lines is 1"),
    (Limits(lines=1), "<div>Text.<p>More.</div>", "2 lines, but limits.lines is 1"),
    (
        Limits(diagnostics=1),
        "| views | 1 |\n\nprose\n\nmore\n",
        "2 diagnostics, but limits.diagnostics is 1",
    ),
    (Limits(identifiers=1), "pmid: 7\npmid: 8\n", "2 identifiers, but limits.identifiers is 1"),
    (Limits(rows=1), "| views | 1 |\n| downloads | 2 |\n", "2 rows, but limits.rows is 1"),
    (Limits(terms=2), "Text.\na, b, c\na, b, c\n", "3 terms, but limits.terms is 2"),
    (Limits(nesting=3), "<div>Te<i>xt</i></div>", "4 nested elements, but limits.nesting is 3"),
    (
        Limits(attributes=2),
        "<div>Text.<p a=1 b='2 2' c></div>",
        "3 attributes, but limits.attributes is 2",
    ),
    (
        Limits(unpacked_bytes=4),
        gzip.compress(b"Text.", mtime=0),
        "5 decompressed bytes, but limits.unpacked_bytes is 4",
    ),
]
"""A source beyond every limit, and what is said of it."""
