"""Which assignments were graded, and under which policy."""

from typing import Any

from sqlalchemy import Row, select

from grader.errors import UsageError
from grader.gradebook.database import Gradebook
from grader.gradebook.schema import assignments
from grader.model.gradebook import GradedAssignment
from grader.model.policy import Counted, LatePolicy


def list_assignments(gradebook: Gradebook) -> tuple[GradedAssignment, ...]:
    """Return every assignment that a class was graded for, by id, as the last `grade class` knew it."""
    with gradebook.reading() as connection:
        return tuple(map(_assignment, connection.execute(select(assignments).order_by(assignments.c.key))))


def assignment_in(gradebook: Gradebook, assignment: str) -> GradedAssignment:
    """Return one assignment; raise `UsageError` for one that was never graded."""
    known = {each.id: each for each in list_assignments(gradebook)}
    if assignment not in known:
        names = f"; it knows {', '.join(known)}" if known else ""
        raise UsageError(
            f"the gradebook {gradebook.name} does not know {assignment}{names}", hint="grade the class first"
        )
    return known[assignment]


def _assignment(row: Row[Any]) -> GradedAssignment:
    late = row.late_due and LatePolicy(
        due=row.late_due,
        grace_minutes=row.late_grace_minutes,
        percent_per_day=row.late_percent_per_day,
        late_days=row.late_days,
        cap_percent=row.late_cap_percent,
    )
    return GradedAssignment(
        id=row.key, title=row.title, max_points=row.max_points, counted=Counted(row.counted), late=late
    )
