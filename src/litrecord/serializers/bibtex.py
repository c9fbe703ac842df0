r"""Writer of BibTeX, which BibTeX, biber, pandoc, JabRef and bibutils read.

Grammar (BibTeX 0.99d; the fields eprint, eprinttype, pmid and pmcid as biblatex and JabRef have
them)::

    entry    = "@" type "{" key "," LF *( "  " field " = {" value "}," LF ) "}" LF
    author   = name *( " and " name )
    name     = family ", " given / "{" any "}"                ; serializers.work.name_parts
    keywords = keyword *( "; " keyword )                      ; one that holds ";" is in braces
    value    = *( character / escape )                        ; _escape; in url and doi verbatim
    escape   = "\" one of `&%$#_{}` / "\textbackslash{}" / "\textasciitilde{}"
               / "\textasciicircum{}" / "\ensuremath{\lbrace}" / "\ensuremath{\rbrace}"
               / character "{}" character                     ; where LaTeX would join the two

TeX in an abstract is escaped too: what is typeset are the characters that the page printed. BibTeX
counts a brace behind a backslash, so a brace without its partner has a name instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litrecord.model import Record, require_record
from litrecord.serializers.work import (
    addresses_of,
    first_values,
    key_of,
    kind_of,
    name_parts,
    ranked_identifiers,
    type_of,
)

_FIELDS = {
    "doi": "doi", "pmid": "pmid", "pmc": "pmcid", "arxiv": "eprint", "isbn": "isbn", "issn": "issn",
}  # fmt: skip
"""Maps schemes of identifiers to fields."""
_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_LONE = {"{": r"\ensuremath{\lbrace}", "}": r"\ensuremath{\rbrace}"}
_LIGATURE = re.compile(r"-(?=-)|,(?=,)|'(?=')|<(?=<)|>(?=>)|[`?!](?=`)")
"""Characters that LaTeX joins with the next one."""
_NOT_VERBATIM = re.compile(r"[{}\\]")
_BRACE = re.compile("[{}]")


def to_bibtex(record: Record, *, keys: dict[str, int] | None = None) -> str:
    """Return a record as an entry of BibTeX.

    The key is the id of `to_csl`, and so is keys. Keywords are separated by ";", since controlled
    terms hold commas. A title is in two pairs of braces, so that no style changes its case.

    Raises InvalidValueError if record is not a Record, or keys is not a dict of counts.

    >>> record = litrecord.parse_record("doi: 10.1000/182\\n5% err {so} & that_is all.\\n")
    >>> print(litrecord.to_bibtex(record), end="")
    @misc{doi:10.1000/182,
      doi = {10.1000/182},
      url = {https://doi.org/10.1000/182},
      abstract = {5\\% err \\{so\\} \\& that\\_is all.},
    }
    """
    require_record(record)
    fields = (f"  {name} = {{{value}}},\n" for name, value in _fields(record) if value)
    return f"@{kind_of(record).bibtex}{{{key_of(record, keys)},\n{''.join(fields)}}}\n"


def _fields(record: Record) -> Iterator[tuple[str, str | None]]:
    """Yield each field with its value, escaped."""
    yield "title", f"{{{_escape(record.title)}}}" if record.title else None
    yield "author", " and ".join(map(_name, record.authors))
    yield "year", str(record.year) if record.year else None
    yield "type", _escape(type_of(record) or "")
    yield from _identifiers(record)
    yield "url", next(iter(addresses_of(record)), None)
    paragraphs = _escape(record.abstract or "").replace("\n", "\n\n")
    # bibutils reads an "@" at the start of a line as the next entry.
    yield "abstract", paragraphs.replace("\n@", "\n{}@")
    yield "keywords", "; ".join(map(_keyword, record.keywords))


def _name(author: str) -> str:
    parts = name_parts(author)
    return ", ".join(map(_part, parts)) if parts else f"{{{_escape(author)}}}"


def _part(name: str) -> str:
    """Return a part of a name, in braces if BibTeX or biblatex would split it.

    >>> _part("Roe and Ox"), _part("a=b")
    ('{Roe and Ox}', '{a=b}')
    """
    is_parted = "=" in name or "and" in name.lower().split()
    return f"{{{_escape(name)}}}" if is_parted else _escape(name)


def _keyword(keyword: str) -> str:
    return f"{{{_escape(keyword)}}}" if ";" in keyword else _escape(keyword)


def _identifiers(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the first identifier of each field that can hold it."""
    # A verbatim field escapes nothing. An identifier that it cannot hold is only in the address.
    ranked = ranked_identifiers(record)
    held = (found for found in ranked if not _NOT_VERBATIM.search(found.value))
    for field, value in first_values(held, _FIELDS).items():
        yield field, value
        if field == "eprint":
            yield "eprinttype", "arxiv"


def _escape(text: str) -> str:
    r"""Return a text as LaTeX that typesets it, its braces balanced.

    >>> print(_escape("a_{1} -- 5%"), _escape("{a"))
    a\_\{1\} -{}- 5\% \ensuremath{\lbrace}a
    """
    parts = []
    end = 0
    for at in sorted(_lone_braces(text)):
        parts += [text[end:at].translate(_ESCAPES), _LONE[text[at]]]
        end = at + 1
    return _LIGATURE.sub(r"\g<0>{}", "".join([*parts, text[end:].translate(_ESCAPES)]))


def _lone_braces(text: str) -> set[int]:
    """Return the offsets of the braces without a partner."""
    unclosed: list[int] = []
    lone: set[int] = set()
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            unclosed.append(found.start())
        elif unclosed:
            unclosed.pop()
        else:
            lone.add(found.start())
    return lone.union(unclosed)
