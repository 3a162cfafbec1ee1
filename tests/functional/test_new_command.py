"""`grade new` as an author meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "course" / "assignments").mkdir(parents=True)
    return tmp_path / "course"


def test_a_new_assignment_is_sound_as_it_is(course: Path) -> None:
    done = _grade(course, "new", "weight-decay")
    assert (done.returncode, done.stderr) == (0, "")
    assert "assignments/weight-decay/assignment.toml" in done.stdout
    assert done.stdout.endswith("Next: grade verify weight-decay\n")
    proof = _grade(course, "verify", "weight-decay", "--seeds", "3")
    assert (proof.returncode, proof.stderr) == (0, ""), proof.stdout
    assert sorted(entry.name for entry in course.iterdir()) == ["assignments", "solutions"]


def test_its_stubs_earn_nothing_and_its_solution_everything(course: Path) -> None:
    _grade(course, "new", "first")
    assert _grade(course, "first").returncode == 1
    assert _grade(course, "first", str(course / "solutions" / "first")).returncode == 0


def test_its_docstrings_say_what_the_functions_do(course: Path) -> None:
    _grade(course, "new", "first")
    done = subprocess.run(
        [sys.executable, "-m", "doctest", "loss.py"],
        cwd=course / "solutions" / "first",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout + done.stderr == ""


@pytest.mark.parametrize("name", ["list", "Verify", "new", "class"])
def test_a_command_is_no_name_for_an_assignment(course: Path, name: str) -> None:
    done = _grade(course, "new", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is a command of grade" in done.stderr
    assert not list((course / "assignments").iterdir())


def test_a_second_one_of_that_name_is_refused(course: Path) -> None:
    _grade(course, "new", "first")
    done = _grade(course, "new", "first")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: there is solutions/first already\nhint: choose another name\n"


def _grade(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "grader", *arguments],
        cwd=course,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"},
    )
