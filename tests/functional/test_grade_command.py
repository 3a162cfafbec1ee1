"""The program as a person meets it: `grade ASSIGNMENT`, run as a process."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.commands import run
from tests.fakes.course import write_notebook
from tests.fakes.processes import SECONDS, descendants, processes, wait_until
from tests.fakes.small_course import COINS, SCALE, write_course

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def solution(course: Path) -> Path:
    return course / "solutions" / "small"


def test_the_solution_gets_all_points(course: Path, solution: Path) -> None:
    done = _grade(course, "small", str(solution))
    assert (done.returncode, done.stderr) == (0, "")
    assert "100" in done.stdout


def test_the_untouched_stubs_are_the_default_and_get_nothing(course: Path) -> None:
    done = _grade(course, "small", "--format", "json")
    result = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert result["points"] == 0
    outcomes = {check["outcome"] for question in result["questions"] for check in question["checks"]}
    assert outcomes == {"not_attempted"}


def test_a_misconception_is_named_and_the_rest_keeps_its_points(course: Path, tmp_path: Path) -> None:
    alice = _hand_in(tmp_path / "alice", scale=SCALE.replace("return factor * x, factor", "return factor + x, factor"))
    done = _grade(course, "small", str(alice), "--format", "json")
    questions = {question["id"]: question for question in json.loads(done.stdout)["questions"]}
    assert done.returncode == 1
    assert questions["coin_mask"]["points"] == 30
    named = {check["misconception"] for check in questions["scale_forward"]["checks"]}
    assert "scale_forward.adds" in named


def test_a_notebook_is_graded_without_running_its_other_cells(course: Path, tmp_path: Path) -> None:
    notebook = write_notebook(
        tmp_path / "alice.ipynb",
        "%matplotlib inline\nimport numpy as np",
        SCALE,
        COINS,
        "raise SystemExit(scale_forward(1))",
    )
    done = _grade(course, "small", str(notebook))
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_file_may_hold_everything(course: Path, tmp_path: Path) -> None:
    (tmp_path / "homework.py").write_text(SCALE + COINS, encoding="utf-8")
    assert _grade(course, "small", str(tmp_path / "homework.py")).returncode == 0


def test_one_file_is_not_blamed_twice_for_one_mistake(tmp_path: Path) -> None:
    example = ROOT / "tests" / "submissions" / "assignment3" / "late_night"
    homework = tmp_path / "homework.py"
    homework.write_text(
        "".join((example / f"{name}.py").read_text(encoding="utf-8") for name in ("penalties", "network"))
    )
    printed = _run(["assignment3", str(homework), "--format", "json"], cwd=ROOT).stdout
    points = {question["id"]: question["points"] for question in json.loads(printed)["questions"]}
    assert points["l2_penalty"] < 14
    assert points["compute_cost_with_regularization"] == 12


def test_the_same_run_gives_the_same_json_times_aside(course: Path, tmp_path: Path) -> None:
    alice = _hand_in(tmp_path / "alice", scale=SCALE.replace("factor * x", "factor + x"))
    first, second = (_grade(course, "small", str(alice), "--format", "json", "--seed", "11").stdout for _ in range(2))
    assert _without_times(json.loads(first)) == _without_times(json.loads(second))
    assert json.loads(first)["seed"] == 11


def test_one_question_can_be_graded_alone(course: Path, solution: Path) -> None:
    done = _grade(course, "small", str(solution), "--question", "coin_mask", "--format", "json")
    assert done.returncode == 0
    assert [question["id"] for question in json.loads(done.stdout)["questions"]] == ["coin_mask"]


def test_the_line_of_failure_can_be_moved(course: Path, tmp_path: Path) -> None:
    alice = _hand_in(tmp_path / "alice", coins="")
    assert _grade(course, "small", str(alice)).returncode == 1
    assert _grade(course, "small", str(alice), "--fail-under", "70").returncode == 0
    refused = _grade(course, "small", str(alice), "--fail-under", "nan")
    assert (refused.returncode, "nan is not a number from 0 to 100" in refused.stderr) == (2, True)


def test_a_report_goes_into_a_file_whose_ending_says_its_format(course: Path, solution: Path, tmp_path: Path) -> None:
    report = tmp_path / "reports" / "alice.json"
    done = _grade(course, "small", str(solution), "--output", str(report))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"100 of 100 points; the report is in {report}\n"
    assert json.loads(report.read_text(encoding="utf-8"))["points"] == 100
    assert [entry.name for entry in report.parent.iterdir()] == ["alice.json"]


def test_an_unknown_assignment_suggests_the_nearest(course: Path) -> None:
    done = _grade(course, "smal")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: there is no assignment 'smal'; known: small\nhint: did you mean small?\n"


def test_an_unknown_question_lists_the_known(course: Path) -> None:
    done = _grade(course, "small", "--question", "coin")
    assert done.returncode == 2
    assert "known: scale_forward, scale_backward, coin_mask" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing", None, "there is no submission"),
        ("empty", {}, "nothing to grade"),
        ("other", {"essay.docx": b"PK"}, "it holds essay.docx"),
        ("broken", {"work.ipynb": b"{"}, "not a readable notebook"),
    ],
)
def test_nothing_to_grade_is_wrong_usage(
    course: Path, tmp_path: Path, name: str, content: dict[str, bytes] | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).mkdir()
    for filename, text in (content or {}).items():
        (tmp_path / name / filename).write_bytes(text)
    done = _grade(course, "small", str(tmp_path / name))
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "hint: " in done.stderr


@pytest.mark.parametrize(
    ("scale", "message"),
    [
        (b"x = '\xe9'\n", "not utf-8 text"),
        (b"def scale_forward(:\n", "scale.py"),
        (b"import sys\nsys.exit(3)\n", "scale.py"),
        (None, "there is no scale.py"),
    ],
)
def test_an_unusable_module_costs_its_own_questions_only(
    course: Path, tmp_path: Path, scale: bytes | None, message: str
) -> None:
    alice = _hand_in(tmp_path / "alice")
    (alice / "scale.py").unlink()
    if scale is not None:
        (alice / "scale.py").write_bytes(scale)
    done = _grade(course, "small", str(alice), "--format", "json")
    questions = {question["id"]: question for question in json.loads(done.stdout)["questions"]}
    assert done.returncode == 1
    assert {name: question["points"] for name, question in questions.items()} == {
        "scale_forward": 0,
        "scale_backward": 0,
        "coin_mask": 30,
    }
    assert message in json.dumps(questions["scale_forward"])


def test_a_damaged_manifest_is_a_fault_with_file_and_line(course: Path) -> None:
    manifest = course / "assignments" / "small" / "assignment.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("seed = 7", "sead = 7"), encoding="utf-8")
    done = _grade(course, "small")
    assert (done.returncode, done.stdout) == (3, "")
    assert "assignment.toml, line " in done.stderr
    assert "unknown field `sead`" in done.stderr


def test_a_damaged_check_leaves_the_submission_ungraded(course: Path, solution: Path) -> None:
    checks = course / "assignments" / "small" / "checks" / "test_coins.py"
    checks.write_text(
        checks.read_text(encoding="utf-8") + "\nraise RuntimeError('the author slipped')\n", encoding="utf-8"
    )
    done = _grade(course, "small", str(solution), "--format", "json")
    result = json.loads(done.stdout)
    assert done.returncode == 3
    assert result["gradable"] is False
    assert "the author slipped" in " ".join(result["errors"])


def test_the_nearest_course_upward_is_used(course: Path) -> None:
    done = _run(["small"], cwd=course / "assignments" / "small")
    assert done.returncode == 1


def test_no_course_says_so(tmp_path: Path) -> None:
    done = _run(["small"], cwd=tmp_path)
    assert done.returncode == 2
    assert "no course found" in done.stderr


def test_a_pipe_gets_neither_colours_nor_progress(course: Path) -> None:
    done = _grade(course, "small")
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_an_interruption_leaves_no_process_behind(course: Path, tmp_path: Path) -> None:
    alice = _hand_in(tmp_path / "alice", coins="while True: pass\n")
    with subprocess.Popen(
        [sys.executable, "-m", "grader", "small", str(alice), "--course", str(course)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(lambda: any(seconds > 0.3 for seconds in descendants(process.pid).values()))
        started = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert error.split() == ["interrupted"]
    wait_until(lambda: not set(started) & set(processes()))


def _grade(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run([*arguments, "--course", str(course)], cwd=course.parent)


def _run(arguments: list[str], *, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-W", "error", "-m", "grader", *arguments], cwd=cwd, columns=100)


def _hand_in(folder: Path, *, scale: str = SCALE, coins: str = COINS) -> Path:
    folder.mkdir()
    (folder / "scale.py").write_text(scale, encoding="utf-8")
    (folder / "coins.py").write_text(coins, encoding="utf-8")
    return folder


def _without_times(result: Any) -> Any:
    if isinstance(result, dict):
        return {key: _without_times(value) for key, value in result.items() if key != "seconds"}
    return [_without_times(value) for value in result] if isinstance(result, list) else result
