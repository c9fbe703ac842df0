"""What HTML and JATS share in pages and in abstracts: names of block elements, and references."""

BLOCKS = frozenset({
    "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "section", "table", "tbody", "thead", "ul",
    "jats:list", "jats:list-item", "jats:p", "jats:sec", "jats:title",
})  # fmt: skip
"""Elements that begin a line and end it (HTML Living Standard, 15.3; JATS 1.3) in both."""
REFERENCE = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})"
"""The pattern of a character reference (Living Standard, 13.5), without its semicolon."""
