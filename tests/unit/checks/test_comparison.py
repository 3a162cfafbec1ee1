from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.checks import CheckFailure, assert_close, assert_equal
from grader.model.evidence import EntriesEvidence

MATRIX = np.random.default_rng(0).normal(size=(4, 5))
SQUARE = np.random.default_rng(1).normal(size=(4, 4))


def failure(got: Any, expected: Any, **options: Any) -> str:
    with pytest.raises(CheckFailure) as caught:
        assert_close(got, expected, **options)
    return caught.value.message


def unequal(got: Any, expected: Any) -> str:
    with pytest.raises(CheckFailure) as caught:
        assert_equal(got, expected)
    return caught.value.message


@given(hnp.arrays(np.float64, hnp.array_shapes(min_side=0), elements=st.floats(allow_nan=True, allow_infinity=True)))
def test_every_array_is_close_to_itself(array: np.ndarray) -> None:
    assert_close(array.copy(), array, allow_non_finite=True)
    if np.isfinite(array).all():
        assert_close(array.copy(), array)
        assert_equal(array.copy(), array)


@settings(deadline=None)
@given(
    hnp.arrays(np.float64, (3, 4), elements=st.floats(-1e6, 1e6)),
    st.integers(0, 11),
    st.sampled_from([1e-3, -1e-3, 1.0, np.inf, -np.inf, np.nan]),
)
def test_an_entry_that_is_off_is_always_found(array: np.ndarray, index: int, by: float) -> None:
    got = array.copy()
    got.flat[index] += by * max(1.0, float(np.abs(array).max()))
    failure(got, array)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
        max_leaves=6,
    )
)
def test_whatever_comes_the_comparison_raises_nothing_but_a_verdict(value: Any) -> None:
    for expected in (MATRIX, 1.5, 3, {"W1": MATRIX}, [1.0, 2.0], "text", None, True):
        for compare in (assert_close, assert_equal):
            with suppress(CheckFailure):
                compare(value, expected)


def test_the_order_of_summation_does_not_matter() -> None:
    values = np.random.default_rng(2).normal(size=10_000)
    assert_close(float(values.sum()), float(values[::-1].cumsum()[-1]))


def test_the_default_tolerance_is_1e_9_of_each_value_and_1e_12_of_the_largest() -> None:
    expected = np.array([1.0, 1000.0, 0.0])
    assert_close(np.array([1.0 + 9e-10, 1000.0, 0.9e-9]), expected)
    failure(np.array([1.0 + 3e-9, 1000.0, 0.0]), expected)
    failure(np.array([1.0, 1000.0, 1.1e-9]), expected)


def test_where_all_expected_values_are_zero_only_zero_will_do() -> None:
    assert_close(np.zeros(3), np.zeros(3))
    failure(np.full(3, 1e-15), np.zeros(3))
    assert_close(np.full(3, 1e-15), np.zeros(3), atol=1e-12)


def test_a_tiny_expected_value_is_compared_relative_to_itself() -> None:
    failure(np.array([-1.00008890058234e-12]), np.array([-1e-12]))


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (None, "is None"),
        (1.0, "is the number 1"),
        ([[1.0]], "is a list of 1 value"),
        (MATRIX.view(np.matrix), "type matrix"),
        (np.ma.array(MATRIX), "type MaskedArray"),
        (MATRIX[:, :1], "has shape (4, 1)"),
        (np.float64(3.0), "is the number 3"),
        (MATRIX[None], "has shape (1, 4, 5)"),
        (MATRIX.astype(int), "dtype int64"),
        (MATRIX > 0, "dtype bool"),
        (MATRIX + 0j, "dtype complex128"),
        (MATRIX.astype(object), "dtype object"),
    ],
)
def test_an_array_of_another_kind_never_passes(got: Any, says: str) -> None:
    assert says in failure(got, MATRIX)


def test_nothing_is_broadcast() -> None:
    failure(np.ones(()), np.ones(3))
    failure(np.ones(1), np.ones(3))
    failure(np.ones((3, 1)), np.ones((3, 3)))
    failure(np.ones(3), 1.0)


