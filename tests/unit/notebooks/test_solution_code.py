"""Of a solution cell, the functions become questions, each with a stub that raises NotImplementedError."""

import ast

import pytest

from grader.course.stubs import stub_of
from grader.notebooks.solution_code import Answer, Rest, read_given, read_solution

BEGIN, END = "    ### BEGIN SOLUTION", "    ### END SOLUTION"


def answers(source: str) -> dict[str, str]:
    return {each.name: each.source for each in read_solution(source) if isinstance(each, Answer)}


def test_a_marked_function_stays_as_it_was_written() -> None:
    source = f'def f(x):\n    """Say."""\n    y = x  # given\n{BEGIN}\n    return y  # so\n{END}'
    assert answers(source + "\n\n\nz = 1") == {"f": source}


def test_several_functions_of_one_cell_are_several_questions() -> None:
    source = f"def f(x):\n{BEGIN}\n    return x\n{END}\n\n@decorated\ndef g(x):\n{BEGIN}\n    return x\n{END}"
    assert list(answers(source)) == ["f", "g"]
    assert answers(source)["g"].startswith("@decorated\n")
    assert answers(source)["f"].endswith(END)


def test_a_function_without_a_region_beside_a_marked_one_is_given() -> None:
    source = f"def helper():\n    return 1\n\ndef f(x):\n{BEGIN}\n    return x\n{END}"
    assert list(answers(source)) == ["f"]
    (rest,) = (each for each in read_solution(source) if isinstance(each, Rest))
    assert (rest.text, rest.is_solution) == ("def helper():\n    return 1", False)


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, *, k: int = 3) -> int:\n    '''Say.'''\n    return x * k  # why",
        "def f(x, *, k: int = 3) -> int: '''Say.'''; return x * k",
        "### BEGIN SOLUTION\ndef f(x, *, k: int = 3) -> int:\n    '''Say.'''\n    return x * k\n### END SOLUTION",
        (
            f"def f(x, *, k: int = 3) -> int:\n    '''Say.'''\n    if k:\n    {BEGIN}\n        return x * k\n{END}\n"
            "    else:\n        return 0"
        ),
    ],
)
def test_where_marking_lines_makes_no_stub_the_whole_body_is_the_solution(source: str) -> None:
    stub = ast.parse(stub_of(answers(source)["f"], "f")).body[0]
    assert isinstance(stub, ast.FunctionDef)
    assert ast.get_docstring(stub) == "Say."
    assert ast.unparse(stub.args) == "x, *, k: int=3"
    assert [type(each) for each in stub.body[1:]] == [ast.Raise]


def test_a_function_without_a_docstring_keeps_its_name_and_parameters_alone() -> None:
    assert stub_of(answers("def f(x): return x")["f"], "f").split("\n") == [
        "def f(x):",
        "    # YOUR CODE HERE",
        "    raise NotImplementedError",
    ]


def test_a_function_that_is_nothing_but_its_docstring_can_be_a_question() -> None:
    assert "raise NotImplementedError" in stub_of(answers('def f(x):\n    """Say."""')["f"], "f")


def test_other_statements_say_whether_they_are_part_of_the_solution() -> None:
    source = "import math\n### BEGIN SOLUTION\nx = 1\nclass A: pass\n### END SOLUTION\ny = 2"
    rest = {each.text: each.is_solution for each in read_solution(source) if isinstance(each, Rest)}
    assert rest == {"import math": False, "x = 1": True, "class A: pass": True, "y = 2": False}


def test_statements_on_one_line_are_taken_apart() -> None:
    assert [each.text for each in read_given("a = 1; b = 2\nc = 3")] == ["a = 1", "b = 2", "c = 3"]


def test_what_is_no_python_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        list(read_solution("def (:"))
