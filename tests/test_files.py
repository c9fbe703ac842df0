"""Files of many pages are read as their pages are, and what is broken costs nothing else."""

import errno
import fcntl
import io
import json
import multiprocessing
import os
import pathlib
import random
import re
import shutil
import signal
import stat
import string
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastwarc.stream_io import BrotliWriter

import litrecord
from litrecord import InvalidValueError, LimitError, Record, SourceError, arrow
from litrecord._bulk.shards import read_stretch, stretches_of
from litrecord._bulk.stored_page import BulkOptions, Stretch
from litrecord._reading.options import CheckedOptions
from litrecord.files import Summary, iter_file, write_dataset, write_parquet
from support import stored
from support.stored import compressed
from support.strategies import PAGES

SOME = PAGES[:12]
SEVERAL = PAGES[:20]
"""As many as are several shards, where those are small."""
EXPECTED = [litrecord.parse_record(page, url=stored.address(at)) for at, page in enumerate(SOME)]
ZSTD = pa.Codec("zstd")
FILES: dict[str, bytes] = {
    "crawl.jsonl": stored.lines_of(SOME),
    "CRAWL.NDJSON": stored.lines_of(SOME),
    "crawl.jl": stored.lines_of(SOME),
    "crawl.JsonLines.gz": compressed(stored.lines_of(SOME)),
    "crawl.jsonl.gz": compressed(stored.lines_of(SOME)),
    "crawl.jsonl.zst": ZSTD.compress(stored.lines_of(SOME), asbytes=True),
    "crawl.warc": stored.archive_of(SOME, pack=False),
    "crawl.warc.gz": stored.archive_of(SOME),
    "crawl.warc.zst": ZSTD.compress(stored.archive_of(SOME, pack=False), asbytes=True),
}


def records_of(path: pathlib.Path, **options: Any) -> list[Record | None]:
    return [result.record for result in iter_file(path, url_column="url", **options)]


def written(path: pathlib.Path, content: bytes) -> pathlib.Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_its_pages_with_their_addresses(name: str, tmp_path: pathlib.Path) -> None:
    assert records_of(written(tmp_path / name, FILES[name])) == EXPECTED


def test_parquet_is_its_pages_with_their_addresses(tmp_path: pathlib.Path) -> None:
    stored.write_table(tmp_path / "crawl.parquet", [*SOME], 5)
    assert records_of(tmp_path / "crawl.parquet") == EXPECTED


def test_a_wet_file_is_its_texts(tmp_path: pathlib.Path) -> None:
    texts = [
        stored.record("conversion", stored.address(at), page.encode(), of="text/plain")
        for at, page in enumerate(SOME)
    ]
    path = written(tmp_path / "crawl.wet.gz", b"".join(map(compressed, texts)))
    assert records_of(path) == EXPECTED


def test_any_other_file_is_one_page(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "page.html", b"<p>Old maps err.</p>")
    (result,) = iter_file(path)
    assert (result.name, result.record) == (str(path), Record(abstract="Old maps err."))


def test_results_are_called_by_file_and_record(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", b'{"text": "a"}\n\n{"text": "b"}')
    assert [result.name for result in iter_file(path)] == [f"{path}#0", f"{path}#2"]


def test_the_fields_have_the_names_that_are_said(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", stored.lines_of(SOME, "page"))
    assert [result.record for result in iter_file(path, column="page")] == [
        litrecord.parse_record(page) for page in SOME
    ]


def test_the_options_reach_every_page(tmp_path: pathlib.Path) -> None:
    path = written(
        tmp_path / "crawl.jsonl", stored.lines_of(["| views | 2", "<p>a</p>\n| views | 2 |\n"])
    )
    results = list(iter_file(path, strict=True, markup="text"))
    assert [str(result.error)[:9] for result in results] == ["1 error i", "None"]
    (result, _) = iter_file(path, limits=litrecord.Limits(characters=9))
    assert isinstance(result.error, LimitError)


def test_a_folder_is_refused_with_what_to_pass(tmp_path: pathlib.Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"pmid: 7\n")
    output = tmp_path / "records"
    advice = "it is a folder: pass its files, as sorted(path.rglob('*.html'))"
    said = re.escape(f"cannot read {str(tmp_path)!r}: {advice}; the command reads folders")
    calls: list[Callable[[], object]] = [
        lambda: iter_file(tmp_path),
        lambda: write_parquet([page, tmp_path], output),
        lambda: write_dataset([tmp_path], output),
    ]
    for call in calls:
        with pytest.raises(SourceError, match=f"^{said}$"):
            call()
    assert not output.exists()
    (result,) = litrecord.iter_results([tmp_path])
    assert re.fullmatch(said, str(result.error))


GOOD = b'{"text": "pmid: 7"}\n'
BROKEN_LINES = [
    (b"{\n", "record 1, byte 20: this line is not JSON: Expecting property name"),
    (
        b'{"a": "b\n',
        "record 1, byte 20: this line is not JSON: Unterminated string starting at column 7",
    ),
    (b"\xff\n", "record 1, byte 20: this line is not JSON: 'utf-8' codec can't decode byte 0xff"),
    (b"[" * 100_000 + b"\n", "record 1, byte 20: this line is not JSON: maximum recursion depth"),
    (b"[7]\n", "record 1, byte 20: this line is JSON, but not an object"),
    (
        b'{"page": 1, "id": 2}\n',
        "record 1, byte 20: expected a field 'text', found page, id: name the field with column",
    ),
    (b'{"text": null}\n', "record 1, byte 20: field 'text' is null here"),
    (b'{"text": 7}\n', "record 1, byte 20: field 'text' holds no string"),
    (b'{"text": "a", "url": 7}\n', "record 1, byte 20: field 'url' holds no string"),
]


@pytest.mark.parametrize(("line", "message"), BROKEN_LINES)
def test_a_broken_line_is_told_with_its_place_and_the_next_is_read(
    line: bytes, message: str, tmp_path: pathlib.Path
) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD + line + GOOD)
    first, second, third = iter_file(path, url_column="url" if b"url" in line else None)
    assert str(second.error).startswith(message)
    assert second.record is None
    assert [result.record and result.record.pmid for result in (first, third)] == ["7", "7"]


ODD_LINES = [
    b'{"text": "\\ud800 pmid: 7"}',
    b'{"text": "a", "text": "b", "n": NaN}',
    b'\xef\xbb\xbf{"text": "a"}',
    '{"text": "\u00e9"}'.encode("utf-16"),
    b'{"text": "\xed\xa0\x80"}',
    b' \t{"text": "a", "n": %s}\r' % (b"9" * 40),
    b'{"text": "a", "n": %s}' % (b"[" * 500 + b"]" * 500),
    b'{"text": "a\tb"}',
    b'{"text": "a"} {}',
]


@pytest.mark.parametrize("line", [*ODD_LINES, *(line for line, _ in BROKEN_LINES)])
def test_a_line_is_read_the_same_without_orjson(
    line: bytes, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD + line)
    found = [(one.record, str(one.error)) for one in iter_file(path)]
    monkeypatch.setattr("litrecord._bulk.json_lines._fast_loads", json.loads)
    assert [(one.record, str(one.error)) for one in iter_file(path)] == found


@pytest.mark.parametrize("pack", [bytes, compressed])
def test_a_field_that_no_line_has_is_refused_before_any_page_is_read(
    pack: Any, tmp_path: pathlib.Path
) -> None:
    content = b"\n[7]\n{\n" + GOOD + b'{"id": 7, "text": "a"}\n'
    path = written(tmp_path / ("a.jsonl.gz" if pack is compressed else "a.jsonl"), pack(content))
    message = (
        r"column: expected a field 'html' in one of the first 1,000 lines; found text, id: name"
    )
    with pytest.raises(InvalidValueError, match=f"^{message}"):
        list(iter_file(path, column="html"))
    with pytest.raises(InvalidValueError, match=f"^'{path}': {message}"):
        write_parquet([path], tmp_path / "a.parquet", column="html")
    with pytest.raises(
        InvalidValueError, match=r"^url_column: expected a field 'link'.* or --url-column"
    ):
        list(iter_file(path, url_column="link"))
    assert len(list(iter_file(path, url_column="id"))) == 4
    assert not (tmp_path / "a.parquet.parts").exists()


def test_a_file_is_opened_and_its_columns_looked_at_when_it_is_asked_for(
    tmp_path: pathlib.Path,
) -> None:
    stored.write_table(tmp_path / "a.parquet", ["pmid: 7"], 5)
    lines = written(tmp_path / "a.jsonl", GOOD)
    for path in (tmp_path / "a.parquet", lines):
        with pytest.raises(InvalidValueError, match=r"^url_column: "):
            iter_file(path, url_column="uri")
    for name in ("b.jsonl", "b.warc", "b.parquet"):
        with pytest.raises(SourceError, match="No such file"):
            iter_file(tmp_path / name)


def test_a_line_longer_than_the_limit_is_told_and_the_next_is_read(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD + b'{"text": "' + b"x" * 50 + b'"}\n' + GOOD)
    first, second, third = iter_file(path, limits=litrecord.Limits(unpacked_bytes=30))
    assert str(second.error).startswith("record 1, byte 20: 63 decompressed bytes, but limits.unpa")
    assert [result.record and result.record.pmid for result in (first, third)] == ["7", "7"]


def test_a_line_of_millions_of_bytes_is_passed_over_and_may_be_the_last(
    tmp_path: pathlib.Path,
) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD + b"x" * 3_000_000)
    first, second = iter_file(path, limits=litrecord.Limits(unpacked_bytes=30))
    assert first.record is not None
    assert "6000000 decompressed bytes, but limits.unpacked_bytes is 30" in str(second.error)


