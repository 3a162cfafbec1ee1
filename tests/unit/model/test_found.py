"""A found submission is either readable or says why not."""

import pytest

from grader.model.found import FoundSubmission, Platform, Student

ANN = Student(id="ann", name="Ann")


def test_a_problem_stands_in_for_a_submission() -> None:
    assert FoundSubmission(platform=Platform.PLAIN, students=(ANN,), entries=("ann",), problem="it is a link").problem


@pytest.mark.parametrize(("students", "problem"), [((), "it is a link"), ((ANN,), "")])
def test_nobodys_or_unexplained_ones_are_refused(students: tuple[Student, ...], problem: str) -> None:
    with pytest.raises(ValueError, match="has students"):
        FoundSubmission(platform=Platform.PLAIN, students=students, entries=(), problem=problem)
