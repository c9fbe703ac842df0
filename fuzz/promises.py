"""What litrecord promises of any input: a function a target, which raises where it does not hold.

This is the one place that states them. Nothing here needs atheris, pytest or hypothesis, so that
tests/ asks the same of its inputs, by `check_source`, `check_values`, or as the fuzzer does::

    check("text", b"pmid: 21496615")

Bytes become text as UTF-8, each byte that is none as a lone surrogate, so no two inputs are one
text. What takes long is asked of one input in `_OF_PAGES` or `_OF_PARTS`, told by its
checksum, so that an input that was found shows the same again.
"""

from __future__ import annotations

import contextlib
import html
import io
import pickle
import re
import warnings
import zlib
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import bs4
import lxml.etree
import lxml.html
import pyarrow as pa

import litrecord
from litrecord import (
    Document,
    Identifier,
    Indicator,
    IndicatorTable,
    Record,
    ScriptWidget,
    Severity,
    arrow,
)
from litrecord._characters import clean
from litrecord._html import text_form
from litrecord._reading.decoding import Element
from litrecord._scripts import scanner
from litrecord._text import lexer
from litrecord._vocabularies.elements import LEFT_OUT
from litrecord._vocabularies.identifiers import has_syntax

_OF_PAGES = 32
_OF_PARTS = 512
PARTS: dict[str, Callable[..., object]] = {
    "widget": litrecord.parse_widget,
    "identifiers": litrecord.parse_identifiers,
    "abstract": litrecord.parse_abstract,
    "keywords": litrecord.parse_keywords,
    "indicators": litrecord.parse_indicators,
}
_UTF_8 = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
_ESCAPED = frozenset({"ark", "doi", "handle", "openaire"})
"""The schemes in whose addresses escapes are decoded."""
_OTHERWISE_IN_TREES = re.compile(
    r"<script|&#|</html|</body|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", re.I
)
"""What a tree does not hold, or holds as something else, than HTML has it."""
_LEFT_OUT = re.compile(
    rf"<(?:{'|'.join(LEFT_OUT)}|dialog|footer|header|main|!|\?)|hidden|style|data-litrecord", re.I
)
_BLANKS = re.compile(r"[\s\x00-\x20\ufffd\u200b\ufeff]+")


def check(target: str, data: bytes) -> None:
    """Run an input through the promises of a target, in silence: what is said there is a fault."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), warnings.catch_warnings():
        warnings.simplefilter("error")
        TARGETS[target](data)
    assert not said.tell(), f"on standard error: {said.getvalue()}"


def text_of(data: bytes) -> str:
    """Return the text that an input stands for."""
    return data.decode("utf-8", "surrogateescape")


def _is_sampled(data: bytes, share: int) -> bool:
    return zlib.crc32(data) % share == 0


def _is_of_no_page(error: litrecord.SourceError) -> bool:
    """Tell whether an error names a file of another type, a path or an address."""
    return error.message.startswith("expected a page, found ")


def check_source(source: str | bytes) -> None:
    """A source gives a record, the same by every reader, or our error; nothing of it is lost."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            document = litrecord.parse_document(source)
        except litrecord.LitrecordError as error:
            _check_error(error)
            return
        _check_document(document)
        _check_reading(source, document)


def check_text(data: bytes) -> None:
    """Text is read, and is what the sections hold; or it is no page, or a limit refuses it."""
    text = text_of(data)
    try:
        document = litrecord.parse_document(text, markup="text")
    except litrecord.LimitError:
        return
    except litrecord.SourceError as error:
        is_other = _is_of_no_page(error)
        assert is_other
        return
    assert document.text == text
    _check_document(document)
    if _is_sampled(data, _OF_PAGES):
        _check_reading(text, document, markup="text")


def check_bytes(data: bytes) -> None:
    """Bytes are read, whatever they hold, or are refused where they are packed wrongly."""
    limits = litrecord.Limits(unpacked_bytes=1_000_000)
    try:
        document = litrecord.parse_document(data, limits=limits)
    except litrecord.LimitError:
        return
    except litrecord.SourceError as error:
        # Only what is packed, is binary data, or is a file of another type, can be no page.
        is_other = _is_of_no_page(error)
        assert is_other or data.startswith(b"\x1f\x8b") or b"\0" in data[:1024]
        return
    _check_document(document)
    if _is_sampled(data, _OF_PAGES):
        _check_reading(data, document, limits=limits)


