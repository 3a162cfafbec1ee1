"""Which files a submission consists of, wherever they lie: in a folder, an archive, or side by side in a download."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from grader.course.files import printable, read_regular
from grader.errors import SubmissionError

Reader = Callable[[int], bytes]
"""Takes the most bytes to read; raises `SubmissionError` when the file is no regular one or larger."""

MAX_DEPTH = 4
MAX_FILES = 2000
"""Of a folder, so many files are looked at below its top: data sets and environments are no submission."""

TOP = PurePosixPath()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTree:
    """Files by their names relative to one place; links, hidden files and caches are not among them."""

    label: str
    """What a message calls the whole."""
    files: Mapping[PurePosixPath, Reader]

    def names(self, folder: PurePosixPath) -> list[str]:
        """Return the names of the files in one folder, sorted."""
        return sorted(path.name for path in self.files if path.parent == folder)

    def read(self, path: PurePosixPath, *, limit_bytes: int) -> bytes:
        """Return a file's content; raise `SubmissionError` when there is none, or it cannot be read."""
        reader = self.files.get(path)
        if reader is None:
            raise SubmissionError(f"there is no {path.name}", hint=f"write it, and save it as {path.name}")
        return reader(limit_bytes)


def folder_tree(folder: Path) -> FileTree:
    """Return what a folder holds: all files at its top, and the first `MAX_FILES` at most `MAX_DEPTH` levels below.

    Raises `SubmissionError` when the folder may not be listed.
    """
    try:
        files, level = _listed(folder)
    except OSError as error:
        raise SubmissionError(f"cannot list {folder}", hint="check the folder's permissions") from error
    for _ in range(MAX_DEPTH):
        deeper: list[Path] = []
        for place in level:
            if len(files) > MAX_FILES:
                break
            try:
                found, below = _listed(place)
            except OSError:  # what may not be listed holds nothing to grade
                continue
            files += found
            deeper += below
        level = deeper
    return FileTree(label=printable(str(folder)), files={_relative(path, folder): reader_of(path) for path in files})


def reader_of(path: Path) -> Reader:
    """Return what reads a file on disk."""
    return partial(_read, path)


def is_noise(name: str) -> bool:
    """Whether a file or folder of that name comes from an editor, a system or Python, and is not handed in."""
    return name.startswith((".", "__"))


def _listed(folder: Path) -> tuple[list[Path], list[Path]]:
    """Links stay among the files, so that reading one says that it is a link."""
    with os.scandir(folder) as entries:
        shown = sorted((entry for entry in entries if not is_noise(entry.name)), key=lambda entry: entry.name)
    folders = [Path(entry.path) for entry in shown if entry.is_dir(follow_symlinks=False)]
    return [Path(entry.path) for entry in shown if not entry.is_dir(follow_symlinks=True)], folders


def _relative(path: Path, folder: Path) -> PurePosixPath:
    return PurePosixPath(path.relative_to(folder).as_posix())


def _read(path: Path, limit_bytes: int) -> bytes:
    return read_regular(path, limit_bytes=limit_bytes)
