"""What a page tells besides its text: metadata, and which of its elements were left out."""

from __future__ import annotations

from collections import Counter

from litrecord._html.attributes import Attributes
from litrecord._scripts.widget import is_widget


class Asides:
    """What was met so far."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        """How many elements with text were left out, by what they were."""
        self.json_ld: list[str] = []
        self._has_title = False
        self.metas: list[tuple[str, str]] = []
        """Names, and what they say."""

    def add_meta(self, attributes: Attributes) -> None:
        """Add a meta element; Open Graph has a property where others have a name."""
        content = attributes.get("content")
        for name in dict.fromkeys(map(attributes.get, ("name", "property"))):
            if isinstance(name, str) and isinstance(content, str):
                self.metas.append((name, content))

    def add_left_out(self, name: str, attributes: Attributes, text: str) -> bool:
        """Add an element that was left out, unless it is a widget; tell whether it is one."""
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
