"""Output on standard error: failures, diagnostics, and a progress bar.

On a terminal, and with the extra ``progress`` (the package rich), it is coloured and has a
bar; elsewhere it is plain text, and rich is not loaded.

Pages and file names are not trusted: a terminal gets a JSON escape for each control character and
each character that changes the direction of text. Pipes and files get them unchanged.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol, TextIO

from litrecord.diagnostics import Diagnostic
from litrecord.errors import LitrecordError
from litrecord.files import Summary

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[int, int, Summary], object]
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb]"
)
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


class Terminal:
    """Standard error, and the number of failures."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self.is_json = False
        self._console = _console_on(stream) if stream is not None and stream.isatty() else None
        self.failures = 0

    def complain(self, message: str, name: str = "", error: LitrecordError | None = None) -> None:
        """Write a failure and count it; for a refused source with its name and error."""
        self.failures += 1
        if not self.is_json:
            self._say(f"litrecord: {message}", "error")
            return
        said = message if error is None else error.message
        self._write(name or None, "error", None, said)
        for diagnostic in () if error is None else error.diagnostics:
            self.show(name, diagnostic)

    def show(self, name: str, diagnostic: Diagnostic) -> None:
        """Write a diagnostic of the source called name, with its place."""
        severity = diagnostic.severity.value
        if not self.is_json:
            self._say(f"{name}: {diagnostic}", severity)
            return
        (line, column), span = diagnostic.position, diagnostic.span
        more = {
            "line": line,
            "column": column,
            "start": span.start,
            "end": span.end,
            "excerpt": diagnostic.excerpt,
            "advice": diagnostic.advice,
        }
        self._write(name, severity, diagnostic.code, diagnostic.message, more)

    def tell(self, message: str) -> None:
        """Write a line that is not a failure."""
        if self.is_json:
            self._write(None, "info", None, message)
        else:
            self._say(f"litrecord: {message}", "info")

    @contextlib.contextmanager
    def bar(self) -> Iterator[Progress | None]:
        """Show a bar for long work, and yield the function that moves it; None without a bar."""
        if self._console is None or self.is_json:
            yield None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = ("reading", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, "{task.description}", console=self._console, transient=True) as bar:
            task = bar.add_task("", total=None)
            started = time.monotonic()

            def move(done: int, count: int, summary: Summary) -> None:
                counts = f"pages: {summary.pages:,}, refused: {summary.refused:,}"
                said = f"{counts}, {a_second(summary, time.monotonic() - started)}"
                bar.update(task, completed=done, total=count, description=said)

            yield move

    def flush(self) -> None:
        """Flush the output, as far as it can be written."""
        self._attempt(lambda stream: stream.flush())

    def _write(
        self,
        name: str | None,
        severity: str,
        code: str | None,
        message: str,
        more: dict[str, object] | None = None,
    ) -> None:
        """Write the same as a line of JSON in ASCII, which any terminal accepts."""
        said = {"source": name, "severity": severity, "code": code, "message": message}
        line = json.dumps(said | (more or {}))
        self._attempt(lambda stream: stream.write(line + "\n"))

    def _say(self, message: str, severity: str) -> None:
        if self._console is not None:
            console, style = self._console, _STYLES[severity]
            self._attempt(lambda _: _print_styled(console, escaped(message), style))
        else:
            self._attempt(lambda stream: escaping(stream).write(message + "\n"))

    def _attempt(self, write: Callable[[TextIO], object]) -> None:
        if self._stream is None:
            return
        try:
            write(self._stream)
        except OSError:
            # The message is lost; the exit code still shows the failure.
            discard(self._stream)
            self._stream = self._console = None


def a_second(summary: Summary, seconds: float) -> str:
    """Return the number of pages read per second, by this run alone."""
    return f"{(summary.pages - summary.earlier) / max(seconds, 0.001):,.0f} a second"


def discard(stream: TextIO) -> None:
    """Discard the pending output of a stream, and all that follows.

    Otherwise the interpreter tries again at its end, and its exit code is 120.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _print_styled(console: Console, text: str, style: str) -> None:
    from rich.text import Text

    first, line_end, rest = text.partition("\n")
    console.print(Text.assemble((first, style), line_end, rest))


def escaped(text: str) -> str:
    r"""Return text with escapes for characters that control a terminal.

    >>> print(escaped("a\x9b31mb"))
    a\u009b31mb
    """
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Output(Protocol):
    """A stream for text."""

    def write(self, text: str, /) -> object: ...


class _Escaping:
    """A terminal that gets escapes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str, /) -> object:
        return self._stream.write(escaped(text))


def escaping(stream: TextIO) -> Output:
    """Return a stream that escapes control characters if it is a terminal."""
    return _Escaping(stream) if stream.isatty() else stream


def _console_on(stream: TextIO) -> Console | None:
    try:
        from rich.console import Console
    except ImportError:
        return None
    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
