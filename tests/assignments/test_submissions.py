"""Whether the example submissions get the feedback that they were written for."""

from functools import cache
from pathlib import Path

import pytest

from grader.course import Course
from grader.model.result import GradedSubmission, Outcome
from grader.workflows.grade_one import Options, grade_one

SUBMISSIONS = Path(__file__).parents[1] / "submissions"
EXAMPLES = sorted(folder for folder in SUBMISSIONS.glob("*/*") if folder.is_dir())


@cache
def example(course: Course, name: str) -> GradedSubmission:
    """Return the result of an example, by its assignment and name."""
    return grade_one(course, name.partition("/")[0], SUBMISSIONS / name, Options())


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_an_example_is_graded_and_earns_some_of_the_points(course: Course, folder: Path) -> None:
    graded = example(course, f"{folder.parent.name}/{folder.name}")
    assert graded.errors == ()
    assert 0 < graded.points < graded.max_points


@pytest.fixture(scope="module")
def late_night(course: Course) -> GradedSubmission:
    return example(course, "assignment3/late_night")


def test_late_at_night_known_mistakes_are_named(late_night: GradedSubmission) -> None:
    named = {check.misconception for question in late_night.questions for check in question.checks}
    assert {"l2_penalty.bias_included", "l2_penalty_grad.half_left", "l1_penalty.grad_divides"} <= named


def test_late_at_night_a_gradient_is_told_to_be_off_by_a_factor(late_night: GradedSubmission) -> None:
    (question,) = (question for question in late_night.questions if question.id == "l2_penalty_grad")
    assert any("everywhere it is half of the expected value" in check.message for check in question.checks)


def test_late_at_night_an_exception_is_shown_at_the_students_line(late_night: GradedSubmission) -> None:
    tracebacks = [check.traceback for question in late_night.questions for check in question.checks if check.traceback]
    frames = [traceback.frames[-1] for traceback in tracebacks]
    assert {(frame.filename, frame.code.strip()) for frame in frames} == {
        ("network.py", "dW1 = A1.T @ dZ1 + lambd / N * W1")
    }


def test_late_at_night_one_question_was_left_for_tomorrow(late_night: GradedSubmission) -> None:
    untouched = {
        question.id
        for question in late_night.questions
        if {check.outcome for check in question.checks} == {Outcome.NOT_ATTEMPTED}
    }
    assert untouched == {"soft_threshold"}


def test_late_at_night_one_mistake_is_not_counted_twice(late_night: GradedSubmission) -> None:
    points = {question.id: (question.points, question.max_points) for question in late_night.questions}
    assert points["compute_cost_with_regularization"] == (12, 12)


def test_on_sunday_evening_known_mistakes_of_data_and_diagnosis_are_named(course: Course) -> None:
    graded = example(course, "assignment8/sunday_evening")
    named = {check.misconception for question in graded.questions for check in question.checks}
    assert {
        "standardize_splits.per_split",
        "diagnose.variance_from_target",
        "forward_signal.dead_fraction_of_zeros",
        "random_horizontal_flip.whole_batch",
        "count_parameters.bn_output",
        "growth_rate.mean_of_factors",
    } <= named


def test_a_plain_network_is_told_of_the_scale_of_the_features(course: Course) -> None:
    """Its author thinks that a deep network finds out the scale by itself."""
    graded = example(course, "assignment9/plain_network")
    points = {question.id: (question.points, question.max_points) for question in graded.questions}
    assert points["build_model"] == (5, 5)
    hints = [check.hint for question in graded.questions if question.id == "train" for check in question.checks]
    assert any("in the thousands" in hint for hint in hints)
