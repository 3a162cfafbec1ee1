"""`grade export` and `grade adjust` as an instructor meets them: run as processes, on a gradebook that is filled."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.gradebook import begin_run, end_run, meet, open_gradebook, record
from grader.model.gradebook import Member
from tests.fakes.class_results import result
from tests.fakes.course import write_course
from tests.fakes.graded import HOSTILE, random_parts
from tests.fakes.importers import (
    CanvasUser,
    import_canvas,
    import_moodle,
    read_classroom50,
    read_gradescope,
    read_junit,
    spreadsheet_cells,
)

EVIL = "=cmd|' - C calc'!A0"
MEMBERS = [
    Member(id="alice", name="Ünal, Alice", email="alice@x.org"),
    Member(id="bob", name="Bob Miller"),
    Member(id=EVIL, name=HOSTILE),
    Member(id="yan"),
]
CANVAS = (
    "Student,ID,SIS Login ID,Section,Small (7)\r\n    Points Possible,,,,10\r\n"
    '"Ünal, Alice",1,alice,A,\r\n"Miller, Bob",2,bob,A,9\r\n"Student, Test",3,t,A,\r\n'
)
USERS = [CanvasUser("1", "Alice", login="alice"), CanvasUser("2", "Bob", login="bob"), CanvasUser("3", "T", login="t")]
MOODLE = (
    "Identifier,Full name,Email address,Grade,Maximum Grade,Last modified (grade),Feedback comments\r\n"
    "Participant 11,Alice Ünal,alice@x.org,,100.00,-,\r\nParticipant 12,Bob Miller,b@x.org,,100.00,-,\r\n"
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course with the marks of three students, and one whose work could not be graded."""
    written = write_course(tmp_path / "course")
    assignment = written.assignment("small")
    with open_gradebook(str(written.folder / "gradebook.sqlite")) as gradebook:
        run = begin_run(gradebook, assignment, assignment_digest="sha256:one", seed=7)
        meet(gradebook, MEMBERS)
        record(gradebook, run, "alice", result(60.0), submitted_at=datetime(2026, 10, 1, tzinfo=UTC))
        record(gradebook, run, "bob", result(100.0, text="two"))
        record(gradebook, run, EVIL, result(0.0, text="three"))
        record(gradebook, run, "zoe", result(0.0, text="four", gradable=False))
        end_run(gradebook, run)
    return written.folder


def test_a_table_carries_marks_and_comments_and_no_formula(course: Path) -> None:
    given = course.parent / "given.csv"
    given.write_text("id;points;comment;author\nalice;2,5;=1+1;Tutor\n", encoding="utf-8")
    adjusted = grade("adjust", "small", "given.csv", course=course)
    assert (adjusted.returncode, adjusted.stderr) == (0, "")
    assert adjusted.stdout == "Small: 1 line read, 1 mark changed\n  alice: 60 → 62.5\n"
    assert "0 marks changed" in grade("adjust", "small", "given.csv", course=course).stdout

    done = grade("export", "small", "csv", "--output", "marks.csv", course=course)
    assert (done.returncode, done.stdout) == (1, "")
    assert "3 marks of 4 students, in marks.csv\n1 student without a mark" in done.stderr
    text = (course.parent / "marks.csv").read_bytes().decode("utf-8-sig")
    cells = spreadsheet_cells(text, ",")
    assert 'alice,"Ünal, Alice",alice@x.org,,marked,2026-10-01T00:00:00+00:00,0,60,60,2.5,0,62.5,100,\'=1+1' in text
    assert "'" + EVIL in cells
    assert all(cell.isprintable() for cell in cells)


def test_a_table_with_a_line_that_cannot_be_changes_nothing(course: Path) -> None:
    (course.parent / "given.csv").write_text("id,points\nalice,5\nalise,5\n", encoding="utf-8")
    done = grade("adjust", "small", "given.csv", course=course)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: given.csv, line 3: there is no student 'alise'\nhint: is it alice?\n"
    assert '"by_hand": 5' not in grade("export", "small", "json", course=course).stdout


def test_json_goes_to_standard_output_alone(course: Path) -> None:
    done = grade("export", "small", "json", course=course)
    tree = json.loads(done.stdout)
    assert {student["id"]: student["points"] for student in tree["students"]} == {
        "alice": 60.0,
        "bob": 100.0,
        EVIL: 0.0,
        "zoe": None,
    }


