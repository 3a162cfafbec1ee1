"""`grade ci HOST [ASSIGNMENT ...]`: write the files that let a host grade."""

from pathlib import Path

import click

from grader.cli.exits import ExitCode
from grader.cli.options import Percent, course_option, resolve_course
from grader.cli.output import deliver
from grader.cli.progress import progress_bar


@click.command(name="ci")
@click.argument("host", type=click.Choice(["github", "gitlab", "gradescope", "classroom50"]))
@click.argument("assignments", nargs=-1, metavar="[ASSIGNMENT]...")
@course_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write the files there (default: ci-HOST in the current folder).",
)
@click.option(
    "--repository", metavar="URL", help="Where jobs fetch the course (default: the origin of the course's repository)."
)
@click.option("--ref", metavar="REF", help="Which commit of it, by any name (default: what is checked out).")
@click.option(
    "--package",
    metavar="REQUIREMENT",
    help="What pip installs as the grader (default: this version, or ./course where the course holds the grader).",
)
@click.option(
    "--fail-under",
    type=Percent(),
    default=100.0,
    metavar="PERCENT",
    help="A job passes from this share of the points on.",
)
@click.option(
    "--isolation",
    type=click.Choice(["strict", "best"]),
    default="strict",
    help="strict (default): the host gives no mark where it cannot lock student code in; best: it uses what there is.",
)
@click.option("--force", is_flag=True, help="Overwrite files that were edited since.")
def ci_command(
    *,
    host: str,
    assignments: tuple[str, ...],
    course: Path | None,
    output: Path | None,
    repository: str | None,
    ref: str | None,
    package: str | None,
    fail_under: float,
    isolation: str,
    force: bool,
) -> ExitCode:
    """Write the files that let a host grade: a workflow, a pipeline, an autograder.

    Without an ASSIGNMENT, for all of the course. Jobs of GitHub and GitLab fetch the course at one commit; autograders
    of Gradescope and Classroom 50 carry it and the grader with them. What to do with the files is said at the end.
    """
    found = resolve_course(course)
    from grader.kits import Host
    from grader.sandbox import Isolation
    from grader.workflows.ci_kit import KitOptions, write_kit

    options = KitOptions(
        assignments=assignments,
        isolation=Isolation(isolation),
        fail_under_percent=fail_under,
        repository=repository,
        ref=ref,
        package=package,
        force=force,
    )
    with progress_bar() as on_progress:
        written = write_kit(found, Host(host), output or Path(f"ci-{host}"), options, on_progress)
    lines = [f"wrote {path}" for path in written.files] + [f"{path} is up to date" for path in written.unchanged]
    deliver("\n".join([*lines, "", "Next:", *(f"- {step}" for step in written.next_steps)]) + "\n", None)
    return ExitCode.DONE
