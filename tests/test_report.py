"""A report says what the records say, of any file, in flat memory, and shows all of it as text."""

import os
import pathlib
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import lxml.html
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import litrecord
from litrecord import ImpactClass, InvalidValueError, Limits, Record, SourceError, arrow
from litrecord._cli.main import main
from litrecord._cli.outputs import writing
from litrecord._report.html import percent, share
from litrecord._report.plots import bars, columns
from litrecord._report.tallies import OTHERS, Distribution, Groups
from litrecord.report import report_html
from support import command
from support.strategies import DATA, PAGES, SEED

ATTACK = "</script></svg></pre><img src=x onerror=pwned=1> & $x^2$ \u202e\u0627"
PARTS = (
    "title",
    "authors",
    "widget",
    "identifiers",
    "abstract",
    "keywords",
    "indicators",
    "instances",
)
Rows = list[list[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def stored(folder: pathlib.Path) -> pathlib.Path:
    """The pages of tests/data, in row groups of ten."""
    path = folder / "stored.parquet"
    table = pa.table({"source": [f"{at}.txt" for at in range(len(PAGES))], "text": PAGES})
    pq.write_table(arrow.parse_batch(table), path, row_group_size=10)
    return path


@pytest.fixture(scope="module")
def page(stored: pathlib.Path) -> str:
    """The report on the stored pages."""
    return report_html(stored)


@pytest.fixture(scope="module")
def documents() -> list[litrecord.Document]:
    return [litrecord.parse_document(page) for page in PAGES]


@pytest.fixture(scope="module")
def records(documents: list[litrecord.Document]) -> list[Record]:
    return [document.record for document in documents]


def page_of(rows: list[dict[str, Any]], path: pathlib.Path, *own: pa.Field) -> str:
    pq.write_table(pa.Table.from_pylist(rows, pa.schema([*own, *arrow.SCHEMA])), path)
    return report_html(path)


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def tables_of(page: str) -> dict[str, Rows]:
    """Return the rows of each table by the caption, or heading, that it stands below."""
    tree = lxml.html.document_fromstring(page)
    found = {}
    for table in tree.iter("table"):
        captions = table.xpath("ancestor::figure/figcaption") or table.xpath("ancestor::section/h2")
        rows = table.xpath("tbody/tr")
        found[text_of(captions[0])] = [[text_of(cell) for cell in row] for row in rows]
    return found


def tiles_of(page: str) -> dict[str, str]:
    tree = lxml.html.document_fromstring(page)
    return {text_of(tile[0]): text_of(tile[1]) for tile in tree.xpath('//dl[@class="tiles"]/div')}


def groups_of(page: str, heading: str) -> dict[str, list[str]]:
    """Return what stands below each name of a section."""
    tree = lxml.html.document_fromstring(page)
    groups = tree.xpath(f'//section[h2="{heading}"]//article')
    return {
        text_of(found[0]): [text_of(part) for part in found.iter("p", "pre")] for found in groups
    }


def as_numbers(rows: Rows) -> dict[str, int]:
    return {row[0]: int(row[1].replace(",", "")) for row in rows}


def in_bins(numbers: list[int], edges: tuple[int, ...]) -> list[int]:
    counts = [0] * len(edges)
    for number in numbers:
        counts[max(at for at, edge in enumerate(edges) if edge <= number)] += 1
    while counts and not counts[-1]:
        counts.pop()
    return counts


@pytest.mark.slow
def test_the_numbers_are_those_of_the_records(
    page: str, documents: list[litrecord.Document], records: list[Record]
) -> None:
    tables = tables_of(page)
    with_error = sum(
        any(found.severity.value == "error" for found in document.diagnostics)
        for document in documents
    )
    assert tiles_of(page) == {
        "pages": f"{len(PAGES)}",
        "read": f"{len(PAGES)} 100%",
        "refused": "0 0%",
        "with an error": f"{with_error} {percent(with_error, len(PAGES))}",
    }
    assert as_numbers(tables[f"Parts of {len(records)} records"]) == {
        name.capitalize(): sum(bool(getattr(record, name)) for record in records) for name in PARTS
    }
    schemes = Counter(found.scheme for record in records for found in record.identifiers)
    assert as_numbers(tables["Identifiers"]) == schemes
    assert "Refused pages" not in page


def test_the_impact_classes_are_those_of_the_records(page: str, records: list[Record]) -> None:
    names = ("popularity", "influence", "impulse")
    classes = {
        name: [
            row.impact_class for record in records for row in record.indicators if row.name == name
        ]
        for name in names
    }
    rows = tables_of(page)["Impact classes"]
    assert rows == [
        [f"{found.code} {found.value}"]
        + [share(classes[name].count(found), len(classes[name])) for name in names]
        for found in sorted(ImpactClass, reverse=True)
    ]


@pytest.mark.parametrize("name", ["citations", "views", "downloads"])
def test_a_histogram_counts_zero_apart_and_widens_its_bins(
    page: str, records: list[Record], name: str
) -> None:
    counts = [row.count or 0 for record in records for row in record.indicators if row.name == name]
    tables = tables_of(page)
    (caption,) = [found for found in tables if found.startswith(name.capitalize())]
    rows = tables[caption]
    edges = (0, *(step * 10**power for power in range(6) for step in (1, 2, 5)), 10**6)
    assert [int(row[1]) for row in rows] == in_bins(counts, edges)
    assert [row[0] for row in rows][:5] == ["0", "1", "2–4", "5–9", "10–19"][: len(rows)]
    assert caption == f"{name.capitalize()} of {len(counts)} records"
    mean, greatest = sum(counts) / len(counts), max(counts)
    assert f"mean {mean:,.1f}, greatest {greatest:,}" in page


def test_keywords_and_abstracts_are_distributed(page: str, records: list[Record]) -> None:
    tables = tables_of(page)
    rows = tables[f"Keywords of {len(records)} records"]
    keywords = [len(record.keywords) for record in records]
    assert [int(row[1]) for row in rows] == in_bins(keywords, (0, 1, *range(5, 51, 5)))
    lengths = [len(record.abstract) for record in records if record.abstract]
    rows = tables[f"Characters of {len(lengths)} abstracts"]
    assert [int(row[1]) for row in rows] == in_bins(lengths, (1, *range(250, 4001, 250)))


def test_diagnostics_are_counted_by_code_and_page_and_shown(
    page: str, documents: list[litrecord.Document]
) -> None:
    found = [(at, said) for at, document in enumerate(documents) for said in document.diagnostics]
    rows = tables_of(page)["Pages with each diagnostic, by severity"]
    assert rows == sorted(rows, key=lambda row: ["error", "warning", "info"].index(row[1]))
    times = Counter(said.code for _, said in found)
    pages = {code: {at for at, said in found if said.code == code} for code in times}
    assert {row[0]: (int(row[2]), int(row[3])) for row in rows} == {
        code: (times[code], len(pages[code])) for code in times
    }
    groups = groups_of(page, "Diagnostics")
    for code in times:
        first = [(at, said) for at, said in found if said.code == code][:3]
        advice, *shown = groups[f"{code} {first[0][1].severity.value}"][1:]
        assert advice.endswith(first[0][1].advice)
        assert shown == [
            text
            for at, said in first
            for text in (f"row {at}, source {at}.txt", " ".join(said.excerpt.split()))
        ]


def test_refused_pages_are_grouped_by_reason_and_have_no_record(folder: pathlib.Path) -> None:
    texts = [SEED, None, "a" * 3001, "a" * 3002, SEED, "b" * 3003, "| views | 2", "c" * 4000]
    table = pa.table({"id": range(len(texts)), "text": texts})
    path = folder / "refused.parquet"
    pq.write_table(arrow.parse_batch(table, limits=Limits(characters=3000), strict=True), path)
    page = report_html(path)
    assert tiles_of(page)["read"] == "2 25.0%"
    assert tiles_of(page)["with an error"] == "1 12.5%"
    assert as_numbers(tables_of(page)["Parts of 2 records"])["Abstract"] == 2
    groups = groups_of(page, "Refused pages")
    assert {name: said[0] for name, said in groups.items()} == {
        "… characters, but limits.characters is …: pass larger limits in Python, or split the"
        " source": ("4 pages, 66.7% of the refused"),
        "expected a page, found null in column …": "1 page, 16.7% of the refused",
        "… error in the text": "1 page, 16.7% of the refused",
    }
    assert [said for said in next(iter(groups.values())) if said.startswith("row")] == [
        "row 2, id 2", "row 3, id 3", "row 5, id 5",
    ]  # fmt: skip


def test_all_text_of_a_file_is_shown_as_text(folder: pathlib.Path) -> None:
    record = Record(
        keywords=[ATTACK],
        identifiers=[litrecord.Identifier(ATTACK, ATTACK)],
        indicators=[litrecord.Indicator("citations", ATTACK), litrecord.Indicator("views", ATTACK)],
        abstract=ATTACK,
    )
    (row,) = arrow.records_to_table([record]).to_pylist()
    said = {"code": ATTACK, "severity": ATTACK, "excerpt": ATTACK + "\n^"}
    row |= {"diagnostics": [said], "source": ATTACK, "name": "\x00\x1b", "indicators": [
        *row["indicators"], {"name": "impulse", "impact_class": ATTACK}, {"name": ATTACK},
    ]}  # fmt: skip
    error = {"error": ATTACK, "source": ATTACK, "path": ATTACK * 99}
    own = [pa.field(name, pa.string()) for name in ("source", "name", "path")]
    page = page_of([row, error], folder / "<img src=x>&.parquet", *own)
    tree = lxml.html.document_fromstring(page)
    assert tree.xpath("//img | //script | //a | //link | //@onerror | //@src | //@href") == []
    shown = text_of(tree)
    name = "</script></svg></pre><img src=x onerror=pwned=…> & $x^…$ \u202e\u0627"
    assert shown.count(ATTACK) >= 7
    assert list(groups_of(page, "Refused pages")) == [name]
    assert f"row 0, source {ATTACK}, name \ufffd\ufffd" in shown
    assert "of <img src=x>&.parquet" in shown
    assert tables_of(page)["Identifiers"] == [[ATTACK, "1", "1", "100%"]]
    assert tables_of(page)["Impact classes"][-1] == ["Of no class", "0", "0", "1 · 100%"]
    assert shown.count("whose value is no count of 64 bits.") == 2


def test_a_page_loads_nothing_and_says_so(page: str) -> None:
    policy = re.findall('Content-Security-Policy" content="([^"]*)"', page)
    assert policy == re.findall(
        'Content-Security-Policy" content="([^"]*)"', litrecord.to_html(None, full=True)
    )
    assert "default-src 'none'" in policy[0]
    # An excerpt shows what a page prints, and that may be an address.
    shown = re.sub(r"<pre>.*?</pre>", "", page, flags=re.S)
    assert not re.search(r"url\(|@import|http:|https:|<script|xlink| id=|<!ENTITY", shown)
    assert page.count("<!DOCTYPE") == page.count("<style") == 1


def test_every_plot_has_words_and_numbers(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    plots = tree.xpath('//*[@class="plot"]')
    assert len(plots) == 11
    for plot in plots:
        assert plot.get("role") == "img"
        assert re.search(r"\d", plot.get("aria-label"))
        assert plot.xpath("ancestor::figure//table | ancestor::section//table")
        drawn = list(plot.iterdescendants())
        assert {element.tag for element in drawn} <= {"rect", "text", "svg"}
        assert {name for element in drawn for name in element.keys()} <= {  # noqa: SIM118
            "class", "x", "y", "width", "height",
        }  # fmt: skip


@pytest.mark.slow
def test_the_same_file_gives_the_same_page_in_any_process(stored: pathlib.Path, page: str) -> None:
    assert report_html([stored]) == page
    # The hashes of this process have a seed of their own, which is drawn at random.
    done = run_alone(str(stored), PYTHONHASHSEED="1", TZ="UTC1")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, page, b"")


@pytest.mark.slow
def test_several_files_are_one_corpus_and_examples_name_theirs(
    stored: pathlib.Path, documents: list[litrecord.Document], folder: pathlib.Path
) -> None:
    cut = [
        at
        for at, document in enumerate(documents)
        if "cut-row" in [found.code for found in document.diagnostics]
    ]
    other = folder / "other.parquet"
    pq.write_table(arrow.parse_batch(pa.table({"text": ["| views | 2"]})), other)
    page = report_html([str(other), stored, *[other] * 5])
    assert tiles_of(page)["pages"] == str(len(PAGES) + 6)
    assert "other.parquet, row 0" in page
    assert f"stored.parquet, row {cut[0]}, source {cut[0]}.txt" in page
    assert text_of(lxml.html.document_fromstring(page).xpath("//*[@class='files']")[0]) == (
        f"of other.parquet, stored.parquet{', other.parquet' * 3} and 2 more"
    )


def rewritten(source: pathlib.Path, target: pathlib.Path, by: str) -> None:
    table = pq.read_table(source)
    if by == "dictionaries":
        columns = {
            name: column.dictionary_encode() if pa.types.is_string(column.type) else column
            for name, column in zip(table.column_names, table.columns, strict=True)
        }
        pq.write_table(pa.table(columns), target)
    else:
        pq.write_table(
            table.set_column(table.num_columns - 1, "error", pa.nulls(len(table))), target
        )


@pytest.mark.slow
@pytest.mark.parametrize("by", ["dictionaries", "nulls"])
def test_files_that_others_wrote_are_read(
    stored: pathlib.Path, page: str, folder: pathlib.Path, by: str
) -> None:
    target = folder / by / stored.name
    target.parent.mkdir()
    rewritten(stored, target, by)
    assert report_html(target) == page


def test_a_file_without_a_row_gives_a_page_that_says_so(folder: pathlib.Path) -> None:
    page = page_of([], folder / "empty.parquet")
    assert "<h1>A look at 0 pages</h1>" in page
    assert "There is no page in it" in page
    assert "<svg" not in page


def test_of_pages_that_hold_nothing_nothing_is_plotted(folder: pathlib.Path) -> None:
    page = page_of(arrow.records_to_table([Record()]).to_pylist(), folder / "bare.parquet")
    headings = re.findall("<h2>(.*?)</h2>", page)
    assert headings == ["What records hold", "Diagnostics"]
    assert "Nothing was wrong, guessed or added." in page
    page = page_of([{"error": "no"}], folder / "no.parquet")
    assert "No page was read, so there is no record." in page
    record = Record(indicators=[litrecord.Indicator("influence", "Top 1%")])
    page = page_of(arrow.records_to_table([record]).to_pylist(), folder / "one.parquet")
    assert "Popularity of 0 records" in page


def test_text_that_is_no_utf_8_is_shown_as_far_as_it_is(folder: pathlib.Path) -> None:
    broken = pa.array([b"caf\xe9"], pa.binary()).view(pa.string())
    table = pa.Table.from_pylist([{}], arrow.SCHEMA)
    table = table.set_column(table.num_columns - 1, "error", broken).append_column("source", broken)
    path = folder / "broken.parquet"
    pq.write_table(table, path)
    page = report_html(path)
    assert list(groups_of(page, "Refused pages")) == ["caf\ufffd"]
    assert "row 0, source caf\ufffd" in page


@pytest.mark.slow
def test_of_more_names_than_a_page_holds_the_rest_are_counted(folder: pathlib.Path) -> None:
    many = [{"scheme": f"s{at}", "value": "x", "valid": at % 2 == 0} for at in range(600)]
    said = [{"code": f"c{at}", "severity": "info", "excerpt": ""} for at in range(600)]
    page = page_of([{"identifiers": many, "diagnostics": said}], folder / "names.parquet")
    rows = tables_of(page)["Identifiers"]
    assert len(rows) == 50
    assert rows[0] == [OTHERS, "100", "50", "50.0%"]
    assert "… and 451 more schemes" in page
    assert "… and 471 more codes" in page
    assert page.count('<svg class="plot"') < 12


def test_groups_and_bins_are_bounded() -> None:
    groups = Groups()
    for number in range(2000):
        groups.of(f"{number}" * 999).count += 1
    assert len(groups) == 501
    assert max(map(len, groups)) <= 400
    distribution = Distribution.of((0, 1, 10))
    distribution.add(2**63, 1)
    distribution.add(-5, 1)
    assert distribution.bins() == [("0", 1), ("1–9", 0), ("10 and more", 1)]
    assert distribution.middle() == "0"


def test_a_plot_never_shows_mathematics_nor_loses_a_character() -> None:
    plot = bars([("$a$ \u4e2d <b>", 1, "$1$")], "$")
    assert "$a$ \u4e2d &lt;b&gt;" in plot
    assert "$1$" in plot


def boxes_of(plot: str, kind: str, *names: str) -> list[list[float]]:
    """Return numbers of each shape of a class."""
    shapes = lxml.html.fromstring(plot).find_class(kind)
    return [[float(shape.get(name)) for name in names] for shape in shapes]


def test_bars_and_columns_are_as_long_as_their_numbers() -> None:
    rows = [("a", 1000, ""), ("b", 500, ""), ("c", 1, ""), ("d", 0, "")]
    plot = bars(rows, "")
    ((start, full),) = {tuple(box) for box in boxes_of(plot, "track", "x", "width")}
    assert boxes_of(plot, "bar", "x", "width") == [[start, full], [start, full / 2], [start, 1.5]]
    plot = bars([("a", 1, ""), ("b", 2, "")], "", whole=4, kinds=["error", "info"])
    assert boxes_of(plot, "error", "width") == [[full / 4]]
    assert boxes_of(plot, "info", "width") == [[full / 2]]
    plot = columns([(1000, ""), (500, ""), (0, ""), (1, "")], "")
    assert boxes_of(plot, "bar", "y", "height") == [[22, 130], [87, 65], [150.5, 1.5]]


@pytest.mark.parametrize("count", [7, 10**6, 10**12])
def test_numbers_of_any_length_leave_room_for_bars_and_stay_in_the_picture(count: int) -> None:
    plot = bars([("a", count, f"{count:,} · {count:,} not valid")], "")
    ((start, length),) = boxes_of(plot, "bar", "x", "width")
    ((behind,),) = [box for box in boxes_of(plot, "start", "x") if box != [0]]
    assert length > 20
    assert behind > start + length
    plot = columns([(count, ""), *[(0, "")] * 20, (count, "")], "")
    half = 8 * len(f"{count:,}") / 2
    first, last = (middle for (middle,) in boxes_of(plot, "middle", "x"))
    assert half <= first < last <= 345 - half


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("twelve chars", "twelve chars"),
        ("more than twelve", "more than t…"),
        ("\u4e2d" * 6, "\u4e2d" * 6),
        ("\u4e2d" * 7, "\u4e2d" * 5 + "…"),
        ("\u0645" * 13, "\u0645" * 11 + "…"),
        ("", ""),
    ],
)
def test_a_label_is_cut_to_its_column(folder: pathlib.Path, name: str, label: str) -> None:
    record = Record(identifiers=[litrecord.Identifier("doi", "x")])
    (row,) = arrow.records_to_table([record]).to_pylist()
    row["identifiers"][0]["scheme"] = name
    tree = lxml.html.document_fromstring(page_of([row], folder / "label.parquet"))
    (column,) = tree.xpath('//section[h2="Identifiers"]//*[@class="plot"]/svg')
    assert (column.get("width"), [text.text or "" for text in column]) == ("82", [label])


