"""Every form of the command's output: where it goes, what it holds, and what is not overwritten."""

import csv
import io
import json
import os
import pathlib
import pty
import re
import shlex
import subprocess
import sys
import threading

import pyarrow.parquet as pq
import pytest

import litrecord
from litrecord._cli.options import options_of
from litrecord._cli.terminal import Terminal
from litrecord._cli.view import view_of
from litrecord.files import Summary, write_parquet
from litrecord.model import Identifier, Indicator, Record
from support import stored
from support.command import run

COMMAND = [sys.executable, "-m", "litrecord"]
SEVERAL = ("jsonl", "csv", "html", "txt", "parquet")


@pytest.fixture
def crawl(tmp_path: pathlib.Path) -> pathlib.Path:
    """Return a folder with a page, and a file of two."""
    folder = tmp_path / "crawl"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"pmid: 7\nOld maps err.\n")
    (folder / "b.jsonl").write_bytes(stored.lines_of(["pmid: 8", "pmid: 9\n| views | 2 |"], "text"))
    return folder


def ids_in(path: pathlib.Path) -> list[str]:
    """Return the PMIDs that a file of any form holds, in order."""
    if path.suffix == ".parquet":
        column = pq.read_table(path).column("identifiers").to_pylist()
        return [found["value"] for (found,) in column]
    text = path.read_text("utf-8")
    return [number for at, number in enumerate("789") if number in text.split("pmid")[at + 1]]


def content_of(path: pathlib.Path) -> object:
    return pq.read_table(path) if path.suffix == ".parquet" else path.read_bytes()


@pytest.mark.parametrize("ending", SEVERAL)
def test_the_name_of_the_output_tells_its_form(ending: str, crawl: pathlib.Path) -> None:
    output = crawl.parent / f"out.{ending}"
    done = run(str(crawl), "-o", str(output))
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.startswith(b"litrecord: pages: 3, of them refused: 0, in ")
    assert ids_in(output) == ["7", "8", "9"]
    assert sorted(found.name for found in crawl.parent.iterdir()) == ["crawl", output.name]


@pytest.mark.slow
@pytest.mark.parametrize("ending", SEVERAL)
def test_several_processes_write_the_same(ending: str, crawl: pathlib.Path) -> None:
    for at in range(70):
        (crawl / f"page {at:02}.txt").write_text(f"pmid: {at + 1}\nText {at}.\n")
    one, two = crawl.parent / f"one.{ending}", crawl.parent / f"two.{ending}"
    for output, count in ((one, "1"), (two, "2")):
        done = run(str(crawl), "-o", str(output), "--processes", count)
        assert (done.returncode, done.stdout) == (0, b"")
    assert content_of(one) == content_of(two)


@pytest.mark.slow
def test_several_processes_print_in_order_and_name_what_is_refused(crawl: pathlib.Path) -> None:
    (crawl / "0.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0")
    (crawl / "c.jsonl").write_bytes(b'{"other": "a"}\n')
    words = (str(crawl), "-", str(crawl / "none.txt"), "--diagnostics")
    done = run(*words, "--processes", "2", stdin=b"pmid: 5\n| views | 2")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        *((alone := run(*words, stdin=b"pmid: 5\n| views | 2")).stdout, alone.stderr),
    )
    sources = [json.loads(line)["source"] for line in done.stdout.splitlines()]
    assert sources == [f"{crawl}/a.txt", f"{crawl}/b.jsonl#0", f"{crawl}/b.jsonl#1", "-"]
    said = done.stderr.decode().replace(f"{crawl}/", "").splitlines()
    assert any(line.startswith("-: error[cut-row] line 2, column 1: ") for line in said)
    first, second, third = (line for line in said if line.startswith("litrecord: "))
    assert first.startswith("litrecord: '0.txt': expected a page, found a PNG image: ")
    assert second.startswith("litrecord: c.jsonl: column: ")
    assert third == "litrecord: cannot read 'none.txt': No such file or directory"


@pytest.mark.parametrize("ending", SEVERAL)
def test_nothing_is_overwritten_unasked(ending: str, crawl: pathlib.Path) -> None:
    output = crawl.parent / f"out.{ending}"
    output.write_bytes(b"before")
    done = run(str(crawl / "a.txt"), "-o", str(output))
    assert (done.returncode, done.stdout, output.read_bytes()) == (2, b"", b"before")
    said = f"error: --output: {str(output)!r} exists: name another, or give --overwrite\n"
    assert done.stderr.decode().endswith(said)
    assert run(str(crawl / "a.txt"), "-o", str(output), "--overwrite").returncode == 0
    assert ids_in(output) == ["7"] if ending == "parquet" else b"7" in output.read_bytes()


