"""Stubs are made anew from their references, all or none."""

from pathlib import Path

import pytest

from grader.errors import AssignmentError
from grader.model.assignment import Assignment
from grader.workflows.stubs import write_stubs
from tests.fakes.course import FIRST, write_course


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course").assignment("small")


def test_only_what_is_not_up_to_date_is_written(assignment: Assignment) -> None:
    assert write_stubs(assignment) == ()
    reference = assignment.solution_folder / "first.py"
    reference.write_text(FIRST.replace("Return 2 x.", "Return twice x."))
    assert write_stubs(assignment) == ("first.py",)
    stub = (assignment.folder / "first.py").read_text()
    assert "Return twice x." in stub
    assert "raise NotImplementedError" in stub
    assert "return 2 * x" not in stub


def test_nothing_is_written_when_a_reference_is_damaged(assignment: Assignment) -> None:
    before = (assignment.folder / "first.py").read_text()
    for name, text in (("first.py", "x = 1\n"), ("second.py", "### BEGIN SOLUTION\n")):
        (assignment.solution_folder / name).write_text(text)
    with pytest.raises(AssignmentError, match="second"):
        write_stubs(assignment)
    assert (assignment.folder / "first.py").read_text() == before
