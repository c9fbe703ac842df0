"""Names of HTML, JATS and MathML elements, litrecord's own attribute, and character references."""

BLOCKS = frozenset({
    "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "section", "table", "tbody", "thead", "ul",
    "jats:list", "jats:list-item", "jats:p", "jats:sec", "jats:title",
})  # fmt: skip
"""Elements that begin and end a line in HTML and JATS (HTML Living Standard, 15.3; JATS 1.3)."""
JATS_BLOCKS = frozenset({
    "abstract", "boxed-text", "def-item", "disp-quote", "list", "list-item", "p", "sec",
    "statement", "title", "trans-abstract", "verse-line",
})  # fmt: skip
"""Elements of JATS that begin a line and end it, without a prefix."""
JATS_INLINE = frozenset({
    "abbrev", "alternatives", "bold", "chem-struct", "def", "def-list", "disp-formula",
    "email", "ext-link", "fixed-case", "fn", "funding-source", "graphic", "inline-formula",
    "inline-graphic", "inline-supplementary-material", "institution", "italic", "label",
    "monospace", "named-content", "overline", "private-char", "related-article", "roman",
    "sans-serif", "sc", "styled-content", "target", "term", "tex-math", "textual-form",
    "underline", "uri", "verse-group", "xref",
})  # fmt: skip
"""Other elements of abstracts (JATS 1.3), except those that HTML has too."""
MATHML = frozenset({
    "annotation", "annotation-xml", "maction", "maligngroup", "malignmark", "math", "menclose",
    "merror", "mfenced", "mfrac", "mi", "mlabeledtr", "mmultiscripts", "mn", "mo", "mover",
    "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle",
    "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none",
    "semantics",
})  # fmt: skip
"""The elements of MathML 3, presentation markup."""
REFERENCE = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31})"
"""The pattern of a character reference (Living Standard, 13.5), without its semicolon."""
RAW = frozenset({"listing", "plaintext", "pre", "textarea", "xmp"})
"""Elements whose lines are kept as they are."""
TEXT_ONLY = frozenset({"plaintext", "textarea", "xmp"})
"""Elements that show tags as text, though some parsers make elements of those."""
LEFT_OUT = frozenset({
    "annotation", "annotation-xml", "audio", "button", "canvas", "datalist", "embed", "iframe",
    "nav", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg",
    "template", "title", "video",
})  # fmt: skip
"""The elements whose text is not part of the page text."""
OF_THE_SITE = frozenset({"header", "footer"})
"""Left out unless one of `SECTIONING` is open: otherwise they belong to the site, not the page."""
SECTIONING = frozenset({"article", "main", "sec", "section"})
"""Elements that may have their own header or footer."""
WHOLE = frozenset({"body", "html"})
"""Elements that scripts hide until a page is loaded."""

ATTRIBUTE = "data-litrecord"
ARTICLE = "1"

PROPERTIES = (
    "widget", "title", "author", "scheme", "identifier", "abstract", "keyword",
    "label", "description", "value", "hosted_by", "type", "year", "refereed", "license",
    "collected_from", "instance",
)  # fmt: skip
"""The values of the attribute inside an article: each names the content of its element."""
GROUP = "instance"
"""The value whose element contains others."""
