import math

import numpy as np
import pytest

from grader.checks import Normal, Uniform
from grader.checks.laws import Law
from grader.errors import AssignmentError

LAWS: list[Law] = [Normal(std=0.5, mean=1.0), Uniform(-2.0, 1.0)]


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_the_density_is_the_slope_of_the_distribution_function(law: Law) -> None:
    points = np.linspace(law.mean - 1.4 * law.std, law.mean + 1.4 * law.std, 50)
    slope = (law.cdf(points + 5e-3) - law.cdf(points - 5e-3)) / 1e-2
    np.testing.assert_allclose(law.density(points), slope, rtol=1e-3)


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_mean_and_deviation_are_the_moments_of_the_density(law: Law) -> None:
    points, step = np.linspace(law.mean - 12 * law.std, law.mean + 12 * law.std, 400_001, retstep=True)
    weights = law.density(points) * step
    assert weights.sum() == pytest.approx(1.0, abs=1e-4)
    assert (weights * points).sum() == pytest.approx(law.mean, abs=1e-4)
    assert math.sqrt((weights * (points - law.mean) ** 2).sum()) == pytest.approx(law.std, rel=1e-3)


def test_a_law_is_told_in_words() -> None:
    assert str(Normal(std=0.05)) == "normal, mean 0, standard deviation 0.05"
    assert str(Uniform(-0.5, 0.5)) == "uniform from -0.5 to 0.5"


@pytest.mark.parametrize("std", [0.0, -1.0, math.nan])
def test_a_normal_law_without_a_spread_is_a_fault_of_the_check(std: float) -> None:
    with pytest.raises(AssignmentError):
        Normal(std=std)


def test_a_uniform_law_without_a_width_is_a_fault_of_the_check() -> None:
    with pytest.raises(AssignmentError):
        Uniform(1.0, 1.0)


def test_the_normal_distribution_function_has_its_known_values() -> None:
    quantiles = np.array([-8.0, -1.959964, -1.0, 0.0, 0.5, 2.575829, 12.0])
    known = [6.22e-16, 0.025, 0.15865525, 0.5, 0.69146246, 0.995, 1.0]
    np.testing.assert_allclose(Normal(std=3.0, mean=2.0).cdf(2.0 + 3.0 * quantiles), known, atol=2e-7)