@pytest.mark.parametrize("ending", SEVERAL)
def test_an_output_in_a_folder_that_is_read_is_no_source(ending: str, crawl: pathlib.Path) -> None:
    output = crawl / f"0.{ending}"
    counts = []
    for more in ([], ["--overwrite"]):
        done = run(str(crawl), "-o", str(output), *more)
        assert done.returncode == 0
        counts.append(done.stderr.partition(b", in ")[0])
    assert counts == 2 * [b"litrecord: pages: 3, of them refused: 0"]
    done = run(str(output), "-o", str(crawl / "." / output.name), "--overwrite")
    assert (done.returncode, b"is one of the files to read" in done.stderr) == (
        2,
        True,
    )


def test_the_format_goes_before_the_name(crawl: pathlib.Path) -> None:
    output = crawl.parent / "rows.txt"
    assert run(str(crawl), "--format", "csv", "-o", str(output)).returncode == 0
    (row, *_) = csv.DictReader(io.StringIO(output.read_text("utf-8")))
    assert (row["pmid"], row["abstract"]) == ("7", "Old maps err.")


def test_csv_is_another_name_of_rows(crawl: pathlib.Path) -> None:
    done = run(str(crawl), "--format", "csv")
    assert done.stdout == run(str(crawl), "--format", "row-csv").stdout
    assert done.stdout.startswith(b"source,title,")


def test_what_is_refused_is_named_and_the_output_has_the_others(crawl: pathlib.Path) -> None:
    output = crawl.parent / "out.jsonl"
    (crawl / "a.txt").write_bytes(b"| views | 2")
    done = run(str(crawl), "-o", str(output), "--strict")
    assert done.returncode == 1
    first, *_, last = done.stderr.decode().splitlines()
    assert first == f"litrecord: '{crawl}/a.txt': 1 error in the text"
    assert last.startswith("litrecord: pages: 3, of them refused: 1, in ")
    assert len(output.read_bytes().splitlines()) == 2


@pytest.mark.parametrize("ending", SEVERAL)
def test_an_output_that_cannot_be_made_is_named(ending: str, crawl: pathlib.Path) -> None:
    output = f"{crawl}/no/out.{ending}"
    done = run(str(crawl), "-o", output)
    said = f"litrecord: cannot write {output!r}: the folder '{crawl}/no' does not exist: make it\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (1, b"", said)


def test_an_output_may_be_a_pipe(crawl: pathlib.Path) -> None:
    pipe = crawl.parent / "pipe.jsonl"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert run(str(crawl), "-o", str(pipe)).returncode == 0
    reader.join()
    assert read == [run(str(crawl)).stdout]
    assert pipe.is_fifo()


@pytest.mark.slow
def test_an_output_that_has_no_room_stays_as_it_was(crawl: pathlib.Path) -> None:
    output = crawl.parent / "out.jsonl"
    output.write_bytes(b"before")
    (crawl / "long.txt").write_text("Text. " * 2000)
    words = shlex.join([*COMMAND, str(crawl), "-o", str(output), "--overwrite"])
    unmeasured = "unset COVERAGE_PROCESS_CONFIG COVERAGE_PROCESS_START; "
    command = f"{unmeasured}ulimit -f 1; {words}"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602
    said = f"litrecord: cannot write {str(output)!r}: File too large\n"
    assert (done.returncode, done.stderr.decode()) == (1, said)
    assert output.read_bytes() == b"before"
    assert sorted(found.name for found in crawl.parent.iterdir()) == ["crawl", "out.jsonl"]


# --- HTML.


def test_one_record_is_the_page_that_to_html_writes(crawl: pathlib.Path) -> None:
    done = run(str(crawl / "a.txt"), "--format", "html")
    record = litrecord.parse_record(crawl / "a.txt")
    assert done.stdout.decode() == litrecord.to_html(record, full=True)


