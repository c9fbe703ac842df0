"""The prose of pages and docstrings, without code; its sentences, and their words."""

import inspect
import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token

import litrecord
from litrecord import arrow, files, ray, report, spark

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_CODE = "`code`"
"""Replaces a piece of code in a text, and counts as one word."""
_LITERAL = re.compile(r"``.*?``|`[^`]*`")
# A name in lower case may begin a sentence.
_END = re.compile(r"(?<=[.!?])[)\"”]?\s+(?=[^\sa-z]|litrecord|lxml|pandas|polars)")


def texts_of_page(page: str, *, whole: bool = False) -> list[str]:
    """Return the paragraphs and list items of a Markdown page, and on request all other texts."""
    texts, skipped = [], False
    for token in _MARKDOWN.parse(page):
        if token.type in {"heading_open", "table_open"}:
            skipped = not whole
        elif token.type in {"heading_close", "table_close"}:
            skipped = False
        elif token.type == "inline" and not skipped:
            texts.append("".join(map(_shown, token.children or [])))
    return texts


def _shown(part: Token) -> str:
    if part.type == "code_inline":
        return _CODE
    return " " if part.type == "softbreak" else part.content


def texts_of_docstring(docstring: str) -> list[str]:
    """Return the paragraphs of a docstring, without examples and literal blocks.

    A change of the indentation begins a paragraph: a parameter, or what it is.
    """
    texts: list[str] = [""]
    depth, literal_below, in_example = 0, 1_000, False
    for line in inspect.cleandoc(docstring).splitlines():
        indent = len(line) - len(line.lstrip())
        in_example = bool(line) and (in_example or line.lstrip().startswith(">>>"))
        if in_example or indent > literal_below:
            continue
        if not line or indent != depth:
            texts.append("")
        if line:
            literal_below = indent if line.endswith("::") else 1_000
            depth = indent
            texts[-1] += _LITERAL.sub(_CODE, line.strip()) + " "
    return [text for text in texts if len(text.split()) > 1]


def docstrings() -> dict[str, list[str]]:
    """Return the paragraphs of every docstring of a public name or of a member of one."""
    found = {}
    for module in (litrecord, arrow, files, ray, report, spark):
        for name in module.__all__:
            value = getattr(module, name)
            own = vars(value) if inspect.isclass(value) else {}
            members = {f".{member}": of for member, of in own.items() if member[0] != "_"}
            for path, documented in {"": value, **members}.items():
                if inspect.isroutine(documented) or isinstance(documented, type | property):
                    docstring = inspect.getdoc(documented) or ""
                    found[f"{module.__name__}.{name}{path}"] = texts_of_docstring(docstring)
    return found


def sentences_of(texts: Iterable[str]) -> list[str]:
    """Return the sentences of some texts; a text ends its last one."""
    joined = (" ".join(text.split()) for text in texts)
    return [found for text in joined for found in _END.split(text) if length(found)]


def length(sentence: str) -> int:
    """Return the number of words; signs alone are none."""
    return sum(bool(re.search(r"\w", word)) for word in sentence.split())
