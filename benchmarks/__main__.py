"""How fast and how exact litrecord is: the whole page of tables, or with --check two gates."""

from __future__ import annotations

import argparse
import datetime
import pathlib
import platform
import sys
import warnings
from collections.abc import Iterator
from importlib.metadata import version

import bs4

from benchmarks import (
    accuracy,
    growth,
    hostile,
    html,
    identifiers,
    memory,
    patterns,
    readers,
    stages,
)
from benchmarks.corpus import ROOT, Page, read_keyword_lines, read_pages

_PAGE = ROOT / "docs" / "benchmarks.md"
_MOST_TIMES_LXML = 3.0
_MOST_TIMES_TREE = 4.0
_LEAST_TIMES_IDUTILS = 3.5
_LONG = 80
_TOP = """# Benchmarks

This page shows how fast and how exact litrecord is, how its time and memory grow, and what
other readers need. `python -m benchmarks` writes it, in the root of a checkout with the
development dependencies. That takes at most two minutes on an idle machine. Each measurement ends
after some seconds, so a slow machine makes fewer runs than are given.

All numbers are of one run on this day, on this machine:

{machine}
- {stored}

Compare ratios: times are those of one machine. A page or line that is stored later counts from
the next run on.

`python -m benchmarks --check` takes half a minute. It fails in these cases:

- parse_record takes more than {most} times as long as lxml;
- for a saved page, it takes more than {tree} times as long;
- it does not read every stored page and keyword line exactly;
- the memory of long work grows with its length;
- the time of a pattern grows faster than its text;
- identify is not {least} times as fast as idutils on 2,000 strings."""


def main() -> int:
    """Print and write all tables, or check; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--check", action="store_true", help="check speed and accuracy only")
    pages = read_pages()
    if parser.parse_args().check:
        return _check(pages)
    # BeautifulSoup warns of short texts that look like a path.
    warnings.filterwarnings("ignore", category=bs4.MarkupResemblesLocatorWarning)
    parts = []
    for part in _parts(pages):
        print(part, end="\n\n", flush=True)
        parts.append(part)
    _PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return 0


def _parts(pages: list[Page]) -> Iterator[str]:
    yield _TOP.format(
        most=_MOST_TIMES_LXML,
        tree=_MOST_TIMES_TREE,
        least=_LEAST_TIMES_IDUTILS,
        machine=_machine(),
        stored=_stored(pages),
    )
    yield "## Readers\n\n" + readers.report(pages, rounds=60, passes=3)
    yield "## Saved pages\n\n" + html.report(pages, rounds=20, passes=2)
    yield "## Accuracy\n\n" + accuracy.report(pages)
    yield "## Stages of parse_record\n\n" + stages.report(pages, rounds=100, passes=5)
    yield "## Hostile input\n\n" + hostile.report(pages, rounds=3, passes=1)
    yield "## Patterns\n\n" + patterns.report()
    yield "## Growth\n\n" + growth.report(pages[0], rounds=50, passes=5)


def _machine() -> str:
    packages = ("litrecord", "lxml", "beautifulsoup4", "selectolax")
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return f"- {platform.platform()}, {_processor()}\n- {python}, {versions}\n- {today}"


def _stored(pages: list[Page]) -> str:
    lines = len(read_keyword_lines())
    return f"{len(pages)} pages and {lines} keyword lines: all that tests/data held on that day"


def _processor() -> str:
    source = pathlib.Path("/proc/cpuinfo")
    lines = source.read_text(encoding="utf-8").split("\n") if source.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _check(pages: list[Page]) -> int:
    times = readers.times_a_page(pages, [readers.RECORD, readers.UNIT], rounds=100, passes=20)
    ratio = times[readers.RECORD] / times[readers.UNIT]
    failures = [f"not exact: {failure}" for failure in accuracy.litrecord_failures(pages)]
    html_ratio = html.ratio(pages[0], _LONG, rounds=60, passes=5)
    failures += [
        f"not as its text in HTML: {page.name}" for page in pages if not html.is_exact(page)
    ]
    if html_ratio > _MOST_TIMES_TREE:
        failures.append(f"too slow: HTML takes more than {_MOST_TIMES_TREE} times as long as lxml")
    if ratio > _MOST_TIMES_LXML:
        failures.append(f"too slow: more than {_MOST_TIMES_LXML} times as long as lxml")
    identify_ratio = identifiers.ratio(rounds=10, passes=1)
    if identify_ratio < _LEAST_TIMES_IDUTILS:
        failures.append(
            f"too slow: identify is not {_LEAST_TIMES_IDUTILS} times as fast as idutils"
        )
    failures += memory.failures(pages)
    failures += patterns.failures()
    print(f"parse_record takes {ratio:.2f} times as long as lxml on {len(pages)} pages")
    print(f"parse_record of HTML takes {html_ratio:.2f} times as long as lxml's tree of it")
    print(f"identify is {identify_ratio:.1f} times as fast as idutils on 2,000 strings")
    print("\n".join(failures) or "every page and every keyword line is read exactly")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
