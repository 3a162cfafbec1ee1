"""One call of a reference function: written down with what came of it, and found again by its arguments.

A function among the arguments cannot be written down. What the reference asked it, and what it answered, can: a
recorded answer is given only to a function that answers the same, and that is asked as often as the reference would.
"""

import inspect
import itertools
from collections.abc import Callable, Container, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np

from grader.errors import AssignmentError, GraderError
from grader.harness.outputs import same_value
from grader.harness.recording.contents import Answer, Asked, Failure, Form, form_of, loaded, value_of
from grader.harness.sketches import Tolerance
from grader.wire import Change, ChangeKind, Handle, Snapshot, Unsendable, apply_changes
from grader.wire.blobs import dump_value

NEAR = Tolerance(relative=1e-9, of_largest=1e-14)
"""Of arguments: the same check on another processor rounds a little differently; a step of 1e-5 is far away."""

_EXCEPTIONS = {
    kind.__name__: kind for kind in (ValueError, TypeError, KeyError, IndexError, ZeroDivisionError, RuntimeError)
}


class NotRecordedError(GraderError):
    """A reference function was called with arguments that no recorded call had."""


class Arguments:
    """The arguments of one call by name, and the functions among them. `state` is that of the object called, if any."""

    def __init__(
        self, signature: inspect.Signature, args: Sequence[Any], kwargs: Mapping[str, Any], state: bytes = b""
    ) -> None:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        self.bound = bound
        self.functions = [value for value in bound.arguments.values() if _is_function(value)]
        self._state = {"self": state} if state else {}
        encoded = dump_value({**bound.arguments, **self._state}, self._refer)
        self.digest = blake2b(encoded, digest_size=12).digest()

    @property
    def values(self) -> dict[str, Any]:
        """The arguments themselves, by name."""
        return dict(self.bound.arguments)

    def form(self) -> Form:
        """Return what is kept of them."""
        return form_of({**self.values, **self._state}, self._refer)

    def plain(self) -> dict[str, Any]:
        """Return them by name, with a handle in place of each function."""
        return {key: self._refer(value) or value for key, value in self.values.items()} | self._state

    def _refer(self, value: Any) -> Handle | None:
        return next((Handle(slot) for slot, each in enumerate(self.functions) if each is value), None)


def _is_function(value: Any) -> bool:
    """A class is none: as an argument it stands for a dtype."""
    return callable(value) and not isinstance(value, type)


