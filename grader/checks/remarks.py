"""Which one thing is the matter with all values alike: a constant factor, a transposition, another order.

A remark is made only where it holds for every entry, and where it could hardly hold by chance. At most one is made.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checks.description import number

Floats = NDArray[np.float64]
Sizes = Mapping[str, int]

_SLACK = 10
"""A remark tolerates this many times the tolerance of the comparison, relative to the largest entry."""
_MAX_TOLERANCE = 1e-4
"""However coarse the comparison, a remark is about agreement closer than this."""
_MIN_ENTRIES = 3
"""An unnamed factor or a shift fits fewer entries too easily."""
_MIN_NAMED_SIZE = 3
"""A factor of 2 is called 2, also where there are two examples."""


def remark_on_values(got: NDArray[Any], expected: NDArray[Any], *, rtol: float, sizes: Sizes | None = None) -> str:
    """Return what all entries of two different arrays of one shape have in common, or an empty text.

    `sizes` names the numbers that a factor may be, e.g. `{"N": 7}`.
    """
    if not got.size or got.dtype.kind not in "fiu" or not (np.isfinite(got).all() and np.isfinite(expected).all()):
        return ""
    ours, theirs = np.asarray(got, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    tolerance = min(_SLACK * rtol, _MAX_TOLERANCE)
    with np.errstate(all="ignore"):
        if _same(ours, theirs, tolerance):
            return ""
    remarks: tuple[Callable[[], str], ...] = (
        lambda: _constant(ours, theirs, tolerance),
        lambda: _ratio(ours, theirs, tolerance, sizes or {}),
        lambda: _offset(ours, theirs, tolerance),
        lambda: _transposed(ours, theirs, tolerance),
        lambda: _sign(ours, theirs, tolerance),
        lambda: _order(ours, theirs, tolerance),
    )
    with np.errstate(all="ignore"):
        return next((remark for make in remarks if (remark := make())), "")


def remark_on_shape(got: NDArray[Any], expected: NDArray[Any], *, rtol: float) -> str:
    """Return whether an array of another shape holds the right values, transposed or with other axes of length 1."""
    if got.dtype.kind not in "fiu" or not got.size or got.size != expected.size or not np.isfinite(got).all():
        return ""
    ours, theirs = np.asarray(got, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    tolerance = min(_SLACK * rtol, _MAX_TOLERANCE)
    if ours.squeeze().shape == theirs.squeeze().shape and _same(ours.ravel(), theirs.ravel(), tolerance):
        return "the values are right, only the shape is another"
    if ours.shape == theirs.T.shape and _same(ours.T, theirs, tolerance):
        return "these are the right values, transposed"
    return ""


def _same(ours: Floats, theirs: Floats, tolerance: float) -> bool:
    """Tell whether two arrays agree, relative to their largest entry."""
    return bool(np.abs(ours - theirs).max() <= tolerance * np.abs(theirs).max())


def _varied(values: Floats, tolerance: float) -> bool:
    return values.size >= _MIN_ENTRIES and bool(np.ptp(values) > tolerance * np.abs(values).max())


def _constant(ours: Floats, theirs: Floats, tolerance: float) -> str:
    if _varied(theirs, tolerance) and (ours == ours.flat[0]).all():
        return f"all values are {number(ours.flat[0])}"
    return ""


def _ratio(ours: Floats, theirs: Floats, tolerance: float, sizes: Sizes) -> str:
    largest = np.unravel_index(int(np.abs(theirs).argmax()), theirs.shape)
    if not theirs[largest] or not ours[largest]:
        return ""
    ratio = float(ours[largest] / theirs[largest])
    if abs(ratio - 1) <= 2 * tolerance or not _proportional(ours, ratio * theirs, tolerance):
        return ""
    everywhere = "everywhere it is" if ours.size > 1 else "it is"
    if name := _factor_name(ratio, tolerance, sizes):
        return f"{everywhere} {name}"
    if np.count_nonzero(theirs) >= _MIN_ENTRIES and _varied(theirs, tolerance):
        return f"{everywhere} {number(ratio, 4)} times the expected value"
    return ""


def _proportional(ours: Floats, scaled: Floats, tolerance: float) -> bool:
    """Tell whether two arrays agree entry by entry: one that the largest dwarfs must show the same factor too."""
    rounding = max(1e-3 * tolerance, 1e-14) * np.abs(scaled).max()
    return bool((np.abs(ours - scaled) <= tolerance * np.abs(scaled) + rounding).all())


def _factor_name(ratio: float, tolerance: float, sizes: Sizes) -> str:
    """Return a factor that is not there by chance: -1, 2, 1/2, a named size or one over it."""
    tolerance = 2 * tolerance

    def equals(value: float) -> bool:
        return abs(ratio - value) <= tolerance * abs(value)

    for name, size in sizes.items():
        if size >= _MIN_NAMED_SIZE and equals(size):
            return f"{name} times the expected value ({name} = {size})"
        if size >= _MIN_NAMED_SIZE and equals(1 / size):
            return f"1/{name} of the expected value ({name} = {size})"
    return next((f"{name} the expected value" for value, name in _FACTORS.items() if equals(value)), "")


_FACTORS = {-1.0: "-1 times", 2.0: "2 times", 0.5: "half of", -2.0: "-2 times", -0.5: "-1/2 times"}


def _offset(ours: Floats, theirs: Floats, tolerance: float) -> str:
    shift = float((ours - theirs).mean())
    if not _varied(theirs, tolerance) or abs(shift) <= 2 * tolerance * np.abs(theirs).max():
        return ""
    if not _same(ours, theirs + shift, tolerance):
        return ""
    return f"everywhere it is the expected value {'plus' if shift > 0 else 'minus'} {number(abs(shift), 4)}"


def _transposed(ours: Floats, theirs: Floats, tolerance: float) -> str:
    square = ours.ndim == 2 and ours.shape[0] == ours.shape[1] > 1
    return "these are the right values, transposed" if square and _same(ours.T, theirs, tolerance) else ""


def _sign(ours: Floats, theirs: Floats, tolerance: float) -> str:
    if ours.size < _MIN_ENTRIES or not _same(np.abs(ours), np.abs(theirs), tolerance):
        return ""
    flipped = np.count_nonzero(np.sign(ours) != np.sign(theirs))
    return f"the sizes are right; the sign differs in {flipped} of {ours.size} entries"


def _order(ours: Floats, theirs: Floats, tolerance: float) -> str:
    if ours.ndim == 0 or len(ours) < _MIN_ENTRIES:
        return ""
    rows, wanted = (values.reshape(len(values), -1) for values in (ours, theirs))
    if not _same(rows[np.lexsort(rows.T)], wanted[np.lexsort(wanted.T)], tolerance):
        return ""
    return f"these are the right {'values' if ours.ndim == 1 else 'rows'}, in another order"
