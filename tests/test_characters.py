"""A line ends at LF, CRLF and CR; what XML cannot hold becomes U+FFFD."""

import re

from hypothesis import given
from hypothesis import strategies as st

from litrecord._characters import clean, first_forbidden, is_clean, lines_of, unify_line_ends

anything = st.text(st.characters())
with_line_ends = st.text(st.sampled_from("ab\r\n\u2028\u0085\x0b"))


@given(with_line_ends)
def test_lines_tile_the_text_and_end_only_at_lf_crlf_and_cr(text: str) -> None:
    found = list(lines_of(text, 0, len(text)))
    assert [line for line, _, _ in found] == [
        line for line in re.split(r"\r\n|\r|\n", text) if line or found
    ][: len(found)]
    assert [start for _, start, _ in found] == [0, *(after for _, _, after in found)][: len(found)]
    assert not found or found[-1][2] == len(text)
    assert all("\n" not in line and "\r" not in line for line, _, _ in found)


@given(with_line_ends, with_line_ends)
def test_a_part_has_the_lines_of_that_part(before: str, text: str) -> None:
    whole = before + text + "tail"
    shifted = list(lines_of(whole, len(before), len(before + text)))
    alone = list(lines_of(text, 0, len(text)))
    assert [line for line, _, _ in shifted] == [line for line, _, _ in alone]


@given(anything)
def test_clean_replaces_what_xml_cannot_hold_and_nothing_else(text: str) -> None:
    forbidden = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
    assert clean(text) == forbidden.sub("\ufffd", text)
    assert is_clean(text) is (forbidden.search(text) is None)
    found = forbidden.search(text)
    assert first_forbidden(text) == (found.start() if found else -1)


@given(st.text(st.sampled_from("a\x00\ud800\ufffe\n"), min_size=100))
def test_long_text_is_cleaned_like_short(text: str) -> None:
    assert is_clean(text) is not any(character in text for character in "\x00\ud800\ufffe")


@given(with_line_ends)
def test_every_line_end_becomes_lf(text: str) -> None:
    assert unify_line_ends(text) == text.replace("\r\n", "\n").replace("\r", "\n")
