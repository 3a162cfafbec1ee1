"""A student's own helper files are handed in with the modules, as far as they can be imported and read."""

from pathlib import Path

import pytest

from grader.course import read_submission
from grader.course.companions import COMPANION_BYTES, MAX_COMPANIONS
from grader.model.assignment import Assignment
from tests.fakes.archives import zipped
from tests.fakes.course import write_course

FILES = {"first.py": "from tools import double\n", "second.py": "def halve(x): return x / 2\n", "tools.py": "x = 1\n"}


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course").assignment("small")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "alice"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def modules(place: Path, assignment: Assignment) -> list[str]:
    submission = read_submission(place, assignment)
    assert submission.unreadable == ()
    return [source.module for source in submission.sources]


def test_a_file_beside_the_modules_is_one_of_the_sources(assignment: Assignment, folder: Path) -> None:
    submission = read_submission(folder, assignment)
    assert submission.sources[-1].module == "tools"
    assert (submission.sources[-1].filename, submission.sources[-1].text) == ("tools.py", "x = 1\n")
    assert modules(folder, assignment) == ["first", "second", "tools"]


def test_an_archive_brings_its_helpers_too(assignment: Assignment, tmp_path: Path) -> None:
    archive = tmp_path / "alice.zip"
    archive.write_bytes(zipped(*((name, text.encode()) for name, text in FILES.items())))
    assert modules(archive, assignment) == ["first", "second", "tools"]


def test_the_digest_covers_the_helpers(assignment: Assignment, folder: Path) -> None:
    before = read_submission(folder, assignment).digest
    (folder / "tools.py").write_text("x = 2\n", encoding="utf-8")
    assert read_submission(folder, assignment).digest != before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("random.py", b"seed = 1"),
        ("numpy.py", b""),
        ("my-notes.py", b""),
        ("2nd_try.py", b""),
        ("tools.txt", b""),
        ("latin.py", b"x = '\xe9'"),
        ("large.py", b"#" * (COMPANION_BYTES + 1)),
        (".hidden.py", b""),
    ],
)
def test_what_could_not_be_imported_or_read_is_left_out(
    assignment: Assignment, folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    assert modules(folder, assignment) == ["first", "second", "tools"]


def test_a_link_or_a_folder_is_no_helper(assignment: Assignment, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("key = 1\n", encoding="utf-8")
    (folder / "linked.py").symlink_to(tmp_path / "secret.py")
    (folder / "package.py").mkdir()
    assert modules(folder, assignment) == ["first", "second", "tools"]


def test_their_number_and_their_size_together_are_bounded(assignment: Assignment, folder: Path) -> None:
    for number in range(MAX_COMPANIONS + 5):
        (folder / f"a{number:02}.py").write_text("x = 1\n", encoding="utf-8")
    assert len(modules(folder, assignment)) == 2 + MAX_COMPANIONS
    for name in ("a00.py", "a01.py"):
        (folder / name).write_bytes(b"#" * (COMPANION_BYTES * 2 // 3))
    assert "a00" in modules(folder, assignment)
    assert "a01" not in modules(folder, assignment)
    assert "a02" in modules(folder, assignment)