def test_a_compressed_file_that_is_broken_from_the_start_is_one_error(
    tmp_path: pathlib.Path,
) -> None:
    path = written(tmp_path / "crawl.jsonl.gz", compressed(GOOD)[:12])
    (result,) = iter_file(path, url_column="url")
    assert str(result.error).startswith("record 0, byte 0: the compressed file is broken from ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "damage"),
    [("crawl.jsonl.gz", "cut"), ("crawl.jsonl.gz", "spoilt"), ("crawl.jsonl.zst", "cut")],
)
def test_of_a_compressed_file_that_is_broken_the_start_is_read(
    name: str, damage: str, tmp_path: pathlib.Path
) -> None:
    lines = stored.lines_of(PAGES * 20)
    data = compressed(lines) if name.endswith("gz") else ZSTD.compress(lines, asbytes=True)
    half = len(data) // 2
    content = data[:half] + (b"" if damage == "cut" else b"\0" * 9 + data[half + 9 :])
    *good, last = iter_file(written(tmp_path / name, content))
    assert "the compressed file is broken from here on: " in str(last.error)
    assert [result.record for result in good[: len(PAGES)]] == [
        litrecord.parse_record(page) for page in PAGES
    ]
    assert all(result.error is None for result in good[: len(PAGES) * 5])


A, B, C = (stored.response(f"<p>{name}</p>", at) for at, name in enumerate("xyz"))
P, Q, R = map(compressed, (A, B, C))


def of_length(count: int) -> bytes:
    """Return the second record with another Content-Length than it has, compressed."""
    true = len(B[B.index(b"HTTP/") : -4])
    return compressed(B.replace(b"Content-Length: %d" % true, b"Content-Length: %d" % count))


SPOILT = Q[:60] + b"\0\0\0\0" + Q[64:]
BROKEN_ARCHIVES = [
    ("gz", compressed(A + B + C), ["x", "y", "z"]),
    (
        "gz",
        compressed(A + B) + compressed(b"no record\r\n" + C),
        ["x", "y", len(compressed(A + B)), "z"],
    ),
    ("gz", P + of_length(50) + R, ["x", len(P), len(P), "z"]),
    ("gz", P + of_length(10**9) + R, ["x", len(P), "z"]),
    ("gz", P + of_length(2_000) + R, ["x", len(P), "z"]),
    ("gz", P + SPOILT + R, ["x", len(P), "z"]),
    ("gz", P + SPOILT + SPOILT + R, ["x", len(P), "z"]),
    ("gz", SPOILT + P, [0, "x"]),
    ("gz", P + b"not compressed" + R, ["x", len(P), "z"]),
    ("gz", P + Q[:-60], ["x", len(P)]),
    ("gz", P + b"\0" * 40, ["x"]),
    ("gz", b"not compressed", [0]),
    ("gz", compressed(b"no archive"), [0]),
    ("", A + b"no record\r\n\r\n" + C, ["x", len(A), "z"]),
    ("", A + B.replace(b"WARC/1.0", b"WARC/x.0") + C, ["x", len(A), "z"]),
    ("", A + B[:-30], ["x", len(A)]),
    ("", A + B[:100], ["x", len(A)]),
    ("", b"no archive", [0]),
    ("", b"", []),
]


def found_of(result: litrecord.Result) -> str | int | None:
    """Return the text of a page, or at which byte an error is."""
    if result.record is not None:
        return result.record.abstract
    return int(str(result.error).partition("byte ")[2].partition(":")[0])


