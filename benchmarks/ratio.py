"""How long a whole record takes, as a ratio to peers that read the same pages in the same run.

    python benchmarks/ratio.py            # tests/data/pages, best of 20 rounds
    python benchmarks/ratio.py FOLDER

In each round every reader goes over all pages several times, as it does in a crawl, and its
time is that of its best pass in any round.
"""

from __future__ import annotations

import pathlib
import sys
import time
from collections.abc import Callable

import bs4
import lxml.html

import litrecord

ROUNDS = 20
PASSES = 5
PAGES = pathlib.Path(__file__).parent.parent / "tests" / "data" / "pages"

READERS: dict[str, Callable[[str], object]] = {
    "lxml.html.fromstring + text_content": lambda text: lxml.html.fromstring(text).text_content(),
    "litrecord.parse_record": litrecord.parse_record,
    "litrecord.parse_document": litrecord.parse_document,
    "BeautifulSoup(lxml) + get_text": lambda text: bs4.BeautifulSoup(text, "lxml").get_text(),
}


def main() -> None:
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    pages = [path.read_bytes().decode() for path in sorted(folder.glob("*.txt"))]
    best = dict.fromkeys(READERS, float("inf"))
    for _ in range(ROUNDS):
        for name, read in READERS.items():
            for _ in range(PASSES):
                started = time.perf_counter()
                for page in pages:
                    read(page)
                best[name] = min(best[name], (time.perf_counter() - started) / len(pages))
    peer = best["lxml.html.fromstring + text_content"]
    print(f"{len(pages)} pages, {sum(map(len, pages)) // len(pages)} characters each")
    print(f"{'reader':38} {'µs a page':>10} {'ratio':>6}")
    for name, seconds in best.items():
        print(f"{name:38} {seconds * 1e6:10.1f} {seconds / peer:6.2f}")


if __name__ == "__main__":
    main()
