"""Plain `pytest` for an author of checks: `pytest assignments/assignment3/checks`.

The checks run on the reference, in this process; with `--submission PATH` they run on a submission, locked in as
`grade` does it. Every pytest run loads this module where the package is installed, so it imports nothing heavy.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from grader.harness.run import CheckRun
    from grader.sandbox import Worker


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of an author's run."""
    group = parser.getgroup("grade", "checks of graded exercises")
    group.addoption("--submission", type=Path, help="run the checks on this submission instead of the reference")
    group.addoption("--grade-seed", type=int, help="the session seed, instead of the assignment's")


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Watch for checks when the run is about an assignment's `checks/` folder or a folder above one."""
    if not any(
        _may_hold_checks(session.config.invocation_params.dir / arg.split("::")[0]) for arg in session.config.args
    ):
        return
    from grader.harness.plugin import CheckPlugin

    runs = AuthorRuns(session.config)
    session.config.pluginmanager.register(CheckPlugin(runs.run_of), "grade-checks")
    session.config.pluginmanager.register(runs, "grade-author")


class AuthorRuns:
    """The runs of one pytest session: one for each assignment whose checks are collected."""

    def __init__(self, config: pytest.Config) -> None:
        self._submission: Path | None = config.getoption("--submission")
        self._seed: int | None = config.getoption("--grade-seed")
        self._runs: dict[Path, CheckRun] = {}
        self._closing = contextlib.ExitStack()

    def run_of(self, path: Path) -> "CheckRun | None":
        """Return the run that a check file belongs to; None for any other file."""
        if path.parent.name != "checks" or path.parents[2].name not in ("assignments", "solutions"):
            return None
        course, name = path.parents[3], path.parents[1].name
        if course / name not in self._runs:
            self._runs[course / name] = self._open(course, name)
        return self._runs[course / name]

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        """Stop at a damaged check or manifest, as `grade` does."""
        for run in self._runs.values():
            for fault in run.faults:
                raise pytest.UsageError(f"{fault.message} ({fault.hint})" if fault.hint else fault.message)

    def pytest_unconfigure(self) -> None:
        """Kill the students' processes."""
        self._closing.close()

    def _open(self, folder: Path, name: str) -> "CheckRun":
        from grader.course import open_course, read_submission
        from grader.harness.catalogue import load_reference
        from grader.harness.run import CheckRun
        from grader.sandbox import Isolation, Limits, open_sandbox
        from grader.sandbox.trusted import TrustedWorker

        assignment = open_course(folder).assignment(name)
        chosen = self._submission or assignment.solution_folder
        open_worker: Callable[[], Worker] = TrustedWorker
        if self._submission:
            limits = Limits().with_room_for(assignment.longest_call_seconds)
            open_worker = self._closing.enter_context(open_sandbox(limits, Isolation.BEST)).worker
        return CheckRun(
            assignment=assignment,
            submission=read_submission(chosen, assignment),
            solution=load_reference(assignment),
            seed=assignment.seed if self._seed is None else self._seed,
            open_worker=open_worker,
        )


def _may_hold_checks(path: Path) -> bool:
    return path.name in ("assignments", "solutions") or bool({"assignments", "solutions"} & set(path.parts[-4:]))
