"""Elements of HTML and JATS, the attribute of litrecord's own markup, and references."""

BLOCKS = frozenset({
    "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "section", "table", "tbody", "thead", "ul",
    "jats:list", "jats:list-item", "jats:p", "jats:sec", "jats:title",
})  # fmt: skip
"""Elements that begin a line and end it (HTML Living Standard, 15.3; JATS 1.3) in both."""
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
"""Other elements that abstracts hold (JATS 1.3), but for those of HTML."""
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
"""The elements whose text is no text of the page."""
OF_THE_SITE = frozenset({"header", "footer"})
"""Left out where none of `SECTIONING` is open: there they are the site's, not the page's."""
SECTIONING = frozenset({"article", "main", "sec", "section"})
"""Elements that a header or a footer may be of, instead of the site."""
WHOLE = frozenset({"body", "html"})
"""Scripts hide these until a page is loaded, and show them again."""

ATTRIBUTE = "data-litrecord"
ARTICLE = "1"

PROPERTIES = (
    "widget", "title", "author", "scheme", "identifier", "abstract", "keyword",
    "label", "description", "value", "hosted_by", "type", "year", "refereed", "license",
    "collected_from", "instance",
)  # fmt: skip
"""The values of the attribute inside an article, each the name of what its element holds."""
GROUP = "instance"
"""That one whose element holds others."""
