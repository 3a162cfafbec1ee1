"""What is known of a class and one assignment: who, which attempts, which marks."""

from dataclasses import dataclass, field

from grader.model.gradebook import Adjustment, Attempt, GradedAssignment, Member, Regrade
from grader.model.marks import Mark
from grader.model.result import GradedSubmission
from grader.model.similarity import SimilarPair


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedAttempt:
    """One attempt and its result."""

    attempt: Attempt
    graded: GradedSubmission | None
    """Without the details of its checks; None for an attempt that could not be graded yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRecord:
    """One student and all that was handed in for the assignment."""

    member: Member
    mark: Mark
    attempts: tuple[GradedAttempt, ...] = ()
    """In the order they were first recorded."""
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def counted(self) -> GradedAttempt | None:
        """The attempt that makes the mark."""
        chosen = self.mark.attempt
        return next((each for each in self.attempts if chosen and each.attempt.id == chosen.id), None)

    @property
    def graded(self) -> GradedSubmission | None:
        """The result that makes the mark."""
        return self.counted.graded if self.counted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRecord:
    """A class and one assignment."""

    assignment: GradedAssignment
    students: tuple[StudentRecord, ...]
    """Those on the roster, and those who handed in."""
    hints: dict[str, str] = field(default_factory=dict)
    """By misconception."""
    regrade: Regrade | None = None
    similar: tuple[SimilarPair, ...] = ()
    """Pairs for a person to look at."""
