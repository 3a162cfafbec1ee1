"""A place on a worker of a cluster at which one submission at a time is graded, by a process that can be replaced."""

import contextlib
import multiprocessing
import threading
from collections.abc import Iterator

from grader.errors import GraderError
from grader.model.submission import Submission
from grader.workflows.schedulers.jobs import Job, Setup
from grader.workflows.schedulers.pool_member import SUBMISSION_SECONDS, TRIES, Member, Target, start_member
from grader.workflows.schedulers.pool_worker import Failed, Ready, Report, serve


class Seat:
    """Grades for one thread of the worker. `target` is for tests."""

    def __init__(self, setup: Setup, *, seconds: float = SUBMISSION_SECONDS, target: Target = serve) -> None:
        self._setup = setup
        self._seconds = seconds
        self._target = target
        self._lock = threading.Lock()
        """Held while the process is exchanged: the one who closes must not miss the new one."""
        self._closed = False
        self._member = self._start()

    def ready(self) -> Report:
        """Wait until the process is ready, or says why it cannot be. Raises `GraderError` when it ends before."""
        try:
            return self._hear()
        except (EOFError, OSError):
            why = self._member.why_it_ended(self._seconds)
            raise GraderError(f"the process that grades {why} before it was ready") from None

    def grade(self, submission: Submission) -> Report:
        """Return what the process reports of a submission; if it ends instead, another one tries once more."""
        why = ""
        for _ in range(TRIES):
            try:
                return self._ask(submission)
            except (EOFError, OSError):
                why = self._member.why_it_ended(self._seconds)
                if not self._replaced():
                    break
        return Failed(reason=f"the process that graded it {why}, {TRIES} times")

    def stop(self) -> None:
        """Kill the process, from any thread: who waits for it is told that it has ended."""
        with self._lock:
            self._closed = True
            self._member.process.kill()

    def close(self) -> None:
        """Free what the seat holds; nobody may be waiting for it any more."""
        self._member.end()

    def _ask(self, submission: Submission) -> Report:
        if not self._member.is_ready:
            report = self._hear()
            if not self._member.is_ready:
                return report
        self._member.give(Job(number=0, submission=submission))
        return self._hear()

    def _hear(self) -> Report:
        member = self._member
        if not member.line.poll(self._seconds):
            member.hangs = True
            member.process.kill()
        report: Report = member.line.recv()
        member.is_ready = member.is_ready or isinstance(report, Ready)
        return report

    def _replaced(self) -> bool:
        with self._lock:
            if not self._closed:
                self._member.end()
                self._member = self._start()
            return not self._closed

    def _start(self) -> Member:
        # The workers of a machine do not know of each other: which processor is whose is left to the system.
        with _children_allowed():
            return start_member(self._setup, target=self._target)


@contextlib.contextmanager
def _children_allowed() -> Iterator[None]:
    """Dask's nanny marks its worker as a daemon, to which multiprocessing allows no children. Ours end with it."""
    config = multiprocessing.current_process()._config  # type: ignore[attr-defined] # no public way to say so
    before = config.get("daemon")
    config["daemon"] = False
    try:
        yield
    finally:
        config["daemon"] = before
