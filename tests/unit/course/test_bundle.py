"""An assignment arrives whole, or not at all."""

from pathlib import Path

import pytest

from grader.course import open_course
from grader.course.bundle import pack_assignment, unpack_course
from grader.course.digests import assignment_digest
from grader.errors import AssignmentError
from tests.fakes.small_course import write_course


def test_an_assignment_is_the_same_where_it_arrives(tmp_path: Path) -> None:
    assignment = open_course(write_course(tmp_path / "here")).assignment("small")
    (assignment.solution_folder / "__pycache__").mkdir()
    (assignment.solution_folder / "__pycache__" / "scale.pyc").write_bytes(b"old")
    (assignment.solution_folder / ".env").write_text("secret")
    unpack_course(pack_assignment(assignment), tmp_path / "there", "small", assignment_digest(assignment))
    arrived = open_course(tmp_path / "there").assignment("small")
    assert arrived.questions == assignment.questions
    assert assignment_digest(arrived) == assignment_digest(assignment)
    assert not (arrived.solution_folder / "__pycache__").exists()
    assert not (arrived.solution_folder / ".env").exists()


@pytest.mark.parametrize("kept", [0, 10, -30])
def test_a_damaged_archive_is_refused(tmp_path: Path, kept: int) -> None:
    assignment = open_course(write_course(tmp_path / "here")).assignment("small")
    packed = pack_assignment(assignment)[:kept]
    with pytest.raises(AssignmentError, match="damaged on its way"):
        unpack_course(packed, tmp_path / "there", "small", assignment_digest(assignment))


def test_another_assignment_than_the_promised_one_is_refused(tmp_path: Path) -> None:
    assignment = open_course(write_course(tmp_path / "here")).assignment("small")
    packed = pack_assignment(assignment)
    (assignment.folder / "scale.py").write_text("# changed meanwhile\n")
    with pytest.raises(AssignmentError, match="damaged on its way"):
        unpack_course(packed, tmp_path / "there", "small", assignment_digest(assignment))
