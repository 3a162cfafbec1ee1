"""A cell that a spreadsheet would calculate is kept from it, and is itself again when it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model.formulas import SIGNS, original, without_formula


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1", "'+49 30 1"),
        ("-", "'-"),
        ("@here", "'@here"),
        ("  =1", "  '=1"),
        ("\t=1", "    '=1"),
        ('"=1', "\"'=1"),
        ("one; =2", "one; '=2"),
        ("\n=1", r"\n=1"),
        ("\r=1", r"\r=1"),
        ("'t Hooft", "'t Hooft"),
        ("a = b; c - d", "a = b; c - d"),
        ("a@b.org", "a@b.org"),
        ("", ""),
    ],
)
def test_an_apostrophe_stands_before_the_sign_of_a_formula(text: str, cell: str) -> None:
    assert without_formula(text) == cell


@given(st.text(st.sampled_from("=+-@'\"; a＝"), max_size=8))  # noqa: RUF001 - a wide sign
def test_no_cell_of_any_separator_begins_with_a_sign(text: str) -> None:
    for part in without_formula(text).split(";"):
        assert not part.strip(" \"'").startswith(SIGNS) or "'" in part[: part.index(part.strip(" \"'")[0])]


@given(st.text(st.sampled_from("=+-@ab"), max_size=6))
def test_a_text_is_itself_again(text: str) -> None:
    assert original(without_formula(text)) == text
