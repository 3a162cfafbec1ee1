"""Whether a training is worth what it reaches: faulty trainers of the capstone land where the handout says."""

import pytest

from grader.course import Course
from grader.harness.attempt import Attempt
from grader.harness.proof import ProofMaterial, gather
from grader.harness.trial import Trials
from grader.model.result import Outcome


@pytest.fixture(scope="module")
def capstone(course: Course) -> ProofMaterial:
    return gather(course.assignment("assignment9"))


@pytest.fixture(scope="module")
def trials(capstone: ProofMaterial) -> Trials:
    return Trials(assignment=capstone.assignment, solution=capstone.solution, seed=capstone.assignment.seed)


def attempt(capstone: ProofMaterial, trials: Trials, trainer: str, check: str) -> Attempt:
    [graded] = [each for each in capstone.checks if each.check.id == f"capstone.{check}"]
    if trainer == "reference":
        return trials.run_reference(graded)
    [misconception] = [each for each in capstone.misconceptions if each.id == f"train.{trainer}"]
    return trials.of_misconception(misconception, graded)


@pytest.mark.parametrize(
    ("trainer", "on_spirals", "on_moons"),
    [
        ("reference", (1, 1), (1, 1)),
        ("zeros", (0, 0), (0, 0)),
        ("not_standardized", (0, 0.5), (0, 0)),
        ("labels_unpaired", (0, 0), (0, 0)),
        ("no_regularization", (1, 1), (0, 0.4)),
        ("early_stopping_only", (1, 1), (0, 0.6)),
        ("wrong_gradient", (0, 0.9), (0, 0.9)),
    ],
)
def test_a_trainer_earns_what_it_reaches(
    capstone: ProofMaterial,
    trials: Trials,
    trainer: str,
    on_spirals: tuple[float, float],
    on_moons: tuple[float, float],
) -> None:
    for check, (least, most) in (("test_three_spirals", on_spirals), ("test_noisy_moons", on_moons)):
        came = attempt(capstone, trials, trainer, check)
        share = 1.0 if came.outcome is Outcome.PASSED else came.credit
        assert least <= share <= most, f"{check}: {came.explanation.message}"


def test_training_accuracy_far_above_test_accuracy_brings_the_hint_to_regularize(
    capstone: ProofMaterial, trials: Trials
) -> None:
    words = attempt(capstone, trials, "no_regularization", "test_noisy_moons").explanation
    assert "training error is far below" in words.hint


def test_spirals_that_are_not_learnt_at_all_bring_the_hint_to_look_at_the_features(
    capstone: ProofMaterial, trials: Trials
) -> None:
    words = attempt(capstone, trials, "not_standardized", "test_three_spirals").explanation
    assert "How large are the two features" in words.hint
