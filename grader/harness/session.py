"""Run pytest in this process over an assignment's checks."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grader.errors import AssignmentError
from grader.harness.attempt import GradedCheck
from grader.harness.catalogue import ReferenceSolution
from grader.harness.plugin import CheckPlugin
from grader.harness.run import CheckRun
from grader.model.assignment import Assignment
from grader.model.submission import Submission
from grader.sandbox.trusted import TrustedWorker

UNNEEDED = (
    "cacheprovider",
    "debugging",
    "doctest",
    "faulthandler",
    "junitxml",
    "legacypath",
    "logging",
    "monkeypatch",
    "pastebin",
    "recwarn",
    "setuponly",
    "setupplan",
    "stepwise",
    "terminal",
    "threadexception",
    "tmpdir",
    "unittest",
    "unraisableexception",
    "warnings",
)
"""pytest's own plugins that grading does without; `unraisableexception` alone costs as much as all checks together."""


def run_session(run: CheckRun) -> None:
    """Collect and run the checks; `run` holds what came of them, and every fault of ours.

    Only a record of every expected check counts: pytest's exit code is not asked.
    """
    _run_pytest(run)
    silent = [graded.check.id for graded in run.checks if graded.check.id not in run.attempts]
    if silent and not run.faults:
        run.faults.append(AssignmentError(f"checks that did not report: {', '.join(silent)}"))


def collect_checks(assignment: Assignment, solution: ReferenceSolution) -> tuple[GradedCheck, ...]:
    """Return an assignment's checks without running them. Raises `AssignmentError` where one is damaged."""
    nothing = Submission(name="", path=assignment.folder, sources=(), digest="")
    run = CheckRun(
        assignment=assignment, submission=nothing, solution=solution, seed=assignment.seed, open_worker=TrustedWorker
    )
    _run_pytest(run, "--collect-only")
    for fault in run.faults:
        raise fault
    return tuple(run.checks)


def _run_pytest(run: CheckRun, *options: str) -> None:
    folders = check_folders(run.assignment)
    interruption = _Interruption()
    with contextlib.redirect_stdout(io.StringIO()), _forgetting_modules_in(folders):
        plugins = [CheckPlugin(lambda _: run), interruption]
        pytest.main([*_options(run.assignment), *options, *folders], plugins=plugins)
    if interruption.seen:
        raise interruption.seen
    if not run.faults and not run.checks:
        run.faults.append(AssignmentError(f"no checks found in {', '.join(folders)}"))


class _Interruption:
    """Notices Ctrl-C, which pytest catches, and tells it from the stop after a damaged check, which looks alike."""

    seen: KeyboardInterrupt | None = None

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        if isinstance(excinfo.value, KeyboardInterrupt) and not isinstance(excinfo.value, pytest.Session.Interrupted):
            self.seen = excinfo.value


@contextlib.contextmanager
def _forgetting_modules_in(folders: Sequence[str]) -> Iterator[None]:
    """Forget the check modules afterwards: pytest would take those of another course for ours if they have one name."""
    try:
        yield
    finally:
        for name, module in list(sys.modules.items()):
            if str(Path(getattr(module, "__file__", None) or ".").parent) in folders:
                del sys.modules[name]


def check_folders(assignment: Assignment) -> list[str]:
    """Return the folders that hold an assignment's checks: the visible ones and, where there are any, the hidden."""
    folders = [assignment.folder / "checks", assignment.solution_folder / "checks"]
    return [str(folder) for folder in folders if folder.is_dir()]


def _options(assignment: Assignment) -> Sequence[str]:
    return [
        "--disable-plugin-autoload",
        *(option for name in UNNEEDED for option in ("-p", f"no:{name}")),
        f"--rootdir={assignment.folder.parent.parent}",
        f"--config-file={os.devnull}",
        "--import-mode=importlib",
        "--noconftest",
        "--capture=no",
    ]
