"""What a release leaves out, and that it is whole or not there."""

from pathlib import Path

import pytest

from grader.course import Course, open_course
from grader.course.students_copy import RECORDING
from grader.errors import AssignmentError, ReportError, UsageError
from grader.harness.recording.contents import read_recording
from grader.workflows.grade_one import Options, Progress, grade_one
from grader.workflows.release import release
from tests.fakes.small_course import write_course

CUT_OUT = '''

### BEGIN HIDDEN TESTS
@check("coin_mask")
def test_cut_out(student, rng):
    """A secret"""
    assert student.coin_mask((2, 2), rng).sum() < 17
### END HIDDEN TESTS
'''
IN_SOLUTIONS = '''
from grader.checks import assert_close, check


@check("scale_forward", visibility="hidden")
def test_in_solutions(student, reference, rng):
    """Seventeen times is seventeen times"""
    x = rng.normal(size=(17, 4))
    assert_close(student.scale_forward(x, 17.0)[0], reference.scale_forward(x, 17.0)[0], name="out")
'''


@pytest.fixture
def course(tmp_path: Path) -> Course:
    folder = write_course(tmp_path / "course")
    checks = folder / "assignments/small/checks/test_coins.py"
    checks.write_text(checks.read_text() + CUT_OUT)
    hidden = folder / "solutions/small/checks/test_extra.py"
    hidden.parent.mkdir()
    hidden.write_text(IN_SOLUTIONS)
    return open_course(folder)


def test_hidden_checks_are_neither_in_the_copy_nor_in_the_recording(course: Course, tmp_path: Path) -> None:
    done = release(course, "small", tmp_path / "copy")
    assert (done.checks, done.hidden_checks) == (7, 2)
    assert "assignments/small/checks/test_extra.py" not in done.files
    place = done.folder / "assignments" / "small"
    assert "cut_out" not in (place / "checks" / "test_coins.py").read_text()
    recording = read_recording(place / RECORDING)
    assert not {trial.check for trial in recording.records.trials} & {"coins.test_cut_out", "extra.test_in_solutions"}


def test_the_full_course_runs_the_hidden_checks_and_the_copy_does_not(course: Course, tmp_path: Path) -> None:
    copy = open_course(release(course, "small", tmp_path / "copy").folder)
    solution = course.assignment("small").solution_folder
    here, there = (grade_one(each, "small", solution, Options()) for each in (course, copy))
    assert (here.points, there.points) == (100, 100)
    known = [sum(len(question.checks) for question in graded.questions) for graded in (here, there)]
    assert known == [9, 7]


def test_progress_goes_from_the_first_to_the_last_step(course: Course, tmp_path: Path) -> None:
    steps: list[Progress] = []
    release(course, "small", tmp_path / "copy", steps.append)
    assert [step.done for step in steps] == list(range(1, steps[-1].total + 1))


def test_an_interruption_leaves_nothing_behind(course: Course, tmp_path: Path) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        release(course, "small", tmp_path / "copy", interrupt)
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_an_empty_folder_may_be_there_already(course: Course, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    assert release(course, "small", tmp_path / "copy").files


def test_a_file_in_the_way_is_left_alone(course: Course, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine")
    with pytest.raises(UsageError, match="it is a file"):
        release(course, "small", tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_an_error(course: Course, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match="cannot write the copy"):
        release(course, "small", tmp_path / "file" / "copy")


def test_an_assignment_that_would_be_graded_otherwise_is_not_released(course: Course, tmp_path: Path) -> None:
    checks = course.folder / "assignments/small/checks/test_coins.py"
    checks.write_text(
        checks.read_text()
        .replace(
            "    share = student.coin_mask((200, 200), rng).mean()",
            "    share = student.coin_mask((200, 200), rng).mean()\n    reference.scale_forward(rng.normal(size=3))",
        )
        .replace("def test_rate(student, rng)", "def test_rate(student, reference, rng)")
    )
    with pytest.raises(AssignmentError, match="would grade otherwise than the full course"):
        release(course, "small", tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_a_question_with_hidden_checks_alone_cannot_be_released(course: Course, tmp_path: Path) -> None:
    checks = course.folder / "assignments/small/checks/test_coins.py"
    checks.write_text("from grader.checks import check\n" + CUT_OUT)
    with pytest.raises(AssignmentError, match="questions without a check: coin_mask"):
        release(course, "small", tmp_path / "copy")
