"""Atomic writing of files: a temporary file replaces the old one when it is whole."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

ASIDE = ".aside"
"""The suffix of a file that is not finished."""
NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # which Windows does not have


def opened_itself(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file for reading; raise OSError if it is a link, or not a regular file."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise FileNotFoundError(errno.ENOENT, "no file of its own", os.fspath(path))
    return open(path, "rb", opener=lambda name, flags: os.open(name, flags | NO_LINK))


@contextmanager
def replacing(
    path: str | os.PathLike[str], folder: str | os.PathLike[str] | None = None
) -> Iterator[BinaryIO]:
    """Open a temporary file that replaces *path* when the block ends, unless the block raises.

    It is written beside *path*, or in a folder of the same file system. It is always a new file, so
    that no link planted in its place is followed.
    """
    # Random, since a process that was killed leaves its file behind. Hidden, since readers of a
    # folder of parts skip such names.
    name = f".{os.path.basename(path)}.{os.urandom(4).hex()}{ASIDE}"
    aside = os.path.join(os.path.dirname(path) if folder is None else folder, name)
    # Outside "try": a file that already exists is kept.
    opened = open(aside, "x+b")  # noqa: SIM115
    try:
        with opened as file:
            yield file
        os.replace(aside, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(aside)
        raise
