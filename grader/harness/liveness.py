"""Whether a function does anything at all.

Invariants hold for constants: `return 0` passes every check of the form "a does not change b". So before points count,
the function's outputs, over all calls of its checks, must vary where the reference's vary, and must not be the input
where the reference's are not.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from grader.checks.student import CallRecord
from grader.harness.outputs import same_value
from grader.harness.sketches import Sketch
from grader.wire import Handle

_Array = np.ndarray[Any, Any] | Sketch
"""An output, or what a recording keeps of one."""


def is_alive(calls: Sequence[tuple[CallRecord, CallRecord]]) -> bool:
    """Tell whether a question's function passes the liveness gate.

    `calls` are pairs: a call of the student's function, and the reference's in the same check at the same seed.
    """
    answered = [(ours, theirs) for ours, theirs in calls if ours.returned and theirs.returned and is_finite(ours.value)]
    if _is_one_number(ours for ours, _ in answered) and not _is_one_number(theirs for _, theirs in answered):
        return False
    return bool(answered) and _varies(answered) and not _echoes(answered)


def is_finite(value: Any) -> bool:
    """Tell whether a value holds at least one number and no infinity or NaN."""
    numbers = [array for array in _arrays(value) if isinstance(array, np.ndarray)]
    return all(bool(np.isfinite(array).all()) for array in numbers if array.dtype.kind in "fc")


def _is_one_number(calls: Iterable[CallRecord]) -> bool:
    """Tell whether the outputs of all calls hold the same number everywhere, whatever their shapes."""
    seen: set[float] = set()
    for record in calls:
        for array in _arrays(record.value):
            seen.update(array.lowest if isinstance(array, Sketch) else np.unique(array)[:2].tolist())
            if len(seen) > 1:
                return False
    return True


def _varies(pairs: Sequence[tuple[CallRecord, CallRecord]]) -> bool:
    """Of two calls for which the reference's outputs differ in value, not merely in shape, ours differ too."""
    told_apart = False
    for i, (ours, theirs) in enumerate(pairs):
        for others, reference in pairs[i + 1 :]:
            if _differ(theirs.value, reference.value):
                told_apart = True
                if _differ(ours.value, others.value):
                    return True
    return not told_apart


def _echoes(pairs: Sequence[tuple[CallRecord, CallRecord]]) -> bool:
    """Wherever the reference's output is not one of the arguments, ours is.

    A right output is none: a function that puts its results into the dictionary it was given returns that argument.
    """
    telling = [
        (ours, theirs)
        for ours, theirs in pairs
        if ours.calls == 1 and not _is_argument(theirs) and list(_arrays(theirs.value))
    ]
    return bool(telling) and all(
        _is_argument(ours) and not same_value(ours.value, theirs.value) for ours, theirs in telling
    )


def _is_argument(record: CallRecord) -> bool:
    outputs = list(_arrays(record.value))
    inputs = [array for argument in (*record.args, *record.kwargs.values()) for array in _arrays(argument)]
    return bool(outputs) and all(any(same_value(output, array) for array in inputs) for output in outputs)


def _differ(a: Any, b: Any) -> bool:
    """Tell whether two outputs of the same shapes hold different numbers; zeros of another dtype are zeros."""
    ours, theirs = _arrays(a), _arrays(b)
    if [array.shape for array in ours] != [array.shape for array in theirs]:
        return False
    return any(not _has_same_numbers(x, y) for x, y in zip(ours, theirs, strict=True))


def _has_same_numbers(x: _Array, y: _Array) -> bool:
    if isinstance(x, Sketch) or isinstance(y, Sketch):
        return isinstance(x, Sketch) and isinstance(y, Sketch) and x.digest == y.digest
    return np.array_equal(x, y)


def _arrays(value: Any) -> Sequence[_Array]:
    if isinstance(value, np.ndarray | Sketch):
        return [value]
    if isinstance(value, bool | int | float | np.generic) and not isinstance(value, Handle):
        return [np.asarray(value)]
    if isinstance(value, dict):
        return [array for item in value.values() for array in _arrays(item)]
    if isinstance(value, tuple | list):
        return [array for item in value for array in _arrays(item)]
    return []
