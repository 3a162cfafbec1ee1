"""`grade verify ASSIGNMENT` as an instructor meets it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.small_course import SCALE_CHECKS, write_course

SECONDS = 120
"""Far more than any run takes: a hang is a failure."""
SEEDS = ["--seeds", "2"]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The small course without the check that proves nothing, and with an alternative: it is sound."""
    begin = SCALE_CHECKS.index('@check("scale_forward")\ndef test_zero')
    end = SCALE_CHECKS.index('@check("scale_forward", group')
    folder = write_course(tmp_path / "course", SCALE_CHECKS=SCALE_CHECKS[:begin] + SCALE_CHECKS[end:])
    alternative = folder / "solutions/small/alternatives/coins_integers.py"
    alternative.parent.mkdir()
    alternative.write_text("def coin_mask(shape, rng):\n    return rng.integers(2, size=shape).astype(float)\n")
    return folder


@pytest.fixture
def unsound(course: Path) -> Path:
    """The same with a misconception that nothing catches any more."""
    checks = course / "assignments/small/checks/test_coins.py"
    checks.write_text(checks.read_text().replace("< 0.02", "< 2"))
    return course


def test_a_sound_assignment_is_told_in_numbers(course: Path) -> None:
    done = _verify(course, *SEEDS)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].split() == ["Small", "·", "small", "sound"]
    assert "6 misconceptions lose points" in done.stdout
    assert "the verdicts are the same at 2 seeds (7 to 8)" in done.stdout


def test_what_is_missing_is_listed_first(unsound: Path) -> None:
    done = _verify(unsound, *SEEDS)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0].split() == ["Small", "·", "small", "not", "sound"]
    assert "misconception coin_mask.unfair passes coins.test_rate" in done.stdout


def test_the_json_stands_alone_on_standard_output(unsound: Path) -> None:
    done = _verify(unsound, *SEEDS, "--format", "json")
    proof = json.loads(done.stdout)
    assert (done.returncode, proof["schema"], proof["sound"]) == (1, "grade-verify/v1", False)
    assert proof["seeds"] == [7, 8]


def test_the_same_proof_gives_the_same_json_whatever_the_number_of_processes(course: Path) -> None:
    proofs = [json.loads(_verify(course, *SEEDS, "--jobs", jobs, "--format", "json").stdout) for jobs in ("1", "2")]
    for proof in proofs:
        del proof["seconds"]
        for check in (check for question in proof["questions"] for check in question["checks"]):
            del check["seconds"]
    assert proofs[0] == proofs[1]


def test_a_page_is_written_by_the_ending_of_the_output(course: Path, tmp_path: Path) -> None:
    page = tmp_path / "reports" / "small.html"
    done = _verify(course, "--seeds", "1", "--output", str(page))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"small is sound; the report is in {page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_an_unknown_assignment_is_wrong_usage(course: Path) -> None:
    done = _run(course, "verify", "smal")
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean small?" in done.stderr


def test_no_seed_is_wrong_usage(course: Path) -> None:
    assert _verify(course, "--seeds", "0").returncode == 2


@pytest.mark.parametrize(
    "file",
    [
        "assignments/small/assignment.toml",
        "assignments/small/checks/test_coins.py",
        "solutions/small/coins.py",
        "solutions/small/misconceptions/coins.py",
    ],
)
def test_a_damaged_assignment_is_a_fault_with_its_file(course: Path, file: str) -> None:
    (course / file).write_text("def (:\n")
    done = _verify(course, *SEEDS)
    assert (done.returncode, done.stdout) == (3, "")
    assert Path(file).name in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("whole_group", [True, False], ids=["ctrl-c", "one-signal"])
def test_an_interruption_leaves_no_process_behind(course: Path, *, whole_group: bool) -> None:
    """Ctrl-C reaches every process of the terminal, a signal from elsewhere only the first."""
    with _endless(course) as process:
        _wait_until(lambda: len(_of_session(process.pid)) >= 4)
        if whole_group:
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert error.split() == ["interrupted"]
    _wait_until(lambda: not _of_session(process.pid))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody tells a process that its parent was killed")
def test_a_killed_proof_leaves_no_process_behind(course: Path) -> None:
    with _endless(course) as process:
        _wait_until(lambda: len(_of_session(process.pid)) >= 4)
        process.kill()
    _wait_until(lambda: not _of_session(process.pid))


def _endless(course: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "grader", "verify", "small", "--seeds", "5000", "--jobs", "2", "--course", str(course)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _verify(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(course, "verify", "small", *arguments)


def _run(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "grader", *arguments, "--course", str(course)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"},
    )


def _wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def _of_session(session: int) -> list[int]:
    """Return the processes of a session that have not ended: the command, its helpers, its pool."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if fields[0] not in "ZX" and int(fields[3]) == session:
            found.append(int(path.parent.name))
    return found
