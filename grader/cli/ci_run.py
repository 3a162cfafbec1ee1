"""`grade ci-run HOST ASSIGNMENT SUBMISSION`: grade inside a host; what the files of `grade ci` call."""

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.exits import ExitCode, exit_code
from grader.cli.options import Percent
from grader.cli.output import deliver

if TYPE_CHECKING:
    from grader.course.gradescope_metadata import GradescopeMetadata

_PATH = click.Path(path_type=Path)


@click.command(name="ci-run", hidden=True)
@click.argument("host", type=click.Choice(["github", "gitlab", "gradescope", "classroom50"]))
@click.argument("assignment")
@click.argument("submission", type=_PATH)
@click.option("--course", type=_PATH, required=True, metavar="DIR", help="The course's folder.")
@click.option(
    "--output",
    type=_PATH,
    required=True,
    metavar="PATH",
    help="The folder of the reports; Gradescope: the result's file.",
)
@click.option("--metadata", type=_PATH, metavar="FILE", help="Gradescope's submission_metadata.json.")
@click.option("--fail-under", type=Percent(), default=100.0, metavar="PERCENT")
@click.option("--isolation", type=click.Choice(["strict", "best"]), default="strict")
def ci_run_command(
    *,
    host: str,
    assignment: str,
    submission: Path,
    course: Path,
    output: Path,
    metadata: Path | None,
    fail_under: float,
    isolation: str,
) -> ExitCode:
    """Grade inside a host, and leave what it shows.

    Whatever happens, the host gets a result: a fault of the grader's is one without points, and exits with 3.
    """
    from grader.kits import Host
    from grader.sandbox import Isolation
    from grader.workflows.ci_outputs import outputs_for
    from grader.workflows.ci_run import run_for_host

    known = _metadata(metadata)
    run = run_for_host(
        course,
        assignment,
        submission,
        isolation=Isolation(isolation),
        name=_name(submission, known),
        metadata=known,
    )
    outputs = outputs_for(Host(host), run, os.environ)
    for name, text in outputs.files.items():
        place = output if host == "gradescope" else output / name
        place.parent.mkdir(parents=True, exist_ok=True)
        _make_way(place)
        deliver(text, place)
    _append("GITHUB_STEP_SUMMARY", outputs.summary)
    _append("GITHUB_OUTPUT", "".join(f"{name}={value}\n" for name, value in outputs.values.items()))
    deliver(outputs.log, None)
    if run.problem:
        # Where the result itself says so, the host has nothing else to show.
        return ExitCode.DONE if outputs.files else ExitCode.USAGE
    return exit_code(run.graded, fail_under_percent=fail_under)


def _metadata(path: Path | None) -> "GradescopeMetadata | None":
    """A submission without a time is not late; who reads the log is told why."""
    from grader.course.gradescope_metadata import read_metadata
    from grader.errors import SubmissionError

    if path is None:
        return None
    try:
        return read_metadata(path)
    except SubmissionError as error:
        print(f"{error.message}: lateness is not counted", file=sys.stderr)  # noqa: T201 - for the instructor's log
        return None


def _name(submission: Path, metadata: "GradescopeMetadata | None") -> str:
    """Return what the report calls the submission: the students, else the repository, else the folder."""
    if metadata and metadata.students:
        return ", ".join(filter(None, metadata.students))
    repository = os.environ.get("GITHUB_REPOSITORY") or os.environ.get("CI_PROJECT_PATH") or ""
    return repository.rpartition("/")[2] or submission.resolve().name


def _make_way(place: Path) -> None:
    """Remove what is there: a student may have committed a link, or a folder, of that name."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _append(variable: str, text: str) -> None:
    """Add to the file that the host names in a variable, where it does."""
    if text and (path := os.environ.get(variable)):
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
