"""What a student's function did with a function that it was given: how often it called it, and at which points."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.checks.description import describe_value, number
from grader.checks.failure import CheckFailure
from grader.checks.kinds import Array, entry_name, part_name

MAX_POINTS = 10_000
MAX_BYTES = 64 << 20
"""The points come from the student's process, so how many are kept is bounded; the calls beyond are only counted."""


class Spy:
    """A callable that passes every call on to `function`, counts it, and keeps a copy of the point visited.

    Give it to a student's function as its `f`, `grad_fn` or `cost_fn`. The point is the first argument.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._bytes = 0
        self.count = 0
        """How often it was called."""
        self.points: list[Any] = []
        """The first argument of each call, as it was at that moment; at most `MAX_POINTS` of them."""
        self.truncated = False
        """More points were visited than are kept."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.count += 1
        if args:
            self._keep(args[0])
        return self._function(*args, **kwargs)

    def _keep(self, point: Any) -> None:
        self._bytes += _size(point)
        if len(self.points) >= MAX_POINTS or self._bytes > MAX_BYTES:
            self.truncated = True
        else:
            self.points.append(copy.deepcopy(point))


STEP_RTOL = 1e-4
"""Of the step: 1000 + 1e-5 is off by 1e-8 of the step; half a step, or a neighbour that was not put back, by half."""


def assert_each_entry_moved(spy: Spy, at: Array | Mapping[str, Array], step: float, *, name: str = "x") -> None:
    """Raise `CheckFailure` unless the spy was asked for the points of a central difference, each once.

    These are `at` with one entry moved by `step` up or down, for every entry; the order is free, and one visit of `at`
    itself is tolerated. `at` is an array or a dict of arrays, and so must the points be.
    """
    whole = at if isinstance(at, Mapping) else {"": at}
    parts = {key: np.asarray(value, dtype=np.float64) for key, value in whole.items()}
    missing = {(key, i, sign) for key, part in parts.items() for i in range(part.size) for sign in (1, -1)}
    visits_of_start = 0
    for point in spy.points:
        moved = [
            (key, i, by)
            for key, by_entry in _moves(point, parts, dict_wanted=isinstance(at, Mapping)).items()
            for i, by in enumerate(by_entry.flat)
            if abs(by) > STEP_RTOL * step
        ]
        if not moved:
            visits_of_start += 1
            continue
        if len(moved) > 1:
            raise CheckFailure(
                f"the function was called at a point where {len(moved)} entries of {name} have moved; "
                "expected one at a time"
            )
        key, i, by = moved[0]
        where = _entry(name, parts, key, i)
        if abs(abs(by) - step) > STEP_RTOL * step:
            raise CheckFailure(f"the function was called with {where} moved by {number(by)}; expected {number(step)}")
        visit = (key, i, 1 if by > 0 else -1)
        if visit not in missing:
            raise CheckFailure(f"the function was called twice with {where} moved by {number(by)}; once is enough")
        missing.remove(visit)
    if missing:
        key, i, sign = min(missing)
        raise CheckFailure(
            f"the function was never called with {_entry(name, parts, key, i)} moved by {number(sign * step)}"
        )
    if visits_of_start > 1:
        raise CheckFailure(
            f"the function was called {visits_of_start} times with nothing moved; "
            "its value there is needed once at most"
        )


def _moves(point: Any, parts: Mapping[str, Array], *, dict_wanted: bool) -> dict[str, Array]:
    """Return by how much each entry of a point has moved."""
    if dict_wanted and (type(point) is not dict or point.keys() != parts.keys()):
        raise CheckFailure(
            f"the function was called with {describe_value(point)}; expected a dict with {', '.join(parts)}"
        )
    arrays = point if dict_wanted else {"": point}
    for key, part in parts.items():
        got = arrays[key]
        if type(got) is not np.ndarray or got.shape != part.shape or got.dtype.kind not in "fiu":
            what = part_name("its argument", key) if dict_wanted else "its argument"
            raise CheckFailure(
                f"the function was called with {describe_value(got)} as {what}; expected an array of shape {part.shape}"
            )
    return {key: arrays[key].astype(np.float64) - part for key, part in parts.items()}


def _entry(name: str, parts: Mapping[str, Array], key: str, i: int) -> str:
    return entry_name(key or name, np.unravel_index(i, parts[key].shape))


def _size(value: Any) -> int:
    """Return about how many bytes a plain value takes."""
    if isinstance(value, np.ndarray | np.generic):
        return int(value.nbytes)
    if isinstance(value, dict):
        return sum(_size(item) for item in value.values())
    if isinstance(value, tuple | list):
        return sum(_size(item) for item in value)
    return len(value) if isinstance(value, str | bytes) else 8
