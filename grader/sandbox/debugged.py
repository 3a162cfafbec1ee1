"""A worker for debugging one's own code: a process on the person's terminal, without locks and without deadlines."""

import contextlib
import os
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

from grader.sandbox import launch
from grader.sandbox.limits import Limits
from grader.sandbox.process import ProcessClient
from grader.worker.debugged import HEAD, LEFT_STATUS

_LAST_WORDS_SECONDS = 1.0


class DebugWorker(ProcessClient):
    """A worker that stops in pdb in the call of the check that has the number `stop_at`, counted from 1.

    Ctrl-C is for the debugger until the worker is closed.
    """

    def __init__(self, stop_at: int, folder: Path) -> None:
        super().__init__(Limits(output_bytes=1 << 62))
        ours, theirs = socket.socketpair()
        self._line = ours
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                launch.command("grader.worker.debugged", theirs.fileno()),
                # The person's own settings of the terminal and of the debugger, and the worker's for what it computes.
                env={**os.environ, **launch.environment(), "HOME": os.environ.get("HOME", "/")},
                cwd=folder,
                pass_fds=[theirs.fileno()],
            )
        # After the start: a process inherits what is ignored.
        self._before: Any = signal.signal(signal.SIGINT, signal.SIG_IGN)
        with contextlib.suppress(EOFError):
            # Should it not start, `wait_ready` says so.
            self._send(HEAD.pack(stop_at))
        self.wait_ready()

    @property
    def was_left(self) -> bool:
        """The person left the debugger before the call ended."""
        return self._process.poll() == LEFT_STATUS

    def _send(self, piece: bytes | memoryview) -> None:
        try:
            self._line.sendall(piece)
        except OSError:
            raise EOFError from None

    def _receive_into(self, target: memoryview) -> int:
        try:
            return self._line.recv_into(target)
        except OSError:
            return 0

    def _drain(self) -> None:
        """What is printed goes to the terminal."""

    def _is_gone(self) -> bool:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_WORDS_SECONDS)
        return self._process.returncode is not None

    def _finish(self) -> None:
        if self.is_finished:
            return
        self.is_finished = True
        self._line.close()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        signal.signal(signal.SIGINT, self._before)

    def _status(self) -> int:
        return self._process.returncode
