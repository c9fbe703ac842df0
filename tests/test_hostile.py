"""Small files that unpack to much: each is read in little memory, or ends in a LimitError.

Nothing here depends on time, but without a bound some would take hours, or all memory.
"""

import gzip
import io
import json
import pathlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import litrecord
from litrecord import LimitError, Limits, SourceError, arrow
from litrecord._reading.decompression import Inflated
from litrecord.files import iter_file, write_parquet
from litrecord.report import report_html
from support.command import run
from support.stored import compressed

LINE = b'{"text": "pmid: 7"}\n'


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


def written(path: pathlib.Path, content: bytes) -> pathlib.Path:
    path.write_bytes(content)
    return path


def table_at(path: pathlib.Path, columns: Mapping[str, object], **options: object) -> pathlib.Path:
    defaults = {"compression": "zstd", "store_schema": False, "dictionary_pagesize_limit": 1 << 30}
    pq.write_table(pa.table(columns), path, **(defaults | options))
    return path


def said_of(path: pathlib.Path, **limits: int) -> list[str]:
    """Return a PMID or an error for each result."""
    results = iter_file(path, limits=Limits(**limits))
    return [str(result.record.pmid if result.record else result.error) for result in results]


def test_members_of_a_letter_and_of_nothing_are_a_page() -> None:
    letters, nothing = compressed(b"a") * 60_000, compressed(b"") * 60_000
    assert litrecord.parse_abstract(nothing + letters + nothing) == "a" * 60_000
    assert (
        litrecord.parse_abstract(compressed(b"ab") + b"\0" * 9_999 + compressed(b"c") + b"\0")
        == "abc"
    )
    assert litrecord.parse_abstract(compressed(b"ab") + b"no member") == "ab"


def test_members_are_read_as_python_reads_them() -> None:
    for size in (1, 100, 4_095, 4_096, 70_000):
        data = b"".join(compressed(bytes([at]) * (at * size % 9_999)) for at in range(40))
        stream = io.BufferedReader(Readable(data))
        assert stream.read() == gzip.decompress(data)


class Readable(io.RawIOBase):
    """An `Inflated` as a raw stream that gives a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._inflated = Inflated(io.BytesIO(data))

    def readable(self) -> bool:
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        data = self._inflated.read(min(len(room), 999))
        room[: len(data)] = data
        return len(data)


def test_a_file_within_a_zip_is_decompressed_up_to_the_limit(tmp_path: pathlib.Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "pmid: 7\n" + " " * 3_000_000)
    page = zipfile.Path(tmp_path / "a.zip", "a.txt")
    assert litrecord.parse_record(page).pmid == "7"
    limits = Limits(unpacked_bytes=1_000)
    with pytest.raises(LimitError, match="1001 decompressed bytes"):
        litrecord.parse_record(page, limits=limits)


class Slow(io.BytesIO):
    """A stream that gives two bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 2))


class Openable:
    """What can be opened, as objects of other packages are."""

    def open(self, _: str) -> Slow:
        return Slow(b"pmid: 21496615")

    def is_file(self) -> bool:
        return True


def test_a_stream_that_gives_less_than_it_is_asked_for_is_read_to_its_end() -> None:
    assert Openable().is_file()
    assert litrecord.parse_record(Openable()).pmid == "21496615"


@pytest.mark.parametrize("member", [b"", b"\n", LINE])
def test_a_compressed_file_of_many_members_is_its_lines(
    member: bytes, tmp_path: pathlib.Path
) -> None:
    count = 900 if member == LINE else 30_000
    path = written(tmp_path / "a.jsonl.gz", compressed(member) * count + compressed(LINE))
    found = said_of(path)
    assert set(found) == {"7"}
    assert len(found) == (count + 1 if member == LINE else 1)


def test_an_archive_of_nothing_but_marks_of_gzip_is_one_error(tmp_path: pathlib.Path) -> None:
    for mark in (b"\x1f\x8b\x08", b"\x1f\x8b\x08\0\0\0\0\0\0\3", b"\x1f\x8b\x08\x08\0\0\0\0\0\3aa"):
        (error,) = said_of(written(tmp_path / "a.warc.gz", mark * 30_000))
        assert error.startswith("record 0, byte 0: the archive is broken here")


BLANKS = (b"\n", b"\r\n", b" \t\n", b"\n \n\r\n")


@pytest.mark.parametrize("blank", BLANKS)
def test_blank_lines_count_but_are_passed_over_together(
    blank: bytes, tmp_path: pathlib.Path
) -> None:
    some = blank * 30_000
    path = written(tmp_path / "a.jsonl", some + LINE + some + LINE + b" ")
    results = list(iter_file(path))
    count = some.count(b"\n")
    assert [result.name for result in results] == [f"{path}#{count}", f"{path}#{2 * count + 1}"]


