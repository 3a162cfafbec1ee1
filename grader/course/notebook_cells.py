"""What the code cells of a notebook hold, in whatever version of the format it was saved."""

import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grader.course.files import MODULE_BYTES
from grader.errors import SubmissionError

NOTEBOOK_BYTES = 20_000_000
NOTEBOOK_CELLS = 2000
NOTEBOOK_PARTS = 3_000_000
"""Values in the JSON: each takes some hundred bytes in memory. Pictures are one each, printed text one a line."""

_ANSWERS_ALONE = "clear all outputs, and hand in the answers alone"
_SOURCES = ("source", "input", "code")
"""Where the text of a cell stood in the versions 4, 3 and 2, and 1."""
_LANGUAGE_CHARACTERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCells:
    """The texts of a notebook's code cells."""

    texts: tuple[str, ...]
    language: str
    """As the notebook's kernel names it, empty when it does not."""


def code_cells(content: bytes, filename: str) -> CodeCells:
    """Return the code cells of a notebook of any version that nbformat reads.

    nbformat sees the cells' types and texts alone: outputs and metadata decide nothing, and cost seconds to validate.
    Raises `SubmissionError` when the notebook is malformed or too large.
    """
    if sum(map(content.count, (b",", b"[", b"{"))) > NOTEBOOK_PARTS:
        raise SubmissionError(f"{filename} has too much output in it", hint=_ANSWERS_ALONE)
    try:
        tree = json.loads(content.decode("utf-8-sig"))
        number = sum(1 for _ in _cells(tree))
        texts = tuple(cell["source"] for cell in _upgraded(tree)["cells"]) if number <= NOTEBOOK_CELLS else ()
        language = _language(tree)
    except Exception as error:  # nbformat raises whatever a missing part leads to
        raise SubmissionError(
            f"{filename} is not a readable notebook: {_reason(error)}",
            hint="open it in Jupyter, save it again, and hand in that file",
        ) from error
    if number > NOTEBOOK_CELLS:
        raise SubmissionError(f"{filename} has more than {NOTEBOOK_CELLS} cells", hint=_ANSWERS_ALONE)
    if sum(map(len, texts)) > MODULE_BYTES:
        raise SubmissionError(
            f"the code in {filename} is larger than {MODULE_BYTES / 1e6:g} MB", hint="hand in the answers alone"
        )
    return CodeCells(texts=texts, language=language)


def _cells(tree: Any) -> Iterator[Any]:
    for sheet in [tree] if "cells" in tree else tree["worksheets"]:
        yield from sheet["cells"]


def _upgraded(tree: Any) -> Any:
    """Return a notebook of version 4 with the code cells alone."""
    import nbformat  # takes longer to import than all the rest

    lean: dict[str, Any] = {"nbformat": tree["nbformat"], "nbformat_minor": 0, "metadata": {"name": ""}}
    cells = [_lean(cell) for cell in _cells(tree) if cell["cell_type"] == "code"]
    lean |= {"cells": cells} if "cells" in tree else {"worksheets": [{"metadata": {}, "cells": cells}]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about cells without ids, which every older notebook has
        return nbformat.reads(json.dumps(lean), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types


def _lean(cell: Any) -> dict[str, Any]:
    place = next(name for name in _SOURCES if name in cell)
    source = "".join(cell[place]) if isinstance(cell[place], list) else cell[place]
    if not isinstance(source, str):
        raise TypeError("a cell's source is not text")
    version = {"execution_count": None} if place == "source" else {"language": "python", "prompt_number": None}
    return {"cell_type": "code", "metadata": {}, "outputs": [], place: source, **version}


def _language(tree: Any) -> str:
    metadata = tree.get("metadata", {})
    named = metadata.get("kernelspec", {}).get("language") or metadata.get("language_info", {}).get("name")
    return named[:_LANGUAGE_CHARACTERS] if isinstance(named, str) else ""


def _reason(error: Exception) -> str:
    if isinstance(error, AttributeError | KeyError | TypeError | StopIteration):
        return "its parts are not where a notebook has them"
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
