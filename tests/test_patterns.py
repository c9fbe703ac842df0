"""No pattern backtracks, and each is read the same by every Python from 3.11 on.

The first of those have a bug: CPython before 3.11.5 gets a possessive repeat of a group wrong
(gh-100061, gh-106052), and before 3.12.8 it may raise SystemError (gh-101955). That of one
character, as in ``[a-z]*+``, is right.
"""

import importlib
import re
from typing import Any

import pytest
from benchmarks.patterns import uses
from hypothesis import given
from hypothesis import strategies as st

import litrecord
from litrecord._html import libxml2, text_form
from litrecord._parts import inline_markup
from litrecord._reading.wrapped import file_types
from litrecord._report import corpus
from litrecord._scripts import scanner
from litrecord._vocabularies import schemes
from support.ambiguity import backtracks

PARSER = importlib.import_module("re._parser")
ONE_CHARACTER = {PARSER.ANY, PARSER.IN, PARSER.LITERAL, PARSER.NOT_LITERAL}


USES = uses()


def holds_bad_group(pattern: re.Pattern[str]) -> bool:
    """Tell whether a pattern holds an atomic group, or a possessive repeat of a group."""
    return _holds_bad_group(PARSER.parse(pattern.pattern, pattern.flags))


def _holds_bad_group(node: Any) -> bool:
    parts = node.data if isinstance(node, PARSER.SubPattern) else node
    if not isinstance(parts, list | tuple):
        return False
    match parts:
        case [kind, _] if kind is PARSER.ATOMIC_GROUP:
            return True
        case [kind, [_, _, repeated]] if kind is PARSER.POSSESSIVE_REPEAT:
            return len(repeated) != 1 or repeated[0][0] not in ONE_CHARACTER
    return any(map(_holds_bad_group, parts))


@pytest.mark.parametrize(
    "pattern",
    ["(?:ab)*+", "(?:a|bc)?+", "(?=x(?:ab){2}+)", "((?>a)|b)*", "x|(a)++", "(?i:a[bc]*+)++"],
)
def test_a_possessive_group_is_found(pattern: str) -> None:
    assert holds_bad_group(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern", ["", "a*+", "(?:[a-z]++|.?+)*", "(?:a)++", "(?!x[^y]{2}+)", "(a)*"]
)
def test_another_is_not(pattern: str) -> None:
    assert not holds_bad_group(re.compile(pattern))


def test_no_pattern_holds_a_possessive_group() -> None:
    patterns = {use.pattern for use in USES}
    when_needed = {schemes.compiled(schemes.SCHEMES[0].wrapper), file_types._path()}
    assert {inline_markup._TOKEN, libxml2._ENDS["style"], schemes.SCHEMES[0].syntax} <= patterns
    assert when_needed <= patterns
    assert [pattern.pattern for pattern in patterns if holds_bad_group(pattern)] == []


@pytest.mark.parametrize(
    ("pattern", "methods"),
    [
        # Repeats over one class side by side, or with nothing but what may be missing between.
        (r"'\s*\)\s*;?[ \t]*\n?\s*-->", "match fullmatch search"),
        (r"\d+\d+x", "match fullmatch search"),
        ("a*(?:b?c?)a*d", "match fullmatch search"),
        ("(?:ab)*c?(?:ab)*d", "match fullmatch search"),
        ("a*a*+b", "match fullmatch search"),
        ("x*(?=y?)x*z", "match fullmatch search"),
        ("x*(?<=y)x*z", "match fullmatch search"),
        ("a*(?=a*b)", "match fullmatch search"),
        ("(?m:a*^a*b)", "match fullmatch search"),
        ("(?i:a*)A*b", "match fullmatch search"),
        # Repeats in repeats.
        ("(a+)+b", "match fullmatch search"),
        ("(?:a*b*)*c", "match fullmatch search"),
        ("(?:a|ab|b)*c", "match fullmatch search"),
        ("(?:a*a*b)*", "match fullmatch search"),
        # Something must follow.
        ("a*a*", "fullmatch"),
        ("a*b?a*(?:c|d*)", "fullmatch"),
        ("a*a*$", "match fullmatch search"),
        # A search begins anywhere.
        (r"\s+$", "search"),
        ("a*b", "search"),
        ("a*+b", "search"),
        (r"'(?:[^'\\]|\\.)*'", "search"),
        ("^a*b", ""),
        ("^a*a*b", "match fullmatch search"),
        # What one takes, no other does.
        ("a*+a*b", "search"),
        (r"a*\nb*c|'[^']*'|-->", "search"),
        (r"</p\s*>|;[^;]*;", ""),
        ("(?:[a-z]+-)*[a-z]+=", "search"),
        (r"(?:[^'>]++|'[^']*+'|'){0,100}", "fullmatch"),
        ("a{0,9}a{0,9}b", ""),
    ],
)  # fmt: skip
def test_a_pattern_that_backtracks_is_found(pattern: str, methods: str) -> None:
    compiled = re.compile(pattern)
    ways = ("match", "fullmatch", "search")
    assert [way for way in ways if backtracks(compiled, [way])] == methods.split()


