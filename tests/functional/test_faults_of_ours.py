"""What goes wrong on our side costs no student a point: it is told with its reason, and the next run works."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import grader
from tests.fakes.small_course import COINS, SCALE, write_course

SECONDS = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fills no disks and kills no processes there")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def alice(tmp_path: Path) -> Path:
    """A submission with one mistake: misconceptions are asked, and reports have something to say."""
    folder = tmp_path / "alice"
    folder.mkdir()
    (folder / "scale.py").write_text(SCALE.replace("factor * x", "factor + x"), encoding="utf-8")
    (folder / "coins.py").write_text(COINS, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A temporary folder of the test's own, in which nothing may be left."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def break_file(path: Path, old: str, new: str) -> Callable[[], None]:
    """Replace a text in a file; return a function that mends it."""
    whole = path.read_text(encoding="utf-8")
    assert old in whole
    path.write_text(whole.replace(old, new), encoding="utf-8")

    def mend() -> None:
        path.write_text(whole, encoding="utf-8")

    return mend


SCALE_CHECKS = "assignments/small/checks/test_scale.py"
COINS_CHECKS = "assignments/small/checks/test_coins.py"
MISCONCEPTIONS = "solutions/small/misconceptions/scale.py"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        pytest.param(
            "solutions/small/scale.py",
            "return factor * x, factor",
            "raise OSError('slipped')",
            "slipped",
            id="reference raises",
        ),
        pytest.param(SCALE_CHECKS, "(2.0, 3.0)", "7", "not iterable", id="check has a bug"),
        pytest.param(
            SCALE_CHECKS, "for factor", "raise OSError('slipped')\n    for factor", "slipped", id="check raises"
        ),
        pytest.param(
            SCALE_CHECKS, "for factor", "raise SystemExit\n    for factor", "did not report", id="check exits"
        ),
        pytest.param(COINS_CHECKS, "numpy as np", "nothing_of_this_name", "test_coins.py", id="check file broken"),
        pytest.param(
            MISCONCEPTIONS, "return factor + x", "return (", "misconceptions/scale.py", id="misconceptions broken"
        ),
        pytest.param(
            MISCONCEPTIONS, '"scale_forward.adds"', '"nonsense.adds"', "nonsense", id="misconception of nothing"
        ),
    ],
)
def test_the_submission_is_ungraded_with_the_reason_and_a_rerun_works(
    course: Path, alice: Path, file: str, old: str, new: str, said: str
) -> None:
    mend = break_file(course / file, old, new)
    broken = _grade(course, alice, "--format", "json")
    result = json.loads(broken.stdout)
    assert (broken.returncode, result["gradable"], result["points"], result["questions"]) == (3, False, 0, [])
    assert result["errors"]
    assert said in " ".join(result["errors"])
    assert "Traceback" not in broken.stderr
    mend()
    assert json.loads(_grade(course, alice, "--format", "json").stdout)["points"] > 0


def test_a_reference_that_cannot_be_imported_is_named_with_its_line(course: Path, alice: Path) -> None:
    break_file(course / "solutions" / "small" / "coins.py", '"""Coins."""', "1 / 0")
    done = _grade(course, alice)
    assert (done.returncode, done.stdout) == (3, "")
    assert "coins.py, line 1: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("report", ["report.html", "report.md"])
def test_a_broken_template_leaves_the_last_report_alone(course: Path, alice: Path, tmp_path: Path, report: str) -> None:
    ours = tmp_path / "installed" / "grader"
    shutil.copytree(Path(grader.__path__[0]), ours, ignore=shutil.ignore_patterns("__pycache__"))
    template = ours / "reports" / "templates" / f"{report}.j2"
    mend = break_file(template, "{{", "{{ undefined_name }}{{")
    target = tmp_path / "out" / report
    target.parent.mkdir()
    target.write_text("the last report", encoding="utf-8")
    done = _grade(course, alice, "--output", str(target), path=ours.parent)
    assert done.returncode == 3
    assert "undefined_name" in done.stderr
    assert target.read_text(encoding="utf-8") == "the last report"
    assert [entry.name for entry in target.parent.iterdir()] == [report]
    mend()
    assert _grade(course, alice, "--output", str(target), path=ours.parent).returncode == 1
    assert "Small" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("report", ["report.html", "report.json", "report.md"])
def test_a_disk_that_fills_up_removes_the_half_written_report(
    course: Path, alice: Path, tmp_path: Path, report: str
) -> None:
    target = tmp_path / "out" / report
    done = _grade(course, alice, "--output", str(target), file_bytes=500)
    assert done.returncode == 3
    assert "cannot write the report" in done.stderr
    assert list(target.parent.iterdir()) == []
    assert _grade(course, alice, "--output", str(target)).returncode == 1
    assert target.stat().st_size > 500


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_report_that_is_cut_short_on_standard_output_is_no_success(
    course: Path, alice: Path, tmp_path: Path, unbuffered: str
) -> None:
    for target in (Path("/dev/full"), tmp_path / "report.json"):
        with target.open("w", encoding="utf-8") as file:
            done = _grade(course, alice, "--format", "json", "--fail-under", "0", stdout=file, file_bytes=500,
                          environment={"PYTHONUNBUFFERED": unbuffered})  # fmt: skip
        assert done.returncode == 3
        assert "cannot write the report to standard output" in done.stderr


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@linux
def test_a_grader_that_is_killed_leaves_no_process_and_no_report_and_a_rerun_works(
    course: Path, alice: Path, tmp_path: Path
) -> None:
    (alice / "coins.py").write_text("while True: pass\n", encoding="utf-8")
    target = tmp_path / "out" / "report.json"
    process = _start(course, alice, target)
    below = _wait_for_workers(process.pid)
    process.kill()
    process.communicate()
    _wait_until(lambda: not any(_is_running(pid) for pid in below))
    assert list(target.parent.iterdir()) == []
    (alice / "coins.py").write_text(COINS, encoding="utf-8")
    assert _grade(course, alice, "--output", str(target)).returncode == 1
    assert json.loads(target.read_text(encoding="utf-8"))["gradable"] is True


@linux
def test_a_zygote_that_is_killed_leaves_the_submission_ungraded_with_one_reason(
    course: Path, alice: Path, tmp_path: Path
) -> None:
    (alice / "coins.py").write_text("while True: pass\n", encoding="utf-8")
    target = tmp_path / "out" / "report.json"
    process = _start(course, alice, target)
    _wait_for_workers(process.pid)
    (zygote,) = _children(process.pid)
    os.kill(zygote, signal.SIGKILL)
    _, error = process.communicate(timeout=SECONDS)
    assert process.returncode == 3, error
    result = json.loads(target.read_text(encoding="utf-8"))
    assert (result["gradable"], result["questions"]) == (False, [])
    assert len(result["errors"]) == 1
    assert "the students' processes has ended" in result["errors"][0]


def _grade(
    course: Path,
    submission: Path,
    *options: str,
    path: Path | None = None,
    file_bytes: int | None = None,
    stdout: Any = subprocess.PIPE,
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `grade small`; `path` has another copy of the package, `file_bytes` is how large a file may grow."""

    def bound_files() -> None:
        if file_bytes is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

    return subprocess.run(
        [sys.executable, "-B", "-m", "grader", "small", str(submission), "--course", str(course), *options],
        cwd=course,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=SECONDS,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(path or ""), **(environment or {})},
        preexec_fn=bound_files,
    )


def _start(course: Path, submission: Path, target: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-B", "-m", "grader", "small", str(submission), "--course", str(course)]
    return subprocess.Popen(
        [*command, "--output", str(target)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=course
    )


def _wait_for_workers(pid: int) -> list[int]:
    """Wait until a worker is busy; return every process below `pid`."""
    found: list[int] = []

    def is_busy() -> bool:
        found[:] = [child for zygote in _children(pid) for child in [zygote, *_children(zygote)]]
        return any(_cpu_ticks(child) > 20 for child in found[1:])

    _wait_until(is_busy)
    return found


def _children(pid: int) -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _stat(int(path.name))[1:2] == [str(pid)]]


def _is_running(pid: int) -> bool:
    return _stat(pid)[:1] not in ([], ["Z"], ["X"])


def _cpu_ticks(pid: int) -> int:
    return sum(map(int, _stat(pid)[11:13]))


def _stat(pid: int) -> list[str]:
    """Return what the kernel says of a process from its state on; empty when it has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
    except OSError:
        return []


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
