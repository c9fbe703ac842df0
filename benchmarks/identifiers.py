"""How fast identify is, beside idutils, and the strings on which both are compared."""

from __future__ import annotations

import random
from functools import cache

import idutils

import litrecord
from benchmarks.corpus import ROOT, read_pages
from benchmarks.timing import best_times, over
from litrecord._vocabularies.terms import FILES, read_terms

_DATA = ROOT / "tests" / "data"
_COUNT = 2_000
_EACH = 40
"""Of the MeSH headings, one in so many."""
_CHANCE = 0.4
"""How often a digit of a form is changed."""

FORMS = """
10.5281/zenodo.3234155
doi: 10.1000/182
DOI 10.1000/182
doi:https://doi.org/10.1000/182
https://doi.org/10.1000/182
http://dx.doi.org/10.1000/182
https://www.doi.org/10.1000/182
10.1000/abc def
10.1000%2F182
10/aabbe
https://doi.org/10/aabbe
21496615
2149661
PMID: 21496615
pmid:21496615
https://pubmed.ncbi.nlm.nih.gov/21496615/
https://www.ncbi.nlm.nih.gov/pubmed/21496615
PMC3531190
pmc: 3531190
https://europepmc.org/articles/PMC3531190
2106.09685
arXiv:2106.09685v3
hep-th/9901001
https://arxiv.org/abs/2106.09685
0000-0002-1825-0097
https://orcid.org/0000-0002-1825-0097
ORCID: 0000-0002-1825-0097
000000012150090X
0000 0001 2150 090X
https://isni.org/isni/000000012150090X
05dxps055
https://ror.org/05dxps055
grid.5288.7
urn:nbn:de:101:1-201102033592
urn:isbn:9783161484100
https://nbn-resolving.org/urn:nbn:de:101:1-201102033592
urn:lsid:ipni.org:names:30000959-2
ark:12148/btv1b8449691v
ark:/12148/btv1b8449691v
https://n2t.net/ark:/12148/btv1b8449691v
swh:1:cnt:94a9ed024d3859793618152ea559a168bbcbb5e2
https://archive.softwareheritage.org/swh:1:rev:94a9ed024d3859793618152ea559a168bbcbb5e2
NCT00000102
https://clinicaltrials.gov/study/NCT00000102
1abc
PDB: 1ABC
https://w3id.org/example/thing
978-3-16-148410-0
9783161484100
ISBN 0-8044-2957-X
080442957X
4006381333931
0317-8471
03178471
ISSN: 0317-8471
hal-01234567v2
https://hal.science/hal-01234567
doi_dedup___::9ff99b5e1675bc640ea813d86368c7eb
2101234567
210123456789012
Q42
https://www.wikidata.org/wiki/Q42
P12345
A0A023GPI8
oai:arXiv.org:hep-th/9901001
10.26259/a1b2c3d4
https://raid.org/10.26259/a1b2c3d4
11573/406812
http://hdl.handle.net/11573/406812
hdl:2381/12775
20.500.12556/RUL-1
loc.gdc/scd0001.2004
2018AGUFM.A24K..07S
ascl:1203.001
https://purl.org/dc/terms/title
gnd:118540238
118540238
4-1234-5
viaf:102333412
W2741809807
RRID:AB_262044
SRR390728
PRJNA257197
SAMN03160000
ENSG00000139618
NM_000546.6
GCA_000001405.15
GSE2553
A-AFFY-33
E-MTAB-1234
0A9-2002-12B4A105-7
96385074
someone@example.org
94a9ed024d3859793618152ea559a168bbcbb5e2
31253.11.sciencedb.j00001
https://example.org/path/21496615
example.org/path
and/or
Anemia/therapy
2019/12/13
""".strip().split("\n")
"""A form of each scheme that one of the two knows, and what may be taken for one."""


@cache
def strings() -> tuple[str, ...]:
    """Return 2,000 strings: of the stored data, of a vocabulary, and forms with other digits."""
    found = [*FORMS, *_stored(), *read_terms(FILES["mesh"])[::_EACH]]
    chance = random.Random(20)  # noqa: S311 (no secret)
    while len(distinct := dict.fromkeys(found)) < _COUNT:
        found += [_changed(form, chance) for form in FORMS]
    return tuple(distinct)[:_COUNT]


def _stored() -> list[str]:
    """Return the identifiers, the addresses and the keywords of tests/data, as printed."""
    found = []
    for name in ("identifiers", "addresses", "keywords-other", "keywords-ambiguous"):
        lines = (_DATA / f"{name}.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
        first = [line.split("\t")[0] for line in lines]
        is_list = name.startswith("keywords")
        found += [term for line in first for term in litrecord.split_keywords(line)] * is_list
        found += first * (not is_list)
    for page in read_pages():
        record = litrecord.parse_record(page.data)
        for identifier in record.identifiers:
            found += [identifier.value, identifier.curie, identifier.url or identifier.value]
        found += record.keywords
    return found


def _changed(form: str, chance: random.Random) -> str:
    """Return a form with some of its digits changed, so that check digits are wrong mostly."""
    return "".join(
        chance.choice("0123456789") if letter in "0123456789" and chance.random() < _CHANCE
        else letter
        for letter in form
    )  # fmt: skip


def ratio(rounds: int, passes: int) -> float:
    """Return how many times as long idutils takes as identify, on all strings in one run."""
    tasks = {
        "litrecord": over(litrecord.identify, strings()),
        "idutils": over(idutils.detect_identifier_schemes, strings()),
    }
    best = best_times(tasks, rounds, passes)
    return best["idutils"] / best["litrecord"]
