"""Every function that takes an option refuses a wrong one, and says what it expected."""

import inspect
import os
import pathlib
import re
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from fuzz.promises import PARTS

import litrecord
from litrecord import InvalidValueError, Limits, arrow, files, ray, report, spark
from litrecord._cli.main import main
from litrecord._reading.options import ReadOptions

TABLE = pa.table({"text": ["Old maps err.\n| views | 2 |\n"], "url": ["https://x/"]})
PAGE = b"Old maps err.\n| views | 2 |\n"


def crawl(folder: pathlib.Path) -> pathlib.Path:
    path = folder / "crawl.jsonl"
    path.write_text('{"text": "Old maps err.\\\\n| views | 2 |"}\n')
    return path


Call = Callable[..., object]

# How each public function is called that takes options of reading.
READERS: dict[str, Callable[[pathlib.Path], Call]] = {
    **{
        f"litrecord.{parse.__name__}": lambda _, parse=parse: lambda **how: parse(PAGE, **how)  # type: ignore[misc]
        for parse in (litrecord.parse_record, litrecord.parse_document, *PARTS.values())
    },
    # Before anything is read: no item is asked for.
    "litrecord.iter_records": lambda _: lambda **how: litrecord.iter_records([PAGE], **how),
    "litrecord.iter_results": lambda _: lambda **how: litrecord.iter_results([PAGE], **how),
    "litrecord.arrow.parse_batch": lambda _: lambda **how: arrow.parse_batch(TABLE, **how),
    "litrecord.files.iter_file": lambda at: lambda **how: files.iter_file(crawl(at), **how),
    "litrecord.files.write_parquet": lambda at: (
        lambda **how: files.write_parquet([crawl(at)], at / "out.parquet", **how)
    ),
    "litrecord.files.write_dataset": lambda at: (
        lambda **how: files.write_dataset([crawl(at)], at / "out", **how)
    ),
    # Before the frame is looked at: none is needed.
    "litrecord.spark.parse": lambda _: lambda **how: spark.parse(None, **how),
    "litrecord.ray.parse": lambda _: lambda **how: ray.parse(None, **how),
}
MODULES = (litrecord, arrow, files, spark, ray, report)


def options_of(function: Callable[..., object]) -> set[str]:
    """Return the names of the parameters of a function, and of those that a type stands for."""
    found = inspect.signature(function).parameters
    is_short = any(one.annotation == "Unpack[ReadOptions]" for one in found.values())
    return {*found, *(ReadOptions.__annotations__ if is_short else ())}


def functions_with(option: str) -> set[str]:
    """Return the public functions that take an option."""
    return {
        f"{module.__name__}.{name}"
        for module in MODULES
        for name in module.__all__
        if inspect.isfunction(function := getattr(module, name)) and option in options_of(function)
    }


