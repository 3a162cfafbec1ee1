"""A table of points and comments is read as spreadsheets write it, and each complaint names its line."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.gradebook import read_adjustments
from grader.model.assignment import Assignment
from grader.model.gradebook import Adjustment
from grader.model.policy import LatePolicy
from tests.fakes.course import write_course

MOMENT = datetime(2026, 10, 1, 12, tzinfo=UTC)
STUDENTS = ("alice", "bob", "=cmd|x")


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return write_course(tmp_path_factory.mktemp("course")).assignment("small")


def read(folder: Path, assignment: Assignment, content: bytes) -> tuple[Adjustment, ...]:
    (folder / "given.csv").write_bytes(content)
    return read_adjustments(folder / "given.csv", assignment, STUDENTS, made_at=MOMENT)


def test_every_column_is_read(tmp_path: Path, assignment: Assignment) -> None:
    question = assignment.questions[0].id
    content = f'\ufeffid;question;points;comment;author\nalice;{question};2,5;"two\nlines; of text";Tutor\nbob;;-1;;\n'
    assert read(tmp_path, assignment, content.encode()) == (
        Adjustment(
            student="alice",
            assignment="small",
            question=question,
            points=2.5,
            comment="two\nlines; of text",
            author="Tutor",
            made_at=MOMENT,
        ),
        Adjustment(student="bob", assignment="small", points=-1.0, made_at=MOMENT),
    )


def test_a_comment_alone_and_points_alone_are_enough(tmp_path: Path, assignment: Assignment) -> None:
    assert [each.comment for each in read(tmp_path, assignment, b"id,comment\nalice,well done\n")] == ["well done"]
    assert [each.points for each in read(tmp_path, assignment, b"id,points\nalice,3\nalice,4\n")] == [3.0, 4.0]


def test_a_student_whose_id_was_protected_from_a_spreadsheet_is_found(tmp_path: Path, assignment: Assignment) -> None:
    assert read(tmp_path, assignment, b"id,points\n'=cmd|x,1\n")[0].student == "=cmd|x"


def test_a_student_may_have_more_time(tmp_path: Path, assignment: Assignment) -> None:
    (given,) = read(tmp_path, _with_due_date(assignment), b"id,due\nalice,2026-10-05T14:00:00+02:00\n")
    assert given == Adjustment(student="alice", assignment="small", due=MOMENT.replace(day=5), made_at=MOMENT)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"alice,,soon", "line 2: 'soon' is not a time"),
        (b"alice,,2026-10-05T14:00:00", "line 2: the time 2026-10-05T14:00:00 has no offset from UTC"),
        (b"alice,double,2026-10-05T14:00:00Z", "line 2: a due date belongs to the assignment as a whole"),
    ],
)
def test_a_due_date_that_cannot_be_is_named(tmp_path: Path, assignment: Assignment, line: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read(tmp_path, _with_due_date(assignment), b"id,question,due\n" + line + b"\n")


def _with_due_date(assignment: Assignment) -> Assignment:
    return replace(assignment, late=LatePolicy(due=MOMENT))


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (b"id,points\nalise,1\n", "line 2: there is no student 'alise'", "is it alice?"),
        (b"id,points\nalice,1\n,2\n", "line 3: there is no student ''", "write the student's id"),
        (b"id,points,question\nalice,1,sum\n", "line 2: there is no question 'sum'", "write the question's id"),
        (b"id,points\nalice,many\n", "line 2: 'many' is not a number", "write 2.5"),
        (b"id,points\nalice,nan\n", "line 2: nan points are more than", "check"),
        (b"id,points\nalice,101\n", "line 2: 101 points are more than", "check"),
        (
            b"id,points,comment\nalice,,\n",
            "line 2: neither points nor a due date nor a comment",
            "write 0 to take back",
        ),
        (b"id,points\n", "gives nothing", "one line for each"),
        (b"name,points\nAlice,1\n", "line 1: there is no column id", "id,question,points,due,comment,author"),
        (b"id,due\nalice,2026-10-05T12:00:00Z\n", "line 2: small has no due date", "write [late]"),
    ],
)
def test_a_line_that_cannot_be_is_named(
    tmp_path: Path, assignment: Assignment, content: bytes, message: str, hint: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        read(tmp_path, assignment, content)
    assert hint in caught.value.hint
