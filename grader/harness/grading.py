"""From a finished run to a graded submission: diagnosis, liveness, points."""

import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from grader.checks.declaration import Misconception
from grader.checks.student import CallRecord
from grader.errors import GraderError
from grader.harness.attempt import Attempt, GradedCheck
from grader.harness.diagnosis import COMPARABLE, find_misconception
from grader.harness.liveness import is_alive
from grader.harness.run import CheckRun
from grader.harness.session import run_session
from grader.model.assignment import Group, Question
from grader.model.result import CheckResult, Environment, GradedSubmission, Outcome, QuestionResult
from grader.model.scoring import Score, max_points, score_question


def grade_run(run: CheckRun, *, assignment_digest: str, isolation: Mapping[str, str]) -> GradedSubmission:
    """Run the checks and return the graded submission; a fault of ours leaves it ungraded, with the reason."""
    started = time.perf_counter()
    run_session(run)
    questions = () if run.faults else graded_questions(run)
    return GradedSubmission(
        assignment=run.assignment.id,
        title=run.assignment.title,
        submission=run.submission.name,
        seed=run.seed,
        gradable=not run.faults,
        # A zygote that has gone fails every later check in the same words.
        errors=tuple(
            dict.fromkeys(f"{fault.message} ({fault.hint})" if fault.hint else fault.message for fault in run.faults)
        ),
        points=round(sum(question.points for question in questions), 6),
        max_points=sum(question.points for question in asked_for(run)),
        seconds=time.perf_counter() - started,
        questions=questions,
        environment=Environment(
            python=platform.python_version(),
            numpy=np.__version__,
            platform=platform.platform(),
            isolation=dict(isolation),
            assignment_digest=assignment_digest,
            submission_digest=run.submission.digest,
        ),
        partial=run.only_question is not None,
    )


def asked_for(run: CheckRun) -> list[Question]:
    """Return the questions that the run is about."""
    return [question for question in run.assignment.questions if run.only_question in (None, question.id)]


def graded_questions(run: CheckRun) -> tuple[QuestionResult, ...]:
    """Return what a run of all its checks is worth; a fault of ours is added to the run's."""
    explained = any(attempt.outcome in COMPARABLE for attempt in run.attempts.values())
    try:
        misconceptions = run.trials.misconceptions() if explained else ()
        return tuple(_graded_question(run, question, misconceptions) for question in asked_for(run))
    except GraderError as fault:
        run.faults.append(fault)
        return ()


def _graded_question(run: CheckRun, question: Question, misconceptions: Sequence[Misconception]) -> QuestionResult:
    checks = run.of_question(question.id)
    score = score_attempts(
        question, checks, run.attempts, run.trials.of_reference, may_follow=_follows_a_mistake(run, checks)
    )
    own = [misconception for misconception in misconceptions if misconception.question == question.id]
    quick = [graded for graded in checks if not graded.check.slow]
    explained_by = find_misconception(own, quick, run.attempts, run.trials)
    return QuestionResult(
        id=question.id,
        module=question.module,
        title=question.title,
        points=_as_points(score.points),
        max_points=question.points,
        note=score.note,
        reading=question.reading,
        checks=_with_one_hint(_results(run, question, checks, score), explained_by),
    )


def _results(run: CheckRun, question: Question, checks: Sequence[GradedCheck], score: Score) -> list[CheckResult]:
    most = max_points(question, [graded.check for graded in checks])
    results = []
    for check, attempt in ((graded.check, run.attempts[graded.check.id]) for graded in checks):
        words = attempt.explanation
        results.append(
            CheckResult(
                id=check.id,
                title=check.title,
                group=check.group,
                visibility=check.visibility,
                outcome=attempt.outcome,
                points=_as_points(score.checks[check.id]),
                max_points=_as_points(most[check.id]),
                message=words.message,
                hint=words.hint,
                call=attempt.call,
                traceback=words.traceback,
                evidence=attempt.evidence,
                stdout=attempt.stdout,
                seconds=attempt.seconds,
            )
        )
    return results


def _with_one_hint(results: Sequence[CheckResult], explained_by: Misconception | None) -> tuple[CheckResult, ...]:
    """Leave one hint on the whole question: the misconception's on the first failed check, or the first there is."""
    lost = [result for result in results if result.outcome not in (Outcome.PASSED, Outcome.NOT_ATTEMPTED)]
    shown: CheckResult | None
    if explained_by:
        shown = next(result for result in lost if result.outcome in COMPARABLE)
        shown = replace(shown, hint=explained_by.hint, misconception=explained_by.id)
    else:
        shown = min((result for result in lost if result.hint), key=_hint_order, default=None)
    return tuple(shown if shown and result.id == shown.id else replace(result, hint="") for result in results)


def _hint_order(result: CheckResult) -> int:
    """A failure's own hint comes before `look at the other function first`, core before the rest."""
    return 2 * (result.outcome is Outcome.SKIPPED) + (result.group is not Group.CORE)


def score_attempts(
    question: Question,
    checks: Sequence[GradedCheck],
    attempts: Mapping[str, Attempt],
    run_reference: Callable[[GradedCheck], Attempt],
    *,
    may_follow: bool = True,
) -> Score:
    """Return the points of one question; `attempts` are those of its checks, by id, `may_follow` as for the score."""
    outcomes = {graded.check.id: attempts[graded.check.id].outcome for graded in checks}
    partial = {graded.check.id: attempts[graded.check.id].credit for graded in checks}
    alive = _is_alive(checks, attempts, run_reference)
    return score_question(
        question,
        [graded.check for graded in checks],
        outcomes,
        alive=alive,
        may_follow=may_follow,
        partial=partial,
    )


def _follows_a_mistake(run: CheckRun, checks: Sequence[GradedCheck]) -> bool:
    """Tell whether a function that the follow-through checks called failed a core check of its own, or was not asked.

    Else the student's forward pass is right where it is checked, and another where its gradient is.
    """
    followed = {
        record.question.id
        for graded in checks
        if graded.check.follow_through
        for record in run.attempts[graded.check.id].records
        if record.question.id != graded.check.question
    }
    core = [graded.check for name in followed for graded in run.of_question(name) if graded.check.group is Group.CORE]
    return not core or any(run.attempts[check.id].outcome is not Outcome.PASSED for check in core)


def _is_alive(
    checks: Sequence[GradedCheck], attempts: Mapping[str, Attempt], run_reference: Callable[[GradedCheck], Attempt]
) -> bool:
    """Ask the liveness gate; a question whose checks all pass, or earn nothing, needs no gate."""
    own = [attempts[graded.check.id] for graded in checks]
    if all(attempt.outcome is Outcome.PASSED for attempt in own) or not any(map(_earns, own)):
        return True
    pairs: list[tuple[CallRecord, CallRecord]] = []
    for graded in (graded for graded in checks if not graded.check.slow):
        ours, theirs = attempts[graded.check.id], run_reference(graded)
        pairs.extend(zip(_own_calls(ours, graded), _own_calls(theirs, graded), strict=False))
    return is_alive(pairs)


def _earns(attempt: Attempt) -> bool:
    return attempt.outcome is Outcome.PASSED or attempt.credit > 0


def _own_calls(attempt: Attempt, graded: GradedCheck) -> list[CallRecord]:
    return [record for record in attempt.records if record.question.id == graded.check.question]


def _as_points(exact: Fraction) -> float:
    return round(float(exact), 6)
