"""What stands in archives as crawlers write them is read, and what is no page is told."""

import io
import pathlib
import zlib

import pyarrow as pa
import pytest
from fastwarc.stream_io import BrotliWriter

import litrecord
from litrecord.files import iter_file
from support import stored
from support.stored import compressed

PAGE = "<p>pmid: 12</p><p>Old maps err, café.</p>".encode()
ZSTD = pa.Codec("zstd")


def brotli(data: bytes) -> bytes:
    target = io.BytesIO()
    with BrotliWriter(target) as writer:
        writer.write(data)
    return target.getvalue()


def deflated(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


def zstandard(data: bytes) -> bytes:
    found: bytes = ZSTD.compress(data, asbytes=True)
    return found


def chunked(data: bytes, size: int = 7, extension: bytes = b"", end: bytes = b"\r\n") -> bytes:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    lines = (b"%X%s%s%s%s" % (len(piece), extension, end, piece, end) for piece in pieces)
    return b"".join(lines) + b"0" + extension + end + end


def answer(body: bytes, *fields: str, status: str = "200 OK", end: str = "\r\n") -> bytes:
    """Return a response with fields of HTTP."""
    return record(body, end.join([f"HTTP/1.1 {status}", *fields, ""]).encode(), end)


def record(body: bytes, head: bytes = b"", end: str = "\r\n", **fields: str) -> bytes:
    """Return a record whose block is a header of HTTP and a body; fields are those of the WARC."""
    block = head + end.encode() + body if head else body
    known = {
        "WARC-Type": "response",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
        "WARC-Target-URI": stored.address(0),
    }
    known |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in known.items() if value]
    return ("\r\n".join(["WARC/1.1", *lines, "", ""])).encode() + block + b"\r\n\r\n"


def results_of(folder: pathlib.Path, content: bytes, **limits: int) -> list[litrecord.Result]:
    (folder / "a.warc").write_bytes(content)
    (folder / "a.warc.gz").write_bytes(compressed(content))
    (folder / "a.warc.zst").write_bytes(zstandard(content))
    plain, *others = (
        list(iter_file(folder / name, limits=litrecord.Limits(**limits)))
        for name in ("a.warc", "a.warc.gz", "a.warc.zst")
    )
    for other in others:
        assert [result.record for result in other] == [result.record for result in plain]
    return plain


def errors_of(folder: pathlib.Path, content: bytes, **limits: int) -> list[str]:
    return [str(result.error) for result in results_of(folder, content, **limits)]


HEAD = b"HTTP/1.1 200 OK\r\n"
HTML = "Content-Type: text/html"
CHUNKED = "Transfer-Encoding: chunked"
READ = {
    "field names in lower case": record(PAGE, b"HTTP/1.1 200 OK\r\n").replace(
        b"WARC-Type", b"warc-type").replace(b"Content-", b"content-"),
    "field names in upper case": answer(PAGE, HTML.upper()).replace(
        b"Content-Length", b"CONTENT-LENGTH"),
    "space before the colon": answer(PAGE, HTML).replace(b"Content-Length:", b"Content-Length :"),
    "type of the record in upper case": record(PAGE, b"HTTP/1.1 200 OK\r\n", WARC_Type="RESPONSE"),
    "media type of the record": record(PAGE, HEAD, Content_Type="Application/HTTP"),
    "no media type of the record": record(PAGE, b"HTTP/1.1 200 OK\r\n", Content_Type=""),
    "resource": record(PAGE, WARC_Type="Resource", Content_Type="Text/HTML"),
    "line ends of LF": answer(PAGE, HTML, "Server: a", end="\n"),
    "line ends of both kinds": answer(PAGE, HTML + "\nServer: a"),
    "line ends of LF in the record": answer(PAGE, HTML, end="\n").replace(b"\r\n", b"\n"),
    "a field in two lines": answer(PAGE, "Content-Type:\r\n text/html"),
    "no header of HTTP": record(PAGE + b"\n<p>"),
    "to wait, then the page": record(
        b"HTTP/1.1 200 OK\r\n\r\n" + PAGE, b"HTTP/1.1 100 Continue\r\n"),
    "no status": record(PAGE, b"HTTP/1.1\r\n"),
    "media type twice": answer(PAGE, "Content-Type: text/html, Text/HTML; charset=utf-8"),
    "media type in two fields": answer(PAGE, "Content-Type: image/png", HTML),
    "media type in quotes": answer(PAGE, "Content-Type: 'x', \"text/html; charset=utf-8\""),
    "media type with spaces": answer(PAGE, "Content-Type: text / html"),
    "no type that can be read": answer(PAGE, "Content-Type: html; a, */*, \""),
    "chunks": answer(chunked(PAGE), "Transfer-Encoding: Chunked"),
    "chunks of LF": answer(chunked(PAGE, end=b"\n"), CHUNKED),
    "chunks with extensions": answer(
        chunked(PAGE, 5, b' ;name="a b";c'), CHUNKED),
    "no chunks": answer(PAGE, CHUNKED),
    "gzip in chunks": answer(
        chunked(compressed(PAGE)), CHUNKED, "Content-Encoding: gzip"),
    "gzip as transfer": answer(chunked(compressed(PAGE)), "Transfer-Encoding: gzip, chunked"),
    "gzip of two members": answer(
        compressed(PAGE[:9]) + compressed(PAGE[9:]), "Content-Encoding: x-gzip"),
    "gzip and more": answer(compressed(PAGE) + b"\0\0", "Content-Encoding: gzip"),
    "gzip that is not told": answer(compressed(PAGE), HTML),
    "gzip told as br": answer(compressed(PAGE), "Content-Encoding: br"),
    "gzip told as another": answer(compressed(PAGE), "Content-Encoding: compress"),
    "two codings": answer(
        brotli(zstandard(PAGE)), "Content-Encoding: zstd", "content-encoding: BR"),
    "zstd": answer(zstandard(PAGE), "Content-Encoding: zstd"),
    "deflate": answer(zlib.compress(PAGE), "Content-Encoding: deflate"),
    "deflate without header": answer(deflated(PAGE), "Content-Encoding: deflate"),
    "identity": answer(PAGE, "Content-Encoding: identity"),
    **{f"{name}, but plain": answer(PAGE, f"Content-Encoding: {name}")
       for name in ("br", "deflate", "gzip", "zstd", "chunked", "compress", "gzip, br")},
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_what_crawlers_write_is_read(kind: str, tmp_path: pathlib.Path) -> None:
    other = stored.response("<p>pmid: 7</p>", 1)
    results = results_of(tmp_path, READ[kind] + other)
    assert [result.error for result in results] == [None, None]
    assert results[0].record is not None
    assert results[0].record.pmid == "12"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "gb18030"])
