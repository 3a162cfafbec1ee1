"""How a message becomes bytes: a fixed head, the message, the tree of its values, the bytes of their arrays."""

import struct
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np

from grader.wire.messages import ANY_MESSAGE, Message
from grader.wire.packing import Packer
from grader.wire.unpacking import unpack
from grader.wire.values import MAX_BODY_BYTES, MAX_DATA_BYTES, Packed, Resolve, WireError

MAGIC = b"grd1"
HEAD = struct.Struct("<4sQIIQ")
"""Magic, the request's number, and how many bytes the message, the tree and the arrays have."""
MAX_MESSAGE_BYTES = 4 << 20
_JOINED_BYTES = 64 << 10
"""Arrays up to this size are copied into one piece: a copy costs less than another system call."""
_BUFFER_BYTES = 64 << 10

_encode_message = msgspec.msgpack.Encoder().encode
_decode_message = msgspec.msgpack.Decoder(ANY_MESSAGE).decode

NOTHING = Packer().finish()
"""For a message that carries no values."""


def encode(number: int, message: Message, packed: Packed = NOTHING) -> list[bytes | memoryview]:
    """Return the pieces of a frame, to be sent one after the other."""
    encoded = _encode_message(message)
    head = HEAD.pack(MAGIC, number, len(encoded), len(packed.body), packed.data_bytes)
    pieces: list[bytes | memoryview] = []
    joined = [head, encoded, packed.body]
    for array in packed.arrays:
        if array.nbytes <= _JOINED_BYTES:
            joined.append(array.tobytes())
        else:
            pieces += (b"".join(joined), _memory(array))
            joined = []
    pieces.append(b"".join(joined))
    return pieces


def decode(pieces: Sequence[bytes | memoryview], resolve: Resolve) -> tuple[int, Message, list[Any]]:
    """Return the number, message and values of one whole frame, given in pieces. Raises `WireError`."""
    coming = deque(memoryview(piece) for piece in pieces if piece)

    def receive_into(target: memoryview) -> int:
        if not coming:
            return 0
        source = coming.popleft()
        count = min(len(target), len(source))
        target[:count] = source[:count]
        if count < len(source):
            coming.appendleft(source[count:])
        return count

    reader = Reader(receive_into)
    try:
        read = reader.read(resolve)
    except EOFError as error:
        raise WireError("a frame that is cut off") from error
    if coming or reader.unread_bytes:
        raise WireError("bytes after the end of a frame")
    return read


class Reader:
    """Reads frames from `receive_into`, which fills a part of the given memory and returns its size, 0 at the end."""

    def __init__(self, receive_into: Callable[[memoryview], int]) -> None:
        self._receive_into = receive_into
        self._buffer = memoryview(bytearray(_BUFFER_BYTES))
        self._start = 0
        self._stop = 0

    @property
    def unread_bytes(self) -> int:
        """How many bytes were received and not yet read."""
        return self._stop - self._start

    def read(self, resolve: Resolve) -> tuple[int, Message, list[Any]]:
        """Return the number, message and values of the next frame.

        Raises `WireError` for what the protocol forbids, `EOFError` when the other side has gone, and whatever
        `receive_into` raises.
        """
        magic, number, message_bytes, body_bytes, data_bytes = HEAD.unpack(self._take(HEAD.size))
        if magic != MAGIC:
            raise WireError("something that is not a message")
        if message_bytes > MAX_MESSAGE_BYTES or body_bytes > MAX_BODY_BYTES or data_bytes > MAX_DATA_BYTES:
            raise WireError("a message that is too large")
        message = _read_message(self._take(message_bytes))
        values, arrays = unpack(self._take(body_bytes), data_bytes, resolve)
        for array in arrays:
            if array.nbytes:
                self._fill(_memory(array))
        return number, message, values

    def _take(self, count: int) -> bytes:
        if self._stop - self._start < count <= _BUFFER_BYTES:
            self._buffer[: self._stop - self._start] = bytes(self._buffer[self._start : self._stop])
            self._start, self._stop = 0, self._stop - self._start
            while self._stop < count:
                self._stop += self._receive(self._buffer[self._stop :])
        if count <= self._stop - self._start:
            self._start += count
            return bytes(self._buffer[self._start - count : self._start])
        taken = bytearray(count)
        self._fill(memoryview(taken))
        return bytes(taken)

    def _fill(self, target: memoryview) -> None:
        ready = min(len(target), self._stop - self._start)
        target[:ready] = self._buffer[self._start : self._start + ready]
        self._start += ready
        while ready < len(target):
            ready += self._receive(target[ready:])

    def _receive(self, target: memoryview) -> int:
        count = self._receive_into(target)
        if count == 0:
            raise EOFError
        return count


def _read_message(encoded: bytes) -> Message:
    try:
        message: Message = _decode_message(encoded)
    except Exception as error:
        # msgspec raises its own errors, and RecursionError or UnicodeDecodeError for some damaged input.
        raise WireError(f"an unreadable message ({type(error).__name__})") from error
    return message


def _memory(array: np.ndarray) -> memoryview:
    return array.reshape(-1).view(np.uint8).data
