"""Sources of a command line: files, folders and standard input.

Grammar of a word::

    word   = "-" / file / folder
    folder = *( page / stored / folder )    ; in the order of their names, then its folders
    page   = a file whose name ends in one of SUFFIXES
    stored = a file of many pages, by its name: see _bulk.stored_page

A named file is read with any suffix. In a folder, a link to a file below it is read. A link to a
folder below it is ignored, since its pages are read in their place. A link that leads out of the
folder is not followed, but reported.
"""

from __future__ import annotations

import os
import pathlib
import stat
import sys
from collections.abc import Callable, Iterator

import attrs

from litrecord._bulk.stored_page import SUFFIXES as STORED
from litrecord._reading.decoding import Source
from litrecord._validation import is_address

STANDARD_INPUT = "-"
SUFFIXES = (
    ".txt",
    ".html",
    ".htm",
    ".xhtml",
    ".mhtml",
    ".mht",
    ".txt.gz",
    ".html.gz",
    ".htm.gz",
    ".xhtml.gz",
)

_ALL = (*SUFFIXES, *STORED)


@attrs.frozen
class File(os.PathLike[str]):
    """A file that keeps the spelling of its name, which `pathlib.Path` would change."""

    name: str

    def __fspath__(self) -> str:
        return self.name

    def __str__(self) -> str:
        return self.name


def pages_of(words: list[str], complain: Callable[[str], None]) -> Iterator[tuple[str, Source]]:
    """Yield the name and the source of each page, lazily.

    complain is called for a folder that cannot be listed or has no page, for a link that leads out
    of a folder, and for a word that does not name a file or folder.
    """
    for word in words:
        if word == STANDARD_INPUT:
            yield word, sys.stdin.buffer
        elif os.path.isdir(word):
            yield from _pages_below(word, complain)
        elif not word:
            complain("cannot read '': name a file, a folder, or - for standard input")
        elif is_address(word):
            advice = "an address is not fetched: save the page, and name its file"
            complain(f"cannot read {word!r}: {advice}")
        else:
            yield word, File(word)


def _may_be_read(path: pathlib.Path) -> bool:
    """Return whether a path is a file, or cannot be checked before it is opened."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _pages_below(folder: str, complain: Callable[[str], None]) -> Iterator[tuple[str, Source]]:
    def complain_of(error: OSError) -> None:
        complain(f"cannot read {os.fsdecode(error.filename)!r}: {error.strerror}")

    def is_of_folder(path: pathlib.Path) -> bool:
        """Return whether a path is not a link out of the folder; otherwise complain."""
        is_inside = not path.is_symlink() or pathlib.Path(os.path.realpath(path)).is_relative_to(
            top
        )
        if not is_inside:
            complain(f"{str(path)!r} is a link that leads out of {folder!r}: name what it links to")
        return is_inside

    top = os.path.realpath(folder)
    is_empty = True
    for inner, folders, files in os.walk(folder, onerror=complain_of):
        folders.sort()
        for name in sorted(files):
            path = pathlib.Path(inner, name)
            if name.lower().endswith(_ALL) and is_of_folder(path) and _may_be_read(path):
                is_empty = False
                yield str(path), path
        for name in folders:  # os.walk does not follow these if they are links
            is_of_folder(pathlib.Path(inner, name))
    if is_empty:
        complain(f"no page in {folder!r}: expected files that end in {', '.join(_ALL)}")
