"""Lateness counts in days that have begun, from the due date, once the grace is over."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from grader.errors import AssignmentError
from grader.model.policy import LatePolicy

DUE = datetime(2026, 10, 1, 23, 59, tzinfo=timezone(timedelta(hours=2)))


def policy(**fields: Any) -> LatePolicy:
    return LatePolicy(**{"due": DUE, **fields})


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (timedelta(days=-3), 0),
        (timedelta(0), 0),
        (timedelta(seconds=1), 1),
        (timedelta(days=1), 1),
        (timedelta(days=1, seconds=1), 2),
        (timedelta(days=9, hours=12), 10),
    ],
)
def test_a_day_counts_once_it_has_begun(after: timedelta, days: int) -> None:
    assert policy().days_late(DUE + after) == days


def test_the_grace_forgives_but_does_not_move_the_due_date() -> None:
    with_grace = policy(grace_minutes=60)
    assert with_grace.days_late(DUE + timedelta(hours=1)) == 0
    assert with_grace.days_late(DUE + timedelta(hours=1, seconds=1)) == 1
    assert with_grace.days_late(DUE + timedelta(hours=24, minutes=30)) == 2


def test_clocks_of_other_time_zones_show_the_same_moment() -> None:
    assert policy().days_late(datetime(2026, 10, 1, 21, 59, tzinfo=UTC)) == 0
    assert policy().days_late(datetime(2026, 10, 1, 22, 0, tzinfo=UTC)) == 1


@pytest.mark.parametrize(("days", "percent"), [(0, 0), (1, 0), (2, 0), (3, 10), (5, 30), (6, 35), (60, 35)])
def test_late_days_are_free_and_the_cap_holds(days: int, percent: float) -> None:
    assert policy(percent_per_day=10, late_days=2, cap_percent=35).penalty_percent(days) == percent


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"due": datetime(2026, 10, 1)}, "has no offset from UTC"),  # noqa: DTZ001 - that is the point
        ({"grace_minutes": -1}, "0 or more"),
        ({"grace_minutes": float("nan")}, "0 or more"),
        ({"late_days": -1}, "0 or more"),
        ({"percent_per_day": 101}, "between 0 and 100"),
        ({"percent_per_day": float("nan")}, "between 0 and 100"),
        ({"cap_percent": -1}, "between 0 and 100"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(AssignmentError, match=message):
        policy(**fields)
