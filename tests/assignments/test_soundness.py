"""Whether the checks are sound: right solutions keep their points, known mistakes lose some and are named.

At a few of the twenty seeds of `grade verify`, which takes up to a minute and a half for each assignment; `--seeds 20`
takes all.
"""

import os

import pytest

from grader.course import Course
from grader.model.assignment import Assignment, Group
from grader.model.verification import Verification
from grader.workflows.grade_one import Options
from grader.workflows.verify import VerifyOptions, verify

NAMED_SHARE = 0.85


@pytest.fixture(scope="session")
def verification(course: Course, assignment: Assignment, request: pytest.FixtureRequest) -> Verification:
    seeds = request.config.getoption("--seeds")
    # Where the tests run on all processors, each of them proves an assignment of its own.
    jobs = 1 if "PYTEST_XDIST_WORKER" in os.environ else 0
    return verify(course, assignment.id, VerifyOptions(seeds=seeds, jobs=jobs, grading=Options()))


def test_the_proof_finds_no_problem_at_any_seed(verification: Verification) -> None:
    assert verification.problems == ()


def test_most_misconceptions_are_named_at_every_seed(verification: Verification) -> None:
    unnamed = [proven.misconception.id for proven in verification.misconceptions if not proven.named]
    assert len(unnamed) <= (1 - NAMED_SHARE) * len(verification.misconceptions), unnamed


def test_no_check_that_scores_can_be_deleted_unnoticed(verification: Verification) -> None:
    """A misconception that names a check which is not there is a problem of its own."""
    missed = {check for proven in verification.misconceptions for check in proven.misconception.caught_by}
    assert {check.id for check in verification.checks if check.group is not Group.ADVICE} <= missed


def test_every_question_has_a_misconception_that_its_core_checks_catch(verification: Verification) -> None:
    core = {check.id for check in verification.checks if check.group is Group.CORE}
    caught = {each.misconception.question for each in verification.misconceptions if core & set(each.failed_checks)}
    assert caught == {question.id for question in verification.questions}
