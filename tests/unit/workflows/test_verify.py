"""A whole proof of the small course, in this process and in a pool."""

import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import open_course
from grader.errors import AssignmentError
from grader.model.verification import Verification
from grader.workflows.grade_one import Options, Progress
from grader.workflows.verify import VerifyOptions, verify
from tests.fakes.small_course import write_course

RIVAL = '''

@misconception("scale_forward.halves", hint="Which way?", caught_by=("test_values",))
def halves(x, factor=2.0):
    """Divides by the factor."""
    return x / factor, factor
'''


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


def proof_of(course: Path, *, seeds: int = 3, jobs: int = 1) -> Verification:
    return verify(open_course(course), "small", VerifyOptions(seeds=seeds, jobs=jobs, grading=Options()))


def test_a_pool_proves_what_one_process_proves(course: Path) -> None:
    alone, together = (replace(proof_of(course, jobs=jobs), seconds=0.0, check_seconds={}) for jobs in (1, 2))
    assert alone == together
    assert alone.seeds == (7, 8, 9)


def test_a_random_misconception_is_told_from_one_that_draws_nothing(course: Path) -> None:
    random = {proven.misconception.id: proven.random for proven in proof_of(course, seeds=1).misconceptions}
    assert {name for name, draws in random.items() if draws} == {"coin_mask.unfair", "coin_mask.fixed"}


def test_a_name_by_failed_checks_needs_a_set_that_no_other_misconception_has(course: Path) -> None:
    path = course / "solutions/small/misconceptions/scale.py"
    path.write_text(path.read_text() + RIVAL)
    proven = {each.misconception.id: each for each in proof_of(course, seeds=1).misconceptions}
    assert {name: (each.named, each.named_by_checks) for name, each in proven.items()} == {
        "scale_forward.adds": (True, True),
        "scale_forward.squares": (True, False),
        "scale_forward.halves": (True, False),
        "scale_forward.writes": (True, True),
        "scale_backward.forgets": (True, False),
        "coin_mask.unfair": (True, True),
        "coin_mask.fixed": (True, True),
    }


def test_a_reference_that_fails_in_the_students_process_is_a_problem(course: Path) -> None:
    path = course / "solutions/small/scale.py"
    path.write_text(path.read_text() + "\n\nopen('/etc/hostname').close()\n")
    problems = proof_of(course, seeds=1).problems
    assert "locked in, the reference earns 30 of 100 points" in problems


def test_progress_counts_to_the_end(course: Path) -> None:
    seen: list[Progress] = []
    options = VerifyOptions(seeds=2, jobs=1, grading=Options())
    verify(open_course(course), "small", options, seen.append)
    assert [(progress.done, progress.total) for progress in seen] == [(1, 3), (2, 3), (3, 3)]


def test_a_fault_in_the_pool_is_raised_here_and_leaves_no_process(course: Path) -> None:
    checks = course / "assignments/small/checks/test_coins.py"
    checks.write_text(checks.read_text().replace("student.coin_mask((200", "student.no_such((200"))
    before = set(multiprocessing.active_children())
    with pytest.raises(AssignmentError, match="no_such"):
        proof_of(course, jobs=2)
    assert set(multiprocessing.active_children()) == before


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("scale", "test_values"),
        ("scale", "test_reference"),
        ("scale", "test_numerical"),
        ("coins", "test_rate"),
        ("coins", "test_draws_differ"),
    ],
)
def test_a_core_check_that_is_deleted_is_missed(course: Path, module: str, name: str) -> None:
    path = course / f"assignments/small/checks/test_{module}.py"
    path.write_text(path.read_text().replace(f"def {name}(", f"def _{name}("))
    assert any(
        f"is to be caught by {name}, which is no check" in problem for problem in proof_of(course, seeds=1).problems
    )
