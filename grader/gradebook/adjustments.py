"""Points, comments and time that a person gave, and the marks that come of everything together."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, and_, delete, select

from grader.errors import UsageError
from grader.gradebook.assignments import assignment_in
from grader.gradebook.attempts import attempts_at
from grader.gradebook.database import Gradebook
from grader.gradebook.schema import adjustments, assignments, students
from grader.gradebook.students import list_members, student_number
from grader.model.gradebook import Adjustment
from grader.model.marks import Mark, mark_of


def adjust(gradebook: Gradebook, adjustment: Adjustment) -> None:
    """Add what a person gave; earlier ones stay. Raises `UsageError` for an assignment that was never graded."""
    with gradebook.writing() as connection:
        _add(connection, _assignment_number(connection, gradebook, adjustment.assignment), adjustment)


def replace_adjustments(gradebook: Gradebook, assignment: str, given: Sequence[Adjustment]) -> None:
    """Let `given` stand in place of what the same authors gave the same students for the same questions.

    All or nothing. What others gave, and for other questions, stays; so does what is given again as it was, with its
    time. One that gives nothing takes back what was given. Raises `UsageError` for an assignment that was never
    graded.
    """
    with gradebook.writing() as connection:
        number = _assignment_number(connection, gradebook, assignment)
        groups: dict[tuple[str, str | None, str], list[Adjustment]] = {}
        for each in given:
            groups.setdefault((each.student, each.question, each.author), []).append(each)
        for (student, question, author), new in groups.items():
            earlier = and_(
                adjustments.c.student_id == student_number(connection, student),
                adjustments.c.assignment_id == number,
                adjustments.c.question.is_not_distinct_from(question),
                adjustments.c.author == author,
            )
            rows = connection.execute(select(adjustments).where(earlier).order_by(adjustments.c.id))
            wanted = [each for each in new if each.points or each.due or each.comment]
            if [(row.points, row.due, row.comment) for row in rows] != [
                (each.points, each.due, each.comment) for each in wanted
            ]:
                connection.execute(delete(adjustments).where(earlier))
                for each in wanted:
                    _add(connection, number, each)


def adjustments_to(gradebook: Gradebook, assignment: str) -> Mapping[str, tuple[Adjustment, ...]]:
    """Return all adjustments of an assignment, by student, oldest first."""
    query = (
        select(adjustments, students.c.key)
        .join(students, adjustments.c.student_id == students.c.id)
        .join(assignments, adjustments.c.assignment_id == assignments.c.id)
        .where(assignments.c.key == assignment)
        .order_by(adjustments.c.made_at, adjustments.c.id)
    )
    found: dict[str, list[Adjustment]] = {}
    with gradebook.reading() as connection:
        for row in connection.execute(query):
            found.setdefault(row.key, []).append(
                Adjustment(
                    student=row.key,
                    assignment=assignment,
                    question=row.question,
                    points=row.points,
                    due=row.due,
                    comment=row.comment,
                    author=row.author,
                    made_at=row.made_at,
                )
            )
    return {student: tuple(given) for student, given in found.items()}


def marks_of(gradebook: Gradebook, assignment: str) -> tuple[Mark, ...]:
    """Return the mark of everyone who is on the roster or handed in, by student's id.

    The policy is that of the last `grade class`. Raises `UsageError` for an assignment that was never graded.
    """
    graded = assignment_in(gradebook, assignment)
    handed_in, given = attempts_at(gradebook, assignment), adjustments_to(gradebook, assignment)
    return tuple(
        mark_of(
            student.id,
            handed_in.get(student.id, ()),
            given.get(student.id, ()),
            max_points=graded.max_points,
            late=graded.late,
            counted=graded.counted,
        )
        for student in list_members(gradebook)
        if student.on_roster or student.id in handed_in or student.id in given
    )


def _assignment_number(connection: Connection, gradebook: Gradebook, assignment: str) -> int:
    number = connection.execute(select(assignments.c.id).where(assignments.c.key == assignment)).scalar()
    if number is None:
        raise UsageError(f"the gradebook {gradebook.name} does not know {assignment}", hint="grade the class first")
    return int(number)


def _add(connection: Connection, assignment: int, adjustment: Adjustment) -> None:
    connection.execute(
        adjustments.insert().values(
            student_id=student_number(connection, adjustment.student),
            assignment_id=assignment,
            question=adjustment.question,
            points=adjustment.points,
            due=adjustment.due,
            comment=adjustment.comment,
            author=adjustment.author,
            made_at=adjustment.made_at,
        )
    )