@pytest.mark.parametrize("count", [0, 2, 3])
def test_other_counts_of_records_are_articles_of_one_page(
    count: int, tmp_path: pathlib.Path
) -> None:
    names = [str(tmp_path / f"{at}.txt") for at in range(count)] or [str(tmp_path / "none.txt")]
    records = [Record(title=f"<{at}>", keywords=["a", "b"]) for at in range(count)]
    for name, record in zip(names, records, strict=False):
        pathlib.Path(name).write_text(litrecord.to_html(record), encoding="utf-8")
    page = run(*names, "--format", "html").stdout.decode()
    assert page.count("<h1>") == page.count("<main>") == page.count("</html>") == 1
    assert re.findall(r"<h2.*?>(.*)</h2>", page) == names[:count]
    articles = page.split("<article")[1:]
    assert [litrecord.parse_record("<article" + found) for found in articles] == records


# --- What is read, and how.


def test_sources_are_read_in_the_order_of_the_command_line(tmp_path: pathlib.Path) -> None:
    names = [str(tmp_path / f"{name}.txt") for name in "dacbe"]
    for name in names:
        pathlib.Path(name).write_bytes(b"pmid: 7\n")
    one, two, three, four, five = names
    for words in (
        (one, "--input", two, three, "--strict", f"--input={four}", five),
        ("--input", one, two, "--diagnostics", three, "--", four, five),
        ("--diagnostics", "text", "--input", one, "--inp", two, three, four, "--strict", five),
    ):
        done = run("--format", "json", *words)
        sources = [json.loads(line)["source"] for line in done.stdout.splitlines()]
        assert sources == names


def test_ten_thousand_sources_are_parsed_at_once() -> None:
    parsed = options_of(["--strict", *map(str, range(10_000)), "--diagnostics"])
    assert len(parsed.sources) == 10_000


@pytest.mark.parametrize("ending", SEVERAL)
def test_markup_and_encoding_are_those_of_all_sources(ending: str, tmp_path: pathlib.Path) -> None:
    page, written = tmp_path / "page.txt", []
    page.write_bytes("<p>pmid: 7</p><p>Ж</p>".encode("koi8-r"))
    for markup in ("text", "html"):
        output = tmp_path / f"{markup}.{ending}"
        words = (str(page), "-o", str(output), "--markup", markup, "--encoding", "koi8-r")
        assert run(*words).returncode == 0
        is_table = ending == "parquet"
        written.append(str(pq.read_table(output)) if is_table else output.read_text("utf-8"))
    assert ["Ж" in text for text in written] == [True, True]
    assert (written[0] != written[1]) is (ending != "txt")  # which is what both print


def test_what_names_no_file_is_told_as_it_was_given(tmp_path: pathlib.Path) -> None:
    page = tmp_path / "https:" / "x.org" / "page.txt"
    page.parent.mkdir(parents=True)
    page.write_bytes(b"pmid: 7\n")
    address = "https://x.org/s?pid=7"
    advice = "an address is not fetched: save the page, and name its file"
    done = run("", address, f"{tmp_path}//no.txt", f"{tmp_path}/./https://x.org//page.txt")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "litrecord: cannot read '': name a file, a folder, or - for standard input",
        f"litrecord: cannot read {address!r}: {advice}",
        f"litrecord: cannot read '{tmp_path}//no.txt': No such file or directory",
    ]
    assert json.loads(done.stdout)["source"] == f"{tmp_path}/./https://x.org//page.txt"


def test_a_missing_file_is_named_beside_its_row_of_parquet(tmp_path: pathlib.Path) -> None:
    path, output = tmp_path / "no.txt", tmp_path / "rows.parquet"
    done = run(str(path), "-o", str(output))
    said = f"litrecord: cannot read '{path}': No such file or directory\n"
    assert (done.returncode, done.stderr.decode().startswith(said)) == (1, True)
    (row,) = pq.read_table(output).to_pylist()
    assert row["error"] == f"cannot read '{path}': No such file or directory"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_an_address_among_files_is_named_in_every_form(
    ending: str, crawl: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("ftp://x.org/a.txt", str(crawl), "-o", str(crawl.parent / f"out.{ending}"))
    assert done.returncode == 1
    assert done.stderr.startswith(b"litrecord: cannot read 'ftp://x.org/a.txt': an address")
    assert b"pages: 3, of them refused: 0" in done.stderr
    monkeypatch.chdir(crawl)
    (crawl / "https:").mkdir()
    (crawl / "https:" / "a.txt").write_bytes(b"pmid: 7\n")
    assert run("https://a.txt").returncode == 0


# --- Diagnostics as JSON.


def test_diagnostics_are_lines_of_json(crawl: pathlib.Path) -> None:
    page = crawl / "caf\x9b.txt"
    page.write_text("pmid: 0\nOld \x1b maps.\n| views | 2", encoding="utf-8")
    words = (str(page), str(crawl / "none.txt"), "", "-o", str(crawl.parent / "out.csv"))
    done = run("--diagnostics", "json", *words)
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stderr.decode("ascii").splitlines()]
    codes = [(line["source"], line["severity"], line["code"]) for line in lines]
    name = str(page)
    assert codes == [
        (name, "error", "malformed-identifier"),
        (name, "warning", "replaced-character"),
        (name, "error", "cut-row"),
        (f"{crawl}/none.txt", "error", None),
        (None, "error", None),
        (None, "info", None),
    ]
    document = litrecord.parse_document(page)
    for line, found in zip(lines, document.diagnostics, strict=False):
        assert (line["line"], line["column"]) == found.position
        assert (line["start"], line["end"]) == (found.span.start, found.span.end)
        assert line["message"] == found.message
        assert (line["excerpt"], line["advice"]) == (found.excerpt, found.advice)
    assert lines[3]["message"] == f"cannot read '{crawl}/none.txt': No such file or directory"


