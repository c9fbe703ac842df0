"""Saved pages: what stands above the identifiers, the address, MHTML, SingleFile, Wayback."""

import base64
import pathlib
import quopri

import bs4
import lxml.html
import pytest

import litrecord
from litrecord import SourceError
from support.cases import said

TABLE = "<table><tr><td>citations</td><td>70</td></tr></table>"
ADDRESS = "https://explore.openaire.eu/search/publication?pid=10.1000%2F182"


def read(html: str | bytes) -> litrecord.Document:
    document = litrecord.parse_document(html)
    assert "".join(section.text for section in document.sections) == document.text
    return document


def kinds_of(document: litrecord.Document) -> list[tuple[str, str]]:
    return [(section.kind.value, section.text.strip()) for section in document.sections]


def codes_of(document: litrecord.Document) -> list[str]:
    return [found.code for found in said(document)]


HEAD = """<div><div><span>Dataset</span> <span>Restricted</span></div><div>German</div>
<h1>Tides of the Elbe</h1><h3>Roe, Ann; Poe, Di; +2 Authors</h3>
<p>doi: 10.1000/182</p><p>pmid: 21496615</p>"""


def test_a_saved_page_is_read_in_its_parts() -> None:
    page = f"{HEAD}<h2>Abstract</h2><p>Tides move sand.</p><p>So do we.</p>"
    document = read(f"{page}<h2>Keywords</h2><p>Tides, Sand</p><p>Tides, Sand</p>{TABLE}</div>")
    record = document.record
    assert record.title == "Tides of the Elbe"
    assert record.authors == ("Roe, Ann", "Poe, Di")
    assert [found.curie for found in record.identifiers] == ["doi:10.1000/182", "pmid:21496615"]
    assert record.abstract == "Tides move sand.\nSo do we."
    assert record.keywords == ("Tides", "Sand")
    assert record.indicators["citations"].count == 70
    assert codes_of(document) == ["more-authors"]
    assert document.spans.authors[1] is not None
    assert document.spans.authors[1].of(document.text) == "Poe, Di"


FILES = {
    "chrome.html": "saved from url=",
    "chrome.mhtml": "header of MHTML",
    "singlefile.html": "comment of SingleFile",
    "wayback.html": "link rel=canonical",
}
"""Files made by the forms in which these save a page, and what says the address in each."""


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_a_browser_or_an_archive_has_saved(name: str) -> None:
    path = pathlib.Path(__file__).with_name("data") / "saved" / name
    document = litrecord.parse_document(path)
    record = document.record
    assert record.title == "Where the tide left its sand"
    assert record.authors == ("Roe, Ann", "Doe, Jörg")
    assert [found.curie for found in record.identifiers] == ["doi:10.1000/182", "pmid:21496615"]
    assert record.abstract == "Tides move sand: p<0.05, as we show for 17 coasts.\nPeer reviewed"
    assert record.keywords == ("Diagnosis, Differential", "Sand")
    assert [(row.name, row.printed) for row in record.indicators.rows] == [
        ("citations", "70"), ("popularity", "Top 10%"),
    ]  # fmt: skip
    others = [found for found in said(document) if found.code != "left-out"]
    assert [found.code for found in others] == ["address-from-page"]
    assert f"in its {FILES[name]}: " in others[0].message
    assert not any(section.kind.value == "unknown" for section in document.sections)


def test_without_its_headings_the_text_below_the_identifiers_is_read_as_in_text() -> None:
    record = read(f"{HEAD}<p>Tides move sand.</p><p>Sand, Sea</p><p>Sand, Sea</p>{TABLE}").record
    assert (record.title, record.abstract) == ("Tides of the Elbe", "Tides move sand.")
    assert record.keywords == ("Sand", "Sea")


def test_keywords_without_a_heading_are_found_below_an_abstract_with_one() -> None:
    page = f"{HEAD}<h2>Abstract</h2><p>Tides move sand.</p><p>Sand, Sea</p><p>Sand, Sea</p>{TABLE}"
    record = read(page).record
    assert (record.abstract, record.keywords) == ("Tides move sand.", ("Sand", "Sea"))


def test_a_heading_of_keywords_ends_an_abstract_without_one() -> None:
    page = f"{HEAD}<p>Tides move.</p><p>Tides move.</p><h4>Keywords</h4><p>Sand, Sea</p>{TABLE}"
    record = read(page).record
    assert (record.abstract, record.keywords) == ("Tides move.\nTides move.", ("Sand", "Sea"))


