"""Conversion of pages of a Spark DataFrame to columns of records, on the workers of the cluster.

Needs the extra ``spark``, and litrecord with pyarrow on every worker: see docs/spark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Unpack

import pyarrow as pa

from litrecord import arrow
from litrecord._reading.options import CheckedOptions, ReadOptions
from litrecord.errors import InvalidValueError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["parse"]


def parse(
    df: DataFrame,
    column: str = "text",
    url_column: str | None = None,
    **options: Unpack[ReadOptions],
) -> DataFrame:
    """Read the pages of one column of a DataFrame, a row each.

    df
        a DataFrame of Spark 3.5 or newer, classic or Connect;
    column
        the name of the column of pages, which are strings or binary;
    url_column
        the name of a column of strings with the pages' addresses, if there is one;
    options
        markup, encoding, strict and limits, as for `litrecord.parse_record`.

    Returns a DataFrame with the other columns unchanged, and those of `litrecord.arrow.SCHEMA`. It
    is lazy: the workers read the pages when an action needs them. A page that is refused, or null,
    is a row with an error, and fails no task.

    Raises before any page is read: InvalidValueError if a column is missing, has another type, or
    has the name of a column of the record, or if an option is not valid. Raises DecodeError if
    the encoding is unknown.

    An example, for a session called spark::

        pages = spark.read.parquet("pages.parquet")
        litrecord.spark.parse(pages, "text", "url").write.parquet("records.parquet")
    """
    CheckedOptions(**options)
    # Here, so that the module loads where Spark is not.
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.sql.types import BinaryType, NullType, StringType, StructType

    fields = df.schema.fields
    # The names by Arrow's own rules; the types as Spark calls them.
    arrow.schema_of(pa.schema([(field.name, pa.null()) for field in fields]), column, url_column)
    text = (StringType, NullType)
    for role, name, kinds, expected in (
        ("column", column, (*text, BinaryType), "text or binary"),
        ("url_column", url_column, text, "text"),
    ):
        for kind in (field.dataType for field in fields if field.name == name):
            if not isinstance(kind, kinds):
                held = f"{name!r:.60} holds {kind.simpleString():.60}"
                raise InvalidValueError(f"{held}: expected {expected}", path=role)

    def parse_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # As tables, since the records of large pages can be more than one batch can hold.
        for batch in batches:
            table = pa.Table.from_batches([batch])
            yield from arrow.parse_batch(table, column, url_column, **options).to_batches()

    own = [field for field in fields if field.name != column]
    schema = StructType([*own, *from_arrow_schema(arrow.SCHEMA).fields])
    return df.mapInArrow(parse_batches, schema)
