"""How examples run as tests, and how long hypothesis looks.

The examples of docstrings are doctests; those of README.md and docs/ are run by sybil: Python
as doctests, and the commands of ``console`` blocks in a shell, beside what they print.
The session "thorough" of noxfile.py looks a hundred times as long.
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
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
# The same examples at every run, so that CI fails for what was changed; a longer search is fuzz/.
hypothesis.settings.register_profile(
    "thorough", max_examples=10_000, deadline=None, derandomize=True
)


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
).pytest()
