"""Which files students get, and what is cut out of them."""

from pathlib import Path

import pytest

from grader.course import open_course
from grader.course.students_copy import RECORDING, copied_files, stale_stubs
from grader.errors import AssignmentError
from grader.model.assignment import Assignment
from tests.fakes.small_course import write_course

HIDDEN = '''

### BEGIN HIDDEN TESTS
@check("coin_mask")
def test_secret(student, rng):
    """A secret"""
    assert student.coin_mask((2, 2), rng).sum() < 17
### END HIDDEN TESTS
'''


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return open_course(write_course(tmp_path / "course")).assignment("small")


def _copied(assignment: Assignment) -> dict[str, str]:
    return {str(path): content.decode() for path, content in copied_files(assignment)}


def test_stubs_are_made_of_the_references_and_solutions_stay_behind(assignment: Assignment) -> None:
    (assignment.folder / "scale.py").write_text("x = 'an old stub'\n")
    copied = _copied(assignment)
    assert "raise NotImplementedError" in copied["scale.py"]
    assert "return factor * x" not in "".join(copied.values())
    assert {"assignment.toml", "checks/test_scale.py", "checks/test_coins.py"} <= set(copied)


def test_hidden_files_caches_links_and_old_recordings_are_left_out(assignment: Assignment, tmp_path: Path) -> None:
    (assignment.folder / "checks" / "__pycache__").mkdir()
    (assignment.folder / "checks" / "__pycache__" / "test_scale.pyc").write_bytes(b"compiled")
    (assignment.folder / ".notes").write_text("how to solve it")
    (assignment.folder / RECORDING).write_bytes(b"old")
    (tmp_path / "key.txt").write_text("the key")
    (assignment.folder / "link.txt").symlink_to(tmp_path / "key.txt")
    (assignment.folder / "figure.png").write_bytes(b"\x89PNG")
    names = {str(path) for path, _ in copied_files(assignment)}
    assert not {name for name in names if "cache" in name or name in (".notes", RECORDING, "link.txt")}
    assert "figure.png" in names


def test_hidden_tests_are_cut_out_of_a_check_file(assignment: Assignment) -> None:
    path = assignment.folder / "checks" / "test_coins.py"
    before = path.read_text()
    path.write_text(before + HIDDEN)
    assert "secret" not in (cut := _copied(assignment)["checks/test_coins.py"])
    assert cut.rstrip() == before.rstrip()


@pytest.mark.parametrize(
    ("added", "line", "message"),
    [
        ("### BEGIN HIDDEN TESTS\nx = 1\n", 1, "never closes"),
        ("### BEGIN HIDDEN TESTS\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\n", 2, "opens inside the one of line"),
        ("### END HIDDEN TESTS\n", 1, "never opened"),
        ("# BEGIN HIDDEN TEST\n", 1, "looks like a hidden tests marker"),
    ],
)
def test_a_damaged_marker_is_an_error_with_file_and_line(
    assignment: Assignment, added: str, line: int, message: str
) -> None:
    path = assignment.folder / "checks" / "test_coins.py"
    lines = path.read_text().count("\n")
    path.write_text(path.read_text() + added)
    with pytest.raises(AssignmentError, match=message) as caught:
        _copied(assignment)
    assert f"test_coins.py, line {lines + line}:" in caught.value.message


def test_a_check_that_is_no_python_without_its_hidden_part_is_an_error(assignment: Assignment) -> None:
    path = assignment.folder / "checks" / "test_coins.py"
    path.write_text("def test_all_hidden():\n    ### BEGIN HIDDEN TESTS\n    assert True\n    ### END HIDDEN TESTS\n")
    with pytest.raises(AssignmentError, match="without its hidden tests is not Python"):
        _copied(assignment)


def test_stale_stubs_are_named(assignment: Assignment) -> None:
    for path, content in copied_files(assignment):
        (assignment.folder / path).write_bytes(content)
    assert stale_stubs(assignment) == ()
    stub = assignment.folder / "scale.py"
    stub.write_text(stub.read_text().replace("Return", "Give back"))
    assert stale_stubs(assignment) == ("scale.py",)
