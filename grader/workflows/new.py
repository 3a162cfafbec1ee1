"""Start a new assignment: all of its files, or none."""

import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from grader.course import Course
from grader.course.files import read_regular
from grader.course.notebook_cells import NOTEBOOK_BYTES
from grader.course.skeleton import Files, draft_files, sample_files
from grader.errors import UsageError
from grader.model.draft import LeftOut
from grader.notebooks import draft_of

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_DEVICES = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9])", re.IGNORECASE)
"""Names that Windows gives to no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssignment:
    """What was written."""

    name: str
    files: tuple[PurePosixPath, ...]
    """Places in the course's folder, sorted."""
    left_out: tuple[LeftOut, ...] = ()
    """What a notebook held that was not taken over."""


def new_assignment(course: Course, name: str) -> NewAssignment:
    """Write an assignment called `name` with one sample question, which `grade verify` accepts as it is.

    Raises `UsageError` for a name that is taken or cannot be one, and where the files cannot be written; nothing is
    left behind then.
    """
    require_free(course, name)
    return _written(course, name, sample_files(name))


def import_assignment(course: Course, name: str, notebook: Path) -> NewAssignment:
    """Write an assignment called `name` from an instructor's notebook of nbgrader or otter; nothing of it is run.

    Raises `UsageError` as `new_assignment` does, and for a notebook that cannot be read or holds no question.
    """
    require_free(course, name)
    if not notebook.is_file():
        raise UsageError(f"there is no notebook {notebook}", hint="give the .ipynb file")
    draft = draft_of(read_regular(notebook.resolve(), limit_bytes=NOTEBOOK_BYTES), notebook.name)
    written = _written(course, name, draft_files(name, draft, notebook.name))
    return replace(written, left_out=draft.left_out)


def require_free(course: Course, name: str) -> None:
    """Raise `UsageError` unless a new assignment can be called `name`."""
    if not _NAME.fullmatch(name) or _DEVICES.fullmatch(name):
        raise UsageError(
            f"{name!r} cannot be an assignment's name",
            hint="begin with a letter, and use letters, digits, _ and -, at most 64 of them",
        )
    for folder in _folders(course):
        if taken := [entry for entry in _entries(folder) if entry.casefold() == name.casefold()]:
            raise UsageError(f"there is {folder.name}/{taken[0]} already", hint="choose another name")


def _written(course: Course, name: str, files: Files) -> NewAssignment:
    try:
        _write(course, name, files)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(
            f"cannot write the assignment to {course.folder}: {reason}", hint="nothing was changed; try again"
        ) from error
    return NewAssignment(name=name, files=tuple(sorted(files)))


def _write(course: Course, name: str, files: Files) -> None:
    """Write the files beside their place and move them there: nobody sees half an assignment."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=course.folder) as place:
        for path, text in files.items():
            draft = Path(place, path)
            draft.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(text, encoding="utf-8", newline="\n")
        with ExitStack() as undo:
            for folder in _folders(course):
                if not folder.exists():
                    folder.mkdir()
                    undo.callback(folder.rmdir)
                Path(place, folder.name, name).rename(folder / name)
                undo.callback(shutil.rmtree, folder / name, ignore_errors=True)
            undo.pop_all()


def _folders(course: Course) -> tuple[Path, Path]:
    """Return where the two halves of an assignment go; what students see comes last, since a course lists that."""
    return course.folder / "solutions", course.folder / "assignments"


def _entries(folder: Path) -> Iterable[str]:
    return [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
