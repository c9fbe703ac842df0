"""Outputs of the command: a table of forms, each with the function that writes it.

Grammar of the name of a form and of its suffixes: `FORMS`. `litrecord.files` writes Parquet, since
its work is divided into shards.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from difflib import get_close_matches
from functools import partial
from typing import BinaryIO, NamedTuple, TextIO

import litrecord
from litrecord._atomic import replacing
from litrecord._characters import clean
from litrecord._cli.terminal import Output, escaping
from litrecord._cli.view import view_of
from litrecord.model import Record
from litrecord.serializers.pages.page import css_of, escape, whole_page

Write = Callable[[str, Record], object]
"""Writes the record of the source with a name."""


@contextmanager
def _json(out: Output) -> Iterator[Write]:
    def write(name: str, record: Record) -> None:
        members = {"version": 1, "source": name} | litrecord.to_dict(record)
        out.write(json.dumps(members, ensure_ascii=False) + "\n")

    yield write


@contextmanager
def _text(out: Output) -> Iterator[Write]:
    yield lambda _, record: out.write(litrecord.to_text(record) + "\n\n")


@contextmanager
def _csv(out: Output) -> Iterator[Write]:
    columns = ["source", *litrecord.to_row(Record())]
    rows = csv.DictWriter(out, columns, lineterminator="\n")
    rows.writeheader()
    yield lambda name, record: rows.writerow({"source": name} | litrecord.to_row(record))


@contextmanager
def _view(out: Output) -> Iterator[Write]:
    columns = min(shutil.get_terminal_size().columns, 100)
    yield lambda name, record: out.write(view_of(name, record, columns) + "\n\n")


_TITLE = "Literature records"
_RECORDS = "<!-- records -->"


@contextmanager
def _html(out: Output) -> Iterator[Write]:
    """Write one record as the page that it is, and several as the articles of one page."""
    first: list[tuple[str, Record]] = []
    page = whole_page(_TITLE, css_of(None, is_page=True), [f"<h1>{_TITLE}</h1>", _RECORDS])
    head, _, foot = page.partition(f"{_RECORDS}\n")
    count = 0

    def write_article(name: str, record: Record) -> None:
        heading = f'<h2 dir="auto">{escape(clean(name))}</h2>'
        out.write(f"{heading}\n{litrecord.to_html(record, heading=3)}\n")

    def write(name: str, record: Record) -> None:
        nonlocal count
        count += 1
        if count == 1:
            first.append((name, record))  # which may be the only one
            return
        if first:
            out.write(head)
            write_article(*first.pop())
        write_article(name, record)

    yield write
    if first:
        ((_, record),) = first
        out.write(litrecord.to_html(record, full=True))
    else:
        out.write(foot if count else head + foot)


class _Frame(NamedTuple):
    """What is written around records, each made by a function of litrecord."""

    opening: str
    between: str
    closing: str


_ARRAY = _Frame("[\n", ",\n", "\n]\n")
_LINES = _Frame("", "\n", "\n")
_ENTRIES = _Frame("", "\n", "")


def _writer(
    function: str, frame: _Frame, *, has_keys: bool = False
) -> Callable[[Output], AbstractContextManager[Write]]:
    """Return a writer of the output of a function of litrecord: text, or values for JSON.

    With has_keys the records of one output have distinct keys.
    """

    @contextmanager
    def writer(out: Output) -> Iterator[Write]:
        make = partial(getattr(litrecord, function), **({"keys": {}} if has_keys else {}))
        before = frame.opening

        def write(_: str, record: Record) -> None:
            nonlocal before
            made = make(record)
            text = made if isinstance(made, str) else json.dumps(made, ensure_ascii=False)
            out.write(before + text)
            before = frame.between

        yield write
        out.write(frame.closing if before == frame.between else frame.opening + frame.closing)

    return writer


class Form(NamedTuple):
    """A form of the output: the endings of the names of its files, and what writes it."""

    endings: tuple[str, ...]
    writer: Callable[[Output], AbstractContextManager[Write]] | None


PARQUET = "parquet"
FORMS = {
    "view": Form((), _view),
    "json": Form((".jsonl", ".ndjson", ".jl", ".jsonlines"), _json),
    "csv": Form((".csv",), _csv),
    "row-csv": Form((), _csv),
    "html": Form((".html", ".htm"), _html),
    "text": Form((".txt",), _text),
    "openaire": Form((), _writer("to_openaire", _LINES)),
    "jsonld": Form((".jsonld",), _writer("to_jsonld", _ARRAY)),
    "csl": Form((".csl.json",), _writer("to_csl", _ARRAY, has_keys=True)),
    "ris": Form((".ris",), _writer("to_ris", _ENTRIES, has_keys=True)),
    "bibtex": Form((".bib",), _writer("to_bibtex", _ENTRIES, has_keys=True)),
    PARQUET: Form((".parquet",), None),
}
ENDINGS = ", ".join(ending for form in FORMS.values() for ending in form.endings)


def form_of(name: str | None, output: str | None) -> str | None:
    """Return the name of the form that is asked for, by name or by the file to write, if any is.

    >>> form_of(None, "rows.CSV"), form_of("text", "rows.csv"), form_of(None, "rows")
    ('csv', 'text', None)
    >>> form_of(None, "records/")
    'parquet'
    """
    if name is not None:
        return name
    if output is None:
        return "view" if sys.stdout.isatty() else "json"
    if is_folder(output):
        return PARQUET
    found = (name for name, form in FORMS.items() if output.lower().endswith(form.endings))
    return next(found, None)


def is_folder(output: str) -> bool:
    """Tell whether an output is a folder of Parquet files, by its name.

    >>> is_folder("records/"), is_folder("records.parquet")
    (True, False)
    """
    return output.endswith(("/", os.sep))


def ending_like(output: str) -> str:
    """Return the question whether the folder or the most similar ending was meant, or "".

    >>> ending_like("out.json"), ending_like("out")
    (': did you mean .jsonl?', '')
    """
    if os.path.isdir(output):
        return f": did you mean '{output}/'?"
    found = get_close_matches(os.path.splitext(output)[1], ENDINGS.split(", "), 1)
    return "".join(f": did you mean {ending}?" for ending in found)


def unwritten(output: str, error: OSError) -> str:
    """Return the message about a file or folder that cannot be written."""
    folder = os.path.dirname(output.rstrip(os.sep))
    is_missing = folder and not os.path.lexists(folder)
    reason = f"the folder {folder!r} does not exist: make it" if is_missing else error.strerror
    return f"cannot write {output!r}: {reason}"


@contextmanager
def writing(path: str) -> Iterator[BinaryIO]:
    """Open a file that is whole in the end, or as it was; or a pipe, to write into it."""
    path = os.path.realpath(path)
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as pipe:
            yield pipe
    else:
        with replacing(path) as file:
            yield file


@contextmanager
def writer_of(form: str, output: str | None) -> Iterator[Write]:
    """Yield what writes records in a form, into a file or to standard output."""
    opened = FORMS[form].writer
    assert opened is not None
    if output is None:
        _set_form(sys.stdout)
        with opened(escaping(sys.stdout)) as write:
            yield write
        return
    with writing(output) as file:
        text = io.TextIOWrapper(file, write_through=True)
        _set_form(text)
        try:
            with opened(text) as write:
                yield write
        finally:
            text.detach()  # which else would close the file


def _set_form(out: TextIO) -> None:
    """Write UTF-8 on every system, and a file name that is not UTF-8 with JSON escapes."""
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
