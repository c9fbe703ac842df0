"""Sources: text, bytes, paths and streams; what is none of them gets an error that helps."""

import codecs
import gzip
import io
import os
import pathlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import litrecord
from support.cases import said

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

TEXT = "Café “old” maps.\n"


def abstract_of(data: bytes, encoding: str | None = None) -> str | None:
    return litrecord.parse_abstract(data, encoding=encoding)


@pytest.mark.parametrize(
    ("data", "guessed"),
    [
        (TEXT.encode(), ""),
        (codecs.BOM_UTF8 + TEXT.encode(), ""),
        (TEXT.encode("utf-16"), ""),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), ""),
        (TEXT.encode("utf-32"), ""),
        (TEXT.encode("cp1252"), "windows-1252"),
    ],
)
def test_bytes_are_decoded_in_order_of_certainty(data: bytes, guessed: str) -> None:
    document = litrecord.parse_document(data)
    assert document.text == TEXT
    messages = [found.message for found in said(document)]
    assert messages == [f"these bytes were read as {guessed}"] * bool(guessed)


def test_what_the_page_declares_comes_before_windows_1252() -> None:
    head = b'<meta charset="iso-8859-2">\n'
    document = litrecord.parse_document(head + "Łódź\n".encode("iso-8859-2"))
    assert document.text == "Łódź"
    assert "iso8859-2" in document.diagnostics[0].message


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="iso-8859-9">', "cp1254"),
        ("<meta charset='latin5'>", "cp1254"),
        ("<meta charset=tis-620>", "cp874"),
        ('<meta http-equiv=Content-Type content="text/html; charset=Shift_JIS">', "cp932"),
        ("<meta charset=x-sjis>", "cp932"),
        ("<meta charset=gb2312>", "gb18030"),
        ("<meta charset=x-gbk>", "gb18030"),
        ("<meta charset=euc-kr>", "cp949"),
        ("<meta charset=big5>", "big5hkscs"),
        ('<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
        ('<script charset="gbk" src=x></script><meta charset=iso-8859-5>', "iso8859-5"),
    ],
)
def test_labels_are_read_as_browsers_read_them(head: str, encoding: str) -> None:
    texts = {
        "cp1254": "Ağrı şiddeti",
        "cp874": "ภาษาไทย…",
        "cp932": "①髙",
        "gb18030": "镕",
        "cp949": "똠방각하",
        "big5hkscs": "啫",
        "koi8-r": "Москва",
        "iso8859-5": "Москва",
    }
    text = texts[encoding]
    page = f"<div>{head}<p>{text}</p></div>" if head[1] != "?" else f"{head}<div>{text}</div>"
    assert abstract_of(page.encode(encoding)) == text


@pytest.mark.parametrize("name", ["utf-7", "rot13", "zlib_codec", "nonsense", "unicode_escape"])
def test_a_declared_encoding_that_is_no_page_encoding_is_passed_over(name: str) -> None:
    document = litrecord.parse_document(b"<meta charset=" + name.encode() + b">\ncaf\xe9\n")
    assert document.text.strip() == "café"


def test_a_stream_that_is_cut_is_our_error() -> None:
    cut = io.BytesIO(gzip.compress(TEXT.encode() * 99)[:-12])
    message = "cannot read the stream"
    with (
        gzip.open(cut, "rt", encoding="utf-8") as stream,
        pytest.raises(litrecord.SourceError, match=message),
    ):
        litrecord.parse_record(stream)


def test_utf_8_that_is_cut_in_its_last_character_stays_utf_8() -> None:
    document = litrecord.parse_document("Où sont les clés ?".encode()[:-4])
    assert document.text == "Où sont les cl\ufffd"
    assert [found.message for found in said(document)] == [
        "these bytes were read as UTF-8 that is cut in its last character"
    ]


def test_a_last_byte_with_nothing_but_ascii_before_it_is_windows_1252() -> None:
    assert abstract_of(b"caf\xe9") == "café"


def test_a_byte_that_windows_1252_lacks_becomes_the_replacement_character() -> None:
    assert abstract_of(b"caf\xe9 \x81") == "café \ufffd"


@pytest.mark.parametrize("data", [codecs.BOM_UTF16_LE + b"a", codecs.BOM_UTF8 + b"\xff"])
def test_a_broken_text_with_a_mark_is_read_with_a_warning(data: bytes) -> None:
    document = litrecord.parse_document(data)
    assert "\ufffd" in document.text
    assert [found.code for found in said(document)] == ["guessed-encoding"]


def test_an_error_of_a_codec_of_another_package_is_ours() -> None:
    def decode(data: "Buffer", _: str = "", /) -> tuple[str, int]:
        if bytes(data) != b"a":
            raise ValueError("out of beans")
        return "a", 1

    def find(name: str) -> codecs.CodecInfo | None:
        return codecs.CodecInfo(codecs.ascii_encode, decode, name=name) if name == "bean" else None

    codecs.register(find)
    try:
        with pytest.raises(litrecord.DecodeError, match=r"as 'bean': .*out of beans"):
            litrecord.parse_record(b"pmid: 7", encoding="bean")
    finally:
        codecs.unregister(find)


