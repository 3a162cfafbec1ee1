"""A mark is the attempt that counts, what was given by hand, and what lateness costs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from grader.model.gradebook import Adjustment, Attempt
from grader.model.marks import Mark, mark_of
from grader.model.policy import Counted, LatePolicy

DUE = datetime(2026, 10, 1, 12, tzinfo=UTC)
LATE = LatePolicy(due=DUE, percent_per_day=10)


def attempt(number: int, points: float | None, **fields: Any) -> Attempt:
    return Attempt(
        **{
            "id": number,
            "student": "alice",
            "assignment": "small",
            "submission": "alice",
            "digest": f"sha256:{number}",
            "submitted_at": None,
            "last_seen": number,
            "points": points,
            "max_points": 100.0,
            "graded_at": DUE,
            **fields,
        }
    )


def given(points: float, comment: str = "", due: datetime | None = None) -> Adjustment:
    return Adjustment(student="alice", assignment="small", points=points, due=due, comment=comment, made_at=DUE)


def mark(*attempts: Attempt, by_hand: tuple[Adjustment, ...] = (), **rules: Any) -> Mark:
    return mark_of("alice", attempts, by_hand, max_points=100.0, **rules)


@pytest.mark.parametrize(("counted", "points"), [(Counted.LAST, 50.0), (Counted.BEST, 70.0)])
def test_the_best_or_the_last_attempt_counts(counted: Counted, points: float) -> None:
    assert mark(attempt(3, 50.0), attempt(1, 40.0), attempt(2, 70.0), counted=counted).points == points


def test_an_earlier_text_handed_in_again_is_the_last() -> None:
    assert mark(attempt(1, 40.0, last_seen=5), attempt(2, 70.0, last_seen=4)).points == 40.0


@pytest.mark.parametrize(("counted", "points"), [(Counted.LAST, None), (Counted.BEST, 70.0)])
def test_an_attempt_that_could_not_be_graded_is_no_zero(counted: Counted, points: float | None) -> None:
    assert mark(attempt(1, 70.0), attempt(2, None), counted=counted).points == points
    assert mark(attempt(2, None), counted=counted).points is None


def test_lateness_costs_a_share_of_the_assignments_points() -> None:
    late = mark(attempt(1, 55.0, submitted_at=DUE + timedelta(days=2)), late=LATE)
    assert (late.points, late.penalty, late.days_late) == (35.0, 20.0, 2)


def test_the_best_attempt_is_the_best_after_lateness() -> None:
    early = attempt(1, 60.0, submitted_at=DUE)
    late = attempt(2, 70.0, submitted_at=DUE + timedelta(days=2))
    assert mark(early, late, late=LATE, counted=Counted.BEST).attempt == early


def test_what_is_not_known_to_be_late_is_not_late() -> None:
    assert mark(attempt(1, 60.0), late=LATE).points == 60.0


def test_for_a_student_with_more_time_lateness_counts_from_there() -> None:
    third_day = attempt(1, 55.0, submitted_at=DUE + timedelta(days=3))
    more, earlier = given(0.0, due=DUE + timedelta(days=2)), given(0.0, due=DUE - timedelta(days=1))
    late = mark(third_day, by_hand=(more, earlier), late=LATE)
    assert (late.points, late.days_late, late.due) == (45.0, 1, more.due)
    nothing_gained = mark(third_day, by_hand=(earlier,), late=LATE)
    assert (nothing_gained.points, nothing_gained.days_late, nothing_gained.due) == (25.0, 3, None)
    assert mark(third_day, by_hand=(more,)).due is None, "without a due date there is nothing to have more time for"


def test_manual_points_are_added_and_the_mark_never_falls_below_zero() -> None:
    by_hand = (given(5.0, "neat"), given(-1.0))
    assert mark(attempt(1, 60.0), by_hand=by_hand).points == 64.0
    assert mark(attempt(1, 60.0), by_hand=by_hand).comments == ("neat",)
    assert mark(attempt(1, 60.0), by_hand=(given(-80.0),)).points == 0.0
    assert mark(attempt(1, 5.0, submitted_at=DUE + timedelta(days=9)), late=LATE).points == 0.0


def test_who_handed_in_nothing_has_only_what_was_given() -> None:
    assert mark().points is None
    assert mark(by_hand=(given(30.0, "on paper"),)).points == 30.0
    assert mark(by_hand=(given(0.0, "ill"),)).points is None
    assert mark(by_hand=(given(0.0, due=DUE + timedelta(days=2)),), late=LATE).points is None
