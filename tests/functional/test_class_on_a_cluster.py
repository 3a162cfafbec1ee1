"""`grade class --scheduler` as an instructor meets it: on workers that join, differ, and are killed."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import grader
from grader.gradebook import attempts_at, open_gradebook, results_of
from grader.model.result import GradedSubmission
from tests.fakes.dask_cluster import DaskCluster, dask_cluster
from tests.fakes.no_seccomp import WITHOUT_SECCOMP
from tests.fakes.processes import SECONDS, descendants, processes, wait_until
from tests.fakes.small_course import COINS, SCALE, write_course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="marks need the protections of Linux")
pytest.importorskip("distributed", reason="a cluster needs dl-grader[cluster]")

ADDS = SCALE.replace("return factor * x, factor", "return factor + x, factor")
SLOW = "import time\ntime.sleep(0.4)\n"
NAMES = [f"student{number}" for number in range(6)]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    (tmp_path / "cluster").mkdir()
    with dask_cluster(tmp_path / "cluster") as started:
        yield started


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    for name in NAMES:
        _hand_in(tmp_path / "submissions" / name, coins=SLOW + COINS)
    return tmp_path / "submissions"


def test_a_cluster_of_this_machine_gives_the_results_of_the_pool(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "submissions"
    _hand_in(folder / "right")
    _hand_in(folder / "adds", scale=ADDS)
    _hand_in(folder / "exits", coins="import os\nos._exit(0)\n")
    _hand_in(folder / "kills", coins="import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n" + COINS)
    _hand_in(folder / "prints", coins=COINS + "print('::error:: \\udc80 \\0' + 'x' * 100_000)\n")
    _hand_in(folder / "raises", scale=SCALE.replace("return factor", "return undefined_name, factor"))
    (folder / "empty").mkdir()
    with closing(_start(course, folder, "local", "--jobs", "2")) as local:
        assert local.wait() == (3, "")
    with closing(_start(course, folder, None, "--gradebook", str(tmp_path / "pool.sqlite"))) as pool:
        assert pool.wait() == (3, "")
    on_cluster, on_pool = (_results(place) for place in (course / "gradebook.sqlite", tmp_path / "pool.sqlite"))
    assert on_cluster == on_pool
    assert {name: graded.points for name, graded in on_pool.items()} == {
        "right": 100.0,
        "adds": 60.0,
        "exits": 70.0,
        "kills": 70.0,
        "prints": 100.0,
        "raises": 30.0,
    }


@pytest.mark.parametrize("nanny", ["--nanny", "--no-nanny"])
def test_the_submissions_of_a_killed_worker_are_graded_elsewhere(
    course: Path, submissions: Path, cluster: DaskCluster, nanny: str
) -> None:
    started = cluster.join(nanny, "--nthreads", "1")
    cluster.join("--no-nanny", "--nthreads", "2")
    with closing(_start(course, submissions, cluster.address)) as run:
        wait_until(lambda: _recorded(course) >= 1)
        os.kill(_worker_of(started) if nanny == "--nanny" else started, signal.SIGKILL)
        assert run.wait() == (0, "")
    assert {name: graded.points for name, graded in _results(course / "gradebook.sqlite").items()} == dict.fromkeys(
        NAMES, 100.0
    )
    assert _recorded(course) == len(NAMES)


def test_a_killed_run_goes_on_with_whatever_grades(course: Path, submissions: Path, cluster: DaskCluster) -> None:
    cluster.join("--no-nanny", "--nthreads", "1")
    with closing(_start(course, submissions, cluster.address)) as run:
        wait_until(lambda: _recorded(course) >= 2)
        run.process.kill()
    before = _recorded(course)
    assert before < len(NAMES), "the run was over before it could be killed"
    with closing(_start(course, submissions, cluster.address)) as again:
        assert again.wait() == (0, "")
    assert f"{len(NAMES) - before} graded now, {before} unchanged" in again.printed
    assert _recorded(course) == len(NAMES)


def test_an_interruption_frees_the_workers(course: Path, submissions: Path, cluster: DaskCluster) -> None:
    worker = cluster.join("--no-nanny", "--nthreads", "2")
    with closing(_start(course, submissions, cluster.address)) as run:
        wait_until(lambda: _recorded(course) >= 1)
        assert _grading_on(worker)
        run.process.send_signal(signal.SIGINT)
        assert run.wait() == (130, "interrupted\n")
    wait_until(lambda: not _grading_on(worker))
    assert [*cluster.folder.rglob("assignment.toml")] == []
    assert {graded.points for graded in _results(course / "gradebook.sqlite").values()} == {100.0}


def test_an_interruption_ends_a_cluster_of_this_machine(course: Path, submissions: Path) -> None:
    with closing(_start(course, submissions, "local", "--jobs", "1")) as run:
        wait_until(lambda: _recorded(course) >= 1)
        started = descendants(run.process.pid)
        run.process.send_signal(signal.SIGINT)
        assert run.wait() == (130, "interrupted\n")
    wait_until(lambda: not set(started) & set(processes()))


def test_a_worker_with_another_grader_is_refused_by_name(
    course: Path, submissions: Path, cluster: DaskCluster, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "grader"
    shutil.copytree(Path(grader.__path__[0]), other, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "errors.py").open("a") as code:
        code.write("# of another day\n")
    cluster.join("--no-nanny", variables={"PYTHONPATH": str(other.parent)})
    with closing(_start(course, submissions, cluster.address)) as run:
        exit_code, error = run.wait()
    assert exit_code == 3
    assert "error: worker tcp://127.0.0.1:" in error
    assert "has grader 0.1.0 (sha256:" in error
    assert _recorded(course) == 0


def test_a_worker_without_a_grader_is_refused_by_name(
    course: Path, submissions: Path, cluster: DaskCluster, tmp_path: Path
) -> None:
    (tmp_path / "grader").mkdir()
    (tmp_path / "grader" / "__init__.py").write_text("raise ModuleNotFoundError('none here')\n")
    cluster.join("--no-nanny", variables={"PYTHONPATH": str(tmp_path)})
    with closing(_start(course, submissions, cluster.address)) as run:
        code, error = run.wait()
    assert code == 3
    assert "has no grader of this version" in error


def test_a_worker_that_cannot_lock_student_code_in_is_refused_by_name(
    course: Path, submissions: Path, cluster: DaskCluster
) -> None:
    cluster.join("--no-nanny", "--nthreads", "1", prefix=WITHOUT_SECCOMP)
    with closing(_start(course, submissions, cluster.address)) as run:
        code, error = run.wait()
    assert code == 3
    assert "error: worker tcp://127.0.0.1:" in error
    assert "cannot grade: student code cannot be locked in on this machine (seccomp off" in error
    assert _recorded(course) == 0


def test_a_cluster_without_workers_says_so(course: Path, submissions: Path, cluster: DaskCluster) -> None:
    with closing(_start(course, submissions, cluster.address)) as run:
        code, error = run.wait()
    assert (code, error.splitlines()[0]) == (3, "error: the cluster has no workers")


def test_a_scheduler_that_is_lost_keeps_what_was_recorded(
    course: Path, submissions: Path, cluster: DaskCluster
) -> None:
    cluster.join("--no-nanny", "--nthreads", "1")
    with closing(_start(course, submissions, cluster.address)) as run:
        wait_until(lambda: _recorded(course) >= 1)
        cluster.scheduler.kill()
        code, error = run.wait()
    assert code == 3
    assert "what has been recorded is kept" in error
    assert "Traceback" not in error
    with closing(_start(course, submissions, None)) as again:
        assert again.wait() == (0, "")
    assert _recorded(course) == len(NAMES)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--scheduler", "tcp://127.0.0.1:1"], "no Dask scheduler answers at tcp://127.0.0.1:1"),
        (["--scheduler", "gopher://host"], "no Dask scheduler answers at gopher://host"),
        (["--scheduler", "tls://127.0.0.1:1"], "there are no certificates for tls://127.0.0.1:1"),
        (["--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"], "--jobs does not go with the address of a cluster"),
    ],
)
def test_wrong_usage_says_what_to_change(course: Path, submissions: Path, options: Sequence[str], message: str) -> None:
    with closing(_start(course, submissions, None, *options)) as run:
        code, error = run.wait()
    assert code == 2
    assert message in error
    assert "hint: " in error


class _Run:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.printed = ""

    def wait(self) -> tuple[int, str]:
        """Return its exit code and what it wrote to standard error."""
        self.printed, error = self.process.communicate(timeout=4 * SECONDS)
        return self.process.returncode, error

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def _start(course: Path, submissions: Path, scheduler: str | None, *options: str) -> _Run:
    where = ["--scheduler", scheduler] if scheduler else []
    command = [sys.executable, "-m", "grader", "class", "small", str(submissions), "--course", str(course)]
    kept = {name: value for name, value in os.environ.items() if name != "GRADE_GRADEBOOK"}
    return _Run(
        subprocess.Popen(
            [*command, *where, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**kept, "PYTHONUTF8": "1", "COLUMNS": "100"},
        )
    )


def _hand_in(folder: Path, *, scale: str = SCALE, coins: str = COINS) -> None:
    folder.mkdir(parents=True)
    (folder / "scale.py").write_text(f"{scale}# {folder.name}\n", encoding="utf-8")
    (folder / "coins.py").write_text(coins, encoding="utf-8")


def _results(place: Path) -> dict[str, GradedSubmission]:
    """Return what was recorded of each student, times aside."""
    with open_gradebook(str(place)) as gradebook:
        attempts = {student: made[-1] for student, made in attempts_at(gradebook, "small").items()}
        results = results_of(gradebook, list(attempts.values()))
    return {student: _timeless(results[made.id]) for student, made in attempts.items() if made.id in results}


def _timeless(graded: GradedSubmission) -> GradedSubmission:
    questions = tuple(
        replace(question, checks=tuple(replace(check, seconds=0.0) for check in question.checks))
        for question in graded.questions
    )
    return replace(graded, seconds=0.0, questions=questions)


def _recorded(course: Path) -> int:
    """Return how many gradings there are, by a connection that does not disturb the run."""
    path = course / "gradebook.sqlite"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM gradings").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # it is being made


def _worker_of(nanny: int) -> int:
    """Return the process that a nanny watches: the one of its children that has grading processes."""
    return next(pid for (pid, _), (parent, _) in processes().items() if parent == nanny and _grading_on(pid))


def _grading_on(worker: int) -> bool:
    """Whether the processes of a run live on a worker: those whose zygote lives below them."""
    below = {pid for pid, _ in descendants(worker)}
    return any(parent in below for (pid, _), (parent, _) in processes().items() if pid in below)
