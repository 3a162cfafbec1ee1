"""The sandbox where nothing can be forked or locked in (macOS, Windows): a spawned process for every check.

It keeps a student's mistakes away from the grader, not intentions: no file and no connection is closed to the code.
"""

import contextlib
import os
import queue
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import IO, Self

import msgspec

from grader.errors import IsolationError
from grader.sandbox import launch
from grader.sandbox.isolation import Isolation, require
from grader.sandbox.limits import Limits
from grader.sandbox.process import ProcessClient
from grader.worker.settings import Layer, SpawnSettings, WorkerSettings
from grader.worker.spawned import HEAD

_LAST_WORDS_SECONDS = 0.5
"""How long a process that hung up may take to be gone, and the end of what it printed to arrive."""
_CHUNK_BYTES = 1 << 16
_MOST_ANSWER_BYTES = 4 << 30
"""Of all answers of one worker together; a message has its own bound."""


class SpawnSandbox:
    """A source of spawned workers, one started ahead of need."""

    def __init__(self, limits: Limits | None = None, isolation: Isolation = Isolation.STRICT) -> None:
        self._limits = limits or Limits()
        self._isolation = isolation
        self._protections: dict[str, str] | None = None
        self._next: SpawnWorker | None = SpawnWorker(self._limits)
        self._handed_out: list[SpawnWorker] = []

    @property
    def protections(self) -> Mapping[str, str]:
        """Each protection by name: `on`, or why it is not. Waits until the first worker is ready."""
        if self._protections is None and self._next is not None:
            self._meet(self._next)
        return self._protections or {}

    def worker(self) -> "SpawnWorker":
        """Return a fresh worker, and start the next one."""
        if self._next is None:
            raise IsolationError("the sandbox is closed")
        worker = self._next
        self._meet(worker)
        require(self._isolation, self.protections)
        self._next = SpawnWorker(self._limits)
        self._handed_out = [*(other for other in self._handed_out if not other.is_finished), worker]
        return worker

    def close(self) -> None:
        """Kill every process of this sandbox."""
        for worker in (*self._handed_out, *([self._next] if self._next is not None else [])):
            worker.close()
        self._handed_out, self._next = [], None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _meet(self, worker: "SpawnWorker") -> None:
        if worker.is_ready:
            return
        try:
            self._protections = {"fork-per-check": "on, spawned instead of forked", **worker.wait_ready()}
        except IsolationError:
            self._next = SpawnWorker(self._limits)
            raise
        worker.is_ready = True


class SpawnWorker(ProcessClient):
    """A worker spoken to through its standard streams, which threads read: no other way works everywhere."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.is_ready = False
        self._mark = secrets.token_bytes(16)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            launch.command("grader.worker.spawned", 0),
            env=launch.environment(),
            cwd=os.path.abspath(os.sep),  # noqa: PTH100 - the root of this drive
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Ctrl-C is for the grader, which then closes the sandbox.
            start_new_session=sys.platform != "win32",
        )
        self._news: queue.SimpleQueue[tuple[bool, bytes]] = queue.SimpleQueue()
        """What was read: is it an answer, or print; empty at the stream's end."""
        self._streams_open = 2
        self._unread = memoryview(b"")
        self._unmarked = b""
        self._marks_missing = 0
        self._pumps = (
            self._start_pump(self._process.stdout, limit=_MOST_ANSWER_BYTES, is_answer=True),
            self._start_pump(self._process.stderr, limit=2 * limits.output_bytes, is_answer=False),
        )
        settings = WorkerSettings(
            layers=(Layer.RLIMITS,),
            memory_bytes=limits.memory_bytes,
            cpu_seconds=limits.cpu_seconds,
            readable=(),
            forbidden=(),
        )
        encoded = msgspec.json.encode(SpawnSettings(worker=settings, end_of_output=self._mark))
        with contextlib.suppress(EOFError):
            # Should it not start, `wait_ready` says so.
            self._send(HEAD.pack(len(encoded)) + encoded)

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def _send(self, piece: bytes | memoryview) -> None:
        if self._process.stdin is None:
            raise EOFError
        # A worker that does not read is killed at the deadline by the timer: this write cannot be interrupted.
        timer = threading.Timer(max(0.0, self._deadline - time.monotonic()), self._process.kill)
        if len(piece) > _CHUNK_BYTES:
            timer.start()
        try:
            self._process.stdin.write(piece)
            self._process.stdin.flush()
        except OSError:
            if time.monotonic() >= self._deadline:
                raise self._out_of_time() from None
            raise EOFError from None
        finally:
            timer.cancel()

    def _receive_into(self, target: memoryview) -> int:
        while not self._unread:
            left = self._deadline - time.monotonic()
            try:
                is_answer, data = self._news.get(timeout=max(0.0, left))
            except queue.Empty:
                raise self._out_of_time() from None
            if is_answer and not data:
                self._streams_open -= 1
                return 0
            if is_answer:
                self._unread = memoryview(data)
            else:
                self._take_print(data)
        count = min(len(target), len(self._unread))
        target[:count] = self._unread[:count]
        self._unread = self._unread[count:]
        return count

    def _drain(self) -> None:
        """Take in what was printed up to the last answer, and whatever else has arrived."""
        deadline = time.monotonic() + _LAST_WORDS_SECONDS
        while self._streams_open and time.monotonic() < deadline:
            try:
                is_answer, data = self._news.get(timeout=0.0 if self._marks_missing <= 0 else 0.05)
            except queue.Empty:
                if self._marks_missing <= 0 and not self.is_finished:
                    return
                continue
            if is_answer and data:
                self._unread = memoryview(bytes(self._unread) + data)
            elif is_answer:
                self._streams_open -= 1
            else:
                self._take_print(data)

    def _take_print(self, data: bytes) -> None:
        if not data:
            self._streams_open -= 1
            self._marks_missing = 0
        text = self._unmarked + data
        self._marks_missing -= text.count(self._mark)
        text = text.replace(self._mark, b"")
        # The beginning of a mark may be at the end.
        kept_back = next((size for size in range(15, 0, -1) if data and text.endswith(self._mark[:size])), 0)
        self._unmarked = text[len(text) - kept_back :]
        self._took_output(text[: len(text) - kept_back])

    def _answered(self) -> None:
        self._marks_missing += 1

    def _is_gone(self) -> bool:
        try:
            self._process.wait(_LAST_WORDS_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _finish(self) -> None:
        if self.is_finished:
            return
        self.is_finished = True
        if sys.platform != "win32" and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        for pump in self._pumps:
            pump.join(_LAST_WORDS_SECONDS)
        self._drain()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None and not any(pump.is_alive() for pump in self._pumps):
                with contextlib.suppress(OSError):
                    stream.close()

    def _status(self) -> int:
        return self._process.returncode

    def _start_pump(self, stream: IO[bytes] | None, limit: int, *, is_answer: bool) -> threading.Thread:
        """Start to read a stream; a process that writes more than `limit` bytes is killed."""

        def pump() -> None:
            left = limit
            while stream is not None and left > 0 and (data := _read(stream)):
                self._news.put((is_answer, data))
                left -= len(data)
            if left <= 0:
                self._process.kill()
            self._news.put((is_answer, b""))

        thread = threading.Thread(target=pump, daemon=True)
        thread.start()
        return thread


def _read(stream: IO[bytes]) -> bytes:
    try:
        return os.read(stream.fileno(), _CHUNK_BYTES)
    except (OSError, ValueError):
        return b""
