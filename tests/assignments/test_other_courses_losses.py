"""Whether activations, losses and update rules as other courses write them are graded fairly, and told what differs."""

from pathlib import Path

import pytest

from grader.course import Course
from grader.model.result import GradedSubmission, QuestionResult
from grader.workflows.grade_one import Options, grade_one

SUBMISSIONS = Path(__file__).parents[1] / "submissions"


@pytest.fixture(scope="module")
def from_coursera(course: Course) -> GradedSubmission:
    return grade_one(course, "assignment6", SUBMISSIONS / "assignment6" / "from_coursera", Options())


@pytest.fixture(scope="module")
def from_pytorch(course: Course) -> GradedSubmission:
    return grade_one(course, "assignment7", SUBMISSIONS / "assignment7" / "from_pytorch", Options())


def _result(graded: GradedSubmission, question: str) -> QuestionResult:
    return next(result for result in graded.questions if result.id == question)


def _named(graded: GradedSubmission, question: str) -> set[str | None]:
    return {check.misconception for check in _result(graded, question).checks} - {None}


@pytest.mark.parametrize(
    "question", ["sigmoid_backward", "tanh_backward", "relu_forward", "relu_backward", "elu_backward"]
)
def test_what_a_coursera_notebook_has_in_common_gets_full_marks(from_coursera: GradedSubmission, question: str) -> None:
    result = _result(from_coursera, question)
    assert result.points == result.max_points


@pytest.mark.parametrize(
    ("question", "misconception"),
    [
        ("sigmoid_forward", "naive_exp"),
        ("leaky_relu_forward", "max"),
        ("one_hot", "transposed"),
        ("softmax", "axis0"),
        ("log_softmax", "log_of_softmax"),
        ("mse_loss", "columns"),
        ("bce_with_logits", "grad_no_n"),
        ("softmax_loss", "grad_no_n"),
        ("output_delta", "any_loss"),
    ],
)
def test_a_habit_of_coursera_is_named(from_coursera: GradedSubmission, question: str, misconception: str) -> None:
    assert _named(from_coursera, question) == {f"{question}.{misconception}"}


def test_an_overflow_is_shown_in_the_students_line(from_coursera: GradedSubmission) -> None:
    checks = _result(from_coursera, "sigmoid_forward").checks
    frames = [check.traceback.frames[-1] for check in checks if check.traceback]
    assert [frame.code.strip() for frame in frames] == ["A = 1 / (1 + np.exp(-Z))"]


@pytest.mark.parametrize("question", ["nesterov_step", "sgd_momentum_decay"])
def test_what_pytorch_has_in_common_gets_full_marks(from_pytorch: GradedSubmission, question: str) -> None:
    result = _result(from_pytorch, question)
    assert result.points == result.max_points


@pytest.mark.parametrize(
    ("question", "misconception"),
    [("sgd", "in_place"), ("sgd_momentum", "pytorch"), ("sgd_nesterov", "pytorch"), ("clip_by_value", "in_place")],
)
def test_a_habit_of_pytorch_is_named(from_pytorch: GradedSubmission, question: str, misconception: str) -> None:
    assert _named(from_pytorch, question) == {f"{question}.{misconception}"}


def test_a_class_is_shown_as_the_student_uses_it(from_pytorch: GradedSubmission) -> None:
    checks = {check.id: check for check in _result(from_pytorch, "EarlyStopping").checks}
    copies = checks["training.test_best_params_are_copies"]
    assert copies.call == "EarlyStopping.best_params"
    assert "in the same arrays" in copies.hint
    assert "returned an object; expected a ValueError" in checks["training.test_bad_patience_is_refused"].message


def test_the_factor_that_pytorch_computes_is_right(from_pytorch: GradedSubmission) -> None:
    checks = {check.id: check for check in _result(from_pytorch, "clip_by_global_norm").checks}
    for name in ("long_sets_are_shortened", "short_sets_stay", "direction_stays"):
        assert checks[f"clipping.test_{name}"].outcome == "passed"