def test_canvas_imports_what_was_filled_and_the_instructor_is_told_the_rest(course: Path) -> None:
    (course.parent / "canvas.csv").write_text(CANVAS, encoding="utf-8", newline="")
    filled = grade("export", "small", "canvas", "--into", "canvas.csv", "--output", "filled.csv", course=course)
    assert (filled.returncode, filled.stdout) == (1, "")
    assert filled.stderr.splitlines() == [
        "Small: 1 mark written, 0 were there already, in filled.csv",
        "marks of 100 points are converted to 10",
        "1 student not in the file:",
        f"  {EVIL}",
        "1 student with another grade in the file, kept without --overwrite:",
        "  bob: 9 there, 10.00 in the gradebook",
        "1 student in the file, but not in the gradebook:",
        "  Student, Test",
        "1 student without a mark: what they handed in is not graded yet",
        "  zoe",
    ]
    grades = import_canvas((course.parent / "filled.csv").read_bytes(), USERS, {"7": "Small"})
    assert grades == {"7": {"1": 6.0, "2": 9.0, "3": None}}
    in_place = ["--into", "canvas.csv", "--output", "canvas.csv", "--overwrite"]
    grade("export", "small", "canvas", *in_place, course=course)
    grades = import_canvas((course.parent / "canvas.csv").read_bytes(), USERS, {"7": "Small"})
    assert grades == {"7": {"1": 6.0, "2": 10.0, "3": None}}


def test_moodle_imports_what_was_filled(course: Path) -> None:
    (course.parent / "moodle.csv").write_text(MOODLE, encoding="utf-8", newline="")
    done = grade("export", "small", "moodle", "--into", "moodle.csv", course=course)
    taken = import_moodle(done.stdout.encode(), {"11": "-", "12": "-"})
    assert {number: each.grade for number, each in taken.items()} == {"11": 60.0, "12": 100.0}
    assert "60 of 100 points" in taken["11"].feedback


def test_a_class_for_a_ci_host_is_one_file(course: Path) -> None:
    done = grade("export", "small", "junit", course=course)
    suites = read_junit(done.stdout)
    assert [suite.attrib["name"] for suite in suites] == [f"small: {each}" for each in (EVIL, "alice", "bob", "zoe")]
    assert [suite.attrib["errors"] for suite in suites] == ["0", "0", "0", "1"]


@pytest.mark.parametrize("name", ["gradescope", "classroom50"])
def test_formats_of_single_results_are_a_folder(course: Path, name: str) -> None:
    (course.parent / "given.csv").write_text("id,points,comment\nalice,5,well done\nyan,1,\n", encoding="utf-8")
    grade("adjust", "small", "given.csv", course=course)
    for _ in range(2):
        done = grade("export", "small", name, "--output", "out", course=course)
        assert done.returncode == 1
        assert "1 student with points by hand alone, which this format cannot hold\n  yan\n" in done.stderr
    files = {path.name: path.read_text(encoding="utf-8") for path in (course.parent / "out").glob("[!.]*.json")}
    assert len(files) == 3
    assert {"alice.json", "bob.json"} < set(files)
    if name == "gradescope":
        alice = read_gradescope(files["alice.json"])
        assert alice["score"] == 65.0
        assert "well done" in alice["output"]
    else:
        assert read_classroom50(files["alice.json"])["score"] == 6500


def test_what_is_withheld_from_students_reaches_no_file_that_they_read(course: Path) -> None:
    assignment = write_course(course.parent / "other").assignment("small")
    with open_gradebook(str(course / "gradebook.sqlite")) as gradebook:
        run = begin_run(gradebook, assignment, assignment_digest="sha256:two", seed=7)
        record(gradebook, run, "alice", random_parts())
    (course.parent / "moodle.csv").write_text(MOODLE, encoding="utf-8", newline="")
    texts = [grade("export", "small", name, course=course).stdout for name in ("csv", "json", "junit")]
    texts.append(grade("export", "small", "moodle", "--into", "moodle.csv", course=course).stdout)
    grade("export", "small", "classroom50", "--output", "out", course=course)
    texts.append((course.parent / "out" / "alice.json").read_text(encoding="utf-8"))
    assert not [text for text in texts if "SECRET" in text]


@pytest.mark.parametrize(
    ("name", "read"), [("gradescope", read_gradescope), ("junit", read_junit), ("classroom50", read_classroom50)]
)
def test_one_result_has_the_same_formats(name: str, read: Callable[[str], object]) -> None:
    arguments = ["assignment3", "--format", name, "--question", "soft_threshold"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "grader", *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "CLASSROOM": "dl"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert read(done.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["small", "canvas"], "canvas needs the file that you downloaded"),
        (["small", "gradescope"], "gradescope has a file for each student"),
        (["small", "csv", "--overwrite"], "mean nothing to csv"),
        (["small", "canvas", "--into", "x", "--feedback-column", "y"], "Moodle alone imports feedback"),
        (["small", "canvas", "--into", "nothing.csv"], "cannot read nothing.csv: no such file"),
        (["small", "excel"], "invalid value for 'FORMAT'"),
        (["large", "csv"], "does not know large; it knows small"),
        (["small", "csv", "--gradebook", "nothing.sqlite"], "there is no gradebook"),
        (["small", "csv", "--output", "course"], "it is a folder"),
        (["small", "gradescope", "--output", "course"], "it holds other files"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_line(course: Path, arguments: list[str], message: str) -> None:
    done = grade("export", *arguments, course=course)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 2


def grade(*arguments: str, course: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "grader", *arguments, "--course", str(course)],
        cwd=course.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
