"""`grade class` as an instructor meets it: run as a process, interrupted, killed, and run again."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from grader.gradebook import attempts_at, marks_of, open_gradebook, results_of
from tests.fakes import postgres
from tests.fakes.course import write_notebook
from tests.fakes.no_seccomp import WITHOUT_SECCOMP
from tests.fakes.processes import SECONDS, descendants, processes, wait_until
from tests.fakes.small_course import COINS, SCALE, SCALE_CHECKS, write_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="marks need the protections of Linux")

ADDS = SCALE.replace("return factor * x, factor", "return factor + x, factor")
SLOW = "import time\ntime.sleep(0.4)\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    (tmp_path / "submissions").mkdir()
    return tmp_path / "submissions"


def test_a_class_of_right_different_hostile_and_broken_submissions(course: Path, submissions: Path) -> None:
    _hand_in(submissions / "right")
    (submissions / "file.py").write_text(SCALE + COINS)
    write_notebook(submissions / "notebook.ipynb", SCALE, COINS)
    with zipfile.ZipFile(submissions / "archive.zip", "w") as archive:
        archive.writestr("scale.py", SCALE)
        archive.writestr("coins.py", COINS)
    shutil.copytree(course / "assignments" / "small", submissions / "stubs")
    _hand_in(submissions / "adds", scale=ADDS)
    _hand_in(submissions / "exits", coins="import os\nos._exit(0)\n")
    _hand_in(submissions / "kills", coins="import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n" + COINS)
    _hand_in(submissions / "prints", coins=COINS + "print('::error::' + 'x' * 1_000_000)\n")
    _hand_in(submissions / "syntax", coins="def coin_mask(:\n")
    (submissions / "empty").mkdir()
    (submissions / "damaged.zip").write_bytes(b"PK")

    done = _grade_class(course, submissions)
    assert (done.returncode, done.stderr) == (3, "")
    assert "12 submissions" in done.stdout
    assert "2 submissions could not be graded" in done.stdout
    assert {line.split(":")[0].strip() for line in done.stdout.splitlines()[6:]} == {"damaged", "empty"}
    right = dict.fromkeys(("right", "file", "notebook", "archive", "prints"), 100.0)
    assert _marks(course) == {
        **right,
        "adds": 60.0,
        "stubs": 0.0,
        "exits": 70.0,
        "kills": 70.0,
        "syntax": 70.0,
        "damaged": None,
        "empty": None,
    }
    with open_gradebook(str(course / "gradebook.sqlite")) as gradebook:
        (adds,) = attempts_at(gradebook, "small")["adds"]
        graded = results_of(gradebook, [adds])[adds.id]
    assert "scale_forward.adds" in {check.misconception for each in graded.questions for check in each.checks}
    assert graded.environment.isolation["seccomp"].startswith("on")

    shutil.rmtree(submissions / "empty")
    (submissions / "damaged.zip").unlink()
    _hand_in(submissions / "late")
    done = _grade_class(course, submissions)
    assert done.returncode == 0
    assert "1 graded now, 10 unchanged" in done.stdout


def test_a_grading_changed_by_a_corrected_check_names_who_and_which(course: Path, submissions: Path) -> None:
    _hand_in(submissions / "right")
    _hand_in(submissions / "adds", scale=ADDS)
    assert _grade_class(course, submissions).returncode == 0
    checks = course / "assignments" / "small" / "checks" / "test_scale.py"
    checks.write_text(
        SCALE_CHECKS.replace("np.zeros((2, 2)), name", "student.scale_forward(np.zeros((2, 2)))[0], name")
    )
    changed = _grade_class(course, submissions).stdout
    assert "1 gained, 0 lost" in changed
    assert "scale.test_zero: failed → passed" in changed
    assert "Against the earlier grading" not in _grade_class(course, submissions, "--regrade").stdout


def test_a_killed_run_goes_on_where_it_stopped(course: Path, submissions: Path) -> None:
    names = [f"student{number}" for number in range(6)]
    for name in names:
        _hand_in(submissions / name, coins=SLOW + COINS)
    with _start(course, submissions) as process:
        wait_until(lambda: _recorded(course) >= 2)
        started = descendants(process.pid)
        process.kill()
    wait_until(lambda: not set(started) & set(processes()))
    before = _recorded(course)
    assert before < len(names), "the run was over before it could be killed"
    done = _grade_class(course, submissions)
    assert done.returncode == 0
    assert f"{len(names) - before} graded now, {before} unchanged" in done.stdout
    assert _marks(course) == dict.fromkeys(names, 100.0)
    assert _recorded(course) == len(names)


@pytest.mark.parametrize("victim", ["a process of the pool", "its zygote"])
def test_a_killed_process_is_replaced(course: Path, submissions: Path, victim: str) -> None:
    names = [f"student{number}" for number in range(4)]
    for name in names:
        _hand_in(submissions / name, coins=SLOW + COINS)
    with _start(course, submissions) as process:
        wait_until(lambda: _recorded(course) >= 1)
        member = _pool_of(process.pid)[0]
        os.kill(member if victim == "a process of the pool" else _children_of(member)[0], signal.SIGKILL)
        output, error = process.communicate(timeout=4 * SECONDS)  # a zygote that ends while it forks is missed slowly
    assert (process.returncode, error) == (0, "")
    assert "4 graded now" in output
    assert _marks(course) == dict.fromkeys(names, 100.0)


def test_an_assignment_that_is_changed_meanwhile_stops_the_run(course: Path, submissions: Path) -> None:
    for number in range(6):
        _hand_in(submissions / f"student{number}", coins=SLOW + COINS)
    with _start(course, submissions) as process:
        wait_until(lambda: _recorded(course) >= 1)
        with (course / "solutions" / "small" / "coins.py").open("a") as reference:
            reference.write("# changed\n")
        _, error = process.communicate(timeout=SECONDS)
    assert process.returncode == 3
    assert "small was changed while the class was being graded" in error
    done = _grade_class(course, submissions)
    assert (done.returncode, "6 graded now" in done.stdout) == (0, True)


def test_an_interruption_keeps_what_is_done_and_leaves_no_process(course: Path, submissions: Path) -> None:
    for number in range(4):
        _hand_in(submissions / f"student{number}", coins=SLOW + COINS)
    with _start(course, submissions) as process:
        wait_until(lambda: _recorded(course) >= 1)
        started = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert error.split() == ["interrupted"]
    wait_until(lambda: not set(started) & set(processes()))
    assert 1 <= _recorded(course) <= 4
    assert set(_marks(course).values()) - {None} == {100.0}


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="limits the size of files with prlimit")
def test_a_full_disk_stops_the_run_with_what_to_do_and_the_next_one_goes_on(course: Path, submissions: Path) -> None:
    names = [f"student{number}" for number in range(4)]
    for name in names:
        _hand_in(submissions / name, scale=ADDS + f"# {name}\n")
    _hand_in(submissions / "prints", coins="print('x' * 60_000)\n" + COINS)
    with open_gradebook(str(course / "gradebook.sqlite")):
        pass
    size = (course / "gradebook.sqlite").stat().st_size
    full = _grade_class(course, submissions, prefix=["prlimit", f"--fsize={size + 40_000}"])
    assert full.returncode == 3
    assert "error: the gradebook" in full.stderr
    assert "hint: " in full.stderr
    assert "room" in full.stderr
    assert _grade_class(course, submissions).returncode == 0
    assert _marks(course) == {**dict.fromkeys(names, 60.0), "prints": 100.0}
    assert _recorded(course) == 5


def test_a_roster_and_times_come_from_files(course: Path, submissions: Path, tmp_path: Path) -> None:
    manifest = course / "assignments" / "small" / "assignment.toml"
    late = "[late]\ndue = 2026-10-01T12:00:00Z\npercent_per_day = 10\n"
    manifest.write_text(manifest.read_text().replace("seed = 7\n", f"seed = 7\n{late}"))
    _hand_in(submissions / "alice")
    (tmp_path / "roster.csv").write_text("id,name\nalice,Alice\nzoe,Zoe\n")
    (tmp_path / "times.csv").write_text("id,submitted_at\nalice,2026-10-02T13:00:00Z\n")
    done = _grade_class(
        course, submissions, "--roster", str(tmp_path / "roster.csv"), "--times", str(tmp_path / "times.csv")
    )
    assert done.returncode == 0
    assert "1 student on the roster without a submission: zoe" in done.stdout
    assert _marks(course) == {"alice": 80.0, "zoe": None}


@pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing())
def test_the_gradebook_may_be_a_database_of_postgresql(course: Path, submissions: Path) -> None:
    _hand_in(submissions / "right")
    _hand_in(submissions / "prints", coins="print('nothing: \\0, half a character: \\udc80')\n" + COINS)
    (submissions / "empty").mkdir()
    with postgres.server() as folder:
        place = postgres.new_database(folder, "grades")
        assert _grade_class(course, submissions, "--gradebook", place).returncode == 3
        shutil.rmtree(submissions / "empty")
        done = _run(
            ["class", "small", str(submissions), "--course", str(course)],
            cwd=course.parent,
            variables={"GRADE_GRADEBOOK": place},
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "0 graded now, 2 unchanged" in done.stdout
        with open_gradebook(place) as gradebook:
            marks = {mark.student: mark.points for mark in marks_of(gradebook, "small")}
    assert marks == {"right": 100.0, "prints": 100.0, "empty": None}
    assert not (course / "gradebook.sqlite").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["smal", "submissions"], 2, "did you mean small?"),
        (["small", "elsewhere"], 2, "elsewhere"),
        (["small", "submissions", "--roster", "none.csv"], 2, "cannot read none.csv: no such file"),
        (["small", "submissions", "--gradebook", "mysql://host/grades"], 2, "not by mysql"),
        (["small"], 2, "missing argument 'FOLDER'"),
        (["small", "empty"], 2, "holds no submissions"),
    ],
)
def test_wrong_usage_says_what_to_change(
    course: Path, submissions: Path, arguments: list[str], code: int, message: str
) -> None:
    _hand_in(submissions / "alice")
    (submissions.parent / "empty").mkdir()
    done = _run(["class", *arguments, "--course", str(course)], cwd=submissions.parent)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr


def test_a_damaged_assignment_stops_the_run_before_anyone_is_ungraded(course: Path, submissions: Path) -> None:
    _hand_in(submissions / "alice")
    (course / "solutions" / "small" / "scale.py").write_text("import nothing_of_this_name\n")
    done = _grade_class(course, submissions)
    assert done.returncode == 3
    assert "nothing_of_this_name" in done.stderr
    assert _recorded(course) == 0


def test_a_machine_that_cannot_lock_student_code_in_records_no_mark(course: Path, submissions: Path) -> None:
    _hand_in(submissions / "alice")
    refused = _grade_class(course, submissions, prefix=[*WITHOUT_SECCOMP])
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "error: student code cannot be locked in on this machine (seccomp off" in refused.stderr
    assert _recorded(course) == 0
    assert _grade_class(course, submissions, "--isolation", "best", prefix=[*WITHOUT_SECCOMP]).returncode == 0
    assert _marks(course) == {"alice": 100.0}


def _grade_class(
    course: Path, submissions: Path, *options: str, prefix: list[str] | None = None
) -> subprocess.CompletedProcess[str]:
    return _run(
        ["class", "small", str(submissions), "--course", str(course), *options], cwd=course.parent, prefix=prefix or []
    )


def _run(
    arguments: list[str], *, cwd: Path, prefix: list[str] | None = None, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*(prefix or []), sys.executable, "-W", "error", "-m", "grader", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=4 * SECONDS,
        check=False,
        env={**_environment(), **(variables or {})},
    )


def _start(course: Path, submissions: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "grader", "class", "small", str(submissions), "--course", str(course), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "GRADE_GRADEBOOK"}
    return {**kept, "PYTHONUTF8": "1", "COLUMNS": "100"}


def _hand_in(folder: Path, *, scale: str = SCALE, coins: str = COINS) -> None:
    folder.mkdir()
    (folder / "scale.py").write_text(f"{scale}# {folder.name}\n", encoding="utf-8")
    (folder / "coins.py").write_text(coins, encoding="utf-8")


def _marks(course: Path) -> dict[str, float | None]:
    with open_gradebook(str(course / "gradebook.sqlite")) as gradebook:
        return {mark.student: mark.points for mark in marks_of(gradebook, "small")}


def _recorded(course: Path) -> int:
    """Return how many gradings there are, by a connection that does not disturb the run."""
    path = course / "gradebook.sqlite"
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM gradings").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # its tables are being made


def _pool_of(parent: int) -> list[int]:
    """Return the pool's processes: children that multiprocessing started and that have children of their own."""
    return [pid for pid in _children_of(parent) if descendants(pid)]


def _children_of(parent: int) -> list[int]:
    return [pid for (pid, _), (above, _) in processes().items() if above == parent]
