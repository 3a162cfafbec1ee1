"""Every assignment of the course, one after the other."""

from pathlib import Path

import pytest

from grader.course import Course, open_course
from grader.harness.proof import ProofMaterial, gather
from grader.model.assignment import Assignment

COURSE = open_course(Path(__file__).parents[2])


@pytest.fixture(scope="session")
def course() -> Course:
    return COURSE


@pytest.fixture(scope="session", params=COURSE.assignment_ids)
def assignment(request: pytest.FixtureRequest) -> Assignment:
    return COURSE.assignment(request.param)


@pytest.fixture(scope="session")
def material(assignment: Assignment) -> ProofMaterial:
    return gather(assignment)
