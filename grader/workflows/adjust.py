"""Put points, comments and due dates that people gave into the gradebook."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.course import Course
from grader.gradebook import list_members, marks_of, open_gradebook, read_adjustments, replace_adjustments


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedMark:
    """One student's mark, before and after. None: there was none."""

    student: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """What came of it."""

    title: str
    lines: int
    changed: tuple[ChangedMark, ...]


def adjust_marks(course: Course, assignment_id: str, gradebook_place: str, path: Path) -> Adjusted:
    """Read points, comments and due dates from CSV into the gradebook, all or none; the same file twice counts once.

    Raises `UsageError` where the assignment or the gradebook is not there, and for a line that cannot be, with its
    number.
    """
    assignment = course.assignment(assignment_id)
    with open_gradebook(gradebook_place, must_exist=True) as gradebook:
        before = {mark.student: mark.points for mark in marks_of(gradebook, assignment.id)}
        students = [member.id for member in list_members(gradebook)]
        given = read_adjustments(path, assignment, students, made_at=datetime.now(UTC))
        replace_adjustments(gradebook, assignment.id, given)
        after = {mark.student: mark.points for mark in marks_of(gradebook, assignment.id)}
    return Adjusted(
        title=assignment.title,
        lines=len(given),
        changed=tuple(
            ChangedMark(student=student, before=before.get(student), after=points)
            for student, points in after.items()
            if points != before.get(student)
        ),
    )