# Two repeats share backslashes here, but behind no backslash alone, or a quote counts only there:
# in a row of them that is one place. `python -m benchmarks --check` measures it.
LOOK_BEHIND = [corpus._CHANGING, scanner._STRING, scanner._STRING_OR_END]


@pytest.mark.slow
def test_no_pattern_backtracks() -> None:
    found = [use.pattern for use in USES if backtracks(use.pattern, use.methods)]
    assert [pattern.pattern for pattern in found if pattern not in LOOK_BEHIND] == []
    assert len(found) == len(LOOK_BEHIND)


@pytest.mark.parametrize("text", ["<b onclick>x</b >", "<i class>x</i >", "<sub a>2</sub >"])
def test_an_attribute_without_a_value_is_no_markup(text: str) -> None:
    assert litrecord.parse_abstract(f"{text}\n| views | 2 |\n") == text


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 200, 250])
@pytest.mark.parametrize(
    ("end", "shown"), [("", "x"), (" ", "x"), ("/", "x</b>"), (" c", None), ("/ ", None)]
)
def test_a_tag_holds_any_number_of_attributes(count: int, end: str, shown: str | None) -> None:
    attributes = " a='1'" * count
    text = f"<b{attributes}{end}>x</b>\n| views | 2 |\n"
    assert litrecord.parse_abstract(text) == (shown or text.partition("\n")[0])


def test_what_is_no_tag_stays_among_tags_that_need_no_partner() -> None:
    text = "<p>One<p>Two</p><p class>\n| views | 2 |\n"
    assert litrecord.parse_abstract(text) == "One\nTwo\n<p class>"


STRING = re.compile(r"""(['"`])(?:\\[^\r\n]|(?!\1)[^\\\r\n])*\1|\\[^\r\n]""")


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["'", '"', "`", "a", "\n", "\r", "\u2028"]),
            st.sampled_from([1, 2, 3, 127, 254, 255, 256, 257, 511, 512, 513]).map("\\".__mul__),
        )
    ).map("".join)
)
def test_a_string_ends_at_its_quote_whatever_is_escaped(text: str) -> None:
    found = [string.span() for string in scanner._STRING.finditer(text)]
    assert found == [string.span() for string in STRING.finditer(text)]


# Their time grew with the cube of the blanks, or would with the square of what is repeated.
@pytest.mark.parametrize(
    "text",
    [
        "<div><script><!-- <script> </script> oa_widget </script>')" + " " * 100_000 + "x</div>",
        "<b" + " " * 100_000 + "x>y</b>",
        "<b" + " a=b" * 100_000 + " c>y</b>",
        "<b" + " a =" * 100_000 + ">y</b>",
        "<script>'" + "\\a<script " * 20_000,
        "<script>'" + "\\" * 100_000 + "<script>",
        "<script>" + ("'" + "\\" * 255) * 1_000 + "<script>",
    ],
)
def test_hostile_text_is_read(text: str) -> None:
    assert litrecord.parse_document(text).text


@pytest.mark.parametrize("blanks", ["", " ", "\n", " \n\t", "\r\n \n"])
@pytest.mark.parametrize("semicolon", ["", ";"])
def test_what_leaks_of_a_widget_is_put_back(blanks: str, semicolon: str) -> None:
    leak = f"{blanks}'{blanks}){blanks}{semicolon}{blanks}-->"
    found = text_form._LEAK.match(f"{text_form.BREAK}{leak} \nText.")
    assert found is not None
    assert found[1] == f"{leak} \n"