def test_blank_lines_at_the_end_of_a_shard_count_in_the_next(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_LARGEST_SHARD", "_SMALLEST_SHARD"):
        monkeypatch.setattr(f"litrecord._bulk.shards.{name}", 1_000)
    path = written(tmp_path / "a.jsonl", b"".join(b"\n" * at + LINE for at in range(60)))
    write_parquet([path], tmp_path / "o.parquet")
    rows = pq.read_table(tmp_path / "o.parquet").select(["record", "offset"]).to_pylist()
    lines = path.read_bytes().splitlines(keepends=True)
    assert [row["record"] for row in rows] == [at for at, line in enumerate(lines) if line.strip()]
    assert all(path.read_bytes()[row["offset"] :].startswith(LINE) for row in rows)


@pytest.mark.parametrize("line", [*BLANKS, b"{}\n", b"x\n", b"[" * 9 + b"\n"])
def test_a_compressed_file_has_no_more_lines_than_a_crawl_has(
    line: bytes, tmp_path: pathlib.Path
) -> None:
    path = written(tmp_path / "a.jsonl.zst", zstd(line * 2_000 + LINE))
    *_, last = iter_file(path, limits=Limits(lines=500))
    assert isinstance(last.error, LimitError)
    assert (last.error.limit, last.error.most) == ("lines", 500)
    assert said_of(path)[-1] == "7"


@pytest.mark.parametrize("name", ["a.warc.zst", "a.warc.gz", "a.jsonl.zst", "a.jsonl.gz"])
def test_what_decompresses_to_more_than_any_crawl_is_a_limit_error(
    name: str, tmp_path: pathlib.Path
) -> None:
    pack = zstd if name.endswith("zst") else compressed
    path = written(tmp_path / name, pack(b"\0" * 5_000_000))
    (result,) = iter_file(path, limits=Limits(unpacked_bytes=100))
    assert isinstance(result.error, LimitError)
    assert result.error.limit == "unpacked_bytes"


def test_an_archive_of_more_records_than_bytes_is_a_limit_error(tmp_path: pathlib.Path) -> None:
    head = (
        "WARC/1.0\r\nWARC-Type: {}\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    )
    for kind in ("request", "resource"):
        path = written(tmp_path / "a.warc.zst", zstd(head.format(kind).encode() * 900))
        *_, last = iter_file(path, limits=Limits(lines=100))
        assert isinstance(last.error, LimitError)
        assert last.error.limit == "lines"


@pytest.mark.parametrize(
    "content",
    [
        b"a" * 45_000_000,
        b'{"text": "' + b"a" * 45_000_000 + b'"}',
        '{"text": "😀'.encode() + b"a" * 25_000_000 + b'"}',
        b'{"text": [' + b"{}," * 4_000_000 + b"0]}",
        b'{"text": [' + b"[[[[[[[[[]]]]]]]]]," * 300_000 + b"0]}",
        b'{"a": 1, "text": 5' + b',"a":1' * 2_000_000 + b"}",
    ],
    ids=["no JSON", "a string", "a wide string", "objects", "lists", "members"],
)
@pytest.mark.slow
def test_a_line_that_takes_much_memory_is_a_limit_error_and_the_next_is_read(
    content: bytes, tmp_path: pathlib.Path
) -> None:
    path = written(tmp_path / "a.jsonl", content + b"\n" + LINE)
    (first, second), peak = read_alone(path)
    assert "decompressed bytes, but limits.unpacked_bytes is 40000000" in first
    assert second == "7"
    assert peak < 300


@pytest.mark.parametrize("content", [b"[" * 900_000, b'{"a":' * 90_000, b'{"text": "' + b"a" * 99])
def test_nested_and_cut_lines_are_no_json(content: bytes, tmp_path: pathlib.Path) -> None:
    first, second = said_of(written(tmp_path / "a.jsonl", content + b"\n" + LINE))
    assert first.startswith("record 0, byte 0: this line is not JSON: ")
    assert second == "7"


def read_alone(path: pathlib.Path, **limits: int) -> tuple[list[str], int]:
    """Return what `said_of` does of a file, and how many MB a process takes that reads it."""
    code = (
        "import json, sys; from litrecord import Limits; from litrecord.files import iter_file\n"
        f"found = iter_file(sys.argv[1], url_column='url', limits=Limits(**{limits}))\n"
        "said = [str(one.record.pmid if one.record else one.error) for one in found]\n"
        "status = open('/proc/self/status').read()\n"
        "print(json.dumps([said, int(status.partition('VmHWM:')[2].split()[0]) // 1024]))"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    said, peak = json.loads(done.stdout)
    return said, peak


def shared(size: int, rows: int) -> pa.DictionaryArray:
    """Return a column of one long value that stands once in its dictionary."""
    values = pa.array(["a " * (size // 2), "pmid: 7"])
    return pa.DictionaryArray.from_arrays(pa.array([1] + [0] * rows, pa.int32()), values)


@pytest.mark.slow
@pytest.mark.parametrize("column", ["text", "url"])
def test_a_value_that_many_rows_share_takes_no_memory_for_each(
    column: str, tmp_path: pathlib.Path
) -> None:
    columns = {"text": ["pmid: 7"] * 301, "url": [""] * 301, column: shared(1_500_000, 300)}
    path = table_at(tmp_path / "a.parquet", columns)
    (first, *_, last), peak = read_alone(path, unpacked_bytes=4_000_000)
    assert first == "7"
    refused = re.search("([0-9]+) decompressed bytes, but limits.unpacked_bytes is 4000000", last)
    assert refused
    assert int(refused[1]) > 10 * 4_000_000
    assert peak < 300


def test_long_values_are_read_a_few_at_a_time_in_every_encoding(tmp_path: pathlib.Path) -> None:
    pages = [None, *(f"pmid: {at}\n" + "a " * 99_000 for at in range(1, 60))]
    for encoding in (None, "PLAIN", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"):
        options = {"use_dictionary": encoding is None} | (
            {"column_encoding": {"text": encoding}} if encoding else {}
        )
        path = table_at(tmp_path / "a.parquet", {"text": pages}, **options)
        said = "record 0: column 'text' is null here"
        assert said_of(path) == [said, *map(str, range(1, 60))]


def test_rows_that_may_be_differences_are_read_one_at_a_time(tmp_path: pathlib.Path) -> None:
    pages = [f"pmid: {at % 9 + 1}\n" + "a " * 9_999 for at in range(300)]
    path = table_at(tmp_path / "a.parquet", {"text": pages})
    content = path.read_bytes()
    # The encodings that the column says to have: PLAIN, RLE and RLE_DICTIONARY, DELTA_BYTE_ARRAY.
    said, other = b"\x19\x35\x00\x06\x10", b"\x19\x35\x00\x06\x0e"
    assert content.count(said) == 1
    assert said_of(written(path, content.replace(said, other))) == [page[6] for page in pages]


@pytest.mark.slow
def test_a_large_row_group_is_not_held_as_a_whole(tmp_path: pathlib.Path) -> None:
    columns = {"text": [f"{at} a" * 1_500 for at in range(10_000)], "url": [""] * 10_000}
    path = table_at(tmp_path / "a.parquet", columns, compression="none", use_dictionary=False)
    few = table_at(tmp_path / "b.parquet", {"text": ["pmid: 7"], "url": [""]})
    peaks = [read_alone(found)[1] for found in (path, few)]
    assert peaks[0] - peaks[1] < 1.2e-6 * path.stat().st_size


def test_groups_that_hold_or_claim_too_much_are_a_limit_error(tmp_path: pathlib.Path) -> None:
    columns = {"text": ["b " * 500] * 900}
    path = table_at(tmp_path / "a.parquet", columns, use_dictionary=False)
    (error,) = said_of(path, unpacked_bytes=10_000)
    assert "limits.unpacked_bytes is 10000" in error
    path = table_at(tmp_path / "b.parquet", {"text": pa.nulls(90_000, pa.string())})
    *_, last = said_of(path, lines=1_000)
    assert "lines, but limits.lines is 1000" in last


def test_a_column_of_that_name_and_a_dot_is_none_of_ours(tmp_path: pathlib.Path) -> None:
    path = table_at(tmp_path / "a.parquet", {"text": ["pmid: 7"], "text.b": ["x"]})
    assert said_of(path) == ["7"]


def test_a_column_name_that_is_no_text_costs_no_other_file(tmp_path: pathlib.Path) -> None:
    path = table_at(tmp_path / "a.parquet", {"text": ["pmid: 8"], "namename": ["x"]})
    written(path, path.read_bytes().replace(b"namename", b"nam\xff\xfe\x00me"))
    reason = "the name of a column is not UTF-8: rename it"
    with pytest.raises(SourceError, match=reason):
        list(iter_file(path))
    lines = written(tmp_path / "b.jsonl", LINE)
    done = run(str(path), str(lines))
    assert (done.returncode, done.stdout.count(b"\n")) == (1, 1)
    assert reason in done.stderr.decode()
    summary = write_parquet([path, lines], tmp_path / "o.parquet")
    assert (summary.pages, summary.refused) == (2, 1)
    with pytest.raises(SourceError, match=r"cannot read .*a\.parquet"):
        report_html([path])


def test_a_report_reads_values_that_rows_share_a_few_at_a_time(tmp_path: pathlib.Path) -> None:
    table = arrow.records_to_table([litrecord.Record(title="x", keywords=["Maps"])] * 40)
    long = pa.array(["a" * 3_000_000])
    titles = pa.DictionaryArray.from_arrays(pa.array([0] * 40, pa.int32()), long)
    at = table.schema.names.index("title")
    path = tmp_path / "r.parquet"
    options = {"compression": "zstd", "store_schema": False, "dictionary_pagesize_limit": 1 << 30}
    pq.write_table(table.set_column(at, "title", titles), path, **options)
    assert "Maps" not in report_html([path])
    words = pa.DictionaryArray.from_arrays(pa.array([0] * 900, pa.int32()), long)
    lists = pa.ListArray.from_arrays(pa.array([0] * 40 + [900], pa.int32()), words)
    at = table.schema.names.index("keywords")
    pq.write_table(table.set_column(at, "keywords", lists), path, **options)
    with pytest.raises(LimitError, match=r"r\.parquet.*decompressed bytes") as caught:
        report_html([path])
    assert caught.value.limit == "unpacked_bytes"
