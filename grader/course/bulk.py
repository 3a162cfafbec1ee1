"""What each student of a class handed in: the entries of a download of Canvas, Moodle or Gradescope, a folder of GitHub
clones, or of a folder with one entry for each student."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path, PurePosixPath

from grader.course.download_names import DownloadName, parse_download_name, without_copy_number
from grader.course.files import printable
from grader.course.gradescope import METADATA, read_submitters
from grader.course.selection import ARCHIVE_SUFFIXES, select
from grader.course.submission import read_submission, stem_of
from grader.course.tree import FileTree, folder_tree, is_noise, reader_of
from grader.errors import SubmissionError
from grader.model.assignment import Assignment
from grader.model.found import FoundSubmission, Platform, Student
from grader.model.submission import Submission

_PLAIN_SUFFIXES = ARCHIVE_SUFFIXES | {".py", ".ipynb", ".rar", ".7z", ".bz2", ".xz"}
"""Files outside a platform's layout that are somebody's: those that can be read, and archives that cannot."""
_GITHUB_FOLDER_ENDING = "-submissions"


@dataclass(frozen=True, slots=True, kw_only=True)
class _HandIn:
    """The entries of one student or group."""

    platform: Platform
    students: tuple[Student, ...]
    paths: list[Path] = field(default_factory=list)
    names: list[DownloadName] = field(default_factory=list)
    """What the paths' names say, where they say something."""


def find_submissions(folder: Path, assignment: Assignment) -> tuple[FoundSubmission, ...]:
    """Return what every student of a class handed in, by name.

    Several files of one student are one submission; of a file handed in again, the newest counts. Links are not
    followed. What cannot be read is an entry with a problem; only a folder that cannot be listed raises
    `SubmissionError`.
    """
    found = [_found(each, assignment) for each in _hand_ins(_export(folder), assignment)]
    return tuple(sorted(found, key=lambda each: (each.students[0].name.casefold(), each.students[0].id)))


def _export(folder: Path) -> Path:
    """A downloaded archive often has one folder around all."""
    entries = _entries(folder)
    if len(entries) == 1 and _is_folder(entries[0]):
        inner = _entries(entries[0])
        if any(path.name == METADATA or parse_download_name(path.name) for path in inner):
            return entries[0]
    return folder


def _hand_ins(folder: Path, assignment: Assignment) -> Iterable[_HandIn]:
    entries = _entries(folder)
    if any(path.name == METADATA for path in entries):
        return _of_gradescope(folder, entries)
    clones = [path for path in entries if _is_folder(path) and os.path.lexists(path / ".git")]
    prefix = _clone_prefix(folder, [path.name for path in clones], assignment)
    collected: dict[tuple[Platform, str], _HandIn] = {}
    for path in entries:
        says = parse_download_name(path.name)
        if says:
            platform, student = says.platform, says.student
        elif path in clones:
            user = printable(path.name.removeprefix(prefix))
            platform, student = Platform.GITHUB, Student(id=user, name=user)
        elif _is_folder(path) or path.suffix.lower() in _PLAIN_SUFFIXES:
            user = printable(path.name if _is_folder(path) else stem_of(path.name))
            platform, student = Platform.PLAIN, Student(id=user, name=user)
        else:
            continue
        hand_in = collected.setdefault((platform, student.id), _HandIn(platform=platform, students=(student,)))
        hand_in.paths.append(path)
        if says:
            hand_in.names.append(says)
    return collected.values()


def _of_gradescope(folder: Path, entries: Sequence[Path]) -> Iterator[_HandIn]:
    submitters = read_submitters(folder)
    present = {path.name: path for path in entries if _is_folder(path)}
    for name in sorted(present.keys() | submitters.keys()):
        unknown = Student(id=printable(name), name=printable(name))
        yield _HandIn(
            platform=Platform.GRADESCOPE,
            students=submitters.get(name) or (unknown,),
            paths=[present.get(name, folder / name)],
        )


def _found(hand_in: _HandIn, assignment: Assignment) -> FoundSubmission:
    submission, problem, hint = None, "", ""
    try:
        submission = _read(hand_in, assignment)
    except SubmissionError as error:
        problem, hint = error.message, error.hint
    except OSError as error:
        problem = f"it cannot be read: {(error.strerror or str(error)).lower()}"
    return FoundSubmission(
        platform=hand_in.platform,
        students=hand_in.students,
        entries=tuple(printable(path.name) for path in hand_in.paths),
        is_late=any(name.is_late for name in hand_in.names),
        submission=submission,
        problem=problem,
        hint=hint,
    )


def _read(hand_in: _HandIn, assignment: Assignment) -> Submission:
    for path in hand_in.paths:
        if path.is_symlink():
            raise SubmissionError(f"{printable(path.name)} is a link", hint="put what it points to there")
    name = " and ".join(student.name for student in hand_in.students)
    if hand_in.names:
        return select(_named_files(hand_in), assignment, name=name, place=hand_in.paths[0])
    if len(hand_in.paths) > 1:
        entries = " and ".join(printable(path.name) for path in hand_in.paths)
        raise SubmissionError(f"there is more than one submission: {entries}", hint="keep the one that counts")
    return replace(read_submission(hand_in.paths[0], assignment), name=name)


def _named_files(hand_in: _HandIn) -> FileTree:
    """Return the files of a student under their own names; of a file handed in again, the newest."""
    files = [(name, path) for name, path in zip(hand_in.names, hand_in.paths, strict=True) if not name.is_text]
    if not files:
        raise SubmissionError("text or a link was handed in instead of files", hint="hand in the files themselves")
    label = f"the submission of {hand_in.students[0].name}"
    folders = [path for name, path in files if not name.filename]
    trees = [folder_tree(path).files for path in folders]
    newest: dict[str, tuple[int, int, Path]] = {}
    for name, path in files:
        if name.filename:
            original, copy = without_copy_number(name.filename)
            newest[original] = max(newest.get(original, (-1, 0, path)), (copy, name.number, path))
    loose = {PurePosixPath(name): reader_of(path) for name, (_, _, path) in newest.items()}
    return FileTree(label=label, files={key: reader for tree in [*trees, loose] for key, reader in tree.items()})


def _clone_prefix(folder: Path, names: Sequence[str], assignment: Assignment) -> str:
    """Return what stands before the user's name in the folders of clones, `<assignment>-<user>`."""
    for prefix in (folder.name.removesuffix(_GITHUB_FOLDER_ENDING) + "-", f"{assignment.id}-"):
        if names and all(name.startswith(prefix) for name in names):
            return prefix
    words = [name.split("-") for name in names] if len(names) > 1 else []
    return "".join(f"{same[0]}-" for same in takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False)))


def _entries(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if not is_noise(entry.name))
    except OSError as error:
        raise SubmissionError(f"cannot list {folder}", hint="give the folder that holds the submissions") from error


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
