"""The bytes of a page, with what their wrapping told of them."""

from __future__ import annotations

from typing import NamedTuple, Self


class Address(NamedTuple):
    """The address that a source says a page has."""

    url: str
    where: str
    """What says so, as a diagnostic names it."""
    is_passed: bool = False
    """Whether the caller has fetched it, so that any host is believed."""


class ResponseBody(bytes):
    """The content of an HTTP response or of a part of MHTML, with what its header says."""

    charset: str
    """The charset that is declared, or ""."""
    address: Address | None

    def __new__(cls, content: bytes, charset: str = "", address: Address | None = None) -> Self:
        body = super().__new__(cls, content)
        body.charset = charset
        body.address = address
        return body
