"""`grade new` as an author meets it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.source_notebooks import NBGRADER, OTTER, code, write


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


@pytest.mark.parametrize(("name", "cells"), [("ps1", NBGRADER), ("lab1", OTTER)])
def test_a_source_notebook_becomes_an_assignment_that_grades(
    course: Path, name: str, cells: tuple[dict[str, Any], ...]
) -> None:
    notebook = write(course.parent / "source.ipynb", *cells)
    done = _grade(course, "new", name, "--from", str(notebook))
    assert (done.returncode, done.stderr) == (0, "")
    notes = (course / "solutions" / name / "NOTES.md").read_text(encoding="utf-8")
    left = done.stdout.partition("Left in the notebook:\n")[2].partition("\n\n")[0].splitlines()
    assert left
    assert all(f"- {line.strip()}\n" in notes for line in left)
    stubs = json.loads(_grade(course, name, "--format", "json").stdout)
    assert {check["outcome"] for question in stubs["questions"] for check in question["checks"]} == {"not_attempted"}
    solved = json.loads(_grade(course, name, f"solutions/{name}", "--format", "json").stdout)
    assert (solved["gradable"], solved["points"]) == (True, 100)


def test_nothing_of_a_source_notebook_is_run(course: Path) -> None:
    trap = "open('trap', 'w').close()"
    function = f"def f(x=[{trap}]):\n    {trap}\n    return x"
    notebook = write(course / "source.ipynb", code(trap), code(function, solution=True), code(f"assert f({trap})"))
    assert _grade(course, "new", "first", "--from", str(notebook)).returncode == 0
    assert not list(course.rglob("trap"))


def test_what_students_get_of_a_source_notebook_holds_no_answer(course: Path) -> None:
    for name, cells in (("ps1", NBGRADER), ("lab1", OTTER)):
        _grade(course, "new", name, "--from", str(write(course.parent / "source.ipynb", *cells)))
        shown = "".join(
            path.read_text(encoding="utf-8") for path in (course / "assignments" / name).rglob("*") if path.is_file()
        )
        for secret in (
            "** 2",
            "np.sum",
            "y = x * x",
            "len(values)",
            "squares(11)",
            "mean([1",
            "for a loop",
            "calculus",
        ):
            assert secret not in shown


def test_markers_that_do_not_fit_together_are_named_with_their_line(course: Path) -> None:
    function = 'def f(x):\n    """See end_solution."""\n    return x'
    notebook = write(course.parent / "source.ipynb", code(function, solution=True))
    done = _grade(course, "new", "first", "--from", str(notebook))
    assert (done.returncode, done.stdout) == (2, "")
    assert 'source.ipynb as first.py, line 5: \'"""See end_solution."""\' looks like a solution marker' in done.stderr
    assert sorted(path.name for path in course.rglob("*")) == ["assignments"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "there is no notebook"), ("{", "not a readable notebook"), ('{"nbformat": 4, "cells": []}', "neither")],
)
def test_a_notebook_that_cannot_be_used_leaves_nothing_behind(course: Path, content: str | None, message: str) -> None:
    notebook = course.parent / "source.ipynb"
    if content is not None:
        notebook.write_text(content)
    done = _grade(course, "new", "first", "--from", str(notebook))
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert sorted(path.name for path in course.rglob("*")) == ["assignments"]
