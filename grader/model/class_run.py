"""What came of grading a class."""

from dataclasses import dataclass

from grader.model.change import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Ungraded:
    """A submission without a result, and why."""

    student: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRun:
    """What one run did, and where the class stands after it."""

    assignment: str
    title: str
    gradebook: str
    """Where it is."""
    submissions: int
    graded: int
    """Submissions graded in this run, whatever came of them; the others were taken from the gradebook."""
    unchanged: int
    ungraded: tuple[Ungraded, ...]
    points: tuple[float, ...]
    """The marks of those who have one, lateness and manual points included."""
    max_points: float
    changes: tuple[Change, ...]
    """Against earlier gradings of the same submissions."""
    missing: tuple[str, ...]
    """Students on the roster of whom there is no submission."""
    strangers: tuple[str, ...]
    """Students with a submission who are not on the roster, where there is one."""
    similar: int = 0
    """Pairs of submissions with much in common."""
    seconds: float
