"""The bytes of a page, with the metadata of their container."""

from __future__ import annotations

from typing import NamedTuple, Self


class Address(NamedTuple):
    """The address of a page, found in its source."""

    url: str
    where: str
    """The place where it was found, as a diagnostic names it."""
    is_passed: bool = False
    """Whether the caller fetched it, so that any host is trusted."""


class ResponseBody(bytes):
    """The content of an HTTP response or of a part of MHTML, with data from its header."""

    charset: str
    """The declared charset, or ""."""
    address: Address | None

    def __new__(cls, content: bytes, charset: str = "", address: Address | None = None) -> Self:
        body = super().__new__(cls, content)
        body.charset = charset
        body.address = address
        return body
