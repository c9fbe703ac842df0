"""HTTP in web archives: media types, and the codings of a body (RFC 9110, 8.3 and 8.4).

Grammar (RFC 9112, 7.1; a line may end in LF alone)::

    chunked = *( size [ extensions ] CRLF data CRLF ) "0" [ extensions ] CRLF ...
    type    = list of [ <"> ] media-type [ <"> ]            ; the last valid one counts

Crawlers decode a body and keep the header that names its coding. So a body that is text, and
not in the named coding, is read as it is.
"""

from __future__ import annotations

import codecs
import io
import re
import zlib
from collections.abc import Callable

from fastwarc.stream_io import BrotliReader, ZstdReader

from litrecord._reading.decompression import GZIP, inflate
from litrecord.errors import SourceError
from litrecord.limits import Limits

_MOST_CODINGS = 8
_STATUS = re.compile(rb"HTTP/[0-9.]+[ \t]+([0-9]{3})(?![0-9])[ \t]*(.{0,60})")
_OF_A_LIST = re.compile(r'(?:[^",]|"[^"]*"?)+')
_TYPE = re.compile(r"([!#$%&'*+.^_`|~\w-]+)\s*/\s*([!#$%&'*+.^_`|~\w-]+)")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # except line ends, tabs and ESC
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 1024


def status_of(line: bytes) -> tuple[int | None, str]:
    """Return the status code of a response, and its line from there on; None if it has none.

    >>> status_of(b"HTTP/1.1 404 Not Found")
    (404, '404 Not Found')
    """
    found = _STATUS.match(line)
    if found is None:
        return None, ""
    return int(found[1]), b" ".join(found.groups()).decode("latin-1").strip()


def media_type(values: list[str]) -> str:
    """Return the last valid media type of some values, in lower case, or "".

    >>> media_type(["text/html, Text/Plain; charset=utf-8"]), media_type(["html"])
    ('text/plain', '')
    """
    types = ""
    for value in _OF_A_LIST.findall(",".join(values)):
        plain = value.strip().removeprefix('"').partition(";")[0].strip().removesuffix('"')
        found = _TYPE.fullmatch(plain.strip())
        if found is not None and found[0] != "*/*":
            types = f"{found[1]}/{found[2]}".lower()
    return types


def decoded(data: bytes, names: list[str], limits: Limits) -> bytes:
    """Return a body without its codings; *names* has them in the order of their application.

    Raises SourceError if it is neither in that coding nor text; LimitError if it is too large.
    """
    if len(names) > _MOST_CODINGS:
        raise SourceError(f"expected at most {_MOST_CODINGS} codings, found {len(names)}")
    for name in reversed(names):
        data = _without(data, name, limits)
    # Servers may compress twice, or leave out the name of the coding.
    return _without(data, "gzip", limits) if data.startswith(GZIP) else data


def _without(data: bytes, name: str, limits: Limits) -> bytes:
    decode = _DECODERS.get(name)
    if not data or name == "identity":
        return data
    if decode is None:
        if _is_text(data) or _is_other(data, name):
            return data
        known = ", ".join(sorted(_DECODERS))
        raise SourceError(f"cannot decompress this page, which is {name!r:.40}: expected {known}")
    try:
        plain = decode(data, limits.unpacked_bytes + 1)
    except OSError as error:
        if name != "chunked" and (_is_text(data) or _is_other(data, name)):
            return data
        message = f"cannot decompress this page, which is {name}: {error}: fetch it again"
        raise SourceError(message) from error
    if len(plain) > limits.unpacked_bytes:
        limits.refuse("unpacked_bytes", limits.unpacked_bytes + 1)
    return plain


def _is_other(data: bytes, name: str) -> bool:
    """Return whether bytes are gzip, though the header names another coding."""
    return data.startswith(GZIP) and not name.endswith("gzip")


def _is_text(data: bytes) -> bool:
    """Return whether bytes look like text; compressed bytes hardly ever do."""
    start = data[:_LOOKED_AT]
    if start.startswith(_MARKS):
        return True
    if _CONTROLS.search(start) is not None:
        return False
    if start.lstrip().startswith(b"<"):
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)  # its last character may be cut
    except UnicodeDecodeError:
        return sum(byte < 0x80 for byte in start) > len(start) // 2
    return True


def _unchunked(data: bytes, _most: int) -> bytes:
    if not _begins_chunked(data):
        return data
    plain, view, at = io.BytesIO(), memoryview(data), 0
    while line := _CHUNK.match(data, at):
        size, begun = int(line[1], 16), line.end()
        if size == 0:
            return plain.getvalue()
        at = begun + size
        if at > len(data):
            raise OSError(f"expected a chunk of {size} bytes at byte {begun}, found the end")
        end = _LINE_END.match(data, at)
        if end is None:
            break
        plain.write(view[begun:at])
        at = end.end()
    found = repr(data[at : at + 20]) if at < len(data) else "the end"
    raise OSError(f"expected a chunk at byte {at}, found {found}")


def _begins_chunked(data: bytes) -> bool:
    line = _CHUNK.match(data)
    if line is None:
        return False
    end = line.end() + int(line[1], 16)
    if end == line.end():
        return not data[end:].strip()
    return end >= len(data) or _LINE_END.match(data, end) is not None


def _undeflated(data: bytes, most: int) -> bytes:
    """Decompress `deflate`, with the header of zlib or, as some servers send it, without."""
    is_zlib = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return inflate(data, most, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


def _unbrotlied(data: bytes, most: int) -> bytes:
    plain: bytes = BrotliReader(io.BytesIO(data)).read(most)
    return plain


def _unzstded(data: bytes, most: int) -> bytes:
    plain: bytes = ZstdReader(io.BytesIO(data)).read(most)
    return plain


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "br": _unbrotlied,
    "chunked": _unchunked,
    "deflate": _undeflated,
    "gzip": inflate,
    "x-gzip": inflate,
    "zstd": _unzstded,
}
