import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from grader.checks.remarks import remark_on_shape, remark_on_values

MATRIX = np.random.default_rng(0).normal(size=(4, 5))
SQUARE = np.random.default_rng(1).normal(size=(4, 4))


def remark(got: NDArray[np.float64], expected: NDArray[np.float64] = MATRIX, **sizes: int) -> str:
    return remark_on_values(got, expected, rtol=1e-9, sizes=sizes)


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (2 * MATRIX, "everywhere it is 2 times the expected value"),
        (MATRIX / 2, "everywhere it is half of the expected value"),
        (-MATRIX, "everywhere it is -1 times the expected value"),
        (0.8 * MATRIX, "everywhere it is 0.8 times the expected value"),
        (7 * MATRIX, "everywhere it is N times the expected value (N = 7)"),
        (MATRIX / 7, "everywhere it is 1/N of the expected value (N = 7)"),
        (MATRIX + 0.5, "everywhere it is the expected value plus 0.5"),
        (MATRIX - 0.5, "everywhere it is the expected value minus 0.5"),
        (0 * MATRIX, "all values are 0"),
        (0 * MATRIX + 3, "all values are 3"),
        (np.abs(MATRIX), "the sizes are right; the sign differs in"),
        (MATRIX[::-1], "these are the right rows, in another order"),
    ],
)
def test_what_holds_for_all_entries_is_remarked(got: NDArray[np.float64], says: str) -> None:
    assert remark(got, N=7).startswith(says)


def test_a_transposed_square_matrix_is_recognised() -> None:
    assert remark(SQUARE.T, SQUARE) == "these are the right values, transposed"


def test_values_in_another_order_are_recognised() -> None:
    assert remark(MATRIX[0][::-1], MATRIX[0]) == "these are the right values, in another order"


def test_one_entry_that_does_not_fit_ends_every_remark() -> None:
    for got in (2 * MATRIX, -MATRIX, MATRIX + 0.5, np.abs(MATRIX), MATRIX[::-1].copy(), SQUARE.T.copy()):
        expected = SQUARE if got.shape == SQUARE.shape else MATRIX
        spoilt = got.copy()
        spoilt[1, 1] += 0.01
        assert remark(spoilt, expected, N=7) == ""


def test_a_small_entry_must_show_the_factor_too() -> None:
    expected = np.array([1e6, 1.0, 2.0, 3.0])
    assert remark(np.array([2e6, 2.0, 4.0, 6.0]), expected).startswith("everywhere it is 2 times")
    assert remark(np.array([2e6, 2.001, 4.0, 6.0]), expected) == ""


@given(st.integers(0, 2**32 - 1))
def test_random_differences_are_never_remarked(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert remark(rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), N=5, D=3) == ""


def test_two_entries_are_too_few_for_all_but_a_named_factor() -> None:
    assert remark(np.array([1.3, 2.6]), np.array([1.0, 2.0])) == ""
    assert remark(np.array([1.0, -2.0]), np.array([1.0, 2.0])) == ""
    assert remark(1.3 * np.array([0.0, 0.0, 0.0, 1.0, 2.0]), np.array([0.0, 0.0, 0.0, 1.0, 2.0])) == ""
    assert remark(np.array([2.0, 4.0]), np.array([1.0, 2.0])) != ""


def test_a_constant_result_where_a_constant_is_expected_says_nothing() -> None:
    assert remark(np.full(5, 1.25), np.ones(5)) == ""


def test_zero_entries_stay_zero_under_a_factor() -> None:
    expected = np.array([0.0, 1.0, 2.0, 3.0])
    assert remark(2 * expected, expected).startswith("everywhere it is 2 times")
    assert "2 times" not in remark(np.array([1.0, 2.0, 4.0, 6.0]), expected)


def test_a_difference_within_the_slack_of_the_tolerance_says_nothing() -> None:
    assert remark(MATRIX * (1 + 2e-9)) == ""


def test_a_size_of_two_is_called_two() -> None:
    assert remark(2 * MATRIX, N=2) == "everywhere it is 2 times the expected value"


def test_numbers_that_are_not_finite_are_not_remarked() -> None:
    assert remark(np.full((4, 5), np.nan)) == ""


@pytest.mark.parametrize(
    ("got", "expected", "says"),
    [
        (MATRIX[0][None], MATRIX[0], "the values are right, only the shape is another"),
        (MATRIX[0][:, None], MATRIX[0], "the values are right, only the shape is another"),
        (MATRIX[:, 0], MATRIX[:, :1], "the values are right, only the shape is another"),
        (MATRIX.T, MATRIX, "these are the right values, transposed"),
        (MATRIX.ravel(), MATRIX, ""),
        (2 * MATRIX.T, MATRIX, ""),
        (MATRIX[:2], MATRIX, ""),
        (np.zeros(0), np.zeros((0, 3)), ""),
        (MATRIX.T > 0, MATRIX, ""),
    ],
)
def test_right_values_in_another_shape_are_recognised(
    got: NDArray[np.float64], expected: NDArray[np.float64], says: str
) -> None:
    assert remark_on_shape(got, expected, rtol=1e-9) == says
