"""Which functions students write in a solution cell, and which lines of them are the solution."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from grader.course.stubs import BEGIN, END, stub_of
from grader.errors import AssignmentError

_INDENTATION = "    "


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A function that students write: the right one, with its solution regions marked."""

    name: str
    source: str
    about: str
    """Its docstring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Another statement of a cell."""

    node: ast.stmt
    text: str
    is_solution: bool
    """It stands in a solution region, or in a cell that is a solution as a whole."""


def read_solution(source: str) -> Iterator[Answer | Rest]:
    """Yield the functions and the other statements of a solution cell; `source` has our markers or none.

    Without any, the whole cell is the solution, as it is for nbgrader. Raises `SyntaxError` when it is no Python.
    """
    lines = source.split("\n")
    regions = _regions(lines)
    body = ast.parse(source).body
    for number, node in enumerate(body):
        limit = _first_line(body[number + 1]) if number + 1 < len(body) else len(lines)
        start = _first_line(node)
        inside = [region for region in regions if start < region[0] < (node.end_lineno or start)]
        enclosed = not regions or any(begin <= start < end for begin, end in regions)
        if isinstance(node, ast.FunctionDef) and (inside or enclosed):
            yield _answer(node, lines[start : max(limit, *(end for _, end in inside)) if inside else node.end_lineno])
        else:
            yield Rest(node=node, text=_lines_of(node, lines), is_solution=enclosed or bool(inside))


def read_given(source: str) -> Iterator[Rest]:
    """Yield the statements of a cell without a solution. Raises `SyntaxError` when it is no Python."""
    lines = source.split("\n")
    return (Rest(node=node, text=_lines_of(node, lines), is_solution=False) for node in ast.parse(source).body)


def _answer(node: ast.FunctionDef, lines: list[str]) -> Answer:
    source = "\n".join(lines).strip("\n")
    if not _makes_a_stub(source, node.name):
        source = _body_marked(node)
    return Answer(name=node.name, source=source, about=ast.get_docstring(node) or "")


def _makes_a_stub(source: str, name: str) -> bool:
    """Tell whether the marked lines can be taken out, and leave a function that raises NotImplementedError."""
    try:
        stub = ast.parse(stub_of(source, name)).body
        right = ast.parse(source).body
    except (AssignmentError, SyntaxError):
        return False
    return (
        len(stub) == len(right) == 1
        and isinstance(stub[0], ast.FunctionDef)
        and any(isinstance(each, ast.Raise) for each in stub[0].body)
        and BEGIN in source
    )


def _body_marked(node: ast.FunctionDef) -> str:
    """Return the function with everything below its docstring marked as solution; comments are lost."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    solution = ast.unparse(ast.Module(body=body or [ast.Pass()], type_ignores=[]))
    docstring = node.body[: len(node.body) - len(body)]
    head = ast.FunctionDef(**{**vars(node), "body": docstring or [ast.Pass()]})
    opening = ast.unparse(head).rstrip()
    if not docstring:
        opening = opening.removesuffix("pass").rstrip()
    marked = [BEGIN, *solution.split("\n"), END]
    return "\n".join([opening, *(_INDENTATION + line if line else "" for line in marked)])


def _regions(lines: list[str]) -> list[tuple[int, int]]:
    """Return the first and last line of each region, from 0; one that never closes ends with the text."""
    regions: list[tuple[int, int]] = []
    opened: int | None = None
    for number, line in enumerate(lines):
        if line.strip() == BEGIN and opened is None:
            opened = number
        elif line.strip() == END and opened is not None:
            regions.append((opened, number + 1))
            opened = None
    return [*regions, (opened, len(lines))] if opened is not None else regions


def _first_line(node: ast.stmt) -> int:
    """Return the line of a statement, decorators included, from 0."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)]) - 1


def _lines_of(node: ast.stmt, lines: list[str]) -> str:
    """Return a statement as it was written; several on a line are taken apart."""
    own = lines[_first_line(node) : node.end_lineno]
    return ast.unparse(node) if node.col_offset or len(ast.parse("\n".join(own)).body) > 1 else "\n".join(own)
