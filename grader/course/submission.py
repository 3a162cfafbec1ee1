"""What a student handed in, as text: a folder, a Python file, a notebook or an archive. Nothing is compiled here: that
is slow or fatal for some texts, and so the worker's business."""

from pathlib import Path, PurePosixPath

from grader.course.files import printable
from grader.course.names import nearest
from grader.course.selection import (
    ARCHIVE_SUFFIXES,
    filenames,
    listed,
    read_archive_file,
    read_notebook_file,
    read_python_file,
    select,
)
from grader.course.tree import FileTree, folder_tree, reader_of
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.model.submission import Submission


def read_submission(path: Path, assignment: Assignment) -> Submission:
    """Read a folder or an archive with the assignment's modules or one notebook, a `.py` file, or an `.ipynb` file.

    A `.py` that is not named like a module holds all functions and serves as every module; so does a notebook. `path`
    itself may be a link, since the person who grades named it; what lies in a folder is not followed.
    Raises `SubmissionError` when there is nothing to grade; a problem at one module becomes an `UnreadableModule`.
    """
    try:
        place = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise SubmissionError(f"there is no submission {path}", hint=_similar_entry(path)) from error
    if place.is_dir():
        return select(folder_tree(place), assignment, name=place.name, place=place)
    file = PurePosixPath(place.name)
    tree = FileTree(label=place.name, files={file: reader_of(place)})
    name = stem_of(place.name)
    match file.suffix.lower():
        case ".py":
            return read_python_file(tree, file, assignment, name=name, place=place)
        case ".ipynb":
            return read_notebook_file(tree, file, assignment, name=name, place=place)
        case suffix if suffix in ARCHIVE_SUFFIXES:
            return read_archive_file(tree, file, assignment, name=name, place=place)
    raise SubmissionError(
        f"{path} is not a folder, a .py, .ipynb, .zip or .tar.gz file",
        hint=f"hand in {listed(filenames(assignment))}",
    )


def stem_of(filename: str) -> str:
    """Return a file's name without its ending; `.tar.gz` is one."""
    return PurePosixPath(filename).stem.removesuffix(".tar")


def _similar_entry(path: Path) -> str:
    try:
        entries = [entry.name for entry in path.parent.iterdir() if not entry.name.startswith(".")]
    except (OSError, ValueError):
        entries = []
    guess = nearest(path.name, entries)
    return f"did you mean {printable(str(path.parent / guess))}?" if guess else "check the path"
