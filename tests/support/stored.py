"""Files of many pages, as crawlers store them."""

import gzip
import json
import pathlib
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq

compressed = partial(gzip.compress, mtime=0)


def lines_of(pages: list[str], name: str = "text") -> bytes:
    """Return pages as JSON Lines, each with its number and an address."""
    rows = ({"id": at, name: page, "url": address(at)} for at, page in enumerate(pages))
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def address(at: int) -> str:
    return f"https://explore.openaire.eu/search/publication?pid=10.5555%2Fpage.{at}"


def record(
    kind: str, url: str, content: bytes, head: bytes = b"", of: str = "application/http"
) -> bytes:
    """Return a record of a WARC; head are the lines of HTTP, if it is a response."""
    block = head + b"\r\n" + content if head else content
    fields = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"Content-Type: {of}",
        "WARC-Record-ID: <urn:uuid:0f6e5c3a-4b7e-4c53-9a0e-000000000000>",
        "WARC-Date: 2025-01-01T00:00:00Z", f"Content-Length: {len(block)}",
    ]  # fmt: skip
    return ("\r\n".join(fields) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def response(page: str, at: int) -> bytes:
    return record("response", address(at), page.encode(), HTTP)


def archive_of(pages: list[str], pack: bool = True) -> bytes:
    """Return pages as a WARC, with the records of other kinds that stand in one."""
    others = [record("warcinfo", "", b"software: a test\r\n", of="application/warc-fields")]
    others += [record("request", address(0), b"", b"GET / HTTP/1.1\r\n")]
    found = [*others, *(response(page, at) for at, page in enumerate(pages))]
    return b"".join(map(compressed, found)) if pack else b"".join(found)


def write_table(path: pathlib.Path, pages: list[str | None], group: int) -> None:
    urls = [address(at) for at in range(len(pages))]
    pq.write_table(pa.table({"text": pages, "url": urls}), path, row_group_size=group)


def spoilt() -> pa.Array:
    """Return text of one row that is no UTF-8, as another program may make it."""
    offsets = pa.py_buffer(b"\0\0\0\0\3\0\0\0")
    return pa.Array.from_buffers(pa.string(), 1, [None, offsets, pa.py_buffer(b"\xff\xfea")])


def with_spoilt_name() -> pa.Table:
    """Return a table with a page, and a column whose name is no UTF-8."""
    table = pa.table({"text": ["pmid: 7"], "namename": ["x"]})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    data = sink.getvalue().to_pybytes().replace(b"namename", b"nam\xff\xfe\xffme")
    return pa.ipc.open_stream(data).read_all()
