"""The pytest plugin: how checks are collected and run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.checks.declaration import CHECK_ATTRIBUTE, CheckDeclaration
from grader.errors import AssignmentError, GraderError
from grader.harness.attempt import GradedCheck
from grader.harness.run import CheckRun
from grader.harness.trusted_modules import located
from grader.model.assignment import Check
from grader.model.result import Outcome

FIXTURES = ("student", "reference", "rng")


class CheckPlugin:
    """Hands each check that pytest collects to the run it belongs to."""

    def __init__(self, run_of: Callable[[Path], CheckRun | None]) -> None:
        self._run_of = run_of
        self._expected: dict[str, tuple[CheckRun, GradedCheck]] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Take the collected tests as expected checks, in the order of their questions; leave other tests alone."""
        runs = {id(run): run for item in items if (run := self._run_of(item.path))}
        mine = [(run, [item for item in items if self._run_of(item.path) is run]) for run in runs.values()]
        items[:] = [item for item in items if self._run_of(item.path) is None]
        for run, collected in mine:
            items.extend(self._expect(run, collected))

    def _expect(self, run: CheckRun, items: list[pytest.Item]) -> list[pytest.Item]:
        try:
            graded = [graded_check(item) for item in items]
            run.expect(graded)
        except GraderError as fault:
            run.faults.append(fault)
            return []
        item_of = {check.check.id: item for check, item in zip(graded, items, strict=True)}
        expected = [(item_of[check.check.id], check) for check in run.checks]
        self._expected.update((item.nodeid, (run, check)) for item, check in expected)
        return [item for item, _ in expected]

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Run a check in place of pytest's own call, and report it as pytest would."""
        if pyfuncitem.nodeid not in self._expected:
            return None
        run, graded = self._expected[pyfuncitem.nodeid]
        try:
            attempt = run.attempt(graded)
        except GraderError as fault:
            run.faults.append(fault)
            raise
        if attempt.outcome is not Outcome.PASSED:
            words = attempt.explanation
            lines = [words.message, attempt.call, words.hint]
            pytest.fail("\n".join(line for line in lines if line) or attempt.outcome.value, pytrace=False)
        return True

    def pytest_exception_interact(self, node: pytest.Item | pytest.Collector, call: pytest.CallInfo[Any]) -> None:
        """Keep a check file that cannot be imported as a fault of ours."""
        run = self._run_of(node.path)
        if run is None or call.excinfo is None or not isinstance(node, pytest.Collector):
            return
        cause = call.excinfo.value.__cause__ or call.excinfo.value
        where = located(cause, node.path)
        run.faults.append(
            AssignmentError(f"{where}: {type(cause).__name__}: {cause}", hint="the check file cannot be imported")
        )

    @pytest.fixture
    def student(self) -> None:
        """The submission's functions; `attempt_check` hands them to the check."""

    @pytest.fixture
    def reference(self) -> None:
        """The reference's functions; `attempt_check` hands them to the check."""

    @pytest.fixture
    def rng(self) -> None:
        """The check's own generator; `attempt_check` hands it to the check."""


def graded_check(item: pytest.Item) -> GradedCheck:
    """Return what `@check` declared on a test. Raises `AssignmentError` for a test that is not a proper check."""
    path, line, _ = item.location
    where = f"{path}, line {(line or 0) + 1}"
    declaration = getattr(getattr(item, "obj", None), CHECK_ATTRIBUTE, None)
    if not isinstance(item, pytest.Function) or not isinstance(declaration, CheckDeclaration):
        raise AssignmentError(f"{where}: {item.name} is not a check", hint='put @check("<question>") above it')
    if strange := sorted(set(item.fixturenames) - {*FIXTURES}):
        raise AssignmentError(
            f"{where}: check {item.name} asks for {', '.join(strange)}",
            hint=f"a check takes {', '.join(FIXTURES)} only",
        )
    return GradedCheck(
        check=Check(
            id=f"{item.path.stem.removeprefix('test_')}.{item.originalname}",
            question=declaration.question,
            title=declaration.title,
            group=declaration.group,
            visibility=declaration.visibility,
            needs=declaration.needs,
            follow_through=declaration.follow_through,
            hint=declaration.hint,
            weight=declaration.weight,
            slow=declaration.slow,
        ),
        function=item.obj,
        fixtures=tuple(name for name in FIXTURES if name in item.fixturenames),
        place=where,
    )
