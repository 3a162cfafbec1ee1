"""What a gradebook holds: students, their attempts, and what a person added by hand."""

from dataclasses import dataclass
from datetime import datetime

from grader.model.change import Change
from grader.model.policy import Counted, LatePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Someone in the class: who hands in, or should."""

    id: str
    """What the course calls the student everywhere: a login, a number, the name of a folder."""
    name: str = ""
    email: str = ""
    section: str = ""
    on_roster: bool = False
    """False for a student who is only known from a submission."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedAssignment:
    """An assignment that a class was graded for."""

    id: str
    title: str
    max_points: float
    counted: Counted
    late: LatePolicy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One text that a student handed in for an assignment, and what it is worth. Another text is another attempt."""

    id: int
    student: str
    assignment: str
    submission: str
    digest: str
    """Empty for one that could not be read."""
    submitted_at: datetime | None
    """None where nobody wrote it down."""
    last_seen: int
    """The number of the last run that found it: what a student handed in last has the highest."""
    points: float | None
    """None: it could not be graded yet."""
    max_points: float
    errors: tuple[str, ...] = ()
    """Why the latest grading failed, if it did; the points of an earlier one stand."""
    graded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Points, a comment, more time, given by a person to a student. A regrade keeps it."""

    student: str
    assignment: str
    question: str | None = None
    """None: of the assignment as a whole."""
    points: float = 0.0
    """Added to what the checks give; may be negative."""
    due: datetime | None = None
    """Until when this student has time; of the assignment as a whole."""
    comment: str = ""
    author: str = ""
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One grading of a class, from its start to its end, however often it was interrupted."""

    id: int
    assignment: str
    assignment_digest: str
    seed: int
    regrade: bool
    resumed: bool = False
    """It was begun earlier and did not end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrade:
    """A run that graded attempts again."""

    started_at: datetime
    attempts: int
    """How many it graded that had been graded before."""
    changes: tuple[Change, ...]
    """Those of them that came out otherwise."""
