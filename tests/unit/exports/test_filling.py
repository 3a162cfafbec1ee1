"""How marks get into cells: numbers are read and written as the file does."""

import pytest

from grader.exports.filling import IN_THE_WAY, Fate, GradeRow, fill, number_in
from grader.exports.matching import Listed
from grader.exports.sheet import parse_sheet
from tests.fakes.class_records import student
from tests.fakes.graded import half_right


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5.0),
        (" 5.25 ", 5.25),
        ("5,25", 5.25),
        ("-1", -1.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("", None),
        ("-", None),
        ("EX", None),
        ("1,000.5", None),
        ("5 %", None),
        ("nan", None),
        ("1e3", None),
    ],
)
def test_a_number_is_what_a_gradebook_writes(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(("there", "written"), [("12.5", "34.00"), ('"12,5"', '"34,00"'), ("12", "34.00")])
def test_marks_are_written_with_the_decimal_mark_of_the_file(there: str, written: str) -> None:
    sheet = parse_sheet(f"id,other,grade\nalice,{there},\n".encode(), "file")
    row = GradeRow(listed=Listed(ids=("alice",)), grade=sheet.rows[1][2], most=100.0)
    filled = fill(sheet, [row], [student("alice", half_right())], overwrite=False)
    assert filled.content.decode() == f"id,other,grade\nalice,{there},{written}\n"


def test_words_in_place_of_a_grade_are_kept() -> None:
    sheet = parse_sheet(b"id,grade\nalice,incomplete\n", "file")
    row = GradeRow(listed=Listed(ids=("alice",)), grade=sheet.rows[1][1], most=100.0)
    filled = fill(sheet, [row], [student("alice", half_right())], overwrite=False)
    (notice,) = filled.notices
    assert (notice.fate, notice.detail) == (Fate.KEPT, "incomplete there, 34.00 in the gradebook")
    assert notice.fate in IN_THE_WAY