def test_headings_are_told_where_the_identifiers_stand_first_or_are_none() -> None:
    parts = "<h3>Abstract</h3><p>Tides move sand.</p><h3>Keywords</h3><p>Sand, Sea</p>"
    for head in ("<p>pmid: 7</p>", "<h1>Tides</h1>", ""):
        record = read(f"<div>{head}{parts}{TABLE}</div>").record
        assert (record.abstract, record.keywords) == ("Tides move sand.", ("Sand", "Sea"))
        assert record.title == ("Tides" if "h1" in head else None)
    record = read(
        f"<div><p>pmid: 7</p><p>Sand.</p><h3>Keywords</h3><p>a, b</p>{TABLE}</div>"
    ).record
    assert (record.pmid, record.abstract, record.keywords) == ("7", "Sand.", ("a", "b"))


def test_what_is_not_understood_in_a_head_is_unknown_with_a_diagnostic() -> None:
    page = "<h2>Tides</h2><div>Ann Roe</div><p>Cited by us</p><p>doi: 10.1000/182</p><p>Sand.</p>"
    document = read(f"<div>{page}{TABLE}</div>")
    assert kinds_of(document)[:4] == [
        ("title", "Tides"),
        ("unknown", "Ann Roe\nCited by us"),
        ("identifiers", "doi: 10.1000/182"),
        ("abstract", "Sand."),
    ]
    assert codes_of(document) == ["unknown-text", "unknown-text"]
    with pytest.raises(litrecord.ParseError):
        litrecord.parse_record(f"<div>{page}</div>", strict=True)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Open Access", "notice"),
        ("Article . Preprint . 2021 . English", "notice"),
        ("Publication · 12 Jan 2011", "notice"),
        ("Embargo end date: 1 May 2030", "notice"),
        ("Publisher: Sand & Sons", "notice"),
        ("Views provided by UsageCounts", "notice"),
        ("Authors: Roe, Ann; Poe, Di", "authors"),
        ("Ann Roe; Di Poe", "authors"),
        ("<h4>Ann Roe</h4>", "authors"),
        ("<h4>Ann Roe, Di Poe</h4>", "unknown"),
        ("<h4>2 versions</h4>", "unknown"),
        ("see below; or not", "unknown"),
        ("<h4>Sand in the sea</h4>", "unknown"),
        ("<h4>Ludwig van Beethoven</h4>", "authors"),
        ("A sea of sand " * 20, "unknown"),
        ("May August", "unknown"),
    ],
)
def test_lines_below_a_title(line: str, kind: str) -> None:
    line = line if line.startswith("<") else f"<p>{line}</p>"
    document = read(f"<div><h1>Tides</h1>{line}<p>doi: 10.1000/182</p><p>Sand.</p></div>")
    assert [found for found, _ in kinds_of(document)] == [
        "title", kind, "identifiers", "abstract",
    ]  # fmt: skip


def test_a_title_is_read_without_a_heading_above_the_authors() -> None:
    page = "<div><p>Tides</p><p>Authors: Roe, Ann</p><p>doi: 10.1000/182</p><p>Sand.</p></div>"
    record = read(page).record
    assert (record.title, record.authors, record.abstract) == ("Tides", ("Roe, Ann",), "Sand.")


def test_a_title_that_is_printed_twice_or_with_a_formula_is_one() -> None:
    title = "On <math><mi>x</mi></math>"
    page = f"<div><h1>{title}</h1><p>On x</p><p>pmid: 7</p><p>Sand.</p></div>"
    assert (read(page).record.title, codes_of(read(page))) == ("On x", [])


def test_the_name_of_the_site_is_no_title_and_a_title_below_is_no_abstract() -> None:
    head = "<h1>OpenAIRE Explore</h1><h2>Tides</h2><p>pmid: 7</p><p>2011</p><h2>Tides</h2>"
    record = read(f"<div>{head}<p>Sand.</p>{TABLE}</div>").record
    assert (record.title, record.authors, record.abstract) == ("Tides", (), "Sand.")


def test_a_whole_page_of_which_the_first_line_is_missing_is_one() -> None:
    path = pathlib.Path(__file__).parents[1] / "examples" / "whole-page.txt"
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    heads = ("Who drew the coast?", "Abstract", "Keywords")
    page = "".join(f"<h2>{line}</h2>" if line in heads else f"<p>{line}</p>" for line in lines)
    document = read(f"<div>{page}</div>")
    assert document.record == litrecord.parse_record(path)
    assert codes_of(document) == []


