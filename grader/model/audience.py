"""Who reads a report, and what a student may not see in it."""

from dataclasses import replace
from enum import StrEnum

from grader.model.assignment import Visibility
from grader.model.result import CheckResult, GradedSubmission, QuestionResult


class Audience(StrEnum):
    """Who reads a report."""

    STUDENT = "student"
    INSTRUCTOR = "instructor"


def for_audience(graded: GradedSubmission, audience: Audience) -> GradedSubmission:
    """Return what `audience` may see of `graded`."""
    return graded if audience is Audience.INSTRUCTOR else for_student(graded)


def for_student(graded: GradedSubmission) -> GradedSubmission:
    """Return `graded` without what its checks' visibility withholds from the student.

    A check that is not `visible` keeps its title, outcome and points. All that could carry its inputs to the student
    goes: message, call, hint, misconception, traceback, evidence, printed text and time. A `hidden` check loses its
    name and title as well.
    """
    names = _withheld_names(graded)
    return replace(
        graded,
        errors=tuple(_without_names(error, names) for error in graded.errors),
        questions=tuple(_question(question) for question in graded.questions),
    )


def _question(question: QuestionResult) -> QuestionResult:
    checks = [_check(check, number) for number, check in enumerate(question.checks, start=1)]
    return replace(question, checks=tuple(checks))


def _check(check: CheckResult, number: int) -> CheckResult:
    if check.visibility is Visibility.VISIBLE:
        return check
    hidden = check.visibility is Visibility.HIDDEN
    return CheckResult(
        id=f"{check.id.partition('.')[0]}.hidden_{number}" if hidden else check.id,
        title="A hidden check." if hidden else check.title,
        outcome=check.outcome,
        points=check.points,
        max_points=check.max_points,
        visibility=check.visibility,
        group=check.group,
    )


def _withheld_names(graded: GradedSubmission) -> tuple[str, ...]:
    checks = [check for question in graded.questions for check in question.checks]
    return tuple(check.id.partition(".")[2] for check in checks if check.visibility is Visibility.HIDDEN)


def _without_names(error: str, names: tuple[str, ...]) -> str:
    """An error about a hidden check may quote its inputs: only the fact of it is kept."""
    return "a hidden check could not be run" if any(name in error for name in names) else error
