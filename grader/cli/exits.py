"""What an exit code says."""

from enum import IntEnum

from grader.model.result import GradedSubmission

_ROUNDING = 1e-9


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    """All points, or the share that `--fail-under` asks for."""
    POINTS_LOST = 1
    NOT_SOUND = 1
    """Of `grade verify`: something is to be mended."""
    STALE = 1
    """Of `grade release --check`: a stub is not what its reference makes it."""
    INCOMPLETE = 1
    """Of `grade export`: some marks are not in it."""
    USAGE = 2
    """Something named on the command line does not exist or cannot be read."""
    FAULT = 3
    """A fault of the grader or of the assignment: the submission is ungraded."""
    INTERRUPTED = 130
    """Ctrl-C, as shells report it."""
    PIPE_CLOSED = 141
    """The reader of our output left, as shells report it."""


def exit_code(graded: GradedSubmission, *, fail_under_percent: float = 100.0) -> ExitCode:
    """Return the exit code of a graded submission."""
    if not graded.gradable:
        return ExitCode.FAULT
    enough = graded.max_points * fail_under_percent / 100
    return ExitCode.DONE if graded.points >= enough - _ROUNDING else ExitCode.POINTS_LOST
