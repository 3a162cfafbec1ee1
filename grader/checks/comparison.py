"""Whether a result equals the expected one, and if not, where and how it differs.

The order is type, shape, dtype kind, finiteness, values. Only plain ndarrays and numbers are compared, nothing is
broadcast, and NaN passes only where the author says that it may.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from grader.checks.description import INLINE_ENTRIES, describe_value, inline, number, numbers_apart
from grader.checks.evidence import entries_evidence
from grader.checks.failure import CheckFailure
from grader.checks.kinds import (
    Array,
    entry_name,
    part_name,
    require_array,
    require_dtype,
    require_finite,
    require_keys,
    require_kind,
    require_length,
)
from grader.checks.remarks import Sizes, remark_on_shape, remark_on_values

RTOL = 1e-9
"""Different orders of summation stay below 1e-13; a misplaced eps or ddof is above 1e-7."""
ATOL_OF_LARGEST = 1e-12
TINY = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What counts as equal."""

    rtol: float
    atol: float | None
    dtype: DTypeLike | None = None
    allow_extra: bool = False
    allow_non_finite: bool = False
    sizes: Sizes | None = None

    @property
    def exact(self) -> bool:
        """Whether nothing but the very same value will do."""
        return self.rtol == self.atol == 0.0

    def allowed(self, expected: Array) -> Array:
        """Return the allowed difference of each entry."""
        size = np.where(np.isfinite(expected), np.abs(expected), 0.0)
        atol = max(ATOL_OF_LARGEST * float(size.max(initial=0.0)), TINY) if self.atol is None else self.atol
        return np.asarray(atol + self.rtol * size)


def assert_close(
    got: Any,
    expected: Any,
    *,
    name: str = "the result",
    rtol: float = RTOL,
    atol: float | None = None,
    dtype: DTypeLike | None = None,
    allow_extra: bool = False,
    allow_non_finite: bool = False,
    sizes: Sizes | None = None,
) -> None:
    """Raise `CheckFailure` unless `got` equals `expected` within `atol + rtol * |expected|`, entry by entry.

    `expected` is an array, a number, or a dict, tuple or list of them, nested as you like; booleans, texts and None
    inside are compared exactly. Without `atol`, 1e-12 of the largest expected entry is allowed. Floating-point results
    of any width are compared in float64, integers exactly; `dtype` asks for exactly that one. `allow_extra` permits
    keys that `expected` does not have. An infinity or NaN in `expected` is a failure too, since it may come from the
    student's own function; `allow_non_finite` says that it is the right answer. `sizes` names numbers that a constant
    factor may be (`{"N": 7}`).
    """
    rule = _Rule(
        rtol=rtol, atol=atol, dtype=dtype, allow_extra=allow_extra, allow_non_finite=allow_non_finite, sizes=sizes
    )
    _compare(got, expected, name, rule)


def assert_equal(got: Any, expected: Any, *, name: str = "the result") -> None:
    """Raise `CheckFailure` unless `got` is exactly `expected`: its kind as well as its value.

    For booleans, integers, texts, None, arrays of exact values, and dicts, tuples and lists of all these (a list will
    do for a tuple). True is not 1; a numpy scalar will do for a Python one.
    """
    _compare(got, expected, name, _Rule(rtol=0.0, atol=0.0))


def _compare(got: Any, expected: Any, name: str, rule: _Rule) -> None:
    if isinstance(expected, Mapping):
        require_keys(got, expected, name, allow_extra=rule.allow_extra)
        for key, value in expected.items():
            _compare(got[key], value, part_name(name, key), rule)
    elif isinstance(expected, tuple | list):
        require_length(got, len(expected), name)
        for i, (ours, theirs) in enumerate(zip(got, expected, strict=True)):
            _compare(ours, theirs, part_name(name, i), rule)
    elif isinstance(expected, np.ndarray) and expected.ndim:
        _compare_arrays(got, expected, name, rule)
    elif _is_number(expected):
        _compare_numbers(got, np.asarray(expected), name, rule)
    else:
        _compare_exactly(got, expected, name)


def _compare_arrays(got: Any, expected: Array, name: str, rule: _Rule) -> None:
    array = _require_shape(got, expected, name, rule.rtol)
    require_kind(array, expected, name)
    require_dtype(array, rule.dtype, name)
    if array.dtype.kind == "f":
        require_finite(array, name, expected)
    _require_finite_expectation(expected, name, rule)
    differs = _differing(array, expected, rule)
    if differs.any():
        raise CheckFailure(
            _difference(array, expected, differs, name, rule),
            evidence=entries_evidence(name, array, expected, differs),
        )


def _require_finite_expectation(expected: Array, name: str, rule: _Rule) -> None:
    if not rule.allow_non_finite and expected.dtype.kind == "f" and not np.isfinite(expected).all():
        bad = number(expected[~np.isfinite(expected)].flat[0])
        raise CheckFailure(f"{name} was to be compared with another of your results, and that holds {bad}")


