"""Records as JSON: the fields, and beside them the derived facts that users ask for.

Form, version 1::

    record     = { "version": 1, "title", "authors": [name…], "widget": widget / null,
                   "identifiers": [identifier…], "abstract", "keywords": [term…],
                   "indicators": [indicator…] }
    widget     = { "markup", "source_url" }
    identifier = { "scheme", "value", "url", "valid" }
    indicator  = { "name", "label", "description", "printed", "count", "impact_class" }

impact_class is the code, "C1" to "C5"; whatever is not there is null.
"""

from __future__ import annotations

import json
from typing import Any

from litrecord.errors import InvalidValueError
from litrecord.model import Identifier, Indicator, Record, ScriptWidget

VERSION = 1


def to_dict(record: Record) -> dict[str, Any]:
    """Return a record as a dict of lists, dicts, str, int, bool and None.

    Raises InvalidValueError if record is no Record, but a Document, say.

    >>> litrecord.to_dict(litrecord.parse_record("mag_id: 2101234567\\n"))["identifiers"]
    [{'scheme': 'mag_id', 'value': '2101234567', 'url': None, 'valid': True}]
    """
    if not isinstance(record, Record):
        raise InvalidValueError(f"record: expected a Record, got {type(record).__name__}")
    return {
        "version": VERSION,
        "title": record.title,
        "authors": list(record.authors),
        "widget": _widget(record.widget) if record.widget else None,
        "identifiers": [_identifier(identifier) for identifier in record.identifiers],
        "abstract": record.abstract,
        "keywords": list(record.keywords),
        "indicators": [_indicator(row) for row in record.indicators],
    }


def to_json(record: Record) -> str:
    """Return a record as one line of JSON (RFC 8259), in UTF-8 characters.

    >>> litrecord.to_json(litrecord.Record(keywords=["Chévere"])).count("é")
    1
    """
    return json.dumps(to_dict(record), ensure_ascii=False)


def _widget(widget: ScriptWidget) -> dict[str, Any]:
    return {"markup": widget.markup, "source_url": widget.source_url}


def _identifier(identifier: Identifier) -> dict[str, Any]:
    return {
        "scheme": identifier.scheme,
        "value": identifier.value,
        "url": identifier.url,
        "valid": identifier.is_valid,
    }


def _indicator(row: Indicator) -> dict[str, Any]:
    return {
        "name": row.name,
        "label": row.label,
        "description": row.description,
        "printed": row.printed,
        "count": row.count,
        "impact_class": row.impact_class.code if row.impact_class else None,
    }
