"""What every doctest sees without importing it."""

from typing import Any

import pytest

import litrecord


@pytest.fixture(autouse=True)
def _names_of_doctests(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["litrecord"] = litrecord
