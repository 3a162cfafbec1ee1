"""The top-level statements of a text are found by its tokens; blocks and decorators belong to them."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.statements import MOST_TOKENS, TokenBudget, names_bound, statements_of

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
        kept = statement.definitions_only(lambda module, _: module == "math", frozenset())
        ast.parse(kept)
        assert kept.count("\n") < len(statement.lines)


@pytest.mark.parametrize("source", ["f(1", "'''open", "if x:\n        a\n    b"])
def test_a_text_that_does_not_split_into_tokens_is_a_syntax_error(source: str) -> None:
    with pytest.raises(SyntaxError):
        statements_of(source)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Cache = tuple[np.ndarray, np.ndarray]", True),
        ("Parameters = dict[str, np.ndarray] | None", True),
        ("EPS = np.finfo(float).eps", True),
        ("ROOT = math.sqrt(2) * (1 + EPS_0)", True),
        ("half: float = 1 / 2", True),
        ("relu = lambda x: np.maximum(x, 0)", True),
        ("SLOPES = {'relu': lambda z: run(z), 'tanh': lambda z, a=1: 1 - z}", True),
        ("BOTH = (lambda x: f'{x}', [lambda: 2, 3])", True),
        ("DONE = (lambda: run())()", False),
        ("DONE = [lambda x: x, run()]", False),
        ("X = load_data()", False),
        ("X = np.stack(load_data())", False),
        ("weights = model.fit(X)", False),
        ("alias = unknown_name", False),
        ("values = [draw() for _ in range(3)]", False),
        ("x.y = 3", False),
        ("table[0] = 1", False),
        ("f'{x}'", False),
    ],
)
def test_a_constant_is_made_of_literals_known_names_and_numpy(line: str, kept: bool) -> None:
    (statement,) = statements_of(line + "\n")
    known = frozenset({"np", "math", "EPS_0", "model", "X", "x", "table"})
    assert statement.definitions_only(lambda *_: True, known) == (line if kept else "")


def test_names_bound_are_those_of_definitions_imports_and_assignments() -> None:
    text = "import numpy as np, math\nfrom a import b as c, d\nx, y = 1, 2\nz: int = 3\ndef f(q=1):\n    w = 2\n"
    assert names_bound(text) == {"np", "math", "c", "d", "x", "y", "z", "f"}


@pytest.mark.parametrize("source", ["a\n" * MOST_TOKENS, "(" * MOST_TOKENS, "1" * 1_000_000, "@a\n" * MOST_TOKENS])
def test_a_text_that_would_take_long_is_not_looked_into(source: str) -> None:
    with pytest.raises(SyntaxError, match="too long to be looked into"):
        statements_of(source)


def test_texts_that_belong_together_share_a_budget() -> None:
    budget = TokenBudget(8)
    statements_of("a = 1\n", budget)
    with pytest.raises(SyntaxError, match="too long"):
        statements_of("a = 1\n", budget)


def test_a_string_that_never_closes_is_a_syntax_error_at_once() -> None:
    with pytest.raises(SyntaxError):
        statements_of("x = 'open\n")


def test_many_decorators_belong_to_their_function() -> None:
    (statement,) = statements_of("@a\n" * 5000 + "def f(): pass\n")
    assert (statement.first_line, statement.defines) == (1, "f")
