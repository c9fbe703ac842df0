"""The attribute of litrecord's own markup and its values: one table for writer and reader.

Grammar: see `_html.microdata`.
"""

from __future__ import annotations

ATTRIBUTE = "data-litrecord"
ARTICLE = "1"

PROPERTIES = (
    "widget", "title", "author", "scheme", "identifier", "abstract", "keyword",
    "label", "description", "value",
)  # fmt: skip
"""The values of the attribute inside an article, each the name of what its element holds."""
