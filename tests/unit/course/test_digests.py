"""A digest changes with everything that decides a result, and with nothing else."""

from pathlib import Path

import pytest

from grader.course.digests import assignment_digest, digest_of
from grader.errors import AssignmentError
from tests.fakes.course import write_course


def test_the_order_of_the_parts_does_not_matter() -> None:
    assert digest_of([("a", b"1"), ("b", b"2")]) == digest_of([("b", b"2"), ("a", b"1")])


def test_bytes_cannot_move_from_a_name_into_a_content() -> None:
    assert digest_of([("ab", b"c")]) != digest_of([("a", b"bc")])
    assert digest_of([("a", b""), ("b", b"")]) != digest_of([("a", b"b")])


@pytest.mark.parametrize(
    "name",
    [
        "assignments/small/assignment.toml",
        "assignments/small/first.py",
        "assignments/small/checks/test_first.py",
        "solutions/small/second.py",
        "solutions/small/misconceptions/first.py",
    ],
)
def test_a_change_that_can_change_a_result_changes_the_digest(tmp_path: Path, name: str) -> None:
    assignment = write_course(tmp_path).assignment("small")
    before = assignment_digest(assignment)
    changed = tmp_path / name
    changed.parent.mkdir(exist_ok=True)
    with changed.open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert assignment_digest(assignment) != before


@pytest.mark.parametrize("name", ["README.md", "checks/__pycache__/test_first.pyc", "checks/.test_first.py.swp"])
def test_a_handout_or_a_cache_does_not(tmp_path: Path, name: str) -> None:
    assignment = write_course(tmp_path).assignment("small")
    before = assignment_digest(assignment)
    added = assignment.folder / name
    added.parent.mkdir(exist_ok=True)
    added.write_text("changed", encoding="utf-8")
    assert assignment_digest(assignment) == before


def test_a_release_without_solutions_has_a_digest(tmp_path: Path) -> None:
    assignment = write_course(tmp_path).assignment("small")
    for path in assignment.solution_folder.iterdir():
        path.unlink()
    assignment.solution_folder.rmdir()
    assert assignment_digest(assignment).startswith("sha256:")


def test_a_file_that_went_away_is_an_assignment_error(tmp_path: Path) -> None:
    assignment = write_course(tmp_path).assignment("small")
    (assignment.folder / "first.py").unlink()
    with pytest.raises(AssignmentError, match=r"cannot read .*first\.py"):
        assignment_digest(assignment)
