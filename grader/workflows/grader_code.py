"""Which grader this is, to the letter: two that differ may give one submission different points."""

import platform
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import grader
from grader.course.digests import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What must be equal wherever the submissions of one class are graded."""

    python: str
    """Without the last part, which changes no result."""
    numpy: str
    grader: str
    """With the digest of its code: a checkout may be of any state."""


def versions() -> Versions:
    """Return what this process grades with."""
    folder = Path(grader.__path__[0])
    code = digest_of((path.relative_to(folder).as_posix(), path.read_bytes()) for path in folder.rglob("*.py"))
    return Versions(
        python=".".join(platform.python_version_tuple()[:2]),
        numpy=np.__version__,
        grader=f"{grader.__version__} ({code[:19]})",
    )


def differences(theirs: Versions, ours: Versions) -> str:
    """Return how they differ, e.g. `numpy 1.26.4 (here 2.3.1)`; empty when they do not."""
    pairs = {name: (getattr(theirs, name), getattr(ours, name)) for name in ("python", "numpy", "grader")}
    return ", ".join(f"{name} {there} (here {here})" for name, (there, here) in pairs.items() if there != here)
