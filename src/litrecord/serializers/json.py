"""Writer and reader of JSON: the fields of a record, and derived values for convenience.

Form, version 1; the tables of names are in `litrecord.serializers.shape`. The JSON Schema (draft
2020-12) is the file record.schema.json beside this module::

    record     = { "version": 1, "title", "authors": [name…], "widget": widget / null,
                   "identifiers": [identifier…], "abstract", "keywords": [term…],
                   "indicators": [indicator…], [ "instances": [instance…] ], [ "source" ] }
    widget     = { "markup", [ "source_url" ] }
    identifier = { "scheme", "value", [ "url" ], [ "valid" ] }
    indicator  = { [ "name" ], "label", [ "description" ], "printed", [ "count" ],
                   [ "impact_class" ] }
    instance   = { [ "hosted_by" ], [ "type" ], [ "year" ], [ "refereed" ], [ "license" ],
                   [ "collected_from": [name…] ] }

impact_class is the code, "C1" to "C5"; a missing value is null. Members in brackets are optional
for a reader. Derived values must agree with the rest. "source" is not part of a record: the command
writes the name of the source there. A record without instances has no member "instances", so
earlier versions read it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from litrecord.diagnostics import Diagnostic, Span
from litrecord.errors import DecodeError, InvalidValueError, ParseError, within
from litrecord.model import Record, require_record
from litrecord.serializers.shape import FIELDS, NAMES, Field, Form

VERSION = 1

_MOST_BITS = 200
_LISTS = tuple(field.name for field in FIELDS if field.is_list)
_OBJECTS = tuple(field.name for field in FIELDS if field.form and not field.is_list)
_TEXTS = tuple(name for name in NAMES if name not in _OBJECTS + _LISTS)
_MEMBERS = ("version", "source", *_TEXTS, *_OBJECTS, *_LISTS)
"""The members of a record, in the order in which a message names them."""


def to_dict(record: Record) -> dict[str, Any]:
    """Return a record as a dict of lists, dicts, str, int, bool and None.

    Raises InvalidValueError if record is not a Record (a Document has one).

    >>> litrecord.to_dict(litrecord.parse_record("mag_id: 2101234567\\n"))["identifiers"]
    [{'scheme': 'mag_id', 'value': '2101234567', 'url': None, 'valid': True}]
    """
    require_record(record)
    written: dict[str, Any] = {"version": VERSION}
    for name, form, is_list, is_late in FIELDS:
        value = getattr(record, name)
        if is_late and not value:
            continue
        if is_list:
            written[name] = list(value) if form is None else [_write(form, item) for item in value]
        else:
            written[name] = value if form is None or value is None else _write(form, value)
    return written


def to_json(record: Record) -> str:
    """Return a record as one line of JSON (RFC 8259); only ASCII characters are ever escaped.

    Raises InvalidValueError if record is not a Record.

    >>> litrecord.to_json(litrecord.Record(keywords=["Chévere"])).count("é")
    1
    """
    return json.dumps(to_dict(record), ensure_ascii=False)


def from_dict(data: Mapping[str, Any]) -> Record:
    """Return the record of a dict in the form of `to_dict`.

    Required are only "version" and, for each object, markup, or scheme and value, or label and
    printed. Derived values are ignored if they agree with the rest.

    Raises InvalidValueError with the path of the member and the expected value. It is raised for a
    member that is unknown, missing or of another type, and for a wrong derived value.

    >>> row = {"label": "citations", "printed": "70", "count": 70.0}
    >>> litrecord.from_dict({"version": 1, "indicators": [row]})
    Traceback (most recent call last):
    litrecord.errors.InvalidValueError: indicators[0].count: expected 70, computed from ...
    """
    _require_members(data, "", _MEMBERS, ("version",))
    if type(data["version"]) is not int or data["version"] != VERSION:
        raise _expected("version", str(VERSION), data["version"])
    if not isinstance(data.get("source"), str | None):
        raise _expected("source", "a string or null", data["source"])
    for name in _LISTS:
        _require_list(data.get(name, []), name)
    return Record(
        **{field.name: _value_of(field, data[field.name]) for field in FIELDS if field.name in data}
    )


def from_json(text: str | bytes) -> Record:
    """Return the record of a JSON text, as `to_json` or the command wrote it.

    text is a str, or bytes in UTF-8, UTF-16 or UTF-32. Raises ParseError if it is not JSON,
    DecodeError if the bytes are not text, and the errors of `from_dict`.

    >>> litrecord.from_json('{"version": 1, "keywords": ["Humans"]}').keywords
    ('Humans',)
    """
    if not isinstance(text, str | bytes | bytearray):
        raise _expected("text", "a str or bytes", text)
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = Diagnostic(
            "malformed-json",
            error.msg.removesuffix(" at").removesuffix(" starting"),
            Span(error.pos, min(error.pos + 1, len(error.doc))),
            error.doc,
        )
        raise ParseError("expected a record as JSON", [place]) from error
    except UnicodeDecodeError as error:
        raise DecodeError(f"byte {error.start} is not {error.encoding}: pass a str") from error
    except RecursionError as error:
        raise InvalidValueError("the objects are nested deeper than in any record") from error
    except InvalidValueError:
        raise
    except ValueError as error:
        raise InvalidValueError(f"a number is longer than any count: {error}") from error
    return from_dict(data)


def _write(form: Form, value: object) -> dict[str, Any]:
    return {name: get(value) for name, get in form.members.items()}


def _value_of(field: Field, data: Any) -> Any:
    """Return the value of a field."""
    name, form, is_list, _ = field
    if form is None or data is None:
        return data
    if is_list:
        return [_read(form, item, f"{name}[{at}]") for at, item in enumerate(data)]
    return _read(form, data, name)


def _read(form: Form, data: object, where: str) -> Any:
    """Return the value of one object, whose path is *where*."""
    members = _require_members(data, where, tuple(form.members), form.required)
    stored = [name for name in (*form.required, *form.optional) if name in members]
    for name in [name for name in stored if form.types.get(name) is tuple]:
        _require_list(members[name], f"{where}.{name}")
    try:
        value = form.build(**{name: members[name] for name in stored})
    except InvalidValueError as error:
        raise within(error, where) from error
    for name in [name for name in form.members if name in members and name not in stored]:
        derived = form.members[name](value)
        if members[name] != derived or type(members[name]) is not type(derived):
            expected = f"{_shown(derived)}, computed from the rest, or nothing"
            raise _expected(f"{where}.{name}", expected, members[name])
    return value


def _require_list(value: object, where: str) -> None:
    if not isinstance(value, list | tuple):
        raise _expected(where, "a list", value)


def _require_members(
    data: object, where: str, known: tuple[str, ...], required: tuple[str, ...]
) -> Mapping[str, Any]:
    """Return data if it is an object of known members that has all required ones."""
    if not isinstance(data, Mapping):
        raise _expected(where or "record", "an object", data)
    inside = f"{where}." if where else ""
    for name in data:
        if name not in known:
            path = f"{inside}{name!s:.60}"
            raise InvalidValueError(f"unknown name: expected one of {', '.join(known)}", path=path)
    for name in required:
        if name not in data:
            raise InvalidValueError("is missing", path=f"{inside}{name}")
    return data


def _expected(where: str, expected: str, value: object) -> InvalidValueError:
    return InvalidValueError(f"expected {expected}, got {_shown(value)}", path=where)


def _shown(value: object) -> str:
    """Return a value as JSON, cut if it is long, or the name of its type."""
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        # Python refuses to write numbers of thousands of digits.
        return "a very long number"
    if isinstance(value, str | int | float | None):
        return f"{json.dumps(value, ensure_ascii=False):.60}"
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list | tuple) else type(value).__name__


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise InvalidValueError("occurs twice in one object", path=f"{name:.60}")
        members[name] = value
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidValueError(f"{name}: is not a number of JSON")
