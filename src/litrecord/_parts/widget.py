"""Parser of the script widget: one element, kept whole.

Grammar: see `_scripts.scanner`, whose scan found the element.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from litrecord._text.segments import Findings, Segment
from litrecord._values.widget import ScriptWidget

_CACHED_LENGTH = 1024


def read_widget(segments: Sequence[Segment], _: Findings) -> ScriptWidget:
    """Return the widget of the one WIDGET segment."""
    markup = segments[0][2]
    # The portal prints the same widget on every page: the cache saves 5% of parse_record.
    return _widget(markup) if len(markup) <= _CACHED_LENGTH else ScriptWidget(markup)


_widget = lru_cache(maxsize=64)(ScriptWidget)
