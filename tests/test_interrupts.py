"""Ctrl-C before the work, while the command is imported, and behind it: one line and exit code 130.

Each signal is sent by the process itself at a place of its own, so nothing depends on time.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

import pytest

from litrecord import _interrupts
from litrecord._interrupts import end_at_once, raise_again
from support.strategies import DATA

SEED = str(DATA / "seed.txt")
SCRIPT = shutil.which("litrecord", path=pathlib.Path(sys.executable).parent) or ""
COMMANDS = {
    "module": [sys.executable, "-m", "litrecord"],
    "module at once": [sys.executable, "-X", "utf8", "-mlitrecord"],
    "script": [SCRIPT],
}
# What Python loads when it starts: it sends the signal when a module is about to be imported, or
# when all is done.
SITE = """
import atexit, os, signal, sys

def interrupt(*_):
    if os.environ["INTERRUPT_AT"] == "ignored":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.kill(os.getpid(), signal.SIGINT)

class Finder:
    @staticmethod
    def find_spec(name, *_):
        if name == os.environ["INTERRUPT_AT"]:
            interrupt()

sys.meta_path.insert(0, Finder)
if os.environ["INTERRUPT_AT"] in ("the end", "ignored"):
    atexit.register(interrupt)
"""


def run_interrupted(
    command: list[str], place: str, folder: pathlib.Path
) -> subprocess.CompletedProcess[bytes]:
    (folder / "sitecustomize.py").write_text(SITE)
    environment = {**os.environ, "INTERRUPT_AT": place, "PYTHONPATH": str(folder)}
    return subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "place", ["attrs", "litrecord.model", "litrecord._cli.main", "argparse", "the end"]
)
def test_an_interrupt_at_any_time_is_one_line(
    command: str, place: str, tmp_path: pathlib.Path
) -> None:
    done = run_interrupted([*COMMANDS[command], SEED], place, tmp_path)
    assert (done.returncode, done.stderr) == (130, b"litrecord: interrupted\n")
    assert done.stdout.count(b"\n") == (place == "the end")


@pytest.mark.slow
def test_an_interrupt_that_is_ignored_stays_so(tmp_path: pathlib.Path) -> None:
    done = run_interrupted([*COMMANDS["module"], SEED], "ignored", tmp_path)
    assert (done.returncode, done.stderr, done.stdout.count(b"\n")) == (0, b"", 1)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["litrecord.model", "colorsys"])
def test_a_script_that_imports_litrecord_gets_its_interrupt(
    place: str, tmp_path: pathlib.Path
) -> None:
    lines = ["try:", "    import litrecord, colorsys", "except KeyboardInterrupt:", "    print(7)"]
    script = tmp_path / "script.py"
    script.write_text("\n".join(lines))
    done = run_interrupted([sys.executable, str(script)], place, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"7\n", b"")


@pytest.mark.parametrize(
    ("words", "all_words", "is_command"),
    [
        (["-m", "a.txt"], ["python", "-m", "litrecord", "a.txt"], True),
        (["-m"], ["python", "-X", "utf8", "-mlitrecord"], True),
        (["-m", "litrecord"], ["python", "-m", "pytest", "litrecord"], False),
        (["/usr/bin/litrecord"], ["python", "/usr/bin/litrecord"], True),
        (["a.py", "litrecord"], ["python", "a.py", "litrecord"], False),
        (["-c"], ["python", "-c", "litrecord"], False),
        ([""], ["python"], False),
    ],
)
def test_the_command_is_told_by_how_python_was_started(
    words: list[str], all_words: list[str], is_command: bool
) -> None:
    assert _interrupts._is_command(words, all_words) == is_command


def test_an_interrupt_ends_the_process_only_between_the_two_calls(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "_exit", sys.exit)
    monkeypatch.setattr(_interrupts, "_end", _interrupts._end)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        end_at_once()
        end_at_once()
        with pytest.raises(SystemExit, match="130"):
            signal.raise_signal(signal.SIGINT)
        raise_again()
        raise_again()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert capfd.readouterr().err == "litrecord: interrupted\n"
