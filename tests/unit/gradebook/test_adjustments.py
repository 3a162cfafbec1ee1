"""What a person gave by hand survives every grading, and the mark counts it in."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from grader.errors import UsageError
from grader.gradebook import (
    Gradebook,
    adjust,
    adjustments_to,
    begin_run,
    end_run,
    marks_of,
    record,
    replace_adjustments,
    replace_roster,
)
from grader.model.assignment import Assignment
from grader.model.gradebook import Adjustment, Member
from grader.model.policy import Counted, LatePolicy
from tests.fakes.class_results import result

MOMENT = datetime(2026, 10, 1, 12, tzinfo=UTC)
BONUS = Adjustment(
    student="alice",
    assignment="small",
    question="double",
    points=5.0,
    comment="a fine derivation",
    author="tutor",
    made_at=MOMENT,
)


def test_manual_points_and_comments_survive_a_regrade(gradebook: Gradebook, assignment: Assignment) -> None:
    for regrade, points in ((False, 40.0), (True, 60.0)):
        run = begin_run(gradebook, assignment, assignment_digest="sha256:one", seed=7, regrade=regrade)
        record(gradebook, run, "alice", result(points))
        end_run(gradebook, run)
        if not regrade:
            adjust(gradebook, BONUS)
    (mark,) = marks_of(gradebook, "small")
    assert (mark.points, mark.adjustment, mark.comments) == (65.0, 5.0, ("a fine derivation",))
    assert adjustments_to(gradebook, "small") == {"alice": (BONUS,)}


def test_nothing_can_be_given_for_an_assignment_that_is_not_known(gradebook: Gradebook) -> None:
    with pytest.raises(UsageError, match="does not know small"):
        adjust(gradebook, BONUS)
    with pytest.raises(UsageError, match="does not know small"):
        marks_of(gradebook, "small")


def test_marks_follow_the_policy_of_the_last_run(gradebook: Gradebook, assignment: Assignment) -> None:
    late = LatePolicy(due=datetime(2026, 9, 30, 12, tzinfo=UTC), percent_per_day=10)
    for policy, expected in ((None, 60.0), (late, 50.0), (replace(late, late_days=1), 60.0)):
        ruled = replace(assignment, late=policy, counted=Counted.BEST)
        run = begin_run(gradebook, ruled, assignment_digest="sha256:one", seed=7)
        record(gradebook, run, "alice", result(60.0, text="one"), submitted_at=MOMENT)
        record(gradebook, run, "alice", result(20.0, text="two"), submitted_at=MOMENT)
        (mark,) = marks_of(gradebook, "small")
        assert mark.points == expected


def test_everyone_on_the_roster_has_a_mark_if_only_an_empty_one(gradebook: Gradebook, assignment: Assignment) -> None:
    replace_roster(gradebook, [Member(id="bob"), Member(id="zoe")])
    replace_roster(gradebook, [Member(id="bob", name="Bob")])
    run = begin_run(gradebook, assignment, assignment_digest="sha256:one", seed=7)
    record(gradebook, run, "alice", result(60.0))
    assert {mark.student: mark.points for mark in marks_of(gradebook, "small")} == {"alice": 60.0, "bob": None}


def test_the_same_table_twice_counts_once_and_keeps_its_time(gradebook: Gradebook, assignment: Assignment) -> None:
    begin_run(gradebook, assignment, assignment_digest="sha256:one", seed=7)
    for moment in (MOMENT, MOMENT.replace(year=2027)):
        replace_adjustments(gradebook, "small", [replace(BONUS, made_at=moment), replace(BONUS, made_at=moment)])
    assert adjustments_to(gradebook, "small") == {"alice": (BONUS, BONUS)}


def test_a_new_line_stands_in_place_of_its_authors_old_one_alone(gradebook: Gradebook, assignment: Assignment) -> None:
    begin_run(gradebook, assignment, assignment_digest="sha256:one", seed=7)
    others = [
        replace(BONUS, author="another tutor"),
        replace(BONUS, question=None, points=0.0, comment="", due=MOMENT),
        replace(BONUS, student="bob"),
    ]
    replace_adjustments(gradebook, "small", [BONUS, *others])
    corrected = replace(BONUS, points=3.0, comment="counted again")
    replace_adjustments(gradebook, "small", [corrected])
    given = adjustments_to(gradebook, "small")
    assert set(given["alice"]) == {corrected, *others[:2]}
    assert given["bob"] == (others[2],)
    replace_adjustments(gradebook, "small", [replace(BONUS, points=0.0, comment="")])
    assert set(adjustments_to(gradebook, "small")["alice"]) == set(others[:2])


def test_nothing_replaces_anything_for_an_assignment_that_is_not_known(gradebook: Gradebook) -> None:
    with pytest.raises(UsageError, match="does not know small"):
        replace_adjustments(gradebook, "small", [BONUS])
