"""Results and marks in the formats that other systems read."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from grader.model.audience import for_student
from grader.model.result import GradedSubmission

if TYPE_CHECKING:
    from grader.exports.classroom50 import Delivery

__all__ = ["ClassFormat", "ResultFormat", "render_result"]


class ResultFormat(StrEnum):
    """The formats of a single result."""

    GRADESCOPE = "gradescope"
    JUNIT = "junit"
    CLASSROOM50 = "classroom50"


class ClassFormat(StrEnum):
    """The formats of the marks of a class."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    GRADESCOPE = "gradescope"
    CLASSROOM50 = "classroom50"
    JUNIT = "junit"
    CSV = "csv"
    JSON = "json"


def render_result(
    graded: GradedSubmission,
    result_format: ResultFormat,
    *,
    graded_at: datetime,
    delivery: "Delivery | None" = None,
) -> str:
    """Return `graded` as a file for another system, as far as its readers may see it.

    Gradescope gets everything, since it withholds by each test's visibility; what the others get is read by students.
    `delivery` matters to Classroom 50 only. Raises `GraderError` where the format has no words for an ungraded result.
    """
    match ResultFormat(result_format):
        case ResultFormat.GRADESCOPE:
            from grader.exports.gradescope import render_gradescope

            return render_gradescope(graded)
        case ResultFormat.JUNIT:
            from grader.exports.junit import render_junit

            return render_junit(for_student(graded), graded_at=graded_at)
        case ResultFormat.CLASSROOM50:
            from grader.exports.classroom50 import Delivery, render_classroom50

            return render_classroom50(for_student(graded), delivery or Delivery(), graded_at=graded_at)
