"""What a check calls: the student's functions, whichever process they run in."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from grader.checks.description import describe_call, describe_value
from grader.checks.failure import CheckFailure
from grader.errors import AssignmentError
from grader.model.assignment import Kind, Question, Returned
from grader.model.evidence import Evidence
from grader.sandbox.contract import Call, Reply, Worker
from grader.sandbox.faults import Raised, StudentFault
from grader.wire import Handle, Sharing


@dataclass(slots=True, kw_only=True)
class CallRecord:
    """One call of a check and what came of it."""

    question: Question
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    parameters: tuple[str, ...]
    """The function's parameters as the reference writes them."""
    value: Any = None
    """What the function returned; a list of them for a batch of calls."""
    returned: bool = False
    """The value arrived and is of the right kind."""
    fault: StudentFault | CheckFailure | None = None
    changed: Mapping[str, Any] = field(default_factory=dict)
    """Arguments the function changed in place: path and new value (None where the function raised)."""
    global_random_used: bool = False
    shared: tuple[Sharing, ...] = ()
    """Returned arrays that share their memory with an argument, or with another returned array."""
    calls: int = 1
    member: str = ""
    """The method called or the attribute read, where the question is a class."""
    is_read: bool = False
    """An attribute was read: nothing was called."""

    def __str__(self) -> str:
        name = f"{self.question.id}.{self.member}" if self.member else self.question.id
        if self.is_read:
            return name
        call = describe_call(name, self.parameters, self.args, self.kwargs)
        return call if self.calls == 1 else f"{call}, one of {self.calls} such calls"


