"""What is kept of an array is enough to recognise it, and to tell it from its neighbours."""

import msgspec
import numpy as np
import pytest

from grader.harness.outputs import SAME, same_value
from grader.harness.recording.calls import NEAR
from grader.harness.sketches import FEW, Sketch, Tolerance, is_same_array, sketch_of, sketched


@pytest.fixture
def array() -> np.ndarray:
    return np.random.default_rng(3).normal(size=(40, 30))


@pytest.mark.parametrize("dtype", ["float64", "float32", "complex128", "int64", "uint8", "bool"])
def test_an_array_is_recognised(array: np.ndarray, dtype: str) -> None:
    typed = (10 * np.abs(array)).astype(dtype)
    assert is_same_array(typed.copy(), sketch_of(typed), NEAR)
    assert is_same_array(np.asfortranarray(typed), sketch_of(typed), NEAR)


@pytest.mark.parametrize("tolerance", [SAME, NEAR])
def test_rounding_errors_are_overlooked(array: np.ndarray, tolerance: Tolerance) -> None:
    assert is_same_array(array * (1 + 1e-15), sketch_of(array), tolerance)


@pytest.mark.parametrize("entry", [(0, 0), (17, 11), (39, 29)])
def test_one_entry_moved_a_little_is_noticed(array: np.ndarray, entry: tuple[int, int]) -> None:
    moved = array.copy()
    moved[entry] += 1e-5
    assert not is_same_array(moved, sketch_of(array), NEAR)
    assert not is_same_array(moved, sketch_of(array), SAME)


def test_two_entries_swapped_are_noticed(array: np.ndarray) -> None:
    swapped = array.copy()
    swapped[5, 7], swapped[20, 3] = array[20, 3], array[5, 7]
    assert not is_same_array(swapped, sketch_of(array), SAME)


def test_another_shape_dtype_or_sign_is_another_array(array: np.ndarray) -> None:
    sketch = sketch_of(array)
    for other in (array.T, array.astype(np.float32), -array, array.reshape(-1)):
        assert not is_same_array(other, sketch, SAME)


def test_numbers_that_are_not_finite_are_compared_by_their_places(array: np.ndarray) -> None:
    array[3, 4], array[5, 6], array[7, 8] = np.nan, np.inf, -np.inf
    sketch = sketch_of(array)
    assert is_same_array(array.copy(), sketch, SAME)
    for place, value in (((3, 4), 0.0), ((5, 6), -np.inf), ((7, 8), np.nan), ((9, 9), np.nan)):
        other = array.copy()
        other[place] = value
        assert not is_same_array(other, sketch, SAME)


def test_whole_numbers_must_be_equal() -> None:
    counts = np.arange(100)
    assert not is_same_array(counts + (counts == 60), sketch_of(counts), SAME)


def test_only_larger_arrays_are_sketched_and_values_keep_their_form(array: np.ndarray) -> None:
    small = np.arange(FEW)
    value = {"small": small, "large": array, "pair": (array, 2.0), "text": "x"}
    kept = sketched(value)
    assert kept["small"] is small
    assert isinstance(kept["large"], Sketch)
    assert same_value(value, kept)
    assert same_value({**value, "pair": (array, 3.0)}, kept) is False


def test_a_sketch_survives_being_written_down(array: np.ndarray) -> None:
    sketch = sketch_of(array)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(sketch), type=Sketch) == sketch
