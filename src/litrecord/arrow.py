"""Conversion of pages and records to Arrow columns: for Parquet, data frames, Spark and Ray.

Form: one row a page, in the order of the pages; the columns of the source are first::

    row         = *own title authors widget identifiers abstract keywords indicators
                  instances diagnostics error
    widget      = { markup, source_url }
    identifiers = [ { scheme, value, url, valid } … ]
    indicators  = [ { name, label, description, printed, count, impact_class } … ]
    instances   = [ { hosted_by, type, year, refereed, license, collected_from: [ name … ] } … ]
    diagnostics = [ { code, severity, message, start, end, excerpt } … ]     ; offsets of characters

The names are those of `to_dict`. The error of a refused page has the reason, and the columns of its
record are null. The error of other pages is null. A count beyond 64 bits is null; its text is in
printed. Columns of an earlier version have no instances. Needs the extra ``arrow``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol, Unpack

try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    _ADVICE = "pip install 'litrecord[arrow]', or pip install '.[arrow]' in a checkout"
    raise ModuleNotFoundError(f"litrecord.arrow needs the package pyarrow: {_ADVICE}") from error

from litrecord._bulk import openaire_columns, record_columns
from litrecord._bulk.page_column import pages_and_urls, require_columns
from litrecord._bulk.record_columns import (
    batch_of,
    columns_of,
    records_of,
    refused,
    row_of_page,
    row_of_record,
)
from litrecord._bulk.runs import runs
from litrecord._bulk.stored_page import BulkOptions
from litrecord._reading.many import Result, require_many
from litrecord._reading.options import CheckedOptions, ReadOptions
from litrecord.errors import InvalidValueError
from litrecord.model import Record

__all__ = [
    "SCHEMA", "openaire_table", "parse_batch", "records_to_table", "results_to_batch", "schema_of",
    "table_to_records",
]  # fmt: skip

SCHEMA = record_columns.SCHEMA
"""The columns of a record with its diagnostics and its error."""


def schema_of(source: pa.Schema, column: str = "text", url_column: str | None = None) -> pa.Schema:
    """Return the schema of the output of `parse_batch` for batches of a schema.

    It has the columns of the source except the pages, and `SCHEMA`, with the metadata of the
    source, in which pandas stores its index. Raises InvalidValueError if source is not a Schema, if
    a column is missing, is not text (or bytes, for pages), or has the name of a column of the
    record.

    >>> import pyarrow as pa
    >>> schema_of(pa.schema({"id": pa.int64(), "text": pa.string()})).names[:3]
    ['id', 'title', 'authors']
    """
    if not isinstance(source, pa.Schema):
        kind = type(source).__name__
        raise InvalidValueError(f"expected a Schema, got {kind}", path="source")
    require_columns(source, BulkOptions(column, url_column))
    own = [field for field in source if field.name != column]
    for field in own:
        if field.name in SCHEMA.names:
            advice = "a column of the record has that name: rename it"
            raise InvalidValueError(f"column {field.name!r:.60}: {advice}")
    return pa.schema([*own, *SCHEMA], source.metadata)


class _Stream(Protocol):
    """A table of any package with Arrow's PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class _Array(Protocol):
    """A batch of any such package."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> object: ...


def parse_batch(
    batch: pa.RecordBatch | pa.Table | _Stream | _Array,
    column: str = "text",
    url_column: str | None = None,
    **options: Unpack[ReadOptions],
) -> pa.RecordBatch | pa.Table:
    """Read the pages of one column, a row each.

    batch
        a RecordBatch, a Table, or an object with Arrow's PyCapsule interface: a DataFrame of
        polars or pandas, a relation of DuckDB, a RecordBatchReader. It may have any columns.
    column
        the name of the column of pages: text, or bytes as for `litrecord.parse_record`.
    url_column
        the name of a column with the pages' addresses, if there is one; null if unknown.
    options
        markup, encoding, strict and limits, as for `litrecord.parse_record`.

    Returns a RecordBatch for a RecordBatch or an object with only ``__arrow_c_array__``, otherwise
    a Table. It has the schema of `schema_of`. A page that is refused, or null, is a row with an
    error; nothing is raised for it. The rows of large pages are several batches of the Table.

    Raises InvalidValueError if batch or an option is not valid. Raises it if a column is missing,
    has another type, or has the name of a column of the record, and if the records of a RecordBatch
    take over 2 GiB. Raises DecodeError if the encoding is unknown.

    >>> import pyarrow as pa
    >>> pages = pa.table({"id": [1, 2], "text": ["pmid: 21496615\\nOld maps err.\\n", None]})
    >>> rows = parse_batch(pages).to_pylist()
    >>> [(row["id"], row["abstract"], row["error"]) for row in rows]
    [(1, 'Old maps err.', None), (2, None, "expected a page, found null in column 'text'")]
    """
    bulk = BulkOptions(column, url_column, CheckedOptions(**options))
    source = _pyarrows_own(batch)
    schema = schema_of(source.schema, column, url_column)
    is_one = isinstance(source, pa.RecordBatch)
    parts = (
        read
        for part in ([source] if is_one else _batches_of(source))
        for read in _parts_read(part, bulk, schema)
    )
    table = pa.Table.from_batches(parts, schema)
    return _one_batch(table) if is_one else table


def _pyarrows_own(batch: Any) -> pa.RecordBatch | pa.RecordBatchReader:
    """Return an object with Arrow's PyCapsule interface as a batch or a stream, without a copy."""
    if isinstance(batch, pa.RecordBatch | pa.RecordBatchReader):
        return batch
    try:
        if hasattr(batch, "__arrow_c_stream__"):
            return pa.RecordBatchReader.from_stream(batch)
        if hasattr(batch, "__arrow_c_array__"):
            return pa.record_batch(batch)
    except Exception as error:  # of any package
        raise _no_table(batch, error) from error
    kind = type(batch).__name__
    expected = "expected a RecordBatch, a Table or another table with __arrow_c_stream__"
    raise InvalidValueError(f"{expected}, got {kind}", path="batch")


