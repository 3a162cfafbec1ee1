"""Gradings of a whole class: begun, interrupted, taken up again, ended."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select, update

from grader.gradebook.database import Gradebook
from grader.gradebook.rows import read_graded
from grader.gradebook.schema import assignments, attempts, gradings, runs, students
from grader.model.assignment import Assignment
from grader.model.change import Change, change_between
from grader.model.gradebook import Regrade, Run


def begin_run(
    gradebook: Gradebook, assignment: Assignment, *, assignment_digest: str, seed: int, regrade: bool = False
) -> Run:
    """Begin a run, or take up the last one of this assignment if it is the same and did not end."""
    with gradebook.writing() as connection:
        number = _assignment_number(connection, assignment)
        last = connection.execute(
            select(runs).where(runs.c.assignment_id == number).order_by(runs.c.id.desc()).limit(1)
        ).first()
        asked = (assignment_digest, seed, regrade)
        resumed = last is not None and last.ended_at is None
        if resumed and last is not None and (last.assignment_digest, last.seed, last.regrade) == asked:
            row = last.id
        else:
            resumed = False
            row = connection.execute(
                runs.insert()
                .values(
                    assignment_id=number,
                    assignment_digest=assignment_digest,
                    seed=seed,
                    regrade=regrade,
                    started_at=datetime.now(UTC),
                )
                .returning(runs.c.id)
            ).scalar_one()
    return Run(
        id=row,
        assignment=assignment.id,
        assignment_digest=assignment_digest,
        seed=seed,
        regrade=regrade,
        resumed=resumed,
    )


def end_run(gradebook: Gradebook, run: Run) -> None:
    """Note that nothing of the run is left to do."""
    with gradebook.writing() as connection:
        connection.execute(update(runs).where(runs.c.id == run.id).values(ended_at=datetime.now(UTC)))


def settled_digests(gradebook: Gradebook, run: Run) -> Mapping[str, frozenset[str]]:
    """Return, by student, the digests of submissions that need no grading in this run.

    In a regrade those that it has graded already; else those whose latest grading was made with the run's assignment
    and seed. One that could not be graded is tried again.
    """
    latest = select(func.max(gradings.c.id)).group_by(gradings.c.attempt_id)
    same = and_(runs.c.assignment_digest == run.assignment_digest, runs.c.seed == run.seed)
    settled = gradings.c.run_id == run.id if run.regrade else and_(gradings.c.id.in_(latest), same)
    query = (
        select(students.c.key, attempts.c.digest)
        .join(attempts, attempts.c.student_id == students.c.id)
        .join(assignments, attempts.c.assignment_id == assignments.c.id)
        .join(gradings, gradings.c.attempt_id == attempts.c.id)
        .join(runs, gradings.c.run_id == runs.c.id)
        .where(assignments.c.key == run.assignment, gradings.c.gradable, settled)
    )
    found: dict[str, set[str]] = {}
    with gradebook.reading() as connection:
        for student, digest in connection.execute(query):
            found.setdefault(student, set()).add(digest)
    return {student: frozenset(digests) for student, digests in found.items()}


def changes_of(gradebook: Gradebook, run: Run) -> tuple[Change, ...]:
    """Return what the run's gradings changed against the gradings before them, by student."""
    return _regrade(gradebook, run.id).changes


def last_regrade(gradebook: Gradebook, assignment: str) -> Regrade | None:
    """Return the last run that graded something again, and what that changed; None if nothing was."""
    query = (
        select(func.max(runs.c.id))
        .join(gradings, gradings.c.run_id == runs.c.id)
        .join(assignments, runs.c.assignment_id == assignments.c.id)
        .where(assignments.c.key == assignment, gradings.c.gradable, _before().is_not(None))
    )
    with gradebook.reading() as connection:
        run = connection.execute(query).scalar()
    return None if run is None else _regrade(gradebook, run)


def _regrade(gradebook: Gradebook, run: int) -> Regrade:
    before = _before()
    query = (
        select(students.c.key, before.label("before"), gradings.c.id.label("after"))
        .select_from(gradings)
        .join(attempts, gradings.c.attempt_id == attempts.c.id)
        .join(students, attempts.c.student_id == students.c.id)
        .where(gradings.c.run_id == run, gradings.c.gradable, before.is_not(None))
        .order_by(students.c.key, gradings.c.id)
    )
    with gradebook.reading() as connection:
        started = connection.execute(select(runs.c.started_at).where(runs.c.id == run)).scalar_one()
        pairs = connection.execute(query).all()
        numbers = [number for row in pairs for number in (row.before, row.after)]
        graded = read_graded(connection, numbers, details=False)
    changes = (change_between(row.key, graded[row.before], graded[row.after]) for row in pairs)
    return Regrade(
        started_at=started, attempts=len(pairs), changes=tuple(change for change in changes if change is not None)
    )


def _before() -> Any:
    """The grading of the same attempt that stood before a grading."""
    earlier = gradings.alias()
    return (
        select(func.max(earlier.c.id))
        .where(earlier.c.attempt_id == gradings.c.attempt_id, earlier.c.id < gradings.c.id, earlier.c.gradable)
        .correlate(gradings)
        .scalar_subquery()
    )


def _assignment_number(connection: Connection, assignment: Assignment) -> int:
    """Return the row of an assignment, with its points and policy as they are now."""
    late = assignment.late
    values = {
        "title": assignment.title,
        "max_points": sum(question.points for question in assignment.questions),
        "counted": assignment.counted.value,
        "late_due": late and late.due,
        "late_grace_minutes": late and late.grace_minutes,
        "late_percent_per_day": late and late.percent_per_day,
        "late_days": late and late.late_days,
        "late_cap_percent": late and late.cap_percent,
    }
    known = connection.execute(select(assignments.c.id).where(assignments.c.key == assignment.id)).scalar()
    if known is None:
        added = assignments.insert().values(key=assignment.id, **values).returning(assignments.c.id)
        return int(connection.execute(added).scalar_one())
    connection.execute(update(assignments).where(assignments.c.id == known).values(**values))
    return int(known)
