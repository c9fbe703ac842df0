"""The instances: where a whole page says that its work is available."""

from __future__ import annotations

from collections.abc import Sequence

from litrecord._text.segments import Findings, Segment
from litrecord._values.instance import Instance


def read_instances(segments: Sequence[Segment], _: Findings) -> tuple[Instance, ...]:
    """Return the instances of the INSTANCE segments."""
    return tuple(segment[3] for segment in segments)