@given(st.binary())
@example(b"RIFF\x01\x01\x01\x01WEBP")
def test_any_bytes_give_a_record(data: bytes) -> None:
    try:
        document = litrecord.parse_document(data)
    except litrecord.SourceError as error:
        is_named = str(error).startswith("expected a page, found ")
        assert is_named or data.startswith(b"\x1f\x8b") or b"\0" in data
        return
    assert "".join(section.text for section in document.sections) == document.text


PACKED = gzip.compress(TEXT.encode(), mtime=0) + gzip.compress(b"So do we.", mtime=0)


def test_gzip_data_is_decompressed_all_its_members(tmp_path: pathlib.Path) -> None:
    assert abstract_of(PACKED) == f"{TEXT}So do we."
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(TEXT.encode("utf-16")))
    assert litrecord.parse_abstract(path) == TEXT.strip()
    assert litrecord.parse_abstract(io.BytesIO(PACKED)) == abstract_of(PACKED)
    assert abstract_of(PACKED + b"\n\0") == abstract_of(PACKED)


@pytest.mark.parametrize(
    "data",
    [PACKED[:20], PACKED[:-3], b"\x1f\x8b\xff", PACKED[:30] + b"\xff" * 30],
)
def test_gzip_data_that_is_cut_or_broken_is_our_error(data: bytes) -> None:
    with pytest.raises(
        litrecord.SourceError, match=r"cannot decompress the gzip data: .*: fetch it"
    ):
        litrecord.parse_record(data)


@pytest.mark.slow
def test_gzip_data_is_decompressed_up_to_a_limit() -> None:
    bomb = gzip.compress(b"x" * 40_000_001, 1)
    with pytest.raises(litrecord.LimitError, match=r"limits\.unpacked_bytes is 40000000"):
        litrecord.parse_record(bomb)


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_without_a_mark_is_guessed(order: str) -> None:
    page = f"<html><body><p>{TEXT}</p></body></html>"
    document = litrecord.parse_document(page.encode(f"utf-16-{order}"))
    assert document.record.abstract == TEXT.strip()
    assert [found.message for found in said(document)] == [
        f"these bytes were read as utf-16-{order}"
    ]


def test_a_page_that_declares_what_it_is_not_is_read_as_what_it_is() -> None:
    head = '<meta charset="utf-8"><div>'
    assert abstract_of(head.encode() + "Café".encode("cp1252")) == "Café"
    head = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><div>'
    assert abstract_of(head.encode() + "“Café”".encode()) == "“Café”"
    assert abstract_of(head.encode() + "“Café”".encode("cp1252")) == "“Café”"


def test_the_encoding_asked_for_is_used_or_refused() -> None:
    assert abstract_of("Łódź".encode("iso-8859-2"), "iso-8859-2") == "Łódź"
    with pytest.raises(litrecord.DecodeError) as caught:
        abstract_of(b"caf\xe9", "utf-8")
    assert str(caught.value) == ("byte 3 (0xe9) is not utf-8: pass another encoding, or none")
    for encoding in ("nonsense", "rot13", "base64", "a\x00b"):
        with pytest.raises(litrecord.DecodeError, match="expected a text encoding"):
            abstract_of(b"caf\xe9", encoding)


def test_an_encoding_that_raises_errors_of_its_own_is_named() -> None:
    # Python 3.13 tells the byte, and 3.11 does not.
    message = (
        r"^these bytes cannot be read as 'idna': .*: pass another|^byte 0 \(0x78\) is not idna"
    )
    with pytest.raises(litrecord.DecodeError, match=message):
        abstract_of(b"xn--" + b"a" * 9 + b"---", "idna")


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_every_kind_of_bytes_is_read(kind: type) -> None:
    assert abstract_of(kind(TEXT.encode())) == TEXT.strip()


class TextReader:
    def __init__(self, content: object) -> None:
        self.content = content

    def read(self) -> object:
        if isinstance(self.content, Exception):
            raise self.content
        return self.content


def test_streams_of_text_and_bytes_are_read() -> None:
    assert litrecord.parse_abstract(io.StringIO(TEXT)) == TEXT.strip()
    assert litrecord.parse_abstract(io.BytesIO(TEXT.encode("cp1252"))) == TEXT.strip()
    latin = io.TextIOWrapper(io.BytesIO(b"caf\xe9"), encoding="utf-8")
    with pytest.raises(litrecord.DecodeError, match="open it in binary mode"):
        litrecord.parse_record(latin)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "the stream gave NoneType: pass one that gives str or bytes"),
        (OSError("gone"), "cannot read the stream: gone"),
        (ValueError("I/O operation on closed file"), "cannot read the stream: I/O operation"),
    ],
)
def test_a_stream_that_fails_gives_our_error(content: object, message: str) -> None:
    with pytest.raises(litrecord.SourceError, match=message):
        litrecord.parse_record(TextReader(content))  # type: ignore[arg-type]


