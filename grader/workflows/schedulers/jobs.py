"""What is sent to whoever grades many submissions, and what comes back: the same on this machine and on a cluster."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from grader.model.result import GradedSubmission
from grader.model.submission import Submission
from grader.sandbox import Isolation, Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What all submissions of a run share."""

    course: Path
    assignment: str
    assignment_digest: str
    """Of the assignment when the run began: whoever grades with another one must refuse."""
    seed: int
    isolation: Isolation = Isolation.STRICT
    limits: Limits = field(default_factory=Limits)
    idle_seconds: float | None = None
    """A process that is asked for nothing for so long ends by itself; None: it waits for its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One submission to grade."""

    number: int
    submission: Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a job."""

    job: Job
    graded: GradedSubmission | None = None
    reason: str = ""
    """Why there is no result, where there is none."""


class Scheduler(Protocol):
    """Grades submissions somewhere, several at once."""

    def grade(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield one answer for each job, as soon as it is known, in any order.

        When the iterator is closed, or an exception passes through it, all that still works is stopped. Raises
        `GraderError` for a fault that every submission would share: an assignment that is damaged or has changed, a
        machine on which student code cannot be locked in.
        """
