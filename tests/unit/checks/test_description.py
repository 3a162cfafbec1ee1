from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.checks.description import describe_call, describe_value, number, numbers_apart, short_list
from grader.wire import Handle


def test_a_call_names_its_arguments_and_describes_large_ones() -> None:
    call = describe_call(
        "dropout_forward",
        ("x", "keep_prob: float", "mode", "rng=None"),
        (np.zeros((64, 500)), 0.8, "train", np.random.default_rng(0)),
        {},
    )
    assert call == 'dropout_forward(x: float64 (64, 500), keep_prob=0.8, mode="train", rng)'


def test_small_arrays_dicts_sequences_and_callables_have_their_own_form() -> None:
    parameters = {"W1": np.zeros((2, 3)), "b1": np.zeros(3), "W2": 0, "b2": 0, "W3": 0}
    args = (np.array([1.0, 2.5]), parameters, (3, 4), [np.zeros(2), 1.0], len, None, (2,))
    assert describe_call("f", ("w",), args, {"lambd": 0.1}) == (
        "f(w=[1, 2.5], argument 2: {W1 (2, 3), b1 (3,), W2, b2, …}, argument 3=(3, 4), argument 4=[float64 (2,), 1], "
        "argument 5, argument 6=None, argument 7=(2,), lambd=0.1)"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "None"),
        (True, "the boolean True"),
        (np.False_, "the boolean False"),
        (3, "the number 3"),
        (1 / 3, "the number 0.333333"),
        (-0.0, "the number 0"),
        (2j, "the number 0+2j"),
        (np.float32(0.1), "the number 0.1"),
        ("relu", 'the text "relu"'),
        (b"x", "a value of type bytes"),
        ({}, "an empty dict"),
        ({"W1": np.zeros((2, 3)), 4: 1}, "a dict with W1 (2, 3), 4"),
        ((), "an empty tuple"),
        ([1], "a list of 1 value"),
        ((1, 2), "a tuple of 2 values"),
        (Handle(3), "an object"),
        (np.array([1.0, 2.0]), "the float64 array [1, 2]"),
        (np.array([[True], [False]]), "the bool array [[True], [False]]"),
        (np.array(2.0), "the 0-d float64 array 2"),
        (np.zeros((3, 4)), "an array float64 (3, 4)"),
        (np.zeros(0), "an array float64 (0,)"),
        (np.zeros(2).view(np.matrix), "a value of type matrix"),
    ],
)
def test_a_value_is_put_into_a_few_words(value: Any, words: str) -> None:
    assert describe_value(value) == words


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text() | st.integers(), inner),
    )
    | hnp.arrays(hnp.scalar_dtypes(), hnp.array_shapes(min_dims=0, min_side=0))
)
def test_any_value_has_short_words(value: Any) -> None:
    assert 0 < len(describe_value(value)) < 2000
    assert describe_call("f", (), (value,), {"x": value}).startswith("f(")


def test_a_long_text_or_key_is_cut() -> None:
    assert len(describe_value("x" * 10_000)) < 100
    assert len(describe_value({"k" * 10_000: 1})) < 200
    assert len(describe_call("f", ("x",), ({"k" * 10_000: 1}, "y" * 10_000, [1.0] * 10_000), {})) < 500


def test_an_enormous_integer_is_described_by_its_length() -> None:
    assert number(10**5000) == f"an integer of {(10**5000).bit_length()} bits"
    assert describe_value(-(10**5000)) == number(-(10**5000))


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_two_different_numbers_look_different(one: float, other: float) -> None:
    shown = numbers_apart(one, other)
    assert (shown[0] != shown[1]) == (one != other)


def test_similar_numbers_get_no_more_digits_than_they_need() -> None:
    assert numbers_apart(1.0, 2.0) == ("1", "2")
    assert numbers_apart(1.0, 1.0000001) == ("1", "1.0000001")


def test_a_long_list_is_cut() -> None:
    assert short_list(["W1", "b1"]) == "W1, b1"
    assert short_list(f"W{i}" for i in range(100)).endswith("W11, …")
    assert short_list([1, (2, 3)]) == "1, (2, 3)"