class StudentFunction:
    """One of the student's functions.

    Call it as the student would: it returns what the function returned, unpacked as the manifest's `returns` says.
    A value of another kind is a `CheckFailure`; an exception, a time-out or a crash is a
    `grader.sandbox.faults.StudentFault`.
    """

    def __init__(self, student: "Student", question: Question) -> None:
        self._student = student
        self._question = question

    @property
    def name(self) -> str:
        """The function's name."""
        return self._question.id

    @property
    def parameters(self) -> tuple[str, ...]:
        """Its parameters as the reference writes them."""
        return self._student.parameters_of(self._question)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        value = self.call(*args, **kwargs).value
        return StudentObject(self._student, self._question, value) if self._question.is_class else value

    def call(self, *args: Any, **kwargs: Any) -> CallRecord:
        """Call the function and return the record: the value, and which arguments it changed in place."""
        return self._student.record(self._question, args, kwargs)

    def strictly(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function where numpy raises `FloatingPointError` in the place of a warning; return the value."""
        return self._student.record(self._question, args, kwargs, strict=True).value

    def many(self, arguments: Iterable[Sequence[Any]]) -> list[Any]:
        """Call the function once for each tuple of arguments, in one message; return the list of values.

        A generator among the arguments is copied for every call, so that all of them draw the same numbers.
        """
        return self._student.record_many(self._question, [tuple(args) for args in arguments])


class StudentObject:
    """An object of one of the student's classes. It stays in the student's process."""

    def __init__(self, student: "Student", question: Question, handle: Handle) -> None:
        self._student = student
        self._question = question
        self.handle = handle

    def call(self, method: str, *args: Any) -> Any:
        """Call a method and return what it returned, of whichever kind."""
        return self._student.record_member(self._question, self.handle, method, args)

    def get(self, attribute: str) -> Any:
        """Return the value of an attribute."""
        return self._student.record_member(self._question, self.handle, attribute, None)


class Student:
    """The submission's functions by name: `student.dropout_forward(x, 0.8, "train", rng)`."""

    def __init__(
        self,
        worker: Worker,
        questions: Mapping[str, Question],
        parameters: Mapping[str, tuple[str, ...]],
        call_seeds: Iterator[int],
        on_call: Callable[[CallRecord], None] | None = None,
    ) -> None:
        self._worker = worker
        self._questions = questions
        self._parameters = parameters
        self._call_seeds = call_seeds
        self._on_call = on_call
        self.calls: list[CallRecord] = []
        self.shown: Evidence | None = None

    def __getattr__(self, function: str) -> StudentFunction:
        if function.startswith("__"):
            raise AttributeError(function)
        if function not in self._questions:
            raise AssignmentError(
                f"a check calls student.{function}, which is not a question of the assignment",
                hint=f"the questions are {', '.join(self._questions)}",
            )
        return StudentFunction(self, self._questions[function])

    def show(self, evidence: Evidence) -> None:
        """Let the report draw this, whether the check passes or not; a failure's own evidence comes first."""
        self.shown = evidence

    def parameters_of(self, question: Question) -> tuple[str, ...]:
        """Return the parameters of a question's function as the reference writes them."""
        return self._parameters.get(question.id, ())

    def keep(self, value: Any) -> Handle:
        """Put a copy of `value` into the student's process; pass the handle to several calls, or inside a dictionary.

        It is the same object in all of them, and `change` changes it between them.
        """
        kept = self._worker.call(Call(function="", args=(value,), opaque=(-1,))).value
        assert isinstance(kept, Handle)
        return kept

    def change(self, kept: Handle, method: str, *args: Any) -> None:
        """Change a kept value by one of its own methods: `change(array, "fill", 9.0)`."""
        self._worker.call(Call(function=kept, attribute=method, args=args, opaque=(-1,)))

    def record(
        self, question: Question, args: tuple[Any, ...], kwargs: Mapping[str, Any], *, strict: bool = False
    ) -> CallRecord:
        """Make one call and append its record to `calls`; `strict` is as in `grader.sandbox.contract.Call`."""
        record = self._new_record(question, args, kwargs)
        try:
            reply = self._worker.call(replace(self._call(question, args, kwargs), strict=strict))
            record.value = unpack(question, reply.value)
        except (StudentFault, CheckFailure) as fault:
            record.fault = fault
            if isinstance(fault, Raised):
                record.changed = dict.fromkeys(fault.changed)
            raise
        record.returned, record.changed = True, reply.changed
        record.global_random_used, record.shared = reply.global_random_used, reply.shared
        return record

    def record_member(self, question: Question, handle: Handle, member: str, args: tuple[Any, ...] | None) -> Any:
        """Call a method of an object, or without `args` read an attribute; append the record and return the value."""
        record = self._new_record(question, args or (), {})
        record.member, record.parameters = member, self._parameters.get(f"{question.id}.{member}", ())
        record.is_read = args is None
        method, passed = ("__getattribute__", (member,)) if args is None else (member, args)
        try:
            call = self._call(question, passed, {})
            record.value = self._worker.call(replace(call, function=handle, attribute=method, opaque=())).value
        except StudentFault as fault:
            record.fault = fault
            raise
        record.returned = True
        return record.value

    def record_many(self, question: Question, arguments: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Make independent calls in one message and append one record for all of them."""
        record = self._new_record(question, arguments[0] if arguments else (), {})
        record.calls = len(arguments)
        try:
            replies: list[Reply] = self._worker.call_many([self._call(question, args, {}) for args in arguments])
            values = [unpack(question, reply.value) for reply in replies]
        except (StudentFault, CheckFailure) as fault:
            record.fault = fault
            raise
        record.value, record.returned = values, True
        return values

    def _new_record(self, question: Question, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> CallRecord:
        record = CallRecord(question=question, args=args, kwargs=kwargs, parameters=self.parameters_of(question))
        self.calls.append(record)
        if self._on_call:
            self._on_call(record)
        return record

    def _call(self, question: Question, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Call:
        return Call(
            function=f"{question.module}.{question.id}",
            args=args,
            kwargs=kwargs,
            opaque=_opaque_positions(question),
            seed=next(self._call_seeds),
            seconds=question.call_seconds,
        )


def unpack(question: Question, value: Any) -> Any:
    """Return the value as the manifest's `returns` describes it, or raise `CheckFailure` if it is of another kind.

    One returned thing comes as itself, several as a tuple. Numbers come as Python floats and ints.
    """
    returns = question.returns
    if len(returns) == 1:
        return _of_kind(question, returns[0], value)
    names = ", ".join(part.name for part in returns)
    if not isinstance(value, tuple | list) or len(value) != len(returns):
        raise CheckFailure(f"{question.id} returned {_came(value)}; expected {len(returns)} values: {names}")
    return tuple(_of_kind(question, part, item) for part, item in zip(returns, value, strict=True))


def _opaque_positions(question: Question) -> tuple[int, ...]:
    if len(question.returns) == 1:
        return (-1,) if question.returns[0].kind in (Kind.OPAQUE, Kind.OBJECT) else ()
    return tuple(i for i, part in enumerate(question.returns) if part.kind is Kind.OPAQUE)


def _came(value: Any) -> str:
    return "None (is a return statement missing?)" if value is None else describe_value(value)


_EXPECTED = {
    Kind.ARRAY: "a numpy array",
    Kind.NUMBER: "one number",
    Kind.INTEGER: "one integer",
    Kind.BOOLEAN: "True or False",
    Kind.TEXT: "a text",
    Kind.DICT: "a dictionary of numpy arrays",
    Kind.OPEN_DICT: "a dictionary of numpy arrays",
    Kind.LIST: "a list",
}


def _of_kind(question: Question, part: Returned, value: Any) -> Any:
    """Return `value` if it is of the kind that `part` asks for, in the form that checks work with."""
    match part.kind:
        case Kind.ANY:
            return value
        case Kind.OPAQUE | Kind.OBJECT if isinstance(value, Handle):
            return value
        case Kind.ARRAY if isinstance(value, np.ndarray):
            return value
        case Kind.ARRAY if isinstance(value, np.generic):
            return np.asarray(value)
        case Kind.NUMBER if _is_real_number(value):
            return float(value)
        case Kind.INTEGER if _is_integer(value):
            return int(value)
        case Kind.BOOLEAN if isinstance(value, bool | np.bool_):
            return bool(value)
        case Kind.TEXT if isinstance(value, str):
            return value
        case Kind.LIST if isinstance(value, list | tuple):
            return list(value)
        case Kind.DICT if isinstance(value, dict):
            return {key: _entry(question, part, key, item) for key, item in value.items()}
        case Kind.OPEN_DICT if isinstance(value, dict):
            return {key: item if (array := _as_array(item)) is None else array for key, item in value.items()}
    what = part.name if len(question.returns) == 1 else f"{part.name}, one of the values returned,"
    raise CheckFailure(f"{question.id}: {what} is {_came(value)}; expected {_EXPECTED.get(part.kind, part.kind)}")


def _entry(question: Question, part: Returned, key: object, value: Any) -> Any:
    array = _as_array(value)
    if array is None:
        raise CheckFailure(f"{question.id}: {part.name}[{key!r}] is {_came(value)}; expected a numpy array")
    return array


def _as_array(value: Any) -> np.ndarray | None:
    if isinstance(value, np.ndarray | np.generic):
        return np.asarray(value)
    if _is_real_number(value):
        return np.asarray(value, dtype=np.float64 if abs(value) >= 2**63 else None)
    return None


def _is_real_number(value: Any) -> bool:
    if isinstance(value, bool | np.bool_):
        return False
    if isinstance(value, int):
        return abs(value) < 2**1023
    return isinstance(value, float | np.floating | np.integer) or (
        isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "fiu"
    )


def _is_integer(value: Any) -> bool:
    if isinstance(value, bool | np.bool_):
        return False
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    return isinstance(value, int | np.integer) or (
        isinstance(value, float | np.floating) and math.isfinite(value) and float(value).is_integer()
    )
