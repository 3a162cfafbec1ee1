"""`grade adjust ASSIGNMENT FILE`: give points, comments and more time by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.exits import ExitCode
from grader.cli.options import course_option, gradebook_option, resolve_course
from grader.cli.output import deliver

if TYPE_CHECKING:
    from grader.workflows.adjust import Adjusted


@click.command(name="adjust")
@click.argument("assignment")
@click.argument("file", type=click.Path(path_type=Path))
@course_option
@gradebook_option
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of the grader happened.")
def adjust_command(
    *,
    assignment: str,
    file: Path,
    course: Path | None,
    gradebook: str | None,
    verbose: bool,  # noqa: ARG001 - main looks for it when something fails
) -> ExitCode:
    """Give points, comments and more time by hand.

    FILE is CSV: id,question,points,due,comment,author; only id is needed, and points, due or a comment. Points are
    added to what the checks give, and may be negative; without a question they belong to the whole assignment. due is
    until when a student has time, if that is later than for the class: 2026-10-05T23:59:00+02:00. The same file twice
    counts once: lines replace what their author gave the same student for the same question before. Exit codes: 0 all
    lines are in the gradebook, 2 none are: standard error names the line that cannot be, 3 the gradebook cannot be
    written.
    """
    found = resolve_course(course)
    from grader.gradebook import locate
    from grader.model.escaping import defuse_commands
    from grader.workflows.adjust import adjust_marks

    adjusted = adjust_marks(found, assignment, locate(found.folder, gradebook), file)
    deliver(defuse_commands("\n".join(_account(adjusted)) + "\n"), None)
    return ExitCode.DONE


def _account(adjusted: "Adjusted") -> Iterator[str]:
    from grader.model.escaping import excerpt
    from grader.model.wording import counted, points

    def shown(mark: float | None) -> str:
        return "no mark" if mark is None else points(mark)

    lines, marks = counted(adjusted.lines, "line"), counted(len(adjusted.changed), "mark")
    yield f"{excerpt(adjusted.title, characters=80)}: {lines} read, {marks} changed"
    for each in adjusted.changed:
        yield f"  {excerpt(each.student, characters=80)}: {shown(each.before)} → {shown(each.after)}"
