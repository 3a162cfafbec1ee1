"""A file that Canvas exported is filled, and Canvas's importer reads from it what the gradebook holds."""

from dataclasses import replace

import pytest

from grader.errors import UsageError
from grader.exports.canvas import fill_canvas
from grader.exports.filling import Fate, FilledSheet
from grader.exports.sheet import parse_sheet
from grader.model.class_record import StudentRecord
from grader.model.gradebook import Member
from tests.fakes.class_records import class_record, student
from tests.fakes.graded import half_right, perfect
from tests.fakes.importers import CanvasUser, import_canvas

ASSIGNMENT = class_record([]).assignment
TITLES = {"77": "L2 and L1", "78": "Essay, at home"}
USERS = [
    CanvasUser("101", "Alice Ünal", "s1", "alice"),
    CanvasUser("102", "Bob Miller", "s2", "bob"),
    CanvasUser("103", "Carl =Cmd", "s3", "carl"),
    CanvasUser("999", "Test Student", "", "t"),
]
EXPORT = (
    'Student,ID,SIS User ID,SIS Login ID,Section,L2 and L1 (77),"Essay, at home (78)",Final Score\r\n'
    ",,,,,Manual Posting,,\r\n"
    "    Points Possible,,,,,100.00,20,(read only)\r\n"
    '"Ünal, Alice",101,s1,alice,"A, early",,12.50,55.1\r\n'
    '"Miller, Bob",102,s2,bob,A,-,,12\r\n'
    '"=Cmd, Carl",103,s3,carl,A,EX,3,\r\n'
    '"Student, Test",999,,t,A,,,\r\n'
)
CLASS = [
    student("alice", perfect(), member=Member(id="alice", name="Alice Ünal")),
    student("102", half_right(), member=Member(id="102")),
    student("s3", perfect(), member=Member(id="s3", name="Carl =Cmd")),
]


def fill(
    text: str = EXPORT,
    students: list[StudentRecord] | None = None,
    *,
    column: str | None = None,
    overwrite: bool = False,
) -> FilledSheet:
    sheet = parse_sheet(text.encode(), "canvas.csv")
    return fill_canvas(sheet, ASSIGNMENT, CLASS if students is None else students, column=column, overwrite=overwrite)


def marks_in(filled: FilledSheet, assignment: str = "77") -> dict[str, object]:
    return dict(import_canvas(filled.content, USERS, TITLES)[assignment])


def test_canvas_reads_the_marks_of_the_gradebook_and_everything_else_as_it_was() -> None:
    filled = fill()
    assert marks_in(filled) == {"101": 81.0, "102": 34.0, "103": "EX", "999": None}
    assert marks_in(filled, "78") == {"101": 12.5, "102": None, "103": 3.0, "999": None}
    changed = EXPORT.replace('"A, early",,', '"A, early",81.00,').replace("bob,A,-", "bob,A,34.00")
    assert filled.content.decode() == changed
    assert filled.written == 2
    assert [(notice.fate, notice.student) for notice in filled.notices] == [
        (Fate.EXCUSED, "s3"),
        (Fate.UNKNOWN, "Student, Test"),
    ]


def test_another_grade_is_kept_and_named_unless_it_may_be_overwritten() -> None:
    text = EXPORT.replace('"A, early",,', '"A, early",90,')
    kept = fill(text)
    assert marks_in(kept)["101"] == 90.0
    assert (Fate.KEPT, "alice", "90 there, 81.00 in the gradebook") in [
        (notice.fate, notice.student, notice.detail) for notice in kept.notices
    ]
    replaced = fill(text, overwrite=True)
    assert marks_in(replaced)["101"] == 81.0
    assert marks_in(replaced)["103"] == "EX"
    assert Fate.REPLACED in [notice.fate for notice in replaced.notices]


@pytest.mark.parametrize("there", ["81", "81.00", "81,0", '"81.004"'])
def test_the_same_grade_stays_as_it_is_written(there: str) -> None:
    text = EXPORT.replace('"A, early",,', f'"A, early",{there if "," not in there else chr(34) + there + chr(34)},')
    filled = fill(text, CLASS[:1])
    assert (filled.content.decode(), filled.same, filled.written) == (text, 1, 0)


def test_marks_are_converted_to_the_points_that_canvas_gives() -> None:
    filled = fill(EXPORT.replace("100.00,20", "10,20"))
    assert marks_in(filled)["102"] == 3.4
    assert filled.most == 10.0


def test_a_file_with_semicolons_and_decimal_commas_stays_one() -> None:
    text = (
        "Student;ID;Section;L2 and L1 (77);Essay, at home (78)\n"
        "    Points Possible;;;100,00;20,00\nÜnal, Alice;101;A;;12,5\n"
    )
    filled = fill(text, [student("101", half_right())])
    assert filled.content.decode() == text.replace("A;;", "A;34,00;")
    assert import_canvas(filled.content, USERS, TITLES)["77"] == {"101": 34.0}


def test_a_student_without_a_mark_gets_no_zero() -> None:
    filled = fill(students=[student("alice"), student("bob", None)])
    assert filled.content.decode() == EXPORT


def test_a_student_who_is_not_there_is_named() -> None:
    filled = fill(students=[student("zoe", perfect()), student("nobody")])
    assert [notice.student for notice in filled.notices if notice.fate is Fate.ABSENT] == ["zoe"]


@pytest.mark.parametrize("column", ["78", "Essay, at home", "essay, at home (78)"])
def test_another_column_can_be_named(column: str) -> None:
    filled = fill(EXPORT.replace(",12.50,", ",,"), CLASS[:1], column=column)
    assert marks_in(filled, "78")["101"] == round(81 * 20 / 100, 2)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Student,ID", "Name,Number", "begins its export with the column Student"),
        (",Section", ",Part", "the columns ID and Section are not there"),
        ("L2 and L1 (77)", "Other (77)", "no column is named 'L2 and L1'"),
        ('"Essay, at home (78)"', "L2 and L1 (78)", "2 columns are named"),
        ("    Points Possible", "Something", "no row Points Possible"),
        ("Final Score", "L2 and L1", None),
        ('"Miller, Bob",102,s2,bob,A,-,,12', '"Miller, Bob",102', "line 5: this row has 2 cells"),
    ],
)
def test_what_canvas_would_not_take_is_refused(old: str, new: str, message: str | None) -> None:
    text = EXPORT.replace(old, new)
    assert text != EXPORT
    if message is None:
        assert fill(text).written == 2  # a column that Canvas ignores is not meant
        return
    with pytest.raises(UsageError, match=message):
        fill(text)


def test_the_title_may_be_the_id_of_the_assignment() -> None:
    filled = fill(EXPORT.replace("L2 and L1 (77)", "assignment3"))
    assert filled.written == 2


def test_lateness_and_points_by_hand_are_in_the_mark() -> None:
    late = student("alice", perfect(), days=3)
    assert late.mark.penalty == 20.0
    assert marks_in(fill(students=[replace(late, member=Member(id="alice"))]))["101"] == 61.0


def test_a_second_id_without_a_mark_disputes_no_row() -> None:
    filled = fill(students=[student("101", perfect()), student("alice", member=Member(id="alice", on_roster=True))])
    assert marks_in(filled)["101"] == 81.0


def test_a_student_who_handed_in_nothing_is_not_unknown() -> None:
    filled = fill(students=[student("alice"), student("bob"), student("carl"), student("999")])
    assert filled.notices == ()
