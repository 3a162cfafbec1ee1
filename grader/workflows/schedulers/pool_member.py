"""A process that grades for this one: started, given submissions, listened to, ended."""

import multiprocessing
import os
import time
from collections.abc import Callable, Collection, Set
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from grader.errors import GraderError
from grader.workflows.processes import deaf_children, one_thread_each
from grader.workflows.schedulers.jobs import Job, Setup
from grader.workflows.schedulers.pool_worker import serve

TRIES = 2
"""How often a submission is given to a process before it is held to be the reason that processes end."""
SUBMISSION_SECONDS = 3600.0
"""Far above what the limits of all checks together allow: a process that takes longer hangs."""
GOODBYE_SECONDS = 5.0

Target = Callable[[Connection, Setup, Set[int], int], None]


def start_member(setup: Setup, *, place: int = 0, cpus: Set[int] = frozenset(), target: Target = serve) -> "Member":
    """Start a process that grades; it stays on `cpus` if there are any. `target` is for tests."""
    ours, theirs = multiprocessing.Pipe()
    arguments = (theirs, setup, cpus, os.getpid())
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments, daemon=True)
    with deaf_children(), one_thread_each():
        process.start()
    theirs.close()
    return Member(place=place, process=process, line=ours)


@dataclass(eq=False, slots=True, kw_only=True)
class Member:
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
        self.process.join(GOODBYE_SECONDS)
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
