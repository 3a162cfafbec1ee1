"""Whether a gradient equals the expected one: the reference's, or the numerical one of the student's own forward."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.comparison import TINY
from grader.checks.description import describe_value, number, numbers_apart, short_list
from grader.checks.evidence import entries_evidence
from grader.checks.failure import CheckFailure
from grader.checks.kinds import Array, entry_name, require_array, require_finite, require_keys, require_kind
from grader.checks.numerical import STEP, Forward, NumericalGradient, Point, numerical_gradient
from grader.checks.remarks import Sizes, remark_on_shape, remark_on_values

RTOL = 1e-7
ATOL = 1e-9
"""Of the norm: a branch that a mask has switched off compares an exact zero with rounding noise."""
NUMERICAL_RTOL = 1e-6
"""Right layers agree with a central difference to 1e-9 or better, mistakes are off by 5e-2 or more."""
DEPENDENCIES_NEEDED = 0.5
"""Of the reference's input-output dependencies, for a forward that is worth following."""
STEEPNESS_NEEDED = 1e-4
"""Of the reference's: the gradient of a forward scaled down to nothing would be nothing as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Disagreement:
    """One parameter whose gradient is not the expected one."""

    name: str
    got: Array
    expected: Array


def assert_gradient(
    got: Any,
    expected: Any,
    *,
    name: str = "the gradient",
    rtol: float = RTOL,
    against: str = "the reference",
    allow_extra: bool = False,
    sizes: Sizes | None = None,
) -> None:
    """Raise `CheckFailure` unless `got` equals `expected` in norm, parameter by parameter.

    Both are an array or a dict of arrays. The criterion is `|a - n| <= rtol (|a| + |n|) + 1e-9` with Euclidean norms
    over all entries of a parameter. `against` says what `expected` is. `sizes` names numbers that a constant factor
    may be.
    """
    if isinstance(expected, Mapping):
        require_keys(got, expected, name, allow_extra=allow_extra)
        pairs = [(str(key), got[key], np.asarray(value)) for key, value in expected.items()]
    else:
        pairs = [(name, got, np.asarray(expected))]
    arrays = [(label, _require(ours, theirs, label, rtol), theirs) for label, ours, theirs in pairs]
    wrong = [
        _Disagreement(name=label, got=ours.astype(np.float64), expected=theirs.astype(np.float64))
        for label, ours, theirs in arrays
        if not _agree(ours, theirs, rtol)
    ]
    if wrong:
        right = [label for label, _, _ in pairs if label not in {parameter.name for parameter in wrong}]
        _fail(wrong, right, against, rtol, sizes)


def assert_gradient_of(
    forward: Forward,
    got: Any,
    *,
    at: Point,
    upstream: Any = 1.0,
    reference_forward: Forward,
    name: str = "the gradient",
    step: float = STEP,
    rtol: float = NUMERICAL_RTOL,
    sizes: Sizes | None = None,
) -> None:
    """Raise `CheckFailure` unless `got` is the gradient of the student's own `forward` at the point `at`.

    `forward(points) -> outputs` evaluates the student's forward at many points (use `student.f.many`), and so does
    `reference_forward` with the reference. `at` is an array, or a dict of arrays; then `got` has its keys, or
    `"d" + key` as grads have them, and further keys are ignored. The scalar differentiated is `sum(upstream * output)`.

    A gradient that is right for the reference's forward is right: the student's own is blamed in its own checks, and
    not evaluated here.

    It also fails when the student's forward has fewer than half of the input-output dependencies (non-zero Jacobian
    entries) that the reference has at this point, or is hardly steep at all: a forward that ignores its input has a
    gradient easy to get right.
    """
    if isinstance(at, Mapping) and type(got) is not dict:
        raise CheckFailure(f"{name} is {describe_value(got)}; expected a dict of gradients")
    right = numerical_gradient(reference_forward, at, upstream=upstream, step=step)
    with contextlib.suppress(CheckFailure):
        _assert_numerical(got, right.gradient, name=name, rtol=rtol)
        return
    own = numerical_gradient(forward, at, upstream=upstream, step=step)
    _require_life(own, right)
    _assert_numerical(got, own.gradient, name=name, rtol=rtol, sizes=sizes)


def _assert_numerical(got: Any, gradient: Any, *, name: str, rtol: float, sizes: Sizes | None = None) -> None:
    expected = gradient
    if isinstance(gradient, Mapping):
        expected = {key if key in got else f"d{key}": value for key, value in gradient.items()}
    against = "the numerical gradient of your own forward"
    assert_gradient(got, expected, name=name, rtol=rtol, against=against, sizes=sizes, allow_extra=True)


def _require_life(own: NumericalGradient, right: NumericalGradient) -> None:
    """Raise unless a forward depends on its input about as widely as the reference's does."""
    if own.dependencies < DEPENDENCIES_NEEDED * right.dependencies:
        raise CheckFailure(
            f"your own forward depends on its input in {own.dependencies} places, the reference's in "
            f"{right.dependencies}; so its gradient says nothing yet"
        )
    if own.steepest < STEEPNESS_NEEDED * right.steepest:
        raise CheckFailure(
            f"your own forward changes by at most {number(own.steepest, 4)} per unit of its input, "
            f"the reference's by {number(right.steepest, 4)}; so its gradient says nothing yet"
        )


