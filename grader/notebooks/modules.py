"""Of which pieces a module of the course consists: what is given, and the functions that students write."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.errors import AssignmentError
from grader.model.assignment import Assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleParts:
    """A module, taken apart."""

    about: str
    """Its docstring."""
    given: str
    """Imports, constants and given functions; without imports of the assignment's other modules."""
    functions: dict[str, str]
    """The source of each question's function."""
    names: dict[str, str]
    """What the given part defines: each name with its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A top-level statement with the comments before it."""

    node: ast.stmt
    text: str


def take_apart(text: str, filename: str, module: str, assignment: Assignment) -> ModuleParts:
    """Return the parts of one of the course's own modules, which is parsed and not run.

    Raises `AssignmentError` when it is no Python, or lacks the function of a question.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise AssignmentError(f"{filename}{line}: not Python: {error}", hint="correct the module") from error
    questions = {question.id for question in assignment.questions if question.module == module}
    about = ast.get_docstring(tree) or ""
    body, opening_lines = (tree.body[1:], tree.body[0].end_lineno or 0) if about else (tree.body, 0)
    pieces = list(_pieces(text, body, start=opening_lines))
    functions = {name: piece.text for piece in pieces for name in _defined(piece.node) if name in questions}
    if missing := sorted(questions - set(functions)):
        raise AssignmentError(f"{filename} does not define {', '.join(missing)}", hint="the manifest asks for it")
    given = [
        piece
        for piece in pieces
        if not questions & set(_defined(piece.node)) and not _imports_sibling(piece.node, assignment.modules)
    ]
    return ModuleParts(
        about=about,
        given="\n".join(piece.text for piece in given).strip("\n"),
        functions={name: source.strip("\n") for name, source in functions.items()},
        names={name: ast.unparse(piece.node) for piece in given for name in _defined(piece.node)},
    )


def _pieces(text: str, statements: Sequence[ast.stmt], *, start: int) -> Iterator[_Piece]:
    """Yield the statements; several on one line are one piece, and comments belong to what follows them."""
    lines = text.split("\n")
    done = start
    for number, node in enumerate(statements):
        end = len(lines) if number == len(statements) - 1 else node.end_lineno or done
        if end > done:
            yield _Piece(node=node, text="\n".join(lines[done:end]))
            done = end


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _imports_sibling(node: ast.stmt, modules: Sequence[str]) -> bool:
    return isinstance(node, ast.ImportFrom) and node.level == 0 and node.module in modules
