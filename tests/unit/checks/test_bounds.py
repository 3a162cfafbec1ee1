import math

import numpy as np
import pytest

from grader.checks.bounds import (
    FALSE_ALARM,
    dkw_radius,
    hoeffding_radius,
    log_probability_of_equal_counts,
    normal_quantile,
    variance_ratio_range,
)

DRAWS = 2000
P = 1e-2


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)


def test_the_bounds_are_those_of_the_specification() -> None:
    assert FALSE_ALARM == 1e-11
    assert normal_quantile() == pytest.approx(6.81, abs=0.005)
    assert variance_ratio_range(40_000) == pytest.approx((0.949, 1.0523), abs=1e-3)
    assert variance_ratio_range(15_000) == pytest.approx((0.917, 1.087), abs=1e-3)
    assert hoeffding_radius(100_000) == pytest.approx(0.0114, abs=1e-4)
    assert hoeffding_radius(20_000) == pytest.approx(0.0255, abs=1e-4)
    assert dkw_radius(40_000) == pytest.approx(0.018, abs=1e-3)


def test_the_quantile_of_the_normal_law_is_right_at_known_points() -> None:
    assert normal_quantile(0.05) == pytest.approx(1.959964, abs=1e-6)
    assert normal_quantile(0.0026997960632601866) == pytest.approx(3.0, abs=1e-9)


def test_the_variance_of_a_normal_sample_leaves_its_range_less_often_than_stated(rng: np.random.Generator) -> None:
    n = 400
    low, high = variance_ratio_range(n, false_alarm=P)
    ratios = (rng.normal(size=(DRAWS, n)) ** 2).mean(axis=1)
    assert ((ratios < low) | (ratios > high)).mean() <= P


def test_the_mean_of_a_normal_sample_leaves_its_range_about_as_often_as_stated(rng: np.random.Generator) -> None:
    z = rng.normal(size=(DRAWS, 400)).sum(axis=1) / 20
    exceeded = (np.abs(z) > normal_quantile(P)).mean()
    assert exceeded <= P + 3 * math.sqrt(P / DRAWS)


@pytest.mark.parametrize("probability", [0.05, 0.2, 0.5, 0.95])
def test_a_rate_leaves_its_range_less_often_than_stated(rng: np.random.Generator, probability: float) -> None:
    n = 1000
    rates = rng.binomial(n, probability, size=DRAWS) / n
    assert (np.abs(rates - probability) > hoeffding_radius(n, false_alarm=P)).mean() <= P


def test_an_empirical_distribution_leaves_its_band_about_as_often_as_stated(rng: np.random.Generator) -> None:
    n = 300
    ordered = np.sort(rng.random((DRAWS, n)), axis=1)
    steps = np.arange(n + 1) / n
    distance = np.maximum((steps[1:] - ordered).max(axis=1), (ordered - steps[:-1]).max(axis=1))
    assert (distance > dkw_radius(n, false_alarm=P)).mean() <= P + 3 * math.sqrt(P / DRAWS)


def test_equal_counts_are_at_least_as_unlikely_as_they_are(rng: np.random.Generator) -> None:
    counts = rng.binomial(6, 0.3, size=(50_000, 2))
    observed = (counts[:, 0] == counts[:, 1]).mean()
    assert math.exp(log_probability_of_equal_counts(2, 6, 0.3)) >= observed
    assert log_probability_of_equal_counts(400, 250, 0.5) < math.log(FALSE_ALARM)
