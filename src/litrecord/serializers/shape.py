"""Schema of a record: its fields, and the members of its objects, each with its type.

`FIELDS` is the only description: the JSON form, the Arrow columns and the counts of a report use
it. To add a field, give it to `litrecord.model.Record`, to `FIELDS` and to record.schema.json (a
test compares them), and write its parser and its writer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from litrecord.model import Identifier, Indicator, Instance, ScriptWidget

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Form(NamedTuple):
    """The form of the values of one class: the name of each member, and its getter."""

    build: Callable[..., Any]
    members: dict[str, Callable[[Any], object]]
    types: dict[str, type]
    """The types of the members that are not text; a tuple contains text."""
    required: tuple[str, ...]
    """The members that are its parameters, in their order."""
    optional: Mapping[str, object] = _NOTHING
    """The optional members, each with its default."""


class Field(NamedTuple):
    """A field of a record: text, or objects with a form."""

    name: str
    form: Form | None = None
    is_list: bool = False
    is_late: bool = False
    """Whether earlier versions lack it: JSON omits it if it is empty."""


def _code_of_class(row: Indicator) -> str | None:
    return row.impact_class.code if row.impact_class else None


def _members_of(*names: str) -> dict[str, Callable[[Any], object]]:
    """Return members with the names of their attributes."""
    return {name: attrgetter(name) for name in names}


WIDGET = Form(ScriptWidget, _members_of("markup", "source_url"), {}, required=("markup",))
IDENTIFIER = Form(
    Identifier,
    _members_of("scheme", "value", "url") | {"valid": attrgetter("is_valid")},
    {"valid": bool},
    required=("scheme", "value"),
)
INDICATOR = Form(
    Indicator,
    _members_of("name", "label", "description", "printed", "count")
    | {"impact_class": _code_of_class},
    {"count": int},
    required=("label", "printed"),
    optional={"description": ""},
)
INSTANCE = Form(
    Instance,
    _members_of("hosted_by", "type", "year", "refereed", "license")
    | {"collected_from": lambda instance: list(instance.collected_from)},
    {"year": int, "collected_from": tuple},
    required=(),
    optional=dict.fromkeys(("hosted_by", "type", "year", "refereed", "license"))
    | {"collected_from": ()},
)
FIELDS = (
    Field("title"),
    Field("authors", is_list=True),
    Field("widget", WIDGET),
    Field("identifiers", IDENTIFIER, is_list=True),
    Field("abstract"),
    Field("keywords", is_list=True),
    Field("indicators", INDICATOR, is_list=True),
    Field("instances", INSTANCE, is_list=True, is_late=True),
)
"""The fields of a record, in the order in which they are written."""
LATE = frozenset(field.name for field in FIELDS if field.is_late)
NAMES = tuple(field.name for field in FIELDS)
