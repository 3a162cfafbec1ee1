"""`grade list`, the version, and what the start path imports, as a process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.course import write_course


def test_the_table_shows_questions_points_and_difficulty(tmp_path: Path) -> None:
    write_course(tmp_path)
    assert _grade("list", cwd=tmp_path).stdout == (
        "small  Small\n"
        "  first.double    60 points  *    Double a number\n"
        "  second.halve    40 points  **   Halve a number\n"
        "\n"
    )


def test_the_list_is_there_for_programs_too(tmp_path: Path) -> None:
    write_course(tmp_path)
    listed = json.loads(_grade("list", "--format", "json", "--course", str(tmp_path)).stdout)
    assert listed["schema"] == "list/v1"
    (assignment,) = listed["assignments"]
    assert (assignment["id"], assignment["points"], assignment["seed"]) == ("small", 100, 7)
    assert assignment["questions"][1] == {
        "id": "halve",
        "module": "second",
        "title": "Halve a number",
        "points": 40,
        "difficulty": 2,
    }


def test_a_course_without_assignments_lists_none(tmp_path: Path) -> None:
    (tmp_path / "assignments").mkdir()
    done = _grade("list", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "this course has no assignments yet\n")


def test_a_reader_who_leaves_early_gets_no_complaint(tmp_path: Path) -> None:
    write_course(tmp_path)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "grader", "list"], cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_the_version_is_the_package_version() -> None:
    from grader import __version__

    assert _grade("--version").stdout == f"grade {__version__}\n"


@pytest.mark.parametrize("arguments", [["list"], ["--help"], ["nothing"]])
def test_commands_that_grade_nothing_import_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    write_course(tmp_path)
    program = (
        "import sys; from grader.cli.main import run; run(sys.argv[1:]);"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    imported = set(done.stderr.splitlines()[-1].split())
    assert "click" in imported
    heavy = {"numpy", "pytest", "nbformat", "jinja2", "matplotlib", "pygments", "rich", "sqlalchemy"}
    allowed = {"numpy"} if arguments == ["nothing"] else set()  # the workflow is imported before the name is looked up
    assert not imported & (heavy - allowed)


def _grade(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "grader", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"},
        check=False,
    )
