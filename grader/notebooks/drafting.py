"""An instructor's notebook of nbgrader or otter, as the draft of an assignment. Nothing of it is run."""

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from grader.errors import UsageError
from grader.model.draft import Draft, DraftCheck, DraftQuestion, LeftOut
from grader.notebooks.check_code import CheckCode, NotConvertedError, convert_test
from grader.notebooks.nbgrader_source import is_nbgrader, nbgrader_parts
from grader.notebooks.otter_source import is_otter, otter_parts
from grader.notebooks.solution_code import Answer, Rest, read_given, read_solution
from grader.notebooks.source_cells import Part, Role, source_cells, without_magics

_AVAILABLE = frozenset({"numpy", *sys.stdlib_module_names})
"""What a student's function may import."""
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_EXCERPT = 60
_MOST_POINTS = 1e6
"""What is worth more is no number of points."""


def draft_of(content: bytes, filename: str) -> Draft:
    """Return what can be taken over from a source notebook, with the list of what was left.

    Raises `UsageError` when it is neither nbgrader's nor otter's, or has no function for students to write, and
    `SubmissionError` when it cannot be read.
    """
    cells = source_cells(content, filename)
    if is_otter(cells):
        parts: Iterable[Part | LeftOut] = otter_parts(cells)
        shows_value = True
    elif is_nbgrader(cells):
        parts, shows_value = nbgrader_parts(cells), False
    else:
        raise UsageError(
            f"{filename} has neither nbgrader's nor otter's marks in it",
            hint="give the instructor's notebook, the one with the solutions",
        )
    drafting = _Drafting(shows_value=shows_value)
    for part in parts:
        drafting.take(part)
    if not drafting.answers:
        raise UsageError(
            f"{filename} has no function for students to write in it",
            hint="a question is a function with a solution; other answers cannot be graded here",
        )
    return drafting.finish()


@dataclass(slots=True, kw_only=True)
class _Asked:
    """A question while it is being put together."""

    answer: Answer
    cell: int
    points: float
    has_own_points: bool
    """Those of its tests are not added then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A statement that students get."""

    rest: Rest
    cell: int


@dataclass(slots=True, kw_only=True)
class _Drafting:
    """The parts of a notebook, sorted as they come."""

    shows_value: bool
    answers: dict[str, _Asked] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    given: list[_Given] = field(default_factory=list)
    tests: list[Part] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def take(self, part: Part | LeftOut) -> None:
        """Put one part where it belongs."""
        if isinstance(part, LeftOut):
            self.left_out.append(part)
        elif part.role is Role.TEXT:
            self._take_text(part)
        elif part.role is Role.TEST:
            self._take_test(part)
        elif part.role is Role.SOLUTION:
            self._take_solution(part)
        else:
            self._take_given(part)

    def finish(self) -> Draft:
        """Return the draft; tests come last, since they may stand before what they call."""
        self._drop_unmarked_answers()
        checks = tuple(self._checks())
        self.left_out += [
            LeftOut(
                cell=asked.cell,
                what=f"checks of {name}",
                why="no test could be taken over: write one, or nothing can be graded",
            )
            for name, asked in self.answers.items()
            if not any(check.question == name for check in checks)
        ]
        title, handout = _headed("\n\n".join(self.texts))
        return Draft(
            title=title,
            handout=handout,
            given="\n".join(_spaced([given.rest for given in self.given])),
            questions=self._questions(),
            checks=checks,
            left_out=tuple(sorted(self.left_out, key=lambda each: each.cell)),
        )

    def _drop_unmarked_answers(self) -> None:
        """A question's function may also stand in a cell that is no solution: students must not get that one."""
        for given in list(self.given):
            if isinstance(given.rest.node, _DEFINITIONS) and given.rest.node.name in self.answers:
                self.given.remove(given)
                what = f"{given.rest.node.name} in a cell that is no solution"
                self.left_out.append(LeftOut(cell=given.cell, what=what, why="it is a question"))

    def _take_text(self, part: Part) -> None:
        if "attachment:" in part.source:
            self._leave(part, "a picture in a text", "it is inside the notebook: save it as a file")
        self.texts.append(part.source.strip())

    def _take_test(self, part: Part) -> None:
        """A test cell's points are for the question before it, whatever becomes of the test."""
        self.tests.append(part)
        if self.answers and not part.hidden:
            last = next(reversed(self.answers.values()))
            last.points += 0.0 if last.has_own_points else _worth(part)

    def _take_solution(self, part: Part) -> None:
        try:
            statements = list(read_solution(without_magics(part.source)))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            self._leave(part, "a solution", f"it is not Python: {error}")
            return
        for statement in statements:
            if isinstance(statement, Answer):
                if statement.name in self.answers:
                    self._leave(part, f"an earlier {statement.name}", "it is defined again here")
                self.answers[statement.name] = _Asked(
                    answer=statement, cell=part.cell, points=_worth(part), has_own_points=_worth(part) > 0
                )
            elif statement.is_solution and not _is_import(statement.node):
                self._leave(part, f"an answer: {_excerpt(statement.node)}", "only a function can be a question")
            else:
                self._give(part, statement)

    def _take_given(self, part: Part) -> None:
        source = without_magics(part.source)
        if part.source.lstrip().startswith("%%") or source != part.source:
            self._leave(part, "lines that begin with % or !", "only a notebook understands them")
        try:
            statements = list(read_given(source))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            self._leave(part, "code", f"it is not Python: {error}")
            return
        for statement in statements:
            self._give(part, statement)

    def _give(self, part: Part, rest: Rest) -> None:
        """Take what a module may hold: imports of what is there, functions, classes and constants."""
        node = rest.node
        missing = [name for name in _modules(node) if name not in _AVAILABLE]
        if missing:
            self._leave(part, rest.text, "a student's function has numpy and the standard library")
        elif _is_import(node) or isinstance(node, _DEFINITIONS) or _is_constant(node):
            if all(rest.text != known.rest.text for known in self.given):
                self.given.append(_Given(rest=rest, cell=part.cell))
        elif not _is_docstring(node):
            self._leave(part, f"code: {_excerpt(node)}", "it runs something")

    def _checks(self) -> Iterator[DraftCheck]:
        imports = _imports([given.rest for given in self.given])
        numbers: dict[str, int] = {}
        for part in self.tests:
            source = without_magics(part.source)
            if not source.strip():
                continue
            try:
                code = convert_test(source, part.output, self.answers, imports, shows_value=self.shows_value)
            except NotConvertedError as reason:
                self._leave(part, "a hidden test" if part.hidden else "a test", str(reason))
                continue
            question = self._question_of(code, part)
            numbers[question] = numbers.get(question, 0) + 1
            yield DraftCheck(
                name=f"test_{question}_{numbers[question]}",
                question=question,
                title=code.title or f"Test {numbers[question]} of {question}",
                body=code.body,
                imports=tuple(dict.fromkeys(ast.unparse(imports[name]) for name in sorted(code.imported))),
                helpers=tuple(sorted(code.helpers)),
                hidden=part.hidden,
            )

    def _question_of(self, code: CheckCode, part: Part) -> str:
        """A test is about what stands last before it, of all that it calls."""
        before = [name for name in code.calls if self.answers[name].cell < part.cell]
        return max(before or code.calls, key=lambda name: self.answers[name].cell)

    def _questions(self) -> tuple[DraftQuestion, ...]:
        known = [asked.points for asked in self.answers.values() if asked.points > 0]
        weights = [asked.points if asked.points > 0 else min(known, default=1.0) for asked in self.answers.values()]
        shares = _adding_up(weights)
        return tuple(
            DraftQuestion(
                name=name,
                title=_first_sentence(asked.answer.about) or f"Write {name}",
                source=asked.answer.source,
                points=share,
                uses=tuple(other for other in self.answers if other != name and _mentions(asked.answer.source, other)),
            )
            for (name, asked), share in zip(self.answers.items(), shares, strict=True)
        )

    def _leave(self, part: Part, what: str, why: str) -> None:
        self.left_out.append(LeftOut(cell=part.cell, what=what, why=why))


