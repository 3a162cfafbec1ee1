"""What identifies the exact text of an assignment or a submission."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from grader.course.students_copy import RECORDING
from grader.errors import AssignmentError
from grader.model.assignment import Assignment

ASSIGNMENT, SOLUTION = "assignment", "solution"
"""What the names of an assignment's files begin with."""


def digest_of(parts: Iterable[tuple[str, bytes]]) -> str:
    """Return `sha256:` over names and contents, in any order; lengths are hashed too, so no two sets look alike."""
    total = sha256()
    for name, content in sorted(parts):
        for field in (name.encode(errors="surrogateescape"), content):
            total.update(len(field).to_bytes(8, "little"))
            total.update(field)
    return f"sha256:{total.hexdigest()}"


def assignment_digest(assignment: Assignment) -> str:
    """Return the digest of all that decides a result: manifest, stubs, checks and solutions (or their recording)."""
    try:
        return digest_of((name, path.read_bytes()) for name, path in assignment_files(assignment))
    except OSError as error:
        raise AssignmentError(f"cannot read {error.filename}: {error.strerror}") from error


def assignment_files(assignment: Assignment) -> list[tuple[str, Path]]:
    """Return the files that decide a result, each with the name that it has wherever the course lies."""
    folder, solutions = assignment.folder, assignment.solution_folder
    files = [folder / "assignment.toml", *(folder / f"{module}.py" for module in assignment.modules)]
    files += [*_files_below(folder / "checks"), *_files_below(solutions), *folder.glob(RECORDING)]
    return [(_name(path, assignment), path) for path in files]


def _files_below(folder: Path) -> list[Path]:
    """Hidden files and caches do not decide a result."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(folder).parts)
    ]


def _name(path: Path, assignment: Assignment) -> str:
    if path.is_relative_to(assignment.folder):
        return f"{ASSIGNMENT}/{path.relative_to(assignment.folder).as_posix()}"
    return f"{SOLUTION}/{path.relative_to(assignment.solution_folder).as_posix()}"
