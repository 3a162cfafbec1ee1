"""A student's notebook with the feedback below each answer; their own cells stay as they are."""

import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.course.notebook import answer_cells
from grader.model.assignment import Assignment
from grader.notebooks.cells import MAX_ID, cell_id, to_json

TAG = "grade-feedback"
"""Marks our cells: the next feedback takes their place."""

_NOT_FOUND = "\n\nThis notebook does not define the function."


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What is to be said, as Markdown that has been escaped."""

    overview: str
    questions: Mapping[str, str]
    """By question."""


def with_feedback(content: bytes, filename: str, assignment: Assignment, feedback: Feedback) -> str:
    """Return the text of a submitted notebook with a Markdown cell below the answer to each question.

    An overview stands first, and at the end what is said of a question that no cell answers. Feedback of an earlier run
    is taken out; all else is kept as it is. A notebook older than version 4 becomes one of version 4.
    Raises `SubmissionError` when the notebook cannot be read.
    """
    answers = answer_cells(content, filename, assignment)
    notebook = _version_4(json.loads(content.decode("utf-8-sig")))
    wanted: dict[int, list[str]] = {}
    for question, number in answers.items():
        if question in feedback.questions:
            wanted.setdefault(number, []).append(question)
    missing = [question for question in feedback.questions if question not in answers]
    kept = [cell for cell in notebook["cells"] if not _is_feedback(cell)]
    make = _CellMaker(notebook, kept)
    cells = [make.cell("overview", feedback.overview), *_mixed(kept, wanted, feedback, make)]
    cells += [make.cell(question, feedback.questions[question] + _NOT_FOUND) for question in missing]
    return to_json({**notebook, "cells": cells})


def _mixed(
    kept: list[dict[str, Any]], wanted: Mapping[int, list[str]], feedback: Feedback, make: "_CellMaker"
) -> Iterator[dict[str, Any]]:
    number = 0
    for cell in kept:
        yield cell
        if cell["cell_type"] == "code":
            number += 1
            yield from (make.cell(question, feedback.questions[question]) for question in wanted.get(number, ()))


class _CellMaker:
    """Makes cells that are valid in the notebook's version, under ids that it does not use."""

    def __init__(self, notebook: Mapping[str, Any], kept: list[dict[str, Any]]) -> None:
        self._with_ids = notebook["nbformat_minor"] >= 5
        self._taken = {str(cell.get("id")) for cell in kept}

    def cell(self, name: str, text: str) -> dict[str, Any]:
        """Return a cell of feedback."""
        cell: dict[str, Any] = {"cell_type": "markdown"}
        if self._with_ids:
            cell["id"] = self._free_id(f"{TAG}-{name}")
        return cell | {"metadata": {"tags": [TAG]}, "source": text.splitlines(keepends=True)}

    def _free_id(self, name: str) -> str:
        wanted = free = cell_id(name)
        number = 2
        while free in self._taken:
            ending = f"-{number}"
            free = wanted[: MAX_ID - len(ending)] + ending
            number += 1
        self._taken.add(free)
        return free


def _is_feedback(cell: Mapping[str, Any]) -> bool:
    """A code cell is never ours, whatever its tags: it may hold an answer."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return cell["cell_type"] == "markdown" and isinstance(tags, list) and TAG in tags


def _version_4(tree: dict[str, Any]) -> dict[str, Any]:
    if "cells" in tree and tree["nbformat"] == 4:
        minor = tree.get("nbformat_minor")
        return {**tree, "nbformat_minor": minor if isinstance(minor, int) else 0}
    import nbformat  # takes longer to import than all the rest, and few notebooks are that old

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what such notebooks lack
        old = nbformat.reads(json.dumps(tree), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
        text = nbformat.writes(old)  # type: ignore[no-untyped-call]  # the same
    upgraded: dict[str, Any] = json.loads(text)
    return upgraded
