"""With a recording in place of the solution, everything is graded as before."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.course import open_course, read_submission
from grader.course.students_copy import RECORDING, stub_text
from grader.errors import AssignmentError, UsageError
from grader.harness import CheckRun, grade_run, load_reference, open_solution
from grader.harness.recording.agreement import find_differences
from grader.harness.recording.contents import Head, read_recording, write_recording
from grader.harness.recording.making import make_recording
from grader.harness.recording.solution import RecordedSolution, draws_at, recorded_solution
from grader.harness.session import collect_checks
from grader.model.assignment import Assignment
from grader.model.result import GradedSubmission, Outcome
from grader.model.submission import ModuleSource
from grader.sandbox.trusted import TrustedWorker
from tests.fakes.small_course import SCALE_CHECKS, write_course

SEED = 7


@pytest.fixture
def full(tmp_path: Path) -> Assignment:
    return open_course(write_course(tmp_path / "course")).assignment("small")


@pytest.fixture
def copy(full: Assignment, tmp_path: Path) -> Assignment:
    """The assignment without its solutions, and with a recording of them."""
    return _copied(full, tmp_path / "copy")


def _copied(full: Assignment, folder: Path) -> Assignment:
    place = folder / "assignments" / "small"
    shutil.copytree(full.folder, place)
    stubs = [ModuleSource(module=name, filename=f"{name}.py", text=stub_text(full, name)) for name in full.modules]
    checks = collect_checks(full, load_reference(full))
    write_recording(place / RECORDING, *make_recording(full, stubs, checks))
    return open_course(folder).assignment("small")


def _graded(assignment: Assignment, work: Path) -> GradedSubmission:
    run = CheckRun(
        assignment=assignment,
        submission=read_submission(work, assignment),
        solution=open_solution(assignment, SEED),
        seed=SEED,
        open_worker=TrustedWorker,
    )
    return grade_run(run, assignment_digest="sha256:0", isolation={})


def _differences(full: Assignment, copy: Assignment) -> list[str]:
    solution = load_reference(full)
    recorded = recorded_solution(copy, read_recording(copy.folder / RECORDING))
    return list(find_differences(full, solution, recorded, collect_checks(copy, solution)))


def test_the_solution_earns_everything_and_the_stubs_nothing(full: Assignment, copy: Assignment) -> None:
    assert _graded(copy, full.solution_folder).points == 100
    stubs = _graded(copy, copy.folder)
    assert stubs.points == 0
    assert {check.outcome for question in stubs.questions for check in question.checks} == {Outcome.NOT_ATTEMPTED}


def test_a_known_mistake_is_named_as_in_the_full_course(full: Assignment, copy: Assignment, tmp_path: Path) -> None:
    work = tmp_path / "work"
    shutil.copytree(full.solution_folder, work)
    text = (work / "scale.py").read_text()
    (work / "scale.py").write_text(text.replace("return factor * x, factor", "return factor + x, factor"))
    here, there = _graded(full, work), _graded(copy, work)
    assert [replace(question, checks=()) for question in here.questions] == [
        replace(question, checks=()) for question in there.questions
    ]
    for ours, theirs in zip(here.questions, there.questions, strict=True):
        assert [replace(check, seconds=0.0) for check in ours.checks] == [
            replace(check, seconds=0.0) for check in theirs.checks
        ]
    named = {check.misconception for question in there.questions for check in question.checks}
    assert "scale_forward.adds" in named


def test_nothing_is_graded_otherwise(full: Assignment, copy: Assignment) -> None:
    assert _differences(full, copy) == []


def test_a_check_that_asks_after_the_students_draws_is_found(full: Assignment, tmp_path: Path) -> None:
    check = (
        SCALE_CHECKS
        + '''

@check("coin_mask")
def test_coins_are_scaled(student, reference, rng):
    """Coins are scaled"""
    student.coin_mask((3, 4), rng)
    x = rng.normal(size=(3, 4))
    assert reference.scale_forward(x)[0].shape == (3, 4)
'''
    )
    (full.folder / "checks" / "test_scale.py").write_text(check)
    assert any("asks the reference something" in each for each in _differences(full, _copied(full, tmp_path / "copy")))


def test_a_check_without_a_call_earns_points_for_the_stubs_and_is_found(full: Assignment, tmp_path: Path) -> None:
    check = SCALE_CHECKS + '\n\n@check("scale_forward")\ndef test_nothing():\n    """Nothing is asked"""\n'
    (full.folder / "checks" / "test_scale.py").write_text(check)
    assert any("stubs count as attempted" in each for each in _differences(full, _copied(full, tmp_path / "copy")))


def test_solutions_come_before_a_recording(full: Assignment, copy: Assignment) -> None:
    shutil.copy(copy.folder / RECORDING, full.folder)
    assert not isinstance(open_solution(full, SEED), RecordedSolution)
    assert isinstance(open_solution(copy, SEED), RecordedSolution)


def test_without_either_the_missing_solution_is_named(copy: Assignment) -> None:
    (copy.folder / RECORDING).unlink()
    with pytest.raises(AssignmentError, match="no reference solution"):
        open_solution(copy, SEED)


def test_what_needs_the_solutions_says_that_this_is_a_copy(copy: Assignment) -> None:
    with pytest.raises(AssignmentError, match="no reference solution") as caught:
        load_reference(copy)
    assert "student's copy" in caught.value.hint


def test_another_seed_is_refused(copy: Assignment) -> None:
    with pytest.raises(UsageError, match="only be graded with seed 7"):
        open_solution(copy, 8)


def test_a_recording_of_other_random_numbers_is_refused(copy: Assignment) -> None:
    path = copy.folder / RECORDING
    recording = read_recording(path)
    old = recording.head
    head = Head(
        assignment=old.assignment, seed=old.seed, numpy="1.0.0", python=old.python, draws=tuple(draws_at(old.seed + 1))
    )
    write_recording(path, head, recording.answers, recording.records)
    with pytest.raises(AssignmentError, match=r"recorded with numpy 1\.0\.0") as caught:
        open_solution(copy, SEED)
    assert "numpy==1.0.0" in caught.value.hint


def test_a_recording_of_another_assignment_is_refused(copy: Assignment) -> None:
    copy.folder.rename(copy.folder.with_name("other"))
    other = open_course(copy.folder.parents[1]).assignment("other")
    with pytest.raises(AssignmentError, match="a recording of small"):
        open_solution(other, SEED)


def test_a_check_that_was_not_recorded_leaves_the_submission_ungraded(full: Assignment, copy: Assignment) -> None:
    path = copy.folder / "checks" / "test_scale.py"
    path.write_text(path.read_text().replace("(2.0, 3.0)", "(2.0, 4.0)"))
    graded = _graded(copy, full.solution_folder)
    assert not graded.gradable
    assert "recording does not say" in graded.errors[0]


def test_an_earlier_function_that_is_asked_something_new_is_the_students_own(full: Assignment, tmp_path: Path) -> None:
    manifest = full.folder / "assignment.toml"
    manifest.write_text(manifest.read_text() + 'uses = ["scale_forward"]\n')
    full = open_course(full.folder.parents[1]).assignment("small")
    copy = _copied(full, tmp_path / "copy")
    work = tmp_path / "work"
    shutil.copytree(full.solution_folder, work)
    text = (work / "coins.py").read_text()
    (work / "coins.py").write_text(
        text.replace("import numpy as np", "import numpy as np\nfrom scale import scale_forward").replace(
            "return (rng.random(shape) < 0.5).astype(float)", "return scale_forward(rng.random(shape) < 0.5, 1.0)[0]"
        )
    )
    assert _coins(_graded(copy, work)) == _coins(_graded(full, work)) == 30
    (work / "scale.py").write_text("def scale_forward(x, factor=2.0):\n    return x * 0.0, 0.0\n")
    assert _coins(_graded(full, work)) == 30
    assert _coins(_graded(copy, work)) == 0


def _coins(graded: GradedSubmission) -> float:
    assert graded.errors == ()
    return next(question.points for question in graded.questions if question.id == "coin_mask")


def test_the_students_own_files_are_not_run_in_the_graders_process(full: Assignment, copy: Assignment) -> None:
    (copy.folder / "scale.py").write_text("raise SystemExit('run by the grader')\n")
    assert _graded(copy, full.solution_folder).points == 100


def test_the_draws_tell_generators_apart() -> None:
    assert draws_at(3) == draws_at(3)
    assert not np.allclose(draws_at(3), draws_at(4))
