"""Give the marks of a class to another system."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from grader.errors import UsageError
from grader.exports import ClassFormat
from grader.exports.filling import FilledSheet
from grader.gradebook import Gradebook, assignment_in, open_gradebook, results_of
from grader.model import wording
from grader.model.audience import for_student
from grader.model.class_record import ClassRecord, StudentRecord
from grader.model.marks import Mark
from grader.model.page_names import page_names
from grader.model.result import GradedSubmission
from grader.workflows.class_record import read_class

FILLED = frozenset({ClassFormat.CANVAS, ClassFormat.MOODLE})
"""Formats that fill a file which the instructor downloaded."""
FOLDERS = frozenset({ClassFormat.GRADESCOPE, ClassFormat.CLASSROOM50})
"""Formats with a file for each student."""
_RESULTS = FOLDERS | {ClassFormat.JUNIT}
"""Formats that are made of results: a mark without one has no place in them."""

_AT_ONCE = 50
"""Students whose whole results are held in memory together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """How to export."""

    into: Path | None = None
    """The file to fill."""
    column: str | None = None
    feedback_column: str | None = None
    overwrite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What came of it."""

    title: str
    max_points: float
    students: int
    marked: int
    """Students with a mark."""
    ungraded: tuple[str, ...]
    """Students of whom something was handed in that could not be graded yet."""
    by_hand: tuple[str, ...] = ()
    """Students who have points by hand alone, where the format has results alone."""
    content: str | bytes = b""
    """The file, for formats of one file."""
    sheet: FilledSheet | None = None
    """What was filled, where a file was."""


def export_class(
    gradebook_place: str,
    assignment: str,
    class_format: ClassFormat,
    options: ExportOptions,
    deliver_folder: Callable[[Iterable[tuple[str, str]]], None],
) -> Exported:
    """Return the marks of a class in a format; what has a file for each student goes to `deliver_folder`, name by name.

    Raises `UsageError` where there is no gradebook, for an assignment that was never graded, and for a file that cannot
    be filled.
    """
    _require_file(class_format, options)
    with open_gradebook(gradebook_place, must_exist=True) as gradebook:
        record = read_class(gradebook, assignment_in(gradebook, assignment))
        sheet: FilledSheet | None = None
        content: str | bytes = b""
        if class_format in FILLED:
            sheet = _filled(record, class_format, options)
            content = sheet.content
        elif class_format in FOLDERS:
            deliver_folder(_files(gradebook, record, class_format))
        else:
            content = _rendered(gradebook, record, class_format)
    marks = [student.mark for student in record.students]
    return Exported(
        title=record.assignment.title,
        max_points=record.assignment.max_points,
        students=len(marks),
        marked=sum(mark.points is not None for mark in marks),
        ungraded=tuple(each.member.id for each in record.students if each.attempts and each.mark.points is None),
        by_hand=tuple(each.member.id for each in record.students if each.mark.points is not None and not each.counted)
        if class_format in _RESULTS
        else (),
        content=content,
        sheet=sheet,
    )


def _require_file(class_format: ClassFormat, options: ExportOptions) -> None:
    if class_format in FILLED and options.into is None:
        raise UsageError(
            f"{class_format} needs the file that you downloaded there", hint=f"name it: --into {class_format}.csv"
        )
    if class_format not in FILLED and (options.into or options.column or options.feedback_column or options.overwrite):
        raise UsageError(
            f"--into, --column, --feedback-column and --overwrite mean nothing to {class_format}",
            hint="leave them out: it fills no file",
        )
    if options.feedback_column and class_format is not ClassFormat.MOODLE:
        raise UsageError(f"--feedback-column means nothing to {class_format}", hint="Moodle alone imports feedback")


def _filled(record: ClassRecord, class_format: ClassFormat, options: ExportOptions) -> FilledSheet:
    from grader.exports.canvas import fill_canvas
    from grader.exports.moodle import fill_moodle
    from grader.exports.sheet import read_sheet

    assert options.into  # noqa: S101 - required above
    sheet = read_sheet(options.into)
    if class_format is ClassFormat.CANVAS:
        return fill_canvas(
            sheet, record.assignment, record.students, column=options.column, overwrite=options.overwrite
        )
    return fill_moodle(
        sheet,
        record.assignment,
        record.students,
        column=options.column,
        feedback_column=options.feedback_column,
        overwrite=options.overwrite,
    )


def _rendered(gradebook: Gradebook, record: ClassRecord, class_format: ClassFormat) -> str | bytes:
    from grader.exports.junit import Suite, render_suites
    from grader.exports.marks import render_csv, render_json

    if class_format is ClassFormat.CSV:
        return render_csv(record)
    if class_format is ClassFormat.JSON:
        return render_json(record)
    return render_suites(
        [
            Suite(graded=for_student(graded), graded_at=graded_at, mark=student.mark.points)
            for student, graded, graded_at in _results(gradebook, record.students)
        ]
    )


def _files(gradebook: Gradebook, record: ClassRecord, class_format: ClassFormat) -> Iterator[tuple[str, str]]:
    """Make each student's file when it is asked for; who has no mark has none."""
    from grader.exports.classroom50 import Delivery, render_classroom50
    from grader.exports.gradescope import render_gradescope

    names = page_names(student.member.id for student in record.students)
    for student, graded, graded_at in _results(gradebook, record.students):
        if not graded.gradable:
            continue
        points = student.mark.points
        if class_format is ClassFormat.GRADESCOPE:
            text = render_gradescope(graded, points=points, note=_note(student.mark))
        else:
            delivery = Delivery(assignment=record.assignment.id, submission=student.member.id)
            text = render_classroom50(for_student(graded), delivery, graded_at=graded_at, points=points)
        yield f"{names[student.member.id]}.json", text


def _results(
    gradebook: Gradebook, students: Sequence[StudentRecord]
) -> Iterator[tuple[StudentRecord, GradedSubmission, datetime]]:
    """Yield who handed in, with the whole result of the attempt that counts and when it was graded."""
    counted = [(student, student.counted.attempt) for student in students if student.counted]
    for start in range(0, len(counted), _AT_ONCE):
        batch = counted[start : start + _AT_ONCE]
        results = results_of(gradebook, [attempt for _, attempt in batch], ungraded=True)
        for student, attempt in batch:
            graded = replace(results[attempt.id], submission=student.member.id)  # of a group, each gets an own one
            yield student, graded, attempt.graded_at


def _note(mark: Mark) -> str:
    """Say what else than the checks makes a mark."""
    lines = [f"given by hand: {mark.adjustment:+g} points"] if mark.adjustment else []
    if mark.penalty:
        lines.append(
            f"{wording.counted(mark.days_late, 'day')} late: {wording.points(mark.penalty)} points are taken off"
        )
    return "\n".join([*lines, *mark.comments])
