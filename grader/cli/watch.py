"""`grade watch ASSIGNMENT [SUBMISSION]`: grade on every save."""

import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.exits import ExitCode
from grader.cli.options import course_option, isolation_option, resolve_course, seed_option
from grader.cli.output import deliver, wants_color
from grader.cli.progress import progress_line

if TYPE_CHECKING:
    from grader.workflows.watch import Look


@click.command(name="watch")
@click.argument("assignment")
@click.argument("submission", required=False, type=click.Path(path_type=Path))
@course_option
@seed_option
@click.option("--question", metavar="NAME", help="Grade this question only.")
@isolation_option
@click.option("--no-color", is_flag=True, help="Use no colours.")
@click.option("-v", "--verbose", is_flag=True, help="Show passed checks too.")
def watch_assignment(
    *,
    assignment: str,
    submission: Path | None,
    course: Path | None,
    seed: int | None,
    question: str | None,
    isolation: str,
    no_color: bool,
    verbose: bool,
) -> ExitCode:
    """Grade a submission on every save, and say what changed.

    SUBMISSION is what `grade ASSIGNMENT` takes; without it, the stubs in assignments/ASSIGNMENT/. The assignment is
    watched too: its checks may be edited meanwhile. Ctrl-C ends it, with exit code 0.
    """
    found = resolve_course(course)
    from grader.sandbox import Isolation
    from grader.workflows.grade_one import Options
    from grader.workflows.watch import Watch

    options = Options(seed=seed, question=question, isolation=Isolation(isolation))
    try:
        with Watch(found, assignment, submission, options) as watch:
            for _ in watch.saves():
                if look := watch.look(progress_line):
                    _show(look, color=wants_color(no_color=no_color), verbose=verbose)
    except KeyboardInterrupt:
        if sys.stdout.isatty():
            click.echo()  # the terminal has just shown ^C on the line
    return ExitCode.DONE


def _show(look: "Look", *, color: bool, verbose: bool) -> None:
    if sys.stdout.isatty():
        click.clear()
    deliver(_text(look, color=color, verbose=verbose), None)


def _text(look: "Look", *, color: bool, verbose: bool) -> str:
    from grader.model.escaping import one_line
    from grader.reports import Format, render
    from grader.reports.change import render_change

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    parts = []
    if look.problem:
        problem = look.problem
        parts += [one_line(text) for text in (problem.message, f"hint: {problem.hint}" * bool(problem.hint)) if text]
    if look.graded:
        parts.append(render(look.graded, Format.TERMINAL, color=color, width=width, verbose=verbose))
        if look.before and look.graded.gradable:
            parts.append(render_change(look.before, look.graded, color=color, width=width))
    return "\n".join([*parts, f"{time.strftime('%H:%M:%S')}  waiting for the next save; Ctrl-C ends\n"])
