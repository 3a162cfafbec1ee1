"""A text that serves as every module does not import itself."""

import pytest

from grader.course.self_imports import without_self_imports

FUNCTIONS = "\ndef double(x): ...\ndef halve(x): ...\n"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("from first import double", ""),
        ("from first import double, triple", "from first import triple"),
        ("from first import (\n    double,\n    halve,\n)", "\n\n\n"),
        ("from first import *", ""),
        ("import math; from second import halve", "import math"),
        ("import first", "import first"),
        ("from numpy import double", "from numpy import double"),
        ("import os, sys; x = f(1)", "import os, sys; x = f(1)"),
        ("if True:\n    from first import double", "if True:\n    from first import double"),
    ],
)
def test_only_the_imports_of_itself_go_and_every_line_keeps_its_place(line: str, kept: str) -> None:
    assert without_self_imports(line + FUNCTIONS, ("first", "second")) == kept + FUNCTIONS


def test_a_text_that_is_no_python_stays_as_it_is() -> None:
    assert without_self_imports("from first import double\n(", ("first",)) == "from first import double\n("
