"""`grade report [ASSIGNMENT]`: the class report and every student's feedback, as a static site."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.exits import ExitCode
from grader.cli.folder_output import deliver_folder, prepare_folder
from grader.cli.options import Percent, course_option, gradebook_option, resolve_course
from grader.cli.output import deliver
from grader.cli.progress import progress_bar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.workflows.report import ReportedClass, SiteFile

FOLDER = "report"


@click.command(name="report")
@click.argument("assignment", required=False)
@course_option
@gradebook_option
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the report goes (default: report/ in the course's folder). An earlier report is replaced; a folder "
    "with other files in it is left alone.",
)
@click.option("--anonymous", is_flag=True, help="Leave out names and what may tell them: students have pseudonyms.")
@click.option(
    "--at-risk",
    type=Percent(),
    default=50.0,
    metavar="PERCENT",
    help="List students whose mark is below this share of the points (default: 50).",
)
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of the grader happened.")
def report_command(
    *,
    assignment: str | None,
    course: Path | None,
    gradebook: str | None,
    output: Path | None,
    anonymous: bool,
    at_risk: float,
    verbose: bool,  # noqa: ARG001 - main looks for it when something fails
) -> ExitCode:
    """Write the report of a class as a folder of HTML pages.

    Without ASSIGNMENT, every assignment that the gradebook knows is reported. Open DIR/index.html; it needs no server
    and no network. students/ is for the course's staff; the pages in feedback/ are made to be handed out. Exit codes: 0
    written, 2 wrong usage, 3 the gradebook cannot be read or the report not be written.
    """
    found = resolve_course(course)
    from grader.gradebook import locate
    from grader.workflows.report import ReportOptions, report_class

    place = prepare_folder(output or found.folder / FOLDER)

    def write(files: "Iterable[SiteFile]") -> None:
        deliver_folder(((file.path, file.text) for file in files), place)

    with progress_bar() as show:
        from grader.workflows.grade_one import Progress

        reported = report_class(
            locate(found.folder, gradebook),
            assignment,
            ReportOptions(anonymous=anonymous, at_risk_percent=at_risk),
            write,
            show and (lambda done, total: show(Progress(done=done, total=total, title="pages"))),
        )
    deliver(_summary(reported, place), None)
    return ExitCode.DONE


def _summary(reported: "Sequence[ReportedClass]", place: Path) -> str:
    from grader.model.escaping import defuse_commands, excerpt
    from grader.model.wording import counted

    lines = [
        f"{excerpt(each.title, characters=80)} · {counted(each.students, 'student')}, {each.feedback} with feedback"
        for each in reported
    ]
    return defuse_commands("\n".join([*lines, f"  open {excerpt(str(place / 'index.html'), characters=300)}"]) + "\n")
