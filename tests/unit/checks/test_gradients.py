from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from grader.checks import CheckFailure, assert_gradient, assert_gradient_of
from grader.model.evidence import EntriesEvidence

RNG = np.random.default_rng(0)
GRADS = {"dW1": RNG.normal(size=(4, 3)), "db1": RNG.normal(size=3), "dW2": RNG.normal(size=(3, 2))}
X = RNG.normal(size=(5, 4))
W = RNG.normal(size=(4, 3))
DOUT = RNG.normal(size=(5, 3))


def failure(got: Any, expected: Any, **options: Any) -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        assert_gradient(got, expected, **options)
    return caught.value


def linear(points: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    return [point @ W for point in points]


def test_a_gradient_equals_itself() -> None:
    assert_gradient({key: value.copy() for key, value in GRADS.items()}, GRADS)
    assert_gradient(X.copy(), X)
    assert_gradient(1.5, 1.5)


def test_the_message_names_what_agrees_the_parameter_the_entry_and_both_numbers() -> None:
    got = {**GRADS, "dW2": GRADS["dW2"].copy()}
    got["dW2"][1, 0] += 2.0
    message = failure(got, GRADS).message
    assert message == (
        "dW1, db1 agree with the reference; dW2 differs; 1 of 6 entries of dW2 differ; "
        f"furthest off is dW2[1, 0] with {got['dW2'][1, 0]:.6g}; expected {GRADS['dW2'][1, 0]:.6g}"
    )


@pytest.mark.parametrize(
    ("factor", "says"),
    [
        (2.0, "everywhere it is 2 times the expected value"),
        (-1.0, "everywhere it is -1 times the expected value"),
        (7.0, "everywhere it is N times the expected value (N = 7)"),
        (1 / 7, "everywhere it is 1/N of the expected value (N = 7)"),
    ],
)
def test_a_constant_ratio_is_told(factor: float, says: str) -> None:
    assert failure({**GRADS, "dW1": factor * GRADS["dW1"]}, GRADS, sizes={"N": 7}).message.endswith(says)


def test_the_parameter_with_a_remark_is_shown_before_one_without() -> None:
    got = {**GRADS, "dW1": GRADS["dW1"] + RNG.normal(size=(4, 3)), "dW2": 2 * GRADS["dW2"]}
    raised = failure(got, GRADS)
    assert raised.message.startswith("db1 agrees with the reference; dW1, dW2 differ; 6 of 6 entries of dW2")
    assert isinstance(raised.evidence, EntriesEvidence)
    assert raised.evidence.name == "dW2"
    assert all(raised.evidence.differs)


def test_every_failure_shows_at_least_one_differing_entry() -> None:
    expected = np.zeros(10_000)
    raised = failure(np.full(10_000, 1.1e-11), expected)
    assert isinstance(raised.evidence, EntriesEvidence)
    assert any(raised.evidence.differs)


def test_rounding_noise_passes_against_an_exact_zero() -> None:
    assert_gradient(np.zeros(4), np.full(4, 2e-10))
    failure(np.zeros(4), np.full(4, 2e-9))


def test_the_criterion_is_of_norms() -> None:
    expected = np.array([1e6, 1.0])
    assert_gradient(np.array([1e6, 1.1]), expected)
    failure(np.array([1e6, 1.3]), expected)


def test_norms_neither_overflow_nor_underflow() -> None:
    assert_gradient(np.full(3, 1e200), np.full(3, 1e200))
    failure(np.full(3, 2e200), np.full(3, 1e200))
    assert_gradient(np.full(3, 5e-324), np.zeros(3))


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (None, "the gradient is None"),
        (X.T.copy(), "has shape (4, 5); expected (5, 4); these are the right values, transposed"),
        (X[..., None], "has shape (5, 4, 1); expected (5, 4); the values are right, only the shape is another"),
        (X.astype(int), "dtype int64"),
        (X + 0j, "dtype complex128"),
        (X > 0, "dtype bool"),
        (X * np.nan, "20 of 20 values of the gradient are not finite"),
        (X.view(np.matrix), "type matrix"),
    ],
)
def test_a_gradient_of_another_kind_never_passes(got: Any, says: str) -> None:
    assert says in failure(got, X).message


def test_keys_are_compared_first() -> None:
    assert "has no dW2" in failure({"dW1": None, "db1": None}, GRADS).message
    assert "has the further key dZ1;" in failure({**GRADS, "dZ1": X}, GRADS).message
    assert_gradient({**GRADS, "dZ1": X}, GRADS, allow_extra=True)


def test_a_right_gradient_of_ones_own_forward_passes() -> None:
    assert_gradient_of(linear, DOUT @ W.T, at=X, upstream=DOUT, reference_forward=linear)