@pytest.mark.parametrize(("compression", "content", "found"), BROKEN_ARCHIVES)
def test_a_broken_record_is_told_with_its_place_and_the_next_is_read(
    compression: str, content: bytes, found: list[str | int | None], tmp_path: pathlib.Path
) -> None:
    path = written(tmp_path / f"crawl.warc{compression and '.'}{compression}", content)
    results = list(iter_file(path))
    assert [found_of(result) for result in results] == found
    numbers = [int(result.name.removeprefix(f"{path}#")) for result in results]
    assert numbers == sorted(set(numbers))


def brotli(data: bytes) -> bytes:
    target = io.BytesIO()
    with BrotliWriter(target) as writer:
        writer.write(data)
    return target.getvalue()


@pytest.mark.parametrize("most", [1, 700, 10**6])
def test_members_too_large_to_be_held_are_read_as_streams(
    most: int, tmp_path: pathlib.Path
) -> None:
    large = compressed(A + stored.response("<p>Text.</p>" * 99, 1) + C)
    spoilt = large[:80] + b"\0\0\0\0" + large[84:]
    path = written(tmp_path / "crawl.warc.gz", P + large + Q + spoilt + R)
    small = BulkOptions(page=CheckedOptions(limits=litrecord.Limits(unpacked_bytes=600)))
    found = [
        (page.offset, page.source, page.error and str(page.error)[:20])
        for stretch in stretches_of(str(path), BulkOptions(), most)
        for page in read_stretch(stretch, small)
    ]
    second, third = len(P), len(P + large)
    assert found[:5] == [
        (0, b"<p>x</p>", None),
        (second, b"<p>x</p>", None),
        (second, None, "1188 decompressed by"),
        (second, b"<p>z</p>", None),
        (third, b"<p>y</p>", None),
    ]
    assert found[-1] == (len(P + large + Q + spoilt), b"<p>z</p>", None)
    assert len(found) <= 9


LETTERS = "".join(random.Random(0).choices(string.ascii_letters, k=60_000))  # noqa: S311
LONG = compressed(A + stored.response(f"<p>{LETTERS}</p>", 1) + C)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (P + LONG + R, ["x", "x", len(P), "z", "z"]),
        (P + LONG[:-6] + b"\0\0" + LONG[-4:] + R, ["x", "x", len(P), len(P), "z"]),
        (P + LONG[:-900], ["x", "x", len(P)]),
        (P + LONG[:30_000] + b"\0" * 99 + LONG[30_099:] + R, ["x", "x", len(P), len(P), "z"]),
        (P + compressed(A + b"no record\r\n" + LETTERS.encode() + C) + R, ["x", "x", len(P), "z"]),
    ],
    ids=["whole", "of another sum", "cut", "spoilt", "with other text"],
)
def test_a_large_member_that_is_broken_costs_no_other(
    content: bytes, found: list[str | int], tmp_path: pathlib.Path
) -> None:
    path = written(tmp_path / "crawl.warc.gz", content)
    results = iter_file(path, limits=litrecord.Limits(unpacked_bytes=5_000))
    assert [found_of(result) for result in results] == found


