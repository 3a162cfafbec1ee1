"""What a student gets: of attempts, lateness and manual points, one number."""

from collections.abc import Sequence
from dataclasses import dataclass

from grader.model.gradebook import Adjustment, Attempt
from grader.model.policy import Counted, LatePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One student's mark for one assignment, and how it came about."""

    student: str
    points: float | None
    """Never below 0. None: there is nothing to count, or the attempt that counts could not be graded."""
    max_points: float
    attempt: Attempt | None = None
    """The one that counts."""
    adjustment: float = 0.0
    penalty: float = 0.0
    days_late: int = 0
    comments: tuple[str, ...] = ()


def mark_of(
    student: str,
    attempts: Sequence[Attempt],
    adjustments: Sequence[Adjustment] = (),
    *,
    max_points: float,
    late: LatePolicy | None = None,
    counted: Counted = Counted.LAST,
) -> Mark:
    """Return the mark of a student from all attempts at one assignment and what was given by hand.

    An attempt without a time of submission is not late: nobody loses points for what is not known.
    """
    given = sum(adjustment.points for adjustment in adjustments)
    comments = tuple(adjustment.comment for adjustment in adjustments if adjustment.comment)
    marks = [_mark(attempt, given, comments, max_points, late) for attempt in sorted(attempts, key=_order)]
    if counted is Counted.BEST:
        marks = sorted((mark for mark in marks if mark.points is not None), key=_worth) or marks
    if marks:
        return marks[-1]
    by_hand = max(0.0, given) if adjustments else None
    return Mark(student=student, points=by_hand, max_points=max_points, adjustment=given, comments=comments)


def _mark(
    attempt: Attempt, given: float, comments: tuple[str, ...], max_points: float, late: LatePolicy | None
) -> Mark:
    days = late.days_late(attempt.submitted_at) if late and attempt.submitted_at else 0
    penalty = max_points * late.penalty_percent(days) / 100 if late else 0.0
    worth = None if attempt.points is None else round(max(0.0, attempt.points + given - penalty), 6)
    return Mark(
        student=attempt.student,
        points=worth,
        max_points=max_points,
        attempt=attempt,
        adjustment=given,
        penalty=penalty,
        days_late=days,
        comments=comments,
    )


def _order(attempt: Attempt) -> tuple[int, float]:
    return attempt.last_seen, attempt.submitted_at.timestamp() if attempt.submitted_at else 0.0


def _worth(mark: Mark) -> float:
    return mark.points or 0.0
