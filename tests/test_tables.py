"""Tables: no entry stands twice or hides another, and some reader reaches each.

That an entry is reached is shown by an example that the public functions read by it, or read
otherwise where the entry is taken away.
"""

import ast
import codecs
import enum
import importlib
import inspect
import json
import pathlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import bs4
import lxml.etree
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import webencodings.labels
from webencodings import PYTHON_NAMES

import litrecord
from litrecord import (
    Identifier,
    Indicator,
    Record,
    SectionKind,
    Severity,
    arrow,
    files,
    ray,
    report,
    spark,
)
from litrecord._bulk import stored_page
from litrecord._bulk.warc import page as warc_page
from litrecord._characters import OTHER_SPACES
from litrecord._cli import inputs, terminal
from litrecord._cli.main import main
from litrecord._cli.outputs import FORMS, PARQUET
from litrecord._html import annotated, detection, events, libxml2, microdata, text_form
from litrecord._parts import identifiers as part_identifiers
from litrecord._parts import inline_markup, metadata
from litrecord._parts import json_ld as part_json_ld
from litrecord._reading import (
    declaration,
    decoding,
    encoding_detection,
    iso2022jp,
    labels,
    pipeline,
)
from litrecord._report import corpus, plots
from litrecord._scripts import scanner
from litrecord._text import lexer, lookback, open_end, segments, transitions
from litrecord._text.lexer import TokenKind
from litrecord._text.transitions import PLAIN_AT, TRANSITIONS, TRANSITIONS_AT, State, Transition
from litrecord._vocabularies import elements, indicators, interface, terms
from litrecord._vocabularies import identifiers as known
from litrecord._vocabularies.schemes import SCHEMES, Scheme, compiled
from litrecord.diagnostics import CODES
from litrecord.limits import _WORDS, Limits
from litrecord.serializers import json as form
from litrecord.serializers import shape
from litrecord.serializers.pages.page import stylesheet
from support import stored
from support.cases import DIAGNOSED, DIAGNOSED_ADDRESSES, LIMITS, VALID, said
from support.strategies import SEED, WIDGET

SOURCE = pathlib.Path(litrecord.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))


def twice(entries: list[Any]) -> list[Any]:
    """Return what is listed more than once."""
    return [entry for entry, count in Counter(entries).items() if count > 1]


# --- No entry stands twice, in any table of any module.

LATER_IS_MEANT = {
    # What a notice is in more detail stands behind the notices.
    ("_text.lexer", "_FIXED"): {
        *indicators.DESCRIPTIONS, interface.WHOLE_PAGE, *interface.IMPACT_HEADINGS,
        interface.ADD_CLAIM,
    },
    # One is left out, and begins a line too; the other is left out but where JATS has it.
    ("_html.flattener", "_AT_START"): {"nav", "title"},
}  # fmt: skip
"""The tables in which an entry hides one before it on purpose."""
_OWN_NAMES = (ast.Subscript, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_DISPLAYS = (ast.Dict, ast.Set, ast.Tuple, ast.List)


def displays_in(node: ast.AST) -> Iterator[ast.Dict | ast.Set | ast.Tuple | ast.List]:
    """Yield the displays of an expression, but those that have names of their own."""
    if isinstance(node, _DISPLAYS):
        yield node
    if not isinstance(node, _OWN_NAMES):
        for child in ast.iter_child_nodes(node):
            yield from displays_in(child)


def entries_of(display: ast.Dict | ast.Set | ast.Tuple | ast.List, names: Any) -> list[Any]:
    """Return what a display lists, of a dict the keys, as its module evaluates it."""
    if not isinstance(display, ast.Dict):
        return list(eval(f"[{', '.join(map(ast.unparse, display.elts))}]", names))  # noqa: S307
    keys: list[Any] = []
    for key, value in zip(display.keys, display.values, strict=True):
        found = eval(ast.unparse(key or value), names)  # noqa: S307
        keys += [found] if key else found
    return keys


def repeated_in(code: str, names: Any) -> Iterator[tuple[str, Any]]:
    """Yield each entry that a table of a module lists twice, and rows of one name."""
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.Assign):
            target, value = ast.unparse(statement.targets[0]), statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value:
            target, value = ast.unparse(statement.target), statement.value
        else:
            continue
        for display in displays_in(value):
            entries = entries_of(display, names)
            shown = {repr(entry): entry for entry in entries}
            yield from ((target, shown[entry]) for entry in twice(list(map(repr, entries))))
            rows = [entry[0] for entry in entries if isinstance(entry, tuple) and entry]
            yield from ((target, row) for row in twice([row for row in rows if type(row) is str]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_table_lists_an_entry_twice(path: pathlib.Path) -> None:
    name = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix("__init__")
    module = importlib.import_module(f"litrecord.{name}".rstrip("."))
    found = set(repeated_in(path.read_text("utf-8"), vars(module)))
    meant = {(table, entry) for (of, table), hidden in LATER_IS_MEANT.items() for entry in hidden
             if of == name}  # fmt: skip
    assert found == meant


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_display_inside_a_function_lists_a_constant_twice(path: pathlib.Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Dict | ast.Set):
            entries = node.keys if isinstance(node, ast.Dict) else node.elts
            constants = [entry.value for entry in entries if isinstance(entry, ast.Constant)]
            assert twice(constants) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("T = ('a', 'b', 'a')", [("T", "a")]),
        ("T = {'a': 1, **dict(a=2)}", [("T", "a")]),
        ("T: object = frozenset({'a', *A})", [("T", "a")]),
        ("T = (Scheme('a', 'x', None), *(Scheme(n, 'y', None) for n in A))", [("T", "a")]),
        ("T = (('a', 1), ('a', 2))", [("T", "a")]),
        ("T = (1, ('a', 1), ())\nT: int\nassert T", []),
        ("T = dict[str, str]", []),
    ],
)
def test_an_entry_that_is_listed_twice_is_found(code: str, found: list[tuple[str, str]]) -> None:
    assert list(repeated_in(code, {"A": ["a"], "Scheme": Scheme})) == found


def enumerations() -> list[type[enum.Enum]]:
    modules = (litrecord, lexer, transitions)
    values = [value for module in modules for value in vars(module).values()]
    found = [value for value in values if inspect.isclass(value) and issubclass(value, enum.Enum)]
    return sorted(set(found), key=lambda found: found.__name__)


@pytest.mark.parametrize("found", enumerations())
def test_no_member_of_an_enumeration_is_another_name_of_one(found: type[enum.Enum]) -> None:
    assert len(found) == len(found.__members__)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("_vocabularies/identifiers.py", r'^_AROUND = "(.*)"$'),
        ("_vocabularies/identifiers.py", r'^_PATH_SAFE = "(.*)"$'),
        ("_vocabularies/identifiers.py", r'dict\.fromkeys\("(.*)", "-"\)'),
        ("_scripts/scanner.py", r'^_QUOTES = frozenset\("(.*)"\)$'),
        ("_characters.py", r'^OTHER_SPACES = "(.*)" \+ NO_WIDTH$'),
        ("_parts/inline_markup.py", r'^_AFTER_OPEN = frozenset\("(.*)"\)$'),
        ("_vocabularies/terms.py", r'^_PREFIX_INITIALS = frozenset\("(.*)"\)$'),
    ],
)
def test_no_character_is_listed_twice(path: str, pattern: str) -> None:
    (found,) = re.findall(pattern, (SOURCE / path).read_text("utf-8"), re.M)
    assert twice(list(ast.literal_eval(f'"{found}"'))) == []


@pytest.mark.parametrize("module", [litrecord, arrow, files, ray, report, spark])
def test_no_public_name_is_listed_twice(module: Any) -> None:
    assert twice(module.__all__) == []


# --- Patterns that list words: each alternative is needed by an example.


