"""Tests of the visible form of hostile text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model.escaping import clip, defuse_commands, excerpt, one_line, visible

ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""Lone surrogates included."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b2J", r"\x9b2J"),
        ("a\x00b\x7f", r"a\x00b\x7f"),
        ("\u202eabc\u2066", r"\u202eabc\u2066"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("50%\r100%", r"50%\r100%"),
        ("line\u2028separator", r"line\u2028separator"),
    ],
)
def test_a_character_that_hides_or_commands_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_ordinary_text_stays_as_it_is() -> None:
    text = "naïve 한국어 λ/(2m)·Σw² 🙂 \u00a0 a\nb"

    assert visible(text) == text


def test_windows_line_ends_and_tabs_are_ordinary() -> None:
    assert visible("a\r\n\tb") == "a\n    b"


@given(ANY_TEXT)
def test_one_line_is_printable_encodable_and_stable(text: str) -> None:
    line = one_line(text)

    assert all(character.isprintable() or character.isspace() for character in line)
    assert "\n" not in line
    assert line.encode("utf-8").decode("utf-8") == line
    assert one_line(line) == line


@given(ANY_TEXT, st.integers(1, 5), st.integers(1, 40))
def test_clipped_text_keeps_to_its_bounds(text: str, lines: int, characters: int) -> None:
    clipped = clip(text, lines=lines, characters=characters)
    note = 60

    assert clipped.count("\n") <= lines
    assert len(clipped) <= characters + note


def test_clipping_says_how_much_is_left_out() -> None:
    assert clip("a\nb\nc", lines=2, characters=99) == "a\nb\n… 1 more line not shown"
    assert clip("abcdef", lines=2, characters=4) == "abcd\n… 2 more characters not shown"
    assert clip("abc\nd\ne", lines=1, characters=2) == "ab\n… 2 more lines and 1 more character not shown"


def test_what_fits_is_not_cut() -> None:
    assert clip("a\nb\n", lines=2, characters=3) == "a\nb"
    assert excerpt("abc", characters=3) == "abc"


def test_an_excerpt_shows_where_it_was_cut() -> None:
    assert excerpt("abc\ndef", characters=5) == r"abc\n" + " …"


@pytest.mark.parametrize(
    ("text", "defused"),
    [
        ("::error::x", r"\x3a:error::x"),
        ("a\n  ::set-output name=a::b", "a\n  \\x3a:set-output name=a::b"),
        ("say ##[error]x", r"say #\x23[error]x"),
        ("##vso[task.complete]", r"#\x23vso[task.complete]"),
    ],
)
def test_a_runners_commands_are_defused(text: str, defused: str) -> None:
    assert defuse_commands(text) == defused


@pytest.mark.parametrize("text", ["x[::2]", "std::vector", "## Heading", "a ## b"])
def test_text_that_no_runner_obeys_is_left_alone(text: str) -> None:
    assert defuse_commands(text) == text
