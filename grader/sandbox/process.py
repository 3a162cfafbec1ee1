"""A worker in a process of its own: requests with deadlines, bounded output, and how its death is told."""

import contextlib
import secrets
import signal
import time
from abc import abstractmethod
from typing import Any

from grader.errors import IsolationError
from grader.sandbox.client import Client, memory_detail, printed_text
from grader.sandbox.faults import CrashCause, Crashed, StudentFault, TimedOut
from grader.sandbox.limits import Limits
from grader.wire import CallbackRequest, Message, Packed, Reader, ReadyReport, WireError, encode


class ProcessClient(Client):
    """What the workers in processes have in common. Subclasses carry the bytes and know the process."""

    START_SECONDS = 30.0
    """How long a worker may take to be ready; machines under load are slow."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._reader = Reader(self._receive_into)
        self._deadline = 0.0
        self._allowed_seconds = self.START_SECONDS
        self._left_seconds = limits.worker_seconds
        self._kept = bytearray()
        self._printed_bytes = 0
        self._is_ending = False
        self.is_finished = False
        """The process has been ended and everything of it is closed."""

    @abstractmethod
    def _send(self, piece: bytes | memoryview) -> None:
        """Send all of `piece`, calling `_out_of_time` at the deadline; raise `EOFError` when the process has gone."""

    @abstractmethod
    def _receive_into(self, target: memoryview) -> int:
        """Fill a part of `target` and return its size, calling `_out_of_time` at the deadline; 0 at the end."""

    @abstractmethod
    def _finish(self) -> None:
        """Kill the process and what it started, if it still lives, and take in what it printed."""

    @abstractmethod
    def _status(self) -> int:
        """Return the exit code of a finished process, or minus the signal."""

    @abstractmethod
    def _is_gone(self) -> bool:
        """Tell whether a process that hung up has ended, giving it a moment."""

    @abstractmethod
    def _drain(self) -> None:
        """Take in what was printed, with `_took_output`."""

    def _answered(self) -> None:
        """Take note that an answer came: what was printed before it can be waited for."""

    @property
    def output(self) -> str:
        """What the code printed so far, bounded."""
        if not self._is_ending:
            # Too much of it ends the worker; the next call says so.
            with contextlib.suppress(StudentFault):
                self._drain()
        return printed_text(bytes(self._kept), self._printed_bytes)

    def wait_ready(self) -> dict[str, str]:
        """Return what the worker reports about its protections. Raises `IsolationError` when it cannot start."""
        self._deadline = time.monotonic() + self.START_SECONDS
        try:
            number, report, _ = self._reader.read(self._resolve)
        except (EOFError, WireError, StudentFault) as error:
            self._kill()
            hint = self._kept.decode("utf-8", "replace").strip()
            raise IsolationError("the student's process could not be started", hint=hint[-2000:]) from error
        if number != 0 or not isinstance(report, ReadyReport):
            self._kill()
            raise IsolationError("the student's process did not report how it is locked in")
        return report.protections

    def _exchange(self, request: Message, packed: Packed, seconds: float) -> tuple[Message, list[Any]]:
        outer = self._deadline, self._allowed_seconds
        number = secrets.randbits(63) | 1
        started = time.monotonic()
        self._allowed_seconds = min(seconds, self._left_seconds)
        self._deadline = started + self._allowed_seconds
        ours = 0.0
        try:
            for piece in encode(number, request, packed):
                self._send(piece)
            while True:
                answered, message, values = self._reader.read(self._resolve)
                if answered != number:
                    raise WireError("an answer to something that was not asked")
                if not isinstance(message, CallbackRequest):
                    self._answered()
                    return message, values
                callback_started = time.monotonic()
                answer, packed = self._serve(message, values)
                if self._fault is not None:
                    # It died of what our function asked of it: there is nobody to answer.
                    raise self._fault
                taken = time.monotonic() - callback_started
                self._deadline += taken
                ours += taken
                for piece in encode(number, answer, packed):
                    self._send(piece)
        except EOFError:
            raise self._dead() from None
        finally:
            self._deadline, self._allowed_seconds = outer
            self._left_seconds -= time.monotonic() - started - ours

    def _out_of_time(self) -> StudentFault:
        return self._die(TimedOut(seconds=round(self._allowed_seconds, 3)))

    def _took_output(self, printed: bytes) -> None:
        """Keep the beginning of what was printed. Raises `Crashed` when it is too much."""
        self._printed_bytes += len(printed)
        self._kept += printed[: max(0, self.limits.output_kept_bytes - len(self._kept))]
        if self._printed_bytes > self.limits.output_bytes and not self._is_ending:
            detail = f"printed more than {self.limits.output_bytes / (1 << 20):g} MB"
            raise self._die(Crashed(cause=CrashCause.OUTPUT, detail=detail))

    def _dead(self) -> StudentFault:
        """Return why the process hung up."""
        self._is_ending = True
        gone = self._is_gone()
        self._finish()
        return self._die(how_it_ended(self._status() if gone else None, self.limits))

    def _kill(self) -> None:
        self._is_ending = True
        self._finish()


def how_it_ended(status: int | None, limits: Limits) -> StudentFault:
    """Return the fault for an exit code, minus a signal, or None for a process that hung up and lived on."""
    if status is None:
        return Crashed(cause=CrashCause.PROTOCOL, detail="the process closed its connection to the grader")
    if status >= _WINDOWS_FAULT:
        return Crashed(cause=CrashCause.SIGNAL, detail=f"the Python process crashed (Windows code {status:#x})")
    if status >= 0:
        return Crashed(cause=CrashCause.EXIT, detail=f"ended the Python process (exit status {status})")
    name = _signal_name(-status)
    if name == "SIGXCPU":
        return TimedOut(seconds=float(limits.cpu_seconds))
    if name == "SIGKILL":
        return Crashed(cause=CrashCause.MEMORY, detail=f"was killed, most likely because it {memory_detail(limits)}")
    meaning = _MEANINGS.get(name, "")
    return Crashed(cause=CrashCause.SIGNAL, detail=f"the Python process was ended by {name}{meaning}")


_WINDOWS_FAULT = 0xC0000000
_MEANINGS = {
    "SIGSEGV": " (a memory fault; very deep recursion can cause it)",
    "SIGABRT": " (it gave up by itself)",
    "SIGSYS": " (a system call that is not allowed)",
    "SIGFPE": " (an arithmetic fault)",
}


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