def test_a_heading_of_several_lines_is_no_title() -> None:
    document = read("<div><h1>Tides<br>of sand</h1><p>pmid: 7</p><p>Sand.</p></div>")
    assert (document.record.title, document.record.abstract) == (None, "Sand.")
    assert codes_of(document) == ["unknown-text", "unknown-text"]


def test_a_heading_of_very_many_pieces_is_no_title() -> None:
    words = "Sand <i></i>" * 300
    assert read(f"<div><h1>{words}</h1><p>pmid: 7</p><p>Sand.</p></div>").record.title is None


def test_text_above_identifiers_without_any_sign_is_no_abstract() -> None:
    document = read("<div><p>Tides</p><p>Roe</p><p>pmid: 7</p><p>Sand.</p></div>")
    assert (document.record.pmid, document.record.abstract) == ("7", "Sand.")
    assert codes_of(document) == ["unknown-text", "unknown-text"]


def test_an_abstract_that_names_an_identifier_stays_one() -> None:
    prose = "We comment on what others have said of sand."
    document = read(f"<div><p>{prose}</p><p>DOI: 10.1371/journal.1</p>{TABLE}</div>")
    assert document.record.abstract == f"{prose}\nDOI: 10.1371/journal.1"
    assert codes_of(document) == ["identifier-in-text"]
    text = "Tides\ndoi: 10.1000/182\nSand.\n"
    assert codes_of(read(text)) == ["identifier-in-text"]
    below = f"{HEAD}<h2>Abstract</h2><p>Sand.</p><p>doi: 10.1000/9</p></div>"
    assert read(below).record.abstract == "Sand.\ndoi: 10.1000/9"


def test_a_widget_and_rows_above_the_identifiers_stay_what_they_are() -> None:
    seed = pathlib.Path(__file__).with_name("data") / "seed.txt"
    widget = litrecord.parse_record(seed).widget
    assert widget is not None
    pre = f"<pre>{widget.markup.replace('&', '&amp;').replace('<', '&lt;')}</pre>"
    record = read(f"<div><h1>Tides</h1>{pre}<p>pmid: 7</p><p>Sand.</p>{TABLE}</div>").record
    assert (record.widget, record.title, record.pmid) == (widget, "Tides", "7")
    rows = "<div><h1>Tides</h1>{}<p>pmid: 7</p><p>Sand.</p></div>"
    piped = TABLE.replace("70", "70 | 71")
    for row in (TABLE, piped, "<p>| citations | 70 | |</p>", "<p>Powered by OpenAIRE graph</p>"):
        assert read(rows.format(row)).record.title is None
    head = "<table><thead><tr><th>Name</th><th>Value</th></tr></thead></table>"
    assert read(rows.format(head)).record.title == "Tides"


def test_trees_and_soups_of_a_saved_page_give_the_same() -> None:
    comment = f"<!-- saved from url=(0063){ADDRESS} -->"
    page = f"<!DOCTYPE html>{comment}<html><body>{HEAD}<p>Sand.</p></div></body></html>"
    record = read(page).record
    assert litrecord.parse_record(lxml.html.document_fromstring(page)) == record
    assert litrecord.parse_record(lxml.html.document_fromstring(page).getroottree()) == record
    assert litrecord.parse_record(bs4.BeautifulSoup(page, "html.parser")) == record
    for parse in (lxml.html.document_fromstring, lambda text: bs4.BeautifulSoup(text, "lxml")):
        for mark in (comment, f"<html>{comment}<p>Sand.</p>"):
            document = litrecord.parse_document(parse(f"{mark}<p>Sand.</p>"))
            assert document.record.doi == "10.1000/182"


SINGLE = f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Sun Nov 29 2026\n-->"
ARCHIVED = f"https://web.archive.org/web/20260102030405/{ADDRESS}"