def check_html(data: bytes) -> None:
    """HTML is read; or it is no page, or a limit refuses it."""
    text = text_of(data)
    try:
        document = litrecord.parse_document(text, markup="html")
    except litrecord.LimitError:
        return
    except litrecord.SourceError as error:
        is_other = _is_of_no_page(error)
        assert is_other
        return
    _check_document(document)
    if _is_sampled(data, _OF_PAGES):
        _check_reading(text, document, markup="html")


def check_nodes(data: bytes) -> None:
    """What bs4 and lxml make of HTML is read, or a limit refuses it.

    A tree of XML that was mended may hold lone surrogates, which lxml cannot make a str of.
    """
    text = text_of(data)
    for build in (_soup_of, _tree_of, _xml_tree_of):
        node = build(text)
        if node is None:
            continue
        try:
            document = litrecord.parse_document(node)
        except litrecord.LimitError:
            continue
        except litrecord.SourceError:
            assert build is _xml_tree_of
            continue
        _check_document(document)
        if build is _tree_of:
            _check_tree(node, document.text, text)


def check_dressed(data: bytes) -> None:
    """A text that is shown in a page, a paragraph a line, loses no character of it."""
    text = clean(text_of(data))
    lines = text.replace("\r", "\n").split("\n")
    page = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    document = litrecord.parse_document(f"<div>{page}</div>", markup="html")
    assert _BLANKS.sub("", document.text) == _BLANKS.sub("", text)
    _check_document(document)


def check_widget(data: bytes) -> None:
    """A widget is read, and runs only where it is on openaire.eu."""
    text = text_of(data)
    found = litrecord.parse_widget(text, markup="text")
    if found is not None:
        _check_widget(found)
    if text.strip():
        _check_widget(ScriptWidget(text))
        with contextlib.suppress(litrecord.InvalidValueError):
            _check_widget(ScriptWidget.from_url(text))
    _check_part("widget", found, data)


def check_identifiers(data: bytes) -> None:
    """Identifier lines are read, below the address of their page."""
    text = text_of(data)
    address, _, rest = text.partition("\n")
    found = litrecord.parse_identifiers(rest, url=address, markup="text")
    for identifier in found:
        _check_identifier(identifier)
    if _is_sampled(data, _OF_PARTS):
        document = litrecord.parse_document(rest, url=address, markup="text")
        assert document.record.identifiers == found
        _check_document(document)


def check_abstract(data: bytes) -> None:
    """An abstract is read, with its markup unwrapped."""
    _check_part("abstract", litrecord.parse_abstract(text_of(data), markup="text"), data)


def check_keywords(data: bytes) -> None:
    """A keyword line loses nothing but separators, and is split once."""
    text = text_of(data)
    try:
        keywords = litrecord.split_keywords(text)
    except litrecord.InvalidValueError:
        assert re.search(r"[\r\n]", text.strip())
        return
    joined = "".join(keywords)
    assert re.sub(r"[\s,]+", "", joined) == re.sub(r"[\s,]+", "", clean(text.strip()))
    record = Record(keywords=keywords)
    assert record.keywords == keywords
    if _is_sampled(data, _OF_PARTS):
        check_written(record)


def check_indicators(data: bytes) -> None:
    """Rows are read, or the line is named that is none."""
    try:
        table = IndicatorTable.parse(text_of(data))
    except (litrecord.ParseError, litrecord.InvalidValueError) as error:
        _check_error(error)
        return
    for row in table:
        assert table[row.name] is row
        assert table.get(row.label) is row
        assert row.count is None or row.count >= 0
        assert row.count is None or row.impact_class is None
        assert row.is_rounded <= (row.count is not None)
    if _is_sampled(data, _OF_PARTS):
        check_written(Record(indicators=table))


def check_identifier(data: bytes) -> None:
    """One identifier is read, in a form that stays as it is."""
    text = text_of(data)
    try:
        found = Identifier.parse(text)
    except (litrecord.ParseError, litrecord.InvalidValueError) as error:
        _check_error(error)
        return
    _check_identifier(found)
    if _is_sampled(data, _OF_PARTS):
        check_written(Record(identifiers=[found]))


def check_json(data: bytes) -> None:
    """JSON is a record, or what is wrong with it is said."""
    for source in (data, text_of(data)):
        try:
            record = litrecord.from_json(source)
        except (litrecord.ParseError, litrecord.InvalidValueError, litrecord.DecodeError) as error:
            _check_error(error)
        else:
            check_written(record)