def test_plain_pages_of_any_encoding_are_read(encoding: str, tmp_path: pathlib.Path) -> None:
    page = "<p>pmid: 12</p><p>Старые карты 地図.</p>".encode(encoding, "replace")
    (result,) = results_of(tmp_path, answer(page, "Content-Encoding: br"))
    assert result.record is not None


def test_plain_text_that_is_no_utf_8_is_read(tmp_path: pathlib.Path) -> None:
    (result,) = results_of(
        tmp_path, answer("pmid: 12\n\né".encode("latin-1"), "Content-Encoding: br")
    )
    assert result.record is not None
    assert result.record.pmid == "12"


@pytest.mark.parametrize("kind", ["response", "metadata"])
def test_a_stream_that_ends_within_a_record_is_told(kind: str, tmp_path: pathlib.Path) -> None:
    first = answer(PAGE, HTML)
    cut = record(PAGE, HEAD, WARC_Type=kind, Content_Length="900")
    path = tmp_path / "a.warc.zst"
    path.write_bytes(zstandard(first + cut))
    good, bad = iter_file(path)
    assert good.error is None
    message = f"record 1, byte {len(first)}: "
    assert str(bad.error).startswith(message)
    assert "this record is cut: it has " in str(bad.error)


def test_an_empty_body_is_an_empty_page(tmp_path: pathlib.Path) -> None:
    (result,) = results_of(tmp_path, answer(b"", "Content-Encoding: br"))
    assert result.record is not None
    assert result.record.abstract is None


@pytest.mark.parametrize("size", ["0", "3"])
def test_a_first_line_like_that_of_a_chunk_is_kept(size: str, tmp_path: pathlib.Path) -> None:
    (result,) = results_of(tmp_path, answer(f"{size}\nOld maps".encode(), CHUNKED))
    assert result.record is not None
    assert result.record.abstract == f"{size}\nOld maps"


def test_chunks_may_hold_nothing(tmp_path: pathlib.Path) -> None:
    (result,) = results_of(tmp_path, answer(chunked(b""), CHUNKED))
    assert result.record is not None
    assert result.record.abstract is None


@pytest.mark.parametrize(
    "fields",
    [
        ["Content-Type: text/html, IMAGE/png"],
        ['Content-Type: "image/png"'],
        [HTML, "content-type: application / pdf;x"],
    ],
)
@pytest.mark.parametrize("status", ["200 OK", "404 Not Found"])
def test_other_media_types_are_no_pages(
    fields: list[str], status: str, tmp_path: pathlib.Path
) -> None:
    assert results_of(tmp_path, answer(b"\x89PNG", *fields, status=status)) == []


def test_a_page_longer_than_the_limit_is_told(tmp_path: pathlib.Path) -> None:
    found = answer(compressed(b"x" * 99_999), "Content-Encoding: gzip")
    (error,) = errors_of(tmp_path, found, unpacked_bytes=50_000)
    assert error.startswith("record 0, byte 0: 50001 decompressed bytes")


