"""`grade class ASSIGNMENT FOLDER`: grade many submissions into the gradebook."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.exits import ExitCode
from grader.cli.options import course_option, gradebook_option, resolve_course, seed_option
from grader.cli.output import deliver
from grader.cli.progress import progress_bar
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.workflows.grade_class import ClassProgress
    from grader.workflows.schedulers.jobs import Scheduler, Setup

_JOBS_MAX = 1_000
_FILE = click.Path(path_type=Path)


@click.command(name="class")
@click.argument("assignment")
@click.argument("folder", type=_FILE)
@course_option
@gradebook_option
@click.option(
    "--jobs", type=click.IntRange(1, _JOBS_MAX), metavar="N", help="How many processes (default: one per processor)."
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Grade on a Dask cluster: its scheduler's address, tcp://… or tls://…, or `local` for one of this machine.",
)
@seed_option
@click.option("--regrade", is_flag=True, help="Grade again what is graded already, and show who gains and who loses.")
@click.option("--roster", type=_FILE, metavar="CSV", help="Take the students from a file: id,name,email,section.")
@click.option("--times", type=_FILE, metavar="CSV", help="Take the times of submission from a file: id,submitted_at.")
@click.option(
    "--isolation",
    type=click.Choice(["strict", "best"]),
    default="strict",
    help="strict (default): refuse to grade where a protection is missing; best: use those there are.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of the grader happened.")
def grade_class_command(
    *,
    assignment: str,
    folder: Path,
    course: Path | None,
    gradebook: str | None,
    jobs: int | None,
    scheduler: str | None,
    seed: int | None,
    regrade: bool,
    roster: Path | None,
    times: Path | None,
    isolation: str,
    verbose: bool,  # noqa: ARG001 - main looks for it when something fails
) -> ExitCode:
    """Grade what a class handed in, and record it in the gradebook.

    FOLDER has one entry for each student: a folder, a file or an archive, or is the bulk download of Canvas, Moodle or
    Gradescope. Each result is recorded as it ends: after an interruption, run the same command again. What has not
    changed is not graded twice. Exit codes: 0 all graded, 2 wrong usage, 3 some could not be graded.
    """
    found = resolve_course(course)
    from grader.gradebook import locate, read_roster, read_times
    from grader.reports.class_run import render_class_run
    from grader.sandbox import Isolation
    from grader.workflows.grade_class import ClassOptions, grade_class

    open_scheduler = _scheduler(scheduler, jobs or 0)
    options = ClassOptions(
        seed=seed,
        isolation=Isolation(isolation),
        regrade=regrade,
        roster=read_roster(roster) if roster else None,
        submitted_at=read_times(times) if times else {},
    )
    place = locate(found.folder, gradebook)
    with _live() as on_progress:
        run = grade_class(found, assignment, folder, place, options, open_scheduler, on_progress)
    deliver(render_class_run(run), None)
    return ExitCode.FAULT if run.ungraded else ExitCode.DONE


def _scheduler(address: str | None, jobs: int) -> "Callable[[Setup], Scheduler]":
    """Return what opens the scheduler that was asked for."""
    if address is None:
        from grader.workflows.schedulers.pool import LocalPool

        return lambda setup: LocalPool(setup, jobs=jobs)
    if jobs and address != "local":
        raise UsageError("--jobs does not go with the address of a cluster", hint="its workers are as many as they are")
    try:
        from grader.workflows.schedulers.cluster import Cluster
    except ModuleNotFoundError as error:
        raise UsageError(
            f"a cluster needs a library that is not there: {error.name}", hint="install dl-grader[cluster]"
        ) from error
    return lambda setup: Cluster(setup, address, jobs=jobs)


@contextmanager
def _live() -> "Iterator[Callable[[ClassProgress], None] | None]":
    """Give a function that shows on a terminal how far it is, how fast it goes, and how many could not be graded."""
    from grader.workflows.grade_one import Progress

    started = time.monotonic()
    with progress_bar() as show:

        def show_class(progress: "ClassProgress") -> None:
            rate = progress.done / max(time.monotonic() - started, 1e-3)
            title = f"{rate:.1f} a second, {progress.ungraded} could not be graded"
            if show:
                show(Progress(done=progress.done, total=progress.total, title=title))

        yield show_class if show else None
