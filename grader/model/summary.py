"""What a report says about each question: what works, what to look at, and which of it first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from grader.model.assignment import Group, Visibility
from grader.model.result import CheckResult, GradedSubmission, Outcome, QuestionResult

_QUIET = frozenset({Outcome.PASSED, Outcome.NOT_ATTEMPTED, Outcome.SKIPPED})
"""Outcomes that are no finding."""


class State(StrEnum):
    """How far a question is."""

    COMPLETE = "complete"
    UNFINISHED = "unfinished"
    NOT_STARTED = "not_started"
    WAITING = "waiting"
    """Nothing could be graded before another question is answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Failed checks of one question that say the same: told once."""

    check: CheckResult
    also: tuple[CheckResult, ...] = ()
    """Later checks that ended in the same way, with the same message."""
    hint: str = ""
    """Given to one finding of a question."""
    reading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSummary:
    """One question, sorted into what a reader wants to know."""

    result: QuestionResult
    state: State
    works: tuple[CheckResult, ...]
    findings: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    """Failed checks that cost nothing."""
    waiting: tuple[CheckResult, ...]
    not_started: tuple[CheckResult, ...]
    passed: int
    """Of `total`; checks that only advise are not counted."""
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The whole submission."""

    graded: GradedSubmission
    questions: tuple[QuestionSummary, ...]
    first: QuestionSummary | None
    """The question to look at first; None when nothing is left to do."""
    passed: int
    total: int

    def count(self, state: State) -> int:
        """Return how many questions are in `state`."""
        return sum(question.state is state for question in self.questions)

    @property
    def missing_protections(self) -> tuple[tuple[str, str], ...]:
        """The protections that were not on, each with the reason."""
        isolation = self.graded.environment.isolation
        return tuple((name, why) for name, why in isolation.items() if not why.startswith("on"))


def summarize(graded: GradedSubmission) -> Summary:
    """Sort the results of `graded`; points are taken as they are."""
    questions = tuple(_summarize_question(question) for question in graded.questions)
    return Summary(
        graded=graded,
        questions=questions,
        first=_first_to_look_at(questions),
        passed=sum(question.passed for question in questions),
        total=sum(question.total for question in questions),
    )


def _summarize_question(question: QuestionResult) -> QuestionSummary:
    scored = [check for check in question.checks if check.group is not Group.ADVICE]
    failed = [check for check in question.checks if check.outcome not in _QUIET]
    findings = _grouped(check for check in failed if check.group is not Group.ADVICE)
    advice = _grouped(check for check in failed if check.group is Group.ADVICE)
    return QuestionSummary(
        result=question,
        state=_state(question, scored),
        works=_with_outcome(question, Outcome.PASSED),
        findings=_with_one_hint(findings, question.reading),
        advice=_with_one_hint(advice, ()) if not findings else advice,
        waiting=_with_outcome(question, Outcome.SKIPPED),
        not_started=_with_outcome(question, Outcome.NOT_ATTEMPTED),
        passed=sum(check.outcome is Outcome.PASSED for check in scored),
        total=len(scored),
    )


def _state(question: QuestionResult, scored: list[CheckResult]) -> State:
    outcomes = {check.outcome for check in scored}
    if outcomes == {Outcome.PASSED} and question.points >= question.max_points - 1e-9:
        return State.COMPLETE
    if outcomes == {Outcome.SKIPPED}:
        return State.WAITING
    if outcomes <= {Outcome.NOT_ATTEMPTED, Outcome.SKIPPED}:
        return State.NOT_STARTED
    return State.UNFINISHED


def _with_outcome(question: QuestionResult, outcome: Outcome) -> tuple[CheckResult, ...]:
    return tuple(check for check in question.checks if check.outcome is outcome)


def _grouped(failed: Iterable[CheckResult]) -> tuple[Finding, ...]:
    groups: dict[object, list[CheckResult]] = {}
    for check in failed:
        groups.setdefault(_trouble(check), []).append(check)
    return tuple(Finding(check=first, also=tuple(also)) for first, *also in groups.values())


def _trouble(check: CheckResult) -> object:
    """What makes two failures one: a function that is missing fails all of its checks with the same words, and a line
    that raises does so whatever the shapes in its message are.
    """
    if check.traceback and check.traceback.frames:
        frame = check.traceback.frames[-1]
        return check.outcome, check.traceback.error.partition(":")[0], frame.filename, frame.line
    return (check.outcome, check.message, check.traceback) if check.message or check.traceback else check.id


def _with_one_hint(findings: tuple[Finding, ...], reading: tuple[str, ...]) -> tuple[Finding, ...]:
    """Give the question's one hint, and where to read, to the finding that explains most."""
    told = [finding for finding in findings if finding.check.visibility is Visibility.VISIBLE]
    named = [finding for finding in told if finding.check.misconception and finding.check.hint]
    hinted = [finding for finding in told if finding.check.hint]
    chosen = next(iter([*named, *hinted, *told]), None)
    return tuple(
        Finding(check=finding.check, also=finding.also, hint=finding.check.hint, reading=reading)
        if finding is chosen
        else finding
        for finding in findings
    )


def _first_to_look_at(questions: tuple[QuestionSummary, ...]) -> QuestionSummary | None:
    """What is under way comes before what is not started, in the assignment's order."""
    for state in (State.UNFINISHED, State.NOT_STARTED, State.WAITING):
        for question in questions:
            if question.state is state:
                return question
    return None
