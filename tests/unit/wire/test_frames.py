"""The decoder refuses everything that is not a well-formed message, quickly, and before it allocates."""

import math
import struct
import tracemalloc

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.msgpack import Ext

from grader.wire import Callback, CallRequest, Handle, Packer, ValueAnswer, WireError, decode, encode
from grader.wire.frames import HEAD, MAGIC
from grader.wire.generators import generator_state
from grader.wire.values import ARRAY, GENERATOR, SCALAR, TUPLE

REQUEST = CallRequest("m.f", "", (1,), 3)
ANSWER = ValueAnswer((), True)


def same(reference: Handle | Callback) -> Handle | Callback:
    return reference


def frame(*values: object) -> bytes:
    packer = Packer()
    for value in values:
        packer.add(value)
    return b"".join(encode(7, ANSWER, packer.finish()))


def raw_frame(body: bytes, data: bytes = b"", *, message: bytes | None = None) -> bytes:
    encoded = msgspec.msgpack.encode(ANSWER) if message is None else message
    return HEAD.pack(MAGIC, 7, len(encoded), len(body), len(data)) + encoded + body + data


def packed(*trees: object) -> bytes:
    return msgspec.msgpack.encode(list(trees))


def array(code: int, shape: tuple[int, ...], dimensions: int | None = None) -> Ext:
    return Ext(ARRAY, struct.pack(f"<BB{len(shape)}Q", code, len(shape) if dimensions is None else dimensions, *shape))


def generator(**changes: object) -> Ext:
    state = generator_state(np.random.Generator(np.random.MT19937(1)))
    state["state"].update(changes)
    return Ext(GENERATOR, msgspec.msgpack.encode(state))


def nested_tuples(depth: int) -> Ext:
    tree: object = None
    for _ in range(depth):
        tree = Ext(TUPLE, msgspec.msgpack.encode([tree]))
    assert isinstance(tree, Ext)
    return tree


def test_number_message_and_values_come_back() -> None:
    assert decode(encode(2**63, REQUEST), same) == (2**63, REQUEST, [])
    assert decode([frame(1, (2, [Handle(3)]))], same) == (7, ANSWER, [1, (2, [Handle(3)])])


@pytest.mark.parametrize("sizes", [(9000,), (9000, 0, 5), (5, 9000, 9000)])
def test_arrays_of_every_size_come_back(sizes: tuple[int, ...]) -> None:
    packer = Packer()
    packer.add([np.arange(float(size)) for size in sizes])
    (arrays,) = decode(encode(1, REQUEST, packer.finish()), same)[2]
    assert [array.tolist() for array in arrays] == [list(range(size)) for size in sizes]


