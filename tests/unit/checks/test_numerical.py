from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailure, numerical_gradient

X = np.random.default_rng(0).normal(size=(3, 4))


def test_the_gradient_of_a_scalar_cost_is_exact_to_rounding() -> None:
    found = numerical_gradient(lambda points: [float((p**2).sum()) for p in points], X)
    np.testing.assert_allclose(found.gradient, 2 * X, atol=1e-9)
    assert found.dependencies == X.size


def test_the_upstream_gradient_weighs_the_outputs() -> None:
    weights = np.random.default_rng(1).normal(size=(4, 2))
    upstream = np.random.default_rng(2).normal(size=(3, 2))
    found = numerical_gradient(lambda points: [p @ weights for p in points], X, upstream=upstream)
    np.testing.assert_allclose(found.gradient, upstream @ weights.T, atol=1e-9)
    assert found.dependencies == 3 * 4 * 2


def test_a_dictionary_is_moved_one_entry_of_one_part_at_a_time() -> None:
    at = {"W": X, "b": X[0]}

    def forward(points: list[dict[str, np.ndarray]]) -> list[float]:
        for point in points:
            moved = sum(int((point[key] != at[key]).sum()) for key in at)
            assert moved == 1
        return [float((p["W"] * 3).sum() + (p["b"] ** 2).sum()) for p in points]

    found = numerical_gradient(forward, at)
    np.testing.assert_allclose(found.gradient["W"], np.full_like(X, 3.0), atol=1e-9)
    np.testing.assert_allclose(found.gradient["b"], 2 * X[0], atol=1e-9)


def test_the_forward_is_called_once_with_points_of_its_own() -> None:
    calls: list[int] = []

    def forward(points: list[np.ndarray]) -> list[float]:
        calls.append(len(points))
        values = [float(p.sum()) for p in points]
        for point in points:
            point[...] = 0.0
        return values

    before = X.copy()
    np.testing.assert_allclose(numerical_gradient(forward, X).gradient, np.ones_like(X), atol=1e-9)
    assert calls == [2 * X.size]
    assert (before == X).all()


def test_integers_are_moved_in_float64() -> None:
    found = numerical_gradient(lambda points: [float((p**2).sum()) for p in points], np.arange(4))
    np.testing.assert_allclose(found.gradient, 2.0 * np.arange(4), atol=1e-9)


def test_dependencies_count_pairs_of_input_and_output_above_the_noise() -> None:
    def per_row(points: list[np.ndarray]) -> list[np.ndarray]:
        return [p - p.mean(axis=1, keepdims=True) for p in points]

    found = numerical_gradient(per_row, X, upstream=np.ones_like(X))
    assert found.dependencies == 3 * 4 * 4
    np.testing.assert_allclose(found.gradient, 0.0, atol=1e-9)


@pytest.mark.parametrize(
    ("output", "says"),
    [
        (np.zeros((3, 4)), "expected one number"),
        (None, "is missing"),
        (np.nan, "nan"),
        (True, "expected one number"),
    ],
)
def test_an_output_that_cannot_be_differentiated_is_a_failure(output: Any, says: str) -> None:
    with pytest.raises(CheckFailure) as caught:
        numerical_gradient(lambda points: [output for _ in points], X)
    assert says in caught.value.message or output is None


def test_rounding_noise_is_no_dependency() -> None:
    at = 1000 * X

    def all_but_the_first(points: list[np.ndarray]) -> list[float]:
        return [float(p.sum() - p[0, 0]) for p in points]

    nudged = at.copy()
    nudged[0, 0] += 1e-5
    assert all_but_the_first([nudged]) != all_but_the_first([at])
    assert numerical_gradient(all_but_the_first, at).dependencies == X.size - 1


def test_the_step_is_small_enough_for_a_curved_function() -> None:
    found = numerical_gradient(lambda points: [float(np.exp(p).sum()) for p in points], X)
    np.testing.assert_allclose(found.gradient, np.exp(X), rtol=1e-8)


def test_a_forward_without_bounds_is_a_failure() -> None:
    with pytest.raises(CheckFailure, match="changes without bounds"):
        numerical_gradient(lambda points: [float(np.sign((p - X).sum())) * 1e308 for p in points], X)


def test_a_missing_output_is_a_failure() -> None:
    with pytest.raises(CheckFailure, match="3 outputs at 24 points"):
        numerical_gradient(lambda _: [1.0] * 3, X)


def test_an_empty_point_has_an_empty_gradient() -> None:
    found = numerical_gradient(lambda points: [0.0 for _ in points], np.zeros((0, 3)))
    assert found.gradient.shape == (0, 3)
    assert found.dependencies == 0
