"""`grade new ASSIGNMENT`: start an assignment."""

from pathlib import Path

import click

from grader.cli.commands import grade
from grader.cli.exits import ExitCode
from grader.cli.options import course_option, resolve_course
from grader.cli.output import deliver
from grader.errors import UsageError
from grader.model.escaping import one_line


@click.command(name="new")
@click.argument("name")
@course_option
@click.option(
    "--from",
    "notebook",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take over what can be from an nbgrader or otter notebook, the instructor's.",
)
@click.pass_context
def new_command(context: click.Context, *, name: str, course: Path | None, notebook: Path | None) -> ExitCode:
    """Start an assignment with a sample question.

    It has a handout, checks, mistakes that the checks catch, and a second right solution: `grade verify` accepts it as
    it is. Change one thing after the other into what you want, and verify again.

    With --from, the functions with a solution become questions, and tests become checks where that is safe. Nothing in
    the notebook is run. What was left is listed, here and in solutions/NAME/NOTES.md.
    """
    found = resolve_course(course)
    if name.lower() in grade.list_commands(context):
        raise UsageError(f"{name} is a command of grade", hint="choose another name for the assignment")
    from grader.course.skeleton import told
    from grader.workflows.new import import_assignment, new_assignment

    written = import_assignment(found, name, notebook) if notebook else new_assignment(found, name)
    lines = [f"{name} is written:", *(f"  {path}" for path in written.files), ""]
    if written.left_out:
        lines += ["Left in the notebook:", *(f"  {one_line(told(left))}" for left in written.left_out), ""]
    next_step = f"read solutions/{name}/NOTES.md" if notebook else f"grade verify {name}"
    deliver("\n".join([*lines, f"Next: {next_step}", ""]), None)
    return ExitCode.DONE
