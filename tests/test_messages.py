"""What a message names in back-ticks exists, so whoever follows its advice finds it."""

import ast
import inspect
import operator
import pathlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import litrecord
from litrecord.diagnostics import CODES

SOURCE = pathlib.Path(litrecord.__file__).parent
SPEAKERS = (
    "Error",
    "Diagnostic",
    "Report",
    "Transition",
    ".add",
    ".report",
    ".refuse",
    "_expected",
)
"""How the names of those calls end whose arguments are for a reader."""

FUNCTIONS = [getattr(litrecord, name) for name in litrecord.__all__ if name.islower()]
KEYWORDS = {name for function in FUNCTIONS for name in inspect.signature(function).parameters}


def strings_in(node: ast.AST, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Yield the strings of an expression and of the names in it; what is filled in is {}."""
    if isinstance(node, ast.Constant):
        yield from [node.value] if isinstance(node.value, str) else []
    elif isinstance(node, ast.JoinedStr):
        parts = node.values
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        for part in parts:
            if isinstance(part, ast.FormattedValue):
                yield from strings_in(part.value, named)
    elif isinstance(node, ast.Name):
        for value in named.get(node.id, ()):
            yield from strings_in(value, {})
    else:
        for child in ast.iter_child_nodes(node):
            yield from strings_in(child, named)


def messages_in(code: str) -> Iterator[str]:
    """Yield what a module says to its user, be it written in the call or given a name before."""
    nodes = list(ast.walk(ast.parse(code)))
    named: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, []).append(node.value)
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(SPEAKERS):
            for given in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from strings_in(given, named)


OPTIONS = set(re.findall(r'"(--[a-z-]+)"', (SOURCE / "_cli" / "options.py").read_text("utf-8")))


def names_in(message: str) -> list[str]:
    """Return what stands in back-ticks, and all the rest after one that nothing closes."""
    return message.split("`")[1::2]


def exists(name: str) -> bool:
    """Tell whether a name is a keyword, a public name, its attribute, or can be imported."""
    if name.startswith("--"):
        return name in OPTIONS
    if name.endswith("="):
        return name[:-1] in KEYWORDS
    path = name.removesuffix("()").removeprefix("litrecord.")
    first = path.partition(".")[0]
    if any(part.startswith("_") for part in path.split(".")):
        return False
    try:
        if first in litrecord.__all__:
            operator.attrgetter(path)(litrecord)
        else:
            pkgutil.resolve_name(name)
    except (AttributeError, ImportError, ValueError):
        return False
    return first in litrecord.__all__ or "." in path


SAID = [
    message for path in SOURCE.rglob("*.py") for message in messages_in(path.read_text("utf-8"))
]
ADVICE = [text for code in CODES.values() for text in (code.meaning, code.advice)]
NAMES = sorted({name for message in (*SAID, *ADVICE) for name in names_in(message)})


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_a_message_exists(name: str) -> None:
    assert exists(name)


def test_the_messages_are_found() -> None:
    assert NAMES
    assert "is empty: leave it out" in "\n".join(SAID)
    assert "this row is cut, or has no value" in SAID
    assert "pass larger limits in Python, or split the source" in SAID


@pytest.mark.parametrize(
    "code",
    [
        'raise ParseError("pass `encoding=`")',
        'raise errors.InvalidValueError("url: " + f"{url!r} is none: pass `encoding=`") from error',
        'what = "pass `encoding=`"\nraise UnrepresentableError("\\n".join([what, *changed]))',
        'advice = "pass `encoding=`"\nraise LimitError(f"{count} of {most}: {advice}")',
        'place = Diagnostic("cut-row", message="pass `encoding=`", span=span, text=text)',
        'scan.add("cut-row", "pass " "`encoding=`" if url else "", segment)',
    ],
)
def test_a_name_is_found_however_it_is_said(code: str) -> None:
    assert [name for said in messages_in(code) for name in names_in(said)] == ["encoding="]


@pytest.mark.parametrize(
    "name",
    ["Indicator.printed", "ImpactClass.TOP_1", "Limits", "parse_record", "to_text()", "exact=",
     "litrecord.parse_document", "litrecord.diagnostics.CODES", "io.StringIO", "os.path.join"],
)  # fmt: skip
def test_a_name_that_a_user_can_follow_exists(name: str) -> None:
    assert exists(name)


@pytest.mark.parametrize(
    "name",
    ["", "=", "Indicator.prints", "Indicators.printed", "parse_records", "encodings=", "scan=",
     "pathlib.Paths", "pathlibs.Path", "Record._first_valid", "litrecord._text.segmenter.Scan",
     "json", "printed", "litrecord.diagnostics.CODE", "{}", "encoding= if you know it."],
)  # fmt: skip
def test_a_name_that_leads_nowhere_does_not(name: str) -> None:
    assert not exists(name)
