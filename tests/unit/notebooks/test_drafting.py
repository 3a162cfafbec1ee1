"""What becomes of the cells of an instructor's notebook; nothing is lost without being told."""

import json
from pathlib import Path
from typing import Any

import pytest

from grader.errors import SubmissionError, UsageError
from grader.model.draft import Draft
from grader.notebooks.drafting import draft_of
from tests.fakes.source_notebooks import NBGRADER, OTTER, code, markdown, raw, write

SOLUTION = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
QUESTION = code(SOLUTION, solution=True, grade_id="f")


def draft(folder: Path, *cells: dict[str, Any]) -> Draft:
    return draft_of(write(folder / "source.ipynb", *cells).read_bytes(), "source.ipynb")


def left(made: Draft) -> list[str]:
    return [f"{each.cell}: {each.what} – {each.why}" for each in made.left_out]


def test_an_nbgrader_notebook_becomes_questions_with_the_points_of_their_tests(tmp_path: Path) -> None:
    made = draft(tmp_path, *NBGRADER)
    assert made.title == "Problem set 1"
    assert [(each.name, each.points, each.uses) for each in made.questions] == [
        ("squares", 40.0, ()),
        ("total", 60.0, ("squares",)),
    ]
    assert made.questions[0].title == "Compute the squares of numbers from 1 to n, such that the ith element is i^2"
    assert made.given == "import numpy as np\n\nLIMIT = 10"


def test_nbgraders_tests_become_checks_and_hidden_ones_hidden_checks(tmp_path: Path) -> None:
    checks = {check.name: check for check in draft(tmp_path, *NBGRADER).checks}
    assert checks["test_squares_1"].body == "assert student.squares(1) == [1]\nassert student.squares(2) == [1, 4]"
    assert checks["test_squares_1"].title == "Check that squares returns the correct output for several inputs"
    assert checks["test_squares_2"].hidden
    assert checks["test_squares_3"].body == "assert_raises(ValueError, student.squares, 0)"
    assert checks["test_squares_3"].helpers == ("assert_raises",)
    assert checks["test_total_2"].imports == ("import numpy as np",)


def test_what_is_left_in_an_nbgrader_notebook_is_told(tmp_path: Path) -> None:
    assert left(draft(tmp_path, *NBGRADER)) == [
        "2: lines that begin with % or ! – only a notebook understands them",
        "2: import matplotlib.pyplot as plt – a student's function has numpy and the standard library",
        "2: code: DATA = np.load('x.npy') – it runs something",
        "4: code: squares(10) – it runs something",
        "7: mark scheme in a text – students must not see it",
        "7: a task – it is graded by hand; its text is in the handout",
        "10: automatic tests – nbgrader makes them by running the solution",
        "11: a written answer – it is graded by hand",
        "12: how it was graded – that was by hand: write checks instead",
        "12: an answer: plt.plot(squares(5)) – only a function can be a question",
    ]


def test_an_otter_notebook_becomes_questions_with_their_own_points(tmp_path: Path) -> None:
    made = draft(tmp_path, *OTTER)
    assert [(each.name, each.points) for each in made.questions] == [("square", 25.0), ("mean", 75.0)]
    assert made.handout == "# Lab 1\n\nFunctions.\n\n**Question 1.** Square a number."
    assert made.given == "import numpy as np"


def test_otters_marked_lines_are_one_solution_region_and_prompts_are_gone(tmp_path: Path) -> None:
    square, mean = draft(tmp_path, *OTTER).questions
    assert square.source.split("\n")[2:] == [
        "    ### BEGIN SOLUTION",
        "    y = x * x",
        "    return y",
        "    ### END SOLUTION",
    ]
    assert "PROMPT" not in mean.source
    assert "total" not in mean.source


def test_otters_tests_compare_what_their_last_line_showed(tmp_path: Path) -> None:
    checks = {check.name: (check.body, check.hidden) for check in draft(tmp_path, *OTTER).checks}
    assert checks == {
        "test_square_1": ("assert student.square(3) == 9", False),
        "test_square_2": ("assert bool(np.isclose(student.square(2.5), 6.25))", True),
        "test_square_3": ("assert_close(student.square(0.5), 0.25)", False),
        "test_mean_1": ("assert student.mean([1, 2, 3]) == 2\nassert student.mean([0.5]) == 0.5", True),
    }


def test_what_is_left_in_an_otter_notebook_is_told(tmp_path: Path) -> None:
    assert left(draft(tmp_path, *OTTER)) == [
        "1: otter's configuration – this grader has no use for it",
        "7: an answer: nine = square(3) – only a function can be a question",
        "13: a test – it uses nine of another cell",
        "14: a test – what it should show is no plain value: array([0, 1])",
        "25: question q3 – it is graded by hand",
        "27: a written answer – it is graded by hand",
    ]


