"""`grade release ASSIGNMENT`: write the copy that students get."""

from pathlib import Path

import click

from grader.cli.exits import ExitCode
from grader.cli.options import course_option, resolve_course
from grader.cli.output import deliver
from grader.cli.progress import progress_bar
from grader.course.students_copy import stale_stubs
from grader.model.assignment import Assignment


@click.command(name="release")
@click.argument("assignment")
@course_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to write it (default: release/ASSIGNMENT below the current folder).",
)
@click.option(
    "--check", "check_only", is_flag=True, help="Only say whether the stubs are what the references make them."
)
@click.option("--stubs", "stubs_only", is_flag=True, help="Only make the stubs in assignments/ anew.")
def release_command(
    *, assignment: str, course: Path | None, output: Path | None, check_only: bool, stubs_only: bool
) -> ExitCode:
    """Write the copy of an assignment that students get.

    It holds handout, stubs, a notebook, the visible checks and a recording of what the reference answers, so that
    students can grade at home, offline: no solution, no hidden check, no known mistake's code. The folder must be new
    or empty. Before anything is written, the copy has to grade the reference, the alternatives and the misconceptions
    as the full course does.
    """
    found = resolve_course(course)
    if check_only:
        return _check(found.assignment(assignment))
    if stubs_only:
        return _write_stubs(found.assignment(assignment))
    from grader.workflows.release import release

    with progress_bar() as on_progress:
        done = release(found, assignment, output or Path("release") / assignment, on_progress)
    hidden = f"; {done.hidden_checks} more are hidden" if done.hidden_checks else ""
    lines = [
        f"{assignment} is ready for students in {done.folder}:",
        *(f"  {path}" for path in done.files),
        "",
        f"{done.checks} checks{hidden}. The recording takes {_size(done.recording_bytes)}.",
        "",
        f"Next: try it, as a student would: cd {done.folder} && grade {assignment}",
        "",
    ]
    deliver("\n".join(lines), None)
    return ExitCode.DONE


def _check(assignment: Assignment) -> ExitCode:
    stale = stale_stubs(assignment)
    if not stale:
        deliver(f"The stubs of {assignment.id} are up to date.\n", None)
        return ExitCode.DONE
    lines = [
        f"Not what the references make them, in {assignment.folder}:",
        *(f"  {name}" for name in stale),
        "",
        f"Next: grade release {assignment.id} --stubs makes them anew from the references.",
        "",
    ]
    deliver("\n".join(lines), None)
    return ExitCode.STALE


def _write_stubs(assignment: Assignment) -> ExitCode:
    from grader.workflows.stubs import write_stubs

    written = write_stubs(assignment)
    if written:
        deliver("\n".join([f"Made anew, in {assignment.folder}:", *(f"  {name}" for name in written), ""]), None)
    else:
        deliver(f"The stubs of {assignment.id} are up to date.\n", None)
    return ExitCode.DONE


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} KB"
