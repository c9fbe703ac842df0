"""The code of docs/spark.md and docs/ray.md runs unchanged, on a file of 1,000 pages."""

from __future__ import annotations

import pathlib
import re
from typing import Any

import pyarrow.parquet as pq

from engines.pages import write_pages
from litrecord import arrow

DOCS = pathlib.Path(__file__).parent.parent / "docs"
PATH = re.compile(r'"(pages\.parquet|records-of-\w+)"')
BLOCK = re.compile(r"^```\{code-block\} python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_code_of_the_pages_runs(spark: Any, ray: Any, tmp_path: pathlib.Path) -> None:
    write_pages(tmp_path / "pages.parquet", 1_000)
    names: dict[str, Any] = {}
    pages = ((DOCS / name).read_text(encoding="utf-8") for name in ("spark.md", "ray.md"))
    blocks = [block for page in pages for block in BLOCK.findall(page)]
    assert len(blocks) == 3
    for block in blocks:
        # Spark's folder is the one that it was started in.
        exec(PATH.sub(rf'"{tmp_path}/\1"', block), names)  # noqa: S102
    assert (names["spark"], names["ray"]) == (spark, ray)
    by_spark, by_ray = (
        pq.read_table(tmp_path / f"records-of-{name}").sort_by("id") for name in ("spark", "ray")
    )
    assert by_spark.select(arrow.SCHEMA.names).equals(by_ray.select(arrow.SCHEMA.names))
    assert by_spark["error"].null_count < by_spark.num_rows == 1_000
