"""Public parser functions: a record, a document, or one part."""

from __future__ import annotations

from typing import Unpack

from litrecord._reading.decoding import Source
from litrecord._reading.options import CheckedOptions, Markup, ReadOptions, checked
from litrecord._reading.pipeline import diagnostics_of, read, sections_of
from litrecord._values.identifier import Identifier
from litrecord._values.indicators import IndicatorTable
from litrecord._values.widget import ScriptWidget
from litrecord.document import Document
from litrecord.limits import DEFAULT_LIMITS, Limits
from litrecord.model import Record


def parse_record(
    source: Source,
    *,
    url: str | None = None,
    markup: Markup = "auto",
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Record:
    """Read the record that a page prints.

    source
        a page as str or bytes: its HTML, MHTML or text, perhaps compressed with gzip. Or a path, an
        open stream, or an object that opens like zipfile.Path. Or a response of requests, httpx or
        urllib, a bs4 Tag or soup, an lxml element or tree. A str is always content, never a path: a
        str that is a path or an address is refused.
    url
        the page's address; its identifier is added last, if the page does not print it. None to
        use the address that is found in the source.
    markup
        "html", "text", or "auto", which detects the form by the rule in docs/html. A Tag or an
        element is always HTML.
    encoding
        of bytes and paths. None to detect it by the rule in docs/html: a byte order mark, UTF-8
        (which may be cut or damaged), the declaration of the page, windows-1252.
    strict
        raise ParseError if any printed text became no value, or the text is not a landing page.
    limits
        the largest source to read.

    Returns a Record, which is empty if the text has none. Raises InvalidValueError if markup,
    encoding, strict or limits is not valid. Raises SourceError if source cannot be read or is a
    file of another type, or if url is not a str. Raises DecodeError, a SourceError, if the encoding
    is unknown or the bytes are not valid in it; LimitError if source is larger than limits allow;
    ParseError if strict and the text has an error. It raises nothing else.

    >>> record = litrecord.parse_record("pmid: 21496615\\nOld maps err.\\n| citations | 70 | |\\n")
    >>> record.pmid, record.abstract, record.indicators["citations"].count
    ('21496615', 'Old maps err.', 70)
    """
    return read(source, url, checked(markup, encoding, strict, limits))[0]


def parse_document(
    source: Source,
    *,
    url: str | None = None,
    markup: Markup = "auto",
    encoding: str | None = None,
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Read a page with its record, and the place of every value in the text.

    Takes and raises what `parse_record` does. Returns a Document: its sections tile the decoded
    text, and its diagnostics list what was wrong, guessed or added.

    >>> document = litrecord.parse_document("Old maps err.\\n| citations | 70 | |\\n| views | 2")
    >>> print(document.diagnostics[0])
    error[cut-row] line 3, column 1: this row is cut, or has no value
      | views | 2
      ^
      What to do: Look at the row: no value was made of it. If it is cut, fetch the page again.
    """
    record, decoded, segmented = read(source, url, checked(markup, encoding, strict, limits))
    # First, since it needs memory for a copy of the text: there are no sections yet.
    said = diagnostics_of(decoded, segmented)
    text, segments, dress = decoded[0], segmented.segments, segmented.dress
    sections = tuple(sections_of(text, segments if dress is None else dress.segments(segments)))
    return Document(text, sections, said, record, tuple(segments), dress)


def parse_widget(source: Source, **options: Unpack[ReadOptions]) -> ScriptWidget | None:
    """Read the script widget of a page, or None; takes and raises what `parse_record` does.

    >>> litrecord.parse_widget("Old maps err.") is None
    True
    """
    return read(source, None, CheckedOptions(**options))[0].widget


def parse_identifiers(
    source: Source, *, url: str | None = None, **options: Unpack[ReadOptions]
) -> tuple[Identifier, ...]:
    """Read the identifiers of a page; takes and raises what `parse_record` does.

    >>> litrecord.parse_identifiers("handle: 11573/406812 , 11584/235094\\n")[1].value
    '11584/235094'
    """
    return read(source, url, CheckedOptions(**options))[0].identifiers


def parse_abstract(source: Source, **options: Unpack[ReadOptions]) -> str | None:
    """Read the abstract of a page, a paragraph a line, or None.

    Takes and raises what `parse_record` does.

    >>> litrecord.parse_abstract("pmid: 7\\nOld maps err.\\nPeer reviewed\\n")
    'Old maps err.\\nPeer reviewed'
    """
    return read(source, None, CheckedOptions(**options))[0].abstract


def parse_keywords(source: Source, **options: Unpack[ReadOptions]) -> tuple[str, ...]:
    """Read the keywords of a page; takes and raises what `parse_record` does.

    Keywords are a line that the page repeats. For a single line nothing is guessed: use
    `split_keywords`.

    >>> litrecord.parse_keywords("Old maps err.\\n" + 2 * "Mice, Knockout, Humans\\n")
    ('Mice, Knockout', 'Humans')
    """
    return read(source, None, CheckedOptions(**options))[0].keywords


def parse_indicators(source: Source, **options: Unpack[ReadOptions]) -> IndicatorTable:
    """Read the indicator table of a page; takes and raises what `parse_record` does.

    >>> litrecord.parse_indicators("| popularity | Top 10% | |\\n")["popularity"].impact_class.code
    'C4'
    """
    return read(source, None, CheckedOptions(**options))[0].indicators
