"""Write a student's notebook again, with the feedback in it."""

from pathlib import Path

from grader.course import Course
from grader.course.files import read_regular
from grader.course.notebook_cells import NOTEBOOK_BYTES
from grader.errors import UsageError
from grader.model.result import GradedSubmission
from grader.notebooks import Feedback, with_feedback
from grader.reports import render_in_parts


def require_notebook(submission: Path | None, output: Path | None) -> Path:
    """Return the notebook to write again; raise `UsageError` where there is none, or where it would be overwritten."""
    if submission is None or submission.suffix.lower() != ".ipynb" or not submission.is_file():
        raise UsageError(
            "feedback can only be written into a notebook",
            hint="give the .ipynb file as SUBMISSION, or choose another --format",
        )
    if output and output.exists() and output.samefile(submission):
        raise UsageError(f"{output} is the submission itself", hint="choose another --output for the copy")
    return submission


def feedback_notebook(course: Course, notebook: Path, graded: GradedSubmission) -> str:
    """Return the text of a copy of the notebook, with what `graded` says of each question below its cell.

    Raises `SubmissionError` when the notebook cannot be read any more.
    """
    parts = render_in_parts(graded)
    content = read_regular(notebook.resolve(), limit_bytes=NOTEBOOK_BYTES)
    feedback = Feedback(overview=parts.overview, questions=parts.questions)
    return with_feedback(content, notebook.name, course.assignment(graded.assignment), feedback)