def _worth(part: Part) -> float:
    return part.points if part.points and 0 < part.points < _MOST_POINTS else 0.0


def _adding_up(weights: list[float]) -> list[float]:
    """Return shares of 100, in cents, that add up to it exactly; none is zero."""
    total = sum(weights)
    cents = [max(1, round(10_000 * weight / total)) for weight in weights]
    cents[cents.index(max(cents))] += 10_000 - sum(cents)
    return [cent / 100 for cent in cents]


def _imports(given: list[Rest]) -> dict[str, ast.stmt]:
    """Return the imports by the name that each gives."""
    return {
        (alias.asname or alias.name).partition(".")[0]: rest.node
        for rest in given
        if isinstance(rest.node, ast.Import | ast.ImportFrom)
        for alias in rest.node.names
    }


def _modules(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [(node.module or ".").partition(".")[0] if not node.level else "."]
    return [alias.name.partition(".")[0] for alias in node.names] if isinstance(node, ast.Import) else []


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _is_constant(node: ast.stmt) -> bool:
    """Whether it gives a name a value that is written out."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return False
    try:
        ast.literal_eval(node.value)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return False
    return True


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _spaced(given: list[Rest]) -> Iterator[str]:
    """Yield the statements, imports first, with empty lines where they belong."""
    imports = [rest.text for rest in given if _is_import(rest.node)]
    yield from imports
    for number, rest in enumerate(each for each in given if not _is_import(each.node)):
        is_definition = isinstance(rest.node, _DEFINITIONS)
        yield ("\n\n" if is_definition else "\n" if number == 0 and imports else "") + rest.text


def _mentions(source: str, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(ast.parse(source)))


def _excerpt(node: ast.stmt) -> str:
    line = ast.unparse(node).split("\n")[0]
    return line if len(line) <= _EXCERPT else line[:_EXCERPT] + "…"


def _headed(text: str) -> tuple[str, str]:
    """Return the title that a handout begins with, and the handout."""
    first = text.lstrip().split("\n")[0]
    return (first.lstrip("# ").strip() if first.startswith("# ") else ""), text


def _first_sentence(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split()).partition(". ")[0].removesuffix(".")
