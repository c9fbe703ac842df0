"""Data of a page besides its text: metadata, and counts of the elements that were left out."""

from __future__ import annotations

import re
from collections import Counter

from litrecord._html.attributes import Attributes
from litrecord._scripts.widget import is_widget

_SAVED = re.compile(r"\s*saved from url=\([0-9]{1,9}\)(\S+)")
_SINGLE_FILE = re.compile(r"\s*(?:Page saved with|Archive processed by) SingleFile\b")
_URL = re.compile(r"^[ \t]{0,20}url:[ \t]{0,20}(\S+)", re.M)
_WHERE = ("saved from url=", "comment of SingleFile", "link rel=canonical", "og:url")
"""The sources of the address of a page, the best first."""


class Asides:
    """The metadata and counts found so far."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        """The number of elements with text that were left out, by kind."""
        self.json_ld: list[str] = []
        self._has_title = False
        self.metas: list[tuple[str, str]] = []
        """Pairs of name and content."""
        self._addresses: dict[str, str] = {}

    def add_meta(self, attributes: Attributes) -> None:
        """Add a meta element; Open Graph uses the attribute property instead of name."""
        content = attributes.get("content")
        for name in dict.fromkeys(map(attributes.get, ("name", "property"))):
            if isinstance(name, str) and isinstance(content, str):
                self.metas.append((name, content))
                if name.strip().lower() == "og:url":
                    self._addresses.setdefault("og:url", content)

    def add_link(self, attributes: Attributes) -> None:
        """Add a link element if it has the address of the page."""
        relation, address = attributes.get("rel", ""), attributes.get("href")
        names = relation if isinstance(relation, list) else str(relation).split()
        if isinstance(address, str) and "canonical" in map(str.lower, names):
            self._addresses.setdefault("link rel=canonical", address)

    def add_comment(self, text: str) -> None:
        """Add a comment if a browser or SingleFile wrote the page's address in it."""
        found = _SAVED.match(text)
        if found is not None:
            self._addresses.setdefault("saved from url=", found[1])
        elif _SINGLE_FILE.match(text) and (found := _URL.search(text)) is not None:
            self._addresses.setdefault("comment of SingleFile", found[1])

    def addresses(self) -> list[tuple[str, str]]:
        """Return the addresses of the page with their sources, the best first."""
        if not self._addresses:
            return []
        return [(self._addresses[where], where) for where in _WHERE if where in self._addresses]

    def add_left_out(self, name: str, attributes: Attributes, text: str) -> bool:
        """Count an element that was left out, unless it is a widget; return whether it is one."""
        if name == "script":
            kind = str(attributes.get("type", "")).partition(";")[0].strip().lower()
            if kind == "application/ld+json":
                self.json_ld.append(text)
                return False
            if "json" not in kind and is_widget(f"{attributes.get('src', '')}{text}"):
                return True
        is_title_of_page = name == "title" and not self._has_title
        self._has_title |= is_title_of_page and bool(text)
        if text and not text.isspace() and not is_title_of_page:
            self.left_out[name] += 1
        return False
