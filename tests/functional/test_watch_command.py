"""`grade watch` as a student has it beside the editor."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import pytest

from tests.fakes.processes import SECONDS, descendants, wait_until
from tests.fakes.small_course import COINS, SCALE, write_course

WAITING = "waiting for the next save"


class Watched:
    """A running `grade watch`, and what it has said so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def report(self) -> str:
        """Wait for the next report, and return it."""
        lines = [self._lines.get(timeout=SECONDS)]
        while WAITING not in lines[-1]:
            lines.append(self._lines.get(timeout=SECONDS))
        return "".join(lines)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)


@contextmanager
def watching(course: Path, *arguments: str) -> Iterator[Watched]:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "grader", "watch", *arguments, "--course", str(course)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        try:
            yield Watched(process)
        finally:
            process.kill()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    work = tmp_path / "work"
    work.mkdir()
    (work / "scale.py").write_text(dedent(SCALE))
    (work / "coins.py").write_text("def coin_mask(shape, rng):\n    raise NotImplementedError\n")
    return work


def test_every_save_is_graded_and_what_changed_is_said(course: Path, work: Path) -> None:
    with watching(course, "small", str(work)) as watched:
        assert "Since the last run" not in watched.report()
        (work / "coins.py").write_text(dedent(COINS))
        report = watched.report()
        assert "100 / 100" in report
        assert "Since the last run: 30 points more (70 → 100)" in report
        assert "✓ Half of the entries are ones – passes now" in report
        (work / "coins.py").write_text("def coin_mask(:\n")
        assert "SyntaxError" in watched.report()
        draft = work / ".coins.py.swp"
        draft.write_text(dedent(COINS))
        draft.replace(work / "coins.py")  # as many editors save
        assert "30 points more" in watched.report()


def test_the_stubs_of_the_assignment_are_watched_where_nothing_else_is_named(course: Path) -> None:
    with watching(course, "small", "--question", "coin_mask") as watched:
        assert "0 / 30" in watched.report()
        (course / "assignments" / "small" / "coins.py").write_text(dedent(COINS))
        assert "30 / 30" in watched.report()


def test_a_single_file_that_goes_and_comes_back_is_watched_on(course: Path, tmp_path: Path) -> None:
    homework = tmp_path / "homework.py"
    homework.write_text(dedent(SCALE))
    with watching(course, "small", str(homework)) as watched:
        watched.report()
        homework.unlink()
        problem = watched.report()
        assert "there is no submission" in problem
        homework.write_text(dedent(SCALE) + dedent(COINS).replace('"""Coins."""', ""))
        assert "100 / 100" in watched.report()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_ctrl_c_ends_it_well_and_leaves_no_process_behind(course: Path, work: Path) -> None:
    with watching(course, "small", str(work)) as watched:
        watched.report()
        family = descendants(watched.process.pid)
        assert family
        os.killpg(watched.process.pid, signal.SIGINT)
        assert watched.process.wait(SECONDS) == 0
        assert watched.process.stderr
        assert watched.process.stderr.read() == ""
        wait_until(lambda: not any(Path(f"/proc/{process}").exists() for process, _ in family))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["smal"], "there is no assignment 'smal'"),
        (["small", "missing"], "there is no submission missing"),
        (["small", "--question", "coin"], "there is no question 'coin'"),
    ],
)
def test_what_is_not_there_at_the_start_is_wrong_usage(course: Path, arguments: list[str], message: str) -> None:
    with watching(course, *arguments) as watched:
        assert watched.process.wait(SECONDS) == 2
        assert watched.process.stderr is not None
        assert message in watched.process.stderr.read()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_is_cleared_before_each_report(course: Path, work: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "grader", "watch", "small", str(work), "--course", str(course)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1"},
    ) as process:
        os.close(follower)
        try:
            assert "\x1b[2J" in _read_until(leader, WAITING)
            (work / "coins.py").write_text(dedent(COINS))
            assert "\x1b[2J" in _read_until(leader, WAITING)
            process.send_signal(signal.SIGINT)
            assert process.wait(SECONDS) == 0
        finally:
            process.kill()
            os.close(leader)


def _read_until(terminal: int, words: str) -> str:
    text = b""
    while words.encode() not in text:
        text += os.read(terminal, 4096)
    return text.decode(errors="replace")
