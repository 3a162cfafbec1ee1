"""A graded submission as rows, and back, without loss: what is searched for has columns, the rest is JSON.

The JSON is ASCII: PostgreSQL's text holds neither NUL nor a lone surrogate, both of which a student can print.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from grader.gradebook.schema import assignments, attempts, check_results, gradings, question_results, runs
from grader.model.assignment import Group, Visibility
from grader.model.evidence import EVIDENCE_KINDS
from grader.model.result import CheckResult, Environment, GradedSubmission, Outcome, QuestionResult, Traceback

_DETAILS = ("message", "hint", "call", "traceback", "stdout", "evidence")
_AT_ONCE = 500
"""Gradings read by one statement."""


def grading_values(graded: GradedSubmission) -> dict[str, Any]:
    """Return the columns of a grading that come from the result itself."""
    return {
        "gradable": graded.gradable,
        "errors": json.dumps(graded.errors),
        "points": graded.points,
        "max_points": graded.max_points,
        "seconds": graded.seconds,
        "environment": json.dumps(msgspec.to_builtins(graded.environment)),
    }


def write_results(connection: Connection, grading: int, graded: GradedSubmission) -> None:
    """Write the results of all questions and checks of a grading."""
    for position, question in enumerate(graded.questions):
        row = connection.execute(
            question_results.insert()
            .values(
                grading_id=grading,
                position=position,
                question=question.id,
                module=question.module,
                title=question.title,
                points=question.points,
                max_points=question.max_points,
                note=question.note,
                reading=json.dumps(question.reading),
            )
            .returning(question_results.c.id)
        ).scalar_one()
        if question.checks:
            connection.execute(check_results.insert(), list(_check_rows(row, question.checks)))


def _check_rows(question: int, checks: Sequence[CheckResult]) -> Iterator[dict[str, Any]]:
    for position, check in enumerate(checks):
        details = {name: msgspec.to_builtins(getattr(check, name)) for name in _DETAILS}
        yield {
            "question_result_id": question,
            "position": position,
            "check_id": check.id,
            "title": check.title,
            "check_group": check.group.value,
            "visibility": check.visibility.value,
            "outcome": check.outcome.value,
            "points": check.points,
            "max_points": check.max_points,
            "misconception": check.misconception,
            "seconds": check.seconds,
            "details": json.dumps(details),
        }


def read_graded(connection: Connection, numbers: Sequence[int], *, details: bool = True) -> dict[int, GradedSubmission]:
    """Return graded submissions by the numbers of their gradings.

    Without `details` the checks lack what was said, called, printed and drawn: enough to count, and much less to read.
    """
    found: dict[int, GradedSubmission] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        found.update(_read(connection, numbers[start : start + _AT_ONCE], details=details))
    return found


def _read(connection: Connection, numbers: Sequence[int], *, details: bool) -> Iterator[tuple[int, GradedSubmission]]:
    of_question: dict[int, list[CheckResult]] = {}
    columns = [column for column in check_results.c if details or column is not check_results.c.details]
    checks = (
        select(*columns)
        .join(question_results)
        .where(question_results.c.grading_id.in_(numbers))
        .order_by(check_results.c.question_result_id, check_results.c.position)
    )
    for row in connection.execute(checks):
        told = _details(row.details) if details else {}
        of_question.setdefault(row.question_result_id, []).append(_check(row, told))
    of_grading: dict[int, list[QuestionResult]] = {}
    questions = (
        select(question_results)
        .where(question_results.c.grading_id.in_(numbers))
        .order_by(question_results.c.grading_id, question_results.c.position)
    )
    for row in connection.execute(questions):
        result = _question(row, of_question.get(row.id, []))
        of_grading.setdefault(row.grading_id, []).append(result)
    rows = connection.execute(
        select(gradings, attempts.c.submission, assignments.c.key, assignments.c.title, runs.c.seed)
        .join(attempts, gradings.c.attempt_id == attempts.c.id)
        .join(assignments, attempts.c.assignment_id == assignments.c.id)
        .join(runs, gradings.c.run_id == runs.c.id)
        .where(gradings.c.id.in_(numbers))
    )
    for row in rows:
        yield row.id, _graded(row, of_grading.get(row.id, []))


def _graded(row: Row[Any], questions: Sequence[QuestionResult]) -> GradedSubmission:
    return GradedSubmission(
        assignment=row.key,
        title=row.title,
        submission=row.submission,
        seed=row.seed,
        gradable=row.gradable,
        errors=tuple(json.loads(row.errors)),
        points=row.points,
        max_points=row.max_points,
        seconds=row.seconds,
        questions=tuple(questions),
        environment=msgspec.convert(json.loads(row.environment), Environment),
    )


def _question(row: Row[Any], checks: Sequence[CheckResult]) -> QuestionResult:
    return QuestionResult(
        id=row.question,
        module=row.module,
        title=row.title,
        points=row.points,
        max_points=row.max_points,
        checks=tuple(checks),
        note=row.note,
        reading=tuple(json.loads(row.reading)),
    )


def _details(text: str) -> dict[str, Any]:
    details: dict[str, Any] = json.loads(text)
    evidence = details["evidence"]
    return {
        **details,
        "traceback": msgspec.convert(details["traceback"], Traceback | None),
        "evidence": msgspec.convert(evidence, EVIDENCE_KINDS[evidence["kind"]]) if evidence else None,
    }


def _check(row: Row[Any], details: dict[str, Any]) -> CheckResult:
    return CheckResult(
        id=row.check_id,
        title=row.title,
        outcome=Outcome(row.outcome),
        points=row.points,
        max_points=row.max_points,
        visibility=Visibility(row.visibility),
        group=Group(row.check_group),
        misconception=row.misconception,
        seconds=row.seconds,
        **details,
    )
