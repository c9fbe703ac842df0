"""The command, run within this process, since to start one takes half a second and more."""

import contextlib
import io
import subprocess
import sys

import pytest

from litrecord._cli.main import main


class _Standard(io.TextIOWrapper):
    """A standard stream that keeps its bytes."""

    def __init__(self, content: bytes = b"") -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8")

    @property
    def content(self) -> bytes:
        self.flush()
        kept = self.buffer
        assert isinstance(kept, io.BytesIO)
        return kept.getvalue()


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Return the exit code of the command, and what it wrote."""
    out, err = _Standard(), _Standard()
    code: object
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(sys, "stdin", _Standard(stdin))
        try:
            code = main([*arguments])
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int)
    return subprocess.CompletedProcess(arguments, code, out.content, err.content)
