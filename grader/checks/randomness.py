"""Whether a function draws all its random numbers from the generator it is given, and only when it should."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.checks.failure import CheckFailure
from grader.checks.student import CallRecord
from grader.wire import Handle

SEED = 20

Draw = Callable[[np.random.Generator], Any]
"""Call the student's function with this generator; return its value, or the record (`student.f.call(…)`)."""


def assert_random(draw: Draw, *, name: str = "the result", seed: int = SEED) -> None:
    """Raise `CheckFailure` unless a result is random, and random through the generator alone.

    The same state gives the same result, another state another; the generator is advanced, so that two calls in a row
    differ; neither `np.random` nor `random` is used (seen only where `draw` returns the record of the call). Handles in
    the result are not compared.
    """
    rng = np.random.default_rng(seed)
    before = _state(rng)
    first = _draw(draw, rng)
    advanced = not _same(before, _state(rng))
    if not _same(first, _draw(draw, np.random.default_rng(seed))):
        raise CheckFailure(
            f"two calls with generators in the same state gave different values of {name}; "
            "expected the same, since all random numbers come from the generator passed in"
        )
    if not advanced:
        raise CheckFailure(
            f"the generator passed in was not used; expected the random numbers of {name} to come from it"
        )
    if _same(first, _draw(draw, np.random.default_rng(seed + 1))):
        raise CheckFailure(f"generators in different states gave the same values of {name}; expected different ones")
    if _same(first, _draw(draw, rng)):
        raise CheckFailure(f"two calls in a row with one generator gave the same values of {name}; expected new ones")


def assert_generator_untouched(draw: Draw, *, name: str = "the function", seed: int = SEED) -> None:
    """Raise `CheckFailure` if a call drew from the generator passed in, or from `np.random` or `random`."""
    rng = np.random.default_rng(seed)
    before = _state(rng)
    _draw(draw, rng)
    if not _same(before, _state(rng)):
        raise CheckFailure(f"{name} drew random numbers from the generator; expected none to be drawn here")


def _draw(draw: Draw, rng: np.random.Generator) -> Any:
    result = draw(rng)
    if not isinstance(result, CallRecord):
        return result
    if result.global_random_used:
        raise CheckFailure(
            f"{result.question.id} used np.random or random; "
            "expected all random numbers to come from the generator passed in"
        )
    return result.value


def _state(rng: np.random.Generator) -> Any:
    return copy.deepcopy(rng.bit_generator.state)


def _same(one: Any, other: Any) -> bool:
    """Tell whether two plain values are the same bit for bit, NaN included."""
    if isinstance(one, Handle) and isinstance(other, Handle):
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, np.ndarray | np.generic) and isinstance(other, np.ndarray | np.generic):
        return one.dtype == other.dtype and bool(np.array_equal(one, other, equal_nan=one.dtype.kind in "fc"))
    return bool(one == other)
