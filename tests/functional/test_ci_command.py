"""`grade ci`: what it writes, and what it does not overwrite."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.kits import committed_course


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return committed_course(tmp_path / "course")


def _ci(course: Path, *arguments: str, status: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "ci", *arguments],
        cwd=course.parent,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_an_edited_file_is_kept_unless_forced(course: Path) -> None:
    arguments = ["github", "--course", str(course), "--output", "kit", "--repository", "org/course"]
    _ci(course, *arguments)
    path = course.parent / "kit" / ".github" / "workflows" / "grade.yml"
    ours = path.read_text("utf-8")
    assert "is up to date" in _ci(course, *arguments)
    assert "wrote" in _ci(course, *arguments, "--fail-under", "50")
    path.write_text(ours.replace("15", "30"), encoding="utf-8")
    said = _ci(course, *arguments, status=2)
    assert "--force" in said
    assert "30" in path.read_text("utf-8")
    _ci(course, *arguments, "--force")
    assert path.read_text("utf-8") == ours


def test_it_says_what_to_do_next(course: Path) -> None:
    said = _ci(course, "github", "--course", str(course), "--output", "kit", "--repository", "org/course")
    assert "Next:" in said
    assert "grade class" in said


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["github"], "--repository OWNER/NAME"),
        (["gitlab"], "--repository https://"),
        (["github", "--repository", "org/course", "--ref", "v9"], "--ref"),
        (["github", "smal", "--repository", "org/course"], "did you mean small"),
        (["github", "--repository", "org/course\nrun: x"], "--repository"),
        (["github", "--repository", "org/course", "--package", "$(id)"], "dl-grader=="),
        (["jenkins"], "--help"),
    ],
)
def test_wrong_usage_has_a_hint_and_writes_nothing(course: Path, arguments: list[str], hint: str) -> None:
    said = _ci(course, *arguments, "--course", str(course), "--output", "kit", status=2)
    assert hint in said
    assert not (course.parent / "kit").exists()
