"""Pages like the stored ones, as many as are asked for, and no two alike: synthetic.

Each is a stored page with other counts, classes and digits of identifiers, and with a longest line
that is like no other. The same seed gives the same pages.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from benchmarks.corpus import read_pages
from litrecord._vocabularies.indicators import CLASSES

_ROW = re.compile(r"^\|.*\| ?([0-9]{1,3}|Top [0-9.]+%|Average) ?\|", re.M)
_IDENTIFIER = re.compile(r"^(?:doi|pmid|handle): .*$", re.M)
_CLASSES = tuple(CLASSES)
_DIGITS = re.compile(r"[0-9]{3}$", re.M)


def generate(count: int, seed: int = 0) -> Iterator[str]:
    """Yield so many pages.

    >>> first, second = generate(2)
    >>> first == next(generate(1)), first == second
    (True, False)
    """
    chance = random.Random(seed)  # noqa: S311 (no secret)
    texts = [page.text for page in read_pages()]
    for number in range(count):
        text = chance.choice(texts)
        longest = max(text.split("\n"), key=len)
        text = text.replace(longest, f"{longest} This is copy {number}.", 1)
        text = _ROW.sub(lambda row: _other_value(row, chance), text)
        yield _IDENTIFIER.sub(lambda line: _other_digits(line[0], chance), text)


def _other_value(row: re.Match[str], chance: random.Random) -> str:
    value = str(chance.randrange(1_000)) if row[1].isdigit() else chance.choice(_CLASSES)
    return row[0][: row.start(1) - row.start()] + value + row[0][row.end(1) - row.start() :]


def _other_digits(line: str, chance: random.Random) -> str:
    return _DIGITS.sub(lambda digits: str(chance.randrange(10 ** len(digits[0]))), line)
