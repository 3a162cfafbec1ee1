"""What the cells of an instructor's notebook hold, as text: nothing of it is run."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from grader.course.files import require_plain_text
from grader.course.notebook_cells import code_cells
from grader.errors import UsageError

_MAGIC = re.compile(r"^[ \t]*([%!]|[\w.]+\?+[ \t]*$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """One cell."""

    number: int
    """From 1, over all cells."""
    type: str
    source: str
    nbgrader: Mapping[str, Any]
    """Its metadata of nbgrader, empty where it has none."""
    output: str | None
    """The text of the value that it showed, if it was run."""


class Role(StrEnum):
    """What a piece of a notebook is for."""

    TEXT = "text"
    GIVEN = "given"
    SOLUTION = "solution"
    """Code with the answer in it, between our markers or as a whole."""
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a notebook whose purpose is known."""

    role: Role
    cell: int
    source: str
    points: float | None = None
    hidden: bool = False
    group: str = ""
    """Parts of one otter question share it."""
    output: str | None = field(default=None)
    """What the last line of a test shows where it is right."""


def source_cells(content: bytes, filename: str) -> list[SourceCell]:
    """Return the cells of a notebook of version 4.

    Raises `UsageError` for an older one, and `SubmissionError` (which is one) where it cannot be read.
    """
    code_cells(content, filename)
    notebook = json.loads(content.decode("utf-8-sig"))
    if notebook.get("nbformat") != 4:
        raise UsageError(f"{filename} is a notebook of an old version", hint="open it in Jupyter and save it again")
    cells = [_cell(number, cell) for number, cell in enumerate(notebook["cells"], start=1)]
    for cell in cells:
        require_plain_text(cell.source, f"{filename}, cell {cell.number},")
    return cells


def without_magics(source: str) -> str:
    """Return code without the lines that only a notebook understands; the others keep their place."""
    if source.lstrip().startswith("%%"):
        return ""
    return "\n".join("" if _MAGIC.match(line) else line for line in source.split("\n"))


def _cell(number: int, cell: Mapping[str, Any]) -> SourceCell:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return SourceCell(
        number=number,
        type=str(cell["cell_type"]),
        source=_text(cell.get("source", "")).replace("\r\n", "\n"),
        nbgrader=nbgrader if isinstance(nbgrader, dict) else {},
        output=_output(cell.get("outputs")),
    )


def _output(outputs: Any) -> str | None:
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        if isinstance(data, dict) and "text/plain" in data:
            return _text(data["text/plain"])
    return None


def _text(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)