@pytest.mark.parametrize(
    ("mark", "where"),
    [
        (f"<!-- saved from url=(0063){ADDRESS} -->", "saved from url="),
        (f"<!-- saved from url=(0112){ARCHIVED} -->", "saved from url="),
        (SINGLE, "comment of SingleFile"),
        (f'<link rel="Canonical" href="{ADDRESS}">', "link rel=canonical"),
        (f'<link rel="alternate canonical" href="{ARCHIVED}">', "link rel=canonical"),
        (f'<meta property="og:url" content="{ADDRESS}">', "og:url"),
        (f'<meta property="OG:URL" content="{ADDRESS.replace("web", "beta")}">', "og:url"),
    ],
)
def test_the_address_that_a_page_says_it_has_is_used_and_reported(mark: str, where: str) -> None:
    page = f"<html><head>{mark}</head><body><p>Sand.</p></body></html>"
    document = read(page)
    assert [found.curie for found in document.record.identifiers] == ["doi:10.1000/182"]
    assert codes_of(document) == ["address-from-page", "identifier-from-address"]
    assert f"in its {where}: " in said(document)[0].message
    other = ADDRESS.replace("182", "183")
    named = litrecord.parse_document(page, url=other)
    assert (named.record.doi, codes_of(named)) == ("10.1000/183", ["identifier-from-address"])


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- saved from url=(0014)about:internet -->",
        "<!-- saved from url=(0031)https://explore.openaire.eu/ -->",
        "<!-- saved from url=()x --><!-- saved from nowhere --><!-- Page saved with SingleFile -->",
        '<link rel="canonical"><link rel="icon" href="/a.png"><link href="b">',
        '<link rel="canonical" href="https://example.org/search/publication?pid=10.1000%2F182">',
        '<meta property="og:url" content="https://notopenaire.eu/search/result?pid=7">',
        f"<!-- see {ADDRESS} -->",
    ],
)
def test_an_address_of_no_landing_page_is_passed_over(mark: str) -> None:
    document = read(f"<html><head>{mark}</head><body><p>Sand.</p></body></html>")
    assert (document.record.identifiers, codes_of(document)) == ((), [])


def test_the_best_address_counts_and_one_of_the_site_does_not() -> None:
    other = ADDRESS.replace("182", "9")
    page = (
        f'<meta property="og:url" content="{other}"><link rel=canonical href="{ADDRESS}">'
        "<!-- saved from url=(0028)https://explore.openaire.eu/ --><p>Sand.</p>"
    )
    assert read(page).record.doi == "10.1000/182"


def test_the_toolbar_of_the_wayback_machine_is_left_out() -> None:
    inserted = (
        "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id=wm-ipp-base>12 captures</div>"
        f"<div id=wm-ipp-print>The Wayback Machine - {ARCHIVED}</div>"
        "<!-- END WAYBACK TOOLBAR INSERT -->"
    )
    end = "<!--\n     FILE ARCHIVED ON 03:04:05 Jan 02, 2026 AND RETRIEVED FROM THE\n-->"
    page = f"<html><head></head><body>{inserted}{HEAD}<p>Sand.</p>{TABLE}</div></body></html>{end}"
    document = read(page)
    assert document.text.startswith("Dataset")
    assert document.record == read(page.replace(inserted, "")).record
    message = "elements left out: toolbar of the Wayback Machine 1"
    assert said(document)[0].message == message
    cut = read(page.replace("END WAYBACK", ""))
    assert "12 captures" in cut.text
    archived = litrecord.parse_record("Sand.\n", url=ARCHIVED)
    assert archived.doi == "10.1000/182"


BODY = f"<body>{HEAD}<p>Über Sand.</p>{TABLE}</div></body>"
PAGE = f"<html><head><meta charset=utf-8></head>{BODY}</html>"


def mhtml(
    body: bytes,
    *,
    fields: str = "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n",
    kind: str = 'multipart/related; type="text/html"; boundary="--=_x"',
    where: str = f"Snapshot-Content-Location: {ADDRESS}\r\n",
    before: bytes = b"",
) -> bytes:
    head = f"From: <Saved by Blink>\r\n{where}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n"
    picture = (
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    )
    parts = [before, fields.encode() + b"\r\n" + body + b"\r\n", picture]
    joined = b"".join(b"----=_x\r\n" + part for part in parts if part)
    return head.encode() + joined + b"----=_x--\r\n"


