"""A class of any size for an assignment of this repository: right, wrong in known ways, hostile and broken."""

import shutil
from collections.abc import Callable
from pathlib import Path

from grader.harness.catalogue import alternative_paths
from grader.model.assignment import Assignment

_HOSTILE = (
    "import os\nos._exit(0)\n",
    "import sys\nsys.setrecursionlimit(10**9)\ndef f():\n    f()\nf()\n",
    "print('x' * 10_000_000)\n",
    "import socket\nsocket.create_connection(('127.0.0.1', 1))\n",
    "open('/etc/passwd').read()\n",
    "held = bytearray(1 << 32)\n",
)


def write_class(folder: Path, assignment: Assignment, size: int) -> None:
    """Write `size` submissions into `folder`; no two are the same text."""
    kinds = _kinds(assignment)
    for number in range(size):
        place = folder / f"student{number:04}"
        place.mkdir(parents=True)
        kinds[number % len(kinds)](place)
        for path in place.glob("*.py"):
            path.write_text(path.read_text() + f"\n# {place.name}\n")


def _kinds(assignment: Assignment) -> list[Callable[[Path], None]]:
    def copy(source: Path) -> Callable[[Path], None]:
        def write(place: Path) -> None:
            for module in assignment.modules:
                shutil.copyfile(source / f"{module}.py", place / f"{module}.py")

        return write

    def instead(module: str, text: str) -> Callable[[Path], None]:
        def write(place: Path) -> None:
            right(place)
            (place / f"{module}.py").write_text(text)

        return write

    right, untouched = copy(assignment.solution_folder), copy(assignment.folder)
    first = assignment.modules[0]
    stubs = (assignment.folder / f"{first}.py").read_text()
    reference = (assignment.solution_folder / f"{first}.py").read_text()
    written = [instead(module, path.read_text()) for path, module in alternative_paths(assignment).items()]
    wrong = [instead(first, reference.replace(a, b)) for a, b in (("*", "+"), ("+", "-"), ("return ", "return 2 * "))]
    hostile = [instead(first, text + reference) for text in _HOSTILE]
    broken = [instead(first, "def broken(:\n"), instead(first, stubs), _hand_in_nothing]
    return [right, untouched, *written, *wrong, *hostile, *broken]


def _hand_in_nothing(place: Path) -> None:
    """Leave the folder empty."""
    del place
