"""Instructors' notebooks as nbgrader and otter have them: solutions and tests in the cells."""

import json
from pathlib import Path
from typing import Any


def write(path: Path, *cells: dict[str, Any]) -> Path:
    """Write a notebook of these cells."""
    content = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def markdown(source: str, **nbgrader: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": _metadata(nbgrader), "source": source}


def raw(source: str) -> dict[str, Any]:
    return {"cell_type": "raw", "metadata": {}, "source": source}


def code(source: str, output: str | None = None, **nbgrader: Any) -> dict[str, Any]:
    outputs = [
        {"output_type": "execute_result", "data": {"text/plain": [output]}, "metadata": {}, "execution_count": 1}
    ]
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": _metadata(nbgrader),
        "outputs": outputs if output is not None else [],
        "source": source,
    }


def _metadata(nbgrader: dict[str, Any]) -> dict[str, Any]:
    if not nbgrader:
        return {}
    kind = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": {**kind, **nbgrader}}


NBGRADER = (
    markdown("# Problem set 1\n\nSums of squares.", grade_id="intro", locked=True),
    code(
        "%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt\n\nLIMIT = 10\nDATA = np.load('x.npy')"
    ),
    code(
        'def squares(n):\n    """Compute the squares of numbers from 1 to n, such that the\n    ith element is i^2.\n'
        '    """\n'
        "    ### BEGIN SOLUTION\n    if n < 1:\n        raise ValueError('n must be positive')\n"
        "    return [i ** 2 for i in range(1, n + 1)]\n    ### END SOLUTION",
        grade_id="squares",
        solution=True,
    ),
    code("squares(10)"),
    code(
        '"""Check that squares returns the correct output for several inputs"""\n'
        "assert squares(1) == [1]\nassert squares(2) == [1, 4]  # and two\n"
        "### BEGIN HIDDEN TESTS\nassert squares(11)[-1] == 121\n### END HIDDEN TESTS",
        grade_id="correct_squares",
        grade=True,
        locked=True,
        points=3,
    ),
    code(
        '"""Check that squares raises an error for invalid inputs"""\ntry:\n    squares(0)\nexcept ValueError:\n'
        '    pass\nelse:\n    raise AssertionError("did not raise")',
        grade_id="squares_invalid_input",
        grade=True,
        locked=True,
        points=1,
    ),
    markdown("Now the sum.\n### BEGIN MARK SCHEME\n3 points for a loop\n### END MARK SCHEME", task=True, points=4),
    code("def total(n):\n    return float(np.sum(squares(n)))", grade_id="total", solution=True),
    code("assert_close = np.testing.assert_allclose\nassert_close(total(3), 14)", grade=True, locked=True, points=2),
    code("np.testing.assert_allclose(total(4), 30)\n### AUTOTEST total(5)", grade=True, locked=True, points=4),
    markdown("Because of calculus.", grade=True, solution=True, points=5),
    code("plt.plot(squares(5))", grade=True, solution=True, points=5),
)
"""Two functions, worth 4 and 6."""

OTTER = (
    raw("# ASSIGNMENT CONFIG\ninit_cell: false\nexport_cell: true"),
    markdown("# Lab 1\n\nFunctions."),
    code("import numpy as np\nrng = np.random.default_rng(42) # SEED"),
    raw("# BEGIN QUESTION\nname: q1\npoints: 2"),
    markdown("**Question 1.** Square a number."),
    raw("# BEGIN SOLUTION"),
    code(
        'def square(x):\n    """Return the square of x."""\n    y = x * x # SOLUTION\n    return y # SOLUTION\n\n'
        "nine = square(3) # SOLUTION"
    ),
    raw("# END SOLUTION"),
    raw("# BEGIN TESTS"),
    code("square(3)", "9"),
    code("# HIDDEN\nbool(np.isclose(square(2.5), 6.25))", "True"),
    code("square(0.5)", "0.25"),
    code("nine", "9"),
    code("square(np.arange(2))", "array([0, 1])"),
    raw("# END TESTS"),
    raw("# END QUESTION"),
    raw("# BEGIN QUESTION\nname: q2\npoints: 6"),
    raw("# BEGIN SOLUTION"),
    code(
        "def mean(values):\n    # BEGIN SOLUTION NO PROMPT\n    return sum(values) / len(values)\n    # END SOLUTION\n"
        '    """ # BEGIN PROMPT\n    total = ...\n    return total\n    """ # END PROMPT'
    ),
    raw("# END SOLUTION"),
    raw("# BEGIN TESTS"),
    code(
        '""" # BEGIN TEST CONFIG\npoints: 3\nhidden: true\n""" # END TEST CONFIG\n'
        "def test_mean(mean):\n    assert mean([1, 2, 3]) == 2\n    assert mean([0.5]) == 0.5"
    ),
    raw("# END TESTS"),
    raw("# END QUESTION"),
    raw("# BEGIN QUESTION\nname: q3\nmanual: true"),
    raw("# BEGIN SOLUTION"),
    markdown("It depends."),
    raw("# END SOLUTION"),
    raw("# END QUESTION"),
)
"""Two functions, worth 2 and 6."""
