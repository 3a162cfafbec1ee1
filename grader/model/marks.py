"""What a student gets: of attempts, lateness and manual points, one number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

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
    due: datetime | None = None
    """Until when there was time, where the student has more of it than the class."""
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
    due = max((adjustment.due for adjustment in adjustments if adjustment.due), default=None)
    own = late.extended(due) if late else None
    unmarked = Mark(
        student=student,
        points=None,
        max_points=max_points,
        adjustment=sum(adjustment.points for adjustment in adjustments),
        due=own.due if own and own is not late else None,
        comments=tuple(adjustment.comment for adjustment in adjustments if adjustment.comment),
    )
    marks = [_marked(unmarked, attempt, own) for attempt in sorted(attempts, key=_order)]
    if counted is Counted.BEST:
        marks = sorted((mark for mark in marks if mark.points is not None), key=_worth) or marks
    if marks:
        return marks[-1]
    is_given = any(adjustment.points for adjustment in adjustments)
    return replace(unmarked, points=max(0.0, unmarked.adjustment)) if is_given else unmarked


def _marked(unmarked: Mark, attempt: Attempt, late: LatePolicy | None) -> Mark:
    days = late.days_late(attempt.submitted_at) if late and attempt.submitted_at else 0
    penalty = unmarked.max_points * late.penalty_percent(days) / 100 if late else 0.0
    points = None if attempt.points is None else round(max(0.0, attempt.points + unmarked.adjustment - penalty), 6)
    return replace(unmarked, points=points, attempt=attempt, penalty=penalty, days_late=days)


def _order(attempt: Attempt) -> tuple[int, float]:
    return attempt.last_seen, attempt.submitted_at.timestamp() if attempt.submitted_at else 0.0


def _worth(mark: Mark) -> float:
    return mark.points or 0.0
