"""The sandbox on Linux: an exec'd zygote forks a locked-in worker for every check, the next one ahead of need."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping
from typing import Self

import msgspec

from grader.errors import IsolationError
from grader.sandbox import launch
from grader.sandbox.isolation import Isolation, require
from grader.sandbox.limits import Limits
from grader.sandbox.process import ProcessClient
from grader.worker import landlock
from grader.worker.kernel import PR_SET_DUMPABLE, current_cpu, prctl
from grader.worker.settings import Layer, WorkerSettings, ZygoteSettings
from grader.worker.zygote import MAX_CONTROL_BYTES, READY, ForkRequest, ReapRequest

_LAST_WORDS_SECONDS = 0.5
"""How long a process that hung up may take to be gone."""
_GOODBYE_SECONDS = 5.0
_CHUNK_BYTES = 1 << 20
_BUFFER_BYTES = 4 << 20
"""More than most systems grant."""


class ForkSandbox:
    """A source of forked workers.

    `layers`, and a `landlock_version` below the kernel's own, are for tests; strict isolation still asks the probes.

    The calling thread is kept on one CPU, together with the worker that it talks to, until the sandbox is closed:
    waking a process on another CPU takes longer than most calls. `pinned=False` leaves it alone.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        isolation: Isolation = Isolation.STRICT,
        *,
        layers: tuple[Layer, ...] = tuple(Layer),
        landlock_version: int | None = None,
        pinned: bool = True,
    ) -> None:
        self._limits = limits or Limits()
        self._isolation = isolation
        version = landlock.abi() if landlock_version is None else landlock_version
        self._settings = WorkerSettings(
            layers=layers,
            landlock_version=version,
            memory_bytes=self._limits.memory_bytes,
            cpu_seconds=self._limits.cpu_seconds,
            readable=launch.readable(),
            forbidden=launch.forbidden(),
        )
        self._protections: dict[str, str] | None = None
        self._cpus = os.sched_getaffinity(0) if pinned else set()
        self._pinned_cpu: int | None = None
        sees_files = Layer.LANDLOCK in layers and version > 0
        self._zygote: _Zygote | None = _Zygote(ZygoteSettings(preload_all=not sees_files))
        self._hidden = not sees_files
        if self._hidden:
            # Another process of this user must not read our memory through /proc.
            prctl(PR_SET_DUMPABLE, 0)
        self._next: ForkWorker | None = None
        self._handed_out: list[ForkWorker] = []
        self._prepare()

    @property
    def protections(self) -> Mapping[str, str]:
        """Each protection by name: `on`, or why it is not. Waits until the first worker is ready."""
        if self._protections is None and self._next is not None:
            self._meet(self._next)
        return self._protections or {}

    def worker(self) -> "ForkWorker":
        """Return a fresh worker, and start to make the next one."""
        if self._next is None:
            raise IsolationError("the sandbox is closed")
        worker = self._next
        self._meet(worker)
        require(self._isolation, self.protections)
        self._pin(worker)
        self._prepare()
        self._handed_out = [*(other for other in self._handed_out if not other.is_finished), worker]
        return worker

    def close(self) -> None:
        """Kill every process of this sandbox, and let this thread run on every CPU again."""
        for worker in (*self._handed_out, *([self._next] if self._next is not None else [])):
            worker.close()
        self._handed_out, self._next = [], None
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None
        if self._pinned_cpu is not None:
            os.sched_setaffinity(0, self._cpus)
            self._pinned_cpu = None
        if self._hidden:
            prctl(PR_SET_DUMPABLE, 1)
            self._hidden = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _meet(self, worker: "ForkWorker") -> None:
        """Hear what a worker reports. One that could not be started is replaced, for who asks again."""
        if worker.is_ready:
            return
        try:
            self._protections = {"fork-per-check": "on", **worker.wait_ready()}
        except IsolationError:
            self._prepare()
            raise
        worker.is_ready = True

    def _prepare(self) -> None:
        if self._zygote is not None:
            self._next = ForkWorker(self._limits, self._zygote, self._settings)

    def _pin(self, worker: "ForkWorker") -> None:
        """Bring the worker to our CPU; the zygote makes the next one on the others."""
        if len(self._cpus) < 2 or self._zygote is None:
            return
        if self._pinned_cpu is None:
            self._pinned_cpu = current_cpu()
            os.sched_setaffinity(0, {self._pinned_cpu})
            os.sched_setaffinity(self._zygote.pid, self._cpus - {self._pinned_cpu})
        with contextlib.suppress(OSError):
            os.sched_setaffinity(worker.pid, {self._pinned_cpu})