FAULTS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "missing": (
        lambda table: table.drop_columns(["error", "title"]),
        r": expected exactly one column of each name: title, error: pass a file with the col",
    ),
    "twice": (
        lambda table: table.append_column("title", table.column("title")),
        r": expected exactly one column of each name: title: pass a file",
    ),
    "numbers": (
        lambda table: table.set_column(0, "title", pa.array([1])),
        r": column title holds 'int64': expected 'string'",
    ),
    "text": (
        lambda table: table.set_column(1, "authors", pa.array(["a"])),
        r": column authors holds 'string': expected 'list<",
    ),
    "fields": (
        lambda table: table.set_column(3, "identifiers", pa.array([[{"scheme": "doi"}]])),
        r": column identifiers holds 'list<.*struct<scheme: string>>': expected",
    ),
    "field": (
        lambda table: table.set_column(
            3, "identifiers", pa.array([[{"scheme": "doi", "valid": "yes"}]])
        ),
        r": column identifiers holds",
    ),
    "no struct": (
        lambda table: table.set_column(2, "widget", pa.array(["a"])),
        r": column widget holds 'string': expected 'struct<",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_columns_of_another_form_are_named(folder: pathlib.Path, fault: str) -> None:
    change, message = FAULTS[fault]
    path = folder / f"{fault}.parquet"
    pq.write_table(change(arrow.records_to_table([Record()])), path)
    with pytest.raises(InvalidValueError, match=re.escape(repr(str(path))) + message):
        report_html(path)


def test_what_is_no_parquet_cannot_be_read(folder: pathlib.Path, stored: pathlib.Path) -> None:
    cut = folder / "cut.parquet"
    content = bytearray(stored.read_bytes())
    content[4:4000] = bytes(3996)
    cut.write_bytes(content)
    for path, reason in (
        (DATA / "seed.txt", "expected a Parquet file of records, as .* writes: Parquet magic"),
        (folder / "none.parquet", "No such file or directory"),
        (cut, ""),
    ):
        with pytest.raises(SourceError, match=f"^cannot read {str(path)!r}: {reason}"):
            report_html(path)
    with pytest.raises(InvalidValueError, match="paths: expected one file or more"):
        report_html([])


def test_a_folder_is_its_parquet_files(stored: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with pytest.raises(SourceError) as caught:
        report_html(tmp_path)
    advice = f"if it has pages, make one with: litrecord {tmp_path} -o records.parquet"
    said = f"{str(tmp_path)!r} is a folder without Parquet files: {advice}"
    assert str(caught.value) == said
    (tmp_path / stored.name).write_bytes(stored.read_bytes())
    (tmp_path / "notes.txt").write_bytes(b"no part")
    assert report_html(tmp_path) == report_html(stored)


def test_own_columns_of_any_type_do_not_matter(folder: pathlib.Path) -> None:
    path = folder / "own.parquet"
    table = arrow.parse_batch(pa.table({"text": ["| views | 2"]}))
    table = table.append_column("id", pa.array([1.5])).append_column(
        "url",
        pa.array(
            [
                None,
            ][:1]
        ),
    )
    table = table.append_column("name", pa.array([["a"]])).append_column("path", pa.array([7]))
    for name in ("title.x", "source", "source"):
        table = table.append_column(name, pa.array(["strange"]))
    pq.write_table(table, path)
    page = report_html(path)
    assert "<bdi>row 0, path 7</bdi>" in page
    assert "strange" not in page


@pytest.mark.slow
def test_the_command_writes_the_page_or_a_file(
    stored: pathlib.Path,
    page: str,
    tmp_path: pathlib.Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main(["report", str(stored)]) == 0
    assert capfdbinary.readouterr() == (page.encode(), b"")
    target = tmp_path / "report.html"
    target.write_text("before")
    link = tmp_path / "link.html"
    link.symlink_to("report.html")
    done = command.run("report", "-o", str(link), str(stored))
    said = f"--output: {str(link)!r} exists: name another, or give --overwrite\n"
    assert (done.returncode, target.read_text()) == (2, "before")
    assert done.stderr.decode().endswith(said)
    assert main(["report", "--overwrite", "--output", str(link), str(stored)]) == 0
    assert capfdbinary.readouterr() == (b"", b"")
    assert target.read_bytes() == page.encode()
    assert link.is_symlink()
    assert main(["report", str(stored), "--output", os.devnull]) == 0
    assert sorted(found.name for found in tmp_path.iterdir()) == ["link.html", "report.html"]


def run(*arguments: str) -> tuple[int, str, str]:
    """Return what the command returns, and what it says."""
    done = command.run("report", *arguments)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def run_alone(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "litrecord", "report", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **variables},
    )


@pytest.mark.slow
def test_the_command_says_what_cannot_be_read_or_written(
    stored: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    message = "litrecord: cannot read 'no/such.parquet': No such file or directory\n"
    assert run("no/such.parquet") == (1, "", message)
    output = str(tmp_path / "no" / "a.html")
    reason = f"the folder {str(tmp_path / 'no')!r} does not exist: make it"
    message = f"litrecord: cannot write {output!r}: {reason}\n"
    assert run(str(stored), "--output", output) == (1, "", message)
    assert run(str(stored), "--output", str(tmp_path))[0] == 1
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_put_in_its_place_leaves_nothing(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError), writing(str(tmp_path / "a.html")) as file:
        file.write(b"page")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_where_standard_output_is_closed(
    stored: pathlib.Path, page: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["report", str(stored), "--output", str(tmp_path / "a.html")]) == 0
    assert (tmp_path / "a.html").read_text("utf-8") == page


def test_the_command_needs_files_and_somewhere_to_write(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["report"])
    assert "the following arguments are required: FILE" in capfd.readouterr().err
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(SystemExit, match="2"):
        main(["report", "a.parquet"])
    assert "standard output is closed" in capfd.readouterr().err


@pytest.mark.slow
def test_without_the_extra_the_command_says_what_to_install(tmp_path: pathlib.Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ModuleNotFoundError(name='pyarrow')")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    message = "litrecord: a report needs the package pyarrow: pip install 'litrecord[report]'\n"
    done = run_alone("a.parquet", PYTHONPATH=path)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (1, b"", message)


def test_a_source_that_is_called_report_has_a_folder(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report").write_text("pmid: 7\n")
    monkeypatch.chdir(tmp_path)
    assert main(["./report"]) == 0
    assert '"source": "./report"' in capfd.readouterr().out


def test_records_are_not_written_over(stored: pathlib.Path) -> None:
    before = stored.read_bytes()
    code, out, said = run(str(stored), "--output", str(stored.parent / "." / stored.name))
    assert (code, out) == (2, "")
    told = f"error: --output: {str(stored)!r} is one of the files to read: name another\n"
    assert said.endswith(told)
    assert stored.read_bytes() == before
