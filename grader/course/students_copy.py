"""Which files of an assignment students get: handout, manifest, stubs and visible checks."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from grader.course.regions import Region, cut_regions
from grader.course.stubs import stub_of
from grader.errors import AssignmentError
from grader.model.assignment import Assignment

RECORDING = "recording.bin"
"""In a student's copy: what the reference answers, since the reference itself is not there."""

_HIDDEN_TESTS = Region(
    name="hidden tests",
    begin="### BEGIN HIDDEN TESTS",
    end="### END HIDDEN TESTS",
    mention=re.compile(r"\b(BEGIN|END)[ _-]*HIDDEN[ _-]*TESTS?", re.IGNORECASE),
)


def copied_files(assignment: Assignment) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the path, below the assignment's folder, and the content of each file that students get.

    The stubs are made anew of the references, and what nbgrader's markers hide is cut out of the checks. Hidden files,
    caches, links and an older recording are left out. Raises `AssignmentError`, with file and line, for damaged
    markers, and for a file that cannot be read.
    """
    for path in sorted(assignment.folder.rglob("*")):
        name = path.relative_to(assignment.folder)
        if not path.is_file() or path.is_symlink() or any(_is_left_out(part) for part in name.parts):
            continue
        if name.parent == Path() and name.suffix == ".py" and name.stem in assignment.modules:
            yield PurePosixPath(name.as_posix()), stub_text(assignment, name.stem).encode()
        elif name.parts[0] == "checks" and name.suffix == ".py":
            yield PurePosixPath(name.as_posix()), _visible_part(path).encode()
        else:
            yield PurePosixPath(name.as_posix()), _read(path)


def stub_text(assignment: Assignment, module: str) -> str:
    """Return the stub of a module, made of its reference. Raises `AssignmentError` when that is missing or damaged."""
    path = assignment.solution_folder / f"{module}.py"
    return stub_of(_text(path), str(path))


def stale_stubs(assignment: Assignment) -> tuple[str, ...]:
    """Return the file names of the stubs that are not what their references make them."""
    return tuple(
        f"{module}.py"
        for module in assignment.modules
        if _text(assignment.folder / f"{module}.py") != stub_text(assignment, module)
    )


def _is_left_out(part: str) -> bool:
    return part.startswith((".", "__pycache__")) or part == RECORDING or part.endswith(".pyc")


def _visible_part(path: Path) -> str:
    """Return a check file without its hidden tests. Raises `AssignmentError` when no Python file is left."""
    text = cut_regions(_text(path), str(path), _HIDDEN_TESTS)
    try:
        compile(text, str(path), "exec")
    except SyntaxError as error:
        raise AssignmentError(
            f"{path} without its hidden tests is not Python: {error.msg} (line {error.lineno} of what is left)",
            hint="hide whole checks, their decorators included, or leave a statement in each",
        ) from error
    return text


def _text(path: Path) -> str:
    try:
        return _read(path).decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise AssignmentError(f"{path} is not UTF-8", hint="save the file as UTF-8") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AssignmentError(f"cannot read {path}: {error.strerror}") from error
