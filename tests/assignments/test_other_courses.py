"""Whether code in the style of another course is graded as right, or told which convention differs."""

from pathlib import Path

import pytest

from grader.course import Course
from grader.model.result import GradedSubmission, QuestionResult
from grader.workflows.grade_one import Options, grade_one

SUBMISSIONS = Path(__file__).parents[1] / "submissions" / "assignment4"
OF_CS231N = (
    "batchnorm_forward",
    "batchnorm_backward",
    "layernorm_forward",
    "layernorm_backward",
    "spatial_batchnorm_forward",
    "spatial_batchnorm_backward",
    "spatial_groupnorm_forward",
)


@pytest.fixture(scope="module")
def from_cs231n(course: Course) -> GradedSubmission:
    return grade_one(course, "assignment4", SUBMISSIONS / "from_cs231n", Options())


@pytest.fixture(scope="module")
def in_columns(course: Course) -> GradedSubmission:
    return grade_one(course, "assignment4", SUBMISSIONS / "in_columns", Options())


@pytest.mark.parametrize("question", OF_CS231N)
def test_layers_in_the_style_of_cs231n_get_full_marks(from_cs231n: GradedSubmission, question: str) -> None:
    result = _result(from_cs231n, question)
    assert result.points == result.max_points


def test_a_gradient_that_keeps_its_axes_is_told_that_the_values_are_right(from_cs231n: GradedSubmission) -> None:
    messages = [check.message for check in _result(from_cs231n, "spatial_groupnorm_backward").checks]
    assert any("the values are right, only the shape is another" in message for message in messages)


@pytest.mark.parametrize("question", ["normalize_fit", "normalize_apply", "batchnorm_forward"])
def test_examples_in_columns_get_a_hint_that_names_the_convention(in_columns: GradedSubmission, question: str) -> None:
    checks = _result(in_columns, question).checks
    assert {check.misconception for check in checks if check.misconception} == {f"{question}.columns"}
    assert any("Deep Learning Specialization" in check.hint for check in checks)


def _result(graded: GradedSubmission, question: str) -> QuestionResult:
    return next(result for result in graded.questions if result.id == question)
