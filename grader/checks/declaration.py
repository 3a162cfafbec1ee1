"""How an author declares a check and a misconception."""

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from grader.errors import AssignmentError
from grader.model.assignment import Group, Visibility

F = TypeVar("F", bound=Callable[..., Any])
E = TypeVar("E", bound=StrEnum)

CHECK_ATTRIBUTE = "__grader_check__"
MISCONCEPTION_ATTRIBUTE = "__grader_misconception__"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDeclaration:
    """What `@check` was told."""

    question: str
    title: str
    group: Group
    visibility: Visibility
    needs: tuple[str, ...]
    follow_through: bool
    hint: str
    weight: float = 1.0
    slow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A wrong implementation kept on purpose: it proves the checks catch it, and it names the mistake."""

    id: str
    """`<question>.<name>`, e.g. `dropout_forward.not_inverted`."""
    question: str
    summary: str
    """What differs from the right implementation."""
    hint: str
    """One or two sentences for the student: a question or an observation, never code."""
    caught_by: tuple[str, ...]
    """The test functions that must fail for it."""
    function: Callable[..., Any]


def check(
    question: str,
    *,
    group: str = "core",
    visibility: str = "visible",
    needs: tuple[str, ...] = (),
    follow_through: bool = False,
    hint: str = "",
    weight: float = 1.0,
    slow: bool = False,
) -> Callable[[F], F]:
    """Mark a test function as a graded check of `question`; its docstring is the title that a student reads.

    The function takes any of `student`, `reference` and `rng`, makes its inputs itself, and asserts with the functions
    of `grader.checks`. `hint` is the one next step shown when no misconception explains the failure. `weight` is the
    check's part of its group's points beside the others'. `slow` is for one that takes seconds: it is not run again to
    explain a failure, and `grade verify` proves it at one seed.
    """

    def declare(function: F) -> F:
        where = f"check {function.__name__} of {question}"
        title = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").strip()
        if not title:
            raise AssignmentError(f"{where} has no docstring", hint="say in it what the check wants")
        if not 0 < weight < math.inf:
            raise AssignmentError(f"{where} has the weight {weight}", hint="give it a positive number")
        declaration = CheckDeclaration(
            question=question,
            title=title,
            group=_member(Group, group, where),
            visibility=_member(Visibility, visibility, where),
            needs=_names(needs, "needs", where),
            follow_through=follow_through,
            hint=hint,
            weight=weight,
            slow=slow,
        )
        setattr(function, CHECK_ATTRIBUTE, declaration)
        return function

    return declare


def misconception(id: str, *, hint: str, caught_by: tuple[str, ...]) -> Callable[[F], F]:  # noqa: A002 - the glossary's word
    """Mark a function as a wrong implementation; `id` is `"<question>.<name>"`, its docstring says what differs."""

    def declare(function: F) -> F:
        question, _, name = id.partition(".")
        if not question or not name:
            raise AssignmentError(f"misconception {id!r} is not named <question>.<name>")
        if not caught_by:
            raise AssignmentError(f"misconception {id} names no check that catches it")
        if not hint:
            raise AssignmentError(f"misconception {id} has no hint", hint="ask the student a question")
        if not (summary := inspect.getdoc(function)):
            raise AssignmentError(f"misconception {id} has no docstring", hint="say in it what differs")
        setattr(
            function,
            MISCONCEPTION_ATTRIBUTE,
            Misconception(
                id=id,
                question=question,
                summary=summary,
                hint=hint,
                caught_by=_names(caught_by, "caught_by", f"misconception {id}"),
                function=function,
            ),
        )
        return function

    return declare


def _member(kind: type[E], value: str, where: str) -> E:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(kind)
        raise AssignmentError(f"{where} has the {kind.__name__.lower()} {value!r}", hint=f"use {known}") from None


def _names(names: tuple[str, ...], option: str, where: str) -> tuple[str, ...]:
    """Return names as a tuple; a single text would be taken for a list of letters."""
    if isinstance(names, str):
        raise AssignmentError(f"{where} has {option}={names!r}, a text", hint=f'write {option}=("{names}",)')
    return tuple(names)
