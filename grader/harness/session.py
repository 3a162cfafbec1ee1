"""Run pytest in this process over an assignment's checks."""

import contextlib
import io
import os
from collections.abc import Sequence

import pytest

from grader.errors import AssignmentError
from grader.harness.plugin import CheckPlugin
from grader.harness.run import CheckRun
from grader.model.assignment import Assignment

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
    folders = check_folders(run.assignment)
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([*_options(run.assignment), *folders], plugins=[CheckPlugin(lambda _: run)])
    if not run.faults and not run.checks:
        run.faults.append(AssignmentError(f"no checks found in {', '.join(folders)}"))
    silent = [graded.check.id for graded in run.checks if graded.check.id not in run.attempts]
    if silent and not run.faults:
        run.faults.append(AssignmentError(f"checks that did not report: {', '.join(silent)}"))


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
        "--tb=no",
    ]