HOSTILE = {
    "nothing": b"",
    "another magic": b"xxxx" + frame(1)[4:],
    "a cut frame": frame(1)[:-1],
    "bytes after the end": frame(1) + b"\0",
    "a message of 4 GB": HEAD.pack(MAGIC, 7, 2**32 - 1, 0, 0),
    "a body of 4 GB": HEAD.pack(MAGIC, 7, 1, 2**32 - 1, 0),
    "arrays of 2**63 bytes": HEAD.pack(MAGIC, 7, 1, 1, 2**63),
    "an unknown message": raw_frame(packed(), message=msgspec.msgpack.encode(["Surprise"])),
    "a message with damaged fields": raw_frame(packed(), message=msgspec.msgpack.encode(["ValueAnswer", 1, 2])),
    "a message nested 100 000 deep": raw_frame(packed(), message=b"\x91" * 100_000),
    "values that are no list": raw_frame(msgspec.msgpack.encode({})),
    "lists nested 100 000 deep": raw_frame(b"\x91" * 100_000 + b"\xc0"),
    "lists nested 40 deep": raw_frame(b"\x91" * 40 + b"\xc0"),
    "tuples nested 400 deep": raw_frame(packed(nested_tuples(400))),
    "a list of 2**32 items": raw_frame(b"\x91\xdd\xff\xff\xff\xff"),
    "a key that is a list of 2**32 items": raw_frame(b"\x91\x81\xdd\xff\xff\xff\xff"),
    "a million items": raw_frame(b"\x91\xdd" + struct.pack(">I", 10**6) + b"\xc0" * 10**6),
    "a million extensions": raw_frame(b"\x91\xdd" + struct.pack(">I", 10**6) + b"\xd4\x02\x00" * 10**6),
    "a timestamp": raw_frame(b"\x91\xd6\xff\0\0\0\0"),
    "an unknown extension": raw_frame(packed(Ext(99, b"x"))),
    "a key that is a number with a point": raw_frame(packed({1.5: 1})),
    "a key that is None": raw_frame(b"\x91\x81\xc0\xc0"),
    "text that is not UTF-8": raw_frame(b"\x91\xa2\xff\xfe"),
    "an unknown dtype": raw_frame(packed(array(200, (1,))), b"\0" * 8),
    "an array without its bytes": raw_frame(packed(array(11, (1000,)))),
    "an array with too few bytes": raw_frame(packed(array(11, (2,))), b"\0" * 8),
    "bytes without an array": raw_frame(packed(1), b"\0" * 8),
    "bytes used twice": raw_frame(packed(array(11, (1,)), array(11, (1,))), b"\0" * 8),
    "a shape that overflows": raw_frame(packed(array(11, (2**33, 2**33, 0)))),
    "a shape that overflows to the right size": raw_frame(packed(array(11, (2**62, 4, 1)))),
    "a shape shorter than announced": raw_frame(packed(array(11, (1,), 2)), b"\0" * 8),
    "33 dimensions": raw_frame(packed(array(11, (1,) * 33)), b"\0" * 8),
    "a scalar with too few bytes": raw_frame(packed(Ext(SCALAR, b"\x0b\0"))),
    "an empty scalar": raw_frame(packed(Ext(SCALAR, b""))),
    "a generator of another kind": raw_frame(packed(Ext(GENERATOR, msgspec.msgpack.encode({"state": {}})))),
    "a generator that reads beyond its state": raw_frame(packed(generator(pos=10**6))),
    "a generator that reads before its state": raw_frame(packed(generator(pos=-5))),
    "a generator with a short key": raw_frame(packed(generator(key=[1, 2]))),
    "a generator that was not sent": raw_frame(packed(Ext(GENERATOR, msgspec.msgpack.encode(3)))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_frame_is_refused_without_allocating_much(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode([HOSTILE[name]], same)
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


SEEDS = [
    frame(1),
    frame([1, 2, {"a": np.arange(6.0).reshape(2, 3)}]),
    frame((1, (2, [3.0, None])), 2**300, 1j, np.float32(3), ("é", np.zeros((3, 0)))),
    frame(np.random.default_rng(1), np.random.Generator(np.random.MT19937(2)), {"x": b"y", 3: Handle(1)}),
    b"".join(encode(7, REQUEST)),
]


@settings(max_examples=400, deadline=None)
@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=5),
    cut=st.none() | st.integers(0, 10**6),
)
def test_a_mutated_frame_is_read_or_refused(seed: bytes, changes: list[tuple[int, int]], cut: int | None) -> None:
    mutated = bytearray(seed)
    for position, value in changes:
        mutated[position % len(mutated)] = value
    if cut is not None:
        del mutated[cut % len(mutated) :]
    try:
        number, _, values = decode([bytes(mutated)], same)
    except WireError:
        return
    assert 0 <= number < 2**64
    # Whatever was read can be used: no generator or array that numpy would stumble over.
    for value in values:
        if isinstance(value, np.random.Generator):
            value.integers(0, 10, size=2000)
        elif isinstance(value, np.ndarray):
            assert math.prod(value.shape) == value.size


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_are_refused(noise: bytes) -> None:
    with pytest.raises(WireError):
        decode([noise], same)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.integers(-(2**63), 2**64 - 1), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_every_plain_value_comes_back_equal_and_of_the_same_type(value: object) -> None:
    (returned,) = decode([frame(value)], same)[2]
    assert repr(returned) == repr(value)
