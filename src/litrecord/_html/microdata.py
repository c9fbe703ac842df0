"""Table of litrecord's own markup, for the writer and the reader of HTML.

Grammar::

    article = <article data-litrecord="1"> *( property / other ) </article>
    property = <any-element data-litrecord="name"> value </any-element>     ; name: PROPERTIES
    row     = label [ description ] value ; identifier = scheme value
    instance = <any-element data-litrecord="instance"> *( property / other ) </any-element>

The markup is trusted only inside the first outermost article of a page. It is not trusted where
nobody sees it: hidden, of no size, off the page, or shown as text (in a textarea). Folded content
(details) is trusted. A value is the text of its element with all whitespace; a text between fields
is a notice.
"""

from __future__ import annotations

from typing import Any

from litrecord._characters import clean, unify_line_ends
from litrecord._sections import SectionKind
from litrecord._text.annotations import ANNOTATED
from litrecord._text.lexer import row_value
from litrecord._values.instance import Instance
from litrecord._values.source_lines import Values, is_year, write_source_lines
from litrecord._vocabularies.elements import GROUP
from litrecord._vocabularies.indicators import write_row

Property = tuple[SectionKind, str, Any]
"""The kind of a field, its lines in the text form, and the value read from them."""

_LINES = {
    "title": SectionKind.TITLE,
    "author": SectionKind.AUTHORS,
    "keyword": SectionKind.KEYWORDS,
}
_OF_INSTANCE = frozenset({"hosted_by", "type", "year", "refereed", "license", "collected_from"})


class ArticleReader:
    """The fields of an article read so far; some values need several."""

    def __init__(self) -> None:
        self._scheme = ""
        self._open: list[str] = []
        """The fields of a row, or the scheme, that wait for a value."""
        self._instance: Values = {}
        """The values of the instance whose element is still open."""

    def read(self, name: str, text: str) -> list[Property]:
        """Return the fields that are complete after an element with a name; none is blank.

        >>> ArticleReader().read("keyword", "Maps, old")
        [(<SectionKind.KEYWORDS: 'keywords'>, 'Maps, old', True)]
        """
        text = clean(unify_line_ends(text)).strip()
        if name == GROUP:
            return self.end()
        if not text:
            return []
        if name in _OF_INSTANCE:
            return self._read_of_instance(name, text.replace("\n", " "))
        if name == "widget":
            return [(SectionKind.WIDGET, text, None)]
        if name == "abstract":
            paragraphs = [line.strip() for line in text.split("\n")]
            return [(SectionKind.ABSTRACT, line, ANNOTATED) for line in paragraphs if line]
        line = text.replace("\n", " ")
        if name in _LINES:
            return [*self.end(), (_LINES[name], line, ANNOTATED)]
        return self._read_pair(name, line)

    def _read_pair(self, name: str, line: str) -> list[Property]:
        if name == "description" and len(self._open) == 1:
            self._open.append(line)
            return []
        if name == "value" and self._open:
            label, description = (*self._open, "")[:2]
            self._open = []
            row = write_row(label, description, line, False)
            return [(SectionKind.INDICATOR, f"| {row}", row_value(label, line, description))]
        if name == "identifier" and self._scheme:
            self._open = []
            read = (self._scheme, [(len(self._scheme) + 2, line)])
            return [(SectionKind.IDENTIFIERS, f"{self._scheme}: {line}", read)]
        left = self.end()
        self._scheme = line if name == "scheme" else ""
        self._open = [line]
        return left

    def _read_of_instance(self, name: str, line: str) -> list[Property]:
        if name == "collected_from":
            self._instance[name] = [*self._instance.get(name, ()), line]
            return []
        if name == "year" and not is_year(line):
            return [(SectionKind.UNKNOWN, line, None)]
        left = self.end() if name in self._instance else []
        self._instance[name] = int(line) if name == "year" else line
        return left

    def end(self) -> list[Property]:
        """Return the fields that still wait for a value at the end."""
        left, self._open = self._open, []
        values, self._instance = self._instance, {}
        found: list[Property] = []
        if left:
            found.append((SectionKind.UNKNOWN, f"| {' '.join(left)} |", None))
        if values:
            lines = "\n".join(write_source_lines(values))
            found.append((SectionKind.INSTANCE, lines, Instance(**values)))
        return found
