"""How values are read, from a peer that is taken to be hostile: nothing is made that the bytes do not announce."""

import math
import struct
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from grader.wire.generators import read_generator
from grader.wire.values import (
    ARRAY,
    BY_COLUMNS,
    CALLBACK,
    COMPLEX,
    DTYPE,
    DTYPE_ITSELF,
    DTYPES,
    GENERATOR,
    HANDLE,
    INTEGER,
    KEYS,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_INTEGER_BYTES,
    MAX_ITEMS,
    NUMPY_CLASS,
    PYTHON_CLASS,
    PYTHON_TYPES,
    SCALAR,
    TUPLE,
    Callback,
    Handle,
    Resolve,
    WireError,
)

_LEAVES = frozenset({type(None), bool, int, float, str, bytes})


def unpack(body: bytes | memoryview, data_bytes: int, resolve: Resolve) -> tuple[list[Any], list[np.ndarray]]:
    """Return the values of a body and their arrays, allocated but not yet filled, in order.

    Raises `WireError`, before anything is allocated that `data_bytes` does not announce.
    """
    unpacker = _Unpacker(data_bytes, resolve)
    try:
        values = unpacker.unpack(body)
    except WireError:
        raise
    except Exception as error:
        # Fuzzing finds ways to make msgspec and numpy raise other things than their own errors.
        raise WireError(f"an unreadable value ({type(error).__name__})") from error
    if unpacker.data_bytes != 0:
        raise WireError("an array's bytes do not match its shape")
    return values, unpacker.arrays


class _Unpacker:
    def __init__(self, data_bytes: int, resolve: Resolve) -> None:
        self.arrays: list[np.ndarray] = []
        self.data_bytes = data_bytes
        self._resolve = resolve
        self._generators: list[np.random.Generator] = []
        self._made: dict[int, Any] = {}
        self._items = 0
        self._depth = 0
        self._decoder = msgspec.msgpack.Decoder(ext_hook=self._extension)

    def unpack(self, body: bytes | memoryview) -> list[Any]:
        values = self._decoder.decode(body)
        if type(values) is not list:
            raise WireError("values that are not a list")
        self._inspect(values, values, self._depth)
        return values

    def _inspect(self, container: Any, items: Any, depth: int) -> None:
        """Refuse what msgpack can say and a value cannot be; extensions were looked at when they were made."""
        self._items += len(container) + 1
        if depth > MAX_DEPTH + 1 or self._items > MAX_ITEMS + 1000:
            raise WireError("a value that is nested too deeply or has too many items")
        for item in items:
            kind = type(item)
            if kind in _LEAVES or id(item) in self._made:
                continue
            if kind is list:
                self._inspect(item, item, depth + 1)
            elif kind is dict:
                if not KEYS.issuperset(map(type, item)):
                    raise WireError("a dictionary key that is neither str nor int")
                self._inspect(item, item.values(), depth + 1)
            else:
                raise WireError(f"a value of type {kind.__name__}")

    def _extension(self, code: int, data: memoryview) -> Any:
        read = _READERS.get(code)
        self._items += 1
        if read is None or self._items > MAX_ITEMS + 1000:
            raise WireError("an unknown extension" if read is None else "a value with too many items")
        value = read(self, data)
        self._made[id(value)] = value
        return value

    def _tuple(self, data: memoryview) -> tuple[Any, ...]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise WireError("a value that is nested too deeply")
        values = tuple(self.unpack(data))
        self._depth -= 1
        return values

    def _integer(self, data: memoryview) -> int:
        if len(data) > MAX_INTEGER_BYTES:
            raise WireError("an integer that is too large")
        return int.from_bytes(data, "little", signed=True)

    def _complex(self, data: memoryview) -> complex:
        return complex(*struct.unpack("<dd", data))

    def _array(self, data: memoryview) -> np.ndarray:
        dtype, dimensions = DTYPES[data[0] & ~BY_COLUMNS], data[1]
        by_columns = bool(data[0] & BY_COLUMNS)
        if dimensions > MAX_DIMENSIONS:
            raise WireError("an array with too many dimensions")
        shape = struct.unpack(f"<{dimensions}Q", data[2:])
        size = math.prod(shape) * dtype.itemsize
        if size > self.data_bytes or any(length > 1 << 40 for length in shape):
            raise WireError("an array's bytes do not match its shape")
        self.data_bytes -= size
        array = np.empty(shape, dtype, order="F" if by_columns else "C")
        self.arrays.append(array.T if by_columns else array)
        return array

    def _scalar(self, data: memoryview) -> np.generic:
        dtype = DTYPES[data[0]]
        if len(data) != 1 + dtype.itemsize:
            raise WireError("a number whose bytes do not match its type")
        scalar: np.generic = np.frombuffer(data[1:], dtype)[0]
        return scalar

    def _dtype(self, data: memoryview) -> Any:
        code, form = data
        # Two of numpy's integer types have the same code; its name for it is the one that people write.
        dtype = np.dtype(DTYPES[code].str)
        return {DTYPE_ITSELF: dtype, NUMPY_CLASS: dtype.type, PYTHON_CLASS: PYTHON_TYPES.get(dtype.kind)}[form]

    def _generator(self, data: memoryview) -> np.random.Generator:
        generator = read_generator(data)
        if isinstance(generator, int):
            return self._generators[generator]
        self._generators.append(generator)
        return generator

    def _handle(self, data: memoryview) -> Any:
        return self._resolve(Handle(*struct.unpack("<Q", data)))

    def _callback(self, data: memoryview) -> Any:
        return self._resolve(Callback(*struct.unpack("<Q", data)))


_READERS: dict[int, Callable[[_Unpacker, memoryview], Any]] = {
    TUPLE: _Unpacker._tuple,
    INTEGER: _Unpacker._integer,
    COMPLEX: _Unpacker._complex,
    ARRAY: _Unpacker._array,
    SCALAR: _Unpacker._scalar,
    GENERATOR: _Unpacker._generator,
    HANDLE: _Unpacker._handle,
    CALLBACK: _Unpacker._callback,
    DTYPE: _Unpacker._dtype,
}