@pytest.mark.parametrize("option", ["markup", "encoding", "strict", "limits"])
def test_every_function_that_takes_an_option_of_reading_is_among_the_readers(option: str) -> None:
    assert functions_with(option) == set(READERS)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("strict", "yes", "strict: expected True or False, got 'yes'"),
        ("strict", "no", "strict: expected True or False, got 'no'"),
        ("strict", 1, "strict: expected True or False, got 1"),
        ("strict", None, "strict: expected True or False, got None"),
        ("markup", "xml", "markup: expected one of auto, html, text, got 'xml'"),
        ("markup", ["html"], "markup: expected one of auto, html, text, got ['html']"),
        ("markup", None, "markup: expected one of auto, html, text, got None"),
        ("encoding", 5, "encoding: expected a str or None, got int"),
        ("encoding", b"utf-8", "encoding: expected a str or None, got bytes"),
        ("limits", 5, "limits: expected Limits, got int"),
        ("limits", None, "limits: expected Limits, got NoneType"),
    ],
)
def test_a_wrong_option_of_reading_is_refused_before_anything_is_read(
    name: str, option: str, value: object, message: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        READERS[name](tmp_path)(**{option: value})
    assert str(caught.value) == message


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "encoding",
    ["utf-88", "", "hex", "rot13", "undefined", "unicode_escape", "latin-1\0", "\udcff"],
)
def test_an_encoding_that_there_is_not_is_refused_before_anything_is_read(
    name: str, encoding: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(litrecord.DecodeError, match=r"^expected a text encoding, found '"):
        READERS[name](tmp_path)(encoding=encoding)
    assert os.listdir(tmp_path) in ([], ["crawl.jsonl"])


@pytest.mark.parametrize("encoding", ["utf-16", "Latin1", "utf_8_sig", "cp037", "idna", "utf-7"])
def test_every_encoding_of_text_may_be_asked_for(encoding: str) -> None:
    (result,) = litrecord.iter_results(["Old maps err.".encode(encoding)], encoding=encoding)
    assert result.record == litrecord.Record(abstract="Old maps err.")


@pytest.mark.parametrize("name", sorted(set(READERS) - {"litrecord.ray.parse"}))
def test_an_option_of_reading_that_there_is_not_is_named(name: str, tmp_path: pathlib.Path) -> None:
    with pytest.raises(TypeError, match=r"\(\) got an unexpected keyword argument 'limit'"):
        READERS[name](tmp_path)(limit=5)


def test_the_readers_read_with_the_options_that_are_right(tmp_path: pathlib.Path) -> None:
    how = {"markup": "text", "encoding": "utf-8", "strict": True, "limits": Limits()}
    for name, reader in READERS.items():
        if name not in ("litrecord.spark.parse", "litrecord.ray.parse"):
            reader(tmp_path)(**how)


def with_column(folder: pathlib.Path) -> dict[str, Call]:
    path, out = crawl(folder), folder / "out.parquet"
    return {
        "litrecord.arrow.parse_batch": lambda **names: arrow.parse_batch(TABLE, **names),
        "litrecord.arrow.schema_of": lambda **names: arrow.schema_of(TABLE.schema, **names),
        "litrecord.files.iter_file": lambda **names: files.iter_file(path, **names),
        "litrecord.files.write_dataset": lambda **names: files.write_dataset([path], out, **names),
        "litrecord.files.write_parquet": lambda **names: files.write_parquet([path], out, **names),
    }


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("column", 5, "column: expected a str, got int"),
        ("column", None, "column: expected a str, got NoneType"),
        ("url_column", 5, "url_column: expected a str or None, got int"),
        ("url_column", ["url"], "url_column: expected a str or None, got list"),
    ],
)
def test_a_column_whose_name_is_no_str_is_refused(
    option: str, value: object, message: str, tmp_path: pathlib.Path
) -> None:
    calls = with_column(tmp_path)
    engines = {"litrecord.spark.parse", "litrecord.ray.parse"}  # which ask arrow.schema_of
    assert functions_with(option) == {*calls, *engines}
    for call in calls.values():
        with pytest.raises(InvalidValueError) as caught:
            call(**{option: value})
        assert str(caught.value) == message


@pytest.mark.parametrize("processes", [0, -1, True, 2.0, "2", None])
def test_a_number_of_processes_that_is_no_count_is_refused(
    processes: Any, tmp_path: pathlib.Path
) -> None:
    message = re.escape(f"processes: expected a count from 1, got {processes!r}")
    assert functions_with("processes") == {
        "litrecord.iter_results",
        "litrecord.files.write_dataset",
        "litrecord.files.write_parquet",
    }
    with pytest.raises(InvalidValueError, match=message):
        litrecord.iter_results([PAGE], processes=processes)
    with pytest.raises(InvalidValueError, match=message):
        files.write_parquet([crawl(tmp_path)], tmp_path / "out.parquet", processes=processes)


@pytest.mark.parametrize("count", [-1, True, False, 2.0, "2", None])
def test_a_limit_that_is_no_count_is_refused(count: Any) -> None:
    with pytest.raises(
        InvalidValueError, match=re.escape(f"rows: expected a count, got {count!r}")
    ):
        Limits(rows=count)


class OfBytes:
    """A path that is of bytes, which the system allows."""

    def __fspath__(self) -> bytes:
        return b"crawl.jsonl"


