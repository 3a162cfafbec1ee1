"""The pages of a class as HTML: each stands alone, asks the network for nothing, and is whole without its script."""

from collections.abc import Mapping

from grader.model.audience import for_student
from grader.model.result import GradedSubmission
from grader.model.summary import summarize
from grader.reports.class_report import figures as class_figures
from grader.reports.class_report import wording
from grader.reports.class_report.view import ClassView, StudentRow
from grader.reports.html import render_page

_CLASS_STYLES = ("report.css", "class_shared.css", "class_report.css")
_STUDENT_STYLES = ("report.css", "class_shared.css", "student_record.css")


def render_class(view: ClassView, *, index: str | None = None) -> str:
    """Return the page of a class; `index` is the address of the page of all assignments, where there is one."""
    return render_page(
        "class_report.html.j2",
        _CLASS_STYLES,
        script="class_report.js",
        view=view,
        index=index,
        words=wording,
        pictures=class_figures,
    )


def render_index(views: Mapping[str, ClassView]) -> str:
    """Return the page of all assignments; `views` has them by the folders that their pages lie in."""
    students = sorted({(row.name, row.id) for view in views.values() for row in view.students})
    rows = [{row.id: row for row in view.students} for view in views.values()]
    return render_page(
        "class_index.html.j2",
        _CLASS_STYLES,
        script="class_report.js",
        views=views,
        students=[(name, student, [of_view.get(student) for of_view in rows]) for name, student in students],
        words=wording,
    )


def render_student(row: StudentRow, graded: GradedSubmission, *, class_page: str, feedback: str) -> str:
    """Return what staff see of a student: how the mark came about, every attempt, and every check."""
    return _render(row, graded, class_page=class_page, feedback=feedback)


def render_feedback(row: StudentRow, graded: GradedSubmission) -> str:
    """Return what the student sees: nothing that a check's visibility withholds, and no way to others' pages."""
    return _render(row, for_student(graded), class_page=None, feedback=None)


def _render(row: StudentRow, graded: GradedSubmission, *, class_page: str | None, feedback: str | None) -> str:
    return render_page(
        "report.html.j2",
        _STUDENT_STYLES,
        summary=summarize(graded),
        graded=graded,
        record={"row": row, "class_page": class_page, "feedback": feedback},
        words=wording,
    )
