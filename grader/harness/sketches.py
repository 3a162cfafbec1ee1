"""What is kept of an array to recognise it later: a few of its numbers in place of all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np

from grader.wire import Callback, Handle

FEW = 16
"""Entries kept as they are, spread over the array. An array that has no more of them is kept itself."""
SUMS = 4
"""Sums of all entries with random signs: two arrays that agree in them all are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far apart two numbers may be that count as the same."""

    relative: float
    of_largest: float
    """Of the largest entry of the array that is looked for."""


class Sketch(msgspec.Struct, frozen=True, kw_only=True, array_like=True, forbid_unknown_fields=True):
    """An array that is not there any more."""

    shape: tuple[int, ...]
    dtype: str
    digest: bytes
    """Of the numbers, whatever their type."""
    finite: bytes
    """Digest of where the numbers are finite; empty where all of them are."""
    largest: float
    """In size, of the finite entries."""
    lowest: tuple[float, ...]
    """The one or two smallest different entries; empty for complex numbers."""
    few: tuple[float, ...]
    sums: tuple[float, ...]

    @property
    def size(self) -> int:
        """How many entries the array had."""
        return int(np.prod(self.shape))


def sketch_of(array: np.ndarray) -> Sketch:
    """Return the sketch of an array of numbers."""
    flat = _as_floats(array)
    clean, finite = _cleaned(flat)
    return Sketch(
        shape=array.shape,
        dtype=array.dtype.newbyteorder("=").str,
        digest=_digest(flat),
        finite=finite,
        largest=float(np.abs(clean).max(initial=0.0)),
        lowest=tuple(float(number) for number in np.unique(array)[:2]) if array.dtype.kind in "biuf" else (),
        few=tuple(clean[_spread(clean.size)].tolist()),
        sums=_sums(clean),
    )


def is_same_array(array: np.ndarray, sketch: Sketch, tolerance: Tolerance) -> bool:
    """Tell whether an array is the one that a sketch was made of: form exactly, floating-point numbers nearly."""
    if array.shape != sketch.shape or array.dtype.newbyteorder("=").str != sketch.dtype:
        return False
    flat = _as_floats(array)
    clean, finite = _cleaned(flat)
    few, theirs = clean[_spread(clean.size)], np.array(sketch.few)
    slack = tolerance.of_largest * sketch.largest
    if finite != sketch.finite or not (np.abs(few - theirs) <= tolerance.relative * np.abs(theirs) + slack).all():
        return False
    if _digest(flat) == sketch.digest:
        return True
    if array.dtype.kind not in "fc":
        return False
    # Rounding errors of n entries add up to about sqrt(n) of one.
    apart = np.abs(np.array(_sums(clean)) - np.array(sketch.sums))
    return bool((apart <= 4 * np.sqrt(clean.size) * (slack + tolerance.relative * sketch.largest)).all())


def sketched(value: Any, other: Callable[[Any], Any] = lambda value: value) -> Any:
    """Return a value with sketches in place of its larger arrays; `other` gives what stands for what is not plain."""
    if isinstance(value, np.ndarray):
        return value if value.size <= FEW else sketch_of(value)
    if isinstance(value, dict):
        return {key: sketched(item, other) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(sketched(item, other) for item in value) if type(value) in (tuple, list) else other(value)
    return value if value is None or isinstance(value, _PLAIN) else other(value)


_PLAIN = (bool, int, float, complex, str, bytes, np.generic, np.random.Generator, Handle, Callback, Sketch)


def _as_floats(array: np.ndarray) -> np.ndarray:
    """Return the entries in one row; a complex number is two of them. Zeros lose their sign."""
    if array.dtype.kind == "c":
        return np.ascontiguousarray(array, dtype=np.complex128).ravel().view(np.float64) + 0.0
    return np.asarray(array, dtype=np.float64).ravel() + 0.0


def _cleaned(flat: np.ndarray) -> tuple[np.ndarray, bytes]:
    finite = np.isfinite(flat)
    if finite.all():
        return flat, b""
    kinds = np.where(np.isnan(flat), 3, np.sign(np.where(finite, 0.0, flat)))
    return np.where(finite, flat, 0.0), _digest(kinds)


def _digest(flat: np.ndarray) -> bytes:
    return blake2b(flat.tobytes(), digest_size=12).digest()


def _spread(size: int) -> slice:
    return slice(None, None, max(1, -(-size // FEW)))


def _sums(clean: np.ndarray) -> tuple[float, ...]:
    bits = _random_bits(clean.size)
    total = clean.sum()
    return tuple(float(total - 2 * clean[(bits >> row) & 1 == 1].sum()) for row in range(SUMS))


@lru_cache(maxsize=8)
def _random_bits(size: int) -> np.ndarray:
    return np.random.default_rng(size).integers(0, 1 << SUMS, size, dtype=np.uint8)