def test_mhtml_is_read_in_each_encoding_and_charset(tmp_path: pathlib.Path) -> None:
    data = PAGE.encode()
    declared = "Content-Type: text/html; charset=iso-8859-15\r\n"
    files = {
        "binary": mhtml(data),
        "qp": mhtml(
            quopri.encodestring(data).replace(b"\n", b"\r\n"),
            fields="Content-Type: text/html\r\nContent-Transfer-Encoding: Quoted-Printable\r\n",
        ),
        "base64": mhtml(
            base64.encodebytes(data).replace(b"\n", b"\r\n"),
            fields="Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n",
        ),
        "charset": mhtml(
            PAGE.replace("<meta charset=utf-8>", "").encode("latin-1"), fields=declared
        ),
        "lf": mhtml(data).replace(b"\r\n", b"\n"),
    }
    expected = read(PAGE).record
    assert expected.abstract == "Über Sand."
    for name, file in files.items():
        path = tmp_path / f"{name}.mhtml"
        path.write_bytes(file)
        assert litrecord.parse_record(path) == expected, name
        with path.open("rb") as stream:
            assert litrecord.parse_record(stream) == expected
        if name != "charset":
            assert litrecord.parse_record(file.decode()) == expected
        for above in (b"\xef\xbb\xbf", b"\r\n", b"\n\n"):
            assert litrecord.parse_record(above + file) == expected
    with (tmp_path / "qp.mhtml").open(encoding="utf-8") as lines:
        assert litrecord.parse_record(lines) == expected


def test_the_root_of_mhtml_is_the_one_that_is_named() -> None:
    frame = b"Content-Type: text/html\r\nContent-ID: <frame>\r\n\r\n<p>An advertisement.</p>\r\n"
    root = "Content-Type: text/html\r\nContent-ID: <root>\r\n"
    kind = 'multipart/related; boundary="--=_x"; start="<root>"'
    file = mhtml(PAGE.encode(), fields=root, kind=kind, before=frame)
    assert litrecord.parse_record(file) == read(PAGE).record
    nested = PAGE.encode() + b"\r\n--y--"
    fields = (
        "Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/html\r\n"
    )
    assert litrecord.parse_record(mhtml(nested, fields=fields)) == read(PAGE).record


def test_mhtml_of_one_part_and_the_address_of_its_page() -> None:
    head = f"MIME-Version: 1.0\nContent-Type: text/html\nContent-Location: {ADDRESS}\n\n"
    document = litrecord.parse_document(f"{head}<p>Sand.</p>".encode())
    assert (document.record.doi, document.record.abstract) == ("10.1000/182", "Sand.")
    assert "in its header of MHTML: " in said(document)[0].message
    of_part = f"Content-Type: text/html\r\nContent-Location: {ADDRESS}\r\n"
    file = mhtml(b"<p>Sand.</p>", fields=of_part, where="")
    assert litrecord.parse_record(file).doi == "10.1000/182"
    assert litrecord.parse_record(file, url=ADDRESS.replace("182", "9")).doi == "10.1000/9"


GOOD = mhtml(PAGE.encode())


@pytest.mark.parametrize(
    ("file", "what"),
    [
        (GOOD.replace(b'boundary="--=_x"', b""), "names no boundary"),
        (GOOD.replace(b'boundary="--=_x"', b'boundary="other"'), "it has no part"),
        (GOOD[: GOOD.index(b"Sand.")], "ends within the page"),
        (GOOD[: GOOD.index(b"8bit")], "a header in it has no end"),
        (GOOD.replace(b"8bit", b"x-uu"), "transfer encoding, found 'x-uu'"),
        (GOOD.replace(b"8bit", b"base64"), "its base64 cannot be read"),
        (
            GOOD.replace(b"Type: text/html", b"Type: image/gif"),
            "expected a page as its root, found image/gif",
        ),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; start=a; boundary=x\n\n"
            + b"--x\nA: b\n\n" * 10_001,
            "in its first 10,000 parts",
        ),
        (GOOD.replace(b"type=", b"start=a; type="), "expected its root 'a' in its first"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "no part"),
        (
            b"MIME-Version: 1.0\n"
            + b"".join(
                b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(5)
            )
            + b"\n--3--\n--2--\n--1--\n--0--",
            "levels of parts",
        ),
    ],
)
def test_broken_mhtml_is_our_error_that_names_the_file(
    tmp_path: pathlib.Path, file: bytes, what: str
) -> None:
    path = tmp_path / "broken.mhtml"
    path.write_bytes(file)
    with pytest.raises(SourceError) as caught:
        litrecord.parse_record(path)
    message = str(caught.value)
    assert "broken.mhtml" in message
    assert what in message
    assert "save the page again" in message


def test_text_that_begins_as_mail_does_is_text() -> None:
    for text in (
        "From: you to me\nSand moves.\n",
        "Date: 7\n\nMIME-Version: 1.0\n",
        "X-rays err.\n",
        "MIME-Version:",
    ):
        assert litrecord.parse_document(text).text == text
        assert litrecord.parse_document(text.encode()).text == text
