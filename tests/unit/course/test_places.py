"""Where in a checkout the graded functions stand."""

from pathlib import Path, PurePosixPath

import pytest

from grader.course import read_submission
from grader.course.places import find_places
from tests.fakes.course import write_course


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout" / "homework"
    folder.mkdir(parents=True)
    (folder / "first.py").write_text('"""def double(x)"""\n\n\ndef double(x):\n    return x\n', encoding="utf-8")
    return folder.parent


def test_files_are_found_from_the_top_and_functions_by_their_line(tmp_path: Path, checkout: Path) -> None:
    assignment = write_course(tmp_path / "course").assignment("small")
    places = find_places(checkout, read_submission(checkout, assignment), assignment)
    assert places.paths == {"first.py": PurePosixPath("homework/first.py")}
    assert places.lines == {"double": 4}


def test_a_file_of_the_same_name_with_another_text_is_another_file(tmp_path: Path, checkout: Path) -> None:
    assignment = write_course(tmp_path / "course").assignment("small")
    submission = read_submission(checkout, assignment)
    (checkout / "homework" / "first.py").write_text("changed = 1\n", encoding="utf-8")
    assert find_places(checkout, submission, assignment).paths == {}


def test_a_link_is_not_followed(tmp_path: Path, checkout: Path) -> None:
    assignment = write_course(tmp_path / "course").assignment("small")
    submission = read_submission(checkout, assignment)
    (checkout / "homework").rename(tmp_path / "elsewhere")
    (checkout / "homework").symlink_to(tmp_path / "elsewhere")
    assert find_places(checkout, submission, assignment).paths == {}
