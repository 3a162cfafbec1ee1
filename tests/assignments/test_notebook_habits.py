"""Whether gradient checking as other courses do it gets its marks where it fits, and otherwise a hint that says why."""

from pathlib import Path

import pytest

from grader.course import Course
from grader.model.result import GradedSubmission, QuestionResult
from grader.workflows.grade_one import Options, grade_one

SUBMISSION = Path(__file__).parents[1] / "submissions" / "assignment5" / "from_notebook"


@pytest.fixture(scope="module")
def from_notebook(course: Course) -> GradedSubmission:
    return grade_one(course, "assignment5", SUBMISSION, Options())


def _result(graded: GradedSubmission, question: str) -> QuestionResult:
    return next(result for result in graded.questions if result.id == question)


@pytest.mark.parametrize("question", ["eval_numerical_gradient_array", "rel_error"])
def test_what_fits_gets_full_marks(from_notebook: GradedSubmission, question: str) -> None:
    result = _result(from_notebook, question)
    assert result.points == result.max_points


@pytest.mark.parametrize(
    ("question", "misconception"),
    [
        ("eval_numerical_gradient", "cs231n"),
        ("dictionary_to_vector", "notebook"),
        ("vector_to_dictionary", "notebook"),
        ("gradients_to_vector", "notebook"),
        ("relative_difference", "bare_formula"),
        ("gradient_check", "notebook"),
    ],
)
def test_a_habit_of_another_course_is_named(from_notebook: GradedSubmission, question: str, misconception: str) -> None:
    named = {check.misconception for check in _result(from_notebook, question).checks}
    assert f"{question}.{misconception}" in named


@pytest.mark.parametrize(
    ("question", "origin"), [("eval_numerical_gradient", "CS231n"), ("gradient_check", "Coursera notebook")]
)
def test_the_hint_says_which_course_the_habit_is_of(
    from_notebook: GradedSubmission, question: str, origin: str
) -> None:
    assert origin in " ".join(check.hint for check in _result(from_notebook, question).checks)


def test_a_signature_of_another_course_spoils_only_the_checks_that_use_it(from_notebook: GradedSubmission) -> None:
    result = _result(from_notebook, "eval_numerical_gradient")
    assert result.points >= result.max_points / 2