class Recorder:
    """Writes down the calls of reference functions."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, bytes, tuple[Asked, ...]], Answer] = {}
        self.limit_bytes: int | None = None
        """Longer answers are not written down."""
        self.only: Container[str] | None = None
        """Answers of other functions are not written down."""

    def listening(self, name: str, function: Callable[..., Any], signature: inspect.Signature) -> Callable[..., Any]:
        """Return a function that does what `function`, called `name`, does, and writes it down."""

        def listening(*args: Any, **kwargs: Any) -> Any:
            return self.record(name, function, arguments_of(name, signature, args, kwargs))

        return listening

    def record(self, name: str, function: Callable[..., Any], arguments: Arguments) -> Any:
        """Call a function and write down what came of it. Raises `AssignmentError` for what no recording can hold."""
        form = arguments.form()
        asked: list[Asked] = []
        snapshot = Snapshot((), arguments.values)
        heard = {id(each): _heard(each, slot, asked) for slot, each in enumerate(arguments.functions)}
        values = {key: heard.get(id(value), value) for key, value in arguments.values.items()}
        bound = inspect.BoundArguments(arguments.bound.signature, values)
        value, failure, raised = None, None, None
        try:
            value = function(*bound.args, **bound.kwargs)
        except GraderError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever the reference raises for these arguments is its answer
            raised = error
            failure = Failure(kind="raised", words=(str(error), *(kind.__name__ for kind in type(error).__mro__)))
        changes = snapshot.changes()
        try:
            values_after = dump_value([value, *(new for _, new in changes)])
        except Unsendable as error:
            raise AssignmentError(f"what {name} returns, no recording can hold: {error}", hint=_PLAIN_DATA) from error
        self._keep(
            Answer(
                function=name,
                digest=arguments.digest,
                arguments=form,
                asked=tuple(asked),
                failure=failure,
                values=values_after,
                changes=tuple(change for change, _ in changes),
            )
        )
        if raised:
            raise raised
        return value

    def _keep(self, answer: Answer) -> None:
        is_short = self.limit_bytes is None or len(answer.values) <= self.limit_bytes
        if is_short and (self.only is None or answer.function in self.only):
            self.answers.setdefault((answer.function, answer.digest, answer.asked), answer)


def arguments_of(
    name: str, signature: inspect.Signature, args: Sequence[Any], kwargs: Mapping[str, Any], state: bytes = b""
) -> Arguments:
    """Return the arguments of a call to be recorded. Raises `AssignmentError` for what no recording can hold."""
    try:
        return Arguments(signature, args, kwargs, state)
    except Unsendable as error:
        raise AssignmentError(
            f"{name} was called with what no recording can hold: {error}", hint=_PLAIN_DATA
        ) from error


_PLAIN_DATA = "let checks ask the reference with plain data and functions, for plain data"


def _heard(function: Callable[..., Any], slot: int, asked: list[Asked]) -> Callable[..., Any]:
    def heard(*args: Any, **kwargs: Any) -> Any:
        arguments = dump_value([list(args), kwargs])
        value = function(*args, **kwargs)
        asked.append(Asked(slot=slot, arguments=arguments, answer=dump_value(value)))
        return value

    return heard


class Answering:
    """Answers calls of reference functions from a recording."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._by_digest: dict[tuple[str, bytes], list[Answer]] = {}
        self._forms: dict[str, list[tuple[bytes, Form]]] = {}
        self._places: dict[str, int] = {}
        for answer in answers:
            self._by_digest.setdefault((answer.function, answer.digest), []).append(answer)
            self._forms.setdefault(answer.function, []).append((answer.digest, answer.arguments))

    def answering(self, name: str, signature: inspect.Signature) -> Callable[..., Any]:
        """Return a function that answers as the one called `name` did; it raises `NotRecordedError` where it cannot."""

        def answering(*args: Any, **kwargs: Any) -> Any:
            try:
                arguments = Arguments(signature, args, kwargs)
            except Unsendable:
                raise _not_recorded(name) from None
            return self.answer(name, arguments)[0]

        return answering

    def answer(self, name: str, arguments: Arguments) -> tuple[Any, bytes]:
        """Return the recorded answer, and the digest of the arguments that it was recorded for.

        Raises what the recorded call raised, and `NotRecordedError`.
        """
        digest = arguments.digest
        if (name, digest) not in self._by_digest:
            digest = self._near(name, arguments)
        answer = _agreeing(self._by_digest[name, digest], arguments)
        if answer is None:
            raise _not_recorded(name)
        value, *news = loaded(answer.values)
        _apply(arguments.values, list(zip(answer.changes, news, strict=True)))
        if answer.failure is not None:
            message, *names = answer.failure.words
            raise next((_EXCEPTIONS[each] for each in names if each in _EXCEPTIONS), RuntimeError)(message)
        return value, digest

    def _near(self, name: str, arguments: Arguments) -> bytes:
        """Return the digest of the recorded arguments that these are but for rounding errors.

        The search goes on from where the last one ended: calls come in the order in which they were recorded.
        """
        given = arguments.plain()
        recorded = self._forms.get(name, [])
        start = self._places.get(name, 0)
        for place in itertools.chain(range(start, len(recorded)), range(start)):
            digest, form = recorded[place]
            if same_value(given, value_of(form), NEAR):
                self._places[name] = place + 1
                return digest
        raise _not_recorded(name)


def _agreeing(candidates: Sequence[Answer], arguments: Arguments) -> Answer | None:
    """Return the recorded call in which the functions among the arguments answered as they do now.

    Calls with the same arguments ask the same until they are answered differently: all are followed at once.
    """
    left, step = list(candidates), 0
    while left and any(len(answer.asked) > step for answer in left):
        question = next(answer.asked[step] for answer in left if len(answer.asked) > step)
        args, kwargs = loaded(question.arguments)
        got = arguments.functions[question.slot](*args, **kwargs)
        left = [
            answer
            for answer in left
            if len(answer.asked) > step and same_value(got, loaded(answer.asked[step].answer), NEAR)
        ]
        step += 1
    return left[0] if left else None


def _apply(arguments: dict[str, Any], changes: Sequence[tuple[Change, Any]]) -> None:
    """Do to the arguments what the recorded call did to its own."""
    apply_changes((), arguments, changes)
    for change, value in changes:
        if change.kind is ChangeKind.INSIDE:
            owner: Any = arguments
            for step in change.path:
                owner = owner[step]
            if isinstance(owner, np.ndarray):
                owner[...] = value


def _not_recorded(name: str) -> NotRecordedError:
    return NotRecordedError(
        f"the recording does not say what {name} gives for the arguments that this check needs here",
        hint="grade with the full course, or ask for a new copy of the assignment",
    )
