"""One identifier, as a value."""

from __future__ import annotations

import attrs

from litrecord._validation import line_of, require_text
from litrecord._values.shown import shown
from litrecord._vocabularies.identifiers import (
    NAMES,
    address_of,
    curie_of,
    read_value,
    scheme_of_label,
)
from litrecord._vocabularies.recognition.recogniser import recognise, schemes_of
from litrecord.diagnostics import Diagnostic, Span
from litrecord.errors import ParseError

_set = object.__setattr__


def scheme_of(value: object) -> str:
    """Return the name of the scheme with a name or a label."""
    if isinstance(value, str) and value in NAMES:
        return value
    name = line_of(value, "scheme").lower()
    return scheme_of_label(name) or name


@attrs.frozen(init=False)
class Identifier:
    """One identifier of a record: its scheme, and its normalised value.

    A value that the syntax or check digit of the scheme refuses is kept as printed.

    >>> Identifier("doi", "https://doi.org/10.1000/ABC")
    Identifier(scheme='doi', value='10.1000/abc')
    >>> Identifier("pmid", "0").is_valid
    False
    """

    scheme: str
    """The name of the scheme, in lower case: "doi", "pmid", "handle", …"""
    value: str = attrs.field(repr=shown)
    """The value in the scheme's usual form, or as printed if it is not valid."""
    is_valid: bool = attrs.field(init=False, eq=False, repr=False)
    """Whether the value obeys its scheme's syntax and check digit."""

    def __init__(self, scheme: str, value: str) -> None:
        name = scheme_of(scheme)
        normal, is_valid = read_value(name, line_of(value, "value"))
        _set(self, "scheme", name)
        _set(self, "value", normal)
        _set(self, "is_valid", is_valid)

    @classmethod
    def parse(cls, text: str) -> Identifier:
        """Read one identifier in any form: with its label, as an address, or bare.

        The grammar of the forms is in docs/format.md. Raises ParseError if the scheme cannot be
        recognised, as for a bare number; InvalidValueError if text is not one line of text.

        >>> Identifier.parse("http://europepmc.org/articles/PMC3531190").curie
        'pmc:PMC3531190'
        """
        found = recognise(line_of(text, "text"))
        if found is None:
            place = Diagnostic("unknown-scheme", "unknown scheme", Span(0, len(text)), text)
            raise ParseError("expected an identifier with a known scheme", [place])
        return cls(*found)

    def __str__(self) -> str:
        return self.curie

    def _repr_html_(self) -> str:
        """Return the identifier as HTML, for notebooks."""
        from litrecord.serializers.pages.html import to_html

        return to_html(self, style=True)

    @property
    def url(self) -> str | None:
        """The address that resolves the value; None if it is not valid or has no resolver."""
        return address_of(self.scheme, self.value) if self.is_valid else None

    @property
    def curie(self) -> str:
        """Scheme and value as one word, such as "doi:10.1000/182"; urn:, ark: and swh: stay."""
        return curie_of(self.scheme, self.value)


def identify(text: str) -> tuple[Identifier, ...]:
    """Return an identifier for each scheme that a text can belong to, best first.

    text is a str in any form that Identifier.parse reads. A label or the address of a resolver
    decides the scheme. A bare value, such as a number, may belong to several: first those that its
    form identifies, then those with a correct check digit, then the rest. All are valid; the tuple
    may be empty. docs/identifiers.md has the rules. Raises InvalidValueError if text is not a str,
    and nothing else.

    >>> [identifier.curie for identifier in identify("21496615")]
    ['pmid:21496615', 'mag_id:21496615']
    >>> identify("ISSN 0317-8471"), identify("and/or")
    ((Identifier(scheme='issn', value='0317-8471'),), ())
    """
    found = []
    for scheme, value in schemes_of(require_text(text, "text")):
        identifier = object.__new__(Identifier)
        _set(identifier, "scheme", scheme)
        _set(identifier, "value", value)
        _set(identifier, "is_valid", True)
        found.append(identifier)
    return tuple(found)
