"""Which values may travel, and how each is written; the decoder is made for a hostile peer.

A value is a msgpack tree. What msgpack lacks is an extension: tuples, integers beyond 64 bits, complex numbers, numpy
scalars, dtypes, generators, references. An array's extension holds dtype and shape only; its bytes follow the tree, in
order. Whether an array lies in memory row by row or column by column (Fortran) is kept; any other layout becomes rows.
"""

import math
import struct
import zlib
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from msgspec.msgpack import Ext

MAX_BODY_BYTES = 4 << 20
"""Of one tree, without the arrays' bytes."""
MAX_DATA_BYTES = 256 << 20
"""Of all arrays of one message together."""
MAX_DEPTH = 24
MAX_ITEMS = 200_000
MAX_INTEGER_BYTES = 4096
MAX_DIMENSIONS = 32
MAX_NAME = 200
_BY_COLUMNS = 0x80
"""Added to an array's dtype code: its bytes are those of the transposed array."""

TUPLE, INTEGER, COMPLEX, ARRAY, SCALAR, GENERATOR, HANDLE, CALLBACK, DTYPE = range(1, 10)

DTYPES = tuple(np.dtype(code).newbyteorder("<") for code in "?bBhHiIqQefdFD")
_DTYPE_CODES = {dtype.str: code for code, dtype in enumerate(DTYPES)}
_SCALAR_TYPES = frozenset(np.dtype(code).type for code in "?bBhHiIlLqQefdFD")
_DTYPE_CLASSES = frozenset(type(dtype) for dtype in DTYPES) | {type(np.dtype(code)) for code in "lL"}
_PYTHON_TYPES = {"b": bool, "i": int, "f": float, "c": complex}
_NUMBER_TYPES = _SCALAR_TYPES.union(_PYTHON_TYPES.values())
"""Classes that stand for a dtype, as in `dtype=np.float32`."""
_DTYPE_ITSELF, _NUMPY_CLASS, _PYTHON_CLASS = range(3)
_BIT_GENERATORS: dict[str, Callable[[int], np.random.BitGenerator]] = {
    "PCG64": np.random.PCG64,
    "PCG64DXSM": np.random.PCG64DXSM,
    "MT19937": np.random.MT19937,
    "Philox": np.random.Philox,
    "SFC64": np.random.SFC64,
}
_LEAVES = frozenset({type(None), bool, int, float, str, bytes})
_KEYS = frozenset({str, int})

_encode = msgspec.msgpack.Encoder().encode
_generator_type = np.random.Generator
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


def generator_state(generator: np.random.Generator) -> Any:
    """Return a generator's state as plain data that can be compared: arrays as lists, 128-bit integers as bytes."""
    return _plain_state(generator.bit_generator.state)


