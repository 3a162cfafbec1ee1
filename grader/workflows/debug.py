"""Debug one's own function with the inputs of a check that it fails."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, read_submission
from grader.course.names import nearest
from grader.errors import UsageError
from grader.harness import CheckRun, open_solution
from grader.harness.attempt import Attempt, GradedCheck
from grader.harness.session import collect_checks
from grader.model.assignment import Assignment, Check
from grader.model.result import Outcome
from grader.sandbox import Worker
from grader.sandbox.debugged import DebugWorker
from grader.sandbox.faults import Missing, NotLoaded, Raised
from grader.workflows.grade_one import Options, open_for


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPlan:
    """Where to stop, and how the check ended without a debugger."""

    check: Check
    attempt: Attempt
    number: int | None
    """Of the call, counted from 1; None where the function was never entered."""
    call: str
    """With its arguments described."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebugSession:
    """One check of one submission, ready to be run again."""

    assignment: Assignment
    plan: StopPlan
    folder: Path
    """Where the student's files lie: the debugger finds them there."""
    _graded: GradedCheck
    _new_run: Callable[[Callable[[], Worker]], CheckRun]

    def run(self) -> Attempt | None:
        """Run the check with the debugger on the terminal; None when the person left it before the end."""
        if self.plan.number is None:
            raise ValueError("there is nothing to stop in")
        number = self.plan.number
        opened: list[DebugWorker] = []

        def open_worker() -> Worker:
            opened.append(DebugWorker(number, self.folder))
            return opened[-1]

        attempt = self._new_run(open_worker).attempt(self._graded)
        return None if any(worker.was_left for worker in opened) else attempt


def prepare_debugging(course: Course, assignment_id: str, check: str, submission: Path | None) -> DebugSession:
    """Run a check as `grade` does, and choose the call to stop at: the one that it fails by, else its first.

    Raises `UsageError` for an assignment, a check or a submission that cannot be found, and on systems where a process
    cannot be given the terminal.
    """
    if sys.platform == "win32":
        raise UsageError("grade debug needs Linux or macOS", hint="use WSL, or your editor's debugger")
    assignment = course.assignment(assignment_id)
    solution = open_solution(assignment, assignment.seed)
    checks = collect_checks(assignment, solution)
    graded = _find(check, checks)
    work = read_submission(assignment.folder if submission is None else submission, assignment)

    def new_run(open_worker: Callable[[], Worker]) -> CheckRun:
        run = CheckRun(
            assignment=assignment,
            submission=work,
            solution=solution,
            seed=assignment.seed,
            open_worker=open_worker,
        )
        run.expect(checks)
        return run

    with open_for(assignment, Options()) as sandbox:
        attempt = new_run(sandbox.worker).attempt(graded)
    folder = work.path if work.path.is_dir() else work.path.parent
    plan = _plan(graded.check, attempt)
    return DebugSession(assignment=assignment, plan=plan, folder=folder, _graded=graded, _new_run=new_run)


def _find(name: str, checks: Sequence[GradedCheck]) -> GradedCheck:
    """Return the check of that id; the name of its test is enough where no other has it."""
    known = {graded.check.id: graded for graded in checks}
    if name in known:
        return known[name]
    same = [graded for graded in checks if graded.check.id.rpartition(".")[2] == name]
    if len(same) == 1:
        return same[0]
    if same:
        names = ", ".join(graded.check.id for graded in same)
        raise UsageError(f"there are {len(same)} checks {name!r}", hint=f"give one of {names}")
    guess = nearest(name, list(known)) or nearest(name, [each.rpartition(".")[2] for each in known])
    raise UsageError(
        f"there is no check {name!r}",
        hint=f"did you mean {guess}?" if guess else f"the checks are {', '.join(known)}",
    )


def _plan(check: Check, attempt: Attempt) -> StopPlan:
    number = _number(check, attempt)
    call = str(attempt.records[number - 1]) if number else ""
    return StopPlan(check=check, attempt=attempt, number=number, call=call)


def _number(check: Check, attempt: Attempt) -> int | None:
    """Return which call to stop at: the one that stopped the check, else the question's own last, or first, one."""
    if attempt.records and (fault := attempt.records[-1].fault):
        was_entered = not isinstance(fault, Missing | NotLoaded) and (not isinstance(fault, Raised) or fault.frames)
        return len(attempt.records) if was_entered else None
    own = [number for number, record in enumerate(attempt.records, 1) if record.question.id == check.question]
    numbers = own or list(range(1, len(attempt.records) + 1))
    if not numbers:
        return None
    return numbers[0] if attempt.outcome is Outcome.PASSED else numbers[-1]
