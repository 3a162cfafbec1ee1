"""One run of an assignment's checks on one submission."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.checks.reference import Reference
from grader.checks.student import CallRecord
from grader.errors import AssignmentError, GraderError
from grader.harness.attempt import Attempt, GradedCheck, NoVerdictError, attempt_check, is_import_error
from grader.harness.catalogue import ReferenceSolution
from grader.harness.recording.calls import NotRecordedError
from grader.harness.recording.solution import trials_of
from grader.harness.trial import Trials, functions_beside, questions_by_name, stand_ins
from grader.harness.wording import (
    Explanation,
    explain_blocked,
    explain_stumble,
    explain_time_up,
    explain_time_used,
    explain_unreadable,
)
from grader.model.assignment import Assignment, Check, Group, Question
from grader.model.result import Outcome
from grader.model.submission import Submission
from grader.sandbox.contract import Worker
from grader.sandbox.faults import NotLoaded

TIME_OUTS = 2
"""After this many, the rest of a question's checks are not run: a loop without an end costs seconds, not minutes."""
SUBMISSION_SECONDS = 600.0
"""After so long in the checks of one submission, or `LONG_CALLS` calls that are allowed to take long, the rest is not
run: a hundred checks may each be just quick enough."""
LONG_CALLS = 20


@dataclass(slots=True, kw_only=True)
class CheckRun:
    """The checks of one assignment, the submission they run on, and what came of them so far."""

    assignment: Assignment
    submission: Submission
    solution: ReferenceSolution
    seed: int
    open_worker: Callable[[], Worker]
    only_question: str | None = None
    on_attempt: Callable[[int, int, str], None] | None = None
    """Told after each check: how many are done, of how many, and the title of the last; and what a slow one does."""
    seconds: float = SUBMISSION_SECONDS
    checks: list[GradedCheck] = field(default_factory=list)
    """The expected checks, in the order of the questions: nothing else counts."""
    attempts: dict[str, Attempt] = field(default_factory=dict)
    faults: list[GraderError] = field(default_factory=list)
    trials: Trials = field(init=False)
    _unloadable: dict[str, Explanation] = field(default_factory=dict)
    _borrowers: set[str] = field(default_factory=set)
    """Modules that could not import another one of the student's, and so get the reference's in its place."""

    def __post_init__(self) -> None:
        self.trials = trials_of(self.assignment, self.solution, self.seed)

    def expect(self, checks: Sequence[GradedCheck]) -> None:
        """Take the collected checks as the expected ones.

        Raises `AssignmentError` for a check of no question, two checks of one name, or a question without checks.
        """
        order = {question.id: i for i, question in enumerate(self.assignment.questions)}
        for graded in checks:
            if unknown := sorted({graded.check.question, *graded.check.needs} - set(order)):
                raise AssignmentError(
                    f"{graded.place}: check {graded.check.id} names no question: {', '.join(unknown)}",
                    hint="the questions stand in assignment.toml",
                )
        ids = [graded.check.id for graded in checks]
        if repeated := sorted({name for name in ids if ids.count(name) > 1}):
            raise AssignmentError(
                f"checks named twice: {', '.join(repeated)}", hint="a check's id is <file>.<function>"
            )
        if unchecked := [name for name in order if name not in {graded.check.question for graded in checks}]:
            raise AssignmentError(f"questions without a check: {', '.join(unchecked)}")
        wanted = [graded for graded in checks if self.only_question in (None, graded.check.question)]
        self.checks = sorted(wanted, key=lambda graded: order[graded.check.question])

    def of_question(self, question: str) -> list[GradedCheck]:
        """Return the expected checks of a question."""
        return [graded for graded in self.checks if graded.check.question == question]

    def attempt(self, graded: GradedCheck) -> Attempt:
        """Run one expected check and remember what came of it. Raises `GraderError` for a fault of ours."""
        foregone = self._foregone(graded.check)
        attempt = self._attempt(graded) if foregone is None else Attempt(explanation=foregone)
        self.attempts[graded.check.id] = attempt
        if self.on_attempt:
            self.on_attempt(len(self.attempts), len(self.checks), graded.check.title)
        return attempt

    def _foregone(self, check: Check) -> Explanation | None:
        """Return how a check ends without being run: its module or its prerequisites are known to be of no use."""
        question = self.assignment.question(check.question)
        for unreadable in self.submission.unreadable:
            if unreadable.module == question.module:
                return explain_unreadable(unreadable)
        if question.module in self._unloadable:
            return self._unloadable[question.module]
        outcomes = [self.attempts[graded.check.id].outcome for graded in self._attempted(question.id)]
        if outcomes.count(Outcome.TIMED_OUT) >= TIME_OUTS:
            return explain_time_used(question)
        if self._is_time_up():
            return explain_time_up()
        for name in check.needs:
            if name != question.id and not self._works(name):
                return explain_blocked(self.assignment.question(name), "none of its core checks passed")
        return None

    def _attempt(self, graded: GradedCheck) -> Attempt:
        question = self.assignment.question(graded.check.question)
        lent = stand_ins(self.assignment, question, self.solution, self.submission.sources)
        if question.module in self._borrowers:
            lent |= functions_beside(question.module, self.solution)
        try:
            return self._attempt_with(graded, question, lent)
        except NotRecordedError:
            if not lent:
                raise
            # A recording can only stand in where the student's code does as the recorded code did: else its own serves.
            return self._attempt_with(graded, question, {})

    def _attempt_with(self, graded: GradedCheck, question: Question, lent: Mapping[str, Callable[..., Any]]) -> Attempt:
        with self.open_worker() as worker:
            worker.load(self.submission.sources, stand_ins=lent, now=())
            try:
                attempt = attempt_check(
                    graded,
                    worker,
                    Reference(self.solution.modules),
                    questions=questions_by_name(self.assignment),
                    parameters=self.solution.parameters,
                    seed=self.seed,
                    on_call=self._progress_of(graded.check),
                )
            except NoVerdictError as error:
                attempt = self._stumbled(graded, worker, error)
        fault = attempt.records[-1].fault if attempt.records else None
        if isinstance(fault, NotLoaded) and fault.module == question.module:
            if question.module not in self._borrowers and is_import_error(fault.cause):
                self._borrowers.add(question.module)
                return self._attempt(graded)
            self._unloadable[question.module] = attempt.explanation
        return attempt

    def _is_time_up(self) -> bool:
        allowed = max(self.seconds, LONG_CALLS * (self.assignment.longest_call_seconds or 0.0))
        return sum(attempt.seconds for attempt in self.attempts.values()) >= allowed

    def _progress_of(self, check: Check) -> Callable[[CallRecord], None] | None:
        """Return what tells of each call of a slow check; the others are over before anybody could read it."""
        if not check.slow or not (report := self.on_attempt):
            return None
        numbers = itertools.count(1)

        def tell(record: CallRecord) -> None:
            doing = f"{record.question.id}, call {next(numbers)} of: {check.title}"
            report(len(self.attempts), len(self.checks), doing)

        return tell

    def _stumbled(self, graded: GradedCheck, worker: Worker, error: NoVerdictError) -> Attempt:
        """Tell whose fault it is that a check raised: if it passes with the reference, it is what the student returned.

        Raises `AssignmentError` where the check fails with the reference as well.
        """
        self.trials.of_reference(graded)
        return Attempt(explanation=explain_stumble(graded.check, str(error)), stdout=worker.output)

    def _attempted(self, question: str) -> list[GradedCheck]:
        return [graded for graded in self.of_question(question) if graded.check.id in self.attempts]

    def _works(self, question: str) -> bool:
        """Tell whether a question earned a core point so far; one that was not asked for is taken to work."""
        core = [graded.check.id for graded in self._attempted(question) if graded.check.group is Group.CORE]
        return not core or any(self.attempts[name].outcome is Outcome.PASSED for name in core)
