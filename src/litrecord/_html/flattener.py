"""Conversion of HTML to the text form: one walk over the elements of a page, for all parsers.

Grammar of an element by its name or attributes::

    block    = an element of BLOCKS, "br"              ; begins and ends a line
    raw      = an element of RAW                      ; its lines are kept as they are
    row      = "tr" with two cells that have text, of which the second is one line
    left-out = an element of LEFT_OUT, or hidden / "header" and "footer" of the site
    own      = litrecord's own markup, see _html.microdata
    inline   = any other

A table, a row or a raw element inside an open row makes that row layout: its cells are
blocks. If a "main" element has text, the text outside is left out.
The names are those of the HTML Living Standard (2025).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from litrecord._html.asides import Asides
from litrecord._html.attributes import Attributes, is_hidden, is_unseen
from litrecord._html.detection import BLOCKS
from litrecord._html.microdata import ArticleReader
from litrecord._html.open_elements import OpenElements
from litrecord._html.text_form import BREAK, CELL, Lines, RenderedPage, TextForm
from litrecord._parts.formulas import DRAWN, ELEMENTS, MARKS
from litrecord._vocabularies import elements
from litrecord.limits import Limits

_TOLD = frozenset({"hidden", "style", "aria-hidden", elements.ATTRIBUTE})
"""The attributes that change how an element is read."""
_Begin = Callable[["Flattener", str, Attributes], None]


class Flattener(OpenElements):
    """A target of parser events that makes a Page of them.

    Most elements of a page are blocks or inline, so start and end check for those first.
    """

    def __init__(self, limits: Limits, widgets: Mapping[str, str]) -> None:
        super().__init__()
        self._widgets = widgets
        """Maps the names of elements to the widgets that they replaced."""
        self._at_start = _AT_START | dict.fromkeys(widgets, Flattener._put_back)
        self._limits = limits
        self._most_nested = limits.nesting
        self._most_attributes = limits.attributes
        self._form = TextForm()
        self.data: Callable[[str], None] = self._form.parts.append
        self.replaced = ""
        self.is_stopped = False
        """Whether the rest of the page is ignored because an error was raised."""
        self._is_property = False
        self._is_shut = False
        """Whether only text is read, not elements: in elements that are left out, and in fields."""
        self.asides = Asides()
        self._reader: ArticleReader | None = None
        self._article = Lines(0, 0)
        self._is_in_article = False
        self._sections = self._secs = 0
        self._is_in_main = False
        self._mains: list[Lines] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        self._depth = depth = self._depth + 1
        if depth > self._most_nested:
            self.is_stopped = True
            self._limits.refuse("nesting", depth)
        if self._is_shut:
            if self._is_property:
                self._start_in_property(tag, attributes)
            return
        if attributes and (
            not _TOLD.isdisjoint(attributes) or len(attributes) > self._most_attributes
        ):
            is_told = self._begin_told(tag, attributes)
            if is_told:
                return
        if tag in _PLAIN_BLOCKS:
            self.data(BREAK)
        else:
            begin = self._at_start.get(tag)
            if begin is not None:
                begin(self, tag, attributes)

    def _start_in_property(self, tag: str, attributes: Attributes) -> None:
        """Begin an element that another tool may have added in a field of litrecord's markup."""
        if tag == "br":
            self.data("\n")
        elif tag in elements.LEFT_OUT:
            self._begin_left_out(tag, attributes)

    def end(self, tag: str) -> None:
        depth = self._depth
        self._depth = depth - 1
        while depth == self._ends_at:
            self._end_innermost()
        if tag in BLOCKS and not self._is_shut:
            self.data(BREAK)

    def close(self) -> RenderedPage:
        """Return the finished page."""
        self._end_all()
        form = self._form
        form.flush()
        if self._reader is None and any(map(form.has_text, self._mains)):
            self.asides.left_out["lines outside main"] += form.keep(self._mains)
        annotations, article = form.annotations(), None
        if self._reader is not None:
            offsets = form.offsets()
            article = (offsets[self._article.start], offsets[self._article.end])
            annotations = tuple(
                annotation for annotation in annotations if annotation.start >= article[0]
            )
        text = "\n".join(form.lines)
        asides = self.asides
        asides.left_out["formula given twice"] += form.repeated
        return RenderedPage(
            text, annotations, article, +asides.left_out, asides.json_ld, asides.metas,
            form.is_mended, self.replaced, form.headings, asides.addresses(),
        )  # fmt: skip

    def _begin_told(self, tag: str, attributes: Attributes) -> bool:
        """Handle an element by its attributes, and return whether that was all."""
        if len(attributes) > self._most_attributes:
            self.is_stopped = True
            self._limits.refuse("attributes", len(attributes))
        if tag not in elements.WHOLE and is_hidden(attributes):
            self._begin_left_out("hidden", attributes)
            return True
        if attributes.get("aria-hidden") == "true":
            self._begin_marked(DRAWN)
        if is_unseen(attributes):
            self._begin_unbelieved()
        name = str(attributes.get(elements.ATTRIBUTE, ""))
        if (name, tag) == (elements.ARTICLE, "article") and not (self._reader or self._unbelieved):
            self._begin_article()
        elif name in elements.PROPERTIES and self._is_in_article:
            return self._begin_property(name)
        return False

    def _begin_formula(self, tag: str, _: Attributes) -> None:
        self._form.has_formulas = True
        self._begin_marked(MARKS[tag.rpartition(":")[2]])

    def _begin_marked(self, marks: tuple[str, str]) -> None:
        self.data(marks[0])
        self._push(lambda: self.data(marks[1]))

    def _begin_left_out(self, name: str, attributes: Attributes) -> None:
        start = len(self._form.parts)
        was_property, self._is_property = self._is_property, False
        self._is_shut = True

        def end() -> None:
            self._is_shut = self._is_property = was_property
            text = self._form.take_parts(start)
            if self.asides.add_left_out(name, attributes, text):
                self._form.add_widget(attributes, text)

        self._push(end)

    def _put_back(self, name: str, attributes: Attributes) -> None:
        self._form.add_lines(self._widgets[name])
        self._begin_left_out("title", attributes)

    def _begin_dialog(self, _: str, attributes: Attributes) -> None:
        if "open" in attributes:
            self.data(BREAK)
        else:
            self._begin_left_out("hidden", attributes)

    def _begin_site(self, tag: str, attributes: Attributes) -> None:
        self.data(BREAK)
        if tag == "nav" or not self._sections:
            self._begin_left_out(tag, attributes)

    def _begin_raw(self, tag: str, _: Attributes) -> None:
        form = self._form
        form.flush()
        if tag in elements.TEXT_ONLY:
            self._begin_unbelieved()
        was_raw, form.is_raw = form.is_raw, True

        def end() -> None:
            form.flush()
            form.is_raw = was_raw

        self._push(end)

    def _begin_title(self, tag: str, attributes: Attributes) -> None:
        if self._secs:
            # The title of a section of JATS, not of the page.
            self._begin_marked((BREAK, BREAK))
        else:
            self._begin_left_out(tag, attributes)

    def _begin_section(self, tag: str, _: Attributes) -> None:
        self.data(BREAK)
        self._sections += 1
        self._secs += tag == "sec"
        start = -1
        if tag == "main" and not self._is_in_main:
            self._is_in_main = True
            self._form.flush()
            start = len(self._form.lines)

        def end() -> None:
            self._sections -= 1
            self._secs -= tag == "sec"
            if start >= 0:
                self._is_in_main = False
                self._form.flush()
                self._mains.append(Lines(start, len(self._form.lines)))

        self._push(end)

    def _begin_heading(self, _: str, __: Attributes) -> None:
        self.data(BREAK)
        start = len(self._form.parts)
        self._push(lambda: self._form.end_heading(start))

    def _begin_table(self, _: str, __: Attributes) -> None:
        self._form.begin_table()
        self._in_head(False)

    def _begin_head(self, _: str, __: Attributes) -> None:
        self.data(BREAK)
        self._in_head(True)

    def _in_head(self, is_head: bool) -> None:
        was_head, self._form.is_head = self._form.is_head, is_head

        def end() -> None:
            self._form.is_head = was_head

        self._push(end)

    def _begin_row(self, _: str, __: Attributes) -> None:
        self._form.begin_row()
        self._push(self._form.end_row)

    def _begin_article(self) -> None:
        self._form.flush()
        self._form.has_own_annotations = True
        reader = self._reader = ArticleReader()
        start = len(self._form.lines)
        self._is_in_article = True

        def end() -> None:
            self._form.flush()
            self._form.add_properties(reader.end())
            self._article = Lines(start, len(self._form.lines))
            self._is_in_article = False

        self._push(end)

    def _begin_property(self, name: str) -> bool:
        """Begin a field, and return whether its element contains no other fields."""
        assert self._reader is not None
        reader, form = self._reader, self._form
        form.flush()
        self._is_shut = self._is_property = is_field = name != elements.GROUP

        def end() -> None:
            self._is_shut = self._is_property = False
            if not is_field:
                form.flush()
            form.add_properties(reader.read(name, form.take_parts()))

        self._push(end)
        return is_field