def test_boolean_and_integer_arrays_are_compared_exactly() -> None:
    assert_close(np.array([True, False]), np.array([True, False]))
    assert_close(np.array([1, 2], dtype=np.int32), np.array([1, 2]))
    assert "dtype int64" in failure(np.array([1, 0]), np.array([True, False]))
    assert "dtype bool" in failure(np.array([True, False]), np.array([1, 0]))
    big = np.array([10**17])
    assert "100000000000000001" in failure(big + 1, big)


def test_nan_passes_only_where_it_is_expected_and_allowed() -> None:
    expected = np.array([1.0, np.nan])
    assert_close(expected.copy(), expected, allow_non_finite=True)
    assert_close(np.nan, np.nan, allow_non_finite=True)
    assert "not finite" in failure(np.array([np.nan, np.nan]), expected, allow_non_finite=True)
    assert failure(np.array([1.0, 2.0]), expected)
    assert failure(np.nan, 1.0) == "the result is nan; expected 1"


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_two_results_of_a_student_are_not_equal_for_being_both_not_finite(bad: float) -> None:
    assert "another of your results" in failure(np.array([1.0, bad]), np.array([1.0, bad]))
    assert "another of your results" in failure(bad, bad)


def test_infinity_passes_only_as_the_same_infinity() -> None:
    infinite = np.array([np.inf, 1.0])
    assert_close(infinite.copy(), infinite, allow_non_finite=True)
    failure(np.array([-np.inf, 1.0]), infinite, allow_non_finite=True)
    failure(np.array([1e308, 1.0]), infinite, allow_non_finite=True)
    failure(np.inf, 1e308, rtol=1.0)


def test_the_first_value_that_is_not_finite_is_named() -> None:
    got = MATRIX.copy()
    got[1, 2] = got[3, 0] = np.nan
    message = failure(got, MATRIX, name="out")
    assert message.startswith("2 of 20 values of out are not finite; the first, out[1, 2], is nan")
    assert message.endswith(f"expected {MATRIX[1, 2]:.6g}")


def test_float32_is_compared_in_float64_and_refused_only_if_asked() -> None:
    assert_close(MATRIX.astype(np.float32), MATRIX, rtol=1e-6)
    message = failure(MATRIX.astype(np.float32), MATRIX)
    assert message.endswith("they agree as far as float32 can tell; expected them as precise as float64")
    assert "float32" not in failure(2 * MATRIX.astype(np.float32), MATRIX)
    assert_close(MATRIX.astype(np.float32), MATRIX, rtol=1e-6, dtype=np.float32)
    assert failure(MATRIX, MATRIX, dtype=np.float32) == "the result has dtype float64; expected float32"


def test_a_number_may_be_of_python_or_numpy_or_a_0d_array() -> None:
    for got in (2.0, 2, np.float32(2), np.int64(2), np.array(2.0)):
        assert_close(got, 2.0)
        assert_close(got, 2)


@pytest.mark.parametrize("got", [True, np.True_, 2 + 0j, np.array([2.0]), np.array([[2.0]]), "2.0", None, [2.0]])
def test_what_is_not_one_real_number_never_passes_for_one(got: Any) -> None:
    assert "expected the number 2" in failure(got, 2.0)


@pytest.mark.parametrize("digits", [30, 400, 5000])
def test_an_enormous_integer_is_a_verdict_not_an_error(digits: int) -> None:
    got = 10**digits
    failure(got, 1.0)
    failure(got, 1)
    unequal(got, 1)


def test_a_message_says_how_many_where_first_and_where_furthest() -> None:
    got = MATRIX.copy()
    got[0, 3] += 0.25
    got[2, 1] -= 7.0
    message = failure(got, MATRIX, name="out")
    assert message.startswith("2 of 20 values of out differ; the first, out[0, 3], is ")
    assert f"is {got[0, 3]:.6g}; expected {MATRIX[0, 3]:.6g}" in message
    assert f"furthest off is out[2, 1] with {got[2, 1]:.6g}; expected {MATRIX[2, 1]:.6g}" in message
    assert "allowed difference" in message


def test_two_numbers_are_shown_with_as_many_digits_as_it_takes_to_tell_them_apart() -> None:
    assert failure(1.00000001, 1.0).startswith("the result is 1.00000001; expected 1 ")


