"""A worker whose owner debugs his own code in it: not locked in, on the person's terminal, one call in pdb.

Requests and answers travel on a socket of their own; standard input and output are the terminal's.
"""

import linecache
import os
import pdb
import socket
import struct
import sys
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, NoReturn

import numpy as np

from grader.wire import Answer, BatchRequest, CallRequest, Message, Packed
from grader.worker.conversation import Conversation
from grader.worker.service import CallBack, Service

HEAD = struct.Struct("<I")
"""The number of the call to stop at, which comes first."""
LEFT_STATUS = 71
"""Exit status when the person leaves the debugger: nothing after that is of interest."""

_SHOWN_CHARACTERS = 2000


def main(descriptor: int) -> NoReturn:
    """Answer requests; stop in the call whose number comes first."""
    with socket.socket(fileno=os.dup(descriptor)) as line:
        (number,) = HEAD.unpack(line.recv(HEAD.size, socket.MSG_WAITALL))
    conversation = Conversation(descriptor, descriptor, make_service=lambda call_back: DebugService(call_back, number))
    conversation.serve({})


class DebugService(Service):
    """Answers like any other, and runs one call in the debugger. Calls of the check are counted, a batch as one."""

    def __init__(self, call_back: CallBack, stop_at: int) -> None:
        super().__init__(call_back)
        self._calls_left = stop_at

    def answer(self, request: Message, values: list[Any]) -> tuple[Answer, Packed]:
        """Return the answer to a request."""
        if self._depth == 0 and (type(request) is BatchRequest or (type(request) is CallRequest and request.function)):
            self._calls_left -= 1
        return super().answer(request, values)

    def _function(self, request: CallRequest, target: Any) -> Callable[..., Any]:
        function = super()._function(request, target)
        if self._calls_left != 0 or self._depth != 0:
            return function
        self._calls_left = -1
        return lambda *args, **kwargs: _run(function, args, kwargs, frozenset(self.modules.files))


class Debugger(pdb.Pdb):
    """pdb, without the frames of the grader below the student's."""

    def __init__(self, files: frozenset[str]) -> None:
        super().__init__(skip=["grader.*"])
        self._files = files
        self.was_left = False
        for name in files:
            # pdb asks for lines by the whole path, where a notebook has other ones than its code.
            linecache.cache[self.canonic(name)] = linecache.cache[name]

    def set_quit(self) -> None:
        """Take note that the person has had enough."""
        self.was_left = True
        super().set_quit()

    def get_stack(self, f: FrameType | None, t: TracebackType | None) -> tuple[list[tuple[FrameType, int]], int]:
        """Return the stack from the first frame of the student's on."""
        stack, index = super().get_stack(f, t)
        first = next((i for i, (frame, _) in enumerate(stack) if frame.f_code.co_filename in self._files), 0)
        return stack[first:], max(index - first, 0)


def _run(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], files: frozenset[str]) -> Any:
    debugger = Debugger(files)
    try:
        value = debugger.runcall(function, *args, **kwargs)
    except Exception as error:
        debugger.message(f"--Raised {type(error).__name__}: {error}; the variables are those of that line--")
        debugger.reset()
        debugger.interaction(None, error.__traceback__)
        _leave_if_wanted(debugger)
        raise
    _leave_if_wanted(debugger)
    with np.printoptions(threshold=60, edgeitems=3, precision=5):
        debugger.message(f"--Returned {repr(value)[:_SHOWN_CHARACTERS]}--")
    return value


def _leave_if_wanted(debugger: Debugger) -> None:
    if debugger.was_left:
        sys.stdout.flush()
        os._exit(LEFT_STATUS)
