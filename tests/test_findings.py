"""What fuzzing found once keeps every promise from then on, and so do the stored pages."""

import pathlib

import pytest
from fuzz.promises import TARGETS, check

from support.strategies import PAGES

FINDINGS = sorted((pathlib.Path(__file__).parent.parent / "fuzz" / "findings").iterdir())


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_what_fuzzing_found_is_mended(path: pathlib.Path) -> None:
    check(path.stem.partition("-")[0], path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_of_the_harness_holds_for_stored_pages(target: str) -> None:
    for page in PAGES[::8]:
        check(target, page.encode())