def test_of_a_refused_page_each_error_is_a_line_of_json() -> None:
    done = run("-", "--strict", "--diagnostics=json", stdin=b"pmid: 0\n| views | 2")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, done.stdout) == (1, b"")
    assert [(line["source"], line["code"]) for line in lines] == [
        ("-", None), ("-", "malformed-identifier"), ("-", "cut-row"),
    ]  # fmt: skip
    assert lines[0]["message"] == "2 errors in the text"


# --- Rates.


def test_a_run_that_goes_on_counts_its_own_pages_for_the_rate(
    crawl: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StoppedError(Exception):
        pass

    def stop(*_: object) -> None:
        raise StoppedError

    monkeypatch.setattr("litrecord._bulk.shards._SMALLEST_SHARD", 1)
    output = crawl.parent / "out.parquet"
    names = [str(crawl / "a.txt"), str(crawl / "b.jsonl")]
    with pytest.raises(StoppedError):
        write_parquet(names, output, progress=stop)
    clock = iter([100.0, 102.0])
    monkeypatch.setattr("litrecord._cli.run.time.monotonic", lambda: next(clock))
    done = run(*names, "-o", str(output))
    counts = "pages: 3, of them refused: 0, read by an earlier run: 1"
    said = f"litrecord: {counts}, in 2.0 s: 1 a second\n"
    assert (done.returncode, done.stderr.decode()) == (0, said)


# --- On a terminal.


def shown_on_a_terminal(*arguments: str, columns: int = 60) -> str:
    """Return what the command shows on a terminal that is its standard output and error."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": str(columns)}
    with subprocess.Popen(  # noqa: S603
        [*COMMAND, *arguments], stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while True:
                shown += os.read(ours, 4096)
        except OSError:  # the other end is closed
            os.close(ours)
    assert process.returncode == 0
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.slow
def test_on_a_terminal_a_record_is_shown_to_be_read(crawl: pathlib.Path) -> None:
    (crawl / "b.jsonl").unlink()
    name = str(crawl / "a.txt")
    assert shown_on_a_terminal(name) == run("--format", "view", name).stdout.decode()
    assert shown_on_a_terminal(name, "--format", "json") == run(name).stdout.decode()
    assert json.loads(run(name).stdout)["source"] == name


@pytest.mark.slow
def test_a_file_is_written_behind_a_bar_with_a_label_and_the_rate(crawl: pathlib.Path) -> None:
    shown = shown_on_a_terminal(str(crawl), "-o", str(crawl.parent / "out.csv"), columns=200)
    assert "reading" in shown
    assert "pages: 3, refused: 0, " in shown
    assert "a second" in shown
    assert "2/2" in shown


def test_a_view_shows_all_parts_of_a_record_and_wraps_them() -> None:
    record = Record(
        title="Who drew\u00a0the coast?",
        authors=["Doe, Jo", "Roe, Di"],
        identifiers=[Identifier("pmid", "7"), Identifier("doi", "x"), Identifier("other", "y")],
        abstract="Old maps err in ways that tell us who drew them.\nThe \x85 end.",
        keywords=["Maps, Old", "Coasts"],
        indicators=[
            Indicator("views", "26"), Indicator("popularity", "Top 1%"), Indicator("new", "9")
        ],
        widget=litrecord.ScriptWidget.from_url("https://www.openaire.eu/w?a=b"),
    )  # fmt: skip
    assert (
        view_of("a page.txt", record, 40)
        == """\
a page.txt
  title         Who drew the coast?
  authors       Doe, Jo; Roe, Di
  pmid          7
                https://pubmed.ncbi.nlm.nih.gov/7/
  doi           x  (not valid)
  other         y
  abstract      Old maps err in ways
                that tell us who drew
                them.
                The   end.
  keywords      Maps, Old; Coasts
  views         26
  popularity    Top 1%  (C3)
  new           9
  widget        https://www.openaire.eu/w?a=b"""
    )
    assert view_of("a", Record(), 80) == "a\n  no part of a record"


