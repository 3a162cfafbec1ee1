"""The notebook of an assignment goes round: untouched it earns nothing, filled in with the solution everything."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from grader.course import Course
from grader.model.assignment import Assignment
from grader.model.result import GradedSubmission, Outcome
from grader.notebooks import solution_notebook, stub_notebook
from grader.workflows.grade_one import Options, grade_one


def test_the_untouched_notebook_is_not_attempted(course: Course, assignment: Assignment, tmp_path: Path) -> None:
    graded = _grade(course, assignment, stub_notebook(assignment), tmp_path)
    assert graded.gradable
    assert graded.points == 0
    assert {check.outcome for question in graded.questions for check in question.checks} == {Outcome.NOT_ATTEMPTED}


def test_the_notebook_with_the_solution_earns_everything(
    course: Course, assignment: Assignment, tmp_path: Path
) -> None:
    graded = _grade(course, assignment, solution_notebook(assignment), tmp_path)
    assert graded.gradable
    assert graded.points == graded.max_points


def test_every_question_has_a_cell_of_its_own_and_a_section_of_the_handout(assignment: Assignment) -> None:
    notebook = nbformat.reads(stub_notebook(assignment), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    nbformat.validate(notebook)
    answers = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    assert [cell.metadata.nbgrader.grade_id for cell in answers] == [each.id for each in assignment.questions]
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    handout = (assignment.folder / "README.md").read_text(encoding="utf-8")
    assert {line for line in handout.splitlines() if line.strip()} <= set(text.splitlines())


@pytest.mark.parametrize("make", [stub_notebook, solution_notebook])
def test_the_cells_run_one_after_the_other(assignment: Assignment, make: Callable[[Assignment], str]) -> None:
    """A notebook is run from top to bottom before anything is filled in."""
    notebook = nbformat.reads(make(assignment), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    names: dict[str, object] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.source.startswith("!"):
            exec(compile(cell.source, cell.id, "exec"), names)  # noqa: S102 - the course's own text
    assert {question.id for question in assignment.questions} <= set(names)


def _grade(course: Course, assignment: Assignment, notebook: str, folder: Path) -> GradedSubmission:
    path = folder / "work.ipynb"
    path.write_text(notebook, encoding="utf-8")
    return grade_one(course, assignment.id, path, Options())
