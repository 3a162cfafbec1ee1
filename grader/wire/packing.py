"""How values are written: plain data only, whatever a subclass says of itself."""

import struct
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from msgspec.msgpack import Ext

from grader.wire.generators import can_travel, write_generator
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
    MAX_BODY_BYTES,
    MAX_DATA_BYTES,
    MAX_DEPTH,
    MAX_INTEGER_BYTES,
    MAX_ITEMS,
    MAX_NAME,
    NUMBER_TYPES,
    NUMPY_CLASS,
    PYTHON_CLASS,
    SCALAR,
    SCALAR_TYPES,
    TUPLE,
    Callback,
    Handle,
    Packed,
    Refer,
    Unsendable,
    type_name,
)

_DTYPE_CODES = {dtype.str: code for code, dtype in enumerate(DTYPES)}
_DTYPE_CLASSES = frozenset(type(dtype) for dtype in DTYPES) | {type(np.dtype(code)) for code in "lL"}

_encode = msgspec.msgpack.Encoder().encode


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
        if kind in SCALAR_TYPES:
            return _scalar(value)
        if issubclass(kind, (tuple, list, dict)):
            return self._tree(_plain_container(value, kind), depth)
        if issubclass(kind, str):  # numpy.str_, or a member of a StrEnum; the text itself, whatever it says it is
            return _text(self, str.__str__(value), depth)
        if kind in _DTYPE_CLASSES or (kind is type and value in NUMBER_TYPES):
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
            if type(key) not in KEYS or (type(key) is int and not -(1 << 63) <= key < 1 << 64):
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
        form = code | BY_COLUMNS if by_columns else code
        return Ext(ARRAY, struct.pack(f"<BB{value.ndim}Q", form, value.ndim, *value.shape))

    def _generator(self, value: np.random.Generator, depth: int) -> Ext:  # noqa: ARG002 - every writer takes these
        if id(value) in self._generators:
            return Ext(GENERATOR, _encode(self._generators[id(value)]))
        if not can_travel(value):
            raise Unsendable(type_name(type(value.bit_generator)), reason="not one of numpy's bit generators")
        self._generators[id(value)] = self._generator_count
        self._generator_count += 1
        return Ext(GENERATOR, write_generator(value))

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
    form = DTYPE_ITSELF if type(value) is not type else NUMPY_CLASS if value in SCALAR_TYPES else PYTHON_CLASS
    return Ext(DTYPE, bytes((code, form)))


def _quoted(key: str | int) -> str:
    return str(key) if type(key) is int else '"' + str(key)[:MAX_NAME].replace('"', '\\"') + '"'


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
