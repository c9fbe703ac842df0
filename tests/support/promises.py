"""What holds for any source whatever: asserted of texts that fuzzers make."""

import warnings

import pyarrow as pa
from fuzz.promises import PARTS, check_written

import litrecord
from litrecord import arrow
from test_provenance import require_values


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
    if isinstance(source, bytes):
        columns = arrow.parse_batch(pa.record_batch({"text": pa.array([source], pa.binary())}))
        assert arrow.table_to_records(columns) == [record]
    check_written(record)