@pytest.mark.parametrize("path", [5, None, b"crawl.jsonl", OfBytes(), ["crawl.jsonl"]])
def test_a_path_that_is_none_is_refused(path: Any, tmp_path: pathlib.Path) -> None:
    expected = rf"expected a str or a pathlib\.Path, got {type(path).__name__}"
    good = crawl(tmp_path)
    with pytest.raises(InvalidValueError, match=rf"^path: {expected}$"):
        files.iter_file(path)
    with pytest.raises(InvalidValueError, match=rf"^output: {expected}$"):
        files.write_parquet([good], path)
    with pytest.raises(InvalidValueError, match=rf"^paths\[1\]: {expected}$"):
        files.write_parquet([good, path], tmp_path / "out.parquet")
    with pytest.raises(InvalidValueError, match=rf"^paths\[0\]: {expected}$"):
        report.report_html([path])
    assert os.listdir(tmp_path) == [good.name]


@pytest.mark.parametrize("paths", [5, None, b"a.parquet"])
def test_paths_that_are_none_are_refused(paths: Any, tmp_path: pathlib.Path) -> None:
    with pytest.raises(InvalidValueError, match=r"^paths: expected a sequence of paths, got "):
        report.report_html(paths)
    with pytest.raises(litrecord.SourceError, match=r"^paths: expected a sequence of paths, got "):
        files.write_parquet(paths, tmp_path / "out.parquet")


def test_a_progress_that_cannot_be_called_is_refused(tmp_path: pathlib.Path) -> None:
    wrong: Any = "bar"
    with pytest.raises(
        InvalidValueError, match=r"^progress: expected a function or None, got str$"
    ):
        files.write_parquet([crawl(tmp_path)], tmp_path / "out.parquet", progress=wrong)


@pytest.mark.parametrize("value", ["yes", "no", 1, 0, None])
def test_an_option_of_writing_that_is_neither_true_nor_false_is_refused(value: Any) -> None:
    record = litrecord.Record(abstract="Old maps err.")
    message = f"expected True or False, got {value!r}$"
    with pytest.raises(InvalidValueError, match=f"^exact: {message}"):
        litrecord.to_text(record, exact=value)
    with pytest.raises(InvalidValueError, match=f"^full: {message}"):
        litrecord.to_html(record, full=value)


def test_the_command_hands_on_whether_it_is_strict(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.txt"
    page.write_text("| views | 2")
    assert (main([str(page)]), main(["--strict", str(page)])) == (0, 1)
    assert "ParseError" not in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--strict=yes", str(page)])
    assert "argument --strict: ignored explicit argument 'yes'" in capsys.readouterr().err


# What the docstring of parse_record says that it raises, and a call that raises it.
RAISED: list[tuple[str, Callable[[Call], object]]] = [
    ("InvalidValueError", lambda parse: parse(PAGE, strict="yes")),
    ("InvalidValueError", lambda parse: parse(PAGE, markup="xml")),
    ("InvalidValueError", lambda parse: parse(PAGE, encoding=5)),
    ("InvalidValueError", lambda parse: parse(PAGE, limits=5)),
    ("SourceError", lambda parse: parse(None)),
    ("SourceError", lambda parse: parse(pathlib.Path("no/such/page.txt"))),
    ("DecodeError", lambda parse: parse(b"caf\xe9", encoding="utf-8")),
    ("DecodeError", lambda parse: parse(PAGE, encoding="utf-9")),
    ("LimitError", lambda parse: parse(PAGE, limits=Limits(characters=1))),
    ("ParseError", lambda parse: parse("| views | 2", strict=True)),
]


@pytest.mark.parametrize(("name", "call"), RAISED)
def test_a_parse_function_raises_what_its_docstring_says(
    name: str, call: Callable[[Call], object]
) -> None:
    for parse in (litrecord.parse_record, litrecord.parse_document, *PARTS.values()):
        with pytest.raises(litrecord.LitrecordError) as caught:
            call(parse)
        assert type(caught.value).__name__ == name
        said = inspect.getdoc(parse) or ""
        assert parse is litrecord.parse_record or "raises what `parse_record` does" in said


def test_the_docstring_of_parse_record_names_all_that_it_raises() -> None:
    said = inspect.getdoc(litrecord.parse_record) or ""
    raises = said[said.index("Raises") : said.index("nothing else")]
    assert set(re.findall(r"[A-Z]\w+Error", raises)) == {name for name, _ in RAISED}
