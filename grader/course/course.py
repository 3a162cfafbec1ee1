"""Which assignments a course has, and where the course is."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.course.manifest import MANIFEST, read_manifest
from grader.course.names import by_number, nearest
from grader.errors import UsageError
from grader.model.assignment import Assignment, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A folder that holds `assignments/` and, for its authors, `solutions/`."""

    folder: Path

    @property
    def assignment_ids(self) -> tuple[str, ...]:
        """Names of the folders in `assignments/` that have a manifest, by number; no manifest is read."""
        names = (manifest.parent.name for manifest in self._assignments_folder.glob(f"*/{MANIFEST}"))
        return tuple(sorted(names, key=by_number))

    def assignments(self) -> tuple[Assignment, ...]:
        """Read every assignment, by number; raise `AssignmentError` at the first damaged one."""
        return tuple(self.assignment(name) for name in self.assignment_ids)

    def assignment(self, name: str) -> Assignment:
        """Read one assignment.

        Raises `UsageError` when there is none of that name, and `AssignmentError` when it is damaged.
        """
        if name not in self.assignment_ids:
            raise _unknown("assignment", name, self.assignment_ids, place=str(self._assignments_folder))
        return read_manifest(self._assignments_folder / name, self.folder / "solutions" / name)

    @property
    def _assignments_folder(self) -> Path:
        return self.folder / "assignments"


def open_course(folder: Path) -> Course:
    """Return the course in exactly this folder; raise `UsageError` when it has no `assignments/`."""
    if not (folder / "assignments").is_dir():
        what = "has no assignments/ in it" if folder.is_dir() else "is not a folder"
        raise UsageError(f"{folder} {what}", hint="give the folder of a course: the one that holds assignments/")
    return Course(folder=folder.resolve())


def find_course(start: Path | None = None) -> Course:
    """Return the course that `start` (default: the current folder) lies in: the nearest folder with `assignments/`.

    Raises `UsageError` when there is none up to the root.
    """
    place = (start or Path.cwd()).resolve()
    for folder in (place, *place.parents):
        if (folder / "assignments").is_dir():
            return Course(folder=folder)
    raise UsageError(
        f"no course found: neither {place} nor a folder above it has assignments/ in it",
        hint="go to the course's folder, or give it with --course",
    )


def find_question(assignment: Assignment, name: str) -> Question:
    """Return the question called `name`; raise `UsageError` that suggests the nearest when there is none."""
    try:
        return assignment.question(name)
    except KeyError:
        known = [question.id for question in assignment.questions]
        raise _unknown("question", name, known, place=assignment.id) from None


def _unknown(kind: str, name: str, known: Iterable[str], *, place: str) -> UsageError:
    names = list(known)
    if not names:
        return UsageError(f"there is no {kind} {name!r}: {place} has none", hint=f"add the first {kind} there")
    guess = nearest(name, names)
    return UsageError(
        f"there is no {kind} {name!r}; known: {', '.join(names)}",
        hint=f"did you mean {guess}?" if guess else f"use one of these {kind}s",
    )
