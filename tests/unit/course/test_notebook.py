"""Of a notebook's code, the definitions remain, at their lines; what draws, trains, installs or prints is gone."""

import json
from pathlib import Path

import pytest

from grader.course.notebook import answer_cells, read_notebook
from grader.course.statements import MOST_TOKENS
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.model.submission import ModuleSource
from tests.fakes.course import write_course, write_notebook

DOUBLE = "def double(x):\n    return 2 * x"


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course").assignment("small")


def answer(source: ModuleSource) -> str:
    """The text below its first line, which makes annotations harmless."""
    first, _, rest = source.text.partition("\n")
    assert first == "from __future__ import annotations"
    return rest


def test_definitions_imports_and_constants_remain(assignment: Assignment, tmp_path: Path) -> None:
    source = _read(tmp_path, assignment, "import numpy as np\nEPS = 1e-8", DOUBLE, "plt.plot(double(3))\nprint(EPS)")
    assert answer(source) == f"import numpy as np\nEPS = 1e-8\n{DOUBLE}\n"
    assert source.cells == ((2, 1), (4, 2))


def test_what_an_annotation_or_an_alias_names_is_kept_or_does_no_harm(assignment: Assignment, tmp_path: Path) -> None:
    typed = "def double(x: Pair, ax: plt.Axes = None) -> torch.Tensor:\n    return 2 * x"
    source = _read(tmp_path, assignment, "import numpy as np\nArray = np.ndarray\nPair = tuple[Array, Array]", typed)
    assert "Pair = tuple[Array, Array]" in source.text
    exec(compile(source.text, "notebook", "exec"), {})  # noqa: S102 - the text is this test's own


def test_lines_keep_their_place_within_their_cell(assignment: Assignment, tmp_path: Path) -> None:
    source = _read(tmp_path, assignment, f"# a comment\n%matplotlib inline\nfor i in range(9):\n    train()\n{DOUBLE}")
    assert answer(source).split("\n")[4] == "def double(x):"


def test_cells_are_counted_over_code_cells_only(assignment: Assignment, tmp_path: Path) -> None:
    assert _read(tmp_path, assignment, "print(1)", DOUBLE).cells == ((2, 2),)


def test_the_last_definition_of_a_question_counts(assignment: Assignment, tmp_path: Path) -> None:
    source = _read(tmp_path, assignment, "def double(x):\n    return x", DOUBLE, "def double(x):\n    return x + x")
    assert answer(source).strip() == "def double(x):\n    return x + x"


def test_the_cell_of_a_question_is_that_of_its_last_definition(assignment: Assignment, tmp_path: Path) -> None:
    broken = "async  def halve(x):\n    return (x"
    path = write_notebook(tmp_path / "work.ipynb", DOUBLE, "print(1)", DOUBLE, broken, "def triple(x): ...")
    assert answer_cells(path.read_bytes(), path.name, assignment) == {"double": 3, "halve": 4}


def test_an_earlier_attempt_that_does_not_parse_does_no_harm(assignment: Assignment, tmp_path: Path) -> None:
    source = _read(tmp_path, assignment, "def double(x):\n    return (x", DOUBLE)
    compile(source.text, "notebook", "exec")


def test_a_last_attempt_that_does_not_parse_remains_for_its_syntax_error(
    assignment: Assignment, tmp_path: Path
) -> None:
    source = _read(tmp_path, assignment, "x = 3", "def double(x):\n    return (x")
    assert source.cells == ((2, 1), (3, 2))
    with pytest.raises(SyntaxError, match="never closed") as caught:
        compile(source.text, "notebook", "exec")
    assert caught.value.lineno == 4


def test_a_broken_cell_without_a_question_is_dropped(assignment: Assignment, tmp_path: Path) -> None:
    assert answer(_read(tmp_path, assignment, "plt.plot((1", DOUBLE)) == DOUBLE + "\n"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("import numpy as np, matplotlib.pyplot as plt", "import numpy as np"),
        ("import torch", ""),
        ("from math import (sqrt,\n    pi as p)", "from math import sqrt, pi as p"),
        ("from numpy.linalg import norm", "from numpy.linalg import norm"),
        ("from sklearn.linear_model import Ridge", ""),
        ("from . import first", ""),
        ("from __future__ import annotations", ""),
        ("import second", "import second"),
        ("from second import halve", "from second import halve"),
        ("from first import double", ""),
        ("from first import *", ""),
        ("import os; os.system('ls')", "import os"),
        ("np.random.seed(0); A = 1; B = 2", "A = 1; B = 2"),
        ("A, B = 1, -2.5e-3", "A, B = 1, -2.5e-3"),
        ("SIZES: list[int] = [2,\n  3]", "SIZES: list[int] = [2,\n  3]"),
        ("A = {'a': (1, None), 'b': [True]}", "A = {'a': (1, None), 'b': [True]}"),
        ("relu = lambda x: np.maximum(0, x)", "relu = lambda x: np.maximum(0, x)"),
        ("A = np.zeros(3)", ""),
        ("A = f'{launch()}'", ""),
        ("A[0] = 1", ""),
        ("A += 1", ""),
        ("double(3) == 6", ""),
        ("if True:\n    import os\nelse:\n    A = 1", ""),
        ("try:\n    launch()\nexcept Exception:\n    pass", ""),
        ("assert double(1) == 2", ""),
        ("'a text'", ""),
        ("class A:\n    B = launch()", "class A:\n    B = launch()"),
        (
            "@decorate(1)\n# why\n@again\ndef f(): return 1; print(2)",
            "@decorate(1)\n# why\n@again\ndef f(): return 1; print(2)",
        ),
        ("async def f():\n    await g()", "async def f():\n    await g()"),
        ("!pip install 'numpy", ""),
        ("%cd ..", ""),
        ("np.sum?", ""),
        ("files = !ls", ""),
    ],
)
def test_what_remains_of_a_statement(assignment: Assignment, tmp_path: Path, line: str, kept: str) -> None:
    text = answer(_read(tmp_path, assignment, f"{line}\n{DOUBLE}"))
    assert text.removesuffix(f"{DOUBLE}\n").strip("\n") == kept
    compile(text, "notebook", "exec")


