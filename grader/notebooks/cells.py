"""What a cell of our notebooks looks like: its id, and the metadata by which nbgrader and Jupyter treat it."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

NBGRADER_SCHEMA = 3
"""The version of nbgrader's cell metadata (nbgrader 0.6 and later)."""
MAX_ID = 64
"""Characters of a cell's id (nbformat 4.5)."""

_NO_ID = re.compile(r"[^A-Za-z0-9_-]")
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as it is written into a notebook."""

    id: str
    """Also nbgrader's `grade_id`; made of ASCII letters, digits, `_` and `-`."""
    type: str
    """`code` or `markdown`."""
    source: str
    metadata: Mapping[str, Any]


def read_only(name: str, source: str, *, code: bool = False) -> Cell:
    """Return a cell that students read and leave as it is."""
    return _graded(name, source, "code" if code else "markdown", locked=True)


def answer(name: str, source: str) -> Cell:
    """Return the code cell in which a student answers a question."""
    return _graded(name, source, "code", locked=False)


def free(name: str, source: str) -> Cell:
    """Return a code cell that students may change or delete."""
    return Cell(id=cell_id(name), type="code", source=source, metadata={})


def cell_id(name: str) -> str:
    """Return a cell's id made of a name; a character that no id may hold is spelt out."""
    return _NO_ID.sub(lambda match: f"-{ord(match[0]):x}-", name)[:MAX_ID]


def notebook_text(cells: Iterable[Cell]) -> str:
    """Return a notebook of version 4.5 as Jupyter writes it."""
    return to_json(
        {
            "cells": [_tree(cell) for cell in cells],
            "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def to_json(notebook: Mapping[str, Any]) -> str:
    """Return a notebook's JSON, laid out as Jupyter does it."""
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    if not text.isascii() and _holds_half_a_character(text):
        return json.dumps(notebook, indent=1) + "\n"
    return text


def _graded(name: str, source: str, cell_type: str, *, locked: bool) -> Cell:
    grade_id = cell_id(name)
    nbgrader = {
        "cell_type": cell_type,
        "checksum": _checksum(source, cell_type, grade_id, solution=not locked, locked=locked),
        "grade": False,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": NBGRADER_SCHEMA,
        "solution": not locked,
        "task": False,
    }
    jupyter = {"deletable": False, "editable": False} if locked else {"deletable": False}
    return Cell(id=grade_id, type=cell_type, source=source, metadata={**jupyter, "nbgrader": nbgrader})


def _checksum(source: str, cell_type: str, grade_id: str, *, solution: bool, locked: bool) -> str:
    """Return what nbgrader compares to see whether a cell was changed (its utils.compute_checksum)."""
    parts = (source, cell_type, str(False), str(solution), str(locked), grade_id)
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def _tree(cell: Cell) -> dict[str, Any]:
    tree: dict[str, Any] = {"cell_type": cell.type, "id": cell.id, "metadata": cell.metadata}
    if cell.type == "code":
        tree |= {"execution_count": None, "outputs": []}
    return dict(sorted((tree | {"source": cell.source.splitlines(keepends=True)}).items()))


def _holds_half_a_character(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
