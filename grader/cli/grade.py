"""`grade ASSIGNMENT [SUBMISSION]`: grade one submission."""

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from grader.cli.exits import ExitCode, exit_code
from grader.cli.options import Percent, course_option, isolation_option, resolve_course, seed_option
from grader.cli.output import deliver, prepare, wants_color
from grader.cli.progress import progress_line
from grader.exports import ResultFormat, render_result
from grader.model.result import GradedSubmission
from grader.reports import Format, render

_NOTEBOOK = "notebook"
"""No report of its own: the submission with the feedback in it."""
_FORMAT_OF_SUFFIX = {".html": Format.HTML, ".json": Format.JSON, ".md": Format.MARKDOWN, ".ipynb": _NOTEBOOK}


class _SameHelp(click.Command):
    """The assignment's name stands where a command would: its help is the program's."""

    def get_help(self, ctx: click.Context) -> str:
        return ctx.parent.get_help() if ctx.parent else super().get_help(ctx)


@click.command(cls=_SameHelp)
@click.argument("assignment")
@click.argument("submission", required=False, type=click.Path(path_type=Path))
@course_option
@seed_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*(each.value for each in (*Format, *ResultFormat)), _NOTEBOOK]),
    help="How to show the result (default: by the ending of --output, else terminal). notebook: a copy of the "
    "submitted notebook with the feedback below each answer.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write the report to a file instead of standard output.",
)
@click.option("--question", metavar="NAME", help="Grade this question only.")
@click.option(
    "--fail-under",
    type=Percent(),
    default=100.0,
    metavar="PERCENT",
    help="Exit with 0 from this share of the points on.",
)
@isolation_option
@click.option("--no-color", is_flag=True, help="Use no colours.")
@click.option("-v", "--verbose", is_flag=True, help="Show passed checks too, and where a fault of the grader happened.")
def grade_assignment(
    *,
    assignment: str,
    submission: Path | None,
    course: Path | None,
    seed: int | None,
    format_name: str | None,
    output: Path | None,
    question: str | None,
    fail_under: float,
    isolation: str,
    no_color: bool,
    verbose: bool,
) -> ExitCode:
    """Grade one submission."""
    found = resolve_course(course)
    if output:
        prepare(output)
    chosen = format_name or _FORMAT_OF_SUFFIX.get(output.suffix if output else "", Format.TERMINAL)
    notebook = _notebook(submission, output) if chosen == _NOTEBOOK else None
    from grader.sandbox import Isolation
    from grader.workflows.grade_one import Options, grade_one

    options = Options(seed=seed, question=question, isolation=Isolation(isolation))
    with progress_line() as on_progress:
        graded = grade_one(found, assignment, submission, options, on_progress)
    if notebook:
        from grader.workflows.feedback_notebook import feedback_notebook

        text = feedback_notebook(found, notebook, graded)
    elif chosen in tuple(ResultFormat):
        text = _exported(graded, ResultFormat(chosen))
    else:
        colored = output is None and wants_color(no_color=no_color)
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        text = render(graded, Format(chosen), color=colored, width=width, verbose=verbose)
    deliver(text, output)
    if output:
        earned = f"{graded.points:g} of {graded.max_points:g} points" if graded.gradable else "not graded"
        click.echo(f"{earned}; the report is in {output}", err=True)
    return exit_code(graded, fail_under_percent=fail_under)


def _exported(graded: GradedSubmission, result_format: ResultFormat) -> str:
    from grader.exports.classroom50 import Delivery

    return render_result(graded, result_format, graded_at=datetime.now(UTC), delivery=Delivery.of(os.environ))


def _notebook(submission: Path | None, output: Path | None) -> Path:
    from grader.workflows.feedback_notebook import require_notebook

    return require_notebook(submission, output)
