"""`grade release ASSIGNMENT`, and what a student meets at home with nothing but the copy and the package."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.commands import run
from tests.fakes.small_course import SCALE, write_course
from tests.fakes.wheel_environment import environment_with_the_wheel, graded_there


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    done = _grade("release", "small", "--output", str(folder / "copy"), cwd=write_course(folder / "course"))
    assert done.returncode == 0, done.stderr
    return folder / "copy"


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "copy"))


def test_the_copy_is_listed_and_holds_no_solution(course: Path, tmp_path: Path) -> None:
    done = _grade("release", "small", cwd=course)
    folder = course / "release" / "small"
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        line.strip() for line in done.stdout.splitlines() if line.startswith("  ")
    }
    assert not (folder / "solutions").exists()
    assert "7 checks" in done.stdout


def test_a_student_grades_at_home_with_the_copy(course: Path, copy: Path) -> None:
    begun = _graded(copy, "small")
    assert (begun["points"], begun["errors"]) == (0, [])
    for module in ("scale", "coins"):
        shutil.copy(course / "solutions/small" / f"{module}.py", copy / "assignments/small")
    assert _graded(copy, "small")["points"] == 100


def test_at_home_a_mistake_gets_the_same_feedback(course: Path, copy: Path) -> None:
    (copy / "assignments/small/scale.py").write_text(SCALE.replace("return factor * x, factor", "return x, factor"))
    there = _graded(copy, "small")
    here = _graded(course, "small", str(copy / "assignments/small"))
    assert _without_circumstances(there) == _without_circumstances(here)


def test_another_seed_cannot_be_graded_at_home(copy: Path) -> None:
    done = _grade("small", "--seed", "8", cwd=copy)
    assert done.returncode == 2
    assert "only be graded with seed 7" in done.stderr


def test_a_damaged_recording_is_a_fault_that_says_what_to_do(copy: Path) -> None:
    path = copy / "assignments/small/recording.bin"
    path.write_bytes(path.read_bytes()[:-10])
    done = _grade("small", cwd=copy)
    assert (done.returncode, done.stdout) == (3, "")
    assert "is damaged" in done.stderr
    assert "new copy" in done.stderr


@pytest.mark.parametrize("command", [["verify", "small"], ["release", "small", "--output", "again"]])
def test_what_needs_the_solutions_says_that_this_is_a_copy(copy: Path, command: list[str]) -> None:
    done = _grade(*command, cwd=copy)
    assert done.returncode == 3
    assert "student's copy" in done.stderr


def test_a_folder_with_something_in_it_is_left_alone(course: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("ten years")
    done = _grade("release", "small", "--output", str(mine), cwd=course)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path != course] == ["mine"]
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]


def test_nothing_is_left_of_a_release_that_fails(course: Path, tmp_path: Path) -> None:
    reference = course / "solutions/small/scale.py"
    reference.write_text(reference.read_text().replace("### END SOLUTION", "", 1))
    done = _grade("release", "small", "--output", str(tmp_path / "copy"), cwd=course)
    assert done.returncode == 3
    assert "scale.py, line" in done.stderr
    assert not [path for path in tmp_path.iterdir() if "copy" in path.name]


def test_check_says_which_stubs_are_stale(course: Path) -> None:
    assert _grade("release", "small", "--stubs", cwd=course).returncode == 0
    done = _grade("release", "small", "--check", cwd=course)
    assert (done.returncode, done.stdout) == (0, "The stubs of small are up to date.\n")
    stub = course / "assignments/small/coins.py"
    stub.write_text(stub.read_text() + "\nLEFT_OVER = 1\n")
    done = _grade("release", "small", "--check", cwd=course)
    assert done.returncode == 1
    assert "coins.py" in done.stdout
    assert "scale.py" not in done.stdout


def test_with_only_the_wheel_and_offline_the_copy_is_graded(course: Path, copy: Path, tmp_path: Path) -> None:
    python = environment_with_the_wheel(tmp_path / "venv")
    solved = tmp_path / "solved"
    shutil.copytree(course / "solutions/small", solved)
    for work, points in ((None, 0), (solved, 100)):
        assert graded_there(python, copy, "small", work)["points"] == points


def _graded(folder: Path, *arguments: str) -> dict[str, Any]:
    done = _grade(*arguments, "--format", "json", cwd=folder)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _without_circumstances(result: Any) -> Any:
    if isinstance(result, dict):
        left_out = {"seconds", "environment"}
        return {key: _without_circumstances(value) for key, value in result.items() if key not in left_out}
    return [_without_circumstances(value) for value in result] if isinstance(result, list) else result


def _grade(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-W", "error", "-m", "grader", *arguments], cwd=cwd)
