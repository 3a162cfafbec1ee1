"""An assignment as one piece of bytes: packed where the course is, unpacked where its submissions are graded."""

import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath

from grader.course.course import open_course
from grader.course.digests import ASSIGNMENT, SOLUTION, assignment_digest, assignment_files
from grader.errors import AssignmentError
from grader.model.assignment import Assignment


def pack_assignment(assignment: Assignment) -> bytes:
    """Return an archive of the files that decide a result. Raises `AssignmentError` when one cannot be read."""
    folders = {ASSIGNMENT: f"assignments/{assignment.id}", SOLUTION: f"solutions/{assignment.id}"}
    packed = BytesIO()
    try:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in assignment_files(assignment):
                kind, _, rest = name.partition("/")
                archive.writestr(str(PurePosixPath(folders[kind], rest)), path.read_bytes())
    except OSError as error:
        raise AssignmentError(f"cannot read {error.filename}: {error.strerror}") from error
    return packed.getvalue()


def unpack_course(packed: bytes, folder: Path, name: str, digest: str) -> None:
    """Unpack the assignment `name` into `folder`, which becomes a course of this one.

    Raises `AssignmentError` when what arrived is not the assignment of that digest.
    """
    try:
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            archive.extractall(folder)
    except (zipfile.BadZipFile, EOFError) as error:
        raise _damaged(name) from error
    if assignment_digest(open_course(folder).assignment(name)) != digest:
        raise _damaged(name)


def _damaged(name: str) -> AssignmentError:
    return AssignmentError(f"{name} was damaged on its way to who grades with it", hint="run the same command again")
