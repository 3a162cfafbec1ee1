"""What students handed in, and how it was graded."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, select, update

from grader.gradebook.database import Gradebook
from grader.gradebook.rows import grading_values, read_graded, write_results
from grader.gradebook.schema import assignments, attempts, check_results, gradings, question_results, students
from grader.gradebook.students import student_number
from grader.model.gradebook import Attempt, Run
from grader.model.result import GradedSubmission


def record(
    gradebook: Gradebook, run: Run, student: str, graded: GradedSubmission, *, submitted_at: datetime | None = None
) -> None:
    """Record how a student's submission was graded, in one transaction.

    The same text handed in again is the same attempt. A grading that failed is forgotten as soon as there is another,
    and a submission that could not be read as soon as there is one that could.
    """
    digest = graded.environment.submission_digest
    with gradebook.writing() as connection:
        attempt = _attempt_number(connection, run, student, digest, graded.submission)
        _seen(connection, run, attempt, submitted_at)
        ungraded = and_(gradings.c.attempt_id == attempt, ~gradings.c.gradable)
        connection.execute(delete(gradings).where(ungraded))
        if not graded.gradable and _is_graded_in(connection, run, attempt):
            return
        connection.execute(delete(gradings).where(gradings.c.attempt_id == attempt, gradings.c.run_id == run.id))
        values = {"attempt_id": attempt, "run_id": run.id, "graded_at": datetime.now(UTC), **grading_values(graded)}
        added = connection.execute(gradings.insert().values(**values).returning(gradings.c.id))
        write_results(connection, added.scalar_one(), graded)


def note_unchanged(gradebook: Gradebook, run: Run, found: Iterable[tuple[str, str, datetime | None]]) -> None:
    """Note that a run found submissions that are graded already: student, digest, and when it was submitted."""
    with gradebook.writing() as connection:
        for student, digest, submitted_at in found:
            attempt = _attempt_number(connection, run, student, digest, student)
            _seen(connection, run, attempt, submitted_at)


def attempts_at(gradebook: Gradebook, assignment: str) -> Mapping[str, tuple[Attempt, ...]]:
    """Return all attempts at an assignment, by student, in the order they were first recorded."""
    found: dict[str, list[Attempt]] = {}
    with gradebook.reading() as connection:
        for row in connection.execute(_standing(assignment)):
            found.setdefault(row.student, []).append(_attempt(row))
    return {student: tuple(of_student) for student, of_student in found.items()}


def results_of(
    gradebook: Gradebook, chosen: Sequence[Attempt], *, details: bool = True, ungraded: bool = False
) -> dict[int, GradedSubmission]:
    """Return the results of attempts, by the attempts' ids.

    Without `details` the checks lack what was said, called, printed and drawn. An attempt that could not be graded yet
    is left out, unless `ungraded` asks for what is known of it.
    """
    newest = select(gradings.c.attempt_id, gradings.c.gradable, func.max(gradings.c.id).label("grading")).group_by(
        gradings.c.attempt_id, gradings.c.gradable
    )
    wanted = {attempt.id for attempt in chosen}
    standing: dict[int, int] = {}
    with gradebook.reading() as connection:
        for row in connection.execute(newest.order_by(gradings.c.gradable)):  # what succeeded stands
            if row.attempt_id in wanted and (row.gradable or ungraded):
                standing[row.attempt_id] = row.grading
        graded = read_graded(connection, list(standing.values()), details=details)
    return {attempt: graded[grading] for attempt, grading in standing.items()}


def hints_of(gradebook: Gradebook, assignment: str) -> Mapping[str, str]:
    """Return the hint that was last given for each misconception found in an assignment."""
    newest = (
        select(func.max(check_results.c.id))
        .join(question_results, check_results.c.question_result_id == question_results.c.id)
        .join(gradings, question_results.c.grading_id == gradings.c.id)
        .join(attempts, gradings.c.attempt_id == attempts.c.id)
        .join(assignments, attempts.c.assignment_id == assignments.c.id)
        .where(assignments.c.key == assignment, check_results.c.misconception.is_not(None))
        .group_by(check_results.c.misconception)
    )
    query = select(check_results.c.misconception, check_results.c.details).where(check_results.c.id.in_(newest))
    with gradebook.reading() as connection:
        return {row.misconception: json.loads(row.details)["hint"] for row in connection.execute(query)}


def _standing(assignment: str) -> Any:
    """Each attempt with its latest grading, and with the latest that succeeded, which stands."""
    latest = gradings.alias("latest")
    graded = gradings.alias("graded")

    def newest(table: Any, *conditions: Any) -> Any:
        others = table.alias()
        within = [others.c.attempt_id == attempts.c.id, *(condition(others) for condition in conditions)]
        return select(func.max(others.c.id)).where(*within).correlate(attempts).scalar_subquery()

    return (
        select(
            attempts,
            students.c.key.label("student"),
            assignments.c.key.label("assignment"),
            latest.c.gradable,
            latest.c.errors,
            latest.c.graded_at.label("tried_at"),
            latest.c.max_points,
            graded.c.points,
            graded.c.graded_at,
        )
        .join(students, attempts.c.student_id == students.c.id)
        .join(assignments, attempts.c.assignment_id == assignments.c.id)
        .join(latest, latest.c.id == newest(gradings))
        .outerjoin(graded, graded.c.id == newest(gradings, lambda table: table.c.gradable))
        .where(assignments.c.key == assignment)
        .order_by(students.c.key, attempts.c.id)
    )


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        id=row.id,
        student=row.student,
        assignment=row.assignment,
        submission=row.submission,
        digest=row.digest,
        submitted_at=row.submitted_at,
        last_seen=row.last_run_id,
        points=row.points,
        max_points=row.max_points,
        errors=() if row.gradable else tuple(json.loads(row.errors)),
        graded_at=row.graded_at or row.tried_at,
    )


def _attempt_number(connection: Connection, run: Run, student: str, digest: str, submission: str) -> int:
    """Return the row of an attempt, which is added if new; one that could not be read gives way to one that could."""
    person = student_number(connection, student)
    assignment = connection.execute(select(assignments.c.id).where(assignments.c.key == run.assignment)).scalar_one()
    own = and_(attempts.c.student_id == person, attempts.c.assignment_id == assignment)
    if digest:
        connection.execute(delete(attempts).where(own, attempts.c.digest == ""))
    known = connection.execute(select(attempts.c.id).where(own, attempts.c.digest == digest)).scalar()
    if known is not None:
        return int(known)
    values = {"student_id": person, "assignment_id": assignment, "submission": submission, "digest": digest}
    added = attempts.insert().values(last_run_id=run.id, **values).returning(attempts.c.id)
    return int(connection.execute(added).scalar_one())


def _seen(connection: Connection, run: Run, attempt: int, submitted_at: datetime | None) -> None:
    values: dict[str, object] = {"last_run_id": run.id}
    if submitted_at is not None:
        values["submitted_at"] = submitted_at
    connection.execute(update(attempts).where(attempts.c.id == attempt).values(**values))


def _is_graded_in(connection: Connection, run: Run, attempt: int) -> bool:
    query = select(gradings.c.id).where(gradings.c.attempt_id == attempt, gradings.c.run_id == run.id)
    return connection.execute(query).first() is not None
