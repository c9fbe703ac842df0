"""What holds for any source whatever: asserted of texts that fuzzers make."""

import warnings
from collections.abc import Callable

import litrecord
from test_provenance import require_values

PARTS: dict[str, Callable[[str | bytes], object]] = {
    "widget": litrecord.parse_widget,
    "identifiers": litrecord.parse_identifiers,
    "abstract": litrecord.parse_abstract,
    "keywords": litrecord.parse_keywords,
    "indicators": litrecord.parse_indicators,
}


def require_promises(source: str | bytes) -> None:
    """Assert that a source gives a record or our error, and that nothing of it is lost."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            document = litrecord.parse_document(source)
        except litrecord.LitrecordError:
            return
    assert "".join(section.text for section in document.sections) == document.text
    for found in document.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(document.text)
        assert str(found)
    require_values(document)
    record = document.record
    for part, parse in PARTS.items():
        assert parse(source) == getattr(record, part)
    assert litrecord.parse_record(litrecord.to_html(record)) == record
    assert litrecord.from_json(litrecord.to_json(record)) == record
    try:
        text = litrecord.to_text(record, exact=True)
    except litrecord.UnrepresentableError:
        return
    assert litrecord.to_text(litrecord.parse_record(text)) == text
