"""Plain pytest over an assignment's checks, as their author runs it."""

import subprocess
import sys
from pathlib import Path

from tests.fakes.small_course import SCALE


def run_pytest(course: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_checks_pass_on_the_reference(course: Path) -> None:
    result = run_pytest(course, "assignments/small/checks")
    assert result.returncode == 0, result.stdout
    assert "7 passed" in result.stdout


def test_the_checks_run_from_inside_their_folder(course: Path) -> None:
    result = run_pytest(course / "assignments/small/checks")
    assert "7 passed" in result.stdout


def test_the_checks_run_on_a_submission_and_say_what_came(course: Path, tmp_path: Path) -> None:
    (tmp_path / "scale.py").write_text(SCALE.replace("return factor * x, factor", "return factor + x, factor"))
    result = run_pytest(course, "assignments/small/checks", "--submission", str(tmp_path))
    assert result.returncode == 1
    assert "test_values" in result.stdout
    assert "scale_forward(x: float64 (3, 4)" in result.stdout


def test_a_damaged_check_stops_the_run(course: Path) -> None:
    path = course / "assignments/small/checks/test_coins.py"
    path.write_text(path.read_text().replace('@check("coin_mask")', '@check("coin")'))
    result = run_pytest(course, "assignments/small/checks")
    assert result.returncode == 4
    assert "names no question: coin" in result.stderr


def test_other_tests_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text("def test_other():\n    assert True\n")
    result = run_pytest(tmp_path, "test_other.py")
    assert "1 passed" in result.stdout
