"""Labels and values of identifiers: pure functions on the table of schemes.

Grammar::

    label = name of a scheme / one of its labels      ; scheme_of_label
    value = [ wrapper ] bare                          ; Scheme.wrapper, Scheme.syntax

A value that ends in an ellipsis was shortened: its scheme refuses it. Character references are
decoded once. Quotes, angle brackets, trailing punctuation and unbalanced closing brackets around
a value are removed. Unicode dashes become hyphens. Percent escapes are decoded if the scheme has
them. A value that the syntax of its scheme then refuses is kept as printed.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from litrecord._characters import plain_spaces_between
from litrecord._vocabularies.printed import decoded, is_shortened
from litrecord._vocabularies.schemes import SCHEMES, Scheme, compiled


def _spelt(label: str) -> str:
    """Return a label in lower case, its words separated by one space."""
    return " ".join(label.lower().replace("-", " ").replace("_", " ").split())


_BY_NAME = {scheme.name: scheme for scheme in SCHEMES}
NAMES = frozenset(_BY_NAME)
"""The names of all schemes of the table."""
_WITH_SYNTAX = frozenset(scheme.name for scheme in SCHEMES if scheme.syntax is not None)
BY_LABEL = {label: scheme for scheme in SCHEMES for label in (scheme.name, *scheme.labels)}
_LONGEST_WITH_ID = 12
_MORE = (" id", " identifier", " number")
_NAME_OF_LABEL = {
    f"{_spelt(label)}{more}".replace(" ", between): scheme.name
    for label, scheme in BY_LABEL.items()
    for more in ("", *(_MORE * (len(label) <= _LONGEST_WITH_ID)))
    for between in " -_"
}
"""The labels as people write them: "PubMed ID", "e-ISSN", "arXiv identifier"."""
LABELS = frozenset(_NAME_OF_LABEL)
LONGEST_LABEL = max(map(len, LABELS))
_WORDS = "|".join(re.escape(label) for label in sorted({*map(_spelt, BY_LABEL)}, reverse=True))
LABEL = f"(?:{_WORDS})(?:{'|'.join(_MORE)})?".replace(r"\ ", " ").replace(" ", "[ _-]")
"""The pattern of a label. A few more texts match than there are labels, as "wos id-number"."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_AROUND = ".,;:!\"'“”‘’»。"
_OWN_LABELS = frozenset({"urn", "ark", "swh", "oai"})
_QUERY = re.compile("[?#]")
_PARAMETER_END = re.compile("[&#]")
CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
_PATH_SAFE = "/:;()!$&'*+,=@~"


def scheme_of_label(label: str) -> str | None:
    """Return the name of the scheme that a label names, or None.

    >>> scheme_of_label("PubMed ID"), scheme_of_label("Background")
    ('pmid', None)
    """
    label = label.lower()
    name = _NAME_OF_LABEL.get(label)
    if name is None and (label[-1:].isspace() or "  " in label or not label.isascii()):
        return _NAME_OF_LABEL.get(_spelt(label))
    return name


def scheme_of_value(name: str, printed: str) -> str:
    """Return the scheme of a value behind a scheme's label: short DOIs have the label "DOI".

    >>> scheme_of_value("doi", "10/aabbe"), scheme_of_value("doi", "10.1000/182")
    ('shortdoi', 'doi')
    """
    is_short = name == "doi" and "10/" in printed and read_value("shortdoi", printed)[1]
    return "shortdoi" if is_short else name


def has_syntax(name: str) -> bool:
    """Return whether the syntax of the scheme called name is known.

    >>> has_syntax("doi"), has_syntax("scopus")
    (True, False)
    """
    return name in _WITH_SYNTAX


def read_value(name: str, printed: str) -> tuple[str, bool]:
    """Return a stripped value of the scheme called name, and whether the scheme allows it.

    A value that the syntax or the check digit refuses is returned as printed. If no syntax is
    known, a value without whitespace is allowed. The returned value is read as itself.

    >>> read_value("doi", "https://doi.org/10.1000/ABC."), read_value("doi", "11.1000/182")
    (('10.1000/abc', True), ('11.1000/182', False))
    """
    scheme = _BY_NAME.get(name)
    if scheme is None or scheme.syntax is None:
        return printed, not any(map(str.isspace, printed)) and not is_shortened(printed)
    value = well_formed(scheme, printed)
    return (value, True) if value else (printed, False)


def is_plain(printed: str) -> bool:
    """Return, after a quick check, whether there is nothing to unwrap, decode or trim.

    >>> is_plain("10.1000/182"), is_plain("doi.org/10.1000/182")
    (True, False)
    """
    return (
        (printed[:1].isdigit() or ("/" not in printed and printed[:1].isalpha()))
        and printed[-1].isalnum()
        and printed.isascii()
        and "%" not in printed
        and "&" not in printed
        and printed.isprintable()
    )


def is_inner(text: str) -> bool:
    """Return, after a quick check, whether there is nothing to remove around a value.

    >>> is_inner("10.1000/182"), is_inner("(10.1000/182)")
    (True, False)
    """
    return text[:1].isalnum() and text[-1].isalnum() and text.isascii()


def obeys(scheme: Scheme, value: str) -> bool:
    """Return whether a normalised value has the syntax of its scheme, and the right check digit."""
    syntax = scheme.syntax
    return syntax is not None and syntax.fullmatch(value) is not None and scheme.check(value)


