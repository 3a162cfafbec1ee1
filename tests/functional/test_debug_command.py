"""`grade debug` as a student meets it: on a terminal, in one's own function."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.course import write_notebook
from tests.fakes.small_course import SCALE, write_course
from tests.fakes.terminal import INTERRUPT, Talk, talk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are Unix's")

ADDS = SCALE.replace("return factor * x, factor", "total = factor + x\n    return total, factor")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def stubs(course: Path) -> Path:
    return course / "assignments" / "small" / "scale.py"


def _debug(course: Path, check: str, *lines: str, submission: Path | None = None) -> Talk:
    handed_in = [] if submission is None else [str(submission)]
    return talk(["debug", "small", check, *handed_in], lines, cwd=course)


def test_it_stops_in_the_students_function_with_the_inputs_of_the_check(course: Path, stubs: Path) -> None:
    stubs.write_text(ADDS, encoding="utf-8")
    seen = _debug(course, "scale.test_values", "p x.shape, factor", "n", "n", "p total.shape", "c")
    assert seen.status == 0
    assert "Stopping in the call that it ends by: scale_forward(x: float64 (3, 4), factor=2" in seen.text
    assert f"{stubs}(" in seen.text
    assert "((3, 4), 2.0)" in seen.text
    assert "scale.test_values – differs: " in seen.text.splitlines()[-1]


def test_the_inputs_are_those_of_the_call_that_fails(course: Path, stubs: Path) -> None:
    stubs.write_text(SCALE.replace("return factor * x", "return 2 * x"), encoding="utf-8")
    seen = _debug(course, "test_values", "p factor", "c")
    assert "\n3.0\n" in seen.text


def test_a_check_that_passes_stops_at_its_first_call(course: Path, stubs: Path) -> None:
    stubs.write_text(SCALE, encoding="utf-8")
    seen = _debug(course, "test_values", "p factor", "c")
    assert "– passes\n" in seen.text
    assert "Stopping in its first call" in seen.text
    assert "\n2.0\n" in seen.text
    assert seen.status == 0


def test_values_that_stay_in_the_process_are_the_students_own(course: Path, stubs: Path) -> None:
    """The cache of a backward pass is an object of the forward pass before it."""
    stubs.write_text(
        SCALE.replace("return factor * x, factor", "return factor * x, {'mine': factor}").replace(
            "return dout * cache", "return dout + cache['mine']"
        ),
        encoding="utf-8",
    )
    seen = _debug(course, "test_reference", "p cache", "c")
    assert "{'mine': 3.0}" in seen.text


def test_an_exception_stops_at_its_line(course: Path, stubs: Path) -> None:
    stubs.write_text(SCALE.replace("return factor * x, factor", "half = 0.5\n    return x + missing"), encoding="utf-8")
    seen = _debug(course, "test_values", "c", "p half", "q")
    assert "--Raised NameError: name 'missing' is not defined" in seen.text
    assert "\n0.5\n" in seen.text
    assert seen.status == 0


def test_leaving_ends_quietly(course: Path, stubs: Path) -> None:
    stubs.write_text(ADDS, encoding="utf-8")
    seen = _debug(course, "test_values", "q")
    assert seen.status == 0
    assert "(Pdb) q" in seen.text.splitlines()[-1]
    assert "Traceback" not in seen.text


def test_ctrl_c_at_the_prompt_is_the_debuggers(course: Path, stubs: Path) -> None:
    stubs.write_text(ADDS, encoding="utf-8")
    seen = _debug(course, "test_values", INTERRUPT, "p factor", "c")
    assert "\n2.0\n" in seen.text
    assert seen.status == 0


def test_a_loop_without_an_end_can_be_looked_into(course: Path, stubs: Path) -> None:
    stubs.write_text(
        SCALE.replace("return factor * x, factor", "i = 0\n    print('looping')\n    while True:\n        i += 1"),
        encoding="utf-8",
    )
    seen = talk(["debug", "small", "test_values"], ["c", "p i >= 0", "q"], cwd=course, interrupt_at="looping")
    assert "no answer in time" in seen.text
    assert "\nTrue\n" in seen.text
    assert seen.status == 0


def test_a_notebook_shows_its_code_and_not_its_json(course: Path, tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path / "alice.ipynb", ADDS)
    seen = _debug(course, "test_values", "c", submission=notebook)
    assert "-> total = factor + x\n" in seen.text


def test_a_function_of_ours_can_be_called_at_the_prompt(course: Path, stubs: Path) -> None:
    checks = course / "assignments" / "small" / "checks" / "test_scale.py"
    given = "student.scale_forward(np.zeros((3, 4)), factor=lambda: 17)"
    text = checks.read_text("utf-8").replace("student.scale_forward(np.zeros((2, 2)))", given)
    checks.write_text(text, encoding="utf-8")
    stubs.write_text(ADDS, encoding="utf-8")
    assert "\n18\n" in _debug(course, "test_zero", "p factor() + 1", "q").text


def test_two_checks_of_one_name_are_told_apart_by_their_module(course: Path) -> None:
    checks = course / "assignments" / "small" / "checks" / "test_coins.py"
    checks.write_text(checks.read_text("utf-8").replace("test_rate", "test_values"), encoding="utf-8")
    seen = _debug(course, "test_values")
    assert seen.status == 2
    assert "scale.test_values, coins.test_values" in seen.text


def test_an_unfinished_function_stops_too(course: Path) -> None:
    seen = _debug(course, "test_values", "p factor", "c", "q")
    assert "not started yet" in seen.text
    assert "\n2.0\n" in seen.text


def test_a_file_that_cannot_be_loaded_has_nothing_to_stop_in(course: Path, stubs: Path) -> None:
    stubs.write_text("def scale_forward(x, factor=2.0:\n", encoding="utf-8")
    seen = _debug(course, "test_values")
    assert "there is nothing to stop in" in seen.text
    assert "SyntaxError" in seen.text
    assert seen.status == 1


def test_the_debugged_process_holds_no_reference(course: Path, stubs: Path) -> None:
    stubs.write_text(ADDS, encoding="utf-8")
    look = (
        "import sys; print(sorted(n for n in sys.modules if n.startswith('grader') and 'w' not in n.split('.')[1:2]))"
    )
    seen = _debug(course, "test_values", look, "p 'pytest' in sys.modules", "q")
    assert "grader.harness" not in seen.text
    assert "grader.checks" not in seen.text
    assert "\nFalse\n" in seen.text


def test_an_unknown_check_is_answered_with_the_nearest(course: Path) -> None:
    seen = _debug(course, "test_value")
    assert seen.status == 2
    assert "did you mean scale.test_values?" in seen.text


def test_without_a_terminal_it_says_so(course: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "debug", "small", "test_values"],
        cwd=course,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