def check_record(data: bytes) -> None:
    """Any record is written in every form, and read back.

    Its fields are the lines of the input, each by its first letter.
    """
    values: dict[str, list[str]] = {}
    for line in text_of(data).split("\n"):
        values.setdefault(line[:1], []).append(line[1:])
    try:
        record = Record(
            widget=ScriptWidget("\n".join(values["w"])) if "w" in values else None,
            identifiers=[
                Identifier(scheme, value)
                for scheme, _, value in (line.partition(":") for line in values.get("i", ()))
            ],
            abstract="\n".join(values["a"]) if "a" in values else None,
            keywords=values.get("k", ()),
            indicators=[Indicator(*[*line.split("|", 2), ""][:3]) for line in values.get("r", ())],
            title=values["t"][0] if "t" in values else None,
            authors=values.get("n", ()),
        )
    except litrecord.InvalidValueError as error:
        _check_error(error)
        return
    check_written(record)


def check_memory(data: bytes) -> None:
    """A page, below a NUL, is read as if nothing had been read before."""
    before, _, page = text_of(data).partition("\0")
    with contextlib.suppress(litrecord.LimitError):
        _forget()
        litrecord.parse_record(before)
        document = litrecord.parse_document(page)
        _forget()
        assert litrecord.parse_document(page) == document


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": check_text,
    "bytes": check_bytes,
    "html": check_html,
    "nodes": check_nodes,
    "dressed": check_dressed,
    "widget": check_widget,
    "identifiers": check_identifiers,
    "abstract": check_abstract,
    "keywords": check_keywords,
    "indicators": check_indicators,
    "identifier": check_identifier,
    "json": check_json,
    "record": check_record,
    "memory": check_memory,
}
"""What can be fuzzed, by name."""


