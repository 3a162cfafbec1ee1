"""The gate that constants, zeros and the input itself do not pass."""

from typing import Any

import numpy as np
import pytest

from grader.checks.student import CallRecord
from grader.harness.liveness import is_alive
from grader.model.assignment import Kind, Question, Returned

QUESTION = Question(
    id="f", module="m", title="f", points=1, difficulty=1, returns=(Returned(name="out", kind=Kind.ARRAY),)
)
A, B = np.array([1.0, 2.0]), np.array([3.0, 5.0])


def record(argument: Any, value: Any, *, returned: bool = True) -> CallRecord:
    return CallRecord(question=QUESTION, args=(argument,), kwargs={}, parameters=("x",), value=value, returned=returned)


def pairs(*calls: tuple[Any, Any, Any]) -> list[tuple[CallRecord, CallRecord]]:
    """Each call: the argument, what the student returned, what the reference returned."""
    return [(record(argument, ours), record(argument, theirs)) for argument, ours, theirs in calls]


def test_a_function_that_varies_with_its_input_is_alive() -> None:
    assert is_alive(pairs((A, 3 * A, 2 * A), (B, 3 * B, 2 * B)))


@pytest.mark.parametrize("constant", [np.zeros(2), np.ones(2)])
def test_a_constant_is_dead(constant: Any) -> None:
    assert not is_alive(pairs((A, constant, 2 * A), (B, constant, 2 * B)))


def test_the_input_and_a_copy_of_it_are_dead() -> None:
    assert not is_alive(pairs((A, A, 2 * A), (B, B, 2 * B)))
    assert not is_alive(pairs((A, A.copy(), 2 * A), (B, B.copy(), 2 * B)))


def test_the_input_may_come_back_where_the_reference_returns_it_too() -> None:
    assert is_alive(pairs((A, A, A), (B, 2 * B, 2 * B)))


def test_a_function_that_never_returns_is_dead() -> None:
    assert not is_alive([(record(A, None, returned=False), record(A, 2 * A))])


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_values_that_are_not_finite_do_not_count(bad: float) -> None:
    assert not is_alive(pairs((A, np.full(2, bad), 2 * A), (B, np.full(2, bad), 2 * B)))


def test_outputs_that_differ_only_in_shape_do_not_vary() -> None:
    longer = np.arange(4.0)
    dead = pairs((A, np.zeros(2), 2 * A), (B, np.zeros(2), 2 * B), (longer, np.zeros(4), 2 * longer))
    assert not is_alive(dead)


def test_a_constant_of_another_dtype_is_the_same_constant() -> None:
    single = A.astype(np.float32)
    assert not is_alive(pairs((A, np.zeros(2), 2 * A), (single, np.zeros(2, np.float32), 3 * single)))


def test_zeros_of_the_inputs_shape_are_dead_where_no_two_calls_have_one_shape() -> None:
    longer = np.arange(4.0)
    assert not is_alive(pairs((A, np.zeros(2), 2 * A), (longer, np.zeros(4), 2 * longer)))


def test_a_right_result_put_into_the_argument_is_alive() -> None:
    calls = [({"W": 2 * x}, {"W": 2 * x}, {"W": 2 * x}) for x in (A, B)]
    given_back = [(record(changed, ours), record({"W": theirs["W"] / 2}, theirs)) for changed, ours, theirs in calls]
    assert is_alive(given_back)
