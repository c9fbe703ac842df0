"""Responses of HTTP clients, and what can be opened: real objects, of a server in the test."""

import http.client
import http.server
import importlib.resources
import io
import pathlib
import threading
import types
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import requests

import litrecord
from litrecord import SourceError
from support.cases import said

RUSSIAN = "Старые карты ошибаются."
PAGE = f"<div><p>{RUSSIAN}</p></div>".encode("koi8-r")
PATH = "/search/publication?pid=10.1000%2F182"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(self.headers.get("X-Status", "200")))
        self.send_header("Content-Type", "text/html; charset=koi8-r")
        self.send_header("Content-Length", str(len(PAGE)))
        if "X-Coding" in self.headers:
            self.send_header("Content-Encoding", self.headers["X-Coding"])
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


Get = Callable[[str, dict[str, str]], Any]


def get_by_urllib(url: str, headers: dict[str, str]) -> Any:
    try:
        return urllib.request.urlopen(urllib.request.Request(url, headers=headers))  # noqa: S310
    except urllib.error.HTTPError as error:
        return error


CLIENTS: dict[str, Get] = {
    "httpx": lambda url, headers: httpx.get(url, headers=headers, trust_env=False),
    "requests": lambda url, headers: requests.get(url, headers=headers, timeout=9),
    "urllib": get_by_urllib,
}


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_a_response_is_read_with_its_charset_and_its_address(client: str, server: str) -> None:
    response = CLIENTS[client](f"{server}{PATH}", {})
    document = litrecord.parse_document(response)
    response.close()
    assert document.record.abstract == RUSSIAN
    assert [found.curie for found in document.record.identifiers] == ["doi:10.1000/182"]
    assert [found.code for found in said(document)] == [
        "guessed-encoding", "address-from-page", "identifier-from-address",
    ]  # fmt: skip
    assert "koi8-r, as the HTTP header declares" in said(document)[0].message
    assert "in its response" in said(document)[1].message


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_an_address_that_is_no_landing_page_says_nothing(client: str, server: str) -> None:
    response = CLIENTS[client](server, {})
    assert litrecord.parse_record(response, encoding="koi8-r").identifiers == ()
    response.close()
    response = CLIENTS[client](server, {})
    other = litrecord.parse_record(response, url=f"https://explore.openaire.eu{PATH}")
    response.close()
    assert other.doi == "10.1000/182"


@pytest.mark.parametrize("client", sorted(CLIENTS))
@pytest.mark.parametrize("status", [404, 503])
def test_a_page_that_was_not_served_is_an_error(client: str, status: int, server: str) -> None:
    response = CLIENTS[client](server, {"X-Status": str(status)})
    with pytest.raises(SourceError, match=f"not served: HTTP status {status}"):
        litrecord.parse_record(response)
    (result,) = litrecord.iter_results([response])
    response.close()
    assert "not served" in str(result.error)


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_a_lone_response_is_no_list_of_sources(client: str, server: str) -> None:
    response = CLIENTS[client](server, {})
    with pytest.raises(SourceError, match="put it in a list"):
        litrecord.iter_records(response)
    (record,) = litrecord.iter_records([response])
    response.close()
    assert record.abstract == RUSSIAN


def test_a_streamed_or_closed_response_is_an_error(server: str) -> None:
    with requests.get(server, stream=True, timeout=9) as streamed:
        with pytest.raises(SourceError, match="its content was not read"):
            litrecord.parse_record(streamed)
        assert streamed.content == PAGE
        assert litrecord.parse_abstract(streamed) == RUSSIAN
    with requests.get(server, stream=True, timeout=9) as closed:
        pass
    with pytest.raises(SourceError, match="its content was not read"):
        litrecord.parse_record(closed)
    with httpx.stream("GET", server, trust_env=False) as stream:
        with pytest.raises(SourceError, match="its content was not read"):
            litrecord.parse_record(stream)
        stream.read()
    assert litrecord.parse_abstract(stream) == RUSSIAN
    with get_by_urllib(server, {}) as opened:
        assert litrecord.parse_abstract(opened) == RUSSIAN
        with pytest.raises(SourceError, match="closed or read before"):
            litrecord.parse_record(opened)
    with pytest.raises(SourceError, match="closed or read before"):
        litrecord.parse_record(opened)


def test_a_stream_in_a_coding_that_is_not_undone_is_an_error(server: str) -> None:
    with (
        get_by_urllib(server, {"X-Coding": "br"}) as response,
        pytest.raises(SourceError, match="its coding is 'br'"),
    ):
        litrecord.parse_record(response)


def test_a_response_that_breaks_off_is_an_error() -> None:
    response = http.client.HTTPResponse(Broken())  # type: ignore[arg-type]
    response.begin()
    with pytest.raises(SourceError, match="cannot read the response: IncompleteRead"):
        litrecord.parse_record(response)


class Broken:
    """A connection that ends within the body."""

    def makefile(self, _: str) -> io.BytesIO:
        return io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nSand.")


def test_responses_without_a_request_and_of_other_clients() -> None:
    assert litrecord.parse_abstract(httpx.Response(200, content=b"<p>Sand.</p>")) == "Sand."
    own = types.SimpleNamespace(content=b"<p>Sand.</p>", url=None, headers={})
    assert litrecord.parse_abstract(own) == "Sand."
    own.content = "Sand."
    with pytest.raises(SourceError, match="the content of the response is str: pass its bytes"):
        litrecord.parse_record(own)
    lines = types.SimpleNamespace(read=lambda: "Sand.", status=200, headers={})
    with pytest.raises(SourceError, match="the response gave str"):
        litrecord.parse_record(lines)


def test_a_file_within_an_archive_is_opened(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/page.html", "<p>pmid: 7</p><p>Sand.</p>")
    root = zipfile.Path(path)
    assert litrecord.parse_record(root / "a" / "page.html").pmid == "7"
    (result,) = litrecord.iter_results([root / "a" / "page.html"])
    assert (result.name, result.error) == ("page.html", None)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("cut.mhtml", "MIME-Version: 1.0\nContent-Type: multipart/related\n\n")
    with pytest.raises(SourceError, match=r"pages\.zip/cut\.mhtml': this MHTML file is broken"):
        litrecord.parse_record(zipfile.Path(path) / "cut.mhtml")
    for missing in ("b.html", "a/"):
        with pytest.raises(SourceError, match=r"cannot read '.*pages\.zip/" + missing):
            litrecord.parse_record(root / missing)
    with zipfile.ZipFile(path) as archive, pytest.raises(SourceError, match=r"zipfile\.Path"):
        litrecord.parse_record(archive)  # type: ignore[arg-type]


def test_a_resource_of_a_package_is_opened() -> None:
    resource = importlib.resources.files("litrecord") / "_vocabularies" / "__init__.py"
    assert litrecord.parse_document(resource).text
    own = types.SimpleNamespace(is_file=bool, open=lambda _: io.StringIO("Sand."))
    with pytest.raises(SourceError, match="gave str: expected bytes"):
        litrecord.parse_record(own)
