"""How a notebook's test becomes a check, where that needs no knowledge of what the author meant."""

import ast
import builtins
from collections.abc import Collection
from dataclasses import dataclass

_HELPERS = frozenset({"assert_close", "assert_raises"})
"""What a converted test may call of `grader.checks`."""
_RAISING = ("raises", "raise")
"""In the name of a function that expects an exception: a student's exceptions do not arrive as what they were."""


class NotConvertedError(Exception):
    """The test stays where it is; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCode:
    """The body of a check."""

    title: str
    """What the test says of itself, empty where it says nothing."""
    body: str
    calls: tuple[str, ...]
    """The questions that it calls, in order of their first call."""
    imported: frozenset[str]
    """Names that the body needs and the notebook imports."""
    helpers: frozenset[str]
    """Functions of `grader.checks` that the body calls."""


def convert_test(
    source: str, output: str | None, questions: Collection[str], imported: Collection[str], *, shows_value: bool
) -> CheckCode:
    """Return a test's statements with the student's functions in the place of the notebook's.

    `imported` are the names that the notebook imports. `shows_value` says that the last line's value is to be compared
    with `output`, as otter does. Raises `NotConvertedError` where something could mean another thing in a check.
    """
    body, parameters = _statements(source)
    title, body = _title(body, source)
    converter = _Converter(questions)
    body = [_expected_error(node, questions) or node for node in body]
    if shows_value:
        body = _with_value(body, output)
    for node in body:
        _require_safe(node)
    body = [ast.fix_missing_locations(converter.visit(node)) for node in body]
    needed = _needed(body, parameters - set(questions)) - {"student", *_HELPERS}
    if unknown := sorted(needed - set(imported)):
        raise NotConvertedError(f"it uses {', '.join(unknown)} of another cell")
    if not converter.calls:
        raise NotConvertedError("it calls no function of a student")
    if not any(_asserts(node) for part in body for node in ast.walk(part)):
        raise NotConvertedError("it asserts nothing")
    text = ast.unparse(ast.Module(body=body, type_ignores=[]))
    names = [node for part in body for node in ast.walk(part) if isinstance(node, ast.Name)]
    own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return CheckCode(
        title=title,
        body=text,
        calls=tuple(dict.fromkeys(converter.calls)),
        imported=frozenset(needed),
        helpers=frozenset({node.id for node in names} & _HELPERS - own),
    )


class _Converter(ast.NodeTransformer):
    """Puts `student.f` in the place of `f`."""

    def __init__(self, questions: Collection[str]) -> None:
        self._questions = questions
        self.calls: list[str] = []

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Replace a question's name."""
        if node.id not in self._questions:
            return node
        if not isinstance(node.ctx, ast.Load):
            raise NotConvertedError(f"it gives {node.id} another value")
        self.calls.append(node.id)
        return ast.Attribute(value=ast.Name(id="student", ctx=ast.Load()), attr=node.id, ctx=node.ctx)


def _statements(source: str) -> tuple[list[ast.stmt], set[str]]:
    """Return a test's statements and the parameters of otter's test function: each is named after what it wants."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotConvertedError(f"it is not Python: {error}") from error
    tests = [node for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test")]
    if not tests:
        return body, set()
    if len(tests) > 1 or any(node is not tests[0] and not _is_import(node) for node in body):
        raise NotConvertedError("it defines a test function beside other code")
    arguments = tests[0].args
    named = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    return [*(node for node in body if node is not tests[0]), *tests[0].body], named


def _title(body: list[ast.stmt], source: str) -> tuple[str, list[ast.stmt]]:
    """Return the text that opens a test, or its first comment, and the statements without it."""
    match body:
        case [ast.Expr(value=ast.Constant(value=str(text))), *rest]:
            return " ".join(text.split()), rest
    first = source.strip().split("\n")[0].strip()
    return (first.lstrip("# ").strip() if first.startswith("#") else ""), body


def _with_value(body: list[ast.stmt], output: str | None) -> list[ast.stmt]:
    """Compare the value of the last line with what it showed when the author ran it."""
    if not body or not isinstance(body[-1], ast.Expr):
        return body
    last = body[-1].value
    if output is None:
        if _asserts(last):
            return body
        raise NotConvertedError("what it should show is not in the notebook: run it there and save")
    try:
        expected = ast.literal_eval(output.strip())
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        raise NotConvertedError(f"what it should show is no plain value: {output.strip()[:60]}") from None
    value = ast.Constant(value=expected) if expected is True else ast.parse(output.strip(), mode="eval").body
    if expected is True:
        return [*body[:-1], ast.Assert(test=last)]
    if isinstance(expected, float):
        call = ast.Call(func=ast.Name(id="assert_close", ctx=ast.Load()), args=[last, value], keywords=[])
        return [*body[:-1], ast.Expr(value=call)]
    return [*body[:-1], ast.Assert(test=ast.Compare(left=last, ops=[ast.Eq()], comparators=[value]))]


def _expected_error(node: ast.stmt, questions: Collection[str]) -> ast.stmt | None:
    """Return `assert_raises(E, f, …)` for `try: f(…)`, `except E: pass`, `else: raise …`."""
    match node:
        case ast.Try(
            body=[ast.Expr(value=ast.Call(func=ast.Name(id=name)) as call)],
            handlers=[ast.ExceptHandler(type=ast.Name() as error, body=[ast.Pass()])],
            orelse=[ast.Raise() | ast.Assert()],
            finalbody=[],
        ) if name in questions:
            function = ast.Name(id="assert_raises", ctx=ast.Load())
            arguments = [error, call.func, *call.args]
            return ast.Expr(value=ast.Call(func=function, args=arguments, keywords=call.keywords))
    return None


def _require_safe(statement: ast.stmt) -> None:
    """Raise `NotConvertedError` for what a check would not understand in the same way."""
    for node in ast.walk(statement):
        match node:
            case ast.Try() | ast.TryStar():
                raise NotConvertedError("it catches an exception: write that with assert_raises")
            case ast.Attribute(attr=name) if name.endswith(_RAISING):
                raise NotConvertedError("it expects an exception: write that with assert_raises")
            case ast.Name(id=name) if name not in _HELPERS and name.endswith(_RAISING):
                raise NotConvertedError("it expects an exception: write that with assert_raises")
            case ast.With():
                raise NotConvertedError("what it does stands in a with statement")
            case ast.Name(id="exec" | "eval" | "globals" | "locals" | "input" | "open" | "__import__" as name):
                raise NotConvertedError(f"it calls {name}")
            case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef() | ast.Global() | ast.Delete():
                raise NotConvertedError("it defines or deletes names of its own")


def _needed(body: list[ast.stmt], missing: set[str]) -> set[str]:
    """Return the names that are read and neither bound in the test nor built in."""
    names = [node for part in body for node in ast.walk(part) if isinstance(node, ast.Name)]
    bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    bound |= {
        (alias.asname or alias.name).partition(".")[0]
        for part in body
        for node in ast.walk(part)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    bound |= {node.arg for part in body for node in ast.walk(part) if isinstance(node, ast.arg)}
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)} - bound
    return {name for name in read if not hasattr(builtins, name)} | (missing & read)


def _asserts(node: ast.AST) -> bool:
    match node:
        case ast.Assert() | ast.Raise():
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name.startswith("assert")
    return False


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)
