"""The script widget, as a value."""

from __future__ import annotations

import attrs

from litrecord._scripts.widget import (
    container_id,
    is_trusted_address,
    query_of,
    widget_address,
)
from litrecord._validation import line_of, markup_of
from litrecord._values.shown import shown
from litrecord.errors import InvalidValueError


@attrs.frozen
class ScriptWidget:
    """The script that a landing page shows to be copied into another site.

    >>> widget = ScriptWidget.from_url(
    ...     "https://www.openaire.eu/index.php?option=com_openaire&view=widget&type=result"
    ... )
    >>> widget.entity_type, widget.is_trusted
    ('result', True)
    """

    markup: str = attrs.field(converter=markup_of, repr=shown)
    """The whole element as printed, its line ends as LF."""

    @classmethod
    def from_url(cls, url: str) -> ScriptWidget:
        """Build the widget that loads url, as the portal writes it.

        Raises InvalidValueError if url is not one line. It must not contain whitespace, quotes,
        backslashes or angle brackets, which would break out of the markup.
        """
        address = line_of(url, "url")
        if any(character.isspace() or character in "'\"\\<>" for character in address):
            message = f"{address!r}: expected an address without whitespace, quotes, \\ and <>"
            raise InvalidValueError(message, path="url")
        return cls(
            '<script type="text/javascript">\n<!--\n'
            "document.write('<div id=\"oa_widget\"></div>');\n"
            f'document.write(\'<script type="text/javascript" src="{address}"></script>\');\n'
            "-->\n</script>"
        )

    def _repr_html_(self) -> str:
        """Return the widget as HTML, for notebooks."""
        from litrecord.serializers.pages.html import to_html

        return to_html(self, style=True)

    @property
    def source_url(self) -> str | None:
        """The address that the widget loads, with ``&amp;`` decoded."""
        return widget_address(self.markup)

    @property
    def container_id(self) -> str | None:
        """The id of the element that the widget fills."""
        return container_id(self.markup)

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of source_url; the last value of a repeated one."""
        return dict(query_of(self.source_url or ""))

    @property
    def project_id(self) -> str | None:
        """The parameter projectId; None where the portal wrote "undefined"."""
        project_id = self.parameters.get("projectId")
        return None if project_id in (None, "", "undefined") else project_id

    @property
    def entity_type(self) -> str | None:
        """The parameter type, "result" so far."""
        return self.parameters.get("type")

    @property
    def is_trusted(self) -> bool:
        """Whether source_url is https and its host is openaire.eu or below it."""
        return is_trusted_address(self.source_url or "")
