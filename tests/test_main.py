"""The command prints a line of JSON a page; a bad file does not stop the others."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

import litrecord
from litrecord.__main__ import main
from strategies import DATA, SEED


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "litrecord", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)  # noqa: S603


def test_each_file_is_a_line_of_json_in_order() -> None:
    done = run(str(DATA / "seed.txt"), str(DATA / "pages" / "207.txt"))
    assert (done.returncode, done.stderr) == (0, b"")
    seed, page = map(json.loads, done.stdout.decode().splitlines())
    assert seed == json.loads(litrecord.to_json(litrecord.parse_record(SEED)))
    assert page["title"] == "Who drew the coast?"


def test_a_bad_file_is_named_and_the_others_are_read(tmp_path: pathlib.Path) -> None:
    missing, folder = tmp_path / "missing.txt", tmp_path
    done = run(str(missing), str(DATA / "seed.txt"), str(folder))
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.decode().splitlines() == [
        f"litrecord: cannot read {os.fspath(missing)!r}: No such file or directory",
        f"litrecord: cannot read {os.fspath(folder)!r}: Is a directory",
    ]


def test_standard_input_is_a_dash() -> None:
    done = run("-", stdin=b"pmid: 7\ncaf\xe9\n")
    assert json.loads(done.stdout)["abstract"] == "café"


def test_no_file_is_a_usage_error() -> None:
    done = run()
    assert done.returncode == 2
    assert b"usage: litrecord" in done.stderr


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    command = f'"{sys.executable}" -m litrecord ' + f'"{DATA / "seed.txt"}" ' * 200 + "| head -c 9"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602
    assert (done.stdout, done.stderr) == (b'{"version', b"")


@pytest.mark.parametrize(
    ("redirection", "message"),
    [
        ("> /dev/full", b"litrecord: cannot write: No space left on device\n"),
        ("- <&-", b"litrecord: -: cannot read NoneType: pass str, bytes, a path or a stream\n"),
    ],
)
def test_what_the_shell_does_to_it_is_said_and_ends_with_2(
    redirection: str, message: bytes
) -> None:
    command = f'"{sys.executable}" -m litrecord "{DATA / "seed.txt"}" {redirection}'
    done = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602
    assert (done.returncode, done.stderr) == (2, message)


def test_main_can_be_called(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(DATA / "seed.txt")]) == 0
    assert json.loads(capfdbinary.readouterr().out)["keywords"][0] == "Diagnosis, Differential"