def alternatives_of(pattern: str) -> Iterator[tuple[int, int]]:
    """Yield where each alternative of a pattern stands, with the bar that parts it."""
    open_groups = [[0]]
    at, is_class = 0, False
    for part in re.findall(r"\\.|\(\?(?:[:=!]|P<\w+>)|.", f"({pattern})", re.S):
        after = at + len(part)
        if is_class or part == "[":
            is_class = part != "]"
        elif part[0] == "(":
            open_groups.append([after])
        elif part == "|":
            open_groups[-1].append(after)
        elif part == ")":
            starts = open_groups.pop()
            ends = [*(start - 1 for start in starts[1:]), at]
            for nth, (start, end) in enumerate(zip(starts, ends, strict=True)):
                if len(starts) > 1:
                    # The first is parted by the bar behind it.
                    yield (start - 1 - bool(nth), end - 1 + (not nth))
        at = after


def without_each(pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield each alternative of a pattern, and the pattern without it."""
    text = pattern.pattern
    for start, end in alternatives_of(text):
        yield text[start:end], re.compile(text[:start] + text[end:], pattern.flags)


def require_needed(pattern: re.Pattern[str], answer: Callable[[re.Pattern[str]], object]) -> None:
    """Assert that the answer is another one without any of the alternatives."""
    for alternative, less in without_each(pattern):
        assert answer(less) != answer(pattern), f"{alternative} of {pattern.pattern}"


def test_an_alternative_that_no_example_needs_is_found() -> None:
    pattern = re.compile(r"(?:a|b\|[|)]|a)x|(?P<n>y)")
    found = [less.pattern for _, less in without_each(pattern)]
    assert found == [
        r"(?:b\|[|)]|a)x|(?P<n>y)", r"(?:a|a)x|(?P<n>y)", r"(?:a|b\|[|)])x|(?P<n>y)",
        r"(?P<n>y)", r"(?:a|b\|[|)]|a)x",
    ]  # fmt: skip
    with pytest.raises(AssertionError, match=re.escape("a| of (?:a|")):
        require_needed(pattern, lambda less: [bool(less.match(text)) for text in ("ax", "b|)x")])


# --- Schemes.

ARCHIVES = (
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn",
    "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex",
    "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th",
    "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int", "stat",
    "supr-con",
)  # fmt: skip
CORE = VALID["swhid"].rpartition(":")[2]
OPENAIRE = VALID["openaire"]
# What is printed of each scheme, one for each alternative of its patterns.
PRINTED: dict[str, tuple[str, ...]] = {
    "doi": ("dx.doi.org/10.1000/182", "https://www.doi.org/10.1000/182", "doi:10.1000/182"),
    "shortdoi": (
        "https://dx.doi.org/10/aabbe", "www.doi.org/10/aabbe", "https://shortdoi.org/10/aabbe",
        "doi:10/aabbe",
    ),
    "pmid": (
        "https://www.ncbi.nlm.nih.gov/pubmed/7", "https://pubmed.ncbi.nlm.nih.gov/7/", "PMID7",
        "https://europepmc.org/article/MED/7", "https://europepmc.org/abstract/med/7",
    ),
    "pmc": (
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7", "pmc.ncbi.nlm.nih.gov/articles/PMC7/",
        "https://europepmc.org/articles/PMC7", "https://europepmc.org/article/PMC/PMC7",
    ),
    "arxiv": (
        "https://www.arxiv.org/abs/2106.09685", "https://export.arxiv.org/pdf/2112.09685.pdf",
        "https://arxiv.org/html/2106.09685",
        "2106.09685", "arXiv:2106.09685",
        *(f"{archive}/9901001" for archive in ARCHIVES),
    ),
    "urn": (
        "https://nbn-resolving.org/urn:nbn:de:101:1-2011", "urn.fi/URN:NBN:fi:x-1",
        "https://nbn-resolving.de/urn:nbn:de:101:1-2011",
        "https://urn.kb.se/resolve?urn=urn:nbn:se:uu:diva-1",
        "https://urn.kb.se/resolve?urn=urn%3Anbn%3Ase%3Auu%3Adiva-1",
        "https://nbn-resolving.org/resolver?identifier=urn:nbn:de:101:1-2011",
        "https://nbn-resolving.org/process-urn-form?identifier=urn:nbn:de:101:1-2011&x=y",
        "https://persistent-identifier.nl/?identifier=urn:nbn:nl:ui:13-1",
        "https://urn.nb.no/urn:nbn:no-12345",
        "https://nbn.depositolegale.it/urn:nbn:it:frd-1",
        "https://www.persistent-identifier.nl/urn:nbn:nl:ui:13-1",
        "https://resolver.obvsg.at/urn:nbn:at:at-ubw:1-1",
        "https://urn.nsk.hr/urn:nbn:hr:158:1",
        "https://resolver.nkp.cz/urn:nbn:cz:nk-1",
    ),
    "swhid": (
        *(f"swh:1:{kind}:{CORE}" for kind in ("cnt", "dir", "rev", "rel", "snp")),
        f"swh:1:cnt:{CORE};origin=https://x.org/a%20b",
    ),
    "nct": tuple(
        f"https://clinicaltrials.gov/{path}/NCT00000102" for path in ("ct2/show", "study", "show")
    ),
    "pdb": (
        "https://www.rcsb.org/structure/1ABC", "pdb_00001abc",
        "https://www.rcsb.org/pdb/explore/explore.do?structureId=1abc",
    ),
    "w3id": ("https://w3id.org/a%20b",),
    "isbn": ("9783161484100", "080442957X"),
    "issn": ("urn:issn:0317-8471", "https://portal.issn.org/resource/ISSN/0317-8471"),
    "hal": (
        "https://hal.science/hal-01234567", "https://shs.archives-ouvertes.fr/hal-01234567",
        "https://hal.inria.fr/inria-01234567",
        *(f"{portal}-01234567" for portal in ("tel", "inserm", "cea", "cel", "ird", "ensl",
                                              "lirmm", "medihal", "in2p3", "pasteur", "inria",
                                              "hal")),
    ),
    "openaire": (
        f"https://explore.openaire.eu/search/result?id={OPENAIRE}",
        f"https://explore.openaire.eu/search/publication?articleId={OPENAIRE}",
        f"https://explore.openaire.eu/search/result?id={OPENAIRE.replace(':', '%3A')}",
    ),
    "wikidata": ("https://www.wikidata.org/wiki/Q42", "http://www.wikidata.org/entity/Q42"),
    "uniprot": ("P12345", "A0A023GPI8"),
    "handle": (
        "hdl.handle.net/11573/406812", "hdl:11573/406812", "loc.gdc/scd0001.2004", "11573/406812",
        "20.500.12556/RUL-1", "11573%2F406812",
    ),
}  # fmt: skip
# What looks like a handle by itself, and is a date.
DATES = ("2019/7", "2019/12/13")


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_every_form_of_a_scheme_is_read_and_every_alternative_needed(scheme: Scheme) -> None:
    examples = PRINTED.get(scheme.name, ())
    for printed in examples:
        assert Identifier(scheme.name, printed).is_valid, printed

    def values(changed: Scheme) -> list[str]:
        return [known.well_formed(changed, printed) for printed in examples]

    if scheme.syntax is not None:
        require_needed(scheme.syntax, lambda less: values(scheme._replace(syntax=less)))
    if scheme.wrapper:
        wrapper = compiled(scheme.wrapper)
        require_needed(wrapper, lambda less: values(scheme._replace(wrapper=less.pattern)))
    if scheme.bare is not None:
        require_needed(
            scheme.bare, lambda less: [bool(less.match(text)) for text in (*examples, *DATES)]
        )


def test_every_date_is_no_identifier() -> None:
    for date in DATES:
        with pytest.raises(litrecord.ParseError):
            Identifier.parse(date)


def test_no_name_or_label_is_of_two_schemes() -> None:
    assert twice([label for scheme in SCHEMES for label in (scheme.name, *scheme.labels)]) == []
    # A short DOI is resolved where a DOI is.
    resolvers = [scheme.resolver for scheme in SCHEMES if scheme.name != "shortdoi"]
    assert twice([resolver for resolver in resolvers if resolver]) == []
    for found in ("wrapper", "bare", "syntax"):
        patterns = [getattr(scheme, found) for scheme in SCHEMES]
        assert (
            twice([getattr(pattern, "pattern", pattern) for pattern in patterns if pattern]) == []
        )


def test_every_scheme_is_reached_by_each_of_its_labels() -> None:
    for scheme in SCHEMES:
        for label in (scheme.name, *scheme.labels):
            assert Identifier(label, "7").scheme == scheme.name
            assert {scheme.name} <= known.NAMES


def test_every_resolver_has_a_place_for_the_value_and_is_shown() -> None:
    for scheme in SCHEMES:
        assert scheme.resolver.count("{}") == bool(scheme.resolver)
        url = Identifier(scheme.name, VALID.get(scheme.name, "7")).url
        assert (url is not None) == bool(scheme.resolver)


@pytest.mark.parametrize("label", sorted(known._OWN_LABELS))
def test_every_label_that_is_part_of_its_values_stays_there(label: str) -> None:
    (scheme,) = {known.scheme_of_label(label)}
    assert scheme is not None
    value = VALID[scheme]
    assert value.startswith(label)
    assert Identifier(scheme, value).curie == value


@pytest.mark.parametrize("character", [*known._AROUND, *known.CLOSERS])
def test_every_character_behind_a_value_is_dropped(character: str) -> None:
    assert Identifier("doi", f"10.1000/182{character}").value == "10.1000/182"


@pytest.mark.parametrize("dash", [chr(dash) for dash in known._DASHES])
def test_every_dash_is_a_hyphen(dash: str) -> None:
    value = VALID["orcid"].replace("-", dash)
    assert Identifier("orcid", value).value == VALID["orcid"]


@pytest.mark.parametrize("character", known._PATH_SAFE)
def test_every_character_of_a_path_stays_as_it_is_in_an_address(character: str) -> None:
    url = Identifier("doi", f"10.1000/a{character}b").url
    assert url == f"https://doi.org/10.1000/a{character}b"


# --- Values of rows.


@pytest.mark.parametrize("label", indicators.LABELS)
def test_every_label_of_a_row_is_read(label: str) -> None:
    (row,) = litrecord.parse_indicators(f"| {label.upper()} | 7 | |\n")
    assert row.name == indicators.LABELS[label]
    assert litrecord.parse_document(f"| {label} | 7 | |\n").diagnostics == ()


def test_every_indicator_has_a_place_in_each_table_of_them() -> None:
    names = set(indicators.LABELS.values())
    assert names >= indicators.USAGE
    assert sorted((*corpus.CLASSED, *corpus.COUNTED)) == sorted(names)
    columns = set(litrecord.to_row(Record()))
    assert columns >= {f"{name}_class" for name in corpus.CLASSED} | set(corpus.COUNTED)


@pytest.mark.parametrize("printed", indicators.CLASSES)
def test_every_class_is_read_and_has_a_code_of_its_own(printed: str) -> None:
    found = Indicator("impulse", printed).impact_class
    assert found is not None
    assert found.code == indicators.CLASSES[printed]
    assert twice(list(indicators.CLASSES.values())) == []


@pytest.mark.parametrize("unit", indicators._DECIMALS)
def test_every_unit_of_a_count_is_read(unit: str) -> None:
    assert Indicator("views", f"1{unit}").count == 10 ** indicators._DECIMALS[unit]


@pytest.mark.parametrize("said", sorted(indicators.DESCRIPTIONS))
def test_every_description_is_read_and_opens_as_one(said: str) -> None:
    (row,) = litrecord.parse_indicators(f"impulse\n{said}\nAverage\n")
    assert row.description == said
    assert sum(map(said.startswith, indicators.DESCRIPTION_OPENINGS)) == 1


@pytest.mark.parametrize("opening", indicators.DESCRIPTION_OPENINGS)
def test_every_opening_is_of_a_description(opening: str) -> None:
    assert any(said.startswith(opening) for said in indicators.DESCRIPTIONS)
    row = f"| citations | 1 |\nimpulse\n{opening}weather.\nAverage\n"
    assert litrecord.parse_indicators(row)["impulse"].description == f"{opening}weather."


# --- Vocabularies.

TERMS = [(name, term) for name, file in terms.FILES.items() for term in terms.read_terms(file)]


def test_every_file_of_terms_is_read_and_no_term_stands_twice() -> None:
    files = {path.name for path in (SOURCE / "_vocabularies" / "data").glob("*.txt")}
    assert files == {*terms.FILES.values(), *terms.FORM_FILES.values(), terms.AMBIGUOUS_FILE}
    assert twice([term.casefold() for _, term in TERMS]) == []
    ambiguous = terms.read_terms(terms.AMBIGUOUS_FILE)
    assert twice([term.casefold() for term in ambiguous]) == []


@pytest.mark.parametrize(
    "file", sorted({*terms.FILES.values(), *terms.FORM_FILES.values(), terms.AMBIGUOUS_FILE})
)
def test_every_file_of_terms_begins_with_its_source_edition_and_licence(file: str) -> None:
    lines = (SOURCE / "_vocabularies" / "data" / file).read_text(encoding="utf-8").split("\n")
    for line, name in zip(lines, ("Source", "Edition", "Licence"), strict=False):
        assert re.fullmatch(rf"# {name}: \S.*\S", line)
    # No comment stands between the terms, where none would look for it.
    comments = [line.startswith("#") for line in lines]
    assert comments == sorted(comments, reverse=True)


@pytest.mark.parametrize("name", terms.FILES)
def test_every_term_stays_whole_by_its_vocabulary(name: str) -> None:
    found = [term for of, term in TERMS if of == name]
    assert found
    for term in found:
        assert ", " in term
        assert litrecord.split_keywords(term) == (term,)
        assert terms.vocabulary().vocabulary_of[term.casefold()] == name


def test_every_ambiguous_term_is_a_heading_and_taken_for_ambiguous() -> None:
    headings = {term for name, term in TERMS if name == "mesh"}
    for term in terms.read_terms(terms.AMBIGUOUS_FILE):
        assert term in headings
        pieces = term.split(", ")
        assert terms.group_pieces(pieces, len(pieces)) == [(0, len(pieces), True)]


AFFIXED = (
    "MESH: Mice, Knockout", "*Mice, Knockout", "*MESH: Mice, Knockout", "Mice, Knockout*",
    "General Biochemistry, Genetics and Molecular Biology",
    "FOS: Philosophy, ethics and religion", "0401 Philosophy, ethics and religion",
    "Physics - Data Analysis, Statistics and Probability", "Mice, Knockout/genetics",
    "Pharmacology, Toxicology and Pharmaceutics (all)",
    "Pharmacology, Toxicology and Pharmaceutics (miscellaneous)",
    "Data Analysis, Statistics and Probability (physics.data-an)",
)  # fmt: skip


def test_every_affix_of_a_term_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def split() -> list[tuple[str, ...]]:
        return [litrecord.split_keywords(term) for term in AFFIXED]

    assert split() == [(term,) for term in AFFIXED]
    for name in ("_PREFIX", "_SUFFIX"):
        pattern = getattr(terms, name)

        def answer(less: re.Pattern[str], name: str = name) -> list[tuple[str, ...]]:
            monkeypatch.setattr(terms, name, less)
            return split()

        require_needed(pattern, answer)
        monkeypatch.undo()
    for start in terms._SUFFIX_STARTS:
        others = tuple(found for found in terms._SUFFIX_STARTS if found != start)
        monkeypatch.setattr(terms, "_SUFFIX_STARTS", others)
        assert split() != [(term,) for term in AFFIXED]
        monkeypatch.undo()


@pytest.mark.parametrize("initial", sorted(terms._PREFIX_INITIALS))
def test_every_initial_of_a_prefix_begins_one(initial: str) -> None:
    prefix = {"m": "mesh: ", "g": "general ", "f": "fos: "}.get(initial, f"{initial}1 ")
    prefix = "*" if initial == "*" else prefix
    term = {
        "m": "Mice, Knockout",
        "*": "Mice, Knockout",
        "g": "Biochemistry, Genetics and Molecular Biology",
    }.get(initial, "Philosophy, ethics and religion")
    assert litrecord.split_keywords(prefix + term) == (prefix + term,)


# --- Notices.


@pytest.mark.parametrize("notice", sorted(interface.NOTICES))
def test_every_notice_is_read_as_one_and_so_is_its_start(notice: str) -> None:
    document = litrecord.parse_document(f"Old maps err.\n| views | 2 |\n{notice}\n")
    assert [section.kind.value for section in document.sections][-1] == "notice"
    assert document.diagnostics == ()
    assert interface.is_notice(notice)
    assert interface.is_cut_notice(notice[:60]) == (len(notice) >= interface._LEAST_CUT)


VARIABLE = {
    "image/svg+xml": "image/svg+xml art designer",
    "BIP!": "BIP!Citations provided by BIP!",
    "versions View all ": "versions View all 2 versions",
    "You have already ": interface.MERGED[1].replace("0", "12"),
    "Powered ": "Powered by OpenAIRE Graph v11",
    "powered ": "powered by OpenAIRE",
    "POWERED ": "POWERED BY THE OPENAIRE GRAPH",
    " provided by BIP!": "Influence provided by BIP!",
    "arrow_drop_down": "ZENODOarrow_drop_down",
}


@pytest.mark.parametrize("affix", [*interface.STARTS, *interface.ENDS])
def test_every_start_and_end_is_of_a_notice(affix: str) -> None:
    line = VARIABLE[affix]
    assert affix in line
    assert litrecord.parse_record(f"Old maps err.\n{line}\n").abstract == "Old maps err."


# --- Rules, and classes of lines.

LINES = {
    TokenKind.BLANK: "",
    TokenKind.ROW: "| views | 2007 |",
    TokenKind.NEW_ROW: "| reads | 7 | |",
    TokenKind.LOOSE_ROW: "| reads | many |",
    TokenKind.CUT_ROW: "| views | |",
    TokenKind.RULE: "| --- | --- |",
    TokenKind.ROW_END: "12",
    TokenKind.ABSTRACT_HEADING: "Abstract",
    TokenKind.KEYWORDS_HEADING: "Keywords",
    TokenKind.LIST_START: "Impact byBIP!",
    TokenKind.BULLET: "• Metrics",
    TokenKind.LABEL: "downloads",
    TokenKind.DESCRIPTION: min(indicators.DESCRIPTIONS, key=len),
    TokenKind.VALUE: "12",
    TokenKind.NOTICE: "Found an issue? Give us feedback",
    TokenKind.CLAIM: "addClaim",
    TokenKind.AUTHORS: "Authors: Roe, Di",
    TokenKind.IDENTIFIER: "pmid: 7",
    TokenKind.TITLE: "Coasts",
    TokenKind.PAGE_START: "Powered by OpenAIRE graph",
    TokenKind.TEXT: "So there.",
    TokenKind.SCRIPT: "<script>1</script>",
    **dict.fromkeys(
        (TokenKind.WIDGET, TokenKind.SAME_WIDGET, TokenKind.OTHER_WIDGET),
        "<script>oa_widget</script>",
    ),
}
FIRST = {
    TokenKind.SAME_WIDGET: "<script>oa_widget</script>\n",
    TokenKind.OTHER_WIDGET: "<script>oa_widget()</script>\n",
}
"""What stands first in a text in which a line is of such a kind."""
BETWEEN = {TokenKind.ROW_END: min(indicators.DESCRIPTIONS, key=len) + "\n"}
"""What stands right above a line of such a kind."""
SCRIPTS = {TokenKind.SCRIPT, TokenKind.WIDGET, *FIRST}
TITLED = "Powered by OpenAIRE graph\nCoasts\nAuthors: Doe, Jo\n"
ABOVE = {
    State.HEAD: "",
    State.BODY: "Old maps err.\n",
    State.ROWS: "| citations | 1 |\n",
    State.SOURCES: "Powered by OpenAIRE graph\n",
    State.TITLED: TITLED,
    State.PAGE_ABSTRACT: f"{TITLED}Abstract\n",
    State.PAGE_KEYWORDS: f"{TITLED}Keywords\n",
}
NAMED = [
    (transition, found, state)
    for transition in TRANSITIONS
    for found in transition.classes
    for state in transition.states
]


def test_every_class_of_lines_is_of_some_line() -> None:
    assert set(LINES) == set(TokenKind)
    read = {found: lexer.tokenize(line)[0] for found, line in LINES.items()}
    # Only the page says what its title is and which row is cut, and script elements are no lines.
    elsewhere = dict.fromkeys({TokenKind.TITLE, *SCRIPTS}, TokenKind.TEXT)
    elsewhere[TokenKind.ROW_END] = TokenKind.VALUE
    assert read == {found: elsewhere.get(found, found) for found in TokenKind}


def test_no_rule_stands_twice_or_hides_another() -> None:
    assert twice(list(TRANSITIONS)) == []
    assert twice([(found, state) for _, found, state in NAMED]) == []
    assert set(ABOVE) == set(TRANSITIONS_AT) == set(PLAIN_AT) == set(State) - {State.END}


@pytest.mark.parametrize(
    ("transition", "found", "state"), NAMED, ids=[f"{found}-{state}" for _, found, state in NAMED]
)
def test_every_rule_is_reached_by_a_line_where_it_stands(
    transition: Transition, found: TokenKind, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = FIRST.get(found, "") + ABOVE[state] + BETWEEN.get(found, "") + LINES[found] + "\n"

    def end() -> tuple[SectionKind, list[str]]:
        document = litrecord.parse_document(text, markup="text")
        line = document.sections[-1].text.rstrip("\n").rpartition("\n")[2]
        assert line == LINES[found]
        return document.sections[-1].kind, [said.code for said in document.diagnostics]

    kind, codes = end()
    assert kind is transition.kind
    assert not transition.code or transition.code in codes
    # Some other kind, and it is told: the rule was asked.
    other = transition._replace(kind=SectionKind.SCRIPT, then=None, code="left-out", message="x")
    monkeypatch.setitem(TRANSITIONS_AT[state], found, other)
    monkeypatch.setitem(PLAIN_AT[state], found, None)
    kind, codes = end()
    assert kind is SectionKind.SCRIPT
    assert "left-out" in codes


@pytest.mark.parametrize("state", TRANSITIONS_AT)
def test_no_rule_says_what_text_is_there_anyway(state: State) -> None:
    said = {transition[2:]: transition.classes for transition in TRANSITIONS_AT[state].values()}
    of_text = TRANSITIONS_AT[state][TokenKind.TEXT]
    for transition, found, at in NAMED:
        if at is state and found is not TokenKind.TEXT:
            assert transition[2:] != of_text[2:], said


LOOK_BACK = {
    TokenKind.VALUE: f"views\n{LINES[TokenKind.DESCRIPTION]}\n12\n",
    TokenKind.AUTHORS: "Coasts\nAuthors: Doe, Jo\nCoasts\nAbstract\nOld maps err.\n",
    TokenKind.NEW_ROW: "Old maps err.\n| reads | 7 | |\n| citations | 1 |\n",
    TokenKind.RULE: "Old maps err.\n| Indicator | Value |\n| --- | --- |\n| citations | 1 |\n",
    TokenKind.TEXT: f"| citations | 1 |\nviews\n{LINES[TokenKind.DESCRIPTION]}\nmany\n",
    TokenKind.DESCRIPTION: f"views\n{LINES[TokenKind.DESCRIPTION]}\nSo there.\n",
    TokenKind.CLAIM: "ZENODO\naddClaim\nCoasts\nAbstract\nOld maps err.\n",
    TokenKind.LIST_START: "ld maps err.\nKeywords\nMaps\n• BIP!\nImpact byBIP!\n",
}


@pytest.mark.parametrize("found", transitions._LOOKED_AT)
def test_every_line_that_is_looked_back_from_tells_something(
    found: TokenKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = litrecord.parse_document(LOOK_BACK[found])
    for state in transitions._LOOKED_AT[found]:
        transition = TRANSITIONS_AT[state][found]
        plain = (transition.kind, state, PLAIN_AT[state])
        monkeypatch.setitem(PLAIN_AT[state], found, plain)
    assert litrecord.parse_document(LOOK_BACK[found]) != before


# What the table does not decide, as its docstring lists it: of a line, another kind than its rule.
NOT_DECIDED = [
    (SectionKind.WIDGET, WIDGET + "\n", TokenKind.TEXT, State.HEAD),
    (SectionKind.UNKNOWN, f"| views | 2 |\n{WIDGET}\n", TokenKind.ROW, State.ROWS),
    (SectionKind.TITLE, "Coasts\nAuthors: A\nCoasts\nAbstract\n", TokenKind.TEXT, State.HEAD),
    (SectionKind.TITLE, f"{TITLED}Coasts\n", TokenKind.TEXT, State.TITLED),
    (SectionKind.INSTANCE, "Powered by OpenAIRE graph\nZENODO\nReport . 2019\n", TokenKind.TEXT,
     State.SOURCES),
    (SectionKind.INDICATOR, LOOK_BACK[TokenKind.VALUE], TokenKind.LABEL, State.HEAD),
    (SectionKind.UNKNOWN, LOOK_BACK[TokenKind.DESCRIPTION], TokenKind.LABEL, State.HEAD),
    (SectionKind.UNKNOWN, f"{LINES[TokenKind.DESCRIPTION]}\n12\n", TokenKind.VALUE, State.HEAD),
    (SectionKind.UNKNOWN, "age | |\nA.\n", TokenKind.TEXT, State.HEAD),
    (SectionKind.INDICATOR, LOOK_BACK[TokenKind.NEW_ROW], TokenKind.NEW_ROW, State.BODY),
    (SectionKind.KEYWORDS, "A.\nMice, Rats\nMice, Rats\n", TokenKind.TEXT, State.BODY),
    (SectionKind.NOTICE, "| views | 2 |\nViews provi", TokenKind.TEXT, State.ROWS),
    (SectionKind.NOTICE, "<table><thead><tr><td>a<td>b</thead></table>A.", TokenKind.NEW_ROW,
     State.HEAD),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "found", "state"), NOT_DECIDED)
def test_what_the_rules_do_not_decide_is_decided_elsewhere(
    kind: SectionKind, text: str, found: TokenKind, state: State
) -> None:
    assert TRANSITIONS_AT[state][found].kind is not kind
    assert litrecord.parse_document(text).sections_of(kind)
    listed = (transitions.__doc__ or "").count("; ")
    assert listed == 12


@pytest.mark.parametrize(("state", "whole", "found"), sorted(open_end._STARTS))
def test_every_start_that_a_text_may_end_in_is_read(
    state: State, whole: str, found: TokenKind
) -> None:
    document = litrecord.parse_document(ABOVE[state] + whole[:-1])
    assert document.sections[-1].kind is TRANSITIONS_AT[state][found].kind
    codes = [found.code for found in said(document) if found.code != "more-authors"]
    assert codes == (["cut-row"] if found is TokenKind.CUT_ROW else [])


@pytest.mark.parametrize("line", lexer._LIST_STARTS)
def test_every_start_of_a_list_begins_the_rows_of_a_page(line: str) -> None:
    page = f"{TITLED}Abstract\nOld maps err.\n{line}\nviews\n12\n"
    assert litrecord.parse_indicators(page)["views"].count == 12


OPEN_ENDS = {
    SectionKind.IDENTIFIERS: "pmid: 7",
    SectionKind.ABSTRACT: f"{TITLED}Abstract\nOld ma",
    SectionKind.KEYWORDS: f"{TITLED}Keywords\nMic",
    SectionKind.AUTHORS: TITLED.rstrip("\n"),
    SectionKind.TITLE: "Powered by OpenAIRE graph\naddClaim\n\nCoas",
}


@pytest.mark.parametrize("kind", sorted(open_end._OPEN_ON_PAGES))
def test_every_part_that_may_be_cut_is_said_to_be(kind: SectionKind) -> None:
    document = litrecord.parse_document(OPEN_ENDS[kind])
    assert document.sections[-1].kind is kind
    assert [found.code for found in said(document)] == ["maybe-cut"]
    assert open_end._OPEN_ON_PAGES >= open_end._OPEN


# Sets of kinds that a look back asks, and a text in which each is met.
DESCRIPTION = LINES[TokenKind.DESCRIPTION]
MET: dict[str, dict[SectionKind, str]] = {
    "_BETWEEN": {
        SectionKind.BLANK: "A.\nMice, Rats\n\nMice, Rats\n",
        SectionKind.NOTICE: "A.\nMice, Rats\naddClaim\nMice, Rats\n",
        SectionKind.SCRIPT: "A.\nMice, Rats\n<script>\nx\n</script>\nMice, Rats\n",
        SectionKind.WIDGET: f"A.\nMice, Rats\n{WIDGET}\nMice, Rats\n",
    },
    "_TEXTS": {
        SectionKind.ABSTRACT: f"views\n{DESCRIPTION}\nSo there.\n",
        SectionKind.KEYWORDS: f"{ABOVE[State.PAGE_KEYWORDS]}views\n{DESCRIPTION}\nSo there.\n",
    },
}


@pytest.mark.parametrize("name", MET)
def test_every_kind_that_is_looked_back_over_is_met(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = getattr(lookback, name)
    assert set(MET[name]) == kinds
    for kind, text in MET[name].items():
        before = litrecord.parse_document(text)
        monkeypatch.setattr(lookback, name, kinds - {kind})
        assert litrecord.parse_document(text) != before, kind
        monkeypatch.undo()


def test_every_kind_of_section_makes_a_value_or_none() -> None:
    assert set(pipeline._READERS) | segments._NO_VALUES == set(SectionKind)
    assert not set(pipeline._READERS) & segments._NO_VALUES
    fields = [field for field, _ in pipeline._READERS.values()]
    assert sorted(fields) == sorted(shape.NAMES)
    assert twice(fields) == []


@pytest.mark.parametrize("kind", sorted(pipeline._ALONE))
def test_every_kind_that_stands_alone_is_a_section_each(kind: SectionKind) -> None:
    piece = {
        SectionKind.INDICATOR: "| {} | 2 |\n",
        SectionKind.SCRIPT: "<script>\n{}\n</script>\n",
        SectionKind.INSTANCE: "{}\nReport . 2019\n",
    }
    start = "Powered by OpenAIRE graph\n" if kind is SectionKind.INSTANCE else ""
    text = start + piece[kind].format("views") + piece[kind].format("downloads")
    assert len(litrecord.parse_document(text).sections_of(kind)) == 2


@pytest.mark.parametrize("kind", sorted(annotated._ONCE))
def test_of_every_field_that_is_one_a_second_is_told(kind: SectionKind) -> None:
    field = f'<p {elements.ATTRIBUTE}="{kind.value}">a</p>'
    html = f'<article {elements.ATTRIBUTE}="{elements.ARTICLE}">{field}{field}</article>'
    assert [said.code for said in litrecord.parse_document(html).diagnostics] == ["unknown-text"]


# --- Scripts.

UNCLOSED = {
    "_SIGNS": {
        "<!--": "<script> <!-- oa_widget\nA.\n",
        "document.write": "<script> document.write oa_widget\nA.\n",
        "src=": "<script src=oa_widget\nA.\n",
    },
    "_SCRIPT_LINES": {
        "<!--": "<script> src= oa_widget\n<!-- x\nA.\n",
        "-->": "<script> src= oa_widget\n--> x\nA.\n",
        "//": "<script> src= oa_widget\n// x\nA.\n",
        "document.write": "<script> src= oa_widget\ndocument.write x\nA.\n",
        "</script": "<script> src= oa_widget\n</script x\nA.\n",
    },
    "_LAST_WORDS": {
        "<!--": "<script> src= oa_widget\n<!",
        "-->": "<script> src= oa_widget\n--",
        "document.write(": "<script> src= oa_widget\ndocum",
    },
}


@pytest.mark.parametrize("name", UNCLOSED)
def test_every_sign_of_a_script_is_looked_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    signs = getattr(scanner, name)
    assert set(UNCLOSED[name]) == set(signs)
    for sign, text in UNCLOSED[name].items():
        before = litrecord.parse_document(text, markup="text")
        monkeypatch.setattr(scanner, name, tuple(found for found in signs if found != sign))
        assert litrecord.parse_document(text, markup="text") != before, sign
        monkeypatch.undo()


# --- HTML.

NAMESPACES = "xmlns:jats='https://jats.nlm.nih.gov'"


def form_of(html: str) -> str:
    """Return the text form of a tree, in which each element is what it is called."""
    return events.flatten_node(lxml.etree.fromstring(html), Limits()).text


@pytest.mark.parametrize("tag", sorted(detection.BLOCKS))
def test_every_block_begins_a_line_and_ends_one(tag: str) -> None:
    inside = f"<{tag} open=''>b</{tag}>"
    text = form_of(f"<section {NAMESPACES}><i>a{inside}c</i></section>")
    assert text == ("b" if tag == "main" else "a\nb\nc")
    assert (detection.is_html(f"<i>a</i> </{tag}>"), detection.is_html("<i>a</i>")) == (True, False)


@pytest.mark.parametrize("tag", sorted(elements.LEFT_OUT | elements.OF_THE_SITE))
def test_every_element_that_is_left_out_is(tag: str) -> None:
    assert form_of(f"<i>a<{tag}>b</{tag}>c</i>").replace("\n", "") == "ac"


@pytest.mark.parametrize("tag", sorted(elements.SECTIONING))
def test_every_section_keeps_its_header(tag: str) -> None:
    assert form_of(f"<i><{tag}><header>b</header></{tag}></i>") == "b"


@pytest.mark.parametrize("tag", sorted(elements.RAW))
def test_every_raw_element_keeps_its_lines(tag: str) -> None:
    assert form_of(f"<i><{tag}>a\n  b</{tag}></i>") == "a\n  b"


@pytest.mark.parametrize("tag", sorted(elements.WHOLE))
def test_every_element_of_the_whole_page_may_be_hidden(tag: str) -> None:
    assert form_of(f"<{tag} hidden=''>a</{tag}>") == "a"
    assert form_of("<i hidden=''>a</i>") == ""


@pytest.mark.parametrize("namespace", sorted(events._NAMESPACES))
def test_every_namespace_of_html_is_known(namespace: str) -> None:
    uri = namespace.removeprefix("{")
    assert form_of(f"<x:i xmlns:x='{uri}'>a<x:p>b</x:p></x:i>") == "a\nb"
    assert form_of("<x:i xmlns:x='urn:x'>a<x:p>b</x:p></x:i>") == "ab"


@pytest.mark.parametrize("blank", OTHER_SPACES)
def test_every_blank_that_does_not_break_may_be_all_of_a_cell(blank: str) -> None:
    row = f"<tr><td>{blank}</td><td>views</td><td>2</td></tr>"
    assert form_of(f"<table>{row}</table>") == "| views | 2 | |"


@pytest.mark.parametrize(("blank", "_"), text_form._SHOWN[:3])
def test_every_blank_is_shown_as_one(blank: str, _: str) -> None:
    assert form_of(f"<i>a&#{ord(blank)};b</i>") == "a b"


STARTS = (
    "<!DOCTYPE html>",
    *(f"<{tag}>" for tag in ("html", "head", "meta", "body", "header", "nav", "main",
                             "footer", "article", "section", "div", "table", "pre", "form",
                             "x-app")),
)  # fmt: skip


def test_every_start_of_a_page_is_known() -> None:
    assert all(map(detection.begins_like_html, [*STARTS, "<title>"]))
    words = [(alternative, less) for alternative, less in without_each(detection._START)
             if re.search("[a-z]", alternative)]  # fmt: skip
    assert len(words) >= len(STARTS)
    for alternative, less in words:
        assert not all(map(less.match, STARTS)), alternative


@pytest.mark.parametrize("found", sorted(detection._LINES))
def test_every_line_of_a_text_tells_that_it_is_none_of_html(found: TokenKind) -> None:
    assert not detection.is_html(f"A.\n{LINES[found]}\n<p>b</p>\n")
    assert detection.is_html("A.\nB.\n<p>b</p>\n")


@pytest.mark.parametrize(
    "aside", ["<!--</p>-->", "<?x </p>", "<script></p></script>", "<style></p></style>"]
)
def test_all_that_is_set_aside_tells_nothing(aside: str) -> None:
    assert not detection.is_html(f"{aside}A.")
    assert detection.is_html("</p>A.")


def test_every_kind_of_aside_has_an_end() -> None:
    opened = {found.group(1).lower() for found in map(detection._ASIDE.match, (
        "<!--", "<?", "<script>", "<style>")) if found}  # fmt: skip
    assert opened == {*detection._ENDS, "script"}


@pytest.mark.parametrize("tag", sorted(libxml2._SHOWN))
def test_every_element_that_shows_its_markup_is_known_where_parsers_do_not(tag: str) -> None:
    assert "".join(libxml2._prepared(f"<{tag}><b></{tag}>", Limits())) == f"<{tag}>&lt;b></{tag}>"
    assert set(libxml2._ENDS) == {"!--", "script", "style", *libxml2._SHOWN}


# --- Markup inside abstracts.


@pytest.mark.parametrize("tag", sorted(inline_markup._INLINE))
def test_every_inline_tag_joins(tag: str) -> None:
    assert litrecord.parse_abstract(f"a<{tag}>b</{tag}>c\n", markup="text") == "abc"


@pytest.mark.parametrize("tag", sorted(inline_markup._BLOCKS))
def test_every_block_tag_ends_a_line(tag: str) -> None:
    assert litrecord.parse_abstract(f"a<{tag}>b</{tag}>c\n", markup="text") == "a\nb\nc" or (
        tag in inline_markup._VOID
    )
    assert not inline_markup._INLINE & inline_markup._BLOCKS


@pytest.mark.parametrize("tag", sorted(inline_markup._VOID))
def test_every_void_tag_has_no_partner(tag: str) -> None:
    assert litrecord.parse_abstract(f"a<{tag}>b\n", markup="text") == "a\nb"


@pytest.mark.parametrize("tag", sorted(inline_markup._END_LEFT_OUT))
def test_every_tag_whose_end_may_be_left_out_counts_without_it(tag: str) -> None:
    text = f"<{tag}>a<{tag}>b</{tag}>\n"
    assert litrecord.parse_abstract(text, markup="text") == "a\nb"


@pytest.mark.parametrize("character", sorted(inline_markup._AFTER_OPEN))
def test_every_character_that_may_follow_the_start_of_a_tag_is_known(character: str) -> None:
    assert inline_markup.may_hold_tags(f"a<{character}")


# --- Metadata.


TOLD = {
    "title": "Coasts", "authors": "Doe, Jo", "abstract": "Err.", "keywords": "Maps",
    "identifiers": "10.1000/182",
}  # fmt: skip
IDENTIFIED = {
    "citation_pmid": "7", "citation_pmcid": "PMC7", "citation_arxiv_id": "2106.09685",
    "dc.identifier.pmid": "7", "dc.identifier.arxiv": "2106.09685", "dc.identifier.handle": "1/2",
    "og:url": "https://doi.org/10.1000/182",
}  # fmt: skip
TAGS = [
    (name, field)
    for fields in metadata._FAMILIES.values()
    for field, names in fields.items()
    for name in names
]
MEMBERS = [(name, field) for field, names in part_json_ld._FIELDS.items() for name in names]


def added_by(head: str, field: str) -> object:
    """Return a field of a page that prints nothing but a row."""
    html = f"<html><head>{head}</head><body><p>| views | 2 |</p></body></html>"
    return getattr(litrecord.parse_record(html), field)


@pytest.mark.parametrize("attribute", ["name", "property"])
@pytest.mark.parametrize(("name", "field"), TAGS)
def test_every_meta_tag_is_read(name: str, field: str, attribute: str) -> None:
    told = IDENTIFIED.get(name, TOLD[field])
    assert added_by(f'<meta {attribute}="{name}" content="{told}">', field)


def test_every_name_of_a_meta_tag_with_a_scheme_or_an_address_is_of_an_identifier() -> None:
    names = {name for name, field in TAGS if field == "identifiers"}
    assert metadata._SCHEMES.keys() | metadata._ADDRESSES <= names
    assert {name for name, field in MEMBERS if field == "identifiers"} >= part_json_ld._ADDRESSES


def json_ld(work: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{json.dumps(work)}</script>'


@pytest.mark.parametrize(("name", "field"), MEMBERS)
def test_every_member_of_a_work_is_read(name: str, field: str) -> None:
    assert added_by(json_ld({"@type": "Article", name: TOLD[field]}), field)


@pytest.mark.parametrize("name", part_json_ld._OF_WORKS)
def test_every_member_that_tells_a_work_is_missed(name: str) -> None:
    found = litrecord.parse_document(f"<main>A.</main>{json_ld({'@type': 'Thing', name: 'a'})}")
    assert [diagnostic.code for diagnostic in said(found)] == ["unread-metadata"]


@pytest.mark.parametrize("kind", sorted(part_json_ld._WORKS))
def test_every_type_of_work_is_read(kind: str) -> None:
    assert added_by(json_ld({"@type": kind, "name": "Coasts"}), "title") == "Coasts"
    assert added_by(json_ld({"@type": "Person", "name": "Coasts"}), "title") is None


def test_every_field_of_metadata_has_a_reader_and_is_told() -> None:
    fields = {*metadata._READERS, "identifiers"}
    assert fields == part_json_ld._FIELDS.keys()
    assert all(family.keys() == fields for family in metadata._FAMILIES.values())


def test_every_name_of_metadata_is_documented() -> None:
    page = (SOURCE.parents[1] / "docs" / "html.md").read_text("utf-8").lower()
    assert [name for name, _ in [*TAGS, *MEMBERS] if f"`{name.lower()}`" not in page] == []


# --- Addresses.


@pytest.mark.parametrize("name", sorted(part_identifiers._ID_PARAMETERS))
def test_every_parameter_of_an_address_is_read(name: str) -> None:
    url = f"https://explore.openaire.eu/search/result?{name}={OPENAIRE}"
    assert litrecord.parse_identifiers("A.\n", url=url) == (Identifier("openaire", OPENAIRE),)


def test_every_kind_of_address_is_of_a_page() -> None:
    kinds = ("publication", "dataset", "software", "other", "result")
    addresses = [f"https://explore.openaire.eu/search/{kind}" for kind in kinds]
    for address in addresses:
        assert litrecord.parse_identifiers("A.\n", url=f"{address}?pid=10.1000%2F182")
    require_needed(
        part_identifiers._PAGE,
        lambda less: [bool(less.search(address)) for address in addresses],
    )


# --- Sources.

ANNOTATED = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


@pytest.mark.parametrize(("mark", "_"), encoding_detection._MARKS)
def test_every_byte_order_mark_is_read(mark: bytes, _: str) -> None:
    assert litrecord.parse_abstract(mark + "Tëxt.".encode(ANNOTATED[mark])) == "Tëxt."


def bytes_of(codec: str) -> bytes:
    """Return characters of a codec that are no UTF-8."""
    sample = "éźãяжфאעصسώΩไทยđķŝșÞ語言文國한글"
    return sample.encode(codec, "ignore")


# The standard decodes two encodings as others, and x-user-defined of a <meta> as windows-1252.
LABELS = {
    label: {"gbk": "gb18030", "x-user-defined": "cp1252"}.get(name) or PYTHON_NAMES.get(name, name)
    for label, name in webencodings.labels.LABELS.items()
    if name != "replacement" and not name.startswith("utf-")
}


def test_every_label_of_the_encoding_standard_is_read() -> None:
    for label, codec in LABELS.items():
        data = bytes_of(codec)
        page = b"<meta charset=" + label.upper().encode() + b"><p>" + data + b"</p>"
        assert litrecord.parse_abstract(page) == data.decode(codec).strip(), label


@pytest.mark.parametrize("name", labels._CODECS)
def test_every_other_codec_differs_from_that_of_webencodings(name: str) -> None:
    assert codecs.lookup(labels._CODECS[name]).name == labels._CODECS[name]
    assert webencodings.lookup(name).codec_info.name != labels._CODECS[name]


@pytest.mark.parametrize("codec", sorted(encoding_detection._MULTI_BYTE - {"utf-8"}))
def test_every_encoding_of_several_bytes_is_refused_if_most_bytes_are_none(codec: str) -> None:
    assert codecs.lookup(codec).name == codec
    page = b"<meta charset=" + codec.encode() + b"><p>" + b"\xff " * 9 + b"</p>"
    assert litrecord.parse_abstract(page) == ("ÿ " * 9).strip()


@pytest.mark.parametrize("codec", encoding_detection._OWN_REPLACEMENT)
def test_a_replacement_character_that_a_page_prints_is_no_damage(codec: str) -> None:
    data = "\ufffd".encode(codec)
    assert data.endswith(encoding_detection._OWN_REPLACEMENT[codec])
    assert encoding_detection._read(data + b" a", codec).invalid == 0


@pytest.mark.parametrize("name", sorted(declaration._RAW))
def test_every_element_of_text_hides_a_meta(name: str) -> None:
    page = f"<{name}><meta charset=koi8-r></{name}><meta charset=windows-1251>".encode()
    assert declaration.declared_codec(page) == "cp1251"


@pytest.mark.parametrize("escape", iso2022jp._DECODERS)
def test_every_escape_of_iso_2022_jp_is_read(escape: bytes) -> None:
    text = iso2022jp.decode_iso_2022_jp(b"\x1b" + escape + b"\x21\x21\x1b(B")
    assert text == {b"(I": "｡｡", b"$@": "\u3000", b"$B": "\u3000"}.get(escape, "!!")


@pytest.mark.parametrize("name", sorted(decoding._ESCAPES))
def test_every_codec_of_literals_is_refused_by_the_name_that_python_gives_it(name: str) -> None:
    assert codecs.lookup(name).name == name
    with pytest.raises(litrecord.DecodeError, match="expected a text encoding"):
        litrecord.parse_record(b"\\z", encoding=name)


def test_every_class_of_nodes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = lxml.etree.fromstring("<p>a</p>")
    nodes: dict[str, Any] = {
        "bs4.element.PageElement": bs4.BeautifulSoup("<p>a</p>", "html.parser"),
        "lxml.etree._Element": tree,
        "lxml.etree._ElementTree": tree.getroottree(),
    }
    assert set(nodes) == decoding._NODES
    for name, node in nodes.items():
        assert litrecord.parse_abstract(node) == "a"
        monkeypatch.setattr(decoding, "_NODES", decoding._NODES - {name})
        assert not decoding.is_node(node)
        monkeypatch.undo()


# --- Files.


@pytest.mark.parametrize("suffix", inputs._ALL)
def test_every_suffix_is_found_in_a_folder_and_needed(suffix: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / f"page{suffix}"
    path.write_bytes(b"")
    assert [name for name, _ in inputs.pages_of([str(tmp_path)], pytest.fail)] == [str(path)]
    assert [found for found in inputs._ALL if suffix.endswith(found)] == [suffix]


@pytest.mark.parametrize("suffix", stored_page.SUFFIXES)
def test_every_suffix_of_stored_pages_has_a_form(suffix: str) -> None:
    name, compression = stored_page.form_of(f"page{suffix}")
    assert name in ("jsonl", "warc", "parquet")
    assert suffix.endswith(compression)
    assert any(f".{found}" in suffix for found in (*stored_page._COMPRESSED, "parquet"))


@pytest.mark.parametrize("kind", sorted(warc_page._TEXTS))
def test_every_type_of_content_is_a_page_of_an_archive(kind: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(stored.record("resource", stored.address(0), b"pmid: 7\n", of=kind))
    (result,) = files.iter_file(path)
    assert result.record is not None
    path.write_bytes(stored.record("resource", stored.address(0), b"pmid: 7\n", of="image/png"))
    assert list(files.iter_file(path)) == []


def test_every_type_of_record_that_holds_a_page_is_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "crawl.warc"
    kinds = (("response", stored.HTTP, "application/http"), ("resource", b"", "text/plain"),
             ("conversion", b"", "text/plain"), ("metadata", b"", "text/plain"))  # fmt: skip
    path.write_bytes(
        b"".join(stored.record(kind, stored.address(0), b"pmid: 7\n", head, of)
                 for kind, head, of in kinds)
    )  # fmt: skip
    pages = [result.record and result.record.pmid for result in files.iter_file(path)]
    assert pages == ["7", "7", "7"]
    assert len(warc_page._PAGES) == len(pages)


# --- Diagnostics, limits, options.

ELSEWHERE: dict[str, Callable[[], tuple[litrecord.Diagnostic, ...]]] = {
    "looks-like-html": lambda: litrecord.parse_document("<html>", markup="text").diagnostics,
    "mended-widget": lambda: (
        litrecord.parse_document(
            bs4.BeautifulSoup(f"<div>{WIDGET}</div>", "html.parser")
        ).diagnostics
    ),
    "unknown-scheme": lambda: error_of(Identifier.parse, "21496615").diagnostics,
    "malformed-json": lambda: error_of(litrecord.from_json, "{").diagnostics,
}


def error_of(function: Callable[[str], object], text: str) -> litrecord.LitrecordError:
    with pytest.raises(litrecord.LitrecordError) as caught:
        function(text)
    return caught.value


def test_every_code_is_said_of_some_text() -> None:
    of_text = DIAGNOSED.items()
    of_address = DIAGNOSED_ADDRESSES.items()
    said = [
        *(litrecord.parse_document(text).diagnostics for _, (text, _) in of_text),
        *(litrecord.parse_document("Text.\n", url=url).diagnostics for _, (url, _) in of_address),
        *(diagnose() for diagnose in ELSEWHERE.values()),
    ]
    assert {found.code for found in sum(said, ())} == set(CODES)


def test_no_code_has_the_meaning_or_the_advice_of_another() -> None:
    assert twice([code.meaning for code in CODES.values()]) == []
    assert twice([code.advice for code in CODES.values()]) == []
    severities = {severity.value for severity in Severity}
    assert {code.severity.value for code in CODES.values()} == severities
    assert severities == set(terminal._STYLES) == set(report._SEVERITIES)


def test_every_limit_is_exceeded_by_some_source() -> None:
    exceeded = set()
    for limits, source, _ in LIMITS:
        with pytest.raises(litrecord.LimitError) as caught:
            litrecord.parse_record(source, limits=limits)
        exceeded |= set(re.findall(r"limits\.(\w+)", str(caught.value)))
    assert exceeded == set(inspect.signature(Limits).parameters)
    for name, words in _WORDS.items():
        assert words in str(Limits().error_of(name, 1))


@pytest.mark.parametrize("name", sorted({*FORMS} - {PARQUET}))
def test_every_format_of_the_command_writes(
    name: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(SEED, encoding="utf-8")
    assert main(["--format", name, str(page)]) == 0
    assert "21496615" in capsys.readouterr().out
    assert twice([ending for form in FORMS.values() for ending in form.endings]) == []


@pytest.mark.parametrize(
    "ending", sorted(ending for form in FORMS.values() for ending in form.endings)
)
def test_every_ending_of_an_output_is_a_form_that_is_written(
    ending: str, tmp_path: pathlib.Path
) -> None:
    page, output = tmp_path / "page.txt", tmp_path / f"OUT{ending.upper()}"
    page.write_text(SEED, encoding="utf-8")
    assert main([str(page), "-o", str(output)]) == 0
    assert b"21496615" in output.read_bytes()


# --- What is written.

FULL = Record(
    widget=litrecord.ScriptWidget(WIDGET),
    identifiers=[Identifier("pmid", "7")],
    abstract="Old maps err.",
    keywords=["Maps"],
    indicators=[Indicator("impulse", "Average", "Some."), Indicator("views", "2")],
    title="Coasts",
    authors=["Doe, Jo"],
    instances=[
        litrecord.Instance(hosted_by="ZENODO", type="Report", collected_from=["Datacite"]),
        litrecord.Instance(year=2021, refereed="Peer-reviewed", license="CC BY"),
    ],
)


@pytest.mark.parametrize("name", elements.PROPERTIES)
def test_every_field_of_our_markup_is_written_and_read(name: str) -> None:
    html = litrecord.to_html(FULL)
    marked = f'{elements.ATTRIBUTE}="{name}"'
    assert marked in html
    assert litrecord.parse_record(html.replace(marked, "")) != FULL
    assert set(elements.PROPERTIES) >= set(microdata._LINES)


def test_every_member_of_the_json_form_is_written_and_read() -> None:
    written = litrecord.to_dict(FULL)
    assert {*written, "source"} == set(form._MEMBERS)
    assert {name for name, value in written.items() if isinstance(value, list)} == {*form._LISTS}
    for name in set(written) - {"version"}:
        less = {member: value for member, value in written.items() if member != name}
        assert litrecord.from_dict(less) != FULL
    assert litrecord.from_dict({**written, "source": "page.txt"}) == FULL
    with pytest.raises(litrecord.InvalidValueError, match="source: expected a string or null"):
        litrecord.from_dict({**written, "source": 7})


@pytest.mark.parametrize("name", ["widget", "identifiers", "indicators"])
def test_every_member_of_an_object_is_written_and_checked(name: str) -> None:
    written = litrecord.to_dict(FULL)
    (members,) = [found.form.members for found in shape.FIELDS if found.name == name and found.form]
    objects = [written[name]] if name == "widget" else written[name]
    for found in objects:
        assert list(found) == list(members)
    for member in members:
        changed = json.loads(json.dumps(written))
        found = changed[name] if name == "widget" else changed[name][0]
        found[member] = {}
        with pytest.raises(litrecord.InvalidValueError, match=rf"^{name}(\[0\])?\.{member}: "):
            litrecord.from_dict(changed)


# --- Reports.


@pytest.mark.parametrize("column", corpus._NAMING)
def test_every_column_that_names_a_page_is_read(column: str, tmp_path: pathlib.Path) -> None:
    pages = pa.table({"text": ["A.", None], column: ["x", "here"]})
    pq.write_table(arrow.parse_batch(pages), tmp_path / "a.parquet")
    ((_, group),) = corpus.count_corpus([tmp_path / "a.parquet"]).reasons.by_count()
    assert group.examples[0].place == f"row 1, {column} here"


def test_every_column_and_field_of_a_corpus_is_one_of_the_form() -> None:
    schema = arrow.SCHEMA
    assert [*shape.NAMES, "diagnostics", "error"] == schema.names
    read = {name for fields in corpus._FIELDS.values() for name in fields}
    assert set(corpus._KINDS) == read - {"source_url"}  # of which only null is counted
    for column, fields in corpus._FIELDS.items():
        kind = schema.field(column).type
        kind = kind if pa.types.is_struct(kind) else kind.value_type
        assert fields <= {kind.field(at).name for at in range(kind.num_fields)}


def test_every_bin_is_greater_than_the_one_before() -> None:
    for steps in (corpus._STEPS, corpus._FIVES, corpus._LENGTHS):
        assert list(steps) == sorted(set(steps))


def test_the_stylesheet_has_a_colour_for_every_kind_of_shape() -> None:
    rows = [("a", 1, "1")] * 4
    kinds = ("bar", "error", "warning", "info")
    drawn = plots.bars(rows, "bars", kinds=kinds) + plots.columns([(1, "1")], "columns")
    found = re.findall(r"\.plot \.(\w+) \{ fill:", stylesheet("report"))
    assert set(re.findall(r'<rect class="(\w+)"', drawn)) == set(found)
    assert len(found) == len({*found}) == 6