def test_a_closed_stream_is_named(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"pmid: 7\n")
    with path.open("rb") as file:
        pass
    closed = io.BytesIO(b"pmid: 7\n")
    closed.close()
    for stream, name in ((file, f" {str(path)!r}"), (closed, "")):
        with pytest.raises(litrecord.SourceError) as caught:
            litrecord.parse_record(stream)
        advice = "read it before it is closed, or pass the path"
        assert str(caught.value) == f"the stream{name} is closed: {advice}"


@pytest.mark.parametrize("source", [None, 5, 1.5, object()])
def test_what_is_no_source_is_refused_with_what_is_accepted(source: object) -> None:
    with pytest.raises(litrecord.SourceError) as caught:
        litrecord.parse_record(source)  # type: ignore[arg-type]
    kind = type(source).__name__
    assert (
        str(caught.value)
        == f"cannot read {kind}: pass str, bytes, a path, a stream, a response or a node of bs4 or "
        "lxml"
    )


@pytest.mark.parametrize("source", [[], {}, ["a"], ("a",)])
def test_many_sources_are_refused_with_what_reads_them(source: object) -> None:
    with pytest.raises(litrecord.SourceError, match=r"lxml; for many sources use iter_results$"):
        litrecord.parse_record(source)  # type: ignore[arg-type]


def test_binary_data_of_no_known_type_are_refused() -> None:
    with pytest.raises(litrecord.SourceError, match="found binary data"):
        litrecord.parse_record(b"\x88\0\x01\xff\0\0")


def test_the_error_of_a_file_names_it(tmp_path: pathlib.Path) -> None:
    limits = litrecord.Limits(characters=20, unpacked_bytes=30)
    for name, content, words in (
        ("binary.txt", b"\x7fELF\0\0\1\0\x80", "expected a page, found binary data"),
        ("cut.txt.gz", gzip.compress(b"Text.")[:-9], "cannot decompress the gzip data"),
        ("long.txt", b"a" * 21, "21 characters, but limits.characters is 20"),
        ("bomb.gz", gzip.compress(b"a" * 31), "31 decompressed bytes"),
        ("row.txt", b"| views | 2", "1 error in the text\nerror[cut-row] line 1, column 1"),
        ("gone.txt", None, "cannot read 'gone.txt': No such file or directory"),
    ):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(litrecord.LitrecordError) as caught:
            litrecord.parse_record(path, strict=True, limits=limits)
        shown = str(caught.value).replace(f"{tmp_path}/", "")
        named = words if content is None else f"{name!r}: {words}"
        assert shown.startswith(named)


@pytest.mark.parametrize("name", ["unicode_escape", "raw_unicode_escape", "unicode-escape"])
def test_codecs_of_literals_are_no_encodings(name: str) -> None:
    with pytest.raises(litrecord.DecodeError, match="expected a text encoding"):
        litrecord.parse_record(b"\\d", encoding=name)


def test_a_path_that_cannot_be_read_is_named(tmp_path: pathlib.Path) -> None:
    missing = tmp_path / "missing.txt"
    for path, reason in ((missing, "No such file"), (tmp_path, "it is a folder: pass its files")):
        with pytest.raises(litrecord.SourceError, match=reason) as caught:
            litrecord.parse_record(path)
        assert repr(os.fspath(path)) in str(caught.value)
    with pytest.raises(litrecord.SourceError, match="null"):
        litrecord.parse_record(pathlib.Path("a\x00b"))
    latin = tmp_path / "latin.txt"
    latin.write_bytes(b"caf\xe9")
    with pytest.raises(litrecord.DecodeError, match="byte 3") as caught_decoding:
        litrecord.parse_record(latin, encoding="utf-8")
    assert repr(os.fspath(latin)) in str(caught_decoding.value)


class BadPath(os.PathLike[str]):
    def __fspath__(self) -> str:
        return 5  # type: ignore[return-value]


@pytest.mark.parametrize("source", [BadPath(), io.BytesIO, pathlib.Path])
def test_a_path_or_stream_that_is_none_gives_our_error(source: object) -> None:
    for _ in range(20):
        with pytest.raises(litrecord.SourceError, match="cannot read"):
            litrecord.parse_record(source)  # type: ignore[arg-type]


def test_a_released_memoryview_gives_our_error() -> None:
    view = memoryview(b"text")
    view.release()
    with pytest.raises(litrecord.SourceError, match="cannot read memoryview"):
        litrecord.parse_record(view)


def test_a_stream_of_bytearray_is_read() -> None:
    assert litrecord.parse_abstract(TextReader(bytearray(b"caf\xc3\xa9"))) == "café"  # type: ignore[arg-type]
