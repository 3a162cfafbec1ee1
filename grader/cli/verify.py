"""`grade verify ASSIGNMENT`: prove that an assignment's checks are sound."""

import shutil
import sys
from pathlib import Path

import click

from grader.cli.exits import ExitCode
from grader.cli.options import course_option, resolve_course
from grader.cli.output import deliver, prepare, wants_color
from grader.cli.progress import progress_bar
from grader.reports.verification import VerificationFormat, render_verification

_FORMAT_OF_SUFFIX = {".html": VerificationFormat.HTML, ".json": VerificationFormat.JSON}
_SEEDS_MAX = 10_000
_JOBS_MAX = 1_000


@click.command(name="verify")
@click.argument("assignment")
@course_option
@click.option(
    "--seeds",
    type=click.IntRange(1, _SEEDS_MAX),
    default=20,
    metavar="N",
    help="How many seeds must give the same verdicts (default: 20).",
)
@click.option(
    "--jobs", type=click.IntRange(1, _JOBS_MAX), metavar="N", help="How many processes (default: one per processor)."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice([each.value for each in VerificationFormat]),
    help="How to show the proof (default: by the ending of --output, else terminal).",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write the report to a file instead of standard output.",
)
@click.option(
    "--isolation",
    type=click.Choice(["strict", "best"]),
    default="best",
    help="How the reference and the stubs are locked in when they are graded as a student's work.",
)
@click.option("--no-color", is_flag=True, help="Use no colours.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Show every check: its time, and how many misconceptions it catches."
)
def verify_assignment(
    *,
    assignment: str,
    course: Path | None,
    seeds: int,
    jobs: int | None,
    format_name: str | None,
    output: Path | None,
    isolation: str,
    no_color: bool,
    verbose: bool,
) -> ExitCode:
    """Prove that the checks of an assignment are sound.

    The reference must earn all points and the stubs none, functions that do nothing must earn none, every
    misconception must lose points at the checks named for it, every alternative must keep all, and all of this at
    every seed. Exit codes: 0 sound, 1 not sound, 2 wrong usage, 3 the assignment is damaged.
    """
    found = resolve_course(course)
    if output:
        prepare(output)
    from grader.sandbox import Isolation
    from grader.workflows.grade_one import Options
    from grader.workflows.verify import VerifyOptions, verify

    options = VerifyOptions(seeds=seeds, jobs=jobs or 0, grading=Options(isolation=Isolation(isolation)))
    with progress_bar() as on_progress:
        verification = verify(found, assignment, options, on_progress)
    by_ending = _FORMAT_OF_SUFFIX.get(output.suffix if output else "", VerificationFormat.TERMINAL)
    report_format = VerificationFormat(format_name) if format_name else by_ending
    colored = output is None and wants_color(no_color=no_color)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    deliver(render_verification(verification, report_format, color=colored, width=width, verbose=verbose), output)
    if output:
        problems = "" if verification.sound else f": {len(verification.problems)} to mend"
        verdict = "sound" if verification.sound else "not sound"
        click.echo(f"{assignment} is {verdict}{problems}; the report is in {output}", err=True)
    return ExitCode.DONE if verification.sound else ExitCode.NOT_SOUND
