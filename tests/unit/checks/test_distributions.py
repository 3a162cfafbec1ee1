import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.checks import CheckFailure, Normal, Uniform, assert_distribution
from grader.checks.laws import Law
from grader.model.evidence import MAX_CELLS, DistributionEvidence

SHAPE = (400, 100)
STD = 0.05
LIMIT = STD * math.sqrt(3)
NORMAL = Normal(std=STD)
UNIFORM = Uniform(-LIMIT, LIMIT)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)


def failure(sample: Any, law: Law) -> str:
    with pytest.raises(CheckFailure) as caught:
        assert_distribution(sample, law, name="W1")
    return caught.value.message


def _truncated(rng: np.random.Generator) -> NDArray[np.float64]:
    draws = rng.normal(size=60_000)
    draws = draws[np.abs(draws) < 2][: math.prod(SHAPE)]
    return np.asarray(draws / draws.std() * STD)


def _moved_up(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move a tenth of normal draws by a quarter: moments stay nearly right, and only one side of the band is left."""
    return np.where((draws > 0) & (draws < 0.25), draws + 0.25, draws)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_right_samples_pass_from_many_seeds(dtype: type) -> None:
    for seed in range(30):
        rng = np.random.default_rng(seed)
        for shape in (SHAPE, (100, 150)):
            assert_distribution(rng.normal(0, STD, shape).astype(dtype), NORMAL)
            assert_distribution(rng.uniform(-LIMIT, LIMIT, shape).astype(dtype), UNIFORM)


def test_a_limit_computed_in_float32_passes(rng: np.random.Generator) -> None:
    sample = rng.uniform(-LIMIT, LIMIT, SHAPE).astype(np.float32)
    sample[0, 0] = np.nextafter(np.float32(LIMIT), np.float32(1.0))
    assert sample[0, 0] > LIMIT
    assert_distribution(sample, UNIFORM)


def test_right_samples_fail_less_often_than_the_stated_probabilities_add_up_to(rng: np.random.Generator) -> None:
    draws, probability = 500, 1e-2
    failures = {"normal": 0, "uniform": 0}
    for _ in range(draws):
        for name, sample, law in (
            ("normal", rng.normal(0, STD, 1000), NORMAL),
            ("uniform", rng.uniform(-LIMIT, LIMIT, 1000), UNIFORM),
        ):
            try:
                assert_distribution(sample, law, false_alarm=probability)
            except CheckFailure:
                failures[name] += 1
    assert max(failures.values()) <= 3 * probability * draws


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda rng: rng.normal(0, STD**2, SHAPE), "the standard deviation of W1 is 0.0025"),
        (lambda rng: rng.normal(0, math.sqrt(STD), SHAPE), "the standard deviation"),
        (lambda rng: rng.normal(0, STD * math.sqrt(1.2), SHAPE), "the variance is 1.2"),
        (lambda rng: rng.normal(0, STD * math.sqrt(0.8), SHAPE), "the variance is 0.8"),
        (lambda rng: rng.normal(0, STD * math.sqrt(1.103), SHAPE), "the standard deviation"),
        (lambda rng: rng.normal(0, STD * math.sqrt(0.906), SHAPE), "the standard deviation"),
        (lambda rng: rng.normal(STD / 10, STD, SHAPE), "the mean of W1"),
        (lambda rng: np.abs(rng.normal(0, STD, SHAPE)), "the mean of W1"),
        (lambda rng: rng.uniform(-LIMIT, LIMIT, SHAPE), "normal distribution has tails"),
        (_truncated, "normal distribution has tails"),
        (lambda rng: rng.laplace(0, STD / math.sqrt(2), SHAPE), "are not spread as they should be"),
        (lambda rng: STD * rng.choice([-1.0, 1.0], SHAPE) * rng.choice([0.1, 1.41], SHAPE), "tails"),
        (lambda rng: _moved_up(rng.normal(size=SHAPE)) * STD, "are not spread as they should be"),
        (lambda rng: -_moved_up(rng.normal(size=SHAPE)) * STD, "are not spread as they should be"),
        (lambda _: np.zeros(SHAPE), "the standard deviation of W1 is 0;"),
        (lambda rng: rng.random(SHAPE), "W1"),
        (lambda rng: rng.normal(0, STD * 1e6, SHAPE) + STD, "the standard deviation"),
    ],
)
def test_samples_of_another_law_than_the_normal_are_refused(
    draw: Callable[[np.random.Generator], Any], says: str, rng: np.random.Generator
) -> None:
    assert says in failure(draw(rng), NORMAL)


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda rng: rng.uniform(-STD, STD, SHAPE), "the variance is 0.33"),
        (lambda rng: rng.uniform(-LIMIT * 1.05, LIMIT * 1.05, SHAPE), "the standard deviation"),
        (lambda rng: rng.uniform(-LIMIT * 0.95, LIMIT * 0.95, SHAPE), "the standard deviation"),
        (lambda rng: rng.uniform(-LIMIT * 1.001, LIMIT * 1.001, SHAPE), "expected none outside"),
        (lambda rng: rng.uniform(0, LIMIT, SHAPE), "the mean of W1"),
        (lambda rng: rng.normal(0, STD, SHAPE), "expected none outside"),
        (lambda rng: STD * rng.choice([-1.0, 1.0], SHAPE), "are not spread as they should be"),
        (lambda _: np.full(SHAPE, STD), "W1"),
    ],
)
def test_samples_of_another_law_than_the_uniform_are_refused(
    draw: Callable[[np.random.Generator], Any], says: str, rng: np.random.Generator
) -> None:
    assert says in failure(draw(rng), UNIFORM)


@pytest.mark.parametrize(
    "sample", [None, 0.0, np.zeros(3), np.zeros(0), np.zeros(SHAPE, dtype=int), np.full(SHAPE, np.nan), "text"], ids=str
)
def test_what_is_no_sample_is_a_failure(sample: Any) -> None:
    assert failure(sample, NORMAL)
    assert failure(sample, UNIFORM)


def test_the_message_gives_the_observed_and_the_allowed_values(rng: np.random.Generator) -> None:
    message = failure(2 * rng.normal(0, STD, SHAPE), NORMAL)
    assert "expected 0.05 (allowed 0.04871 to 0.05129)" in message


def test_the_evidence_is_a_histogram_with_the_law(rng: np.random.Generator) -> None:
    with pytest.raises(CheckFailure) as caught:
        assert_distribution(rng.uniform(-LIMIT, LIMIT, SHAPE), NORMAL, name="W1")
    evidence = caught.value.evidence
    assert isinstance(evidence, DistributionEvidence)
    assert evidence.law == str(NORMAL)
    assert len(evidence.edges) == len(evidence.density) + 1 <= MAX_CELLS
    width = evidence.edges[1] - evidence.edges[0]
    assert sum(evidence.density) * width == pytest.approx(1.0)
    assert len(evidence.curve_x) == len(evidence.curve_density)
    assert max(evidence.curve_density) == pytest.approx(NORMAL.density(np.zeros(1))[0], rel=1e-3)


@pytest.mark.parametrize("scale", [1e9, 1e300])
def test_a_sample_too_wide_for_a_picture_has_none(rng: np.random.Generator, scale: float) -> None:
    with pytest.raises(CheckFailure) as caught:
        assert_distribution(scale * rng.normal(size=SHAPE), NORMAL)
    assert caught.value.evidence is None
