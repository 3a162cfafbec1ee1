"""Whether two runs of a check saw the same outputs."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.student import CallRecord
from grader.harness.sketches import Sketch, Tolerance, is_same_array
from grader.sandbox.faults import Raised
from grader.wire import Handle
from grader.wire.generators import generator_state

SAME = Tolerance(relative=1e-9, of_largest=1e-9)
"""Outputs this close, relative to their largest entry, are the same: another order of summation is no mistake."""

FEW = 50
"""Entries looked at first, spread over the array."""


def same_outputs(ours: Sequence[CallRecord], theirs: Sequence[CallRecord]) -> bool:
    """Tell whether two sequences of calls gave the same values, changes and exceptions, call by call."""
    return len(ours) == len(theirs) > 0 and all(map(same_record, ours, theirs))


def same_record(ours: CallRecord, theirs: CallRecord) -> bool:
    """Tell whether two calls ended alike: same value or type of exception, same arguments changed in the same way."""
    if _fault_name(ours) != _fault_name(theirs):
        return False
    return same_value(ours.value, theirs.value) and same_value(dict(ours.changed), dict(theirs.changed))


def same_value(ours: Any, theirs: Any, tolerance: Tolerance = SAME) -> bool:
    """Tell whether two values are the same: structure, shapes and dtype kinds, numbers within the tolerance.

    A recorded value, `theirs`, has sketches in place of its arrays. Handles stand for objects that nobody can look
    into; any two are the same.
    """
    if isinstance(ours, Handle) and isinstance(theirs, Handle):
        return True
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same_value(ours[key], theirs[key], tolerance) for key in ours)
    if isinstance(ours, tuple | list) and isinstance(theirs, tuple | list):
        return len(ours) == len(theirs) and all(
            same_value(one, other, tolerance) for one, other in zip(ours, theirs, strict=True)
        )
    if isinstance(theirs, Sketch):
        return ours == theirs if isinstance(ours, Sketch) else _is_recorded(ours, theirs, tolerance)
    if isinstance(ours, np.ndarray | np.generic | int | float | complex) and isinstance(
        theirs, np.ndarray | np.generic | int | float | complex
    ):
        return _same_numbers(np.asarray(ours), np.asarray(theirs), tolerance)
    if isinstance(ours, np.random.Generator) and isinstance(theirs, np.random.Generator):
        return bool(generator_state(ours) == generator_state(theirs))
    return type(ours) is type(theirs) and bool(ours == theirs)


def same_form(ours: Sequence[CallRecord], theirs: Sequence[CallRecord]) -> bool:
    """Tell whether two sequences of calls gave values of the same form: kinds, keys, shapes and dtypes, no numbers.

    A check that fails early makes fewer calls, so the longer sequence is compared as far as the shorter one goes.
    """
    return all(_form(one) == _form(other) for one, other in zip(ours, theirs, strict=False))


def _form(record: CallRecord) -> object:
    if record.fault is not None:
        return record.fault.type_names[0] if isinstance(record.fault, Raised) else type(record.fault)
    return _form_of(record.value)


def _form_of(value: Any) -> object:
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype
    if isinstance(value, Sketch):
        return value.shape, np.dtype(value.dtype)
    if isinstance(value, dict):
        return {key: _form_of(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_form_of(item) for item in value]
    return type(value)


def _is_recorded(ours: Any, theirs: Sketch, tolerance: Tolerance) -> bool:
    return isinstance(ours, np.ndarray | np.generic) and is_same_array(np.asarray(ours), theirs, tolerance)


def _same_numbers(ours: np.ndarray[Any, Any], theirs: np.ndarray[Any, Any], tolerance: Tolerance) -> bool:
    if ours.shape != theirs.shape or ours.dtype != theirs.dtype:
        return False
    if ours.dtype.kind not in "fc":
        return bool(np.array_equal(ours, theirs))
    finite = np.isfinite(theirs)
    atol = tolerance.of_largest * float(np.max(np.abs(theirs[finite]), initial=0.0))
    # A few entries tell most arrays apart, and two large ones are compared for every pair of mistakes.
    few = slice(None, None, max(1, ours.size // FEW))
    return _close(ours.ravel()[few], theirs.ravel()[few], atol, tolerance.relative) and _close(
        ours, theirs, atol, tolerance.relative
    )


def _close(ours: np.ndarray[Any, Any], theirs: np.ndarray[Any, Any], atol: float, rtol: float) -> bool:
    # What `numpy.allclose` tells, at a fraction of its price for small arrays.
    same = ours == theirs
    if same.all():
        return True
    with np.errstate(all="ignore"):
        near = (np.abs(ours - theirs) <= atol + rtol * np.abs(theirs)) & np.isfinite(theirs)
    return bool((same | near | (np.isnan(ours) & np.isnan(theirs))).all())


def _fault_name(record: CallRecord) -> str:
    if record.fault is None:
        return ""
    if isinstance(record.fault, Raised):
        return record.fault.type_names[0]
    return f"{type(record.fault).__name__}: {record.fault}"
