"""The scheduler of this machine: a few processes, each of which grades one submission at a time."""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait

from grader.errors import GraderError
from grader.workflows.processes import processors, share_of_processors
from grader.workflows.schedulers.jobs import Answer, Job, Setup
from grader.workflows.schedulers.pool_member import (
    GOODBYE_SECONDS,
    SUBMISSION_SECONDS,
    TRIES,
    Member,
    Target,
    start_member,
)
from grader.workflows.schedulers.pool_worker import Failed, Fault, Ready, Report, serve

FAILED_STARTS = 3
"""After so many processes in a row that ended before they were ready, no more are started."""


class LocalPool:
    """A pool of processes for one assignment. Idle ones wait; one that dies is replaced. `target` is for tests."""

    def __init__(
        self,
        setup: Setup,
        *,
        jobs: int = 0,
        submission_seconds: float = SUBMISSION_SECONDS,
        target: Target = serve,
    ) -> None:
        self._setup = setup
        self._size = jobs or processors()
        self._seconds = submission_seconds
        self._target = target
        self._members: list[Member] = []
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

    def _start(self, place: int) -> Member:
        cpus = share_of_processors(place, self._size)
        return start_member(self._setup, place=place, cpus=cpus, target=self._target)

    def _heard_from(self) -> list[Member]:
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

    def _hear(self, member: Member) -> Answer | None:
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

    def _lost(self, member: Member) -> Answer | None:
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
        deadline = time.monotonic() + GOODBYE_SECONDS
        for member in self._members:
            member.process.join(max(0.0, deadline - time.monotonic()))
