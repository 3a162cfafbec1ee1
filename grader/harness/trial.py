"""Run checks on functions that we wrote: the reference, misconceptions and alternatives, in this process."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

import numpy as np

from grader.checks.declaration import Misconception
from grader.checks.reference import Reference
from grader.errors import AssignmentError
from grader.harness.attempt import Attempt, GradedCheck, NoVerdictError, attempt_check
from grader.harness.catalogue import ReferenceSolution, load_misconceptions
from grader.harness.wording import Explanation
from grader.model.assignment import Assignment, Question
from grader.model.result import Outcome
from grader.model.submission import ModuleSource
from grader.sandbox.contract import Worker
from grader.sandbox.trusted import TrustedWorker


@dataclass(slots=True, kw_only=True)
class Trials:
    """Runs of checks on trusted functions, at one seed. Each is made once and remembered."""

    assignment: Assignment
    solution: ReferenceSolution
    seed: int
    data_bytes: int = 0
    """How much memory the arrays take that are remembered."""
    _attempts: dict[tuple[str, str], Attempt] = field(default_factory=dict)
    _misconceptions: tuple[Misconception, ...] | None = None

    def misconceptions(self) -> tuple[Misconception, ...]:
        """Return the assignment's misconceptions; they are imported when first asked for."""
        if self._misconceptions is None:
            self._misconceptions = load_misconceptions(self.assignment, self.solution)
        return self._misconceptions

    def run_reference(self, graded: GradedCheck) -> Attempt:
        """Run a check with the reference as the student."""
        return self._remembered("", graded, self._reference_worker)

    def of_reference(self, graded: GradedCheck) -> Attempt:
        """Run a check with the reference as the student. Raises `AssignmentError` when it does not pass."""
        attempt = self.run_reference(graded)
        if attempt.outcome is not Outcome.PASSED:
            raise AssignmentError(
                f"{graded.place}: the reference does not pass {graded.check.id}: {attempt.explanation.message}",
                hint="the check or the reference needs mending; `grade verify` shows which",
            )
        return attempt

    def of_misconception(self, misconception: Misconception, graded: GradedCheck) -> Attempt:
        """Run a check with one of the reference's functions replaced by a misconception of it."""

        def open_worker() -> Worker:
            worker = self._reference_worker()
            question = self.assignment.question(misconception.question)
            worker.replace(f"{question.module}.{question.id}", misconception.function)
            return worker

        return self._remembered(misconception.id, graded, open_worker)

    def forget(self, misconceptions: Iterable[Misconception]) -> None:
        """Let go of what came of these misconceptions."""
        names = {misconception.id for misconception in misconceptions}
        self._attempts = {key: attempt for key, attempt in self._attempts.items() if key[0] not in names}

    def failed_checks(self, misconception: Misconception, checks: Iterable[GradedCheck]) -> frozenset[str]:
        """Return the ids of the checks that a misconception does not pass."""
        return frozenset(
            graded.check.id
            for graded in checks
            if self.of_misconception(misconception, graded).outcome is not Outcome.PASSED
        )

    def _reference_worker(self) -> TrustedWorker:
        worker = TrustedWorker()
        worker.load(self.solution.sources, now=())
        return worker

    def _remembered(self, who: str, graded: GradedCheck, open_worker: Callable[[], Worker]) -> Attempt:
        key = (who, graded.check.id)
        if key not in self._attempts:
            with open_worker() as worker:
                attempt = attempt_trusted(graded, worker, self.assignment, self.solution, self.seed)
            self._attempts[key] = attempt
            self.data_bytes += sum(
                _bytes_of([record.args, dict(record.kwargs), record.value]) for record in attempt.records
            )
        return self._attempts[key]


def _bytes_of(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_bytes_of, value.values()))
    if isinstance(value, tuple | list):
        return sum(map(_bytes_of, value))
    return value.nbytes if isinstance(value, np.ndarray) else 0


def attempt_trusted(
    graded: GradedCheck, worker: Worker, assignment: Assignment, solution: ReferenceSolution, seed: int
) -> Attempt:
    """Run a check on trusted functions. A check that stumbles over what they return counts as failed."""
    try:
        return attempt_check(
            graded,
            worker,
            Reference(solution.modules),
            questions=questions_by_name(assignment),
            parameters=solution.parameters,
            seed=seed,
        )
    except NoVerdictError as error:
        return Attempt(explanation=Explanation(outcome=Outcome.FAILED, message=str(error)))


def questions_by_name(assignment: Assignment) -> Mapping[str, Question]:
    """Return the questions of an assignment by the name of their function."""
    return {question.id: question for question in assignment.questions}


def stand_ins(
    assignment: Assignment, question: Question, solution: ReferenceSolution, sources: Sequence[ModuleSource]
) -> dict[str, Callable[..., Any]]:
    """Return the reference's functions that replace the student's own while `question` is checked.

    Where one file serves as several modules, each of them holds its own copy of the function.
    """
    files = {source.module: source.filename for source in sources}
    return {
        f"{module}.{other.id}": getattr(solution.modules[other.module], other.id)
        for other in map(assignment.question, question.uses)
        for module in {other.module, *files}
        if module == other.module or files[module] == files.get(other.module)
    }


def functions_beside(module: str, solution: ReferenceSolution) -> dict[str, Callable[..., Any]]:
    """Return the functions of the reference's other modules: a module that cannot be imported costs only itself."""
    return {
        f"{name}.{key}": value
        for name, other in solution.modules.items()
        for key, value in vars(other).items()
        if name != module and isinstance(value, FunctionType) and value.__module__ == name
    }
