"""A file is whole or as it was, and nothing is left beside it."""

import os
import pathlib
import resource
from collections.abc import Iterator
from typing import BinaryIO

import pytest

from litrecord._atomic import ASIDE, opened_itself, replacing


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "a.txt"
    path.write_text("before")
    return path


@pytest.fixture
def no_room() -> Iterator[None]:
    """Let no file grow over 10,000 bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_is_replaced_when_the_other_is_whole(path: pathlib.Path) -> None:
    with replacing(path) as file:
        file.write(b"after")
        assert path.read_text() == "before"
        file.seek(0)
        assert file.read() == b"after"
    assert path.read_text() == "after"
    assert os.listdir(path.parent) == ["a.txt"]


@pytest.mark.usefixtures("no_room")
@pytest.mark.parametrize("size", [10_001, 100_000])
def test_where_there_is_no_room_the_file_stays_as_it_was(path: pathlib.Path, size: int) -> None:
    with pytest.raises(OSError, match="too large"), replacing(path) as file:
        file.write(b"a" * size)
    assert path.read_text() == "before"
    assert os.listdir(path.parent) == ["a.txt"]


def test_an_interrupt_leaves_the_file_as_it_was(path: pathlib.Path) -> None:
    with pytest.raises(KeyboardInterrupt), replacing(path, path.parent) as file:
        raise KeyboardInterrupt(file.write(b"after"))
    assert path.read_text() == "before"
    assert os.listdir(path.parent) == ["a.txt"]


def test_a_link_that_was_planted_is_neither_followed_nor_removed(
    path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "urandom", bytes)
    planted = path.with_name(f".a.txt.00000000{ASIDE}")
    planted.symlink_to(path)
    with pytest.raises(FileExistsError):
        replacing(path).__enter__()
    assert (path.read_text(), planted.is_symlink()) == ("before", True)


def lose(file: BinaryIO) -> None:
    os.unlink(file.name)
    raise ValueError("wrong")


def test_a_file_that_is_gone_hides_no_error(path: pathlib.Path) -> None:
    with pytest.raises(ValueError, match="wrong"), replacing(path) as file:
        lose(file)


def test_a_link_in_the_place_of_a_file_is_not_opened(path: pathlib.Path) -> None:
    with opened_itself(path) as file:
        assert file.read() == b"before"
    link, pipe = path.with_name("link"), path.with_name("pipe")
    link.symlink_to(path)
    os.mkfifo(pipe)
    for other in (link, pipe, path.parent, path.with_name("none")):
        with pytest.raises(FileNotFoundError):
            opened_itself(other)
