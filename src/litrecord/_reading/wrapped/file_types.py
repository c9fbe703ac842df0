"""Detection of sources that are not a page: other file types, or a path or address as a str.

Grammar of a str that is one path or address, without whitespace and quotes around it::

    name    = path / address
    path    = "file:/" *character
            / root *character                  ; no space, unless it ends in an extension
            / *character "." extension         ; no mark of a sentence: see annex.pdf
    root    = "/" name "/" / "~/" / "./" / "../" / letter ":/" / "\\\\" host "\\"
    address = scheme "://" *character / host "/" *character      ; no space
    host    = 1*( name "." ) 2*letter
"""

from __future__ import annotations

import re
from functools import cache

from litrecord.errors import SourceError

_EXTRACT = "extract it, and pass the pages in it"
_SAVE = "pass the landing page, as HTML or as text"
_AS_HTML = "save the page as HTML only"
_BY_NAME = "pass its path to litrecord.files.iter_file, with the suffix of its format"
_AS_WARC = "make a WARC archive of it, and pass the path of that"

_TYPES = (
    # the pattern of its first bytes; the name of the type; what to do
    (rb"PK\x03\x04.*?word/document\.xml", "a Word document", _SAVE),
    (rb"PK\x03\x04.*?xl/workbook\.", "an Excel workbook", _SAVE),
    (rb"PK\x03\x04.*?ppt/presentation\.xml", "a PowerPoint presentation", _SAVE),
    (rb"PK\x03\x04.{26}mimetype.{0,64}?application/epub", "an EPUB book", _SAVE),
    (rb"PK\x03\x04.{26}mimetype.{0,64}?application/vnd\.oasis", "an OpenDocument file", _SAVE),
    (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", "a zip archive", _EXTRACT),
    (rb".{257}ustar", "a tar archive", _EXTRACT),
    (rb"\x1f\x8b", "gzip data within gzip data", _EXTRACT),
    (rb"\x1f\x9d", "data of compress", _EXTRACT),
    (rb"BZh[1-9]1AY&SY", "bzip2 data", _EXTRACT),
    (rb"\xfd7zXZ\x00", "xz data", _EXTRACT),
    (rb"\x28\xb5\x2f\xfd", "zstd data", _EXTRACT),
    (rb"\x04\x22\x4d\x18", "lz4 data", _EXTRACT),
    (rb"7z\xbc\xaf\x27\x1c", "a 7z archive", _EXTRACT),
    (rb"Rar!\x1a\x07", "a RAR archive", _EXTRACT),
    (rb"%PDF-", "a PDF document", _SAVE),
    (rb"%!PS-Adobe", "a PostScript document", _SAVE),
    (rb"\{\\rtf", "an RTF document", _SAVE),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", _SAVE),
    (rb"AT&TFORM", "a DjVu document", _SAVE),
    (rb"\x89PNG\r\n", "a PNG image", _SAVE),
    (rb"\xff\xd8\xff", "a JPEG image", _SAVE),
    (rb"GIF8[79]a", "a GIF image", _SAVE),
    (rb"RIFF.{4}WEBP", "a WebP image", _SAVE),
    (rb"II\*\x00|MM\x00\*", "a TIFF image", _SAVE),
    (rb"BM.{4}\x00{4}", "a BMP image", _SAVE),
    (rb"\x00\x00\x01\x00", "an icon", _SAVE),
    (rb".{4}ftyp(?:avi|hei|mif)", "an AVIF or HEIC image", _SAVE),
    (rb".{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}(?:WAVE|AVI )", "audio or video", _SAVE),
    (rb"OggS\x00|ID3[\x02-\x04]|fLaC\x00", "audio or video", _SAVE),
    (rb"SQLite format 3\x00", "an SQLite database", _SAVE),
    (rb"bplist00", "a web archive of Safari", _AS_HTML),
    (rb"PAR1", "a Parquet file", _BY_NAME),
    (rb"WARC/[01]\.", "a WARC archive", _BY_NAME),
    (rb"filedesc://", "an ARC archive", _AS_WARC),
)
_SVG = re.compile(rb"(?:\s|<\?xml[^>]*>|<!--[^>]*-->|<!DOCTYPE svg[^>]*>){0,16}<svg[\s>]", re.I)
_STARTS_OF_TEXT = ("%PDF-", "WARC/", "filedesc://")
"""The beginnings of a str that may be a file of a text-based type."""
INITIALS = frozenset(start[0] for start in _STARTS_OF_TEXT)
"""The first characters of those, with which few pages begin."""
_LONGEST_HEAD = 8192


@cache
def _any_type() -> re.Pattern[bytes]:
    return re.compile(b"|".join(b"(?:%b)" % pattern for pattern, _, _ in _TYPES), re.S)


def require_page(data: bytes) -> None:
    """Raise SourceError if bytes are a file of another type than a page."""
    if _any_type().match(data):
        names = ((name, advice) for start, name, advice in _TYPES if re.match(start, data, re.S))
        name, advice = next(names)
        raise SourceError(f"expected a page, found {name}: {advice}")
    # An HTML fragment may begin with an icon: an image file is an image to its end.
    if _SVG.match(data) and data[-64:].rstrip().endswith(b"</svg>") and data.count(b"<svg") == 1:
        raise SourceError(f"expected a page, found an SVG image: {_SAVE}")


_LONGEST_NAME = 2_048
_EXTENSION = (
    r"\.(?i:txt|md|html?|xhtml|mht|mhtml|xml|json|jsonl|ndjson|jl|jsonlines|csv|tsv|ya?ml|pdf|docx?"
    r"|xlsx?|epub|zip|tar|tgz|warc|wet|arc|parquet|png|jpe?g|gif|webp|svg)(?:\.(?i:gz|zst|bz2|xz))?"
)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+-]{1,20}://\S*")
_HOST = re.compile(r"([\w.-]+)/\S*")
_PATH = rf"""(?i:file):[/\\][^\r\n<>|]*
    | (?: /[^\s/<>|]+/ | (?:~|\.\.?)[/\\] | [A-Za-z]:[/\\] | \\\\[^\s\\<>|]+\\ ) [^\s<>|]*
    | [A-Za-z]:[/\\][^\r\n<>|:]*{_EXTENSION}
    | (?![^\r\n]*[.,;!?]\ )[^\r\n<>|:]*{_EXTENSION}"""
_FETCH = "nothing is fetched, so pass the page itself, and its address as url"
_OPEN = "a str is always content, so pass a pathlib.Path to read a file"


def require_text_of_page(text: str) -> None:
    """Raise SourceError if a str is a file of another type than a page.

    >>> require_text_of_page("pmid: 21496615\\nOld maps err.")
    """
    if text.startswith(_STARTS_OF_TEXT):
        require_page(text[:_LONGEST_HEAD].encode("utf-8", "replace"))


@cache
def _path() -> re.Pattern[str]:
    return re.compile(_PATH, re.X)


def require_no_name(text: str) -> None:
    """Raise SourceError if a str is one path or address.

    >>> require_no_name("Old maps err.")
    """
    line = text.strip().strip("\"'")
    if len(line) > _LONGEST_NAME:
        return
    if _path().fullmatch(line):
        raise SourceError(f"expected a page, found a path, {line[:200]!r}: {_OPEN}")
    host = _HOST.fullmatch(line)
    _, dot, domain = host[1].rpartition(".") if host else ("", "", "")
    if _ADDRESS.fullmatch(line) or (dot and len(domain) > 1 and domain.isalpha()):
        raise SourceError(f"expected a page, found an address, {line[:200]!r}: {_FETCH}")
