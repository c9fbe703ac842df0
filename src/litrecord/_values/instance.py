"""One instance of a work: where it is available, and as what."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from litrecord._validation import line_of, lines_of, sequence_of
from litrecord._values.shown import shown
from litrecord.errors import InvalidValueError, repr_of

_set = object.__setattr__
_YEARS = range(1000, 10_000)


def _line(value: str | None, where: str) -> str | None:
    return None if value is None else line_of(value, where)


def _year(value: object) -> int:
    if type(value) is int and value in _YEARS:
        return value
    raise InvalidValueError(
        f"expected an int of four digits or None, got {repr_of(value)}", path="year"
    )


@attrs.frozen(init=False)
class Instance:
    """One place where a work is available, as a whole page lists it; the names are the Graph's.

    Text is one line, a year an int of four digits. Raises InvalidValueError if a value is not
    valid, or if there is no value at all.

    >>> found = Instance(hosted_by="ZENODO", type="Report", year=2019, collected_from=["Datacite"])
    >>> found.type, found.year, found.license, found.collected_from
    ('Report', 2019, None, ('Datacite',))
    """

    hosted_by: str | None = attrs.field(repr=shown)
    """The name of the place, as printed: a repository, a journal."""
    type: str | None = attrs.field(repr=shown)
    """The type of the work there, as printed: "Article", "Project deliverable"."""
    year: int | None
    """The year, which is printed with four digits."""
    refereed: str | None = attrs.field(repr=shown)
    """Whether it is reviewed by peers, as printed: "Peer-reviewed"."""
    license: str | None = attrs.field(repr=shown)
    """The licence, as printed: "CC BY"."""
    collected_from: tuple[str, ...] = attrs.field(repr=shown)
    """The names of the data sources of the instance, as printed."""

    def __init__(
        self,
        *,
        hosted_by: str | None = None,
        type: str | None = None,  # noqa: A002 - the name of the Graph
        year: int | None = None,
        refereed: str | None = None,
        license: str | None = None,  # noqa: A002 - the name of the Graph
        collected_from: Iterable[str] = (),
    ) -> None:
        _set(self, "hosted_by", _line(hosted_by, "hosted_by"))
        _set(self, "type", _line(type, "type"))
        _set(self, "year", None if year is None else _year(year))
        _set(self, "refereed", _line(refereed, "refereed"))
        _set(self, "license", _line(license, "license"))
        _set(self, "collected_from", lines_of(collected_from, "collected_from"))
        if not any((hosted_by, type, year, refereed, license, self.collected_from)):
            raise InvalidValueError("holds no value: leave it out")

    def _repr_html_(self) -> str:
        """Return the instance as HTML, for notebooks."""
        from litrecord.serializers.pages.html import to_html

        return to_html(self, style=True)


def instances_of(values: object) -> tuple[Instance, ...]:
    """Return instances as a tuple, or raise InvalidValueError."""
    instances: tuple[Instance, ...]
    instances = values if type(values) is tuple else sequence_of(values, "instances", "Instance")
    for instance in instances:
        if type(instance) is not Instance:
            raise InvalidValueError(f"expected Instance, got {repr_of(instance)}", path="instances")
    return instances