def test_an_unbalanced_shell_line_does_not_take_its_cell_away(assignment: Assignment, tmp_path: Path) -> None:
    source = _read(tmp_path, assignment, f"!echo (\nimport math\n{DOUBLE}")
    assert answer(source) == f"\nimport math\n{DOUBLE}\n"


def test_a_text_that_looks_like_a_magic_stays(assignment: Assignment, tmp_path: Path) -> None:
    cell = 'def double(x):\n    """Say\n%matplotlib\n!"""\n    return 2 * x'
    assert answer(_read(tmp_path, assignment, cell)) == cell + "\n"


@pytest.mark.parametrize(("magic", "kept"), [("%%time", True), ("%%writefile first.py", True), ("%%bash", False)])
def test_a_cell_magic_says_whether_the_cell_is_python(
    assignment: Assignment, tmp_path: Path, magic: str, kept: bool
) -> None:
    source = _read(tmp_path, assignment, f"{magic}\nclass A: pass", DOUBLE)
    assert ("class A" in source.text) is kept


def test_an_indented_cell_is_read_as_jupyter_reads_it(assignment: Assignment, tmp_path: Path) -> None:
    assert (
        answer(_read(tmp_path, assignment, "    def double(x):\n        return x")) == "def double(x):\n    return x\n"
    )


def test_windows_line_ends_are_read(assignment: Assignment, tmp_path: Path) -> None:
    assert answer(_read(tmp_path, assignment, DOUBLE.replace("\n", "\r\n"))) == DOUBLE + "\n"


def test_a_notebook_without_any_question_is_refused(assignment: Assignment, tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="defines none of the functions of small") as caught:
        _read(tmp_path, assignment, "def triple(x): ...")
    assert "double, halve" in caught.value.hint


def test_a_notebook_of_format_3_is_read(assignment: Assignment, tmp_path: Path) -> None:
    content = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {
                "metadata": {},
                "cells": [{"cell_type": "code", "language": "python", "metadata": {}, "input": DOUBLE, "outputs": []}],
            }
        ],
    }
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert answer(read_notebook(path.read_bytes(), path.name, assignment)) == DOUBLE + "\n"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"nbformat": 4}',
        b'{"nbformat": "four", "cells": 3}',
        b'{"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [3]}',
        b'{"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [{"cell_type": "code", "source": {"a": 1}}]}',
        b'{"nbformat": 99, "cells": []}',
        b"\xff\xfe{}",
        b"[" * 200_000,
    ],
)
def test_a_damaged_notebook_is_refused_in_one_line(assignment: Assignment, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "work.ipynb"
    path.write_bytes(content)
    with pytest.raises(SubmissionError, match=r"work\.ipynb is not a readable notebook") as caught:
        read_notebook(path.read_bytes(), path.name, assignment)
    assert "\n" not in caught.value.message
    assert len(caught.value.message) < 300


def test_a_notebook_for_another_language_says_so(assignment: Assignment) -> None:
    notebook = {"nbformat": 4, "metadata": {"kernelspec": {"language": "R"}}, "cells": []}
    with pytest.raises(SubmissionError, match="defines none of the functions") as caught:
        read_notebook(json.dumps(notebook).encode(), "work.ipynb", assignment)
    assert caught.value.hint.startswith("it is a notebook for R: choose a Python kernel, and define")


def test_a_cell_too_long_to_be_looked_into_is_kept_whole_when_it_defines_a_question(
    assignment: Assignment, tmp_path: Path
) -> None:
    data = "DATA = [\n" + "1,\n" * MOST_TOKENS + "]"
    assert "DATA" not in _read(tmp_path, assignment, DOUBLE, data).text
    assert "DATA" in _read(tmp_path, assignment, f"{data}\n{DOUBLE}").text


def test_constants_made_of_each_other_are_looked_at_once(assignment: Assignment, tmp_path: Path) -> None:
    backwards = "\n".join(f"A{number} = A{number + 1}" for number in range(5000))
    assert "A1 =" not in _read(tmp_path, assignment, backwards, DOUBLE).text
    forwards = "A0 = 1\n" + "\n".join(f"A{number + 1} = A{number}" for number in range(5000))
    assert "A5000 = A4999" in _read(tmp_path, assignment, forwards, DOUBLE).text


def test_half_a_character_is_refused(assignment: Assignment, tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="lone surrogate"):
        _read(tmp_path, assignment, "def double(x):\n    return '\ud800'")


def test_too_many_cells_are_refused(assignment: Assignment, tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="more than 2000 cells"):
        _read(tmp_path, assignment, *["x = 1"] * 1001)


def test_too_much_code_is_refused(assignment: Assignment, tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="larger than 1 MB"):
        _read(tmp_path, assignment, DOUBLE + "\n# " + "x" * 1_000_000)


def _read(folder: Path, assignment: Assignment, *cells: str) -> ModuleSource:
    return read_notebook(write_notebook(folder / "work.ipynb", *cells).read_bytes(), "work.ipynb", assignment)
