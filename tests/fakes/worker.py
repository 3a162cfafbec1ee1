"""A worker without a process: it calls plain functions, and reports what a real one reports."""

import copy
import itertools
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import numpy as np

from grader.checks.student import Student
from grader.model.assignment import Kind, Question, Returned
from grader.model.result import Frame
from grader.model.submission import ModuleSource
from grader.sandbox.contract import Call, Reply
from grader.sandbox.faults import Raised, StudentFault

MODULE = "layers"


class FakeWorker:
    """Calls `functions` in this process. What one of them raises becomes `Raised`; a `StudentFault` stays as it is."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions
        self.calls: list[Call] = []

    def load(
        self,
        sources: Sequence[ModuleSource],
        stand_ins: Mapping[str, Callable[..., Any]] | None = None,
        *,
        now: Sequence[str] | None = None,
    ) -> None:
        del sources, stand_ins, now

    def call(self, call: Call) -> Reply:
        self.calls.append(call)
        assert isinstance(call.function, str)
        np.random.seed(call.seed)  # noqa: NPY002 - as a worker does
        random.seed(call.seed)
        state = _global_state()
        args = tuple(np.array(value) if isinstance(value, np.ndarray) else value for value in call.args)
        before = copy.deepcopy([value for value in args if isinstance(value, np.ndarray)])
        try:
            value = self._functions[call.function.removeprefix(f"{MODULE}.")](*args, **call.kwargs)
        except StudentFault:
            raise
        except Exception as error:  # noqa: BLE001 - whatever the function raises is its answer
            names = tuple(kind.__name__ for kind in type(error).__mro__[:-2])
            frame = Frame(filename=f"{MODULE}.py", line=12, function=call.function, code="…")
            raise Raised(type_names=names, message=str(error), frames=(frame,)) from None
        arrays = iter(before)
        changed = {
            str(i): value
            for i, value in enumerate(args)
            if isinstance(value, np.ndarray) and not np.array_equal(value, next(arrays), equal_nan=True)
        }
        return Reply(value=value, changed=changed, global_random_used=_global_state() != state)

    def call_many(self, calls: Sequence[Call]) -> list[Reply]:
        return [self.call(copy.deepcopy(call)) for call in calls]

    @property
    def output(self) -> str:
        return ""

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def make_question(name: str, *kinds: Kind) -> Question:
    """Return a question that returns values of these kinds (any value without them)."""
    returns = tuple(Returned(name=f"r{i}", kind=kind) for i, kind in enumerate(kinds or (Kind.ANY,)))
    return Question(id=name, module=MODULE, title=name, points=10, difficulty=1, returns=returns)


def make_student(
    functions: Mapping[str, Callable[..., Any]],
    *,
    kinds: Mapping[str, tuple[Kind, ...]] | None = None,
    parameters: Mapping[str, tuple[str, ...]] | None = None,
) -> Student:
    """Return a student whose functions are these; each returns any value unless `kinds` says otherwise."""
    questions = {name: make_question(name, *(kinds or {}).get(name, ())) for name in functions}
    return Student(FakeWorker(functions), questions, parameters or {}, itertools.count())


def _global_state() -> str:
    """Return the state of the global generators, to see whether a function draws from them."""
    return repr((random.getstate(), np.random.get_state(legacy=False)))  # noqa: NPY002 - it is what we look at
