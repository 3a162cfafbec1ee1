"""What can go wrong through no fault of the student.

A fault of the student's code is a result, not an error: see `grader.sandbox.faults`.
"""


class GraderError(Exception):
    """The base of every deliberate error: what happened, and what to do about it.

    `message` is one lower-case sentence without a full stop; `hint` says what to do next.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.hint)


class UsageError(GraderError):
    """The command was called with something that does not exist or cannot be read."""


class SubmissionError(UsageError):
    """The submission cannot be read at all: there is nothing to grade."""


class AssignmentError(GraderError):
    """The assignment itself is damaged: its manifest, a check, a reference or a misconception."""


class ReportError(GraderError):
    """A finished report cannot be written."""


class IsolationError(GraderError):
    """The student's process cannot be started or locked in as required."""


class GradebookError(GraderError):
    """The gradebook cannot be opened, read or written; what it held before is still there."""


def _rebuild(kind: type[GraderError], message: str, hint: str) -> GraderError:
    return kind(message, hint=hint)
