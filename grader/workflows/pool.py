"""The scheduler of this machine: a few processes, each of which grades one submission at a time."""

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from grader.errors import GraderError
from grader.workflows.pool_worker import Failed, Fault, Ready, Report, serve
from grader.workflows.processes import deaf_children, one_thread_each, processors, share_of_processors
from grader.workflows.scheduling import Answer, Job, Setup

TRIES = 2
"""How often a submission is given to a process before it is held to be the reason that processes end."""
FAILED_STARTS = 3
"""After so many processes in a row that ended before they were ready, no more are started."""
SUBMISSION_SECONDS = 1800.0
"""Far above what the limits of all checks together allow: a process that takes longer hangs."""
_GOODBYE_SECONDS = 5.0


class LocalPool:
    """A pool of processes for one assignment. Idle ones wait; one that dies is replaced. `target` is for tests."""

    def __init__(
        self,
        setup: Setup,
        *,
        jobs: int = 0,
        submission_seconds: float = SUBMISSION_SECONDS,
        target: Callable[[Connection, Setup, Set[int], int], None] = serve,
    ) -> None:
        self._setup = setup
        self._size = jobs or processors()
        self._seconds = submission_seconds
        self._target = target
        self._members: list[_Member] = []
        self._waiting: deque[Job] = deque()
        self._tries: dict[int, int] = {}
        self._failed_starts = 0

    def grade(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield an answer for each job as soon as it is known; see `Scheduler`."""
        self._waiting.extend(jobs)
        try:
            for place in range(min(self._size, len(jobs))):
                self._members.append(self._start(place))
            while any(member.is_needed(self._waiting) for member in self._members):
                for member in self._heard_from():
                    answer = self._hear(member)
                    if answer is not None:
                        yield answer
            self._dismiss()
        finally:
            for member in self._members:
                member.end()
            self._members.clear()
            self._waiting.clear()

    def _start(self, place: int) -> "_Member":
        ours, theirs = multiprocessing.Pipe()
        arguments = (theirs, self._setup, share_of_processors(place, self._size), os.getpid())
        process = multiprocessing.get_context("spawn").Process(target=self._target, args=arguments, daemon=True)
        with deaf_children(), one_thread_each():
            process.start()
        theirs.close()
        return _Member(place=place, process=process, line=ours)

    def _heard_from(self) -> list["_Member"]:
        """Wait for the next reports; a process that takes too long is killed, which is a report as well."""
        busy = {member.line: member for member in self._members if member.is_needed(self._waiting)}
        now = time.monotonic()
        left = min(member.since + self._seconds - now for member in busy.values())
        ready = [busy[line] for line in wait(list(busy), max(0.0, left)) if isinstance(line, Connection)]
        for member in busy.values():
            if member not in ready and time.monotonic() - member.since >= self._seconds:
                member.hangs = True
                member.process.kill()
        return ready

    def _hear(self, member: "_Member") -> Answer | None:
        """Take in what a process reports, and give it the next job."""
        try:
            report: Report = member.line.recv()
        except (EOFError, OSError):
            return self._lost(member)
        match report:
            case Fault(error=error):
                raise error
            case Ready():
                self._failed_starts, member.is_ready, answer = 0, True, None
            case Failed(reason=reason):
                answer = Answer(job=member.done(), reason=reason)
            case graded:
                answer = Answer(job=member.done(), graded=graded)
        if self._waiting:
            member.give(self._waiting.popleft())
        return answer

    def _lost(self, member: "_Member") -> Answer | None:
        """Replace a process that has ended; its submission is tried once more, then given up."""
        job, why = member.job, member.why_it_ended(self._seconds)
        member.end()
        self._members.remove(member)
        if job is None:
            self._failed_starts += 1
            if self._failed_starts >= FAILED_STARTS:
                raise GraderError(f"the processes that grade cannot be started: they end at once ({why})")
        else:
            self._tries[job.number] = self._tries.get(job.number, 0) + 1
        answer = None
        if job is not None and self._tries[job.number] < TRIES:
            self._waiting.appendleft(job)
        elif job is not None:
            answer = Answer(job=job, reason=f"the process that graded it {why}, {TRIES} times")
        if self._waiting:
            self._members.append(self._start(member.place))
        return answer

    def _dismiss(self) -> None:
        """Let the processes end by themselves, which closes their sandboxes in order."""
        for member in self._members:
            member.line.close()
        deadline = time.monotonic() + _GOODBYE_SECONDS
        for member in self._members:
            member.process.join(max(0.0, deadline - time.monotonic()))


@dataclass(eq=False, slots=True, kw_only=True)
class _Member:
    """One process of the pool."""

    place: int
    process: SpawnProcess
    line: Connection
    job: Job | None = None
    is_ready: bool = False
    since: float = field(default_factory=time.monotonic)
    """When it was started, or given its job."""
    hangs: bool = False

    def is_needed(self, waiting: Collection[Job]) -> bool:
        """Tell whether something is to come from it: the answer to its job, or word that it is ready for one."""
        return self.job is not None or (not self.is_ready and bool(waiting))

    def give(self, job: Job) -> None:
        """Have it grade a submission. That its process has ended meanwhile is noticed when it is listened to."""
        self.job, self.since = job, time.monotonic()
        try:
            self.line.send(job.submission)
        except OSError:
            self.process.kill()

    def done(self) -> Job:
        """Take the job from it."""
        job, self.job = self.job, None
        if job is None:
            raise GraderError("a process of the pool answered without being asked")
        return job

    def why_it_ended(self, seconds: float) -> str:
        """Say why its process has ended, as a predicate."""
        self.process.join(_GOODBYE_SECONDS)
        code = self.process.exitcode
        if self.hangs:
            return f"took longer than {seconds / 60:g} minutes"
        if code is None or code >= 0:
            return f"ended by itself (exit code {code})"
        return f"was killed by signal {-code}"

    def end(self) -> None:
        """Kill the process, if it still lives, and free what it holds here."""
        self.line.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.process.close()
