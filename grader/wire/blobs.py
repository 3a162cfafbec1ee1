"""How values are kept in a file: as in a message, in one piece of bytes."""

import struct
from typing import Any

import numpy as np

from grader.wire.packing import Packer
from grader.wire.unpacking import unpack
from grader.wire.values import Callback, Handle, Refer, Resolve, WireError

_SIZE = struct.Struct("<I")


def _unknown(reference: Handle | Callback) -> Any:
    raise WireError(f"a {type(reference).__name__.lower()} of nothing")


def dump_value(value: Any, refer: Refer | None = None) -> bytes:
    """Return a value as bytes. Raises `Unsendable` for what may not travel either."""
    packer = Packer(refer)
    packer.add(value)
    packed = packer.finish()
    return b"".join((_SIZE.pack(len(packed.body)), packed.body, *(array.tobytes() for array in packed.arrays)))


def load_value(data: bytes, resolve: Resolve = _unknown) -> Any:
    """Return the value that `dump_value` wrote. Raises `WireError` for anything else."""
    if len(data) < _SIZE.size:
        raise WireError("a value that is cut off")
    (size,) = _SIZE.unpack_from(data)
    start = _SIZE.size + size
    if start > len(data):
        raise WireError("a value that is cut off")
    values, arrays = unpack(data[_SIZE.size : start], len(data) - start, resolve)
    if len(values) != 1:
        raise WireError("not one value")
    for array in arrays:
        array[...] = np.frombuffer(data, array.dtype, array.size, start).reshape(array.shape)
        start += array.nbytes
    return values[0]
