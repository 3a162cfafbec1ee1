"""How attempts become a mark: which attempt counts, and what handing in late costs."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from grader.errors import AssignmentError

_DAY = timedelta(days=1)


class Counted(StrEnum):
    """Which of a student's attempts makes the mark."""

    BEST = "best"
    """The one that is worth most, lateness included."""
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePolicy:
    """What an attempt loses when it comes after the due date."""

    due: datetime
    """With its offset from UTC: a class may live in another time zone than the grader."""
    grace_minutes: float = 0.0
    """So long after the due date nothing is late yet; after that, lateness counts from the due date."""
    percent_per_day: float = 0.0
    """Of the assignment's points, for each day that has begun."""
    late_days: int = 0
    """Days that cost nothing."""
    cap_percent: float = 100.0
    """The most that lateness costs, of the assignment's points."""

    def __post_init__(self) -> None:
        if self.due.utcoffset() is None:
            raise AssignmentError(
                f"the due date {self.due.isoformat()} has no offset from UTC", hint="write 2026-10-01T23:59:00+02:00"
            )
        if not (0 <= self.grace_minutes < math.inf) or self.late_days < 0:
            raise AssignmentError("grace_minutes and late_days are 0 or more", hint="leave a key out for none")
        if not (0 <= self.percent_per_day <= 100 and 0 <= self.cap_percent <= 100):
            raise AssignmentError("percent_per_day and cap_percent lie between 0 and 100")

    def extended(self, due: datetime | None) -> "LatePolicy":
        """Return the policy for somebody who has until `due`, if that is later than for the class."""
        return self if due is None or due <= self.due else replace(self, due=due)

    def days_late(self, submitted_at: datetime) -> int:
        """Return how many days after the due date have begun; 0 until the grace is over."""
        if submitted_at <= self.due + timedelta(minutes=self.grace_minutes):
            return 0
        return -((self.due - submitted_at) // _DAY)

    def penalty_percent(self, days_late: int) -> float:
        """Return what so many days cost, in percent of the assignment's points."""
        return min(self.cap_percent, self.percent_per_day * max(0, days_late - self.late_days))