def _soup_of(text: str) -> bs4.Tag | None:
    """Return the soup of HTML; what bs4 and html.parser refuse or warn of is not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return bs4.BeautifulSoup(text, "html.parser")
        except (bs4.ParserRejectedMarkup, AssertionError, ValueError, RecursionError):
            return None


def _tree_of(text: str) -> Element | None:
    try:
        root: Element = lxml.html.document_fromstring(text.encode("utf-8", "replace"), _UTF_8)
    except (lxml.etree.LxmlError, ValueError):
        return None
    return root


def _xml_tree_of(text: str) -> Element | None:
    parser = lxml.etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True)
    try:
        root: Element | None = lxml.etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (lxml.etree.LxmlError, ValueError):
        return None
    return root


def _check_tree(root: Any, text: str, page: str) -> None:
    """Ask for the text form of HTML that its tree has, and for each of its characters."""
    if _OTHERWISE_IN_TREES.search(page):
        return
    assert litrecord.parse_document(page, markup="html").text == text
    if not _LEFT_OUT.search(page):
        held, left = (
            Counter(_BLANKS.sub("", found).replace("|", ""))
            for found in (root.xpath("string()"), text)
        )
        assert held == left


def _check_document(document: Document) -> None:
    """Ask for sections that tile the text, and for the places of values and diagnostics in it."""
    text = document.text
    assert "".join([section.text for section in document.sections]) == text
    at = 0
    for section in document.sections:
        assert section.span.start == at
        at = section.span.end
    for found in document.diagnostics:
        assert found.text == text
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert str(found)
    check_values(document)


def check_values(document: Document) -> None:
    """Hold every span against the value of the record that it is of."""
    record, spans, text = document.record, document.spans, clean(document.text)
    if spans.widget is not None:
        assert record.widget == ScriptWidget(spans.widget.of(text))
    assert (spans.widget is None) == (record.widget is None)
    assert len(spans.identifiers) == len(record.identifiers)
    for identifier, span in zip(record.identifiers, spans.identifiers, strict=True):
        assert span is None or Identifier(identifier.scheme, span.of(text)) == identifier
    for values, places in ((record.keywords, spans.keywords), (record.authors, spans.authors)):
        assert [place and place.of(text) for place in places] == list(values)
    assert spans.title is None or spans.title.of(text) == record.title
    assert len(spans.indicators) == len(record.indicators)
    for row, row_spans in zip(record.indicators, spans.indicators, strict=True):
        assert row_spans.label.of(text) == row.label
        assert row_spans.printed.of(text) == row.printed
        assert ((row_spans.description and row_spans.description.of(text)) or "") == row.description
    assert len(spans.instances) == len(record.instances)
    for instance, told in zip(record.instances, spans.instances, strict=True):
        assert [span.of(text) for span in told.collected_from] == list(instance.collected_from)
        for name in ("hosted_by", "type", "year", "refereed", "license"):
            value, place = getattr(instance, name), getattr(told, name)
            assert (place and place.of(text)) == (value and str(value)), name
    if "unwrapped-markup" not in {found.code for found in document.diagnostics}:
        lines = [span.of(text) for span in spans.abstract]
        assert "\n".join(lines) == (record.abstract or "")


def _check_reading(source: str | bytes, document: Document, **options: Any) -> None:
    """Ask all readers of a source for the same record."""
    record = document.record
    _forget()
    assert litrecord.parse_record(source, **options) == record
    for field, parse in PARTS.items():
        assert parse(source, **options) == getattr(record, field), field
    errors = [found for found in document.diagnostics if found.severity is Severity.ERROR]
    raised: list[litrecord.Diagnostic] = []
    try:
        assert litrecord.parse_record(source, strict=True, **options) == record
    except litrecord.ParseError as error:
        raised += error.diagnostics
        _check_error(error)
    assert raised == errors
    if isinstance(source, bytes):
        _forget()
        assert litrecord.parse_record(io.BytesIO(source), **options) == record
        assert litrecord.parse_record(bytearray(source), **options) == record
        pages = pa.record_batch({"text": pa.array([source], pa.binary())})
        assert arrow.table_to_records(arrow.parse_batch(pages, **options)) == [record]
    assert document._repr_html_()
    check_written(record)


def _forget() -> None:
    """Empty what is remembered of texts that were read before: it must change no result."""
    for memory in (scanner._WIDGETS_SEEN, text_form._ROWS_SEEN):
        memory.clear()
    lexer._read_piped.cache_clear()


def _check_part(field: str, found: object, data: bytes) -> None:
    if not _is_sampled(data, _OF_PARTS):
        return
    document = litrecord.parse_document(text_of(data), markup="text")
    assert getattr(document.record, field) == found
    _check_document(document)
    check_written(document.record)


def check_written(record: Record) -> None:
    """Ask all writers for what reads back as the same record."""
    assert litrecord.from_json(litrecord.to_json(record)) == record
    assert litrecord.parse_record(litrecord.to_html(record)) == record
    page = litrecord.to_html(record, full=True)
    assert litrecord.parse_record(page.encode()) == record
    text = litrecord.to_text(record)
    try:
        exact = litrecord.to_text(record, exact=True)
    except litrecord.UnrepresentableError as error:
        _check_error(error)
        assert litrecord.parse_record(text) != record
    else:
        assert exact == text
        assert litrecord.parse_record(text) == record
    assert litrecord.to_row(record)
    assert litrecord.to_ris(record, keys={}).endswith("\nER  - \n")
    assert litrecord.to_bibtex(record, keys={}).endswith("\n}\n")
    product = litrecord.to_openaire(record)
    assert litrecord.to_openaire(litrecord.from_openaire(product)).keys() <= product.keys()
    assert litrecord.to_jsonld(record)["@context"] == "https://schema.org"
    assert litrecord.to_csl(record, keys={}) == litrecord.to_csl(record)
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301
    assert len({record, record}) == 1


def _check_widget(widget: ScriptWidget) -> None:
    address = widget.source_url
    assert widget.entity_type == widget.parameters.get("type")
    assert widget.project_id != ""
    assert widget.container_id != ""
    if address is None or not widget.is_trusted:
        return
    page = litrecord.to_html(widget, widget="live")
    (loaded,) = re.findall(r'<script src="([^"]*)">', page)
    host = urlsplit(html.unescape(loaded)).hostname or ""
    assert host == "openaire.eu" or host.endswith(".openaire.eu")
    assert loaded.startswith("https://")


def _check_identifier(identifier: Identifier) -> None:
    again = Identifier(identifier.scheme, identifier.value)
    assert again == identifier
    assert again.is_valid == identifier.is_valid
    if identifier.is_valid and has_syntax(identifier.scheme):
        assert Identifier.parse(identifier.curie) == identifier
        address = identifier.url
        if address is not None:
            assert address.isascii()
            if identifier.scheme in _ESCAPED or "%" not in address:
                assert Identifier.parse(address) == identifier


def _check_error(error: litrecord.LitrecordError) -> None:
    """Ask an error for what it says."""
    assert error.message
    for found in error.diagnostics[:10]:
        assert 0 <= found.span.start <= found.span.end <= len(found.text)
    assert str(error)