def _require_shape(got: Any, expected: Array, name: str, rtol: float) -> Array:
    """Return `got` if it is an array of the expected shape; say so where its values would be right."""
    try:
        return require_array(got, expected.shape, name)
    except CheckFailure as failure:
        remark = remark_on_shape(got, expected, rtol=rtol) if type(got) is np.ndarray else ""
        raise CheckFailure(f"{failure.message}; {remark}" if remark else failure.message) from None


def _differing(got: Array, expected: Array, rule: _Rule) -> Array:
    """Return which entries differ by more than is allowed."""
    if got.dtype.kind != "f" or expected.dtype.kind != "f":
        return np.asarray(got != expected)
    ours, theirs = got.astype(np.float64), expected.astype(np.float64)
    with np.errstate(all="ignore"):
        close = np.abs(ours - theirs) <= rule.allowed(theirs)
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    return np.asarray(~(same | close))


def _difference(got: Array, expected: Array, differs: Array, name: str, rule: _Rule) -> str:
    remark = remark_on_values(got, expected, rtol=rule.rtol, sizes=rule.sizes) or _precision(got, expected)
    return "; ".join(part for part in (_where(got, expected, differs, name, rule), remark) if part)


def _precision(got: Array, expected: Array) -> str:
    """Return whether the values are right, only computed too coarsely."""
    if got.dtype.kind != "f" or got.dtype.itemsize >= expected.dtype.itemsize:
        return ""
    slack = 1000 * float(np.finfo(got.dtype).eps)
    if not np.allclose(got, expected, rtol=slack, atol=slack * float(np.abs(expected).max()), equal_nan=True):
        return ""
    return f"they agree as far as {got.dtype} can tell; expected them as precise as {expected.dtype}"


def _where(got: Array, expected: Array, differs: Array, name: str, rule: _Rule) -> str:
    if got.ndim <= 2 and got.size <= INLINE_ENTRIES and inline(got) != inline(expected):
        return f"{name} is {inline(got)}; expected {inline(expected)}{_tolerance(expected, rule)}"
    count = np.count_nonzero(differs)
    first = np.unravel_index(int(np.argmax(differs)), got.shape)
    came, wanted = numbers_apart(got[first], expected[first])
    where = f"the first, {entry_name(name, first)}, is {came}; expected {wanted}"
    worst = np.unravel_index(_largest(got, expected, differs), got.shape)
    if worst != first:
        came, wanted = numbers_apart(got[worst], expected[worst])
        where += f"; furthest off is {entry_name(name, worst)} with {came}; expected {wanted}"
    return f"{count} of {got.size} values of {name} differ; {where}" + _tolerance(expected[worst], rule)


def _largest(got: Array, expected: Array, differs: Array) -> int:
    with np.errstate(all="ignore"):
        distance = np.abs(got.astype(np.float64) - expected.astype(np.float64))
    return int(np.argmax(np.where(differs, np.nan_to_num(distance, nan=np.inf), -1.0)))


def _tolerance(expected: Array, rule: _Rule) -> str:
    """Return the largest allowed difference in words, where one is allowed."""
    if np.asarray(expected).dtype.kind != "f" or rule.exact or not np.isfinite(expected).all():
        return ""
    return f" (allowed difference {float(rule.allowed(np.asarray(expected)).max()):.2g})"


def _compare_numbers(got: Any, expected: Array, name: str, rule: _Rule) -> None:
    if not _is_number(got):
        raise CheckFailure(f"{name} is {describe_value(got)}; expected the number {number(expected)}")
    value = np.asarray(got)
    require_dtype(value, rule.dtype, name)
    if expected.dtype.kind in "iu" and value.dtype.kind == "f" and rule.exact:
        raise CheckFailure(f"{name} is the floating-point {number(got)}; expected the integer {number(expected)}")
    floats = _as_float(value)
    if value.dtype.kind == "f":
        require_finite(floats, name, expected)
    _require_finite_expectation(expected, name, rule)
    integers = value.dtype.kind != "f" and expected.dtype.kind in "iu"
    if bool(value != expected) if integers else bool(_differing(floats, expected.astype(np.float64), rule)):
        came, wanted = numbers_apart(value, expected)
        message = f"{name} is {came}; expected {wanted}{_tolerance(expected, rule)}"
        remark = remark_on_values(floats, expected, rtol=rule.rtol, sizes=rule.sizes)
        raise CheckFailure(f"{message}; {remark}" if remark else message)


def _compare_exactly(got: Any, expected: Any, name: str) -> None:
    plain = got.item() if isinstance(got, np.generic | np.ndarray) and got.ndim == 0 else got
    wanted = expected.item() if isinstance(expected, np.generic | np.ndarray) else expected
    if type(plain) is not type(wanted) or plain != wanted:
        raise CheckFailure(f"{name} is {describe_value(got)}; expected {describe_value(expected)}")


def _is_number(value: Any) -> bool:
    """Tell whether a value is one real number; a boolean is not, and neither is an array of one entry."""
    if isinstance(value, np.generic) or type(value) is np.ndarray:
        return value.ndim == 0 and value.dtype.kind in "fiu"
    return type(value) in (int, float)


def _as_float(value: Array) -> Array:
    """Return a number in float64; an integer too large for it becomes infinite."""
    try:
        return value.astype(np.float64)
    except OverflowError:
        return np.asarray(np.inf)