def test_a_delimiter_of_otter_may_be_a_block_in_a_text(tmp_path: Path) -> None:
    made = draft(
        tmp_path,
        markdown("```otter\n# BEGIN QUESTION\nname: q1\n```"),
        code("def f(x):\n    return x # SOLUTION"),
        markdown("```otter\n# BEGIN TESTS\n```"),
        code("f(1)", "1"),
        markdown("```otter\n# END TESTS\n```"),
        code("# IGNORE\nprint(f(2))"),
    )
    assert [check.body for check in made.checks] == ["assert student.f(1) == 1"]
    assert left(made) == ["6: a cell marked IGNORE – otter leaves it out as well"]


def test_no_answer_ever_stands_in_what_students_get(tmp_path: Path) -> None:
    made = draft(
        tmp_path,
        QUESTION,
        code("### BEGIN SOLUTION\nSECRET = 42\nclass Secret:\n    pass\n### END SOLUTION\nSHOWN = 1"),
        code("def helper():\n    return SECRET + 1", solution=True),
        markdown("Text\n### BEGIN SOLUTION\nSECRET\n### END SOLUTION"),
        code("### BEGIN HIDDEN TESTS\nSECRET = 1\n### END HIDDEN TESTS\nA = 1"),
    )
    assert made.given == "SHOWN = 1\nA = 1"
    assert made.handout == "Text"
    assert [each.name for each in made.questions] == ["f", "helper"]
    assert [line.partition(":")[0] for line in left(made)] == ["1", "2", "2", "3", "4"]


def test_a_question_without_a_test_that_can_be_taken_over_is_told(tmp_path: Path) -> None:
    assert left(draft(tmp_path, QUESTION)) == [
        "1: checks of f – no test could be taken over: write one, or nothing can be graded"
    ]


def test_points_add_up_to_100_and_none_is_without(tmp_path: Path) -> None:
    cells = [code(f"def f{number}(x):\n    return x", solution=True) for number in range(7)]
    made = draft(tmp_path, *cells, code("assert f6(1) == 1", grade=True, points=0))
    assert round(sum(each.points for each in made.questions), 6) == 100
    assert min(each.points for each in made.questions) > 14


@pytest.mark.parametrize("points", [float("nan"), float("inf"), -1, True, "3", None])
def test_points_that_are_none_count_as_none(tmp_path: Path, points: Any) -> None:
    made = draft(tmp_path, QUESTION, code("assert f(1) == 1", grade=True, points=points))
    assert [each.points for each in made.questions] == [100]


def test_an_answer_in_a_cell_that_is_no_solution_is_not_given_away(tmp_path: Path) -> None:
    made = draft(tmp_path, code("def f(x):\n    return x\n\ndef given():\n    return 1"), QUESTION)
    assert "def f" not in made.given
    assert "def given" in made.given
    assert "1: f in a cell that is no solution – it is a question" in left(made)


def test_the_last_definition_of_a_function_is_the_question(tmp_path: Path) -> None:
    made = draft(tmp_path, QUESTION, code(SOLUTION.replace("return x", "return 2 * x"), solution=True))
    assert "return 2 * x" in made.questions[0].source
    assert "2: an earlier f – it is defined again here" in left(made)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ((code("def f(x):\n    return x"),), "neither nbgrader's nor otter's marks"),
        ((code("x = 1", solution=True),), "no function for students to write"),
        ((code("def f(:", solution=True),), "no function for students to write"),
        ((raw("# ASSIGNMENT CONFIG"),), "no function for students to write"),
    ],
)
def test_a_notebook_without_a_question_is_refused(
    tmp_path: Path, cells: tuple[dict[str, Any], ...], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        draft(tmp_path, *cells)


def test_an_old_or_broken_notebook_is_refused() -> None:
    with pytest.raises(SubmissionError, match="not a readable notebook"):
        draft_of(b"{", "source.ipynb")
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": []}]}
    with pytest.raises(UsageError, match="an old version"):
        draft_of(json.dumps(old).encode(), "source.ipynb")


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_a_character_that_no_file_can_hold_is_refused_with_its_cell(tmp_path: Path, character: str) -> None:
    with pytest.raises(SubmissionError, match=r"source\.ipynb, cell 2, holds"):
        draft(tmp_path, QUESTION, markdown(f"a{character}"))


@pytest.mark.parametrize("metadata", [None, [], {"nbgrader": None}, {"nbgrader": {"points": "3", "grade": True}}])
def test_odd_metadata_does_no_harm(tmp_path: Path, metadata: Any) -> None:
    odd = {"cell_type": "code", "metadata": metadata, "source": "assert f(1) == 1", "outputs": [None, {"data": 3}]}
    assert draft(tmp_path, QUESTION, odd).questions[0].points == 100