def _require(got: Any, expected: Array, name: str, rtol: float) -> Array:
    if isinstance(got, np.generic) or (type(got) in (int, float) and expected.ndim == 0):
        got = np.asarray(got)
    try:
        array = require_array(got, expected.shape, name)
    except CheckFailure as failure:
        remark = remark_on_shape(got, expected, rtol=rtol) if type(got) is np.ndarray else ""
        raise CheckFailure(f"{failure.message}; {remark}" if remark else failure.message) from None
    require_kind(array, expected, name)
    require_finite(array, name, expected)
    return array


def _agree(got: Array, expected: Array, rtol: float) -> bool:
    """Compare in units of the largest entry: norms of huge entries would be infinite, and as infinite as another."""
    ours, theirs = got.astype(np.float64), expected.astype(np.float64)
    unit = max(1.0, float(np.abs(ours).max(initial=0.0)), float(np.abs(theirs).max(initial=0.0)))
    ours, theirs = ours / unit, theirs / unit
    distance, lengths = _norm(ours - theirs), _norm(ours) + _norm(theirs)
    return bool(distance <= rtol * lengths + ATOL / unit)


def _norm(values: Array) -> float:
    """Return the Euclidean norm over all entries, also where their squares would overflow."""
    largest = float(np.abs(values).max(initial=0.0))
    return largest * float(np.sqrt(np.square(values / largest).sum())) if largest > TINY else 0.0


def _fail(wrong: Sequence[_Disagreement], right: Sequence[str], against: str, rtol: float, sizes: Sizes | None) -> None:
    """Show one parameter: the first with something to remark, or else the first."""
    remarks = [remark_on_values(item.got, item.expected, rtol=rtol, sizes=sizes) for item in wrong]
    chosen = next((i for i, remark in enumerate(remarks) if remark), 0)
    shown, remark = wrong[chosen], remarks[chosen]
    differs = _differing(shown, rtol)
    parts = [_overview(wrong, right, against), _entries(shown, differs), remark]
    raise CheckFailure(
        "; ".join(part for part in parts if part),
        evidence=entries_evidence(shown.name, shown.got, shown.expected, differs),
    )


def _overview(wrong: Sequence[_Disagreement], right: Sequence[str], against: str) -> str:
    names = [item.name for item in wrong]
    if not right and len(names) == 1:
        return f"{names[0]} differs from {against}"
    verb = "differ" if len(names) > 1 else "differs"
    agreeing = f"{short_list(right)} agree{'s' * (len(right) == 1)} with {against}; " if right else ""
    return f"{agreeing}{short_list(names)} {verb}" + ("" if right else f" from {against}")


def _differing(item: _Disagreement, rtol: float) -> Array:
    """Return which entries differ noticeably: at least one does wherever the norms tell the arrays apart."""
    size = np.abs(item.got) + np.abs(item.expected)
    return np.asarray(np.abs(item.got - item.expected) > rtol * size + ATOL / np.sqrt(max(item.got.size, 1)))


def _entries(item: _Disagreement, differs: Array) -> str:
    distance = np.abs(item.got - item.expected)
    worst = np.unravel_index(int(np.argmax(distance)), item.got.shape)
    came, wanted = numbers_apart(item.got[worst], item.expected[worst])
    if item.got.ndim == 0:
        return f"it is {came}; expected {wanted}"
    share = f"{np.count_nonzero(differs)} of {differs.size} entries of {item.name} differ"
    return f"{share}; furthest off is {entry_name(item.name, worst)} with {came}; expected {wanted}"
