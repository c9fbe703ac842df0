"""What the command says on standard error: failures, diagnostics, and a bar for long work.

On a terminal, and with the extra ``progress`` (the package rich), it is coloured and has a
bar; elsewhere it is plain text, and rich is not loaded.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TextIO, TypeVar

from litrecord._characters import REPLACEMENT
from litrecord.diagnostics import Diagnostic
from litrecord.files import Summary

if TYPE_CHECKING:
    from rich.console import Console

_Item = TypeVar("_Item")
Progress = Callable[[int, int, Summary], object]
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


class Terminal:
    """Standard error, and how often something failed."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._console = _console_on(stream) if stream is not None and stream.isatty() else None
        self.failures = 0

    def complain(self, message: str) -> None:
        """Say what failed, and count it."""
        self.failures += 1
        self._say(f"litrecord: {message}", "error")

    def show(self, name: str, diagnostic: Diagnostic) -> None:
        """Show what is to say of the source called name, with its place."""
        self._say(f"{name}: {diagnostic}", diagnostic.severity.value)

    def track(self, items: Iterable[_Item], count: Callable[[], int]) -> Iterable[_Item]:
        """Return the items, behind a bar if there are several and it can be shown.

        count is asked for their number only then.
        """
        if self._console is None or sys.stdout.isatty() or (total := count()) < 2:
            return items
        from rich.progress import track

        return track(items, "reading", total, console=self._console, transient=True)

    def tell(self, message: str) -> None:
        """Say what is no failure."""
        self._say(f"litrecord: {message}", "info")

    @contextlib.contextmanager
    def bar(self) -> Iterator[Progress | None]:
        """Show a bar of the shards of a long work, and yield what moves it; None if none can be."""
        if self._console is None:
            yield None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._console, transient=True) as shown:
            task = shown.add_task("reading", total=None)

            def move(done: int, count: int, summary: Summary) -> None:
                said = f"pages: {summary.pages:,}, refused: {summary.refused:,}"
                shown.update(task, completed=done, total=count, description=said)

            yield move

    def _say(self, message: str, severity: str) -> None:
        text = _printable(message)
        try:
            if self._console is not None:
                _print_styled(self._console, text, _STYLES[severity])
            elif self._stream is not None:
                print(text, file=self._stream)
        except OSError:
            # Nobody can be told; the exit code still says it.
            self._stream = self._console = None


def _print_styled(console: Console, text: str, style: str) -> None:
    from rich.text import Text

    first, line_end, rest = text.partition("\n")
    console.print(Text.assemble((first, style), line_end, rest))


def _printable(text: str) -> str:
    """Return text without what a terminal would obey: pages and file names are not trusted."""
    return "".join(c if c.isprintable() or c == "\n" else REPLACEMENT for c in text)


def _console_on(stream: TextIO) -> Console | None:
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
