"""A recorded function answers as the reference did, for the same questions, and for no others."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.checks.spies import Spy
from grader.errors import AssignmentError
from grader.harness.recording.calls import Answering, NotRecordedError, Recorder


def scale(x: np.ndarray, factor: float = 2.0) -> np.ndarray:
    return factor * x


def draw(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    return rng.normal(size=shape)


def keep_average(x: np.ndarray, state: dict[str, Any]) -> np.ndarray:
    state["mean"] = 0.9 * state["mean"] + 0.1 * x.mean()
    x -= state["mean"]
    return x


def refuse(x: float) -> float:
    raise ValueError(f"{x} is not allowed")


def slope(f: Callable[[float], float], x: float, step: float = 1e-5) -> float:
    return (f(x + step) - f(x - step)) / (2 * step)


class Pair:
    """Records a function, then answers from the recording."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._recorder = Recorder()
        self._signature = inspect.signature(function)
        self.listening = self._recorder.listening("module.function", function, self._signature)

    @property
    def answering(self) -> Callable[..., Any]:
        answers = list(self._recorder.answers.values())
        return Answering(answers).answering("module.function", self._signature)


def test_the_same_arguments_get_the_same_answer_however_they_are_passed() -> None:
    pair, x = Pair(scale), np.arange(40.0)
    pair.listening(x, 3.0)
    pair.listening(x)
    np.testing.assert_array_equal(pair.answering(factor=3.0, x=x), 3 * x)
    np.testing.assert_array_equal(pair.answering(x), 2 * x)


def test_arguments_off_by_rounding_get_the_answer_too() -> None:
    pair, x = Pair(scale), np.random.default_rng(0).normal(size=(8, 9))
    for factor in (2.0, 3.0, 4.0):
        pair.listening(x, factor)
    np.testing.assert_array_equal(pair.answering(x * (1 + 2e-16), 3.0 * (1 + 2e-16)), 3 * x)


@pytest.mark.parametrize("change", [1e-5, 1.0, np.nan])
def test_other_arguments_get_none(change: float) -> None:
    pair, x = Pair(scale), np.random.default_rng(0).normal(size=(8, 9))
    pair.listening(x, 3.0)
    moved = x.copy()
    moved[4, 5] += change
    with pytest.raises(NotRecordedError, match=r"module\.function"):
        pair.answering(moved, 3.0)
    with pytest.raises(NotRecordedError):
        pair.answering(x, 3.5)


def test_a_generator_is_left_as_the_reference_left_it() -> None:
    pair = Pair(draw)
    expected = pair.listening((3, 4), np.random.default_rng(1))
    rng, other = np.random.default_rng(1), np.random.default_rng(1)
    np.testing.assert_array_equal(pair.answering((3, 4), rng), expected)
    draw((3, 4), other)
    assert rng.random() == other.random()
    with pytest.raises(NotRecordedError):
        pair.answering((3, 4), np.random.default_rng(2))


def test_arguments_are_changed_as_the_reference_changed_them() -> None:
    pair, x = Pair(keep_average), np.arange(6.0)
    pair.listening(x.copy(), state := {"mean": 1.0})
    ours, our_state = x.copy(), {"mean": 1.0}
    pair.answering(ours, our_state)
    assert our_state == state
    np.testing.assert_array_equal(ours, x - state["mean"])


def test_what_the_reference_raised_is_raised_again() -> None:
    pair = Pair(refuse)
    with pytest.raises(ValueError, match="not allowed"):
        pair.listening(2.0)
    with pytest.raises(ValueError, match=r"2\.0 is not allowed"):
        pair.answering(2.0)


def test_a_function_that_is_passed_is_asked_what_the_reference_asked_it() -> None:
    pair, spy = Pair(slope), Spy(lambda x: x**3)
    expected = pair.listening(lambda x: x**3, 2.0)
    assert pair.answering(spy, 2.0) == expected
    assert spy.points == [2.0 + 1e-5, 2.0 - 1e-5]


def test_an_answer_for_one_function_is_not_given_to_another() -> None:
    pair = Pair(slope)
    cube, square = pair.listening(lambda x: x**3, 2.0), pair.listening(lambda x: x**2, 2.0)
    assert pair.answering(lambda x: x**2, 2.0) == square
    assert pair.answering(lambda x: x * x * x, 2.0) == cube
    with pytest.raises(NotRecordedError):
        pair.answering(np.sin, 2.0)


def test_wrong_arguments_are_a_type_error_as_they_always_were() -> None:
    pair = Pair(scale)
    for function in (pair.listening, pair.answering):
        with pytest.raises(TypeError, match="missing"):
            function()


def test_what_no_recording_can_hold_is_said_to_the_author() -> None:
    with pytest.raises(AssignmentError, match="no recording can hold"):
        Pair(scale).listening(object())
