"""A module imports only from those above it in the flow; the import is light."""

import ast
import inspect
import os
import pathlib
import subprocess
import sys

import pytest

import litrecord

SOURCE = pathlib.Path(litrecord.__file__).parent

# From what stands alone to what uses it all; a module imports only from lines before its own.
LAYERS = [
    ["_atomic", "_cache", "_characters", "_interrupts", "_values", "_values.excerpt",
     "_values.shown", "_vocabularies", "_vocabularies.check_digits", "_vocabularies.elements",
     "_vocabularies.subject_order", "_reading", "_reading.labels",
     "_reading.wrapped", "_reading.wrapped.page_bytes"],
    ["_parts.formulas", "_reading.declaration", "_reading.iso2022jp", "_vocabularies.printed"],
    ["_scripts", "_scripts.widget", "_vocabularies.term_splitting"],
    ["_parts.inline_markup", "_vocabularies.indicators", "_vocabularies.schemes",
     "_vocabularies.terms", "diagnostics"],
    ["_vocabularies.identifiers", "_vocabularies.interface", "_sections", "errors"],
    ["_vocabularies.recognition", "_vocabularies.recognition.quick_checks"],
    ["_vocabularies.recognition.recogniser"],
    ["_reading.encoding_detection", "_text", "_text.identifier_lines", "_scripts.scanner",
     "_validation", "_values.source_lines", "limits"],
    ["_reading.decompression", "_values.identifier", "_values.indicators", "_values.instance",
     "_values.widget",
     "_reading.wrapped.mhtml", "_reading.wrapped.responses"],
    ["_reading.wrapped.file_types"],
    ["model", "_html", "_html.open_elements", "_scripts.in_html",
     "_reading.decoding"],
    ["_reading.options"],
    ["_html.attributes", "_html.libxml2", "_text.lexer", "serializers", "serializers.pages",
     "serializers.pages.page", "serializers.shape"],
    ["_html.detection", "_text.annotations", "_text.segments",
     "_text.transitions"],
    ["_html.asides", "_html.microdata", "_parts.instances", "_text.beginning", "_text.page_head"],
    ["_text.lookback", "_text.open_end", "_text.spans"],
    ["_html.text_form", "document"],
    ["_html.flattener"],
    ["_html.events"],
    ["_text.segmenter"],
    ["_dress", "_dress.spaces", "_dress.edits", "_dress.printed", "_dress.tabs",
     "_dress.wrapping", "_html.annotated", "_html.saved_page"],
    ["_dress.inline_marks"],
    ["_dress.markdown"],
    ["_dress.evidence"],
    ["_dress.undressing"],
    ["_parts", "_parts.abstract", "_parts.identifiers", "_parts.indicators",
     "_parts.json_ld", "_parts.keyword_schemes", "_parts.keywords", "_parts.widget",
     "serializers.json", "serializers.row"],
    ["_parts.metadata", "serializers.work"],
    ["_reading.landmarks", "serializers.bibtex", "serializers.csl", "serializers.jsonld",
     "serializers.openaire", "serializers.ris"],
    ["_reading.pipeline", "serializers.openaire_product", "serializers.pages.metadata"],
    ["_reading.parsing", "serializers.pages.html"],
    ["_pool"],
    ["_reading.many", "serializers.text"],
    ["_results", "serializers.pages.document"],
    [""],
    ["_bulk", "_bulk.warc", "_bulk.warc.cursor", "_bulk.warc.http",
     "_bulk.openaire_columns", "_bulk.row_groups", "_bulk.runs", "_bulk.stored_page",
     "_report", "_report.tallies"],
    ["_bulk.page_column", "_bulk.warc.page"],
    ["_bulk.record_columns"],
    ["arrow"],
    ["_bulk.json_lines", "_bulk.parquet", "_bulk.warc.archive", "ray", "spark"],
    ["_bulk.shards"],
    ["_bulk.part"],
    ["_bulk.dataset"],
    ["files"],
    ["_report.corpus", "_report.html", "_report.plots"],
    ["report"],
    ["_cli", "_cli.inputs", "_cli.terminal"],
    ["_cli.parser"],
    ["_cli.view"],
    ["_cli.outputs"],
    ["_cli.options", "_cli.report", "_cli.run"],
    ["_cli.main"],
    ["__main__"],
]  # fmt: skip
LAYER_OF = {module: number for number, layer in enumerate(LAYERS) for module in layer}


def module_of(path: pathlib.Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_of(path): path for path in sorted(SOURCE.rglob("*.py"))}


def imports_of(path: pathlib.Path) -> set[str]:
    """Return the modules of the package that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            base = node.module or ""
            names = {f"{base}.{alias.name}" for alias in node.names}
            found |= {name for name in names if name.removeprefix("litrecord.") in MODULES} or {
                base
            }
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    ours = {name for name in found if name == "litrecord" or name.startswith("litrecord.")}
    return {name.removeprefix("litrecord").removeprefix(".") for name in ours}


def test_every_module_has_its_layer() -> None:
    assert set(LAYER_OF) == set(MODULES)


# What notebooks show is loaded when they ask for it: `_repr_html_`.
WHEN_ASKED = {
    "_reading.many": {"serializers.pages.document"},
    "_values.identifier": {"serializers.pages.html"},
    "_values.indicators": {"serializers.pages.html"},
    "_values.instance": {"serializers.pages.html"},
    "_values.widget": {"serializers.pages.html"},
    "diagnostics": {"serializers.pages.document"},
    "document": {"serializers.pages.document"},
    "model": {"serializers.pages.html"},
}


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_layers_above_it(module: str) -> None:
    for imported in imports_of(MODULES[module]) - WHEN_ASKED.get(module, set()):
        assert LAYER_OF[imported] < LAYER_OF[module], f"{module or 'litrecord'} imports {imported}"


def test_the_public_names_are_all_and_no_other() -> None:
    modules = {name for name, value in vars(litrecord).items() if inspect.ismodule(value)}
    public = {name for name in dir(litrecord) if not name.startswith("_")} - modules
    assert public == set(litrecord.__all__)
    assert list(litrecord.__all__) == sorted(litrecord.__all__)


def test_a_name_that_is_not_there_is_told_as_of_any_module() -> None:
    with pytest.raises(AttributeError, match=r"^module 'litrecord' has no attribute 'to_yaml'$"):
        litrecord.to_yaml  # type: ignore[attr-defined] # noqa: B018


def test_the_import_loads_no_parser_and_no_vocabulary() -> None:
    code = (
        "import sys, litrecord; from litrecord._vocabularies import terms as v;"
        "assert not {f'litrecord.{name}' for name in LATER} & set(sys.modules);"
        "print(sorted({'lxml', 'bs4', 'html', 'json', 'webencodings'} & set(sys.modules)),"
        " v.vocabulary.cache_info().currsize);"
        "litrecord.parse_record('a, b\\na, b\\n'); print(v.vocabulary.cache_info().currsize,"
        " 'lxml' in sys.modules)"
    )
    later = {*litrecord._LATER.values(), "_dress.markdown", "_html.text_form", "_parts.metadata",
             "_pool", "_reading.encoding_detection", "serializers.work"}  # fmt: skip
    command = [sys.executable, "-W", "error", "-c", code.replace("LATER", repr(later))]
    # A measurement of coverage would load modules of its own.
    own = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=True, env=own
    )
    assert done.stdout.splitlines() == ["[] 0", "1 False"]
    assert done.stderr == ""