def test_a_compressed_archive_that_is_cut_is_read_up_to_there(tmp_path: pathlib.Path) -> None:
    data = ZSTD.compress(stored.archive_of(PAGES * 20, pack=False), asbytes=True)
    *_, last = iter_file(written(tmp_path / "crawl.warc.zst", data[: len(data) // 2]))
    assert "the archive is broken here: " in str(last.error)


def test_pages_of_an_archive_are_decompressed_as_http_has_it(tmp_path: pathlib.Path) -> None:
    page = b"<p>Old maps err.</p>"
    bare = zlib.compressobj(wbits=-15)
    heads = {
        b"Content-Encoding: gzip\r\n": compressed(page),
        b"Content-Encoding: deflate\r\n": zlib.compress(page),
        b"content-encoding: Deflate\r\n": bare.compress(page) + bare.flush(),
        b"Content-Encoding: br\r\n": brotli(page),
        b"Transfer-Encoding: chunked\r\n": b"14\r\n" + page + b"\r\n0\r\n\r\n",
    }
    found = [
        stored.record("response", "", data, stored.HTTP + head) for head, data in heads.items()
    ]
    results = list(iter_file(written(tmp_path / "crawl.warc", b"".join(found))))
    assert [str(result.error) for result in results] == ["None"] * len(heads)
    assert {result.record for result in results} == {Record(abstract="Old maps err.")}


def test_what_cannot_be_decompressed_or_is_too_large_is_told(tmp_path: pathlib.Path) -> None:
    deflated = stored.HTTP + b"Content-Encoding: deflate\r\n"
    found = [
        stored.record("response", "", b"\x78\x9c\xff\xff", deflated),
        stored.record("response", "", zlib.compress(b"x" * 999), deflated),
        stored.record("response", "", b"x" * 999, stored.HTTP),
        stored.record("response", "", zlib.compress(b"x" * 50)[:-6], deflated),
        stored.response("<p>a</p>", 0),
    ]
    path = written(tmp_path / "crawl.warc", b"".join(found))
    results = list(iter_file(path, limits=litrecord.Limits(unpacked_bytes=100)))
    assert [str(result.error).split(": ")[1][:26] for result in results[:4]] == [
        "cannot decompress this pag", "101 decompressed bytes, bu", "999 decompressed bytes, bu",
        "cannot decompress this pag",
    ]  # fmt: skip
    assert results[4].error is None


def test_images_and_pages_of_other_types_are_no_pages(tmp_path: pathlib.Path) -> None:
    image = stored.record(
        "response", "", b"GIF89a", b"HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n"
    )
    found = [
        image,
        stored.record("resource", "", b"<p>a</p>", of="text/html"),
        stored.record("metadata", "", b"a: b\r\n", of="application/warc-fields"),
        stored.record("revisit", "", b"", stored.HTTP),
    ]
    (result,) = iter_file(written(tmp_path / "crawl.warc", b"".join(found)))
    assert (result.record, result.name[-2:]) == (Record(abstract="a"), "#1")


def test_of_parquet_null_pages_and_broken_groups_are_told(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "crawl.parquet"
    stored.write_table(path, ["pmid: 7", None, *SOME], 2)
    data = path.read_bytes()
    first, second, third, *_ = iter_file(path)
    assert str(second.error) == "record 1: column 'text' is null here"
    assert [first.record and first.record.pmid, third.error] == ["7", None]
    at = pq.read_metadata(path).row_group(3).column(0).data_page_offset
    path.write_bytes(data[:at] + b"\xff" * 40 + data[at + 40 :])
    results = list(iter_file(path))
    assert len(results) == len(SOME) + 1
    _, last = [result for result in results if result.record is None]
    assert str(last.error).startswith("record 6: row group 3 is broken from here on: ")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.parquet", b"PAR1 no", r"cannot read '.*a\.parquet': "),
        ("a.parquet", b"", r"cannot read '.*a\.parquet': "),
        ("a.parquet", None, r"cannot read '.*a\.parquet': .*[Nn]o such file"),
        ("a.jsonl", None, r"cannot read '.*a\.jsonl': No such file or directory"),
        ("a.warc.gz", None, r"cannot read '.*a\.warc\.gz': No such file or directory"),
    ],
)
def test_a_file_that_cannot_be_opened_is_named(
    name: str, content: bytes | None, message: str, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        list(iter_file(path))
    good = written(tmp_path / "good.jsonl", GOOD)
    output = tmp_path / "out.parquet"
    assert write_parquet([path, good], output) == Summary(2, 1)
    first, second = pq.read_table(output).to_pylist()
    assert (first["source"], second["error"]) == (str(path), None)
    assert re.search(message, first["error"])


def test_an_output_that_is_an_input_is_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.parquet"
    stored.write_table(path, ["pmid: 7"], 5)
    (tmp_path / "b.parquet").hardlink_to(path)
    before = path.read_bytes()
    for output in (path, tmp_path / "b.parquet", tmp_path / "." / "a.parquet"):
        with pytest.raises(InvalidValueError, match="is one of the files to read: name another"):
            write_parquet([path], output)
    assert path.read_bytes() == before


def test_an_address_that_is_no_text_costs_no_other_page(tmp_path: pathlib.Path) -> None:
    line = b'{"text": "Text. \\ud800", "url": "http://x/\\ud800", "\\ud800": 1}\n{"\\ud800": 1}\n'
    path = written(tmp_path / "a.jsonl", line + GOOD)
    output = tmp_path / "out.parquet"
    assert write_parquet([path], output, url_column="url") == Summary(3, 1)
    first, second, third = pq.read_table(output).to_pylist()
    assert (first["url"], first["abstract"]) == ("http://x/\ufffd", "Text. \ufffd")
    assert "expected a field 'text', found \ufffd" in second["error"]
    assert third["identifiers"][0]["value"] == "7"


def test_columns_that_parquet_lacks_are_named(tmp_path: pathlib.Path) -> None:
    pq.write_table(pa.table({"page": ["a"], "text": [1]}), tmp_path / "a.parquet")
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, "column: 'text' holds int64: expected text or binary"),
        ({"column": "html"}, "column: expected exactly one column named 'html'; found page, text"),
        (
            {"column": "page", "url_column": "url"},
            "url_column: expected exactly one column named 'url'; found page,",
        ),
    ]
    for options, message in cases:
        with pytest.raises(InvalidValueError, match=message):
            list(iter_file(tmp_path / "a.parquet", **options))
        with pytest.raises(InvalidValueError, match=f"a.parquet': {message}"):
            write_parquet([tmp_path / "a.parquet"], tmp_path / "out.parquet", **options)
    assert os.listdir(tmp_path) == ["a.parquet"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["crawl.jsonl", "crawl.warc.gz", "crawl.parquet"])
@pytest.mark.parametrize("most", [1, 700, 5_000])
def test_stretches_are_all_of_a_file(name: str, most: int, tmp_path: pathlib.Path) -> None:
    path = tmp_path / name
    if name.endswith("parquet"):
        stored.write_table(path, [*SOME], 3)
    else:
        path.write_bytes(FILES[name])
    found = stretches_of(str(path), BulkOptions(), most)
    assert [stretch.start for stretch in found[1:]] == [stretch.end for stretch in found[:-1]]
    assert len(found) > 1
    assert found_in(found) == found_in([Stretch(str(path), 0, sys.maxsize)])


def found_in(stretches: list[Stretch]) -> list[Any]:
    return [
        (page.offset, page.source, page.url)
        for stretch in stretches
        for page in read_stretch(stretch, BulkOptions("text", "url"))
    ]


def test_parquet_that_is_written_has_a_row_a_page_and_where_it_was(tmp_path: pathlib.Path) -> None:
    lines = written(tmp_path / "a.jsonl", b"\n" + GOOD + b"{\n" + GOOD)
    archive = written(tmp_path / "b.warc.gz", P + Q)
    page = written(tmp_path / "c.html", b"<p>z</p>")
    output = tmp_path / "records.parquet"
    calls: list[Any] = []
    summary = write_parquet(
        [lines, archive, page], output, progress=lambda *told: calls.append(told)
    )
    assert summary == Summary(pages=6, refused=1)
    assert calls == [(1, 1, summary)]
    table = pq.read_table(output)
    assert table.select(["source", "record", "offset", "url"]).to_pylist() == [
        {"source": str(path), "record": number, "offset": offset, "url": url}
        for path, number, offset, url in [
            (lines, 1, 1, None), (lines, 2, 21, None), (lines, 3, 23, None),
            (archive, 0, 0, stored.address(0)), (archive, 1, len(P), stored.address(1)),
            (page, 0, 0, None),
        ]
    ]  # fmt: skip
    errors = table.column("error").to_pylist()
    assert errors[1].startswith("record 2, byte 21: this line is not JSON")
    assert errors[:1] + errors[2:] == [None] * 5
    good = table.filter(pa.compute.is_null(table.column("error")))
    assert [found.abstract for found in arrow.table_to_records(good)[2:]] == ["x", "y", "z"]
    assert sorted(os.listdir(tmp_path)) == ["a.jsonl", "b.warc.gz", "c.html", "records.parquet"]


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litrecord._bulk.shards._SMALLEST_SHARD", 1)
    monkeypatch.setattr("litrecord._bulk.shards._LARGEST_SHARD", 4_000)
    monkeypatch.setattr("litrecord._bulk.part._BYTES", 1_000)
    monkeypatch.setattr("litrecord._bulk.part._GROUP_BYTES", 10_000)


@pytest.mark.slow
@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_file_of_many_shards_is_written_as_it_is_read(
    processes: int, tmp_path: pathlib.Path
) -> None:
    path = written(tmp_path / "crawl.jsonl", b"\n\n" + stored.lines_of(SEVERAL))
    output = tmp_path / "records.parquet"
    summary = write_parquet([path, path], output, processes=processes, url_column="url")
    assert summary == Summary(2 * len(SEVERAL), 0)
    table = pq.read_table(output)
    assert table.column("record").to_pylist() == 2 * list(range(2, len(SEVERAL) + 2))
    assert arrow.table_to_records(table) == 2 * records_of(path)


def test_the_options_that_differ_are_named(tmp_path: pathlib.Path) -> None:
    page, folder = written(tmp_path / "page.txt", b"pmid: 7\n"), tmp_path / "records"
    write_dataset([page], folder)
    with pytest.raises(SourceError, match=r"of a run with other options \(column, url_column\): "):
        write_dataset([page], folder, column="html", url_column="url")
    with pytest.raises(SourceError, match="of a run with other files, or they have changed"):
        write_dataset([], folder)


def stopping(after: int) -> Callable[[int, int, Summary], None]:
    """Return what interrupts a run when some parts are there."""

    def stop(done: int, *_: object) -> None:
        if done == after:
            raise KeyboardInterrupt

    return stop


def interrupted(path: pathlib.Path, output: pathlib.Path, after: int = 1) -> list[pathlib.Path]:
    """Write a file, with an interrupt when some parts are there, and return those, in order."""
    with pytest.raises(KeyboardInterrupt):
        write_parquet([path], output, progress=stopping(after))
    return sorted(output.with_name(output.name + ".parts").glob("part-*"))


@pytest.mark.slow
@pytest.mark.usefixtures("small_shards")
def test_a_run_that_was_interrupted_goes_on_with_what_is_missing(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", stored.lines_of(SEVERAL))
    output = tmp_path / "records.parquet"
    folder = tmp_path / "records.parquet.parts"
    found = interrupted(path, output, after=3)
    assert not output.exists()
    parts = {part: part.stat().st_mtime_ns for part in found}
    assert len(parts) == 3
    with pytest.raises(SourceError, match=r"run with other options \(strict\): remove it, or ru"):
        write_parquet([path], output, strict=True)

    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    with pytest.raises(SourceError, match="is of a run with other files, or they have changed"):
        write_parquet([path], output)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    cut = min(parts)
    cut.write_bytes(cut.read_bytes()[:-9])
    del parts[cut]

    def look(done: int, count: int, _: Summary) -> None:
        if done == count:
            assert {part: part.stat().st_mtime_ns for part in parts} == parts

    assert write_parquet([path], output, progress=look) == Summary(len(SEVERAL), 0)
    assert len(arrow.table_to_records(pq.read_table(output))) == len(SEVERAL)
    assert not folder.exists()


def test_the_parts_of_another_version_are_refused(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    output = tmp_path / "out.parquet"
    (part,) = interrupted(path, output)
    now = litrecord.__version__
    monkeypatch.setattr(litrecord, "__version__", "99.1")
    message = (
        rf"is of a run of another version, litrecord {now}, and this is 99\.1: remove it, or g"
    )
    with pytest.raises(SourceError, match=message):
        write_parquet([path], output)
    assert part.exists()
    monkeypatch.undo()
    assert write_parquet([path], output) == Summary(1, 0)


AT_WORK = r"out.parquet.parts' is of a run that is at work: wait until that ends, or name another"


def test_of_two_runs_into_one_output_the_second_is_refused(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    (tmp_path / "link").symlink_to(tmp_path)
    output = tmp_path / "out.parquet"
    for again in (output, tmp_path / "link" / "out.parquet"):

        def second(*_: object, again: pathlib.Path = again) -> None:
            with pytest.raises(SourceError, match=AT_WORK):
                write_parquet([path], again)

        assert write_parquet([path], output, progress=second) == Summary(1, 0)
        assert pq.read_table(output).num_rows == 1
    interrupted(path, output)
    assert write_parquet([path], output) == Summary(1, 0)
    assert not (tmp_path / "out.parquet.parts").exists()


def test_a_run_that_ends_while_another_begins_costs_it_nothing(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    output = tmp_path / "out.parquet"
    interrupted(path, output)
    monkeypatch.setattr(fcntl, "flock", lambda *_: shutil.rmtree(tmp_path / "out.parquet.parts"))
    with pytest.raises(SourceError, match=AT_WORK):
        write_parquet([path], output)


def test_a_file_system_without_locks_is_written_to(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    path = written(tmp_path / "crawl.jsonl", GOOD)
    assert write_parquet([path], tmp_path / "out.parquet") == Summary(1, 0)


def test_only_the_owner_looks_into_the_parts_and_uses_them(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    output = tmp_path / "out.parquet"
    (part,) = interrupted(path, output)
    for _ in range(2):
        assert stat.S_IMODE(part.parent.stat().st_mode) == 0o700
        part.parent.chmod(0o777)
        interrupted(path, output)
    owner = part.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(SourceError, match=r"parts' is of another user: remove it, or name another"):
        write_parquet([path], output)
    assert part.exists()


def test_links_and_pipes_among_the_parts_are_not_followed(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    output = tmp_path / "out.parquet"
    (part,) = interrupted(path, output)
    elsewhere = part.replace(tmp_path / "precious")
    before = elsewhere.read_bytes()
    plants: list[Callable[[], object]] = [
        partial(os.symlink, elsewhere, part),
        partial(os.mkfifo, part),
    ]
    for plant in plants:
        part.unlink(missing_ok=True)
        plant()
        interrupted(path, output)
        assert stat.S_ISREG(part.lstat().st_mode)
    assert elsewhere.read_bytes() == before


def test_a_folder_that_holds_anything_but_parts_is_neither_used_nor_removed(
    tmp_path: pathlib.Path,
) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    folder = tmp_path / "out.parquet.parts"
    folder.mkdir()
    aside = written(folder / ".part-00000.parquet.0.aside", b"of a run that was killed")
    for name in (
        "000000.arrow",
        "plan.json",
        "a.aside",
        "part-00009.parquet",
        "part-0.parquet",
        "part-00000.parquet.txt",
        ".a",
    ):
        kept = written(folder / name, b"of another run")
        for write, output in ((write_parquet, "out.parquet"), (write_dataset, folder.name)):
            with pytest.raises(SourceError, match=f"parts' holds '{name}', which is no part: move"):
                write([path], tmp_path / output)
        assert kept.read_bytes() == b"of another run"
        kept.unlink()
    assert aside.exists()
    pq.write_table(pa.table({"a": [1]}), folder / "part-00000.parquet")
    with pytest.raises(SourceError, match=r"part-00000.parquet' is no part of a run: remove it$"):
        write_parquet([path], tmp_path / "out.parquet")
    assert pq.read_table(folder / "part-00000.parquet").to_pylist() == [{"a": 1}]
    (folder / "part-00000.parquet").unlink()
    write_dataset([path], folder)
    assert os.listdir(folder) == ["part-00000.parquet"]


@pytest.mark.slow
@pytest.mark.parametrize("at", [0, 9, 1_000, 3_000, -3_000, -9, -1])
def test_a_part_that_is_spoilt_anywhere_is_made_again(at: int, tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", stored.lines_of(PAGES))
    output = tmp_path / "out.parquet"
    (part,) = interrupted(path, output)
    content = bytearray(part.read_bytes())
    content[at] ^= 1
    part.write_bytes(content)
    assert write_parquet([path], output) == Summary(len(PAGES), 0)
    found = arrow.table_to_records(pq.read_table(output))
    assert found == [litrecord.parse_record(page) for page in PAGES]


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_an_output_that_is_there_and_no_file_is_refused_before_anything_is_read(
    make: Any, tmp_path: pathlib.Path
) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    make(tmp_path / "out")
    with pytest.raises(InvalidValueError, match=r"^output: '.*out' is no file: name another$"):
        write_parquet([path], tmp_path / "out")
    assert not (tmp_path / "out.parts").exists()
    with pytest.raises(InvalidValueError, match=r"^output: '\.' is no file: name another$"):
        write_parquet([path], "")


def test_parts_are_neither_in_a_file_nor_behind_a_link(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "a.parts").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "b.parts").symlink_to(tmp_path / "nowhere")
    written(tmp_path / "c.parts", b"")
    for name in "abc":
        with pytest.raises(SourceError, match=r"parts' is no folder of parts: remove it$"):
            write_parquet([path], tmp_path / name)
        assert not (tmp_path / name).exists()


@pytest.mark.slow
@pytest.mark.usefixtures("small_shards")
def test_a_part_in_the_place_of_another_is_made_again(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", stored.lines_of(SEVERAL))
    output = tmp_path / "out.parquet"
    first, second = interrupted(path, output, after=2)
    second.replace(first)
    write_parquet([path], output)
    found = arrow.table_to_records(pq.read_table(output))
    assert found == [litrecord.parse_record(page) for page in SEVERAL]


def test_small_files_are_read_together(tmp_path: pathlib.Path) -> None:
    for at in range(60):
        written(tmp_path / f"{at:02}.txt", b"pmid: %d\n" % (at + 1))
    paths = sorted(tmp_path.glob("*.txt"))
    calls: list[Any] = []
    write_dataset(paths, tmp_path / "out", progress=lambda *told: calls.append(told[:2]))
    assert calls == [(1, 1)]
    found = arrow.table_to_records(pq.read_table(tmp_path / "out"))
    assert [record.pmid for record in found] == [str(at + 1) for at in range(60)]


@pytest.mark.usefixtures("small_shards")
def test_a_folder_of_parts_has_the_rows_of_one_file(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", stored.lines_of(SEVERAL))
    folder, calls = tmp_path / "records", list[int]()
    summary = write_dataset([path], folder, progress=lambda done, *_: calls.append(done))
    names = sorted(os.listdir(folder))
    assert names == [f"part-{at - 1:05}.parquet" for at in calls]
    assert len(names) > 9
    write_parquet([path], tmp_path / "records.parquet")
    assert pq.read_table(folder).equals(pq.read_table(tmp_path / "records.parquet"))
    before = {name: (folder / name).stat().st_mtime_ns for name in names}
    again = write_dataset([path], folder)
    assert (again, again.earlier, summary.earlier) == (summary, len(SEVERAL), 0)
    assert {name: (folder / name).stat().st_mtime_ns for name in names} == before
    with pytest.raises(SourceError, match="records' is of a run with other files, or they have"):
        write_dataset([written(tmp_path / "short.jsonl", GOOD)], folder)
    with pytest.raises(InvalidValueError, match=r"^output: '.*' is no folder: name another$"):
        write_dataset([path], path)


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("name", ["crawl.jsonl", "crawl.warc.gz", "crawl.parquet"])
def test_records_have_the_numbers_that_their_file_gives_them(
    name: str, tmp_path: pathlib.Path
) -> None:
    path, broken = tmp_path / name, ["pmid: 7", None, *SOME] * 3
    if name.endswith("parquet"):
        stored.write_table(path, broken, 5)
    elif name.endswith("gz"):
        spoilt = compressed(stored.response("a", 0).replace(b"response", b"resp"))
        path.write_bytes((FILES[name] + spoilt) * 3)
    else:
        path.write_bytes((FILES[name] + b"\n{\n") * 3)
    expected = [result.name for result in iter_file(path)]
    with pytest.raises(KeyboardInterrupt):
        write_dataset([path], tmp_path / "out", progress=stopping(4))
    write_dataset([path], tmp_path / "out")
    assert len(os.listdir(tmp_path / "out")) > 4
    rows = pq.read_table(tmp_path / "out").select(["source", "record", "error"]).to_pylist()
    assert [f"{row['source']}#{row['record']}" for row in rows] == expected
    errors = [row for row in rows if row["error"] is not None]
    assert len(errors) == 3
    if not name.endswith("gz"):  # where an error of a later stretch names the byte alone
        for row in errors:
            assert row["error"].startswith(f"record {row['record']}")


@pytest.mark.usefixtures("small_shards")
def test_a_part_that_is_spoilt_within_a_run_is_named(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", stored.lines_of(SEVERAL))
    output = tmp_path / "out.parquet"
    _, part, *_ = interrupted(path, output, after=3)

    def spoil(*_: object) -> None:
        part.write_bytes(part.read_bytes()[:200])

    with pytest.raises(SourceError, match=r"part-00001.parquet' is damaged: .*: run it again, and"):
        write_parquet([path], output, progress=spoil)
    assert write_parquet([path], output) == Summary(len(SEVERAL), 0)


@pytest.mark.usefixtures("small_shards")
def test_a_file_that_is_gone_within_a_run_is_told_in_rows(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", stored.lines_of(SEVERAL))
    output = tmp_path / "out.parquet"
    count = write_parquet([path], output, progress=lambda *_: path.unlink(missing_ok=True)).refused
    errors = pq.read_table(output).column("error").to_pylist()
    assert errors[-count:] == [f"cannot read {str(path)!r}: No such file or directory"] * count
    assert count > 9


@pytest.mark.parametrize("kind", [str, os.fsencode, pathlib.Path])
def test_a_lone_path_is_refused_with_advice(kind: Any, tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    with pytest.raises(SourceError, match=r"^paths: expected a sequence of paths, got .*: put it "):
        write_parquet(kind(path), tmp_path / "out.parquet")


def test_a_script_on_standard_input_is_told_what_to_do(tmp_path: pathlib.Path) -> None:
    script = "import litrecord; [*litrecord.iter_results(['pmid: 7'], processes=2)]"
    command = [sys.executable, "-"]
    done = subprocess.run(  # noqa: S603
        command, input=script, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stderr.count("Traceback") == 1
    assert done.stderr.rstrip().endswith(
        "processes: a script on standard input cannot start other processes: save it to a file"
    )


def test_a_part_of_another_form_is_made_again(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "crawl.jsonl", GOOD)
    output = tmp_path / "out.parquet"
    for batches in ([], [pa.record_batch({"a": [1]})]):
        (part_path,) = interrupted(path, output)
        part = pa.OSFile(str(part_path), "wb")
        with part, pa.ipc.new_file(part, pa.schema({"a": pa.int64()})) as writer:
            for batch in batches:
                writer.write_batch(batch)
        assert write_parquet([path], output) == Summary(1, 0)


@pytest.mark.slow
@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize(
    "name", ["crawl.jsonl.gz", "crawl.jsonl.zst", "crawl.warc", "crawl.warc.zst"]
)
def test_a_file_that_cannot_be_cut_is_one_shard(name: str, tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / name, FILES[name])
    counts: list[int] = []
    write_parquet(
        [path],
        tmp_path / "a.parquet",
        url_column="url",
        progress=lambda *told: counts.append(told[1]),
    )
    assert counts == [1]
    assert arrow.table_to_records(pq.read_table(tmp_path / "a.parquet")) == EXPECTED


def test_no_pages_are_a_file_without_rows(tmp_path: pathlib.Path) -> None:
    stored.write_table(tmp_path / "empty.parquet", [], 5)
    lines = written(tmp_path / "empty.jsonl", b"")
    output = tmp_path / "records.parquet"
    assert write_parquet([tmp_path / "empty.parquet", lines], output) == Summary(0, 0)
    assert pq.read_table(output).num_rows == 0
    assert pq.read_schema(output).names[4:] == arrow.SCHEMA.names


@pytest.mark.usefixtures("small_shards")
def test_a_run_goes_on_where_the_last_records_are_no_pages(tmp_path: pathlib.Path) -> None:
    image = stored.record("resource", "", b"GIF89a", of="image/gif")
    some = written(tmp_path / "a.jsonl", stored.lines_of(SOME) + b"\n" * 9_000)
    none = written(tmp_path / "b.warc.gz", compressed(image) * 40)
    blank = written(tmp_path / "c.jsonl", b"\n \n" * 3_000)
    stored.write_table(tmp_path / "d.parquet", [], 5)
    paths = [some, none, blank, tmp_path / "d.parquet"]
    output = tmp_path / "records.parquet"
    for after in (1, 2, 4):
        with pytest.raises(KeyboardInterrupt):
            write_parquet(paths, output, progress=stopping(after))
    assert write_parquet(paths, output) == Summary(len(SOME), 0, {"image/gif": 40})
    table = pq.read_table(output)
    assert arrow.table_to_records(table) == [litrecord.parse_record(page) for page in SOME]
    assert write_parquet([blank], output) == Summary(0, 0)
    assert pq.read_table(output).schema == table.schema


@pytest.mark.slow
@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("processes", [1, 2])
def test_records_that_are_no_page_are_counted_by_what_they_are(
    processes: int, tmp_path: pathlib.Path
) -> None:
    kinds = ["warcinfo", "Request", "metadata", "revisit", "continuation"]
    found = [stored.record(kind, "", b"", of="application/http") for kind in kinds]
    types = ("image/png", "IMAGE/PNG; q=1", "application/json", "text/dns")
    found += [stored.record("resource", "", b"", of=of) for of in types]
    css = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/css\r\n"
    found.append(stored.record("response", "", b"p {}", css))
    broken = stored.record("resource", "", b"pmid: 7", of="text/html").replace(b"ource", b"erve")
    content = b"".join(map(compressed, 10 * [*found, stored.response("pmid: 7", 1), broken]))
    path = written(tmp_path / "crawl.warc.gz", content)
    expected = dict.fromkeys(map(str.lower, kinds), 10) | {
        "image/png": 20, "application/json": 10, "text/dns": 10, "text/css": 10,
    }  # fmt: skip
    output = tmp_path / "records.parquet"
    with pytest.raises(KeyboardInterrupt):
        write_parquet([path], output, progress=stopping(2))
    summary = write_parquet([path], output, processes=processes)
    assert summary == Summary(20, 10, expected)
    assert list(summary.skipped) == list(expected)


def test_what_is_counted_stays_small_in_a_hostile_archive(tmp_path: pathlib.Path) -> None:
    kinds = [f"a/{number}{'x' * 1_000}" for number in range(105)]
    found = [stored.record("resource", "", b"", of=kind) for kind in [*kinds, kinds[0]]]
    path = written(tmp_path / "crawl.warc", b"".join(found))
    skipped = write_parquet([path], tmp_path / "records.parquet").skipped
    assert (len(skipped), sum(skipped.values())) == (101, 106)
    assert (skipped[kinds[0][:60]], skipped["other"]) == (2, 5)


def test_the_last_records_may_be_no_pages(tmp_path: pathlib.Path) -> None:
    other = stored.record("metadata", "", b"a: b\r\n", of="application/warc-fields")
    none = written(tmp_path / "meta.warc", other * 3)
    some = written(tmp_path / "crawl.warc", stored.archive_of(SOME, pack=False) + other)
    for paths, count in (([none], 0), ([some, none], len(SOME)), ([none, some], len(SOME))):
        output = tmp_path / "records.parquet"
        assert write_parquet(paths, output).pages == count
        assert pq.read_table(output).num_rows == count


def test_processes_are_a_count() -> None:
    for value in (0, -1, "2", None, 1.5):
        with pytest.raises(InvalidValueError, match="processes: expected a count from 1, got"):
            litrecord.iter_results([], processes=value)  # type: ignore[arg-type]


# A process that reads a page of this name dies, as one does that the system kills for its memory.
DEADLY = """
import os, pathlib, signal
import pyarrow  # as scripts do: then a process has loaded numpy before it prepares
import litrecord
from litrecord import files
from litrecord._bulk import shards
from litrecord._reading import decoding

def die(path, read=decoding._read_path):
    if "deadly" in str(path):
        os.kill(os.getpid(), signal.SIGKILL)
    return read(path)

decoding._read_path = die

if __name__ == "__main__":
    {code}
"""


def run(code: str, cwd: pathlib.Path, **options: Any) -> subprocess.Popen[str]:
    script = cwd / "script.py"
    script.write_text(DEADLY.format(code=code), encoding="utf-8")
    command = [sys.executable, "-W", "error", str(script)]
    return subprocess.Popen(  # noqa: S603
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


@pytest.mark.slow
def test_a_source_that_kills_its_process_is_a_result_and_the_others_are_read(
    tmp_path: pathlib.Path,
) -> None:
    for name in ("a.txt", "deadly.txt", "b.txt"):
        written(tmp_path / name, name.encode())
    code = (
        "paths = [pathlib.Path(name) for name in 33 * ['a.txt'] + ['deadly.txt', 'b.txt']]\n"
        "    for found in litrecord.iter_results(paths, processes=2):\n"
        "        print(found.name, found.record and found.record.abstract, found.error)"
    )
    out, err = run(code, tmp_path).communicate(timeout=100)
    # More than a process is handed at a time.
    assert (out.splitlines()[:33], err) == (["a.txt a.txt None"] * 33, "")
    assert out.splitlines()[33:] == [
        "deadly.txt None the process that read this was killed: it may have had too little memory",
        "b.txt b.txt None",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("largest", [1, 10**6])
def test_a_file_that_kills_its_process_is_named_and_what_was_done_is_kept(
    largest: int, tmp_path: pathlib.Path
) -> None:
    for name in ("a.txt", "deadly.txt", "b.txt"):
        written(tmp_path / name, name.encode())
    code = (
        f"shards._SMALLEST_SHARD = {largest}\n"
        "    try:\n"
        f"        names = ['a.txt', 'deadly.txt', 'b.txt'][: {3 if largest == 1 else 2}]\n"
        "        files.write_parquet(names, 'out.parquet', processes=2)\n"
        "    except litrecord.SourceError as error:\n"
        "        print(error)"
    )
    out, err = run(code, tmp_path).communicate(timeout=100)
    assert out.startswith("'deadly.txt' from 0 to ")
    assert "the process that read this was killed: run it again" in out
    assert err == ""
    parts = sorted(path.name for path in (tmp_path / "out.parquet.parts").glob("part-*"))
    assert parts == (["part-00000.parquet", "part-00002.parquet"] if largest == 1 else [])


@pytest.mark.slow
def test_an_interrupt_ends_all_processes_and_leaves_no_half_file(tmp_path: pathlib.Path) -> None:
    page = json.dumps({"text": "pmid: 7\n" + "Old maps err. " * 40_000}) + "\n"
    written(tmp_path / "crawl.jsonl", page.encode() * 400)
    # By the third shard both processes are at work. The script interrupts itself: Python may leave
    # a file open that it is just opening, and "-W error" would print that too.
    code = (
        "files.write_parquet(['crawl.jsonl'], 'out.parquet', processes=2,\n"
        "        progress=lambda done, *_: done == 3 and os.killpg(0, signal.SIGINT))"
    )
    # It ends when every process has closed its standard error.
    _, err = run(code, tmp_path, start_new_session=True).communicate(timeout=100)
    assert err.count("Traceback") == 1
    assert err.rstrip().endswith("KeyboardInterrupt")
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.slow
def test_processes_end_with_the_one_that_started_them(tmp_path: pathlib.Path) -> None:
    page = json.dumps({"text": "pmid: 7\n" + "Old maps err. " * 40_000}) + "\n"
    written(tmp_path / "crawl.jsonl", page.encode() * 400)
    code = (
        "files.write_parquet(['crawl.jsonl'], 'out.parquet', processes=2,\n"
        "        progress=lambda *told: print(told[0], flush=True))"
    )
    process = run(code, tmp_path)
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(3)] == ["1\n", "2\n", "3\n"]
    process.kill()
    # It ends when every process has closed it.
    process.communicate(timeout=100)
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.slow
def test_sources_may_need_packages_that_this_module_does_not(tmp_path: pathlib.Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import litrecord\n"
        "if __name__ == '__main__':\n"
        "    import numpy\n"
        "    pages = list(numpy.array(['pmid: 7']))\n"
        "    for found in litrecord.iter_results(pages, processes=2):\n"
        "        print(found.record and found.record.pmid, found.error)"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, check=True)  # noqa: S603
    assert (done.stdout, done.stderr) == (b"7 None\n", b"")


@pytest.mark.slow
def test_an_interrupt_within_results_ends_it(tmp_path: pathlib.Path) -> None:
    code = (
        "page = 'pmid: 7\\n' + 'Old maps err. ' * 9_000\n"
        "    for found in litrecord.iter_results([page] * 9_999_999, processes=2):\n"
        "        print(found.name, flush=True)"
    )
    process = run(code, tmp_path, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "sources[0]\n"
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=100)
    assert err.count("Traceback") == 1
    assert err.rstrip().endswith("KeyboardInterrupt")


@pytest.mark.slow
@pytest.mark.parametrize("start", ["spawn", "forkserver"])
@pytest.mark.parametrize(
    "call",
    [
        "list(litrecord.iter_results(iter(40 * ['pmid: 7']), processes=2))",
        "files.write_parquet(['a.txt', 'b.txt'], 'out.parquet', processes=3)",
    ],
)
def test_a_script_that_starts_itself_again_is_told_once(
    call: str, start: str, tmp_path: pathlib.Path
) -> None:
    for name in ("a.txt", "b.txt"):
        written(tmp_path / name, b"pmid: 7\n")
    written(
        tmp_path / "script.py",
        b"import multiprocessing\nimport litrecord\nfrom litrecord import files\n"
        + f"multiprocessing.set_start_method({start!r}, force=True)\n{call}\n".encode(),
    )
    command = [sys.executable, "-W", "error", "script.py"]
    done = subprocess.run(  # noqa: S603
        command, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("Traceback")) == (1, "", 1)
    assert done.stderr.rstrip().endswith(
        "InvalidValueError: processes: no other process could start. Each first reads the script,"
        " which must make this call below: if __name__ == '__main__':"
    )
    assert not (tmp_path / "out.parquet").exists()


def test_a_process_that_is_being_started_ends_without_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(multiprocessing.current_process(), "_inheriting", True, raising=False)
    assert next(litrecord.iter_results(["pmid: 7"])).error is None
    with pytest.raises(SystemExit):
        litrecord.iter_results(["pmid: 7"], processes=2)


@pytest.mark.slow
def test_results_in_processes_are_those_of_the_loop() -> None:
    sources: list[Any] = [*PAGES, None, b"caf\xe9", pathlib.Path("no/such.txt")]
    found = list(litrecord.iter_results(sources, processes=2))
    expected = list(litrecord.iter_results(sources))
    assert [(one.name, one.record, one.diagnostics, str(one.error)) for one in found] == [
        (one.name, one.record, one.diagnostics, str(one.error)) for one in expected
    ]