def address_of(name: str, value: str) -> str | None:
    """Return the address that resolves an allowed value, or None.

    >>> address_of("handle", "2381/12775"), address_of("urn", "urn:isbn:9783161484100")
    ('https://hdl.handle.net/2381/12775', None)
    """
    scheme = _BY_NAME.get(name)
    if scheme is None or not scheme.resolver:
        return None
    if name == "urn" and not value.lower().startswith("urn:nbn:"):
        return None
    # RFC 3986, 3.3: what a path may hold as it is. A value that is an address stays one.
    safe = _PATH_SAFE if scheme.is_escaped else _PATH_SAFE + "%?#"
    return scheme.resolver.format(quote(value, safe=safe))


def is_own_label(label: str) -> bool:
    """Return whether a label is a part of its scheme's values, as in "urn:nbn:…".

    >>> is_own_label("URN"), is_own_label("doi")
    (True, False)
    """
    return label.lower() in _OWN_LABELS


def well_formed(scheme: Scheme, printed: str) -> str:
    """Return the normalised value, or "" if the scheme refuses it.

    A shortened value is refused. So is a value that would be read as another one, such as one
    that is escaped twice.
    """
    if is_plain(printed) and scheme.syntax is not None and scheme.syntax.fullmatch(printed):
        # Nearly all values are printed like this: nothing to unwrap, decode or trim.
        value = scheme.normalise(printed)
        return value if scheme.check(value) else ""
    if is_shortened(printed):
        return ""
    return value_inside(scheme, inner_of(printed))


def value_inside(scheme: Scheme, inner: str, wrapped: re.Match[str] | None = None) -> str:
    """Return the same for the text inside quotes and brackets that is not shortened.

    wrapped is the match of its wrapper, if that is known.

    >>> value_inside(_BY_NAME["doi"], "https://doi.org/10.1000/ABC")
    '10.1000/abc'
    """
    value = _value_in(scheme, inner, wrapped)
    if not value or (value[0].isdigit() and is_plain(value)):
        return value
    again = inner_of(value)
    is_final = again == inner or _value_in(scheme, again) == value
    return value if is_final and value.isprintable() else ""


_MOST_WRAPPERS = 3


def _value_in(scheme: Scheme, value: str, wrapped: re.Match[str] | None = None) -> str:
    """Return a value without its wrappers and escapes, normalised, or "" if it is refused."""
    for _ in range(_MOST_WRAPPERS):
        # A prefix begins with a letter, and only a host before "ark:" with a digit.
        if wrapped is None and scheme.wrapper and (not value[:1].isdigit() or ":" in value):
            wrapped = compiled(scheme.wrapper).match(value)
        if wrapped is None:
            break
        value, wrapped = _behind(wrapped, scheme.is_path_only), None
    if scheme.is_escaped and "%" in value and _ESCAPE.search(value):
        value = _outer(_unescaped(value))
    if value[-1:] == "/" and scheme.is_path_only and not scheme.may_end_in_slash:
        value = value.rstrip("/")
    normal = scheme.normalise(value)
    if obeys(scheme, normal):
        return normal
    normal = scheme.normalise(value.partition("/")[0]) if "/" in normal else ""
    return normal if normal and obeys(scheme, normal) else ""


def _behind(found: re.Match[str], is_path_only: bool) -> str:
    """Return the value behind a wrapper."""
    wrapper, value = found[0], found.string[found.end() :]
    if "?" in wrapper:
        # The value is one of several parameters (WHATWG URL, 5.1), and escaped.
        return _outer(_unescaped(_PARAMETER_END.split(value, maxsplit=1)[0]))
    if "/" in wrapper and is_path_only:
        # RFC 3986, 3.4: query and fragment belong to the address, not to the value.
        if "?" in value or "#" in value:
            value = _QUERY.split(value, maxsplit=1)[0]
        return value.rstrip("/")
    return value


def _unescaped(value: str) -> str:
    """Return value with percent escapes decoded; "" if they are not UTF-8, or an ellipsis."""
    try:
        plain = unquote(value, errors="strict")
    except UnicodeDecodeError:
        return ""
    return "" if is_shortened(plain) else plain


def inner_of(printed: str) -> str:
    """Return the text inside quotes and brackets, decoded, with hyphens for dashes.

    >>> inner_of("“10.1000/a&lt;b”,")
    '10.1000/a<b'
    """
    if is_inner(printed) and "&" not in printed:
        return printed
    return _outer(with_hyphens(decoded(printed)))


def with_hyphens(text: str) -> str:
    """Return a text with a hyphen for each dash.

    >>> with_hyphens("10.1000/a\N{EN DASH}b")
    '10.1000/a-b'
    """
    return text.translate(_DASHES)


def _outer(text: str) -> str:
    """Drop what a sentence puts around a value."""
    if is_inner(text):
        return text
    text = plain_spaces_between(text).strip().lstrip("\"'<“”‘’«")
    surplus = {closer: text.count(closer) - text.count(CLOSERS[closer]) for closer in CLOSERS}
    end = len(text)
    while end:
        last = text[end - 1]
        if last not in _AROUND and not last.isspace():
            if surplus.get(last, 0) <= 0:
                break
            surplus[last] -= 1
        end -= 1
    return text[:end]


def curie_of(name: str, value: str) -> str:
    """Return scheme and value as one word, without repeating the scheme.

    >>> curie_of("doi", "10.1000/182"), curie_of("urn", "urn:nbn:de:101:1-2011")
    ('doi:10.1000/182', 'urn:nbn:de:101:1-2011')
    """
    own, colon, _ = value.partition(":")
    return (
        value
        if colon and BY_LABEL.get(own) is _BY_NAME.get(name) and is_own_label(own)
        else f"{name}:{value}"
    )
