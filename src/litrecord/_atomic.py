"""Files that are whole or as they were: written aside, and renamed when they are done."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

ASIDE = ".aside"
"""How the name of a file ends that is not done."""
NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # which Windows does not have


def opened_itself(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file for reading; raise OSError if it is a link or not a file."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise FileNotFoundError(errno.ENOENT, "no file of its own", os.fspath(path))
    return open(path, "rb", opener=lambda name, flags: os.open(name, flags | NO_LINK))


@contextmanager
def replacing(
    path: str | os.PathLike[str], folder: str | os.PathLike[str] | None = None
) -> Iterator[BinaryIO]:
    """Open a file that becomes path when the block ends; if that raises, path stays as it was.

    It is written beside path, or in a folder of the same file system. It is always a new one, so
    no link that was planted in its place is followed.
    """
    # By chance, since a process that was killed leaves its own behind. Hidden, since who reads a
    # folder of parts passes over such names.
    name = f".{os.path.basename(path)}.{os.urandom(4).hex()}{ASIDE}"
    aside = os.path.join(os.path.dirname(path) if folder is None else folder, name)
    # Not below "try": one that was there already stays.
    opened = open(aside, "x+b")  # noqa: SIM115
    try:
        with opened as file:
            yield file
        os.replace(aside, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(aside)
        raise
