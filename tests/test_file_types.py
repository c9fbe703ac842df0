"""What is no page raises an error that says what it is: other files, paths, and addresses."""

import gzip
import io
import json
import pathlib
import tarfile
import zipfile

import lxml.html
import pyarrow.parquet as pq
import pytest

import litrecord
from litrecord import files
from litrecord._cli.main import main
from support.strategies import is_name

PAGE = "\npmid: 21496615\nOld maps err.\n| citations | 70 | |\n"


def zipped(*names: str) -> bytes:
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w") as archive:
        for name in names:
            archive.writestr(name, "application/epub+zip" if name == "mimetype" else PAGE)
    return archived.getvalue()


def tarred() -> bytes:
    archived = io.BytesIO()
    with tarfile.open(fileobj=archived, mode="w") as archive:
        member = tarfile.TarInfo("page.txt")
        member.size = len(PAGE)
        archive.addfile(member, io.BytesIO(PAGE.encode()))
    return archived.getvalue()


OTHERS = {
    "a zip archive": zipped("page.txt"),
    "a Word document": zipped("[Content_Types].xml", "word/document.xml"),
    "an Excel workbook": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "a PowerPoint presentation": zipped("ppt/presentation.xml"),
    "an EPUB book": zipped("mimetype", "OEBPS/a.xhtml"),
    "a tar archive": tarred(),
    "gzip data within gzip data": gzip.compress(gzip.compress(PAGE.encode())),
    "bzip2 data": b"BZh91AY&SY\x1a",
    "zstd data": b"\x28\xb5\x2f\xfd\x04\x00",
    "a 7z archive": b"7z\xbc\xaf\x27\x1c\x00",
    "a PDF document": b"%PDF-1.7\n%\xe2\xe3\n1 0 obj",
    "an RTF document": b"{\\rtf1\\ansi pmid: 7}",
    "an old Office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0",
    "a PNG image": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
    "a JPEG image": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "a GIF image": b"GIF89a\x01\0\x01\0",
    "a WebP image": b"RIFF\x24\0\0\0WEBPVP8 ",
    "an SVG image": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>\n',
    "audio or video": b"\0\0\0\x20ftypisom",
    "a web archive of Safari": b"bplist00\xd1\x01\x02",
    "a Parquet file": b"PAR1\x15\x04",
    "a WARC archive": b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n",
    "an ARC archive": b"filedesc://x.arc 0.0.0.0 20200101000000 text/plain 7\n",
}
"""A file of each type, by what it is called."""


