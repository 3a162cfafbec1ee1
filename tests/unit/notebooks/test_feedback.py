"""Feedback stands below each answer, takes the place of earlier feedback, and changes nothing of the student's."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.notebooks.feedback import TAG, Feedback, with_feedback
from tests.fakes.course import write_course

DOUBLE = "def double(x):\n    return 2 * x"
HALVE = "def halve(x):\n    return x / 2"
FEEDBACK = Feedback(overview="# 60 / 100", questions={"double": "all right", "halve": "look again"})


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course").assignment("small")


def code(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: dict[str, Any], minor: int = 4) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": {"who": "a student"}, "nbformat": 4, "nbformat_minor": minor}


def test_feedback_stands_below_the_definition_that_counts(assignment: Assignment) -> None:
    markdown = {"cell_type": "markdown", "metadata": {}, "source": DOUBLE}
    written = _with_feedback(notebook(code(DOUBLE), code(HALVE), markdown, code(DOUBLE), code("plot()")), assignment)
    assert _shown(written) == ["# 60 / 100", DOUBLE, HALVE, "look again", DOUBLE, DOUBLE, "all right", "plot()"]


def test_two_answers_in_one_cell_get_theirs_in_the_order_of_the_questions(assignment: Assignment) -> None:
    written = _with_feedback(notebook(code(f"{HALVE}\n{DOUBLE}"), code("plot()")), assignment)
    assert _shown(written) == ["# 60 / 100", f"{HALVE}\n{DOUBLE}", "all right", "look again", "plot()"]


def test_a_question_that_no_cell_answers_comes_last(assignment: Assignment) -> None:
    written = _with_feedback(notebook(code(DOUBLE), code("plot()")), assignment)
    assert _shown(written)[-1] == "look again\n\nThis notebook does not define the function."


def test_an_answer_that_does_not_parse_gets_its_feedback_too(assignment: Assignment) -> None:
    broken = "def halve(x):\n    return (x"
    written = _with_feedback(notebook(code(broken), code(DOUBLE)), assignment)
    assert _shown(written) == ["# 60 / 100", broken, "look again", DOUBLE, "all right"]


def test_the_students_cells_stay_as_they_are(assignment: Assignment) -> None:
    cells = [
        code(DOUBLE + "  \r\n\n", metadata={"colab": {"base_uri": "x"}, "tags": ["a"]}, outputs=[{"odd": [1.5, None]}]),
        code(["def halve(x):\n", "    return x / 2 # λ 😀 \u2028"], more={"deep": [{}]}),
        {"cell_type": "raw", "metadata": {}, "source": ""},
    ]
    before = notebook(*cells)
    after = _with_feedback(before, assignment)
    assert [cell for cell in after["cells"] if TAG not in cell["metadata"].get("tags", [])] == cells
    assert {key: value for key, value in after.items() if key != "cells"} == {
        key: value for key, value in before.items() if key != "cells"
    }


def test_half_a_character_in_another_cell_survives(assignment: Assignment) -> None:
    text = with_feedback(_bytes(notebook(code(DOUBLE), code("'\ud800'"))), "work.ipynb", assignment, FEEDBACK)
    assert json.loads(text.encode())["cells"][-2]["source"] == "'\ud800'"


def test_a_second_run_takes_the_place_of_the_first(assignment: Assignment) -> None:
    first = _with_feedback(notebook(code(DOUBLE), code(HALVE), minor=5), assignment)
    second = _with_feedback(first, assignment)
    assert second == first
    other = Feedback(overview="# 100 / 100", questions={"double": "right", "halve": "right"})
    text = with_feedback(_bytes(first), "work.ipynb", assignment, other)
    assert _shown(json.loads(text)) == ["# 100 / 100", DOUBLE, "right", HALVE, "right"]


def test_a_code_cell_with_our_tag_is_the_students(assignment: Assignment) -> None:
    written = _with_feedback(notebook(code(DOUBLE, metadata={"tags": [TAG]}), code(HALVE)), assignment)
    assert DOUBLE in _shown(written)


@pytest.mark.parametrize("minor", [0, 2, 4, 5])
def test_what_is_written_is_valid_in_its_version(assignment: Assignment, minor: int) -> None:
    taken = {"id": f"{TAG}-double"} if minor == 5 else {}
    other = {"id": "b"} if minor == 5 else {}
    written = _with_feedback(notebook(code(DOUBLE, **taken), code(HALVE, **other), minor=minor), assignment)
    nbformat.validate(nbformat.from_dict(written))  # type: ignore[no-untyped-call]  # nbformat has no types
    assert written["nbformat_minor"] == minor
    ids = [cell.get("id") for cell in written["cells"]]
    assert len(set(ids)) == (len(ids) if minor == 5 else 1)


def test_an_old_notebook_becomes_one_of_version_4(assignment: Assignment) -> None:
    cell = {"cell_type": "code", "language": "python", "metadata": {}, "input": DOUBLE, "outputs": []}
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"metadata": {}, "cells": [cell]}],
    }
    written = _with_feedback(old, assignment)
    assert written["nbformat"] == 4
    assert _shown(written)[:3] == ["# 60 / 100", DOUBLE, "all right"]


@pytest.mark.parametrize("metadata", [{"tags": None}, {"tags": "grade-feedback"}, {"tags": [["x"]]}, None, []])
def test_odd_metadata_does_no_harm(assignment: Assignment, metadata: Any) -> None:
    odd = {"cell_type": "markdown", "metadata": metadata, "source": "mine", "id": ["not", "text"]}
    assert "mine" in _shown(_with_feedback(notebook(odd, code(DOUBLE), minor=5), assignment))


def test_what_is_no_notebook_is_refused(assignment: Assignment) -> None:
    with pytest.raises(SubmissionError, match="not a readable notebook"):
        with_feedback(b"{}", "work.ipynb", assignment, FEEDBACK)


def _with_feedback(tree: dict[str, Any], assignment: Assignment) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(with_feedback(_bytes(tree), "work.ipynb", assignment, FEEDBACK))
    return written


def _bytes(tree: dict[str, Any]) -> bytes:
    return json.dumps(tree).encode()


def _shown(tree: dict[str, Any]) -> list[str]:
    return ["".join(cell["source"]) for cell in tree["cells"]]