class Packer:
    """Collects values into one `Packed`; a value that cannot be sent leaves what was added before intact."""

    def __init__(self, refer: Refer | None = None) -> None:
        self._refer = refer
        self._trees: list[Any] = []
        self._arrays: list[np.ndarray] = []
        self._generators: dict[int, int] = {}
        self._generator_count = 0
        self._items = 0

    def add(self, value: Any) -> None:
        """Append a value; a generator that occurs twice in it stays one generator. Raises `Unsendable`."""
        arrays, items, generators = len(self._arrays), self._items, self._generator_count
        self._generators = {}
        try:
            self._trees.append(self._tree(value, 0))
        except BaseException:
            del self._arrays[arrays:]
            self._items, self._generator_count = items, generators
            raise

    def finish(self) -> Packed:
        """Return what was added. Raises `Unsendable` when it is too large."""
        body = _encode(self._trees)
        packed = Packed(body, tuple(self._arrays))
        if len(body) > MAX_BODY_BYTES:
            raise Unsendable("data", reason=f"it takes more than {MAX_BODY_BYTES >> 20} MB without its arrays")
        if packed.data_bytes > MAX_DATA_BYTES:
            raise Unsendable("data", reason=f"its arrays take more than {MAX_DATA_BYTES >> 20} MB")
        return packed

    def _tree(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind is float or kind is bool or value is None:
            return value
        if depth > MAX_DEPTH:
            raise Unsendable(type_name(kind), reason=f"nested more than {MAX_DEPTH} deep")
        write = _WRITERS.get(kind)
        if write is not None:
            return write(self, value, depth)
        if kind in _SCALAR_TYPES:
            return _scalar(value)
        if issubclass(kind, (tuple, list, dict)):
            return self._tree(_plain_container(value, kind), depth)
        if issubclass(kind, str):  # numpy.str_, or a member of a StrEnum; the text itself, whatever it says it is
            return _text(self, str.__str__(value), depth)
        if kind in _DTYPE_CLASSES or (kind is type and value in _NUMBER_TYPES):
            return _dtype(value)
        reference = self._refer(value) if self._refer is not None else None
        if reference is None:
            raise Unsendable(type_name(kind))
        return _reference(self, reference, depth)

    def _sequence(self, value: Any, depth: int) -> list[Any]:
        self._count(value)
        trees: list[Any] = []
        for index, item in enumerate(value):
            try:
                trees.append(self._tree(item, depth + 1))
            except Unsendable as error:
                error.where = f"[{index}]{error.where}"
                raise
        return trees

    def _tuple(self, value: Any, depth: int) -> Ext:
        return Ext(TUPLE, _encode(self._sequence(value, depth)))

    def _dict(self, value: Any, depth: int) -> dict[str | int, Any]:
        self._count(value)
        trees = {}
        for key, item in dict.items(value):
            if type(key) not in _KEYS or (type(key) is int and not -(1 << 63) <= key < 1 << 64):
                raise Unsendable("dict", reason=f"its keys must be str or int, and one is {type_name(type(key))}")
            try:
                trees[_text(self, key, depth) if type(key) is str else key] = self._tree(item, depth + 1)
            except Unsendable as error:
                error.where = f"[{_quoted(key)}]{error.where}"
                raise
        return trees

    def _array(self, value: np.ndarray, depth: int) -> Ext:  # noqa: ARG002 - every writer takes these
        code = _DTYPE_CODES.get(value.dtype.newbyteorder("<").str)
        if code is None:
            raise Unsendable("numpy.ndarray", reason=f"its dtype is {str(value.dtype)[:MAX_NAME]}")
        if value.nbytes > MAX_DATA_BYTES:
            raise Unsendable("numpy.ndarray", reason=f"it takes more than {MAX_DATA_BYTES >> 20} MB")
        self._count(())
        by_columns = value.flags.f_contiguous and not value.flags.c_contiguous
        self._arrays.append(np.asarray(value.T if by_columns else value, dtype=DTYPES[code], order="C"))
        form = code | _BY_COLUMNS if by_columns else code
        return Ext(ARRAY, struct.pack(f"<BB{value.ndim}Q", form, value.ndim, *value.shape))

    def _generator(self, value: np.random.Generator, depth: int) -> Ext:  # noqa: ARG002 - every writer takes these
        if id(value) in self._generators:
            return Ext(GENERATOR, _encode(self._generators[id(value)]))
        if type(value.bit_generator).__name__ not in _BIT_GENERATORS:
            raise Unsendable(type_name(type(value.bit_generator)), reason="not one of numpy's bit generators")
        self._generators[id(value)] = self._generator_count
        self._generator_count += 1
        return Ext(GENERATOR, _encode(generator_state(value)))

    def _count(self, items: Any) -> None:
        self._items += len(items) + 1
        if self._items > MAX_ITEMS:
            raise Unsendable(type_name(type(items)), reason=f"more than {MAX_ITEMS} items")


def _plain_container(value: Any, kind: type) -> Any:
    """Return what a named tuple, or another subclass of a container, really holds: none of its own methods is asked."""
    if issubclass(kind, dict):
        return dict(dict.items(value))
    return tuple(tuple.__iter__(value)) if issubclass(kind, tuple) else list(list.__iter__(value))


def _text(packer: Packer, value: str, depth: int) -> str:  # noqa: ARG001 - every writer takes these
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise Unsendable("str", reason="it is not valid Unicode text") from error
    return value


def _integer(packer: Packer, value: int, depth: int) -> int | Ext:  # noqa: ARG001 - every writer takes these
    if -(1 << 63) <= value < 1 << 64:
        return value
    if value.bit_length() >= MAX_INTEGER_BYTES * 8:
        raise Unsendable("int", reason=f"it has {value.bit_length()} bits")
    return Ext(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True))