@pytest.mark.parametrize(
    "wrong",
    [2 * DOUT @ W.T, DOUT @ W.T / 5, -DOUT @ W.T, DOUT @ W.T + 0.01, 0 * X],
    ids=["double", "1/N", "sign", "offset", "zero"],
)
def test_a_gradient_that_is_not_that_of_the_forward_is_refused(wrong: NDArray[np.float64]) -> None:
    with pytest.raises(CheckFailure, match="the numerical gradient of your own forward"):
        assert_gradient_of(linear, wrong, at=X, upstream=DOUT, reference_forward=linear, name="dx")


def test_a_gradient_right_for_the_reference_does_not_need_a_forward() -> None:
    def broken(points: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
        raise AssertionError(f"evaluated at {len(points)} points")

    assert_gradient_of(broken, DOUT @ W.T, at=X, upstream=DOUT, reference_forward=linear)
    with pytest.raises(AssertionError, match="evaluated at 40 points"):
        assert_gradient_of(broken, 2 * DOUT @ W.T, at=X, upstream=DOUT, reference_forward=linear)


def test_a_wrong_but_living_forward_can_be_followed() -> None:
    def scaled(points: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
        return [3 * point @ W for point in points]

    assert_gradient_of(scaled, 3 * DOUT @ W.T, at=X, upstream=DOUT, reference_forward=linear)


@pytest.mark.parametrize(
    "dead",
    [
        lambda points: [np.zeros((5, 3)) for _ in points],
        lambda points: [point[:, :3].copy() for point in points],
    ],
    ids=["constant", "identity"],
)
def test_a_forward_with_less_than_half_of_the_dependencies_is_not_followed(dead: Callable[[Any], Any]) -> None:
    gradient = {0: np.zeros((5, 4)), 1: np.pad(DOUT, ((0, 0), (0, 1)))}[int(bool(dead([X])[0].any()))]
    with pytest.raises(CheckFailure, match="depends on its input in"):
        assert_gradient_of(dead, gradient, at=X, upstream=DOUT, reference_forward=linear)


def test_a_forward_scaled_down_to_nothing_is_not_followed() -> None:
    def faint(points: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
        return [1e-12 * point @ W for point in points]

    with pytest.raises(CheckFailure, match="so its gradient says nothing yet"):
        assert_gradient_of(faint, np.zeros((5, 4)), at=X, upstream=DOUT, reference_forward=linear)


def test_gradients_of_parameters_are_found_under_their_own_name_or_with_a_d_before_it() -> None:
    at = {"W1": W, "b1": np.ones(3)}

    def cost(points: list[dict[str, NDArray[np.float64]]]) -> list[float]:
        return [float(((X @ point["W1"] + point["b1"]) * DOUT).sum()) for point in points]

    right = {"dW1": X.T @ DOUT, "db1": DOUT.sum(axis=0), "dZ1": DOUT}
    assert_gradient_of(cost, right, at=at, reference_forward=cost)
    assert_gradient_of(cost, {"W1": right["dW1"], "b1": right["db1"]}, at=at, reference_forward=cost)
    with pytest.raises(CheckFailure, match="dW1 agrees with the numerical gradient of your own forward; db1 differs"):
        assert_gradient_of(cost, {**right, "db1": DOUT.mean(axis=0)}, at=at, reference_forward=cost)
    with pytest.raises(CheckFailure, match="has no db1"):
        assert_gradient_of(cost, {"dW1": right["dW1"]}, at=at, reference_forward=cost)
    with pytest.raises(CheckFailure, match="expected a dict of gradients"):
        assert_gradient_of(cost, X, at=at, reference_forward=cost)


def test_a_mask_that_kills_a_whole_branch_is_no_false_alarm() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        x, mask = rng.normal(size=(6, 5)) + 3, rng.random((6, 5)) < 0.5
        mask[:, 0] = False

        def cost(points: list[NDArray[np.float64]], mask: NDArray[np.bool_] = mask) -> list[float]:
            return [float(np.tanh(point * mask).sum()) for point in points]

        assert_gradient_of(cost, (1 - np.tanh(x * mask) ** 2) * mask, at=x, reference_forward=cost)


@pytest.mark.parametrize("size", [1e200, 1.7e308])
def test_a_gradient_of_huge_entries_does_not_pass_for_being_too_large_to_measure(size: float) -> None:
    expected = np.array([1.0, -2.0, 3.0])
    with pytest.raises(CheckFailure):
        assert_gradient(size * np.sign(expected), expected)
    assert_gradient(size * np.sign(expected), size * np.sign(expected))
