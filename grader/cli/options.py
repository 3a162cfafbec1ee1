"""The options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.course.course import Course, find_course, open_course

F = TypeVar("F", bound=Callable[..., Any])


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
