"""Writer of flat rows, for a data frame or a CSV file.

Form: one value a column, always the same columns in the same order::

    row     = title authors doi pmid identifiers abstract keywords widget_url
              citations citations_is_rounded
              popularity_class influence_class impulse_class views downloads
              year type license              ; of the first instance with one
    authors = identifiers = keywords = value *( separator value )      ; _joined
    *_class = "C1" / "C2" / "C3" / "C4" / "C5"

A missing value is None. A row has less than its record: it lacks descriptions, indicators with
other names, and printed values that are neither a count nor a class.
"""

from __future__ import annotations

from collections.abc import Sequence

from litrecord._validation import require_text
from litrecord.errors import InvalidValueError
from litrecord.model import Record, require_record

Row = dict[str, str | int | bool | None]
"""The columns of one record."""

LINE_END = "\n"


def to_row(record: Record, *, separator: str = LINE_END) -> Row:
    """Return a record as a flat dict.

    Authors, identifiers (as CURIEs) and keywords are joined with separator. The default is a line
    end, which is in none of them. Counts and the year are int, classes are codes from "C1" to "C5",
    and a missing value gives ``None``. Year, type and license are from the first instance with one.

    Raises InvalidValueError with the name of the record if a joined value contains the separator,
    since it could not be split again. Raises it if record is not a Record.

    >>> row = litrecord.to_row(litrecord.parse_record("pmid: 21496615\\n| impulse | Top 1% |\\n"))
    >>> row["pmid"], row["impulse_class"], row["citations"]
    ('21496615', 'C3', None)
    """
    require_record(record)
    citations = record.indicators.get("citations")
    return {
        "title": record.title,
        "authors": _joined(record, record.authors, separator, "authors"),
        "doi": record.doi,
        "pmid": record.pmid,
        "identifiers": _joined(
            record, [found.curie for found in record.identifiers], separator, "identifiers"
        ),
        "abstract": record.abstract,
        "keywords": _joined(record, record.keywords, separator, "keywords"),
        "widget_url": record.widget.source_url if record.widget else None,
        "citations": _count(record, "citations"),
        "citations_is_rounded": citations.is_rounded if citations else None,
        "popularity_class": _class(record, "popularity"),
        "influence_class": _class(record, "influence"),
        "impulse_class": _class(record, "impulse"),
        "views": _count(record, "views"),
        "downloads": _count(record, "downloads"),
        "year": record.year,
        "type": next((found.type for found in record.instances if found.type), None),
        "license": next((found.license for found in record.instances if found.license), None),
    }


def _joined(record: Record, parts: Sequence[str], separator: str, where: str) -> str | None:
    if not require_text(separator, "separator"):
        raise InvalidValueError("expected a separator that is not empty", path="separator")
    for at, part in enumerate(parts):
        if separator in part:
            found = f"{part!r:.60} holds the separator {separator!r:.20}"
            advice = "choose another; no value holds a line end"
            whose = f"in the record {str(record)!r:.100}"
            raise InvalidValueError(f"{found}: {advice}; {whose}", path=f"{where}[{at}]")
    return separator.join(parts) or None


def _count(record: Record, name: str) -> int | None:
    row = record.indicators.get(name)
    return row.count if row else None


def _class(record: Record, name: str) -> str | None:
    row = record.indicators.get(name)
    return row.impact_class.code if row and row.impact_class else None
