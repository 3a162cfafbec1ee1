"""How a random generator travels: as the state of its bit generator."""

import struct
import zlib
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from grader.wire.values import WireError

_BIT_GENERATORS: dict[str, Callable[[int], np.random.BitGenerator]] = {
    "PCG64": np.random.PCG64,
    "PCG64DXSM": np.random.PCG64DXSM,
    "MT19937": np.random.MT19937,
    "Philox": np.random.Philox,
    "SFC64": np.random.SFC64,
}
_PCG64 = struct.Struct("<16s16s?I")
"""State and increment, whether half a draw is left over, and that half."""

_encode = msgspec.msgpack.Encoder().encode
_generator_type = np.random.Generator


def can_travel(generator: np.random.Generator) -> bool:
    """Tell whether its bit generator is one of numpy's."""
    return type(generator.bit_generator).__name__ in _BIT_GENERATORS


def generator_state(generator: np.random.Generator) -> Any:
    """Return a generator's state as plain data that can be compared: arrays as lists, 128-bit integers as bytes.

    Of numpy's default, PCG64, it is one piece of bytes: nearly every call passes such a generator.
    """
    state = generator.bit_generator.state
    if type(generator.bit_generator) is not np.random.PCG64:
        return _plain(state)
    inner = state["state"]
    return _PCG64.pack(
        inner["state"].to_bytes(16, "little"),
        inner["inc"].to_bytes(16, "little"),
        state["has_uint32"],
        state["uinteger"],
    )


def write_generator(generator: np.random.Generator) -> bytes:
    """Return a generator as bytes. The number of an earlier one may stand in its place."""
    return _encode(generator_state(generator))


def read_generator(data: memoryview) -> np.random.Generator | int:
    """Return the generator, or the number of an earlier one. Raises `WireError`, or whatever damaged data does."""
    state = msgspec.msgpack.decode(data)
    if type(state) is int:
        return state
    # The seed decides only what `Generator.spawn` would give.
    seed = zlib.crc32(data)
    if type(state) is bytes:
        return _in_state(np.random.PCG64(seed), _pcg64_state(state))
    return _from_state(state, seed=seed)


def _pcg64_state(packed: bytes) -> dict[str, Any]:
    state, increment, left_over, half = _PCG64.unpack(packed)
    inner = {"state": int.from_bytes(state, "little"), "inc": int.from_bytes(increment, "little")}
    return {"bit_generator": "PCG64", "state": inner, "has_uint32": int(left_over), "uinteger": half}


def _plain(state: Any) -> Any:
    if type(state) is dict:
        return {key: _plain(item) for key, item in state.items()}
    if isinstance(state, np.ndarray):
        return state.tolist()
    if type(state) is str:
        return state
    number = int(state)
    return number if number < 1 << 64 else number.to_bytes(16, "little")


def _from_state(state: Any, *, seed: int) -> np.random.Generator:
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
    return _in_state(_BIT_GENERATORS[state["bit_generator"]](seed), state)


def _in_state(bit_generator: np.random.BitGenerator, state: dict[str, Any]) -> np.random.Generator:
    bit_generator.state = state
    return _generator_type(bit_generator)
