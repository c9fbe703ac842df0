"""What every doctest sees without importing it, and how long hypothesis looks.

`pytest --hypothesis-profile thorough` looks a hundred times as long.
"""

from typing import Any

import hypothesis
import pytest

import litrecord

hypothesis.settings.register_profile("thorough", max_examples=10_000, deadline=None)


@pytest.fixture(autouse=True)
def _names_of_doctests(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["litrecord"] = litrecord
