"""What a student's function did with a function that it was given."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

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


def _size(value: Any) -> int:
    """Return about how many bytes a plain value takes."""
    if isinstance(value, np.ndarray | np.generic):
        return int(value.nbytes)
    if isinstance(value, dict):
        return sum(_size(item) for item in value.values())
    if isinstance(value, tuple | list):
        return sum(_size(item) for item in value)
    return len(value) if isinstance(value, str | bytes) else 8
