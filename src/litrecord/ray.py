"""Pages of a Ray Dataset to columns of records, by the workers of the cluster.

Needs the extra ``ray``, and litrecord with pyarrow on every node; docs/engines says how.
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
        are those of ``map_batches``: how many pages are read in a row, and num_cpus, concurrency,
        memory and others.

    markup, encoding, strict and limits are those of `litrecord.parse_record`. Returns a Dataset of
    the other columns, as they are, and those of `litrecord.arrow.SCHEMA`. It is lazy: pages are
    read when they are asked for, by the workers, which need litrecord as well; but Ray is asked
    for the schema of dataset, for which it reads a first part where it does not know. A page that
    is refused, or null, is a row whose error says why, and fails no task.

    Raises at once, before any page is read, InvalidValueError if a column is not there, is of
    another type, or is called as a column of the record is, and if an option is not valid; and
    DecodeError if there is no such encoding. Of a dataset that has no rows and no schema, nothing
    is known, and nothing raised.

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