def _batches_of(stream: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    try:
        yield from stream
    except Exception as error:  # of any package
        raise _no_table(stream, error) from error


def _no_table(batch: object, error: Exception) -> InvalidValueError:
    message = f"this {type(batch).__name__} cannot be read as a table: {error!s:.200}"
    return InvalidValueError(message, path="batch")


_PART_BYTES = 32_000_000
"""The bytes of pages whose rows are converted to columns together."""
_MOST_BYTES = 2**31
"""The most bytes of a column of a batch; for a table, of each batch."""


def _parts_read(
    batch: pa.RecordBatch, options: BulkOptions, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a batch, in several batches if its pages are large."""
    own = batch.drop_columns([options.column])
    null = refused(f"expected a page, found null in column {options.column!r:.60}")
    pages, start = pages_and_urls(batch, options), 0
    for some in runs(pages, lambda found: len(found[0] or ""), _PART_BYTES):
        rows = [
            null if page is None else row_of_page(page, url, options.page) for page, url in some
        ]
        arrays = [*own.slice(start, len(rows)).columns, *columns_of(rows)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)
        start += len(rows)


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    if table.nbytes >= _MOST_BYTES:
        raise InvalidValueError("its records take over 2 GiB: pass it as a Table", path="batch")
    columns = [column.combine_chunks() for column in table.columns]
    return pa.RecordBatch.from_arrays(columns, schema=table.schema)


def results_to_batch(results: Iterable[Result]) -> pa.RecordBatch:
    """Return results as a table with the columns of `SCHEMA`, a row each.

    Raises SourceError if results is not an iterable, InvalidValueError if one is not a Result.

    >>> results = litrecord.iter_results(["pmid: 21496615\\n", None])
    >>> results_to_batch(results).column("error").to_pylist()[0] is None
    True
    """
    require_many(results, "results", "an iterable of Result")
    rows = []
    for at, result in enumerate(results):
        if not isinstance(result, Result):
            kind = type(result).__name__
            raise InvalidValueError(f"expected a Result, got {kind}", path=f"results[{at}]")
        known, said = result.record, result.diagnostics
        rows.append(
            refused(str(result.error), said) if known is None else row_of_record(known, said)
        )
    return batch_of(rows)


def records_to_table(records: Iterable[Record]) -> pa.Table:
    """Return records as a table with the columns of `SCHEMA`, without diagnostics and errors.

    Raises SourceError if records is not an iterable, InvalidValueError if one is not a Record.

    >>> records_to_table([litrecord.Record(keywords=["Maps"])]).column("keywords").to_pylist()
    [['Maps']]
    """
    require_many(records, "records", "an iterable of Record")
    parts = runs(map(row_of_record, records), lambda row: len(row["abstract"] or ""), _PART_BYTES)
    return pa.Table.from_batches(map(batch_of, parts), SCHEMA)


def table_to_records(table: pa.Table | pa.RecordBatch) -> list[Record]:
    """Return the records of a table that has the columns of a record, and perhaps others.

    Derived values are computed again. Raises InvalidValueError with the row and the column if a
    value is not allowed in a record, or if the row is a refused page. Raises it if table is not a
    table, or a column is missing, occurs twice or has another type.

    >>> record = litrecord.parse_record("pmid: 21496615\\nOld maps err.\\n")
    >>> table_to_records(records_to_table([record])) == [record]
    True
    """
    if not isinstance(table, pa.Table | pa.RecordBatch):
        kind = type(table).__name__
        raise InvalidValueError(f"expected a Table or a RecordBatch, got {kind}", path="table")
    return records_of(table)


def openaire_table(records: Iterable[Record]) -> pa.Table:
    """Return records as research products of the Graph, a row each, with the columns of a dump.

    The columns are the members that `litrecord.to_openaire` writes, with the types of the dump;
    what a record lacks is null. Raises SourceError if records is no iterable, InvalidValueError if
    one of them is no Record.

    >>> table = openaire_table([litrecord.parse_record("pmid: 7\\n| citations | 70 |\\n")])
    >>> table.column("indicators").to_pylist()[0]["citationImpact"]["citationCount"]
    70.0
    """
    require_many(records, "records", "an iterable of Record")
    return openaire_columns.table_of(records)
