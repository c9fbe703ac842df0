"""Counts of a corpus: Parquet files with the columns of `litrecord.arrow`, a batch at a time.

Grammar of a corpus::

    corpus = file …
    file   = batch …                        ; one at a time in memory, and only some columns
    batch  = row …                          ; of which only counts are kept, and a few examples
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from glob import glob
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow.lib import ArrowException

from litrecord._bulk.page_column import is_text
from litrecord._bulk.record_columns import SCHEMA, require_like
from litrecord._bulk.row_groups import RowGroups
from litrecord._characters import clean
from litrecord._report.tallies import Distribution, Example, Groups
from litrecord._validation import path_of, sequence_of
from litrecord._values.indicators import ImpactClass
from litrecord.errors import InvalidValueError, LimitError, SourceError, located
from litrecord.serializers.shape import LATE, NAMES

CLASSED = ("popularity", "influence", "impulse")
COUNTED = ("citations", "views", "downloads")
_ROWS = 4096
_MOST_CHARACTERS = 400
_NAMING = ("source", "record", "offset", "url", "id", "path", "name")
_FIELDS = {
    "widget": {"source_url"},
    "identifiers": {"scheme", "valid"},
    "indicators": {"name", "count", "impact_class"},
    "diagnostics": {"code", "severity", "excerpt"},
}
"""The fields of structs that are read; other columns are read whole."""
_TEXT = pa.large_binary()  # since Arrow may have text that is not UTF-8
_KINDS = {
    **dict.fromkeys(("scheme", "name", "impact_class", "code", "severity", "excerpt"), _TEXT),
    "valid": pa.bool_(),
    "count": pa.int64(),
}
_CLASSES = {found.code for found in ImpactClass}
_CHANGING = re.compile(r"(?<!\\)'(?:[^'\\]|\\.)*'|\b0x[0-9a-f]+|\b\d+\b")
"""The pattern of the parts in which errors with the same reason differ."""

_EXPECTED = "expected a Parquet file of records, as 'litrecord -o records.parquet' writes: "
_STEPS = (0, *(step * 10**power for power in range(6) for step in (1, 2, 5)), 10**6)
_FIVES = (0, 1, *range(5, 51, 5))
_LENGTHS = (1, *range(250, 4001, 250))


@attrs.define
class Corpus:
    """The counts of some files."""

    files: list[str] = attrs.Factory(list)
    pages: int = 0
    refused: int = 0
    with_error: int = 0
    reasons: Groups = attrs.Factory(Groups)
    parts: dict[str, int] = attrs.Factory(lambda: dict.fromkeys(NAMES, 0))
    classes: dict[str, Counter[str | None]] = attrs.Factory(
        lambda: {name: Counter() for name in CLASSED}
    )
    counts: dict[str, Distribution] = attrs.Factory(
        lambda: {name: Distribution.of(_STEPS) for name in COUNTED}
    )
    uncounted: dict[str, int] = attrs.Factory(lambda: dict.fromkeys(COUNTED, 0))
    schemes: Groups = attrs.Factory(Groups)
    keywords: Distribution = attrs.Factory(lambda: Distribution.of(_FIVES))
    lengths: Distribution = attrs.Factory(lambda: Distribution.of(_LENGTHS))
    codes: Groups = attrs.Factory(Groups)

    @property
    def read(self) -> int:
        """The number of pages that became a record."""
        return self.pages - self.refused


def count_corpus(paths: Iterable[str | os.PathLike[str]]) -> Corpus:
    """Return the counts of Parquet files.

    Of a folder, the Parquet files in it are counted. Raises SourceError if it has none, or if a
    file cannot be read, InvalidValueError if a path is not a path or the
    columns of a file are not those of `litrecord.arrow`.
    """
    corpus = Corpus()
    given = enumerate(sequence_of(paths, "paths", "paths"))
    files = [file for at, path in given for file in _files_of(path_of(path, f"paths[{at}]"))]
    if not files:
        raise InvalidValueError("expected one file or more, got none", path="paths")
    for path in files:
        name = clean(os.path.basename(path))
        corpus.files.append(name)
        try:
            with open(path, "rb") as stream:
                # A buffer would keep the columns of the whole file in memory.
                file = pq.ParquetFile(stream, pre_buffer=False)
                _count_file(corpus, file, path, name if len(files) > 1 else "")
        except (InvalidValueError, LimitError) as error:
            raise located(error, repr(path)) from error
        except (OSError, ArrowException, ValueError) as error:
            reason = getattr(error, "strerror", None) or f"{error}".partition("\n")[0]
            advice = _EXPECTED if isinstance(error, pa.ArrowInvalid) else ""
            raise SourceError(f"cannot read {path!r}: {advice}{reason:.300}") from error
    return corpus


def _files_of(path: str) -> list[str]:
    """Return the Parquet files in a folder, in the order of their names, or the one file."""
    if not os.path.isdir(path):
        return [path]
    names = sorted(glob("*.parquet", root_dir=path))
    if not names:
        advice = f"if it has pages, make one with: litrecord {path} -o records.parquet"
        raise SourceError(f"{path!r} is a folder without Parquet files: {advice}")
    return [os.path.join(path, name) for name in names]


def _count_file(corpus: Corpus, file: pq.ParquetFile, path: str, name: str) -> None:
    _require_columns(file.schema_arrow)
    naming = [column for column in _NAMING if _is_naming(file.schema_arrow, column)]
    first = 0
    for batch in RowGroups(path, file, partial(_is_wanted, naming)).all_batches(_ROWS):
        _count_batch(corpus, batch, _placer(batch, naming, name, first))
        first += batch.num_rows


def _require_columns(schema: pa.Schema) -> None:
    counts = {name: schema.names.count(name) for name in SCHEMA.names}
    missing = [name for name, count in counts.items() if count != 1 and (count or name not in LATE)]
    if missing:
        advice = "pass a file with the columns of litrecord.arrow.SCHEMA"
        raise InvalidValueError(
            f"expected exactly one column of each name: {', '.join(missing)}: {advice}"
        )
    for name in filter(counts.get, SCHEMA.names):
        require_like(schema, name, _FIELDS.get(name, ()))


def _is_naming(schema: pa.Schema, column: str) -> bool:
    if schema.names.count(column) != 1:
        return False
    kind = schema.field(column).type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return is_text(kind) or bool(pa.types.is_integer(kind))


def _is_wanted(naming: list[str], leaf: str) -> bool:
    column, field = leaf.partition(".")[0], leaf.rpartition(".")[2]
    return leaf in naming or (column in SCHEMA.names and field in _FIELDS.get(column, (field,)))


def _placer(
    batch: pa.RecordBatch, naming: list[str], file: str, first: int
) -> Callable[[int], str]:
    """Return a function that names a row of a batch by file, row and its own columns."""

    def place(at: int) -> str:
        values = ((name, batch.column(name)[at]) for name in naming)
        names = [f"{name} {_short(value)}" for name, value in values if value.is_valid]
        return ", ".join([*([file] if file else []), f"row {first + at:,}", *names])

    return place


def _short(value: pa.Scalar) -> str:
    if pa.types.is_dictionary(value.type):
        value = value.value
    found = value.as_py() if pa.types.is_integer(value.type) else value.cast(_TEXT).as_py()
    text = str(_decoded(found))
    return clean(text[:120] + "…" * (len(text) > 120))


def _decoded(value: Any) -> Any:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _count_batch(corpus: Corpus, batch: pa.RecordBatch, place: Callable[[int], str]) -> None:
    columns = {name: _column(batch, name) for name in SCHEMA.names}
    errors = columns["error"]
    corpus.pages += batch.num_rows
    corpus.refused += batch.num_rows - errors.null_count
    _count_refused(corpus, errors, place)
    _count_diagnostics(corpus, columns["diagnostics"], place)
    if errors.null_count < batch.num_rows:
        is_read = pc.is_null(errors)
        columns = {name: columns[name].filter(is_read) for name in NAMES}
    _count_parts(corpus, columns)
    _count_identifiers(corpus, columns["identifiers"])
    _count_indicators(corpus, columns["indicators"])


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    column = batch.column(name) if name in batch.schema.names else pa.nulls(batch.num_rows)
    if pa.types.is_null(column.type):
        return pa.nulls(len(column), SCHEMA.field(name).type)
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _fields(values: pa.Array, *names: str) -> dict[str, pa.Array]:
    """Return some fields of an array of structs, text as bytes."""
    return {name: pc.struct_field(values, name).cast(_KINDS[name]) for name in names}


def _grouped(columns: dict[str, pa.Array], *more: str) -> Iterator[tuple[Any, ...]]:
    """Yield each distinct row of some columns, its count, and the minimum of other columns."""
    table = pa.table(columns)
    keys = [name for name in columns if name not in more]
    wanted = [([], "count_all"), *((name, "min") for name in more)]
    found = table.group_by(keys, use_threads=False).aggregate(wanted)
    names = [*keys, "count_all", *(f"{name}_min" for name in more)]
    values = [[_decoded(value) for value in found.column(name).to_pylist()] for name in names]
    return zip(*values, strict=True)


def _count_refused(corpus: Corpus, errors: pa.Array, place: Callable[[int], str]) -> None:
    texts = errors.cast(_TEXT).to_pylist() if errors.null_count < len(errors) else []
    for at, error in enumerate(texts):
        if error is None:
            continue
        line = _decoded(error[: 4 * _MOST_CHARACTERS]).partition("\n")[0][:_MOST_CHARACTERS]
        group = corpus.reasons.of(_CHANGING.sub("…", line))
        group.count += 1
        if group.has_room:
            group.examples.append(Example.of(place(at), line))


def _count_parts(corpus: Corpus, columns: dict[str, pa.Array]) -> None:
    sizes = {name: pc.fill_null(_sizes(columns[name]), 0) for name in NAMES}
    for name, found in sizes.items():
        corpus.parts[name] += pc.sum(pc.greater(found, 0)).as_py() or 0
    _distribute(corpus.keywords, sizes["keywords"])
    abstracts = sizes["abstract"]
    _distribute(corpus.lengths, abstracts.filter(pc.greater(abstracts, 0)))


def _sizes(column: pa.Array) -> pa.Array:
    if pa.types.is_struct(column.type):
        return column.is_valid().cast(pa.int64())
    if is_text(column.type):
        return pc.utf8_length(column.cast(pa.large_string()))
    return pc.list_value_length(column)


def _distribute(distribution: Distribution, numbers: pa.Array) -> None:
    for value, times in _grouped({"value": numbers}):
        distribution.add(value, times)


def _count_identifiers(corpus: Corpus, column: pa.Array) -> None:
    for scheme, is_valid, times in _grouped(_fields(pc.list_flatten(column), "scheme", "valid")):
        group = corpus.schemes.of(scheme or "")
        group.count += times
        group.marked += 0 if is_valid else times


def _count_indicators(corpus: Corpus, column: pa.Array) -> None:
    rows = _fields(pc.list_flatten(column), "name", "count", "impact_class")
    for name, count, impact_class, times in _grouped(rows):
        if name in CLASSED:
            known = impact_class if impact_class in _CLASSES else None
            corpus.classes[name][known] += times
        elif name in COUNTED and count is None:
            corpus.uncounted[name] += times
        elif name in COUNTED:
            corpus.counts[name].add(count, times)


def _count_diagnostics(corpus: Corpus, column: pa.Array, place: Callable[[int], str]) -> None:
    fields = _fields(pc.list_flatten(column), "code", "severity", "excerpt")
    excerpts = fields.pop("excerpt")
    rows = pc.list_parent_indices(column)
    fields |= {"row": rows, "at": pa.array(range(len(rows)), pa.int64())}
    with_error = set()
    for code, severity, row, times, at in _grouped(fields, "at"):
        group = corpus.codes.of(code or "")
        group.count += times
        group.pages += 1
        group.severity = group.severity or clean((severity or "")[:20])
        if group.has_room:
            group.examples.append(Example.of(place(row), _decoded(excerpts[at].as_py() or b"")))
        if severity == "error":
            with_error.add(row)
    corpus.with_error += len(with_error)
