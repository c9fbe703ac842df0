"""The script widget: one element, kept whole.

Grammar: see `_text.scripts`, whose scan found the element.
"""

from __future__ import annotations

from collections.abc import Sequence

from litrecord._text.segments import Findings, Segment
from litrecord._values.widget import ScriptWidget


def read_widget(segments: Sequence[Segment], _: Findings) -> ScriptWidget:
    """Return the widget of the WIDGET segments, of which there is one."""
    return ScriptWidget(segments[0][2])
