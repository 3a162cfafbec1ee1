"""Progress is shown to a person who is watching, and to nobody else."""

import io
import sys

import pytest

from grader.cli.progress import progress_bar, progress_line
from grader.workflows.grade_one import Progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_one_line_that_is_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    screen = _Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress_line() as show:
        assert show
        show(Progress(done=3, total=12, title="Kept [bold]activations are scaled."))
    written = screen.getvalue()
    assert "3/12  Kept [bold]activations" in written
    assert written.rstrip().endswith("\x1b[2K")


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with progress_line() as show:
        assert show is None
    assert pipe.getvalue() == ""


def test_a_long_work_gets_a_bar_that_is_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    screen = _Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress_bar() as show:
        assert show
        show(Progress(done=3, total=21, title="seed [bold]22"))
    written = screen.getvalue()
    assert "3/21" in written
    assert "seed [bold]22" in written
    assert written.rstrip().endswith("\x1b[2K")


def test_a_pipe_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with progress_bar() as show:
        assert show is None
    assert pipe.getvalue() == ""
