"""`grade export ASSIGNMENT FORMAT`: give the marks of a class to another system."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.exits import ExitCode
from grader.cli.options import course_option, gradebook_option, resolve_course
from grader.cli.output import deliver, prepare
from grader.errors import UsageError
from grader.exports import ClassFormat
from grader.model.wording import counted

if TYPE_CHECKING:
    from grader.workflows.export import Exported


@click.command(name="export")
@click.argument("assignment")
@click.argument("format_name", metavar="FORMAT", type=click.Choice([each.value for each in ClassFormat]))
@course_option
@gradebook_option
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="canvas, moodle: the file that you downloaded there. It is read, and a filled copy is written.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write to a file instead of standard output; gradescope, classroom50: to a folder, with a file for each "
    "student.",
)
@click.option(
    "--column",
    metavar="NAME",
    help="canvas, moodle: the column of the grades (default: the assignment's title or id in Canvas, Grade in Moodle).",
)
@click.option(
    "--feedback-column", metavar="NAME", help="moodle: the column of the feedback (default: Feedback comments)."
)
@click.option("--overwrite", is_flag=True, help="canvas, moodle: replace other grades and feedback that are there.")
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of the grader happened.")
def export_command(
    *,
    assignment: str,
    format_name: str,
    course: Path | None,
    gradebook: str | None,
    into: Path | None,
    output: Path | None,
    column: str | None,
    feedback_column: str | None,
    overwrite: bool,
    verbose: bool,  # noqa: ARG001 - main looks for it when something fails
) -> ExitCode:
    """Give the marks of a class to another system.

    FORMAT is canvas, moodle, gradescope, classroom50, junit, csv or json. Marks come from the gradebook, with lateness
    and points by hand. A student without a mark gets no zero. Exit codes: 0 every mark is in it, 1 some are not
    (standard error says whose, and why), 2 wrong usage, 3 the gradebook cannot be read.
    """
    found = resolve_course(course)
    from grader.cli.folder_output import deliver_folder, prepare_folder
    from grader.gradebook import locate
    from grader.workflows.export import FOLDERS, ExportOptions, export_class

    class_format = ClassFormat(format_name)
    is_folder = class_format in FOLDERS
    if is_folder and output is None:
        raise UsageError(f"{class_format} has a file for each student", hint="name a folder for them with --output")
    folder = prepare_folder(output) if is_folder and output else None
    if output and not is_folder:
        prepare(output)

    def write(files: Iterable[tuple[str, str]]) -> None:
        if folder:
            deliver_folder(files, folder)

    options = ExportOptions(into=into, column=column, feedback_column=feedback_column, overwrite=overwrite)
    exported = export_class(locate(found.folder, gradebook), assignment, class_format, options, write)
    if not is_folder:
        deliver(exported.content, output)
    from grader.model.escaping import defuse_commands, one_line

    for line in _account(exported, output):
        print(defuse_commands(one_line(line)), file=sys.stderr)  # noqa: T201 - standard output is for the marks
    return ExitCode.INCOMPLETE if _is_incomplete(exported) else ExitCode.DONE


def _is_incomplete(exported: "Exported") -> bool:
    from grader.exports.filling import IN_THE_WAY

    notices = exported.sheet.notices if exported.sheet else ()
    return bool(exported.ungraded or exported.by_hand) or any(notice.fate in IN_THE_WAY for notice in notices)


def _account(exported: "Exported", output: Path | None) -> Iterator[str]:
    where = f", in {output}" if output else ""
    if sheet := exported.sheet:
        yield f"{exported.title}: {counted(sheet.written, 'mark')} written, {sheet.same} were there already{where}"
        if sheet.most != exported.max_points:
            yield f"marks of {exported.max_points:g} points are converted to {sheet.most:g}"
        for fate in dict.fromkeys(notice.fate for notice in sheet.notices):
            told = [notice for notice in sheet.notices if notice.fate is fate]
            yield f"{counted(len(told), 'student')} {fate}:"
            yield from (f"  {notice.student}{f': {notice.detail}' if notice.detail else ''}" for notice in told)
    else:
        yield f"{exported.title}: {counted(exported.marked, 'mark')} of {exported.students} students{where}"
    if exported.by_hand:
        yield f"{counted(len(exported.by_hand), 'student')} with points by hand alone, which this format cannot hold"
        yield from (f"  {student}" for student in exported.by_hand)
    if exported.ungraded:
        yield f"{counted(len(exported.ungraded), 'student')} without a mark: what they handed in is not graded yet"
        yield from (f"  {student}" for student in exported.ungraded)