@pytest.mark.parametrize("kind", OTHERS)
def test_a_file_of_another_type_is_named_with_its_type(kind: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "landing page"
    path.write_bytes(OTHERS[kind])
    for source, place in ((OTHERS[kind], ""), (path, f"{str(path)!r}: ")):
        with pytest.raises(litrecord.SourceError) as caught:
            litrecord.parse_record(source)
        assert caught.value.message.startswith(f"{place}expected a page, found {kind}: ")
    with pytest.raises(litrecord.SourceError, match=f"found {kind}"):
        litrecord.parse_record(OTHERS[kind], encoding="latin-1")


@pytest.mark.parametrize("kind", ["a tar archive", "a PDF document", "a PNG image"])
def test_what_gzip_packs_is_told_too(kind: str) -> None:
    with pytest.raises(litrecord.SourceError, match=f"found {kind}"):
        litrecord.parse_record(gzip.compress(OTHERS[kind]))


@pytest.mark.parametrize("text", ["%PDF-1.4\n", "WARC/1.1\r\n", "filedesc://x 1 2\n"])
def test_a_str_that_holds_such_a_file_is_told(text: str) -> None:
    with pytest.raises(litrecord.SourceError, match="expected a page, found a"):
        litrecord.parse_record(text)


@pytest.mark.parametrize(
    "page",
    [
        "From: the coast we see\nMaps err.\n",
        "Date: 2019\n\nMIME-Version: 1.0 was new then.\n",
        "BM was measured.",
        "PK of rats",
        "GIF images of maps",
        "<svg><title>a pin</title></svg><p>pmid: 7</p><svg></svg>",
        "<svg xmlns='a'></svg><p>pmid: 7</p>",
        "RIFF is a format.",
    ],
)
def test_a_page_that_begins_a_little_like_another_file_is_read(page: str) -> None:
    assert litrecord.parse_record(page.encode()) == litrecord.parse_record(page)


PATHS = [
    "pages/001.html",
    "  my pages/a main.html\n",
    "page.txt",
    "crawl/CC-MAIN.warc.gz",
    "Old maps err | OpenAIRE.mhtml".replace("|", "-"),
    "/home/jo/pages/page",
    "~/page",
    "../page",
    r"..\page",
    r"C:\Users\jo\page",
    r"C:\My Pages\old page.htm",
    '"D:/pages/page.html"',
    r"\\server\share\page.html",
    "file:///home/jo/my%20page",
    "file:///C:/My Pages/page.html",
]
ADDRESSES = [
    "https://explore.openaire.eu/search/result?pid=7",
    " http://example.org/a\r\n",
    "HTTPS://EXAMPLE.ORG",
    "explore.openaire.eu/search/publication?pid=10.1000%2F182",
    "s3://crawl/page.html",
    "doi.org/10.1000/182",
]


@pytest.mark.parametrize("text", PATHS)
def test_a_path_as_str_is_refused_with_advice(text: str) -> None:
    with pytest.raises(litrecord.SourceError, match=r"found a path, .*: .* pass a pathlib.Path"):
        litrecord.parse_record(text)


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_as_str_is_refused_with_advice(text: str) -> None:
    with pytest.raises(litrecord.SourceError, match=r"found an address, .* nothing is fetched"):
        litrecord.parse_document(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Old maps err.",
        "and/or",
        "e.g./i.e.",
        "10.1000/182",
        "doi: 10.1000/file.html",
        "w3id: https://w3id.org/example/thing",
        "See https://example.org/",
        "The list is in Doe, J. annex.pdf",
        "The list is here: annex.pdf",
        "C:N ratio",
        "C:/N ratio of soil",
        r"\alpha/\beta",
        "/",
        "pages/001.html\npages/002.html\n",
        "https://example.org/\nOld maps err.\n",
        "a" * 3_000 + ".txt",
        "<p>pages/001.html</p>",
    ],
)
def test_other_texts_are_content(text: str) -> None:
    litrecord.parse_record(text)


def test_the_content_of_bytes_streams_and_trees_is_no_name() -> None:
    for source in (b"page.txt", io.StringIO("page.txt"), lxml.html.fromstring("<p>page.txt</p>")):
        assert litrecord.parse_abstract(source) == "page.txt"


def test_page_text_cannot_hold_a_record_that_is_one_path() -> None:
    record = litrecord.Record(abstract="pages/001.html")
    with pytest.raises(litrecord.UnrepresentableError, match=r"not be read as a page: .* a path"):
        litrecord.to_text(record, exact=True)
    assert litrecord.to_text(record) == "pages/001.html"


def test_many_sources_go_on_after_a_file_of_another_type(tmp_path: pathlib.Path) -> None:
    pdf = tmp_path / "annex.pdf"
    pdf.write_bytes(OTHERS["a PDF document"])
    results = list(litrecord.iter_results([pdf, str(pdf), OTHERS["a PNG image"], PAGE]))
    assert [result.record is not None for result in results] == [False, False, False, True]
    assert "a PDF document" in str(results[0].error)
    assert "a str is always content" in str(results[1].error)


def test_a_member_of_an_archive_of_another_type_is_a_refused_row(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "crawl.jsonl"
    lines = [{"text": "%PDF-1.4\n"}, {"text": "pages/001.html"}, {"text": PAGE}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    pdf = tmp_path / "page.html"
    pdf.write_bytes(OTHERS["a PDF document"])
    output = tmp_path / "out.parquet"
    assert files.write_parquet([path, pdf], output) == files.Summary(pages=4, refused=3)
    errors = pq.read_table(output)["error"].to_pylist()
    assert [error and error[:60] for error in errors][:3] == [
        "expected a page, found a PDF document: pass the landing page",
        "expected a page, found a path, 'pages/001.html': a str is al",
        None,
    ]
    assert str(pdf) in errors[3]


def test_the_command_names_the_file_and_goes_on(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(OTHERS["a Word document"])
    (tmp_path / "b.txt").write_text(PAGE)
    assert main([str(tmp_path / "a.docx"), str(tmp_path / "b.txt")]) == 1
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    assert said.err.startswith(
        f"litrecord: {str(tmp_path / 'a.docx')!r}: expected a page, found a Word document: "
    )


def test_a_property_of_any_text_knows_what_is_refused() -> None:
    assert is_name("crawl/page.html")
    assert not is_name("Old maps err.")
