from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.checks import CheckFailure, assert_independent, assert_rate, assert_uncorrelated
from grader.errors import AssignmentError
from grader.model.evidence import MAX_CELLS, MaskEvidence

SHAPE = (400, 250)
P = 1e-2


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)


def failure(assertion: Callable[..., None], *arguments: Any, **options: Any) -> str:
    with pytest.raises(CheckFailure) as caught:
        assertion(*arguments, **options)
    return caught.value.message


def _exactly(share: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    mask = np.zeros(SHAPE, dtype=bool)
    mask[:, : round(share * SHAPE[1])] = True
    return rng.permuted(mask, axis=1)


@pytest.mark.parametrize("probability", [0.2, 0.5, 0.8, 0.95])
def test_right_masks_pass_from_many_seeds(probability: float) -> None:
    for seed in range(30):
        mask = np.random.default_rng(seed).random(SHAPE) < probability
        assert_rate(mask, probability)
        assert_independent(mask, probability)


def test_right_rates_fail_less_often_than_stated(rng: np.random.Generator) -> None:
    failures = 0
    for flips in rng.random((2000, 500)) < 0.5:
        try:
            assert_rate(flips, 0.5, false_alarm=P)
        except CheckFailure:
            failures += 1
    assert failures <= 2000 * P


def test_right_masks_fail_less_often_than_stated(rng: np.random.Generator) -> None:
    failures = 0
    for mask in rng.random((1000, 20, 20)) < 0.4:
        try:
            assert_independent(mask, 0.4, false_alarm=P)
        except CheckFailure:
            failures += 1
    assert failures <= 4 * 1000 * P


@pytest.mark.parametrize("off", [-0.024, 0.024])
@pytest.mark.parametrize("probability", [0.2, 0.5, 0.8])
def test_a_mask_rate_off_by_0_024_is_refused(probability: float, off: float, rng: np.random.Generator) -> None:
    assert failure(assert_rate, rng.random(SHAPE) < probability + off, probability)


def test_a_flip_rate_off_by_0_05_is_refused(rng: np.random.Generator) -> None:
    assert failure(assert_rate, rng.random(20_000) < 0.3, 0.35)


@pytest.mark.parametrize("probability", [0.2, 0.3, 0.8, 0.95])
def test_a_share_dropped_instead_of_kept_is_refused(probability: float, rng: np.random.Generator) -> None:
    message = failure(assert_rate, rng.random(SHAPE) >= probability, probability, name="the share kept")
    assert message.startswith("the share kept is 0.")
    assert f"expected {probability:g} (allowed " in message


def test_the_message_gives_the_observed_and_the_allowed_rate() -> None:
    hits = np.zeros(100_000, dtype=bool)
    hits[:31_200] = True
    assert failure(assert_rate, hits, 0.8, name="the share kept") == (
        "the share kept is 0.312; expected 0.8 (allowed 0.7886 to 0.8114 for 100000 draws)"
    )


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_at_probability_zero_and_one_all_must_agree(probability: float) -> None:
    hits = np.full(1000, bool(probability))
    assert_rate(hits, probability)
    hits[7] = not hits[7]
    assert "expected exactly" in failure(assert_rate, hits, probability)


@pytest.mark.parametrize("hits", [None, True, np.True_, np.zeros(0, bool), np.ones(100), [True] * 100], ids=str)
def test_what_cannot_be_counted_is_a_failure(hits: Any) -> None:
    assert "cannot be counted" in failure(assert_rate, hits, 0.5)
    assert "cannot be counted" in failure(assert_independent, hits, 0.5)


def test_a_rate_over_a_few_draws_shows_nothing() -> None:
    assert "too few" in failure(assert_rate, np.ones(20, dtype=bool), 0.9)


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (
            lambda rng: np.tile(rng.random(SHAPE[1]) < 0.5, (SHAPE[0], 1)),
            "neighbouring examples of the mask are always",
        ),
        (
            lambda rng: np.tile(rng.random((SHAPE[0], 1)) < 0.5, (1, SHAPE[1])),
            "neighbouring units of the mask are always",
        ),
        (lambda rng: np.repeat(rng.random((SHAPE[0], SHAPE[1] // 2)) < 0.5, 2, axis=1), "neighbouring units"),
        (lambda rng: _exactly(0.5, rng), "every row of the mask has exactly 125 of 250"),
        (lambda _: np.indices(SHAPE).sum(axis=0) % 2 == 0, "neighbouring examples"),
        (lambda rng: (rng.random(SHAPE) < 0.5)[:, np.arange(250) // 2 * 2], "neighbouring units"),
    ],
    ids=[
        "one row for all",
        "one column for all",
        "pairs of units",
        "exactly half",
        "chess",
        "twins",
    ],
)
def test_dependent_flips_are_refused(
    draw: Callable[[np.random.Generator], Any], says: str, rng: np.random.Generator
) -> None:
    assert says in failure(assert_independent, draw(rng), 0.5)


def test_exactly_as_many_kept_in_each_column_is_refused(rng: np.random.Generator) -> None:
    mask = np.zeros((400, 250), dtype=bool)
    mask[:200] = True
    mask = rng.permuted(mask, axis=0)
    assert "every column of the mask has exactly 200 of 400" in failure(assert_independent, mask, 0.5)


def test_a_mask_must_have_two_axes_of_some_length() -> None:
    assert "expected rows of examples" in failure(assert_independent, np.ones(100, dtype=bool), 0.5)
    assert "too few" in failure(assert_independent, np.ones((1, 100), dtype=bool), 0.5)
    assert "too few" in failure(assert_independent, np.ones((100, 1), dtype=bool), 0.5)


def test_the_evidence_is_the_pattern_cut_to_size(rng: np.random.Generator) -> None:
    with pytest.raises(CheckFailure) as caught:
        assert_rate(rng.random(SHAPE) < 0.3, 0.5, name="the share kept")
    evidence = caught.value.evidence
    assert isinstance(evidence, MaskEvidence)
    assert evidence.rows * evidence.columns == len(evidence.kept) <= MAX_CELLS
    assert evidence.kept_share == pytest.approx(0.3, abs=0.02)
    assert evidence.expected_share == 0.5


@pytest.mark.parametrize("probability", [-0.1, 1.1, float("nan")])
def test_a_probability_outside_0_and_1_is_a_fault_of_the_check(probability: float) -> None:
    with pytest.raises(AssignmentError):
        assert_rate(np.ones(100, dtype=bool), probability)


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_certain_flips_cannot_be_asked_for_independence(probability: float) -> None:
    with pytest.raises(AssignmentError):
        assert_independent(np.ones(SHAPE, dtype=bool), probability)


def test_independent_weights_are_uncorrelated_from_many_seeds() -> None:
    for seed in range(50):
        rng = np.random.default_rng(seed)
        assert_uncorrelated(rng.normal(size=(120, 120)), rng.normal(size=(120, 120)))


def test_uncorrelated_weights_fail_less_often_than_stated(rng: np.random.Generator) -> None:
    failures = 0
    for a, b in rng.normal(size=(1000, 2, 1000)):
        try:
            assert_uncorrelated(a, b, false_alarm=P)
        except CheckFailure:
            failures += 1
    assert failures <= 1000 * P


def test_correlated_weights_are_refused(rng: np.random.Generator) -> None:
    first = rng.normal(size=(120, 120))
    second = rng.normal(size=(120, 120))
    assert "have the correlation 1;" in failure(assert_uncorrelated, first, first.copy(), name="W1 and W2")
    assert "have the correlation -1;" in failure(assert_uncorrelated, first, 3 - 2 * first)
    assert "expected 0 (allowed -" in failure(assert_uncorrelated, first, 0.15 * first + second)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (None, "is"),
        (np.zeros((120, 120)), "all values of one of them are equal"),
        (np.full((120, 120), np.inf), "not finite"),
        (np.ones((3, 3)), "expected the same shape"),
        (np.ones((120, 120), dtype=int), "floating-point"),
    ],
)
def test_what_cannot_be_correlated_is_a_failure(other: Any, says: str, rng: np.random.Generator) -> None:
    assert says in failure(assert_uncorrelated, rng.normal(size=(120, 120)), other)


def test_a_correlation_of_a_few_values_shows_nothing(rng: np.random.Generator) -> None:
    assert "too few" in failure(assert_uncorrelated, rng.normal(size=9), rng.normal(size=9))