_AT_START: dict[str, _Begin] = {
    **dict.fromkeys(elements.RAW, Flattener._begin_raw),
    **dict.fromkeys(elements.LEFT_OUT, Flattener._begin_left_out),
    **dict.fromkeys(("mml:annotation", "mml:annotation-xml"), Flattener._begin_left_out),
    **dict.fromkeys(ELEMENTS, Flattener._begin_formula),
    **dict.fromkeys(elements.OF_THE_SITE, Flattener._begin_site),
    **dict.fromkeys(elements.SECTIONING, Flattener._begin_section),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Flattener._begin_heading),
    "title": Flattener._begin_title,
    "td": lambda flattener, *_: flattener.data(CELL),
    "th": lambda flattener, *_: flattener._form.begin_heading_cell(),
    "dialog": Flattener._begin_dialog,
    "nav": Flattener._begin_site,
    "meta": lambda flattener, _, attributes: flattener.asides.add_meta(attributes),
    "link": lambda flattener, _, attributes: flattener.asides.add_link(attributes),
    "table": Flattener._begin_table,
    "thead": Flattener._begin_head,
    "tr": Flattener._begin_row,
}
"""The action at the start of an element, if it does more than begin a line."""

_PLAIN_BLOCKS = (BLOCKS | {"br"}) - _AT_START.keys()
