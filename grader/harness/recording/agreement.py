"""Whether a recording serves: with it, everything that is known gets the verdicts that the full course gives."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.errors import GraderError
from grader.harness.attempt import GradedCheck
from grader.harness.catalogue import ReferenceSolution
from grader.harness.grading import graded_questions
from grader.harness.recording.making import REFERENCE, Subject, subjects_of
from grader.harness.recording.solution import RecordedSolution, trials_of
from grader.harness.run import CheckRun
from grader.model.assignment import Assignment, Question
from grader.model.result import Outcome, QuestionResult
from grader.model.submission import ModuleSource, Submission
from grader.sandbox.contract import Call, Reply
from grader.sandbox.trusted import TrustedWorker

_ADDRESS = re.compile(r"0x[0-9a-f]+")
"""A bare assert shows objects, and where they are in memory."""


def find_differences(
    assignment: Assignment,
    solution: ReferenceSolution,
    recorded: RecordedSolution,
    checks: Sequence[GradedCheck],
    on_progress: Callable[[int, int, str], None] = lambda *_: None,
) -> Iterator[str]:
    """Yield, in words, what is graded otherwise with a recording than with the solution.

    The reference is also graded as a student's who draws more random numbers than it does, and overwrites dictionaries:
    what a check asks the reference must not depend on that.
    """
    full, copy = _Grading(assignment, solution), _Grading(assignment, recorded)
    stubs = Subject(name="stubs", questions=assignment.questions, sources=recorded.sources)
    for question in assignment.questions:
        yield from _unearned(copy.result(stubs, question, checks))
    quick = [graded for graded in checks if not graded.check.slow]
    subjects = list(subjects_of(assignment, solution))
    for done, subject in enumerate(subjects, start=1):
        seen = quick if subject.misconception else checks
        for question in subject.questions:
            here = full.result(subject, question, seen)
            yield from _differences(subject.name, here, copy.result(subject, question, seen))
            if subject.name == REFERENCE:
                yield from _unanswerable(copy.result(subject, question, seen, _CarelessWorker), question)
        on_progress(done, len(subjects), subject.name)


class _Grading:
    """Grades subjects with one solution; what came of the misconceptions is remembered from one to the next."""

    def __init__(self, assignment: Assignment, solution: ReferenceSolution) -> None:
        self._assignment = assignment
        self._solution = solution
        self._trials = trials_of(assignment, solution, assignment.seed)

    def result(
        self, subject: Subject, question: Question, checks: Sequence[GradedCheck], kind: type["_Worker"] | None = None
    ) -> QuestionResult | str:
        """Return what a subject gets for a question, or why it cannot be graded."""
        open_worker = kind or _Worker
        run = CheckRun(
            assignment=self._assignment,
            submission=Submission(name=subject.name, path=self._assignment.folder, sources=subject.sources, digest=""),
            solution=self._solution,
            seed=self._assignment.seed,
            open_worker=lambda: open_worker(subject),
            only_question=question.id,
        )
        run.trials = self._trials
        run.expect(checks)
        try:
            for graded in run.checks:
                run.attempt(graded)
        except GraderError as error:
            return error.message
        (result,) = graded_questions(run) or (None,)
        return result or "; ".join(fault.message for fault in run.faults)


def _differences(who: str, here: QuestionResult | str, there: QuestionResult | str) -> Iterator[str]:
    if isinstance(here, str) or isinstance(there, str):
        yield f"{who} cannot be graded: {here if isinstance(here, str) else there}"
        return
    for ours, theirs in zip(here.checks, there.checks, strict=True):
        for what in ("outcome", "points", "message", "misconception", "hint"):
            full, copy = getattr(ours, what), getattr(theirs, what)
            if _ADDRESS.sub("", str(full)) != _ADDRESS.sub("", str(copy)):
                yield f"{who}, check {ours.id}: {what} {full!r} becomes {copy!r}"
    if here.points != there.points:
        yield f"{who}: {here.points:g} points for {here.id} become {there.points:g}"


def _unearned(stub: QuestionResult | str) -> Iterator[str]:
    if isinstance(stub, str):
        yield f"the stubs cannot be graded: {stub}"
    elif stub.attempted:
        ended = {check.id: check.outcome for check in stub.checks if check.outcome is not Outcome.NOT_ATTEMPTED}
        yield f"the stubs count as attempted: {', '.join(f'{name} {outcome}' for name, outcome in ended.items())}"


def _unanswerable(careless: QuestionResult | str, question: Question) -> Iterator[str]:
    if isinstance(careless, str):
        yield (
            f"a check of {question.id} asks the reference something that depends on what the student's function does "
            "to its generators or dictionaries, so that no recording can answer it; "
            "hand out copies of them, and generators of their own"
        )


class _Worker(TrustedWorker):
    """Runs a subject's functions as if a student had handed them in."""

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self._subject = subject

    def load(
        self,
        sources: Sequence[ModuleSource],
        stand_ins: Mapping[str, Callable[..., Any]] | None = None,
        *,
        now: Sequence[str] | None = None,
    ) -> None:
        """Load the modules, and put the misconception in its place."""
        super().load(sources, stand_ins, now=now)
        if sources:
            self._subject.put_in(self)


class _CarelessWorker(_Worker):
    """Draws once more from every generator that a call was given, and overwrites what its dictionaries hold."""

    def call(self, call: Call) -> Reply:
        """Make the call, then draw and overwrite."""
        reply = super().call(call)
        for value in (*call.args, *call.kwargs.values()):
            if isinstance(value, np.random.Generator):
                value.random()
            if isinstance(value, dict):
                value.update({key: item * 0 for key, item in value.items() if isinstance(item, np.ndarray)})
        return reply
