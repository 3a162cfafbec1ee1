"""Whether the checks are sound: right solutions keep their points, known mistakes lose some and are named."""

import pytest

from grader.course import Course
from grader.model.assignment import Assignment
from grader.model.verification import Verification
from grader.workflows.grade_one import Options
from grader.workflows.verify import VerifyOptions, verify

SEEDS = 20
NAMED_SHARE = 0.8


@pytest.fixture(scope="session")
def verification(course: Course, assignment: Assignment) -> Verification:
    return verify(course, assignment.id, VerifyOptions(seeds=SEEDS, grading=Options()))


def test_the_proof_finds_no_problem_at_any_of_twenty_seeds(verification: Verification) -> None:
    assert len(verification.seeds) == SEEDS
    assert verification.problems == ()


def test_most_misconceptions_are_named_at_every_seed(verification: Verification) -> None:
    unnamed = [proven.misconception.id for proven in verification.misconceptions if not proven.named]
    assert len(unnamed) <= (1 - NAMED_SHARE) * len(verification.misconceptions), unnamed