class ForkWorker(ProcessClient):
    """A worker that a zygote forked, spoken to through a socket."""

    def __init__(self, limits: Limits, zygote: "_Zygote", settings: WorkerSettings) -> None:
        super().__init__(limits)
        self.is_ready = False
        self._zygote = zygote
        self._output_is_open = True
        self._line, theirs = socket.socketpair()
        for end in (self._line, theirs):
            # On one CPU, every time that this is full costs two switches between the processes.
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
        self._output, printed = os.pipe()
        os.set_blocking(self._output, False)
        self._line.setblocking(False)
        self._poll = select.poll()
        self._poll.register(self._line, select.POLLIN)
        self._poll.register(self._output, select.POLLIN)
        try:
            self._born = zygote.fork(settings, theirs, printed)
        except IsolationError:
            self._line.close()
            os.close(self._output)
            raise

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._born.pid

    def _send(self, piece: bytes | memoryview) -> None:
        rest = memoryview(piece)
        while rest:
            try:
                rest = rest[self._line.send(rest[:_CHUNK_BYTES]) :]
            except BlockingIOError:
                self._poll.modify(self._line, select.POLLIN | select.POLLOUT)
                self._wait()
                self._poll.modify(self._line, select.POLLIN)
            except (BrokenPipeError, ConnectionResetError):
                raise EOFError from None

    def _receive_into(self, target: memoryview) -> int:
        while True:
            if self._wait():
                try:
                    return self._line.recv_into(target[:_CHUNK_BYTES])
                except BlockingIOError:
                    continue
                except ConnectionResetError:
                    return 0

    def _wait(self) -> bool:
        """Wait until the line is ready, taking in what is printed meanwhile; return False if only that happened."""
        left = self._deadline - time.monotonic()
        events = self._poll.poll(max(0.0, left) * 1000 + 1) if left > 0 else []
        if not events:
            raise self._out_of_time()
        line = self._line.fileno()
        for descriptor, _ in events:
            if descriptor != line:
                self._drain()
        return any(descriptor == line for descriptor, _ in events)

    def _drain(self) -> None:
        if not self._output_is_open:
            return
        with contextlib.suppress(BlockingIOError):
            while printed := os.read(self._output, 1 << 16):
                self._took_output(printed)
            self._output_is_open = False
            self._poll.unregister(self._output)

    def _is_gone(self) -> bool:
        gone = select.poll()
        gone.register(self._born.process, select.POLLIN)
        return bool(gone.poll(_LAST_WORDS_SECONDS * 1000))

    def _finish(self) -> None:
        if not self.is_finished:
            self.is_finished = True
            # With the zygote its workers have ended.
            with contextlib.suppress(IsolationError):
                self._zygote.end(self._born)
            self._drain()
            os.close(self._output)
            self._output_is_open = False
            self._line.close()

    def _status(self) -> int:
        return self._born.status


class _Born:
    """What the zygote tells about a worker's process, asked for when it is needed."""

    def __init__(self, zygote: "_Zygote") -> None:
        self._zygote = zygote
        self._facts: list[int] = []

    @property
    def pid(self) -> int:
        """Its number."""
        return self._fact(0)

    @property
    def process(self) -> int:
        """A descriptor that stands for it, until it is ended."""
        return self._fact(1)

    @property
    def status(self) -> int:
        """The exit code of a worker that was ended, or minus the signal."""
        return self._fact(2)

    def learn(self, *facts: int) -> None:
        """Take in the next facts."""
        self._facts += facts

    def _fact(self, index: int) -> int:
        while len(self._facts) <= index:
            self._zygote.hear()
        return self._facts[index]


class _Zygote:
    """The process that forks the workers. It starts while we do other things; its answers are fetched when needed."""

    def __init__(self, settings: ZygoteSettings) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(ProcessClient.START_SECONDS)
        self._is_ready = False
        self._last_words = ""
        self._awaiting: deque[_Born] = deque()
        """Whom the next answers are about: there is one for each request, in their order."""
        with theirs:
            try:
                self._process = self._start(theirs)
            except OSError as error:
                self._control.close()
                raise IsolationError(
                    f"the students' Python cannot be started: {(error.strerror or str(error)).lower()}",
                    hint=f"may this user run {sys.executable}?",
                ) from error
        self._request(settings)

    @staticmethod
    def _start(theirs: socket.socket) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            launch.command("grader.worker.zygote", theirs.fileno()),
            env=launch.environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=(theirs.fileno(),),
            # Ctrl-C is for the grader, which then closes the sandbox.
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def fork(self, settings: WorkerSettings, line: socket.socket, output: int) -> _Born:
        """Ask for a worker that holds `line` and `output`, which are closed on this side."""
        born = _Born(self)
        try:
            self._request(ForkRequest(settings), (line.fileno(), output))
        finally:
            line.close()
            os.close(output)
        self._awaiting.append(born)
        return born

    def end(self, born: _Born) -> None:
        """Kill a worker and its process group. Its status comes later: taking it down takes the kernel a while."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(born.process, signal.SIGKILL)
        os.close(born.process)
        self._request(ReapRequest(born.pid))
        self._awaiting.append(born)

    def hear(self) -> None:
        """Take in the zygote's next answer."""
        message, descriptors = self._receive()
        self._awaiting.popleft().learn(msgspec.json.decode(message, type=int), *descriptors)

    def close(self) -> None:
        """Hang up: the zygote kills what is left and ends."""
        self._control.close()
        try:
            self._process.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def _request(self, request: msgspec.Struct, descriptors: tuple[int, ...] = ()) -> None:
        try:
            socket.send_fds(self._control, [msgspec.json.encode(request)], descriptors)
        except OSError as error:
            raise self._lost() from error

    def _receive(self) -> tuple[bytes, list[int]]:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, MAX_CONTROL_BYTES, 1)
            if not self._is_ready and message == READY:
                self._is_ready = True
                return self._receive()
        except OSError as error:
            raise self._lost() from error
        if not message:
            raise self._lost()
        return message, descriptors

    def _lost(self) -> IsolationError:
        self._process.kill()
        self._process.wait()
        if self._process.stderr is not None and not self._process.stderr.closed:
            with self._process.stderr as stream:
                self._last_words = stream.read().decode("utf-8", "replace").strip()
        return IsolationError("the process that makes the students' processes has ended", hint=self._last_words[-2000:])
