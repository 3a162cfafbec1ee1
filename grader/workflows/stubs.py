"""Make an assignment's stubs anew from its references."""

from grader.course.students_copy import stale_stubs, stub_text
from grader.errors import UsageError
from grader.model.assignment import Assignment


def write_stubs(assignment: Assignment) -> tuple[str, ...]:
    """Write the stubs that are not what their references make them; return their file names.

    Raises `AssignmentError` for a reference that is missing or has damaged markers, before anything is written, and
    `UsageError` where a stub cannot be written.
    """
    stale = stale_stubs(assignment)
    texts = {name: stub_text(assignment, name.removesuffix(".py")) for name in stale}
    for name, text in texts.items():
        try:
            (assignment.folder / name).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(
                f"cannot write {assignment.folder / name}: {reason}", hint="check the permissions of the folder"
            ) from error
    return stale
