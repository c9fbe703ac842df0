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
import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

import litrecord

ROOT = pathlib.Path(__file__).parent
BESIDE_PYTHON = str(pathlib.Path(sys.executable).parent)
# What the user of a machine may have set for Python, for matplotlib, or for all terminals, and
# what changes what a program that a test starts prints.
STEERING = re.compile(
    r"PYTHON(?!PATH$|HOME$|UTF8$|COERCECLOCALE$|DONTWRITEBYTECODE$|PYCACHEPREFIX$)"
    r"|MPLBACKEND$|TTY_|COLUMNS$|LINES$|.*COLOR"
)

# A shell's background job ignores interrupts, and so would all that tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No example has a deadline: a busy machine is slow, and speed is measured in benchmarks/.
hypothesis.settings.register_profile("fewest", max_examples=10, deadline=None)
hypothesis.settings.register_profile("few", max_examples=50, deadline=None)
hypothesis.settings.load_profile("few")
# The same examples at every run, so that CI fails for what was changed; a longer search is fuzz/.
for profile, count in (("many", 500), ("thorough", 10_000)):
    hypothesis.settings.register_profile(
        profile, max_examples=count, deadline=None, derandomize=True
    )


def pytest_configure(config: pytest.Config) -> None:
    """Have xdist hand out files in the order below, not those with the most tests first."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with the most slow tests first, so that no process waits for another's last."""
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    items.sort(key=lambda item: -slow[item.path])


def pytest_itemcollected(item: pytest.Item) -> None:
    """Count properties, and the page of commands, among the slow tests."""
    is_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    if is_property or item.get_closest_marker("hypothesis") or item.path.name == "command.md":
        item.add_marker("slow")


@pytest.fixture(scope="session", autouse=True)
def _names_of_doctests(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["litrecord"] = litrecord


@pytest.fixture(scope="session", autouse=True)
def _environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have programs print the same on all machines, and leave their files in pytest's folder."""
    folder = str(tmp_path_factory.mktemp("temporary"))
    with pytest.MonkeyPatch.context() as patch:
        for name in filter(STEERING.match, [*os.environ]):
            patch.delenv(name)
        # Without it a program escapes what the machine's locale lacks.
        patch.setenv("PYTHONIOENCODING", "utf-8")
        patch.setenv("TMPDIR", folder)
        patch.setattr(tempfile, "tempdir", folder)
        yield


def run_console(example: sybil.Example) -> str | None:
    """Run the commands of a block, and return how what they print differs, if it does."""
    commands = re.split(r"^\$ ", str(example.parsed), flags=re.MULTILINE)[1:]
    assert commands, "a console block has commands, each behind a dollar sign"
    path = os.pathsep.join([BESIDE_PYTHON, os.environ.get("PATH", os.defpath)])
    # A folder of its own, since the commands write files, and the checkout may be read-only.
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "examples").symlink_to(ROOT / "examples")
        for command, expected in (part.split("\n", 1) for part in commands):
            shown = subprocess.run(  # noqa: S602
                command,
                shell=True,
                cwd=folder,
                env={**os.environ, "PATH": path},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
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
    fixtures=["_environment"],  # which no example has by itself
    # clients/ runs the examples of these pages, with the packages that they need.
    excludes=["docs/frames.md", "docs/duckdb.md"],
).pytest()
