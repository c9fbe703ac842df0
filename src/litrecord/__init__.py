"""Read the literature records that OpenAIRE EXPLORE landing pages print.

>>> record = litrecord.parse_record("pmid: 21496615\\nOld maps err.\\n| views | 2 |\\n")
>>> record.pmid, record.indicators["views"].count
('21496615', 2)
"""

import importlib
from typing import TYPE_CHECKING

from litrecord import _interrupts
from litrecord._parts.keywords import split_keywords
from litrecord._reading.many import Result, iter_records, iter_results
from litrecord._reading.parsing import (
    parse_abstract,
    parse_document,
    parse_identifiers,
    parse_indicators,
    parse_keywords,
    parse_record,
    parse_widget,
)
from litrecord._values.identifier import identify
from litrecord.diagnostics import Code, Diagnostic, Position, Severity, Span
from litrecord.document import (
    Document,
    IndicatorSpans,
    InstanceSpans,
    RecordSpans,
    Section,
    SectionKind,
)
from litrecord.errors import (
    DecodeError,
    InvalidValueError,
    LimitError,
    LitrecordError,
    ParseError,
    SourceError,
    UnrepresentableError,
)
from litrecord.limits import Limits
from litrecord.model import (
    Identifier,
    ImpactClass,
    Indicator,
    IndicatorTable,
    Instance,
    Record,
    ScriptWidget,
)

_LATER = {
    "classify_keywords": "_parts.keyword_schemes",
    "from_dict": "serializers.json",
    "from_json": "serializers.json",
    "from_openaire": "serializers.openaire_product",
    "to_bibtex": "serializers.bibtex",
    "to_csl": "serializers.csl",
    "to_dict": "serializers.json",
    "to_html": "serializers.pages.html",
    "to_json": "serializers.json",
    "to_jsonld": "serializers.jsonld",
    "to_openaire": "serializers.openaire",
    "to_ris": "serializers.ris",
    "to_row": "serializers.row",
    "to_text": "serializers.text",
}
"""The functions whose module loads when they are first asked for."""

if TYPE_CHECKING:
    from litrecord._parts.keyword_schemes import classify_keywords
    from litrecord.serializers.bibtex import to_bibtex
    from litrecord.serializers.csl import to_csl
    from litrecord.serializers.json import from_dict, from_json, to_dict, to_json
    from litrecord.serializers.jsonld import to_jsonld
    from litrecord.serializers.openaire import to_openaire
    from litrecord.serializers.openaire_product import from_openaire
    from litrecord.serializers.pages.html import to_html
    from litrecord.serializers.ris import to_ris
    from litrecord.serializers.row import to_row
    from litrecord.serializers.text import to_text
else:  # type checkers would take any name for one that is there

    def __getattr__(name: str) -> object:
        if name not in _LATER:
            raise AttributeError(f"module 'litrecord' has no attribute {name!r}")
        module = importlib.import_module(f"litrecord.{_LATER[name]}")
        return globals().setdefault(name, getattr(module, name))

    def __dir__() -> list[str]:
        return sorted({*globals(), *_LATER} - {"TYPE_CHECKING"})


__version__ = "0.1.0"
__all__ = [
    "Code", "DecodeError", "Diagnostic", "Document", "Identifier", "ImpactClass", "Indicator",
    "IndicatorSpans", "IndicatorTable", "Instance", "InstanceSpans", "InvalidValueError",
    "LimitError", "Limits", "LitrecordError", "ParseError", "Position", "Record", "RecordSpans",
    "Result", "ScriptWidget", "Section", "SectionKind", "Severity", "SourceError", "Span",
    "UnrepresentableError", "classify_keywords", "from_dict", "from_json", "from_openaire",
    "identify", "iter_records", "iter_results", "parse_abstract", "parse_document",
    "parse_identifiers", "parse_indicators", "parse_keywords", "parse_record", "parse_widget",
    "split_keywords", "to_bibtex", "to_csl", "to_dict", "to_html", "to_json", "to_jsonld",
    "to_openaire", "to_ris", "to_row", "to_text",
]  # fmt: skip

_interrupts.raise_again()