def test_members_of_one_byte_are_read_in_linear_time(tmp_path: pathlib.Path) -> None:
    found = answer(compressed(b"a") * 30_000, "Content-Encoding: gzip")
    (result,) = results_of(tmp_path, found)
    assert result.record is not None
    assert result.record.abstract == "a" * 30_000


CLAIM = (
    b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\n"
    b"Content-Length: 90000000\r\n\r\n"
)


@pytest.mark.parametrize("start", [CLAIM, CLAIM[:-2], CLAIM[:10], CLAIM.replace(b"9", b"x")])
def test_records_that_claim_too_much_are_not_read(start: bytes, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.warc"
    count = 2_000
    path.write_bytes(start * count + answer(PAGE, HTML))
    *errors, last = iter_file(path)
    assert len(errors) == count
    assert str(errors[1].error).startswith(f"record 1, byte {len(start)}: the archive is broken")
    assert last.error is None


def test_members_within_members_are_decompressed_in_linear_time(tmp_path: pathlib.Path) -> None:
    header = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x00\xff\xff\x00\x00"
    slot = (header + CLAIM).ljust(116, b"x")  # 116 divides 65,540, so all chains of blocks meet
    path = tmp_path / "a.warc.gz"
    path.write_bytes(slot * 3_000 + b"\x07" * 70_000)
    results = list(iter_file(path))
    assert 1 <= len(results) < 1_000
    assert all(result.error is not None for result in results)


TOLD = {
    "not found": (answer(PAGE, HTML, status="404 Not Found"), "HTTP status 404 Not Found"),
    "moved": (answer(b"", status="301"), "HTTP status 301"),
    "to wait, then no header": (answer(PAGE, status="103 Early Hints"), "HTTP status 103"),
    "only to wait": (answer(b"", status="100 Continue"), "HTTP status 100 Continue"),
    "no end of HTTP": (record(b"HTTP/1.1 200 OK\r\nServer: a"), "the HTTP header of this page has"),
    "long header of HTTP": (
        record(PAGE, HEAD + b"a: b\r\n" * 12_000), "the HTTP header of this page has no end"),
    "header of HTTP about as long as is read": (
        record(PAGE, HEAD + b"a: b\r\n" * 10_900), "expected a header of fields"),
    "often to wait": (record(PAGE, b"HTTP/1.1 100 C\r\n\r\n" * 99), "HTTP status 100 C"),
    "truncated": (record(PAGE, HEAD, WARC_Truncated="length"), "stored only in part (length)"),
    "segment": (record(PAGE, HEAD, WARC_Segment_Number="1"), "segment 1 of a page"),
    "no type of record": (record(PAGE, HEAD, WARC_Type=""), "found ''"),
    "other type of record": (record(PAGE, HEAD, WARC_Type="page"), "found 'page'"),
    "cut chunks of text": (answer(chunked(PAGE)[:-30], CHUNKED), "expected a chunk at byte "),
    "cut chunks": (
        answer(b"3\r\n\0\0\0\r\n9\r\n<p>", CHUNKED), "expected a chunk of 9 bytes at byte 11"),
    "chunks without a last": (
        answer(b"3\r\n\0\0\0\r\n", CHUNKED), "expected a chunk at byte 8, found the end"),
    "spoilt chunks": (
        answer(b"3\r\n\0\0\0\r\nx\r\n", CHUNKED), "expected a chunk at byte 8, found b'x"),
    "spoilt zstd": (answer(zstandard(PAGE)[:-4], "Content-Encoding: zstd"), "which is zstd"),
    "spoilt br": (answer(brotli(PAGE)[:-4], "Content-Encoding: br"), "which is br"),
    "cut gzip": (answer(compressed(PAGE)[:-9], "Content-Encoding: gzip"), "which is gzip"),
    "other coding": (answer(b"\x1f\x9d\x90", "Content-Encoding: compress"), "which is 'compress'"),
    "many codings": (answer(PAGE, "Content-Encoding: " + "br," * 9), "found 9"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TOLD)
def test_what_is_no_whole_page_is_told_with_its_place(kind: str, tmp_path: pathlib.Path) -> None:
    first, (content, message) = answer(PAGE, HTML), TOLD[kind]
    before, error, behind = errors_of(tmp_path, first + content + first)
    assert (before, behind) == ("None", "None")
    assert error.startswith(f"record 1, byte {len(first)}: ")
    assert message in error


def test_the_charset_of_the_header_is_that_of_the_page(tmp_path: pathlib.Path) -> None:
    page = "Старые карты.\n| views | 2 |\n"
    koi8 = answer(page.encode("koi8-r"), 'Content-Type: text/plain; Charset="KOI8-R"')
    path = tmp_path / "crawl.warc"
    path.write_bytes(koi8 + answer(page.encode(), "Content-Type: text/plain"))
    records = [result.record for result in iter_file(path)]
    assert records == [litrecord.parse_record(page, url=stored.address(0))] * 2
