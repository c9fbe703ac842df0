"""How examples run as tests, and how long hypothesis looks.

The examples of docstrings are doctests; those of README.md and docs/ are run by sybil: Python
as doctests, and the commands of ``console`` blocks in a shell, beside what they print.
The sessions "properties" and "thorough" of noxfile.py look at ten and 200 times as many examples.
"""

import doctest
import os
import pathlib
import re
import signal
import subprocess
import sys
from typing import Any

import hypothesis
import pytest
import sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

import litrecord

ROOT = pathlib.Path(__file__).parent
BESIDE_PYTHON = str(pathlib.Path(sys.executable).parent)

# A shell's background job ignores interrupts, and so would all that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No example has a deadline: a busy machine is slow, and speed is measured in benchmarks/.
hypothesis.settings.register_profile("few", max_examples=50, deadline=None)
hypothesis.settings.load_profile("few")
# The same examples at every run, so that CI fails for what was changed; a longer search is fuzz/.
for profile, count in (("many", 500), ("thorough", 10_000)):
    hypothesis.settings.register_profile(
        profile, max_examples=count, deadline=None, derandomize=True
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Count properties, and the page of commands, among the slow tests."""
    is_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    if is_property or item.get_closest_marker("hypothesis") or item.path.name == "command.md":
        item.add_marker("slow")


@pytest.fixture(autouse=True)
def _names_of_doctests(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["litrecord"] = litrecord


def run_console(example: sybil.Example) -> str | None:
    """Run the commands of a block, and return how what they print differs, if it does."""
    commands = re.split(r"^\$ ", str(example.parsed), flags=re.MULTILINE)[1:]
    assert commands, "a console block has commands, each behind a dollar sign"
    for command, expected in (part.split("\n", 1) for part in commands):
        shown = subprocess.run(  # noqa: S602
            command,
            shell=True,
            cwd=ROOT,
            env={**os.environ, "PATH": f"{BESIDE_PYTHON}{os.pathsep}{os.environ['PATH']}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        ).stdout
        if shown.rstrip() != expected.rstrip():
            return f"$ {command}\nexpected:\n{expected}\ngot:\n{shown}"
    return None


pytest_collect_file = sybil.Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
        CodeBlockParser("console", run_console),
    ],
    patterns=["README.md", "docs/*.md"],
    excludes=["docs/frames.md"],  # whose examples clients/ runs, with the packages that they need
).pytest()
