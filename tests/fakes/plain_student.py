"""A pytest plugin that runs checks on the reference as plain functions: no process, no copies, no messages.

It is the yardstick of the benchmarks: what the same checks cost with nothing around them.
"""

import copy
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checks import CallRecord, Reference
from grader.course import open_course
from grader.harness import ReferenceSolution, load_reference
from grader.model.assignment import Question
from grader.sandbox import Raised


class PlainFunction:
    """A reference function with the three ways to call it that checks use."""

    def __init__(self, function: Callable[..., Any], question: Question) -> None:
        self._function = function
        self._question = question

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return self._function(*args, **kwargs)
        except Exception as error:
            names = tuple(kind.__name__ for kind in type(error).__mro__)
            raise Raised(type_names=names, message=str(error), frames=()) from error

    def call(self, *args: Any, **kwargs: Any) -> CallRecord:
        value = self(*args, **kwargs)
        return CallRecord(question=self._question, args=args, kwargs=kwargs, parameters=(), value=value, returned=True)

    def many(self, arguments: Iterable[Sequence[Any]]) -> list[Any]:
        return [self(*copy.deepcopy(tuple(args))) for args in arguments]


class PlainStudent:
    """The reference's functions by name."""

    def __init__(self, solution: ReferenceSolution, questions: Iterable[Question]) -> None:
        for question in questions:
            function = getattr(solution.modules[question.module], question.id)
            setattr(self, question.id, PlainFunction(function, question))


@pytest.fixture
def student(request: pytest.FixtureRequest) -> PlainStudent:
    """The reference as the student."""
    return _loaded(request.node.path)[0]


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> Reference:
    """The reference."""
    return _loaded(request.node.path)[1]


@pytest.fixture
def rng() -> np.random.Generator:
    """A check's generator."""
    return np.random.default_rng(20)


def _loaded(check_file: Path) -> tuple[PlainStudent, Reference]:
    return _load(check_file.parents[3], check_file.parents[1].name)


@cache
def _load(course: Path, name: str) -> tuple[PlainStudent, Reference]:
    assignment = open_course(course).assignment(name)
    solution = load_reference(assignment)
    return PlainStudent(solution, assignment.questions), Reference(solution.modules)
