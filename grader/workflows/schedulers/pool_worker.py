"""A process of the pool: it grades one submission after the other, each check in a sandbox that stays open."""

import contextlib
import os
import signal
from collections.abc import Set
from dataclasses import dataclass
from multiprocessing.connection import Connection

from grader.course import open_course
from grader.course.digests import assignment_digest
from grader.errors import AssignmentError, GraderError
from grader.harness import CheckRun, ReferenceSolution, grade_run, open_solution
from grader.harness.trial import Trials
from grader.model.assignment import Assignment
from grader.model.result import GradedSubmission
from grader.model.submission import Submission
from grader.sandbox import Sandbox
from grader.workflows.grade_one import Options, open_for
from grader.workflows.processes import end_with
from grader.workflows.schedulers.jobs import Setup


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The process is set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that every submission would meet: the run has to stop."""

    error: GraderError


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A bug of ours that one submission has met: it costs that submission, not the class."""

    reason: str


_KEPT_BYTES = 256 << 20
"""What known mistakes return is remembered up to this size, then found out anew."""

Report = Ready | Fault | Failed | GradedSubmission


def serve(line: Connection, setup: Setup, cpus: Set[int], parent: int) -> None:
    """Grade the submissions that come through `line` until it is closed.

    The process stays on `cpus`, so that the pool's processes, each of which keeps its sandbox's workers beside itself,
    do not meet on one processor. It ends with `parent`.
    """
    end_with(parent)
    if cpus:
        os.sched_setaffinity(0, cpus)
    # The students' processes inherit what is ignored or blocked; a handler of our own they do not.
    signal.signal(signal.SIGINT, lambda *_: None)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    with contextlib.suppress(EOFError, ConnectionError):  # the parent has hung up, with or without reading everything
        try:
            _serve(line, setup)
        except GraderError as error:
            line.send(Fault(error=error))


def _serve(line: Connection, setup: Setup) -> None:
    assignment = open_course(setup.course).assignment(setup.assignment)
    with contextlib.ExitStack() as stack:
        grading = stack.enter_context(contextlib.closing(_Grading(setup, assignment)))
        line.send(Ready())
        while line.poll(setup.idle_seconds):
            submission: Submission = line.recv()
            line.send(_report(grading, submission))


def _report(grading: "_Grading", submission: Submission) -> GradedSubmission | Failed:
    try:
        return grading.grade(submission)
    except GraderError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other submissions are to be graded
        return Failed(reason=f"the grader itself failed: {type(error).__name__}: {error}")


class _Grading:
    """The sandbox and the reference that one submission after the other is graded with."""

    def __init__(self, setup: Setup, assignment: Assignment) -> None:
        self._setup = setup
        self._assignment = assignment
        self._sandbox = self._open()
        self._solution: ReferenceSolution = open_solution(assignment, setup.seed)
        self._trials: Trials | None = None
        with self._sandbox.worker():
            pass  # a machine that cannot lock it in says so before the first submission

    def grade(self, submission: Submission) -> GradedSubmission:
        """Grade one submission; one that fails is tried once more, in a new sandbox."""
        if assignment_digest(self._assignment) != self._setup.assignment_digest:
            raise AssignmentError(
                f"{self._assignment.id} was changed while the class was being graded",
                hint="run the same command again: the changed assignment is then used for everyone",
            )
        graded = self._grade(submission)
        if not graded.gradable:
            self._sandbox.close()
            self._sandbox = self._open()
            graded = self._grade(submission)
        return graded

    def close(self) -> None:
        """End the student's processes."""
        self._sandbox.close()

    def _grade(self, submission: Submission) -> GradedSubmission:
        run = CheckRun(
            assignment=self._assignment,
            submission=submission,
            solution=self._solution,
            seed=self._setup.seed,
            open_worker=self._sandbox.worker,
        )
        if self._trials is not None:
            run.trials = self._trials
        digest = self._setup.assignment_digest
        graded = grade_run(run, assignment_digest=digest, isolation=self._sandbox.protections)
        # Many submissions are compared with the same known mistakes.
        self._trials = run.trials if run.trials.data_bytes <= _KEPT_BYTES else None
        return graded

    def _open(self) -> Sandbox:
        return open_for(self._assignment, Options(isolation=self._setup.isolation, limits=self._setup.limits))