def test_a_small_array_is_shown_whole() -> None:
    message = failure(np.array([1.0, 2.0, 4.0]), np.array([1.0, 2.0, 3.0]), name="db")
    assert message.startswith("db is [1, 2, 4]; expected [1, 2, 3]")


def test_a_failed_array_carries_its_entries_as_evidence() -> None:
    got = MATRIX.copy()
    got[0, 1] = 9.0
    with pytest.raises(CheckFailure) as caught:
        assert_close(got, MATRIX, name="out")
    evidence = caught.value.evidence
    assert isinstance(evidence, EntriesEvidence)
    assert (evidence.name, evidence.shape, evidence.rows, evidence.columns) == ("out", (4, 5), 4, 5)
    assert evidence.differs.index(True) == 1
    assert evidence.got[1] == 9.0
    assert evidence.expected == tuple(MATRIX.ravel())


def test_dictionaries_are_compared_keys_first() -> None:
    expected = {"W1": MATRIX, "b1": MATRIX[0]}
    assert_close(dict(reversed(list(expected.items()))), expected)
    message = failure({"W1": MATRIX, "bias": MATRIX[0]}, expected, name="parameters")
    assert message == "parameters has no b1 and has the further key bias; expected the keys W1, b1"
    assert failure([MATRIX], expected).startswith("the result is a list of 1 value; expected a dict")


def test_unexpected_keys_pass_only_if_allowed() -> None:
    expected = {"W1": MATRIX}
    failure({"W1": MATRIX, "x": 1}, expected)
    assert_close({"W1": MATRIX, "x": 1}, expected, allow_extra=True)


def test_a_part_of_a_nested_value_is_named_as_in_python() -> None:
    expected = {"layers": [(MATRIX, 1.0), (MATRIX, 2.0)], "name": "relu", "on": True}
    assert_close({"layers": [[MATRIX, 1.0], [MATRIX, 2.0]], "name": "relu", "on": True}, expected)
    message = failure({**expected, "layers": [(MATRIX, 1.0), (MATRIX, 3.0)]}, expected, name="model")
    assert message.startswith('model["layers"][1][1] is 3; expected 2')
    assert failure({**expected, "name": "tanh"}, expected, name="model").startswith('model["name"] is the text "tanh"')
    assert "the number 1" in failure({**expected, "on": 1}, expected)


def test_a_sequence_of_another_length_is_named_so() -> None:
    assert failure([1.0], [1.0, 2.0]) == "the result has 1 value; expected 2"
    assert failure(3.0, [1.0, 2.0]) == "the result is the number 3; expected 2 values"


def test_a_scalar_off_by_a_named_factor_is_told_so() -> None:
    assert failure(0.5, 1.0, name="loss").endswith("it is half of the expected value")
    assert failure(21.0, 3.0, sizes={"N": 7}).endswith("it is N times the expected value (N = 7)")
    assert "times" not in failure(0.7, 1.0)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (True, True),
        (np.True_, True),
        (3, 3),
        (np.int32(3), 3),
        (np.array(3), 3),
        ("correct", "correct"),
        (None, None),
        ((3, 4), (3, 4)),
        ([3, 4], (3, 4)),
        ([("W1", (3, 4))], [("W1", (3, 4))]),
        ({"a": 1}, {"a": 1}),
        (2.5, 2.5),
    ],
)
def test_equal_values_are_equal(got: Any, expected: Any) -> None:
    assert_equal(got, expected)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (True, 1),
        (1, True),
        (3.0, 3),
        (4, 3),
        ("a", "b"),
        (None, 0),
        ("1", 1),
        (np.array([True]), True),
        ((3, 4), (3, 5)),
        (np.arange(3.0), np.arange(3)),
        (np.nextafter(2.5, 3), 2.5),
    ],
)
def test_unequal_values_are_not_equal(got: Any, expected: Any) -> None:
    assert unequal(got, expected)


def test_large_arrays_are_described_without_printing_them() -> None:
    large = np.random.default_rng(0).normal(size=(400, 250))
    message = failure(large * 1.5, large)
    assert len(message) < 400
    assert "everywhere it is 1.5 times" in message
