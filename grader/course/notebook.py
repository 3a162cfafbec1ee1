"""Which code of a notebook is the student's answer: its definitions, without what draws, trains, installs or prints."""

import re
import sys
import textwrap
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.course.files import MODULE_BYTES, require_plain_text
from grader.course.self_imports import imports_itself
from grader.course.statements import MayImport, Statement, names_bound, statements_of
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.model.submission import ModuleSource

NOTEBOOK_BYTES = 20_000_000
NOTEBOOK_CELLS = 2000

_PYTHON_CELL_MAGICS = ("%%time", "%%capture", "%%writefile")
"""Those whose cell is still Python; with any other, the cell is another language or never defines anything."""
_LINE_MAGIC = re.compile(r"^[ \t]*([%!?]|[\w.]+\?+[ \t]*$).*", re.MULTILINE)
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
    cells = [_cell(number, source) for number, source in enumerate(_code_cells(content, filename), start=1)]
    lines = [_LATE_ANNOTATIONS]
    places: list[tuple[int, int]] = []
    for cell, kept in zip(cells, _kept_lines(cells, assignment), strict=True):
        if any(kept):
            places.append((len(lines) + 1, cell.number))
            lines += kept
    text = "\n".join([*lines, ""])
    if not any(_defines_in_words(text, question.id) for question in assignment.questions):
        raise SubmissionError(
            f"{filename} defines none of the functions of {assignment.id}",
            hint=f"define {', '.join(question.id for question in assignment.questions)} in code cells",
        )
    return ModuleSource(module="", filename=filename, text=require_plain_text(text, filename), cells=tuple(places))


def _code_cells(content: bytes, filename: str) -> list[str]:
    notebook = _parse(content, filename)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    if len(notebook.cells) > NOTEBOOK_CELLS:
        raise SubmissionError(f"{filename} has more than {NOTEBOOK_CELLS} cells", hint="hand in the answers alone")
    if sum(map(len, sources)) > MODULE_BYTES:
        raise SubmissionError(
            f"the code in {filename} is larger than {MODULE_BYTES / 1e6:g} MB", hint="hand in the answers alone"
        )
    return sources


def _parse(content: bytes, filename: str) -> Any:
    """Return the notebook in the present format, with every cell's type and source a text."""
    import nbformat

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about cells without ids, which every older notebook has
            notebook = nbformat.reads(content.decode("utf-8-sig"), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types here
        for cell in notebook.cells:
            if not isinstance(cell.cell_type, str) or not isinstance(cell.source, str):
                raise TypeError("a cell's source is not text")
    except Exception as error:
        raise SubmissionError(
            f"{filename} is not a readable notebook: {_reason(error)}",
            hint="open it in Jupyter, save it again, and hand in that file",
        ) from error
    return notebook


def _reason(error: Exception) -> str:
    if isinstance(error, AttributeError | KeyError | TypeError):
        return "its parts are not where a notebook has them"
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _cell(number: int, source: str) -> _Cell:
    text = textwrap.dedent(source.replace("\r\n", "\n").replace("\r", "\n"))
    if text.lstrip().startswith("%%"):
        first, *rest = text.lstrip().split("\n")
        blank = text[: len(text) - len(text.lstrip())]
        text = blank + "\n".join(["", *rest]) if first.startswith(_PYTHON_CELL_MAGICS) else ""
    for candidate in (text, _LINE_MAGIC.sub("", text)):
        try:
            return _Cell(number=number, text=candidate, statements=statements_of(candidate))
        except SyntaxError:
            continue
    return _Cell(number=number, text=_LINE_MAGIC.sub("", text), statements=None)


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
    known, before = defined, None
    while known != before:
        before = known
        known = known.union(*(names_bound(each.definitions_only(may_import, known)) for each in others))
    return known


def _import_rule(assignment: Assignment, defined: frozenset[str]) -> MayImport:
    """Allow what the student's process has, except what would be this same text again."""
    allowed = {"numpy", *sys.stdlib_module_names, *assignment.modules} - _NOT_IMPORTED

    def may_import(module: str, name: str) -> bool:
        return module in allowed and not imports_itself(module, name, modules=assignment.modules, defined=defined)

    return may_import


def _defines_in_words(text: str, name: str) -> bool:
    return re.search(rf"^[ \t]*(async[ \t]+)?def[ \t]+{re.escape(name)}\b", text, re.MULTILINE) is not None
