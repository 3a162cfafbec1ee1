"""Points, comments and due dates that a person wrote into a table."""

import math
from collections.abc import Collection
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from grader.errors import UsageError
from grader.gradebook.tables import complaint, moment, read_table
from grader.model.assignment import Assignment
from grader.model.gradebook import Adjustment

COLUMNS = ("id", "question", "points", "due", "comment", "author")


def read_adjustments(
    path: Path, assignment: Assignment, students: Collection[str], *, made_at: datetime
) -> tuple[Adjustment, ...]:
    """Read a CSV file with the column `id` and, where they exist, `question`, `points`, `due`, `comment`, `author`.

    An empty question is the assignment as a whole. Raises `UsageError`, with the line, for a student or a question that
    there is not, for points that are no number or more than the assignment is worth, for a due date that is no time,
    that of a question, or one of an assignment without any, and for a line that gives nothing.
    """
    given = []
    for line, values in read_table(path, COLUMNS, needed=("id",)):
        question = values.get("question") or None
        questions = [each.id for each in assignment.questions]
        if values["id"] not in students:
            raise _unknown(path, line, "student", values["id"], students)
        if question and question not in questions:
            raise _unknown(path, line, "question", question, questions)
        points, due, comment = (values.get(name, "") for name in ("points", "due", "comment"))
        if not (points or due or comment):
            raise complaint(
                path, line, "neither points nor a due date nor a comment", "write 0 to take back what was given before"
            )
        given.append(
            Adjustment(
                student=values["id"],
                assignment=assignment.id,
                question=question,
                points=_points(points, assignment, path, line) if points else 0.0,
                due=_due(due, question, assignment, path, line) if due else None,
                comment=comment,
                author=values.get("author", ""),
                made_at=made_at,
            )
        )
    if not given:
        raise UsageError(
            f"{path} gives nothing", hint="write one line for each student, below the names of the columns"
        )
    return tuple(given)


def _unknown(path: Path, line: int, what: str, name: str, known: Collection[str]) -> UsageError:
    near = get_close_matches(name, known, n=1)
    hint = f"is it {near[0]}?" if near else f"write the {what}'s id as the gradebook has it"
    return complaint(path, line, f"there is no {what} {name!r}", hint)


def _due(text: str, question: str | None, assignment: Assignment, path: Path, line: int) -> datetime:
    if question:
        raise complaint(path, line, "a due date belongs to the assignment as a whole", "leave the question empty")
    if assignment.late is None:
        raise complaint(
            path, line, f"{assignment.id} has no due date", "write [late] with due = … into its assignment.toml first"
        )
    return moment(text, path, line)


def _points(text: str, assignment: Assignment, path: Path, line: int) -> float:
    most = sum(question.points for question in assignment.questions)
    try:
        points = float(text.replace(",", "."))
    except ValueError as error:
        raise complaint(path, line, f"{text!r} is not a number of points", "write 2.5 or -1") from error
    if not math.isfinite(points) or abs(points) > most:
        raise complaint(path, line, f"{text} points are more than the assignment is worth", "check the number")
    return points
