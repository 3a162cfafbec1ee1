"""Objects of the reference's classes: their calls are written down and found again like those of functions.

An object is known by its history: the digest of the arguments that it was made with, then, after each call of a method,
the digest of that call, which contains the one before.
"""

import inspect
from collections.abc import Callable
from typing import Any

from grader.harness.recording.calls import Answering, Arguments, Recorder, arguments_of

NO_ARGUMENTS = inspect.Signature()


def listening_class(recorder: Recorder, name: str, kind: type, stub: type) -> Callable[..., Any]:
    """Return what makes objects of a class as `kind` does, and writes down their making and all their calls."""
    signature = inspect.signature(stub)

    def make(*args: Any, **kwargs: Any) -> ListeningObject:
        arguments = arguments_of(name, signature, args, kwargs)
        made: list[Any] = []
        recorder.record(name, lambda *args, **kwargs: made.append(kind(*args, **kwargs)), arguments)
        return ListeningObject(recorder, name, made[0], arguments.digest)

    return make


class ListeningObject:
    """An object of the reference, whose calls are written down."""

    def __init__(self, recorder: Recorder, name: str, made: Any, state: bytes) -> None:
        self._recorder = recorder
        self._name = name
        self._made = made
        self._state = state

    def __getattr__(self, attribute: str) -> Any:
        name, value = f"{self._name}.{attribute}", getattr(self._made, attribute)
        if not callable(value):
            arguments = arguments_of(name, NO_ARGUMENTS, (), {}, self._state)
            return self._recorder.record(name, lambda: value, arguments)

        def method(*args: Any, **kwargs: Any) -> Any:
            arguments = arguments_of(name, inspect.signature(value), args, kwargs, self._state)
            self._state = arguments.digest
            return self._recorder.record(name, value, arguments)

        return method


def answering_class(answering: Answering, name: str, stub: type) -> Callable[..., Any]:
    """Return what makes objects that answer as the recorded ones of a class did."""
    signature = inspect.signature(stub)

    def make(*args: Any, **kwargs: Any) -> AnsweringObject:
        _, state = answering.answer(name, Arguments(signature, args, kwargs))
        return AnsweringObject(answering, name, stub, state)

    return make


class AnsweringObject:
    """An object that answers from a recording."""

    def __init__(self, answering: Answering, name: str, stub: type, state: bytes) -> None:
        self._answering = answering
        self._name = name
        self._stub = stub
        self._state = state

    def __getattr__(self, attribute: str) -> Any:
        name, method = f"{self._name}.{attribute}", getattr(self._stub, attribute, None)
        if not inspect.isfunction(method):
            return self._answering.answer(name, Arguments(NO_ARGUMENTS, (), {}, self._state))[0]
        signature = inspect.signature(method.__get__(self))

        def call(*args: Any, **kwargs: Any) -> Any:
            value, self._state = self._answering.answer(name, Arguments(signature, args, kwargs, self._state))
            return value

        return call
