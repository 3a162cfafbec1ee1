"""Whether a result is the right kind of thing at all: type, shape, dtype, finiteness, before any value is compared."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from grader.checks.description import describe_value, number, short_list
from grader.checks.failure import CheckFailure

Array = NDArray[Any]

_KIND_NAMES = {"b": "boolean", "i": "integer", "u": "integer", "f": "floating-point", "c": "complex"}
_EXPECTED_KINDS = {"f": "f", "i": "iu", "u": "iu", "b": "b"}


def assert_array(
    got: Any, *, shape: tuple[int, ...], dtype: DTypeLike | None = None, name: str = "the result", finite: bool = True
) -> None:
    """Pin an array before a statistic of it is taken: a plain ndarray of this shape, real and finite.

    Without `dtype` any floating-point or integer array will do; with it the dtype must be exactly that.
    """
    array = require_array(got, shape, name)
    if array.dtype.kind not in "fiub" or (array.dtype.kind == "b" and (dtype is None or np.dtype(dtype).kind != "b")):
        raise CheckFailure(f"{name} has dtype {array.dtype}; expected real numbers")
    require_dtype(array, dtype, name)
    if finite:
        require_finite(array, name)


def require_array(got: Any, shape: tuple[int, ...], name: str) -> Array:
    """Return `got` if it is exactly an ndarray (no subclass) of exactly this shape: nothing is broadcast."""
    if type(got) is not np.ndarray:
        raise CheckFailure(f"{name} is {describe_value(got)}; expected a numpy array of shape {shape}")
    if got.shape != shape:
        raise CheckFailure(f"{name} has shape {got.shape}; expected {shape}")
    return got


def require_kind(got: Array, expected: Array, name: str) -> None:
    """Raise unless the two arrays hold the same kind of numbers: floating-point, integer or boolean."""
    if got.dtype.kind not in _EXPECTED_KINDS.get(expected.dtype.kind, ""):
        wanted = _KIND_NAMES.get(expected.dtype.kind, str(expected.dtype))
        raise CheckFailure(f"{name} has dtype {got.dtype}; expected {wanted} numbers, as in {expected.dtype}")


def require_dtype(got: Array, dtype: DTypeLike | None, name: str) -> None:
    """Raise unless `got` has exactly this dtype; None asks for nothing."""
    if dtype is not None and got.dtype != np.dtype(dtype):
        raise CheckFailure(f"{name} has dtype {got.dtype}; expected {np.dtype(dtype)}")


def require_finite(got: Array, name: str, expected: Array | None = None) -> None:
    """Raise if an entry is infinite or not a number where `expected` (by default every entry) is finite."""
    broken = ~np.isfinite(got) if expected is None else ~np.isfinite(got) & np.isfinite(expected)
    if not broken.any():
        return
    first = np.unravel_index(int(np.argmax(broken)), broken.shape)
    wanted = f"; expected {number(expected[first])}" if expected is not None else "; expected finite numbers"
    if got.ndim == 0:
        raise CheckFailure(f"{name} is {number(got)}{wanted}")
    raise CheckFailure(
        f"{np.count_nonzero(broken)} of {got.size} values of {name} are not finite; "
        f"the first, {entry_name(name, first)}, is {number(got[first])}{wanted}"
    )


def require_keys(got: Any, expected: Mapping[Any, Any], name: str, *, allow_extra: bool) -> None:
    """Raise unless `got` is a dict with the keys of `expected`; their order is free."""
    if type(got) is not dict:
        raise CheckFailure(f"{name} is {describe_value(got)}; expected a dict with {short_list(expected)}")
    missing = [key for key in expected if key not in got]
    extra = [] if allow_extra else [key for key in got if key not in expected]
    parts = [f"has no {short_list(missing)}"] if missing else []
    parts += [f"has the further key{'s' * (len(extra) > 1)} {short_list(extra)}"] if extra else []
    if parts:
        raise CheckFailure(f"{name} {' and '.join(parts)}; expected the keys {short_list(expected)}")


def require_length(got: Any, length: int, name: str) -> None:
    """Raise unless `got` is a tuple or a list of this length."""
    if not isinstance(got, tuple | list):
        raise CheckFailure(f"{name} is {describe_value(got)}; expected {length} values")
    if len(got) != length:
        raise CheckFailure(f"{name} has {len(got)} value{'s' * (len(got) != 1)}; expected {length}")


def entry_name(name: str, index: tuple[Any, ...]) -> str:
    """Return an entry as it is written in Python, e.g. `dW2[1, 0]`."""
    return f"{name}[{', '.join(str(int(i)) for i in index)}]" if index else name


def part_name(name: str, key: object) -> str:
    """Return a part of a dict or a sequence as it is written in Python, e.g. `grads["dW1"]`."""
    return f'{name}["{key}"]' if isinstance(key, str) else f"{name}[{key!r}]"
