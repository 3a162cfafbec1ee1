"""Run one check against one set of functions, and tell how it ended."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.failure import CheckFailure
from grader.checks.reference import Reference
from grader.checks.student import CallRecord, Student
from grader.errors import GraderError
from grader.harness.wording import Explanation, explain_blocked, explain_fault
from grader.model.assignment import Check, Question
from grader.model.evidence import Evidence
from grader.model.result import Outcome
from grader.sandbox.contract import Worker
from grader.sandbox.faults import Raised, StudentFault


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedCheck:
    """A check and the function that performs it."""

    check: Check
    function: Callable[..., None]
    fixtures: tuple[str, ...]
    """Which of `student`, `reference` and `rng` the function takes."""
    place: str
    """File and line of the function."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of one run of a check."""

    explanation: Explanation
    call: str = ""
    evidence: Evidence | None = None
    stdout: str = ""
    seconds: float = 0.0
    records: tuple[CallRecord, ...] = ()
    """Every call of the check, also to other questions."""
    credit: float = 0.0
    """The share of its points that a failed check earns."""

    @property
    def outcome(self) -> Outcome:
        """How the check ended."""
        return self.explanation.outcome


class NoVerdictError(Exception):
    """The check itself raised something that is no verdict; the cause says what."""


def attempt_check(
    graded: GradedCheck,
    worker: Worker,
    reference: Reference,
    *,
    questions: Mapping[str, Question],
    parameters: Mapping[str, tuple[str, ...]],
    seed: int,
    on_call: Callable[[CallRecord], None] | None = None,
) -> Attempt:
    """Run a check with the functions in `worker` as the student's, and return how it ended.

    `on_call` is told before each call of a student's function. Raises `GraderError` for a fault of ours, and
    `NoVerdictError` when the check raised anything but a verdict: whose fault that is takes a second run, with the
    reference, to tell.
    """
    student = Student(worker, questions, parameters, _call_seeds(seed, graded.check.id), on_call)
    available: dict[str, Any] = {"student": student, "reference": reference, "rng": check_rng(seed, graded.check.id)}
    started = time.perf_counter()
    question = questions[graded.check.question]
    evidence, credit = None, 0.0
    try:
        graded.function(**{name: available[name] for name in graded.fixtures})
        explanation = Explanation(outcome=Outcome.PASSED)
    except AssertionError as failure:
        explanation = _failed(failure, student, graded.check)
        if isinstance(failure, CheckFailure):
            evidence, credit = failure.evidence, failure.credit
    except StudentFault as fault:
        explanation = _faulted(fault, student, question, len(parameters.get(question.id, ())))
    except GraderError:
        raise
    except Exception as error:
        raise NoVerdictError(f"{type(error).__name__}: {error}") from error
    blamed = explanation.outcome not in (Outcome.PASSED, Outcome.NOT_ATTEMPTED) and student.calls
    return Attempt(
        explanation=explanation,
        call=str(_culprit(student.calls, question)) if blamed else "",
        evidence=evidence or student.shown,
        credit=credit,
        stdout=worker.output,
        seconds=time.perf_counter() - started,
        records=tuple(student.calls),
    )


def _culprit(calls: Sequence[CallRecord], question: Question) -> CallRecord:
    """Return the call to show: the one that stopped the check, else the last of the question's own function.

    A gradient is called once; the calls of the forward pass after it only measure.
    """
    own = [record for record in calls if record.question is question]
    return own[-1] if own and calls[-1].fault is None else calls[-1]


def check_rng(seed: int, check_id: str) -> np.random.Generator:
    """Return a check's generator: the same for the same session seed and check, whatever else runs."""
    return np.random.default_rng(_entropy(seed, check_id, "inputs"))


def _failed(failure: AssertionError, student: Student, check: Check) -> Explanation:
    culprit = student.calls[-1] if student.calls else None
    if culprit is not None and culprit.fault is failure and culprit.question.id != check.question:
        return explain_blocked(culprit.question, _words(failure))
    hint = failure.hint if isinstance(failure, CheckFailure) and failure.hint else check.hint
    return Explanation(outcome=Outcome.FAILED, message=_words(failure), hint=hint)


def _words(failure: AssertionError) -> str:
    """Return what the author says, without the line that pytest adds to the message of an `assert`."""
    return str(failure) if isinstance(failure, CheckFailure) else str(failure).partition("\nassert ")[0]


def _faulted(fault: StudentFault, student: Student, question: Question, arity: int) -> Explanation:
    """Blame the function that was called last; a check of another question is blocked, not failed."""
    record = student.calls[-1]
    if record.question is question:
        return explain_fault(fault, question, record.parameters)
    if is_not_attempted(fault) and _is_stub(student, question, arity):
        return Explanation(outcome=Outcome.NOT_ATTEMPTED)
    return explain_blocked(record.question, explain_fault(fault, record.question, record.parameters).message)


def is_import_error(fault: BaseException) -> bool:
    """Tell whether a fault is an import that failed."""
    return isinstance(fault, Raised) and "ImportError" in fault.type_names


def is_not_attempted(fault: BaseException | None) -> bool:
    """Tell whether a fault is the stub's own NotImplementedError."""
    return isinstance(fault, Raised) and fault.type_names[0] == "NotImplementedError"


def _is_stub(student: Student, question: Question, arity: int) -> bool:
    """Call the function with nothing useful: an untouched stub raises NotImplementedError whatever it is given."""
    try:
        getattr(student, question.id)(*[None] * arity)
    except StudentFault as fault:
        return is_not_attempted(fault)
    except CheckFailure:
        return False
    finally:
        student.calls.pop()
    return False


def _call_seeds(seed: int, check_id: str) -> Iterator[int]:
    stream = np.random.default_rng(_entropy(seed, check_id, "calls"))
    while True:
        yield int(stream.integers(2**32))


def _entropy(seed: int, check_id: str, purpose: str) -> list[int]:
    digest = hashlib.sha256(f"{check_id}/{purpose}".encode()).digest()
    return [seed, int.from_bytes(digest[:8], "little")]
