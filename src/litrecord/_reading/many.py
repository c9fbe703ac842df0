"""Readers of many sources, one after the other: a record each, or a result each.

Grammar of a name: the path of a file, the name of an open file, or "sources[3]", which counts
from 0.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import NamedTuple, Unpack

import attrs

from litrecord._reading.decoding import Source, is_node
from litrecord._reading.options import CheckedOptions, ReadOptions, require_processes
from litrecord._reading.pipeline import diagnostics_of, read
from litrecord._reading.wrapped.responses import is_response
from litrecord.diagnostics import Diagnostic
from litrecord.errors import LitrecordError, SourceError
from litrecord.model import Record


@attrs.frozen
class Result:
    """The result of one source: a record, or the error with which it was refused.

    >>> good, bad = litrecord.iter_results(["pmid: 21496615\\n", None])
    >>> good.name, good.record.pmid, good.error
    ('sources[0]', '21496615', None)
    >>> bad.record is None, str(bad.error)[:38]
    (True, 'cannot read NoneType: pass str, bytes,')
    """

    name: str
    """The path of a file, the name of an open file, or the place among the sources."""
    record: Record | None
    """The record; None if the source was refused."""
    diagnostics: tuple[Diagnostic, ...]
    """The diagnostics, as in a Document; for a refused source, those of its error."""
    error: LitrecordError | None
    """Why the source was refused; None if it was read."""

    def _repr_html_(self) -> str:
        """Return the result as HTML, for notebooks."""
        from litrecord.serializers.pages.document import result_html

        return result_html(self)


def iter_records(sources: Iterable[Source], **options: Unpack[ReadOptions]) -> Iterator[Record]:
    """Read the records of many sources, one at a time and in order.

    sources is an iterable of sources of `parse_record`; options are its markup, encoding, strict
    and limits. Sources are read lazily, and nothing is kept.

    Raises SourceError at once if sources is a single source, InvalidValueError if an option is
    not valid, and DecodeError if the encoding is unknown. At the first source that cannot be read
    it raises the error of `parse_record`, with a note that names the source. `iter_results`
    continues there.

    >>> [record.pmid for record in litrecord.iter_records(["pmid: 1\\n", b"pmid: 2\\n"])]
    ['1', '2']
    """
    require_many(sources, "sources", "an iterable of sources")
    return _records(sources, CheckedOptions(**options))


def iter_results(
    sources: Iterable[Source], *, processes: int = 1, **options: Unpack[ReadOptions]
) -> Iterator[Result]:
    """Read many sources, one at a time and in order, and continue after one that cannot be read.

    sources and options are those of `iter_records`; processes is the number of worker processes.
    Yields a Result for each source: its name, and its record with diagnostics, or the error.

    With several processes some dozens of sources are read ahead. Paths, str and bytes are passed to
    the processes; other sources are read here. A source that kills its process has a Result with an
    error. Processes pay off for paths and large pages. A script must make this call below
    ``if __name__ == "__main__":``. Otherwise InvalidValueError is raised at the first Result.

    Raises SourceError at once if sources is a single source, and DecodeError if the encoding is
    unknown. Raises InvalidValueError if an option is not valid, or processes is not a number from
    1, or is more than 1 for a script on standard input, with which no process can start.

    >>> results = litrecord.iter_results(["| views | 2", "| views | 26 |"], strict=True)
    >>> [(result.name, result.error is None) for result in results]
    [('sources[0]', False), ('sources[1]', True)]
    """
    require_many(sources, "sources", "an iterable of sources")
    require_processes(processes)
    checked = CheckedOptions(**options)
    named = (Named(_name_of(source, at), source, None) for at, source in enumerate(sources))
    return read_all(named, processes, checked)


class Named(NamedTuple):
    """A source with its name and the address of its page."""

    name: str
    source: Source
    url: str | None


_HANDED_OVER = (str, bytes, bytearray, os.PathLike)
_CHUNK = 32
"""The number of sources that a process gets at a time."""


def read_all(
    found: Iterable[Named | Result], processes: int, options: CheckedOptions
) -> Iterator[Result]:
    """Yield the Results of sources in order, with others that exist already."""
    work = partial(_read_named, options=options)
    if processes == 1:
        return (item if isinstance(item, Result) else work(item) for item in found)
    from litrecord._pool import in_order

    here = (_read_here(work, item) for item in found)
    chunks = in_order(partial(_read_chunk, work), _chunks(here), processes, partial(_lost, work))
    return chain.from_iterable(chunks)


def _read_here(work: Callable[[Named], Result], item: Named | Result) -> Named | Result:
    """Read a source that cannot be passed to another process."""
    if isinstance(item, Result) or isinstance(item.source, _HANDED_OVER):
        return item
    return work(item)


def _chunks(items: Iterable[Named | Result]) -> Iterator[list[Named | Result]]:
    more = iter(items)
    while chunk := list(islice(more, _CHUNK)):
        yield chunk


def _read_chunk(work: Callable[[Named], Result], chunk: list[Named | Result]) -> list[Result]:
    return [item if isinstance(item, Result) else work(item) for item in chunk]


def _lost(work: Callable[[Named], Result], chunk: list[Named | Result]) -> list[Result]:
    """Return the results of a chunk that killed its process, after each source was read alone."""
    if len(chunk) > 1:
        from litrecord._pool import alone

        read = partial(_read_chunk, work)
        return [found for item in chunk for found in alone(read, [item], partial(_lost, work))]
    (item,) = chunk
    assert not isinstance(item, Result)  # which needs no process, so none can be killed
    error = SourceError("the process that read this was killed: it may have had too little memory")
    return [Result(item.name, None, (), error)]


def _read_named(named: Named, options: CheckedOptions) -> Result:
    return read_result(*named, options)


def read_result(name: str, source: Source, url: str | None, options: CheckedOptions) -> Result:
    """Read one source into a Result; its errors are not raised."""
    try:
        record, decoded, segmented = read(source, url, options)
    except LitrecordError as error:
        return Result(name, None, error.diagnostics, error)
    return Result(name, record, diagnostics_of(decoded, segmented), None)


def _records(sources: Iterable[Source], options: CheckedOptions) -> Iterator[Record]:
    for at, source in enumerate(sources):
        try:
            record = read(source, None, options)[0]
        except LitrecordError as error:
            error.add_note(f"in {_name_of(source, at)}")
            raise
        yield record


def require_many(values: object, where: str, what: str) -> None:
    """Raise SourceError if values is a single source or not an iterable."""
    is_lone = (
        isinstance(values, str | bytes | bytearray | memoryview | os.PathLike)
        or callable(getattr(values, "read", None))
        or is_node(values)
        or is_response(values)
    )
    if is_lone or not isinstance(values, Iterable):
        kind = type(values).__name__
        raise SourceError(f"{where}: expected {what}, got {kind}: put it in a list")


def _name_of(source: object, at: int) -> str:
    if type(source) is str:  # checked first, since it is fast
        return f"sources[{at}]"
    if isinstance(source, os.PathLike):
        return os.fsdecode(source)
    name = None if is_node(source) else getattr(source, "name", None)
    return name if isinstance(name, str) else f"sources[{at}]"
