"""Marks in the offline grading worksheet that Moodle exported, for it to import again.

Rules: Moodle, mod/assign/feedback/offline/importgradeslib.php. The headings are in the language of the site.
"""

import html
import re
from collections.abc import Iterator, Sequence

from grader.exports.filling import FilledSheet, GradeRow, fill, number_in
from grader.exports.matching import Listed
from grader.exports.sheet import Cell, Sheet
from grader.model import wording
from grader.model.class_record import StudentRecord
from grader.model.escaping import visible
from grader.model.gradebook import GradedAssignment
from grader.model.marks import Mark
from grader.model.result import QuestionResult

_NAME, _EMAIL, _NUMBER = "Full name", "Email address", "ID number"
_GRADE, _MOST, _FEEDBACK = "Grade", "Maximum Grade", "Feedback comments"
_DIGITS = re.compile(r"\d+")
_COMMENT_CHARACTERS = 10_000


def fill_moodle(
    sheet: Sheet,
    assignment: GradedAssignment,
    students: Sequence[StudentRecord],
    *,
    column: str | None = None,
    feedback_column: str | None = None,
    overwrite: bool = False,
) -> FilledSheet:
    """Fill the marks of `students`, and what they are made of, into the worksheet; the rest of it stays as it is.

    `column` and `feedback_column` name the columns of grades and feedback where they are not in English. Without a
    column for feedback there is none. Raises `UsageError` for a file that is no worksheet.
    """
    header = sheet.header
    grade = _column(sheet, column or _GRADE, "--column")
    feedback = None
    if feedback_column or _FEEDBACK in header:
        feedback = _column(sheet, feedback_column or _FEEDBACK, "--feedback-column")
    rows = []
    for row in sheet.rows[1:]:
        cells = {name: cell.text.strip() for name, cell in zip(header, row, strict=False)}
        rows.append(
            GradeRow(
                listed=_listed(cells, row[0]),
                grade=sheet.cell(row, grade),
                most=number_in(cells.get(_MOST, "")) or assignment.max_points,
                feedback=None if feedback is None else sheet.cell(row, feedback),
            )
        )
    if rows and not any(row.listed.ids for row in rows):
        raise sheet.error(2, "the first column names no participants", _WRONG_FILE)
    return fill(sheet, rows, students, overwrite=overwrite, feedback_of=feedback_html)


def feedback_html(student: StudentRecord) -> str:
    """Return what a student's mark is made of as HTML: the points of each question, lateness, and comments by hand."""
    return "".join(_feedback(student))


def _feedback(student: StudentRecord) -> Iterator[str]:
    mark = student.mark
    if mark.points is None:
        return
    yield f"<p>{_points(mark)}</p>"
    if student.graded:
        items = [f"<li>{_escaped(each.title)}: {_points(each)}</li>" for each in student.graded.questions]
        yield f"<ul>{''.join(items)}</ul>"
    if mark.adjustment:
        yield f"<p>given by hand: {mark.adjustment:+g} points</p>"
    if mark.penalty:
        yield f"<p>handed in late: {-mark.penalty:+g} points</p>"
    for comment in mark.comments:
        yield f"<p>{_escaped(comment)}</p>"


def _column(sheet: Sheet, name: str, option: str) -> int:
    if sheet.header.count(name) == 1:
        return sheet.header.index(name)
    names = ", ".join(repr(heading) for heading in sheet.header)
    raise sheet.error(1, f"there is no column {name!r}", f"{_WRONG_FILE}; or name the column with {option}: {names}")


def _listed(cells: dict[str, str], first: Cell) -> Listed:
    """The first column says `Participant 123` in the language of the site; the number is that of the submissions."""
    number = _DIGITS.search(first.text)
    return Listed(
        ids=tuple(filter(None, (number and number[0], cells.get(_NUMBER)))),
        name=cells.get(_NAME, ""),
        email=cells.get(_EMAIL, ""),
    )


def _points(earned: Mark | QuestionResult) -> str:
    return f"{wording.points(earned.points or 0.0)} of {wording.points(earned.max_points)} points"


def _escaped(text: str) -> str:
    return html.escape(visible(text[:_COMMENT_CHARACTERS])).replace("\n", "<br>")


_WRONG_FILE = "download the grading worksheet of the assignment in Moodle, and give that file"
