"""What the gradient of a function is, measured from its values alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.description import describe_value
from grader.checks.failure import CheckFailure
from grader.checks.kinds import Array, require_finite

Point = Array | Mapping[str, Array]
Forward = Callable[[list[Any]], Sequence[Any]]
"""Evaluate a function at many points, each an array or a dict like the one asked about."""

STEP = 1e-5
"""Near the best step of a central difference in float64, (3 eps |f| / |f'''|)^(1/3)."""
DEPENDENCY_FLOOR = 1e-7
"""Of the largest Jacobian entry: less is rounding noise, not a dependency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericalGradient:
    """A gradient by central differences."""

    gradient: Any
    """An array, or a dict of arrays, as the point was."""
    dependencies: int
    """Non-zero entries of the Jacobian: how many pairs of an input and an output entry depend on each other."""
    steepest: float
    """The largest entry of the Jacobian, in size."""


def numerical_gradient(forward: Forward, at: Point, *, upstream: Any = 1.0, step: float = STEP) -> NumericalGradient:
    """Return the gradient of `sum(upstream * f)` at a point, by central differences in float64.

    `forward` is called once, with two points for each entry of `at`; every point is a copy. `upstream` has the
    shape of one output, or is 1.0 for a scalar cost. The error is `step**2 |f'''| / 6 + eps |f| / step`.

    Raises `CheckFailure` when an output is not an array or number of the upstream's shape, or is not finite.
    """
    parts = {key: np.array(value, dtype=np.float64) for key, value in at.items()} if isinstance(at, Mapping) else None
    whole = {"": np.array(at, dtype=np.float64)} if parts is None else parts
    points = [
        _moved(at, whole, key, i, signed)
        for key, part in whole.items()
        for i in range(part.size)
        for signed in (step, -step)
    ]
    weights = np.asarray(upstream, dtype=np.float64)
    outputs = [_output(value, weights) for value in forward(points)]
    if len(outputs) != len(points):
        raise CheckFailure(f"the forward gave {len(outputs)} outputs at {len(points)} points")
    jacobian = _jacobian(outputs, step)
    slopes = (jacobian * weights).reshape(len(jacobian), -1).sum(axis=1) if jacobian.size else np.zeros(len(jacobian))
    gradients, start = {}, 0
    for key, part in whole.items():
        gradients[key] = slopes[start : start + part.size].reshape(part.shape)
        start += part.size
    steepness = np.abs(jacobian)
    steepest = float(steepness.max(initial=0.0))
    return NumericalGradient(
        gradient=gradients[""] if parts is None else gradients,
        dependencies=int(np.count_nonzero(steepness > DEPENDENCY_FLOOR * steepest)),
        steepest=steepest,
    )


def _moved(at: Point, parts: Mapping[str, Array], key: str, index: int, by: float) -> Any:
    """Return a copy of the point with one entry moved."""
    moved = {name: part.copy() for name, part in parts.items()}
    moved[key].flat[index] += by
    return moved if isinstance(at, Mapping) else moved[key]


def _output(value: Any, upstream: Array) -> Array:
    array = np.asarray(value) if isinstance(value, np.generic | float | int) and not isinstance(value, bool) else value
    if type(array) is not np.ndarray or array.shape != upstream.shape or array.dtype.kind not in "fiu":
        wanted = f"an array of shape {upstream.shape}" if upstream.ndim else "one number"
        raise CheckFailure(f"the forward gave {describe_value(value)}; expected {wanted}")
    require_finite(array, "the output of the forward")
    return array.astype(np.float64)


def _jacobian(outputs: Sequence[Array], step: float) -> Array:
    """Return one row for each input entry; the outputs alternate between the step up and the step down."""
    with np.errstate(over="ignore"):
        jacobian = np.array([(up - down) / (2 * step) for up, down in zip(outputs[::2], outputs[1::2], strict=True)])
    if not np.isfinite(jacobian).all():
        raise CheckFailure("the forward changes without bounds when an entry of its input moves a little")
    return jacobian
