"""The students' notebook is valid, the same every time, and holds everything but the solutions."""

import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.course import Course
from grader.errors import AssignmentError
from grader.model.assignment import Assignment
from grader.notebooks import solution_notebook, stub_notebook
from tests.fakes.course import write_course

HANDOUT = """\
# Small

Two functions.

## Conventions

Numbers are numbers.

### 1. `double(x)`

Twice.

```
# a comment, no heading
```

### 2. `halve(x)`

Half.

## Where to read

A book.
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course = write_course(tmp_path / "course")
    folder = course.folder / "assignments" / "small"
    (folder / "README.md").write_text(HANDOUT, encoding="utf-8")
    second = (folder / "second.py").read_text(encoding="utf-8")
    given = "import numpy as np\nfrom first import double\n\n# Of a half.\nHALF = 0.5\n\n\n"
    (folder / "second.py").write_text(second.replace("\n\ndef", f"\n{given}def", 1), encoding="utf-8")
    return course


@pytest.fixture
def assignment(course: Course) -> Assignment:
    return course.assignment("small")


def test_the_notebook_is_valid(assignment: Assignment) -> None:
    notebook = nbformat.reads(stub_notebook(assignment), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)


def test_the_same_assignment_gives_the_same_notebook(assignment: Assignment) -> None:
    assert stub_notebook(assignment) == stub_notebook(assignment)


def test_cells_stand_in_the_order_of_the_questions_with_what_is_said_and_given_before_them(
    assignment: Assignment,
) -> None:
    assert [cell["id"] for cell in _cells(stub_notebook(assignment))] == [
        "handout",
        "how-to-work-here",
        "handout-1",
        "module-first",
        "about-double",
        "double",
        "module-second",
        "given-second",
        "about-halve",
        "halve",
        "handout-2",
        "how-to-grade",
        "grade",
    ]


def test_the_handout_is_cut_at_its_headings(assignment: Assignment) -> None:
    sources = _sources(stub_notebook(assignment))
    assert sources["handout"] == "# Small\n\nTwo functions."
    assert sources["about-double"].startswith("### 1. `double(x)`")
    assert sources["about-double"].endswith("# a comment, no heading\n```")
    assert sources["handout-2"] == "## Where to read\n\nA book."


def test_what_a_module_gives_stands_in_one_cell_without_what_the_notebook_holds_itself(assignment: Assignment) -> None:
    assert _sources(stub_notebook(assignment))["given-second"] == "import numpy as np\n\n# Of a half.\nHALF = 0.5"


def test_a_question_cell_holds_the_stub_and_nbgrader_takes_it_for_an_answer(assignment: Assignment) -> None:
    cell = next(cell for cell in _cells(stub_notebook(assignment)) if cell["id"] == "double")
    source = "".join(cell["source"])
    assert source == 'def double(x):\n    """Return 2 x."""\n    # YOUR CODE HERE\n    raise NotImplementedError'
    expected = hashlib.md5(f"{source}codeFalseTrueFalsedouble".encode(), usedforsecurity=False).hexdigest()
    assert cell["metadata"] == {
        "deletable": False,
        "nbgrader": {
            "cell_type": "code",
            "checksum": expected,
            "grade": False,
            "grade_id": "double",
            "locked": False,
            "schema_version": 3,
            "solution": True,
            "task": False,
        },
    }


def test_what_is_not_to_be_changed_is_locked(assignment: Assignment) -> None:
    cells = [cell for cell in _cells(stub_notebook(assignment)) if cell["id"] not in ("double", "halve", "grade")]
    for cell in cells:
        assert (cell["metadata"]["editable"], cell["metadata"]["deletable"]) == (False, False)
        assert (cell["metadata"]["nbgrader"]["locked"], cell["metadata"]["nbgrader"]["solution"]) == (True, False)


def test_the_last_cell_grades_the_notebook_under_its_name(assignment: Assignment) -> None:
    assert _sources(stub_notebook(assignment))["grade"] == "!grade small small.ipynb"
    assert _sources(stub_notebook(assignment, filename="work.ipynb"))["grade"] == "!grade small work.ipynb"


def test_no_solution_is_in_the_stub_notebook_and_no_marker_in_either(assignment: Assignment) -> None:
    assert "return 2 * x" not in stub_notebook(assignment)
    assert "return 2 * x" in solution_notebook(assignment)
    assert "SOLUTION" not in stub_notebook(assignment) + solution_notebook(assignment)


def test_an_assignment_without_a_handout_has_a_heading(assignment: Assignment) -> None:
    (assignment.folder / "README.md").unlink()
    assert _sources(stub_notebook(assignment))["handout"] == "# Small"


def test_a_name_with_two_meanings_is_refused(assignment: Assignment) -> None:
    with (assignment.folder / "first.py").open("a", encoding="utf-8") as file:
        file.write("\n\nHALF = 0.25\n")
    with pytest.raises(AssignmentError, match=r"HALF is one thing in first.py and another in second.py"):
        stub_notebook(assignment)


def test_a_module_that_is_no_python_is_named_with_its_line(assignment: Assignment) -> None:
    (assignment.folder / "first.py").write_text("x = 1\ndef (:\n", encoding="utf-8")
    with pytest.raises(AssignmentError, match=r"first.py, line 2: not Python"):
        stub_notebook(assignment)


def test_a_module_without_its_function_is_named(assignment: Assignment) -> None:
    (assignment.folder / "first.py").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(AssignmentError, match=r"first.py does not define double"):
        stub_notebook(assignment)


def _cells(text: str) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(text)["cells"]
    return cells


def _sources(text: str) -> dict[str, str]:
    return {cell["id"]: "".join(cell["source"]) for cell in _cells(text)}
