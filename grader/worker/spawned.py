"""A worker in a process of its own, on systems where nothing can be forked: requests on stdin, answers on stdout."""

import os
import struct
import sys
from typing import NoReturn

import msgspec

from grader.worker.conversation import Conversation
from grader.worker.lockdown import lock_in
from grader.worker.settings import SpawnSettings

HEAD = struct.Struct("<I")
"""The length of the settings, which come first."""


def main(_argument: int) -> NoReturn:
    """Read the settings, lock this process in as far as the system can, and answer requests."""
    settings = _read_settings()
    requests, answers = os.dup(0), os.dup(1)
    # What the student's code reads is nothing, and what it prints goes where its warnings go.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    for descriptor in (requests, answers, 1, 2):
        _make_binary(descriptor)
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]  # a TextIOWrapper
    Conversation(requests, answers, settings.end_of_output).serve(lock_in(settings.worker))


def _read_settings() -> SpawnSettings:
    _make_binary(0)
    (length,) = HEAD.unpack(_read_exactly(HEAD.size))
    return msgspec.json.decode(_read_exactly(length), type=SpawnSettings)


def _read_exactly(count: int) -> bytes:
    received = b""
    while len(received) < count:
        piece = os.read(0, count - len(received))
        if not piece:
            sys.exit(1)
        received += piece
    return received


def _make_binary(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(descriptor, os.O_BINARY)