@pytest.mark.slow
def test_a_view_does_not_steer_a_terminal(tmp_path: pathlib.Path) -> None:
    page = tmp_path / "\x1b[2J.txt"
    page.write_text("a\u009b31m \u202eb\n| views | 7 |\n", encoding="utf-8")
    shown = shown_on_a_terminal(str(page))
    assert r"\u001b[2J.txt" in shown
    assert r"a\u009b31m \u202eb" in shown
    assert all(mark not in shown for mark in "\x1b\u009b\u202e")


def test_json_is_said_without_a_bar() -> None:
    terminal = Terminal(io.StringIO())
    terminal.is_json = True
    with terminal.bar() as progress:
        assert progress is None
    assert Summary(3, 0, {}, 2) == Summary(3, 0)


# --- Completion.


def completed(script: str, *words: str) -> list[str]:
    """Return what bash offers for the last of the words."""
    ask = (
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _shtab_litrecord litrecord "${@: -1}"'
        ' "${@: -2:1}"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(  # noqa: S603
        ["bash", "-c", f"{script}\n{ask}", "bash", *words],  # noqa: S607
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.split()


def test_bash_completes_options_their_values_and_files(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pathlib.Path("page.txt").touch()
    script = run("--print-completion", "bash").stdout.decode()
    assert completed(script, "litrecord", "--over") == ["--overwrite"]
    assert completed(script, "litrecord", "--format", "h") == ["html"]
    assert completed(script, "litrecord", "pa") == ["page.txt"]
    assert completed(script, "litrecord", "--output", "pa") == ["page.txt"]


@pytest.mark.parametrize(
    ("shell", "mark"), [("zsh", "#compdef litrecord"), ("fish", "complete -c")]
)
def test_other_shells_have_a_script_of_all_options(shell: str, mark: str) -> None:
    done = run("--print-completion", shell)
    assert (done.returncode, done.stderr) == (0, b"")
    assert mark in done.stdout.decode()
    for option in ("overwrite", "processes", "diagnostics", "markup"):
        assert option in done.stdout.decode()


def test_without_shtab_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    done = run("--print-completion", "zsh")
    said = "--print-completion: needs the package shtab: pip install 'litrecord[completion]'\n"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (1, b"", f"litrecord: {said}")


@pytest.mark.parametrize(
    ("form", "key"), [("csl", '"id": "'), ("ris", "ID  - "), ("bibtex", "@misc{")]
)
def test_the_keys_of_one_output_are_distinct(form: str, key: str, crawl: pathlib.Path) -> None:
    page = str(crawl / "a.txt")
    printed = run(page, page, page, "--format", form).stdout.decode()
    assert re.findall(f'^{{?.*?{re.escape(key)}([^",\n]*)', printed, re.MULTILINE) == [
        "pmid:7", "pmid:7-2", "pmid:7-3",
    ]  # fmt: skip
    again = run(page, "--format", form).stdout.decode()
    assert "pmid:7-" not in again


@pytest.mark.parametrize("form", ["csl", "jsonld"])
def test_an_array_is_json_of_as_many_records_as_there_are(form: str, crawl: pathlib.Path) -> None:
    empty = crawl / "empty"
    empty.mkdir()
    for source, count in ((empty, 0), (crawl / "a.txt", 1), (crawl, 3)):
        assert len(json.loads(run(str(source), "--format", form).stdout)) == count


def test_entries_have_an_empty_line_between_them(crawl: pathlib.Path) -> None:
    printed = run(str(crawl), "--format", "ris").stdout.decode()
    assert printed.count("\n\nTY  - ") == 2
    assert printed.endswith("\nER  - \n")
    lines = run(str(crawl), "--format", "openaire").stdout.decode().splitlines()
    assert [json.loads(line)["pids"][0]["value"] for line in lines] == ["7", "8", "9"]
