"""What one student hands in."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleSource:
    """The source text of one of the student's modules."""

    module: str
    filename: str
    """The name that the student knows it by, e.g. `layers.py` or `homework.ipynb`."""
    text: str
    cells: tuple[tuple[int, int], ...] = ()
    """For a notebook: (first line in `text`, number of the cell), to say where an error is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableModule:
    """A module that is missing or cannot be read; its questions earn nothing, the others are graded."""

    module: str
    filename: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One student's modules, as text: nothing of it has been executed."""

    name: str
    path: Path
    sources: tuple[ModuleSource, ...]
    unreadable: tuple[UnreadableModule, ...] = ()
    digest: str
    """`sha256:` over the names and bytes of the modules."""
