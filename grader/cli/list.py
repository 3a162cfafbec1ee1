"""`grade list`: the assignments, with their questions and points."""

from pathlib import Path

import click
import msgspec

from grader.cli.exits import ExitCode
from grader.cli.options import course_option, resolve_course
from grader.cli.output import deliver
from grader.model.assignment import Assignment

SCHEMA = "list/v1"

_STARS = {1: "*", 2: "**", 3: "***"}


@click.command(name="list")
@course_option
@click.option(
    "--format", "format_name", type=click.Choice(["terminal", "json"]), default="terminal", help="How to show the list."
)
def list_assignments(*, course: Path | None, format_name: str) -> ExitCode:
    """List the assignments, with their questions and points."""
    assignments = resolve_course(course).assignments()
    deliver(_as_json(assignments) if format_name == "json" else _as_table(assignments), None)
    return ExitCode.DONE


def _as_json(assignments: tuple[Assignment, ...]) -> str:
    content = {"schema": SCHEMA, "assignments": [_entry(assignment) for assignment in assignments]}
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode() + "\n"


def _entry(assignment: Assignment) -> dict[str, object]:
    return {
        "id": assignment.id,
        "title": assignment.title,
        "seed": assignment.seed,
        "points": sum(question.points for question in assignment.questions),
        "questions": [
            {
                "id": question.id,
                "module": question.module,
                "title": question.title,
                "points": question.points,
                "difficulty": question.difficulty,
            }
            for question in assignment.questions
        ],
    }


def _as_table(assignments: tuple[Assignment, ...]) -> str:
    if not assignments:
        return "this course has no assignments yet\n"
    places = [f"{question.module}.{question.id}" for each in assignments for question in each.questions]
    width = max(map(len, places))
    return "\n".join(line for each in assignments for line in _block(each, width)) + "\n"


def _block(assignment: Assignment, width: int) -> list[str]:
    lines = [f"{assignment.id}  {assignment.title}"]
    lines += [
        f"  {f'{question.module}.{question.id}':<{width}}  {question.points:>4g} points  "
        f"{_STARS[question.difficulty]:<3}  {question.title}"
        for question in assignment.questions
    ]
    return [*lines, ""]
