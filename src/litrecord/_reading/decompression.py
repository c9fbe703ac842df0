"""Decompression of the formats of zlib, and a bound on the decompressed size of any format.

Grammar (RFC 1952, 2.2)::

    gzip = member *( *NUL member ) [ other ]      ; what follows the last member is no part of it

Each member has the same cost, however small it is.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

from litrecord.limits import Limits

GZIP = b"\x1f\x8b"
GZIP_FORM = zlib.MAX_WBITS | 16
_COMPRESSED = 1 << 12
_PLAIN = 1 << 16
_SOME = 10
_RATIO = 1_000
"""The bound of the compression ratio of a file, above a few times the limit of one source."""


class Inflated:
    """A decompressed stream of a zlib format; for gzip, of all members. Empty data give nothing."""

    def __init__(self, compressed: Any, form: int = GZIP_FORM) -> None:
        self._compressed, self._form = compressed, form
        self._rest = compressed.read(_COMPRESSED)
        self._is_empty = not self._rest
        self._member = zlib.decompressobj(form)

    def read(self, size: int) -> bytes:
        """Return at most *size* bytes; none at the end. Raises OSError if the data are broken."""
        plain = b""
        while not (plain or self._is_empty) and (not self._member.eof or self._goes_on()):
            compressed = self._rest or self._compressed.read(_COMPRESSED)
            try:
                plain = self._member.decompress(compressed, size)
            except zlib.error as error:
                raise OSError(str(error)) from error
            self._rest = self._member.unused_data or self._member.unconsumed_tail
            if not (plain or compressed or self._member.eof):
                raise OSError("it is cut")
        return plain

    def _goes_on(self) -> bool:
        """Begin the next member, if there is one."""
        self._rest = self._rest.lstrip(b"\0")
        while len(self._rest) < len(GZIP) and (more := self._compressed.read(_COMPRESSED)):
            self._rest = (self._rest + more).lstrip(b"\0")
        if self._form != GZIP_FORM or not self._rest.startswith(GZIP):
            return False
        self._member = zlib.decompressobj(self._form)
        return True


def inflate(data: bytes, most: int, form: int = GZIP_FORM) -> bytes:
    """Return decompressed data of a zlib format, cut soon after *most* bytes.

    Raises OSError if the data are broken.

    >>> inflate(zlib.compress(b"Old maps"), 10, zlib.MAX_WBITS)
    b'Old maps'
    """
    stream, plain = Inflated(io.BytesIO(data), form), io.BytesIO()
    while plain.tell() <= most and (piece := stream.read(_PLAIN)):
        plain.write(piece)
    return plain.getvalue()


class Bound:
    """A bound on the decompressed size of a file: pages do not compress better than that."""

    def __init__(self, size: int, limits: Limits) -> None:
        self._most = self._left = _SOME * limits.unpacked_bytes + _RATIO * size
        self._limits = limits

    def require(self, count: int) -> None:
        """Raise LimitError if a number of bytes is more than are left."""
        if count > self._left:
            self._limits.refuse("unpacked_bytes", self._most - self._left + count)

    def take(self, count: int) -> None:
        """Subtract a number of bytes, or raise LimitError."""
        self.require(count)
        self._left -= count


class _Bounded(io.RawIOBase):
    """A stream of any kind for `io.BufferedReader`, up to a bound."""

    def __init__(self, stream: Any, bound: Bound) -> None:
        self._stream = stream
        self._bound = bound

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        data = self._stream.read(len(room))
        self._bound.take(len(data))
        room[: len(data)] = data
        return len(data)


def buffered(stream: Any, size: int, limits: Limits) -> io.BufferedReader:
    """Return a decompressed stream of a file with a size; reading may raise LimitError."""
    return io.BufferedReader(_Bounded(stream, Bound(size, limits)), _PLAIN)
