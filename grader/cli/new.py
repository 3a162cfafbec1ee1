"""`grade new ASSIGNMENT`: start an assignment."""

from pathlib import Path

import click

from grader.cli.commands import grade
from grader.cli.exits import ExitCode
from grader.cli.options import course_option, resolve_course
from grader.cli.output import deliver
from grader.errors import UsageError


@click.command(name="new")
@click.argument("name")
@course_option
@click.pass_context
def new_command(context: click.Context, *, name: str, course: Path | None) -> ExitCode:
    """Start an assignment with a sample question.

    It has a handout, a check, mistakes that the checks catch, and a second right solution: `grade verify` accepts it as
    it is. Change one thing after the other into what you want, and verify again.
    """
    found = resolve_course(course)
    if name.lower() in grade.list_commands(context):
        raise UsageError(f"{name} is a command of grade", hint="choose another name for the assignment")
    from grader.workflows.new import new_assignment

    written = new_assignment(found, name)
    files = "".join(f"  {path}\n" for path in written.files)
    deliver(f"{name} is written:\n{files}\nNext: grade verify {name}\n", None)
    return ExitCode.DONE
