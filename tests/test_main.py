"""The command prints each record as asked, says what was wrong, and ends as the shell expects."""

import contextlib
import csv
import io
import json
import os
import pathlib
import pty
import shlex
import shutil
import signal
import subprocess
import sys
from itertools import filterfalse
from typing import Any

import pyarrow.parquet as pq
import pytest

import litrecord
from litrecord._cli.inputs import pages_of
from litrecord._cli.main import main
from litrecord._cli.outputs import ENDINGS
from litrecord.diagnostics import CODES
from support import stored
from support.command import run
from support.strategies import DATA, SEED

PAGES = DATA / "pages"
SEED_PATH = str(DATA / "seed.txt")
QUOTED = shlex.quote(SEED_PATH)
COMMAND = [sys.executable, "-m", "litrecord"]
ADDRESS = "https://explore.openaire.eu/search/publication?pid=10.1000%2F182"
OUTPUT = f"--output: expected a name that ends in {ENDINGS} or /, or --format"
CUT = b"pmid: 7\nOld maps err.\n| views | 2"


def run_in_shell(words: str, before: str = "") -> subprocess.CompletedProcess[bytes]:
    command = f"{before}{shlex.join(COMMAND)} {words}"
    return subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602


def run_on_a_terminal(*arguments: str, stream: str = "stderr", **variables: str) -> tuple[int, str]:
    """Return the exit code, and what is shown on a terminal that is one standard stream only."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **variables}
    streams: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: theirs}
    with subprocess.Popen(  # noqa: S603
        [*COMMAND, *arguments], **streams, env=environment
    ) as process:
        os.close(theirs)
        shown = b""
        # Until the other end is closed.
        with contextlib.suppress(OSError):
            while True:
                shown += os.read(ours, 4096)
    os.close(ours)
    return process.returncode, shown.decode()


def test_each_file_is_a_line_of_json_in_order_that_names_it_and_reads_back() -> None:
    page = str(PAGES / "207.txt")
    done = run(SEED_PATH, page)
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = done.stdout.decode().splitlines()
    assert [json.loads(line)["source"] for line in (first, second)] == [SEED_PATH, page]
    assert litrecord.from_json(first) == litrecord.parse_record(SEED)
    assert litrecord.from_json(second).title == "Who drew the coast?"


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([CUT], "1 page with an error: --diagnostics shows it"),
        ([b""], "1 page without a record: --diagnostics shows it"),
        (
            [CUT, CUT, b" ", b"pmid: 7\n| views | 7 |\n"],
            "2 pages with an error, 1 page without a record: --diagnostics shows them",
        ),
    ],
)
def test_a_fault_that_is_not_shown_is_counted(
    pages: list[bytes], said: str, tmp_path: pathlib.Path
) -> None:
    for at, page in enumerate(pages):
        (tmp_path / f"{at}.txt").write_bytes(page)
    done = run(str(tmp_path))
    assert (done.returncode, done.stderr.decode()) == (0, f"litrecord: {said}\n")
    assert len(done.stdout.splitlines()) == len(pages)
    assert b"litrecord:" not in run(str(tmp_path), "--diagnostics").stderr


def test_a_folder_is_all_its_pages_in_order(tmp_path: pathlib.Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    for name in (
        "z.txt",
        "b/2.TXT",
        "b/1.htm",
        "b/c/3.html",
        "b/not.json",
        "b/not.gz",
        "b/4.html.gz",
    ):
        (tmp_path / name).write_bytes(b"pmid: 7\n")
    done = run(str(tmp_path))
    sources = [json.loads(line)["source"] for line in done.stdout.decode().splitlines()]
    names = [os.path.relpath(source, tmp_path) for source in sources]
    assert names == ["z.txt", "b/1.htm", "b/2.TXT", "b/4.html.gz", "b/c/3.html"]
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_folder_without_pages_has_failed(tmp_path: pathlib.Path) -> None:
    done = run(str(tmp_path))
    assert (done.returncode, done.stdout) == (1, b"")
    message = f"litrecord: no page in {str(tmp_path)!r}: expected files that end in .txt, .html"
    assert done.stderr.decode().startswith(message)


def test_a_link_to_nothing_is_named_and_the_others_are_read(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.txt").symlink_to("nothing.txt")
    (tmp_path / "b.txt").write_bytes(b"pmid: 7\n")
    os.mkfifo(tmp_path / "c.txt")
    done = run(str(tmp_path))
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    name = str(tmp_path / "a.txt")
    assert done.stderr.decode() == (f"litrecord: cannot read {name!r}: No such file or directory\n")


def test_a_link_that_leads_out_of_a_folder_is_named_and_not_followed(
    tmp_path: pathlib.Path,
) -> None:
    crawl, other = tmp_path / "crawl", tmp_path / "crawl-of-May"
    (crawl / "b").mkdir(parents=True)
    other.mkdir()
    (other / "far.txt").write_bytes(b"secret")
    (crawl / "a.txt").write_bytes(b"pmid: 7\n")
    links = {
        "b/inner.txt": "../a.txt",
        "b/loop": "..",
        "b/nothing.png": "/etc/hostname",
        "b/outer.txt": "../../crawl-of-May/far.txt",
        "c": str(other),
        "d.jsonl": "../none.jsonl",
        "e": "b",
    }
    for name, target in links.items():
        (crawl / name).symlink_to(target)
    refused = [crawl / name for name in ("d.jsonl", "c", "b/outer.txt")]
    said = f"is a link that leads out of {str(crawl)!r}: name what it links to"
    messages = [f"litrecord: {str(link)!r} {said}" for link in refused]
    done = run(str(crawl))
    sources = [json.loads(line)["source"] for line in done.stdout.splitlines()]
    assert sources == [str(crawl / "a.txt"), str(crawl / "b/inner.txt")]
    assert (done.returncode, done.stderr.decode().splitlines()) == (1, messages)
    done = run(str(crawl), "--output", str(tmp_path / "out.parquet"))
    assert (done.returncode, done.stderr.decode().splitlines()[:3]) == (1, messages)
    assert pq.read_table(tmp_path / "out.parquet").column("source").to_pylist() == sources


def test_a_folder_and_a_file_that_are_named_may_be_links(tmp_path: pathlib.Path) -> None:
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / "a.txt").write_bytes(b"pmid: 7\n")
    (tmp_path / "crawl" / "itself.txt").symlink_to("itself.txt")
    (tmp_path / "folder").symlink_to("crawl")
    (tmp_path / "b.txt").symlink_to("crawl/a.txt")
    done = run(str(tmp_path / "folder"), str(tmp_path / "b.txt"))
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
    name = str(tmp_path / "folder" / "itself.txt")
    message = f"litrecord: cannot read {name!r}: Too many levels of symbolic links\n"
    assert done.stderr.decode() == message


def test_a_source_is_named_whatever_its_text_says() -> None:
    done = run("--strict", "-", stdin=b"doi: -\n")
    assert done.stderr.startswith(b"litrecord: -: 1 error in the text\n")


def test_a_folder_that_goes_away_has_failed(tmp_path: pathlib.Path) -> None:
    for name in ("a.txt", "b/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"pmid: 7\n")
    complaints: list[str] = []
    pages = pages_of([str(tmp_path)], complaints.append)
    assert next(pages)[0] == str(tmp_path / "a.txt")
    shutil.rmtree(tmp_path / "b")
    assert list(pages) == []
    assert complaints == [f"cannot read {str(tmp_path / 'b')!r}: No such file or directory"]


def test_a_bad_file_is_named_and_the_others_are_read(tmp_path: pathlib.Path) -> None:
    missing = tmp_path / "missing.txt"
    done = run(str(missing), SEED_PATH, "--strict", "-", stdin=CUT)
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    assert done.stderr.decode().splitlines() == [
        f"litrecord: cannot read {os.fspath(missing)!r}: No such file or directory",
        "litrecord: -: 1 error in the text",
        "error[cut-row] line 3, column 1: this row is cut, or has no value",
        "  | views | 2",
        "  ^",
        f"  What to do: {CODES['cut-row'].advice}",
    ]


def test_standard_input_is_a_dash() -> None:
    done = run("-", stdin=b"pmid: 7\ncaf\xe9\n")
    found = json.loads(done.stdout)
    assert (found["source"], found["abstract"]) == ("-", "café")


def test_the_address_of_a_page_adds_what_it_names() -> None:
    done = run("--url", ADDRESS, "-", stdin=b"Old maps err.")
    assert litrecord.from_json(done.stdout).doi == "10.1000/182"


def test_text_is_what_the_portal_prints_and_a_blank_line() -> None:
    done = run("--format", "text", SEED_PATH, str(PAGES / "204.txt"), SEED_PATH)
    assert done.stdout.decode() == f"{SEED}\n\n" + "\n\n" + f"{SEED}\n\n"


def test_rows_are_csv_with_one_header() -> None:
    done = run("--format", "row-csv", SEED_PATH, str(PAGES / "010.txt"))
    first, second = csv.DictReader(io.StringIO(done.stdout.decode(), newline=""))
    row = {
        name: str(value or "")
        for name, value in litrecord.to_row(litrecord.parse_record(SEED)).items()
    }
    assert first == {"source": SEED_PATH, **row, "citations_is_rounded": "False"}
    assert (second["views"], second["downloads"]) == ("26", "87")


def test_diagnostics_are_shown_with_their_source_and_place() -> None:
    done = run("--diagnostics", "-", stdin=CUT)
    assert done.returncode == 0
    assert litrecord.from_json(done.stdout).pmid == "7"
    assert done.stderr.decode() == (
        "-: error[cut-row] line 3, column 1: this row is cut, or has no value\n  | views | 2\n  ^\n"
        f"  What to do: {CODES['cut-row'].advice}\n"
    )


@pytest.mark.slow
def test_on_a_terminal_diagnostics_are_coloured_and_there_is_a_bar() -> None:
    code, shown = run_on_a_terminal("--diagnostics", str(PAGES))
    assert code == 0
    assert "\x1b[1;31m" in shown
    assert "error[cut-row] line 6" in shown
    assert "reading" in shown
    assert "100%" not in shown.splitlines()[-1]


@pytest.mark.slow
def test_on_a_terminal_one_source_has_no_bar_and_a_dumb_one_no_colour() -> None:
    assert run_on_a_terminal(SEED_PATH) == (0, "")
    _, shown = run_on_a_terminal("no/such.txt", TERM="dumb")
    assert shown == ("litrecord: cannot read 'no/such.txt': No such file or directory\r\n")


def test_without_rich_a_terminal_shows_plain_text(tmp_path: pathlib.Path) -> None:
    (tmp_path / "rich.py").write_text("raise ImportError")
    code, shown = run_on_a_terminal("no/such.txt", SEED_PATH, PYTHONPATH=str(tmp_path))
    assert (code, shown) == (
        1,
        "litrecord: cannot read 'no/such.txt': No such file or directory\r\n",
    )


@pytest.mark.slow
def test_what_a_page_or_a_name_says_does_not_steer_the_terminal(tmp_path: pathlib.Path) -> None:
    page = tmp_path / "\x1b[31m[bold]\r.txt"
    page.write_bytes(b"Old \x1b[2J maps.\n| views | \x9b2")
    _, shown = run_on_a_terminal("--diagnostics", str(page), TERM="dumb")
    assert "\x1b[31m" not in shown
    assert "\x1b[2J" not in shown
    assert "\x9b" not in shown
    assert "\\u001b[31m[bold]\\u000d.txt: error[cut-row]" in shown


STEERING = "maps \x9b31mold \x85\u202enew\u2066 \u200fon \u061cmy\xa0map"
ESCAPED = r"maps \u009b31mold \u0085\u202enew\u2066 \u200fon \u061cmy" + "\xa0map"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "text", "row-csv"])
def test_a_terminal_gets_the_escapes_of_what_it_would_obey_and_a_file_all_as_it_is(
    form: str, tmp_path: pathlib.Path
) -> None:
    page = tmp_path / "page\u202e\x9b.txt"
    page.write_text(f"pmid: 7\nOld {STEERING}.\n", encoding="utf-8")
    words = ("--format", form, str(page))
    assert f"Old {STEERING}." in run(*words).stdout.decode()
    code, shown = run_on_a_terminal(*words, stream="stdout")
    assert code == 0
    assert f"Old {ESCAPED}." in shown
    assert shown.isprintable() or set(filterfalse(str.isprintable, shown)) == {"\r", "\n", "\xa0"}
    if form == "json":
        assert litrecord.from_json(shown).abstract == f"Old {STEERING}."


def test_an_error_names_a_file_as_it_is_called_but_not_on_a_terminal(
    tmp_path: pathlib.Path,
) -> None:
    page = tmp_path / "a\u2067b\x9dc.txt"
    page.write_bytes(b"| views | 2")
    assert f"{page}: error[cut-row]" in run("--diagnostics", str(page)).stderr.decode()
    _, shown = run_on_a_terminal("--diagnostics", str(page), TERM="dumb")
    assert r"a\u2067b\u009dc.txt: error[cut-row]" in shown
    _, shown = run_on_a_terminal("--no-such=\x9b\u202e", TERM="dumb")
    assert r"unrecognized arguments: --no-such=\u009b\u202e" in shown


def test_a_name_that_is_no_text_is_escaped(tmp_path: pathlib.Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"pmid: 7\n")
    done = run(os.fsdecode(path))
    assert json.loads(done.stdout)["source"] == os.fsdecode(path)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "the following arguments are required: SOURCE"),
        ("--format yaml -", "argument --format: invalid choice: 'yaml'"),
        (f"--url {ADDRESS} a.txt b.txt", "--url is the address of one page: give one source"),
        (f"--url {ADDRESS} .", "--url is the address of one page: give one source"),
        ("--processes 0 a.txt", "--processes: expected a number from 1, found 0"),
        ("-o a/ --format csv a.txt", "--output: expected a file for csv, found the folder 'a/'"),
        ("--processes two a.txt", "argument --processes: invalid int value: 'two'"),
        ("--output a.json a.txt", "--output: expected a name that ends in .jsonl, .ndjson, "),
        ("-o a a.txt", f"{OUTPUT}, found 'a'\n"),
        ("-o . a.txt", f"{OUTPUT}, found '.': did you mean './'?\n"),
        ("-o out.json a.txt", f"{OUTPUT}, found 'out.json': did you mean .jsonl?\n"),
        ("a.txt -o ./a.txt", "--output: './a.txt' is one of the files to read: name another"),
        ("a.txt --markup xml", "argument --markup: invalid choice: 'xml'"),
        (
            "a.txt --encoding utf-9",
            "--encoding: expected a text encoding, found 'utf-9'",
        ),
        ("--format parquet a.txt", "--format: Parquet needs --output, the file to write"),
        (
            "--output a.parquet -",
            "--output: Parquet cannot be written from standard input: name files",
        ),
        (
            "-o records/ --overwrite a.txt",
            "--overwrite: not allowed with a folder, which gets only the parts that it lacks",
        ),
        (f"--output a.parquet --url {ADDRESS} a.txt", "--url: not allowed with Parquet, where"),
        ("a.txt -o a.parquet --diagnostics", "--diagnostics: not allowed with Parquet, where"),
        ("--print-completion cmd", "argument --print-completion: invalid choice: 'cmd'"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_says_how_it_goes(words: str, message: str) -> None:
    require_refused(run(*words.split()), message)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("- <&-", "standard input is closed: open it, or name a file"),
        (f"{QUOTED} >&-", "standard output is closed: redirect it"),
    ],
)
def test_a_closed_stream_ends_with_2_and_is_named(words: str, message: str) -> None:
    require_refused(run_in_shell(words), message)


def require_refused(done: subprocess.CompletedProcess[bytes], message: str) -> None:
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"usage: litrecord")
    assert f"litrecord: error: {message}" in done.stderr.decode()


def test_the_help_has_examples_and_exit_codes() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert b"litrecord crawl/ > records.jsonl" in done.stdout
    codes = done.stdout.partition(b"exit codes:\n")[2]
    assert [line.split()[0] for line in codes.splitlines()] == [b"0", b"1", b"2", b"130"]


@pytest.mark.slow
def test_standard_output_of_any_encoding_is_enough_for_the_help_and_for_records() -> None:
    # As in a locale without UTF-8; the machine may have none.
    before = "export PYTHONIOENCODING=ascii; "
    for words in ("--help", "report --help"):
        shown = run_in_shell(words, before)
        assert (shown.returncode, shown.stderr) == (0, b"")
        assert shown.stdout.startswith(b"usage: litrecord")
    done = run_in_shell(shlex.quote(str(PAGES / "008.txt")), before)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Wártu".encode() in done.stdout


def test_files_of_many_pages_are_read_with_all_others(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(stored.lines_of(["a b", "pmid: 7"], "page") + b"{\n")
    (tmp_path / "b.txt").write_bytes(b"Text.")
    done = run("--column", "page", "--url-column", "url", str(tmp_path))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["source"], line["abstract"]) for line in lines] == [
        (f"{tmp_path}/a.jsonl#0", "a b"),
        (f"{tmp_path}/a.jsonl#1", None),
        (f"{tmp_path}/b.txt", "Text."),
    ]  # fmt: skip
    assert [found["value"] for found in lines[1]["identifiers"]] == ["7", "10.5555/page.1"]
    assert done.returncode == 1
    message = f"litrecord: {tmp_path}/a.jsonl#2: record 2, byte 210: this line is not JSON: "
    assert done.stderr.decode().startswith(message)


@pytest.mark.slow
def test_the_output_is_one_parquet_file_and_a_summary(tmp_path: pathlib.Path) -> None:
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(stored.archive_of(["pmid: 7", "Text."]))
    output = tmp_path / "records.parquet"
    words = ("--input", str(archive), "--output", str(output), "--processes", "2")
    done = run(*words, SEED_PATH)
    assert (done.returncode, done.stdout) == (0, b"")
    first, second = done.stderr.splitlines()
    assert first.startswith(b"litrecord: pages: 3, of them refused: 0, in ")
    assert second == b"litrecord: records that are not pages: 1 warcinfo, 1 request"
    assert pq.read_table(output).column("source").to_pylist() == [*2 * [str(archive)], SEED_PATH]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["{}/no.parquet"], "cannot read '{}/no.parquet': "),
        (
            [SEED_PATH, "--output", "{}/no/a.parquet"],
            "cannot write '{}/no/a.parquet': the folder '{}/no' does not exist: make it\n",
        ),
    ],
)
def test_what_cannot_be_read_or_written_ends_with_1(
    words: list[str], message: str, tmp_path: pathlib.Path
) -> None:
    done = run(*(word.replace("{}", str(tmp_path)) for word in words))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith("litrecord: " + message.replace("{}", str(tmp_path)))


def test_a_folder_is_written_in_parts_that_are_none_of_the_sources(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"pmid: 7")
    words = (str(tmp_path), "--output", f"{tmp_path}/records/")
    for earlier in (b"", b", read by an earlier run: 1"):
        done = run(*words)
        assert (done.returncode, done.stdout) == (0, b"")
        said = b"litrecord: pages: 1, of them refused: 0%s, in " % earlier
        assert done.stderr.startswith(said)
    (part,) = (tmp_path / "records").iterdir()
    assert pq.read_table(part).column("identifiers").to_pylist()[0][0]["value"] == "7"


def test_an_output_among_the_sources_of_a_folder_is_none_of_them(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Old maps err.")
    (tmp_path / "records.parquet.txt").write_bytes(b"Text.")  # which only begins like it
    words = (str(tmp_path), "--output", str(tmp_path / "records.parquet"))
    for more in ((), ("--overwrite",)):
        done = run(*words, *more)
        assert (done.returncode, done.stdout) == (0, b"")
        assert done.stderr.startswith(b"litrecord: pages: 2, of them refused: 0, in ")


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_an_output_that_has_no_room_ends_with_1(processes: int, tmp_path: pathlib.Path) -> None:
    output = str(tmp_path / "a.parquet")
    words = shlex.join([str(PAGES), "--output", output, "--processes", str(processes)])
    # Measured coverage would be written to a file as well.
    unmeasured = "unset COVERAGE_PROCESS_CONFIG COVERAGE_PROCESS_START; "
    done = run_in_shell(words, before=f"{unmeasured}ulimit -f 1; ")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith(f"litrecord: cannot write {output!r}: ")
    assert done.stderr.endswith(b"File too large\n")
    assert not (tmp_path / "a.parquet").exists()


@pytest.mark.slow
def test_without_an_extra_it_is_named(tmp_path: pathlib.Path) -> None:
    for package in ("pyarrow", "fastwarc", "orjson"):
        (tmp_path / f"{package}.py").write_text("raise ModuleNotFoundError(name=__name__)")
    for name in ("a.warc", "b.parquet", "b.txt", "c.jsonl.zst"):
        (tmp_path / name).write_bytes(b"")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    for name, package, extra in (
        ("a.warc", "fastwarc", "warc"), ("b.parquet", "pyarrow", "arrow"),
        ("c.jsonl.zst", "pyarrow", "arrow"),
        ("b.txt --output o.parquet", "pyarrow", "arrow"),
    ):  # fmt: skip
        command = [*COMMAND, *name.split()]
        done = subprocess.run(  # noqa: S603
            command, env=environment, cwd=tmp_path, capture_output=True, check=False
        )
        assert done.returncode == 1
        needed = f"needs the package {package}: pip install 'litrecord[{extra}]'\n"
        assert done.stderr.decode().endswith(needed)
    (tmp_path / "d.jsonl").write_bytes(b'{"text": "pmid: 7"}\n')  # which needs none of them
    command = [*COMMAND, "d.jsonl"]
    found = subprocess.check_output(command, env=environment, cwd=tmp_path)  # noqa: S603
    assert litrecord.from_json(found).pmid == "7"


@pytest.mark.slow
def test_on_a_terminal_the_output_has_a_bar_and_a_summary(tmp_path: pathlib.Path) -> None:
    code, shown = run_on_a_terminal(SEED_PATH, "--output", str(tmp_path / "a.parquet"))
    assert code == 0
    assert "reading" in shown
    assert "pages: 1, refused: 0" in shown
    assert "litrecord: pages: 1, of them refused: 0, in " in shown.splitlines()[-1]


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").stdout.decode() == f"litrecord {litrecord.__version__}\n"


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    done = run_in_shell(f"{QUOTED} " * 200 + "| head -c 9")
    assert (done.stdout, done.stderr) == (b'{"version', b"")


# With and without a buffer: what waits in one is written when the interpreter ends.
buffers = pytest.mark.parametrize("buffer", ["unset", "export"])


def run_into(buffer: str, words: str) -> subprocess.CompletedProcess[bytes]:
    return run_in_shell(words, before=f"{buffer} PYTHONUNBUFFERED{'=1' * (buffer == 'export')}; ")


@pytest.mark.slow
@buffers
def test_a_full_disk_is_said_and_ends_with_1(buffer: str) -> None:
    done = run_into(buffer, f"{QUOTED} > /dev/full")
    message = b"litrecord: cannot write: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, message)


@pytest.mark.slow
@buffers
@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
def test_a_failure_that_cannot_be_said_still_ends_with_1(buffer: str, redirection: str) -> None:
    done = run_into(buffer, f"no/such.txt {QUOTED} {redirection}")
    assert done.returncode == 1
    assert litrecord.from_json(done.stdout).pmid == "21496615"


def test_a_full_disk_that_cannot_be_said_ends_with_1() -> None:
    assert run_into("unset", f"{QUOTED} > /dev/full 2> /dev/full").returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize("words", ["--no-such-option", "report", ""])
def test_a_wrong_command_line_that_cannot_be_said_still_ends_with_2(words: str) -> None:
    assert run_into("unset", f"{words} 2> /dev/full").returncode == 2


def test_help_that_cannot_be_written_ends_with_1() -> None:
    done = run_into("unset", "--help > /dev/full")
    message = b"litrecord: cannot write: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, message)


def interrupted(folder: pathlib.Path, *words: str, first: str = SEED_PATH) -> tuple[bytes, bytes]:
    """Return what the command has said when it is interrupted at its second source."""
    waiting = folder / "waiting.txt"
    os.mkfifo(waiting)
    command = [*COMMAND, first, str(waiting), *words]
    pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # It has come to the second source once the other end of the pipe can be opened.
    with subprocess.Popen(command, **pipes) as process, waiting.open("wb"):  # noqa: S603
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert process.returncode == 130
    return out, err


def test_an_interrupt_ends_it_with_whole_lines_and_no_traceback(tmp_path: pathlib.Path) -> None:
    out, err = interrupted(tmp_path)
    assert litrecord.from_json(out).pmid == "21496615"
    assert err == b"litrecord: interrupted\n"


@pytest.mark.slow
def test_an_interrupted_output_is_said_to_go_on(tmp_path: pathlib.Path) -> None:
    kept = b"parts that are kept: 1; run the command again to go on"
    said = b"litrecord: interrupted: " + kept + b"\n"
    large = tmp_path / "large.txt"
    large.write_bytes(b"pmid: 7\n" + b"Old maps err. " * 80_000)  # which is a part by itself
    words = ("--output", str(tmp_path / "a.parquet"))
    assert interrupted(tmp_path, *words, first=str(large)) == (b"", said)
    assert list((tmp_path / "a.parquet.parts").glob("part-*"))


@pytest.mark.slow
def test_an_interrupted_file_is_said_not_to_be_there(tmp_path: pathlib.Path) -> None:
    output = tmp_path / "a.csv"
    said = f"litrecord: interrupted: {str(output)!r} was not written\n"
    assert interrupted(tmp_path, "-o", str(output)) == (b"", said.encode())
    assert [found.name for found in tmp_path.iterdir()] == ["waiting.txt"]


@pytest.mark.slow
def test_the_script_is_the_module() -> None:
    script = shutil.which("litrecord", path=pathlib.Path(sys.executable).parent)
    assert script is not None
    done = subprocess.run([script, SEED_PATH], capture_output=True, check=True)  # noqa: S603
    assert done.stdout == run(SEED_PATH).stdout == run_in_shell(QUOTED).stdout


def test_main_can_be_called(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([SEED_PATH]) == 0
    assert json.loads(capfdbinary.readouterr().out)["keywords"][0] == "Diagnosis, Differential"


def test_main_writes_where_standard_output_was_sent(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--format", "text", SEED_PATH]) == 0
    assert capsys.readouterr().out == f"{SEED}\n\n"
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(["--format", "text", SEED_PATH]) == 0
    assert out.getvalue() == f"{SEED}\n\n"
