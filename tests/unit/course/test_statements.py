"""The top-level statements of a text are found by its tokens; blocks and decorators belong to them."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.statements import statements_of

PIECES = [
    "import numpy as np",
    "from math import (\n    pi,\n    e as euler,\n)",
    "X = {'a': [1,\n  2]}",
    "Y = -1; Z = [2]",
    "def f(x):\n    '''Text\n# with this\n'''\n    if x:\n        return [\n1]\n\n    return 2",
    "@decorated(1)\n# why\n@again\nclass A:\n    x = 1\n\n    def g(self): ...",
    "async def h():\n    await g()",
    "for i in range(3):\n    print(i)",
    "if X:\n    Y = 1",
    "print('done'); f(1)",
    "# a comment alone",
    "",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_statements_begin_and_end_where_python_says(pieces: list[str]) -> None:
    source = "\n".join(pieces)
    nodes = [node for node in ast.parse(source).body if ast.get_source_segment(source, node)]
    firsts = {min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))]) for node in nodes}
    found = statements_of(source)
    assert {statement.first_line for statement in found} == firsts
    assert {statement.first_line + len(statement.lines) - 1 for statement in found} == {
        node.end_lineno for node in nodes
    }
    defined = [node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    assert [statement.defines for statement in found if statement.defines] == defined


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_what_is_kept_is_python_of_no_more_lines(pieces: list[str]) -> None:
    for statement in statements_of("\n".join(pieces)):
        kept = statement.definitions_only(lambda module, _: module == "math")
        ast.parse(kept)
        assert kept.count("\n") < len(statement.lines)


@pytest.mark.parametrize("source", ["f(1", "'''open", "if x:\n        a\n    b"])
def test_a_text_that_does_not_split_into_tokens_is_a_syntax_error(source: str) -> None:
    with pytest.raises(SyntaxError):
        statements_of(source)
