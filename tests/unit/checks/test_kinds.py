from typing import Any

import numpy as np
import pytest

from grader.checks import CheckFailure, assert_array
from grader.checks.kinds import entry_name, part_name


def refused(got: Any, **options: Any) -> str:
    with pytest.raises(CheckFailure) as caught:
        assert_array(got, name="W1", **options)
    return caught.value.message


def test_an_array_of_the_right_shape_passes() -> None:
    for dtype in (np.float64, np.float32, np.int64, np.uint8):
        assert_array(np.zeros((2, 3), dtype), shape=(2, 3))
        assert_array(np.zeros((2, 3), dtype), shape=(2, 3), dtype=dtype)
    assert_array(np.zeros(3, bool), shape=(3,), dtype=bool)


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (None, "W1 is None; expected a numpy array of shape (2,)"),
        ([0.0, 0.0], "W1 is a list of 2 values"),
        (np.zeros((2, 1)), "W1 has shape (2, 1); expected (2,)"),
        (np.zeros(2).view(np.matrix), "W1 is a value of type matrix"),
        (np.zeros(2, complex), "W1 has dtype complex128; expected real numbers"),
        (np.zeros(2, bool), "W1 has dtype bool; expected real numbers"),
        (np.zeros(2, object), "W1 has dtype object; expected real numbers"),
        (np.array(["a", "b"]), "W1 has dtype <U1; expected real numbers"),
        (np.array([1.0, np.inf]), "1 of 2 values of W1 are not finite; the first, W1[1], is inf"),
    ],
)
def test_what_is_no_plain_array_of_finite_real_numbers_is_refused(got: Any, says: str) -> None:
    assert says in refused(got, shape=(2,))


def test_a_dtype_is_asked_for_exactly() -> None:
    assert refused(np.zeros(2), shape=(2,), dtype=np.float32) == "W1 has dtype float64; expected float32"
    assert "dtype bool" in refused(np.zeros(2, bool), shape=(2,), dtype=np.float64)


def test_infinities_pass_only_where_they_are_allowed() -> None:
    assert_array(np.array([1.0, np.inf]), shape=(2,), finite=False)


def test_entries_and_parts_are_named_as_in_python() -> None:
    assert entry_name("dW2", (np.int64(1), np.int64(0))) == "dW2[1, 0]"
    assert entry_name("loss", ()) == "loss"
    assert part_name("grads", "dW1") == 'grads["dW1"]'
    assert part_name("layers", 3) == "layers[3]"
