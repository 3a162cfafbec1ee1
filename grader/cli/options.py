"""The options that several commands share."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.course.course import Course, find_course, open_course

F = TypeVar("F", bound=Callable[..., Any])

_SEED_MAX = 2**32 - 1


class Percent(click.FloatRange):
    """A number from 0 to 100; click's own range lets `nan` through."""

    def __init__(self) -> None:
        super().__init__(0, 100)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value} is not a number from 0 to 100.", param, ctx)
        return number


def course_option(function: F) -> F:
    """Add `--course`; hand its value to `resolve_course`."""
    return click.option(
        "--course",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The course's folder (default: the nearest one upward with assignments/).",
    )(function)


def resolve_course(folder: Path | None) -> Course:
    """Return the course in `folder`, or else the one that the current folder lies in; raise `UsageError` for none."""
    return find_course() if folder is None else open_course(folder)


def gradebook_option(function: F) -> F:
    """Add `--gradebook`, of the commands that read or write marks."""
    return click.option(
        "--gradebook",
        metavar="URL",
        help="Where marks are kept: postgresql://…, or a SQLite file (default: GRADE_GRADEBOOK, else gradebook.sqlite "
        "in the course's folder).",
    )(function)


def seed_option(function: F) -> F:
    """Add `--seed`."""
    return click.option(
        "--seed",
        type=click.IntRange(0, _SEED_MAX),
        metavar="N",
        help="Draw other inputs (default: the assignment's seed).",
    )(function)


def isolation_option(function: F) -> F:
    """Add `--isolation`, of the commands with which people look at their own work."""
    return click.option(
        "--isolation",
        type=click.Choice(["strict", "best"]),
        default="best",
        help="strict: refuse to grade where a protection is missing; best (default): use those there are.",
    )(function)