def _complex(packer: Packer, value: complex, depth: int) -> Ext:  # noqa: ARG001 - every writer takes these
    return Ext(COMPLEX, struct.pack("<dd", value.real, value.imag))


def _bytes(packer: Packer, value: bytes, depth: int) -> bytes:  # noqa: ARG001 - every writer takes these
    return value


def _reference(packer: Packer, value: Handle | Callback, depth: int) -> Ext:  # noqa: ARG001 - every writer takes these
    return Ext(HANDLE if type(value) is Handle else CALLBACK, struct.pack("<Q", value.id))


def _scalar(value: np.generic) -> Ext:
    code = _DTYPE_CODES[value.dtype.newbyteorder("<").str]
    return Ext(SCALAR, bytes((code,)) + np.asarray(value, dtype=DTYPES[code]).tobytes())


def _dtype(value: Any) -> Ext:
    """Write a dtype, or a class that stands for one; which of the two it was is kept."""
    code = _DTYPE_CODES.get(np.dtype(value).newbyteorder("<").str)
    if code is None:
        raise Unsendable("numpy.dtype", reason=f"it is {str(value)[:MAX_NAME]}")
    form = _DTYPE_ITSELF if type(value) is not type else _NUMPY_CLASS if value in _SCALAR_TYPES else _PYTHON_CLASS
    return Ext(DTYPE, bytes((code, form)))


def _quoted(key: str | int) -> str:
    return str(key) if type(key) is int else '"' + str(key)[:MAX_NAME].replace('"', '\\"') + '"'


def _plain_state(state: Any) -> Any:
    if type(state) is dict:
        return {key: _plain_state(item) for key, item in state.items()}
    if isinstance(state, np.ndarray):
        return state.tolist()
    if type(state) is str:
        return state
    number = int(state)
    return number if number < 1 << 64 else number.to_bytes(16, "little")


_WRITERS: dict[type, Callable[[Packer, Any, int], Any]] = {
    int: _integer,
    str: _text,
    bytes: _bytes,
    complex: _complex,
    list: Packer._sequence,
    tuple: Packer._tuple,
    dict: Packer._dict,
    OrderedDict: Packer._dict,
    defaultdict: Packer._dict,
    np.ndarray: Packer._array,
    np.random.Generator: Packer._generator,
    Handle: _reference,
    Callback: _reference,
}


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
                if not _KEYS.issuperset(map(type, item)):
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
        dtype, dimensions = DTYPES[data[0] & ~_BY_COLUMNS], data[1]
        by_columns = bool(data[0] & _BY_COLUMNS)
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
        return {_DTYPE_ITSELF: dtype, _NUMPY_CLASS: dtype.type, _PYTHON_CLASS: _PYTHON_TYPES.get(dtype.kind)}[form]

    def _generator(self, data: memoryview) -> np.random.Generator:
        state = msgspec.msgpack.decode(data)
        if type(state) is int:
            return self._generators[state]
        generator = _make_generator(state, seed=zlib.crc32(data))
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


def _make_generator(state: Any, *, seed: int) -> np.random.Generator:
    """Return a generator in this state; `seed` only decides what `Generator.spawn` would give."""
    if type(state) is not dict or type(state.get("state")) is not dict:
        raise WireError("a generator without a state")
    state["state"] = {
        key: int.from_bytes(item, "little") if type(item) is bytes else item for key, item in state["state"].items()
    }
    # numpy's setters do not look at these positions, and its C code reads memory there.
    if not 0 <= state["state"].get("pos", 0) <= 624 or not 0 <= state.get("buffer_pos", 0) <= 4:
        raise WireError("a generator whose position lies outside its state")
    for key, item in (*state.items(), *state["state"].items()):
        if type(item) is list:
            owner = state if key in state and state[key] is item else state["state"]
            owner[key] = np.array(item, dtype=np.uint32 if state["bit_generator"] == "MT19937" else np.uint64)
    bit_generator = _BIT_GENERATORS[state["bit_generator"]](seed)
    bit_generator.state = state
    return _generator_type(bit_generator)
