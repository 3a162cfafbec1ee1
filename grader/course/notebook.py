"""Which code of a notebook is the student's answer: its definitions, without what draws, trains, installs or prints."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from grader.course.files import require_plain_text
from grader.course.notebook_cells import code_cells
from grader.course.self_imports import imports_itself
from grader.course.statements import MayImport, Statement, TokenBudget, names_bound, statements_of
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.model.submission import ModuleSource

_PYTHON_CELL_MAGICS = ("%%time", "%%capture", "%%writefile")
"""Those whose cell is still Python; with any other, the cell is another language or never defines anything."""
_LINE_MAGIC = re.compile(r"^[ \t]*+([%!?]|[\w.]+\?+[ \t]*$).*", re.MULTILINE)
_LATE_ANNOTATIONS = "from __future__ import annotations"
"""The text's first line: an annotation may name what is not kept."""
_NOT_IMPORTED = frozenset({"__future__"})
"""Allowed only as the first line of a file, which a cell is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    number: int
    """Among the code cells, from 1."""
    text: str
    statements: tuple[Statement, ...] | None
    """None when the text does not split into tokens."""

    @property
    def defines(self) -> frozenset[str]:
        return frozenset(statement.defines for statement in self.statements or () if statement.defines)


def read_notebook(content: bytes, filename: str, assignment: Assignment) -> ModuleSource:
    """Return the definitions, constants and usable imports of a notebook's code cells, as one text.

    Lines keep their place within their cell; `cells` of the result says where each cell begins, counting code cells
    from 1. Of a question defined more than once, the last definition counts. The result's `module` is empty: the text
    serves as every module. Raises `SubmissionError` when the notebook cannot be read or defines none of the functions.
    """
    notebook = code_cells(content, filename)
    cells = _looked_into(notebook.texts)
    lines = [_LATE_ANNOTATIONS]
    places: list[tuple[int, int]] = []
    for cell, kept in zip(cells, _kept_lines(cells, assignment), strict=True):
        if any(kept):
            places.append((len(lines) + 1, cell.number))
            lines += kept
    text = "\n".join([*lines, ""])
    if not any(_defines_in_words(text, question.id) for question in assignment.questions):
        foreign = notebook.language and not notebook.language.lower().startswith(("python", "ipython"))
        start = f"it is a notebook for {notebook.language}: choose a Python kernel, and " if foreign else ""
        raise SubmissionError(
            f"{filename} defines none of the functions of {assignment.id}",
            hint=f"{start}define {', '.join(question.id for question in assignment.questions)} in code cells",
        )
    return ModuleSource(module="", filename=filename, text=require_plain_text(text, filename), cells=tuple(places))


def answer_cells(content: bytes, filename: str, assignment: Assignment) -> dict[str, int]:
    """Return which cell holds the definition of each question that counts, by its number among the code cells.

    A question that the notebook does not define is left out. Raises `SubmissionError` as `read_notebook` does.
    """
    places: dict[str, int] = {}
    for cell in _looked_into(code_cells(content, filename).texts):
        for question in assignment.questions:
            if question.id in cell.defines or (cell.statements is None and _defines_in_words(cell.text, question.id)):
                places[question.id] = cell.number
    return places


def _looked_into(texts: Sequence[str]) -> list[_Cell]:
    budget = TokenBudget()
    return [_cell(number, text, budget) for number, text in enumerate(texts, start=1)]


def _cell(number: int, source: str, budget: TokenBudget) -> _Cell:
    text = _dedented(source.replace("\r\n", "\n").replace("\r", "\n"))
    if text.lstrip().startswith("%%"):
        first, *rest = text.lstrip().split("\n")
        blank = text[: len(text) - len(text.lstrip())]
        text = blank + "\n".join(["", *rest]) if first.startswith(_PYTHON_CELL_MAGICS) else ""
    for candidate in dict.fromkeys((text, _LINE_MAGIC.sub("", text))):
        try:
            return _Cell(number=number, text=candidate, statements=statements_of(candidate, budget))
        except SyntaxError:
            continue
    return _Cell(number=number, text=_LINE_MAGIC.sub("", text), statements=None)


def _dedented(text: str) -> str:
    """Take off the first line's indentation where all lines have it (`textwrap.dedent` makes a pattern of it: slow)."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    margin = first[: len(first) - len(first.lstrip())]
    if not margin or not all(line.startswith(margin) for line in lines if line.strip()):
        return text
    return "\n".join(line.removeprefix(margin) for line in lines)


def _kept_lines(cells: Sequence[_Cell], assignment: Assignment) -> list[list[str]]:
    """Return each cell's lines with all else blank: from the last cell back, since the last definition counts."""
    defined = frozenset[str]().union(*(cell.defines for cell in cells))
    may_import = _import_rule(assignment, defined)
    known = _known_names(cells, may_import, defined)
    questions = frozenset(question.id for question in assignment.questions)
    answered: set[str] = set()
    kept: list[list[str]] = []
    for cell in reversed(cells):
        if cell.statements is None:
            broken = {name for name in questions - answered if _defines_in_words(cell.text, name)}
            kept.append(cell.text.split("\n") if broken else [])
            answered |= broken
        else:
            kept.append(_kept_of_cell(cell, cell.statements, may_import, known, questions, answered))
    return kept[::-1]


def _kept_of_cell(
    cell: _Cell,
    statements: Sequence[Statement],
    may_import: MayImport,
    known: frozenset[str],
    questions: frozenset[str],
    answered: set[str],
) -> list[str]:
    """Return the cell's lines; adds the questions it defines to `answered`, and leaves out those already there."""
    lines = [""] * (cell.text.count("\n") + 1)
    for statement in reversed(statements):
        name = statement.defines
        if name in questions:
            if name in answered:
                continue
            answered.add(name)
        text = statement.definitions_only(may_import, known).split("\n")
        lines[statement.first_line - 1 : statement.first_line - 1 + len(text)] = text
    return lines


def _known_names(cells: Sequence[_Cell], may_import: MayImport, defined: frozenset[str]) -> frozenset[str]:
    """Return the names that what is kept gives a value; a constant may be made of earlier ones."""
    others = [each for cell in cells for each in cell.statements or () if not each.defines]
    known = set(defined)
    for each in others:
        known |= names_bound(each.definitions_only(may_import, known))
    return frozenset(known)


def _import_rule(assignment: Assignment, defined: frozenset[str]) -> MayImport:
    """Allow what the student's process has, except what would be this same text again."""
    allowed = {"numpy", *sys.stdlib_module_names, *assignment.modules} - _NOT_IMPORTED

    def may_import(module: str, name: str) -> bool:
        return module in allowed and not imports_itself(module, name, modules=assignment.modules, defined=defined)

    return may_import


def _defines_in_words(text: str, name: str) -> bool:
    return re.search(rf"^[ \t]*+(async[ \t]+)?def[ \t]+{re.escape(name)}\b", text, re.MULTILINE) is not None
