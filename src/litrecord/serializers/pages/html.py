"""Writer of HTML: a safe article for people, which litrecord reads back.

Grammar of the output::

    fragment = article                                        ; its fields: `_html.microdata`
    article  = [ title ] [ authors ] [ identifiers ] [ abstract ] [ keywords ] [ indicators ]
               [ instances ] [ widget ]                       ; a heading and a section each
               [ stylesheet ]                                 ; of a fragment, if it has one
    page     = head "<main>" article "</main>"                ; full=True
    head     = charset, policy, title, stylesheet, metadata     ; `metadata`

All values are written as text. Only ``&``, ``<``, ``>`` and ``"`` are named character references,
which every parser reads alike. The only addresses are those of
resolvers, built by `Identifier.url`; the widget is text to be copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from litrecord._scripts.widget import query_of
from litrecord._validation import require_bool
from litrecord._values.identifier import Identifier
from litrecord._values.indicators import Indicator, IndicatorTable
from litrecord._values.instance import Instance
from litrecord._values.shown import first_words
from litrecord._values.source_lines import BETWEEN, LICENSE, SOURCES
from litrecord._values.widget import ScriptWidget
from litrecord._vocabularies.elements import ARTICLE, ATTRIBUTE, GROUP
from litrecord.errors import InvalidValueError, repr_of
from litrecord.model import Record
from litrecord.serializers.pages.page import (
    MEANINGS,
    css_of,
    escape,
    scale,
    style_element,
    whole_page,
)

Writable = (
    Record | ScriptWidget | Identifier | IndicatorTable | Instance | str | Sequence[Any] | None
)
"""The values that have HTML: a record, or the value of one of its fields."""

_NO_TITLE = "Literature record"
_LONGEST_TITLE = 100
_MOST_LEVELS = 6


def to_html(
    value: Writable,
    *,
    full: bool = False,
    widget: Literal["text", "live"] = "text",
    heading: int | None = None,
    style: bool | str | None = None,
) -> str:
    """Return a record, or one part of it, as HTML.

    value
        a Record, a ScriptWidget, an Identifier, an IndicatorTable, an Instance, an abstract as
        str, a sequence of Identifiers, of Instances or of keywords; None for a missing part.
    full
        a whole page with a stylesheet and JSON-LD, instead of an ``<article>`` for a page. Unless
        its widget is live, the page loads nothing, which its security policy enforces.
    widget
        "text" shows the script for copying. "live" adds it as a script that runs, only if it is
        trusted, and built again from its parameters.
    heading
        the level of the first heading of a fragment, 1 to 5; None is 2. A page begins with 1.
    style
        True adds litrecord's own stylesheet, False adds none, a str is other CSS. None is True for
        a page and False for a fragment. In a fragment litrecord's own stylesheet overrides others.

    `parse_record` reads the same record from the output, if its limits allow the number of lines,
    identifiers, rows and terms. Raises InvalidValueError if value has another type, if an option is
    not valid, or if widget is "live" and the widget is not trusted.

    >>> print(litrecord.to_html(["Maps", "Coasts & isles"]))
    <article class="litrecord" data-litrecord="1">
    <section>
    <h2>Keywords</h2>
    <ul>
    <li data-litrecord="keyword" dir="auto">Maps</li>
    <li data-litrecord="keyword" dir="auto">Coasts &amp; isles</li>
    </ul>
    </section>
    </article>
    """
    record = _record_of(value)
    require_bool(full, "full")
    is_live = _require_widget(record.widget, widget)
    level = _level_of(heading, full)
    css = css_of(style, full)
    article = _article(record, is_live, level, full)
    if full:
        return _page(record, article, css, is_live)
    return "\n".join([*article[:-1], *([style_element(css)] if css else []), article[-1]])


def _record_of(value: Any) -> Record:
    match value:
        case Record():
            return value
        case None:
            return Record()
        case ScriptWidget():
            return Record(widget=value)
        case Identifier() | Instance():
            return _record_of([value])
        case IndicatorTable():
            return Record(indicators=value)
        case str():
            return Record(abstract=value)
        case [Identifier(), *_]:
            return Record(identifiers=value)
        case [Instance(), *_]:
            return Record(instances=value)
        case [*_]:
            return Record(keywords=value)
    hint = ": pass its record" if hasattr(value, "record") else ""
    kind = type(value).__name__
    raise InvalidValueError(f"expected a Record or a part of one, got {kind}{hint}", path="value")


def _require_widget(found: ScriptWidget | None, widget: object) -> bool:
    """Return whether the widget runs; raise InvalidValueError if it must not."""
    if widget not in ("text", "live"):
        raise InvalidValueError(f"expected 'text' or 'live', got {repr_of(widget)}", path="widget")
    if widget == "text" or found is None:
        return False
    if not found.is_trusted:
        raise InvalidValueError(
            f"{found.source_url!r:.200} is not an https address of the portal: write it as 'text'",
            path="widget",
        )
    return True


def _level_of(heading: object, full: bool) -> int:
    """Return the level of the first heading; raise InvalidValueError if it is not valid."""
    if heading is None:
        return 1 if full else 2
    if type(heading) is not int or not 1 <= heading < _MOST_LEVELS:
        message = f"expected a level from 1 to {_MOST_LEVELS - 1}, got {repr_of(heading)}"
        raise InvalidValueError(message, path="heading")
    if full and heading > 1:
        raise InvalidValueError(
            f"expected 1 for a page, got {heading}: leave it out", path="heading"
        )
    return heading


def _article(record: Record, is_live: bool, top: int, full: bool) -> list[str]:
    title = []
    if record.title:
        title = [_field(f"h{top}", "title", record.title, ' dir="auto"')]
    elif full:
        title = [f"<h{top}>{_NO_TITLE}</h{top}>"]
    heading = f"h{top + len(title)}"
    parts = (
        ("Authors", _list("author", record.authors)),
        ("Identifiers", _identifiers(record.identifiers)),
        ("Abstract", _abstract(record.abstract)),
        ("Keywords", _list("keyword", record.keywords)),
        ("Indicators", _indicators(record.indicators)),
        ("Instances", _instances(record.instances)),
        ("Script widget", _widget(record, is_live)),
    )
    sections = [
        line
        for name, lines in parts
        if lines
        for line in ("<section>", f"<{heading}>{name}</{heading}>", *lines, "</section>")
    ]
    opening = f'<article class="litrecord" {ATTRIBUTE}="{ARTICLE}">'
    return [opening, *title, *sections, "</article>"]


def _field(tag: str, name: str, text: str, attributes: str = "") -> str:
    return f'<{tag} {ATTRIBUTE}="{name}"{attributes}>{escape(text)}</{tag}>'


def _list(name: str, values: Iterable[str]) -> list[str]:
    items = [_field("li", name, value, ' dir="auto"') for value in values]
    return ["<ul>", *items, "</ul>"] if items else []


def _identifiers(identifiers: Iterable[Identifier]) -> list[str]:
    lines = []
    for scheme, together in groupby(identifiers, lambda found: found.scheme):
        lines += ["<div>", _field("dt", "scheme", scheme)]
        lines += [f"<dd>{_identifier(found)}</dd>" for found in together]
        lines.append("</div>")
    return ["<dl>", *lines, "</dl>"] if lines else []


def _identifier(identifier: Identifier) -> str:
    shown = _field("span", "identifier", identifier.value)
    if not identifier.is_valid:
        return f"{shown} <em>not valid</em>"
    address = identifier.url
    return f'<a href="{escape(address)}" rel="noreferrer">{shown}</a>' if address else shown


def _abstract(abstract: str | None) -> list[str]:
    paragraphs = abstract.split("\n") if abstract else []
    return [_field("p", "abstract", paragraph, ' dir="auto"') for paragraph in paragraphs]


def _indicators(table: IndicatorTable) -> list[str]:
    if not table:
        return []
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Indicator", "Value", "Class"))
    return [
        "<table>",
        "<caption>Impact and usage of this work, as the portal printed them</caption>",
        f"<thead><tr>{heads}</tr></thead>",
        "<tbody>",
        *map(_row, table),
        "</tbody>",
        "</table>",
    ]


def _row(row: Indicator) -> str:
    label = _field("span", "label", row.label)
    description = _field("small", "description", row.description) if row.description else ""
    value = _field("span", "value", row.printed)
    found = row.impact_class
    boxes = f"{scale(found)} <small>{MEANINGS[found]}</small>" if found else ""
    return f'<tr><th scope="row">{label} {description}</th><td>{value}</td><td>{boxes}</td></tr>'


def _instances(instances: Iterable[Instance]) -> list[str]:
    items = [f'<li {ATTRIBUTE}="{GROUP}">{_instance(found)}</li>' for found in instances]
    return ["<ul>", *items, "</ul>"] if items else []


def _instance(found: Instance) -> str:
    """Return the lines of an instance, as pages print them."""

    def fields(*names: str) -> list[str]:
        values = [(name, getattr(found, name)) for name in names]
        return [shown(name, str(value)) for name, value in values if value]

    def shown(name: str, value: str) -> str:
        return _field("span", name, value, ' dir="auto"')

    sources = [shown("collected_from", name) for name in found.collected_from]
    lines = [
        *fields("hosted_by"),
        BETWEEN.join(fields("type", "year", "refereed")),
        *[f"{LICENSE} {printed}" for printed in fields("license")],
        f"{SOURCES} {'; '.join(sources)}" if sources else "",
    ]
    return "".join([f"<div>{line}</div>" for line in lines if line])


def _widget(record: Record, is_live: bool) -> list[str]:
    """Return the widget, folded unless there is nothing else."""
    widget = record.widget
    if widget is None:
        return []
    lines = [
        "<details open>" if record == Record(widget=widget) else "<details>",
        "<summary>Script to be copied into another page</summary>",
        "<pre>" + _field("code", "widget", widget.markup) + "</pre>",
        "</details>",
    ]
    if is_live:
        address = escape(_address_anew(widget))
        lines += ['<div id="oa_widget"></div>', f'<script src="{address}"></script>']
    return lines


def _address_anew(widget: ScriptWidget) -> str:
    """Return the address of a trusted widget, built from its parts."""
    url = widget.source_url or ""
    address = urlsplit(url)
    query = urlencode(query_of(url))
    path = quote(address.path or "/", safe="/%:@!$&'()*+,;=~")
    return f"https://{address.hostname}{path}" + (f"?{query}" if query else "")


def _page(record: Record, article: list[str], css: str, is_live: bool) -> str:
    from litrecord.serializers.pages.metadata import metadata_of

    title = record.title or first_words(record.abstract or "", _LONGEST_TITLE) or _NO_TITLE
    return whole_page(title, css, article, metadata_of(record), is_closed=not is_live)
