"""How runs of checks are written down, and read as the attempts that diagnosis and liveness compare with."""

from dataclasses import dataclass, field
from typing import Any, NoReturn

import numpy as np

from grader.checks.declaration import Misconception
from grader.checks.failure import CheckFailure
from grader.checks.student import CallRecord
from grader.errors import AssignmentError
from grader.harness.attempt import Attempt, GradedCheck
from grader.harness.recording.contents import CallRow, Failure, Recording, Trial, form_of, value_of
from grader.harness.trial import Trials
from grader.harness.wording import Explanation
from grader.model.assignment import Assignment
from grader.sandbox.faults import CrashCause, Crashed, Missing, Raised, Rejected, StudentFault


@dataclass(slots=True, kw_only=True)
class RecordedTrials(Trials):
    """What was recorded of the trials: the arrays of their calls are sketches."""

    recording: Recording
    _by_name: dict[tuple[str, str], Trial] = field(default_factory=dict)

    def misconceptions(self) -> tuple[Misconception, ...]:
        """Return the recorded misconceptions, without their functions."""
        return tuple(
            Misconception(
                id=each.id, question=each.question, summary="", hint=each.hint, caught_by=(), function=_not_here
            )
            for each in self.recording.records.mistakes
        )

    def run_reference(self, graded: GradedCheck) -> Attempt:
        """Return what the check gave with the reference as the student."""
        return self._recorded("", graded)

    def of_misconception(self, misconception: Misconception, graded: GradedCheck) -> Attempt:
        """Return what the check gave with a misconception in the reference's place."""
        return self._recorded(misconception.id, graded)

    def _recorded(self, who: str, graded: GradedCheck) -> Attempt:
        key = (who, graded.check.id)
        if not self._by_name:
            self._by_name = {(trial.who, trial.check): trial for trial in self.recording.records.trials}
        if key not in self._attempts:
            if key not in self._by_name:
                raise AssignmentError(
                    f"the recording does not know the check {graded.check.id}",
                    hint="leave the checks as they were, or get a new copy of the assignment",
                )
            self._attempts[key] = attempt_of(self._by_name[key], self.assignment)
        return self._attempts[key]


def _not_here(*_: Any, **__: Any) -> NoReturn:
    raise AssignmentError("a misconception's code is not in a student's copy")


def trial_of(attempt: Attempt, *, who: str, check: str) -> Trial:
    """Return what is kept of an attempt: of the reference's calls the arguments as well, which liveness asks for."""
    return Trial(
        who=who,
        check=check,
        outcome=attempt.outcome,
        message=attempt.explanation.message,
        credit=attempt.credit,
        calls=tuple(_row(record, with_arguments=not who) for record in attempt.records),
    )


def attempt_of(trial: Trial, assignment: Assignment) -> Attempt:
    """Return the attempt that a trial stands for, with sketches in place of arrays."""
    return Attempt(
        explanation=Explanation(outcome=trial.outcome, message=trial.message),
        credit=trial.credit,
        records=tuple(_record(row, assignment) for row in trial.calls),
    )


def _row(record: CallRecord, *, with_arguments: bool) -> CallRow:
    arguments = [*record.args, *record.kwargs.values()]
    return CallRow(
        question=record.question.id,
        calls=record.calls,
        returned=record.returned,
        member=record.member,
        is_read=record.is_read,
        arguments=form_of([_plain(each) for each in arguments]) if with_arguments else None,
        value=form_of(record.value),
        changed=form_of(dict(record.changed)),
        failure=failure_of(record.fault) if record.fault else None,
    )


def _record(row: CallRow, assignment: Assignment) -> CallRecord:
    return CallRecord(
        question=assignment.question(row.question),
        args=tuple(value_of(row.arguments)) if row.arguments else (),
        kwargs={},
        parameters=(),
        value=value_of(row.value),
        returned=row.returned,
        fault=fault_of(row.failure) if row.failure else None,
        changed=value_of(row.changed),
        calls=row.calls,
        member=row.member,
        is_read=row.is_read,
    )


def _plain(value: Any) -> Any:
    """Return an argument as far as it holds numbers: functions and generators are not among them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value if isinstance(value, np.ndarray | np.generic | bool | int | float | str) else None


def failure_of(fault: StudentFault | CheckFailure) -> Failure:
    """Return the name of a fault and the words that it is made of."""
    match fault:
        case Raised():
            return Failure(kind="raised", words=(fault.message, *fault.type_names))
        case Rejected():
            return Failure(kind="rejected", words=(fault.type_name, fault.where, fault.reason))
        case Missing():
            return Failure(kind="missing", words=(fault.module, fault.function))
        case Crashed():
            return Failure(kind="crashed", words=(fault.cause, fault.detail))
        case CheckFailure():
            return Failure(kind="unfit", words=(fault.message,))
    raise AssignmentError(f"a misconception ended in a way that is not recorded: {fault}")


def fault_of(failure: Failure) -> StudentFault | CheckFailure:
    """Return the fault that was written down. Raises `AssignmentError` for what is none."""
    match failure.kind, failure.words:
        case "raised", (message, *type_names) if type_names:
            return Raised(type_names=tuple(type_names), message=message, frames=())
        case "rejected", (type_name, where, reason):
            return Rejected(type_name=type_name, where=where, reason=reason)
        case "missing", (module, function):
            return Missing(module=module, function=function, defined=())
        case "crashed", (cause, detail) if cause in CrashCause.__members__.values():
            return Crashed(cause=CrashCause(cause), detail=detail)
        case "unfit", (message,):
            return CheckFailure(message)
    raise AssignmentError(f"the recording is damaged: {failure.kind} is no fault")
