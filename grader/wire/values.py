"""Which values may travel, and how each is written; the decoder is made for a hostile peer.

A value is a msgpack tree. What msgpack lacks is an extension: tuples, integers beyond 64 bits, complex numbers, numpy
scalars, dtypes, generators, references. An array's extension holds dtype and shape only; its bytes follow the tree, in
order. Whether an array lies in memory row by row or column by column (Fortran) is kept; any other layout becomes rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_BODY_BYTES = 4 << 20
"""Of one tree, without the arrays' bytes."""
MAX_DATA_BYTES = 256 << 20
"""Of all arrays of one message together."""
MAX_DEPTH = 24
MAX_ITEMS = 200_000
MAX_INTEGER_BYTES = 4096
MAX_DIMENSIONS = 32
MAX_NAME = 200
BY_COLUMNS = 0x80
"""Added to an array's dtype code: its bytes are those of the transposed array."""

TUPLE, INTEGER, COMPLEX, ARRAY, SCALAR, GENERATOR, HANDLE, CALLBACK, DTYPE = range(1, 10)

DTYPES = tuple(np.dtype(code).newbyteorder("<") for code in "?bBhHiIqQefdFD")
SCALAR_TYPES = frozenset(np.dtype(code).type for code in "?bBhHiIlLqQefdFD")
PYTHON_TYPES = {"b": bool, "i": int, "f": float, "c": complex}
NUMBER_TYPES = SCALAR_TYPES.union(PYTHON_TYPES.values())
"""Classes that stand for a dtype, as in `dtype=np.float32`."""
DTYPE_ITSELF, NUMPY_CLASS, PYTHON_CLASS = range(3)
KEYS = frozenset({str, int})

_class_name = type.__dict__["__qualname__"].__get__
_class_module = type.__dict__["__module__"].__get__


class WireError(Exception):
    """The other side sent something that the protocol forbids."""


class Unsendable(TypeError):  # noqa: N818 - the student reads this name when a callback is given such a value
    """A value is not plain data: which type, which part of the value, and why."""

    def __init__(self, type_name: str, where: str = "", reason: str = "") -> None:
        super().__init__(type_name, where, reason)
        self.type_name = type_name
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        part = f"in {self.where} " if self.where else ""
        return f"{part}a value of type {self.type_name} cannot be sent" + (f": {self.reason}" if self.reason else "")


@dataclass(frozen=True, slots=True)
class Handle:
    """A value that stays in the worker it was made in: opaque, of any type."""

    id: int


@dataclass(frozen=True, slots=True)
class Callback:
    """A function of the sender's side; calling it is a message back."""

    id: int


@dataclass(frozen=True, slots=True)
class Packed:
    """Values ready to be sent: the tree's bytes and the arrays that belong to it, in order."""

    body: bytes
    arrays: tuple[np.ndarray, ...]

    @property
    def data_bytes(self) -> int:
        """How many bytes the arrays have."""
        return sum(array.nbytes for array in self.arrays)


Refer = Callable[[Any], Handle | Callback | None]
"""Gives what stands for a value that is not plain data, or None if it may not travel."""
Resolve = Callable[[Handle | Callback], Any]
"""Gives what a reference stands for on this side."""


def type_name(kind: type) -> str:
    """Return the name of a class, whatever its metaclass says: `numpy.matrix`, `list`."""
    name, module = _class_name(kind), _class_module(kind)
    if type(module) is not str or module in ("builtins", "__main__"):
        return str(name)[:MAX_NAME]
    return f"{module}.{name}"[:MAX_NAME]
