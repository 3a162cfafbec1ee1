"""The worker's end of the line: it reads requests and writes answers until the grader hangs up."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from grader.wire import CallbackRequest, CallRequest, Message, Packed, Reader, ReadyReport, encode
from grader.worker.service import CallBack, Service

FAILED_STATUS = 70
"""Exit status of a worker that cannot go on."""

# Bound before any student code runs, which may patch `os` as it likes.
_read, _write, _exit = os.read, os.write, os._exit
_readv: Callable[[int, Sequence[memoryview]], int] | None = getattr(os, "readv", None)
"""Reads into place; Windows does not have it."""
_CHUNK_BYTES = 1 << 20


class Conversation:
    """Serves one grader. Callbacks go out on the same line; while one waits, further requests may come in.

    `end_of_output` is printed, before each answer, behind everything that the code printed until then.
    """

    def __init__(
        self,
        read_descriptor: int,
        write_descriptor: int,
        end_of_output: bytes = b"",
        *,
        make_service: Callable[[CallBack], Service] = Service,
    ) -> None:
        self._read_descriptor = read_descriptor
        self._write_descriptor = write_descriptor
        self._reader = Reader(self._receive_into)
        self._service = make_service(self._call_back)
        self._end_of_output = end_of_output
        self._number = 0

    def serve(self, protections: dict[str, str]) -> NoReturn:
        """Report for duty, then answer requests until the grader hangs up; the process ends here."""
        try:
            self._send(0, ReadyReport(protections))
            while True:
                self._answer(*self._reader.read(self._service.resolve))
        except EOFError:
            _exit(0)
        finally:
            _exit(FAILED_STATUS)

    def _answer(self, number: int, request: Message, values: list[Any]) -> None:
        outer, self._number = self._number, number
        answer, packed = self._service.answer(request, values)
        _flush_output(self._end_of_output)
        self._send(number, answer, packed)
        self._number = outer

    def _call_back(self, request: CallbackRequest, packed: Packed) -> tuple[Message, list[Any]]:
        self._send(self._number, request, packed)
        while True:
            number, message, values = self._reader.read(self._service.resolve)
            if not isinstance(message, CallRequest):
                return message, values
            self._answer(number, message, values)

    def _send(self, number: int, message: Message, packed: Packed | None = None) -> None:
        for piece in encode(number, message, packed) if packed is not None else encode(number, message):
            rest = memoryview(piece)
            while rest:
                rest = rest[_write(self._write_descriptor, rest) :]

    def _receive_into(self, target: memoryview) -> int:
        if _readv is not None:
            return _readv(self._read_descriptor, (target[:_CHUNK_BYTES],))
        received = _read(self._read_descriptor, min(len(target), _CHUNK_BYTES))
        target[: len(received)] = received
        return len(received)


def _flush_output(mark: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
        if mark:
            _write(2, mark)
    except BaseException:  # noqa: BLE001 - the student's code may have put anything in their place
        return
