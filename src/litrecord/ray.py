"""Conversion of pages of a Ray Dataset to columns of records, on the workers of the cluster.

Needs the extra ``ray``, and litrecord with pyarrow on every node: see docs/ray.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from litrecord import arrow
from litrecord._reading.options import CheckedOptions, Markup, ReadOptions
from litrecord.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from ray.data import Dataset

__all__ = ["parse"]


def parse(
    dataset: Dataset,
    column: str = "text",
    url_column: str | None = None,
    *,
    markup: Markup = "auto",
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    batch_size: int | None = 1024,
    **options: Any,
) -> Dataset:
    """Read the pages of one column of a Dataset, a row each.

    dataset
        a Dataset of Ray 2.40 or newer;
    column
        the name of the column of pages, which are text or binary;
    url_column
        the name of a column of text with the pages' addresses, if there is one;
    batch_size, options
        are those of ``map_batches``: the pages of a batch, and num_cpus, concurrency, memory and
        others.

    markup, encoding, strict and limits are those of `litrecord.parse_record`.

    Returns a Dataset with the other columns unchanged, and those of `litrecord.arrow.SCHEMA`. It is
    lazy: the workers read the pages on demand. Only the schema of dataset is needed at once, for
    which Ray may read a first part. A page that is refused, or null, is a row with an error, and
    fails no task.

    Raises before any page is read: InvalidValueError if a column is missing, has another type, or
    has the name of a column of the record, or if an option is not valid. Raises DecodeError if
    the encoding is unknown. A dataset without rows and schema raises nothing.

    An example::

        pages = ray.data.read_parquet("pages.parquet")
        litrecord.ray.parse(pages, "text", "url").write_parquet("records")
    """
    reading = ReadOptions(markup=markup, encoding=encoding, strict=strict, limits=limits)
    CheckedOptions(**reading)
    schema = dataset.schema()
    if schema is not None and schema.names:
        # Blocks of pandas have columns of objects, whose types only their values tell.
        kinds = [kind if isinstance(kind, pa.DataType) else pa.null() for kind in schema.types]
        known = pa.schema(list(zip(schema.names, kinds, strict=True)))
        arrow.schema_of(known, column, url_column)
    return dataset.map_batches(
        arrow.parse_batch,
        batch_size=batch_size,
        batch_format="pyarrow",
        zero_copy_batch=True,
        fn_kwargs={"column": column, "url_column": url_column, **reading},
        **options,
    )
