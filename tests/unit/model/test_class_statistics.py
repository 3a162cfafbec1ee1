"""Numbers about a class have known values, and where there is nothing to say they are None, never NaN."""

import math
from dataclasses import replace

import pytest

from grader.model.class_statistics import (
    MIN_FOR_DISCRIMINATION,
    QuestionStatistics,
    at_risk,
    correlation,
    histogram,
    marks_in,
    question_statistics,
    shared_misconceptions,
    spread_of,
)
from grader.model.gradebook import Adjustment
from grader.model.result import GradedSubmission, Outcome
from tests.fakes.class_records import MOMENT, class_record, student, varied
from tests.fakes.graded import check, graded, half_right, perfect, question, untouched


def points(first: float, second: float) -> GradedSubmission:
    """Build a result of two questions of 50 points."""
    return graded(
        [
            question("one", "module", "One", [check("module.test_one", "One.")], points=first, max_points=50.0),
            question("two", "module", "Two", [check("module.test_two", "Two.")], points=second, max_points=50.0),
        ]
    )


def questions_of(*results: GradedSubmission) -> tuple[QuestionStatistics, ...]:
    return question_statistics(class_record([student(f"s{n}", result) for n, result in enumerate(results)]))


def test_nobody_has_no_spread() -> None:
    assert spread_of([]) is None


def test_one_value_is_its_own_spread() -> None:
    one = spread_of([62.5])
    assert one is not None
    assert {one.lowest, one.lower_quartile, one.median, one.mean, one.upper_quartile, one.highest} == {62.5}
    assert one.count == 1


def test_quartiles_lie_between_the_values() -> None:
    four = spread_of([40.0, 10.0, 30.0, 20.0])
    assert four is not None
    assert (four.lower_quartile, four.median, four.mean, four.upper_quartile) == (17.5, 25.0, 25.0, 32.5)


def test_a_bin_holds_its_lower_end_and_the_last_one_everything_above() -> None:
    assert histogram([0, 9.99, 10, 99.9, 100, 104], most=100, bins=10) == (2, 1, 0, 0, 0, 0, 0, 0, 0, 3)
    assert histogram([0.1 + 0.2], most=1, bins=10)[3] == 1
    assert histogram([], most=100, bins=4) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1, 2, 3], [2, 4, 6], 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0),
        ([1, 2, 3, 4], [1, 3, 2, 4], 0.8),
    ],
)
def test_correlations_with_known_values(first: list[float], second: list[float], expected: float) -> None:
    assert correlation(first, second) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("first", "second"), [([], []), ([1.0], [2.0]), ([1, 1, 1], [1, 2, 3]), ([1, 2], [0.3, 0.1 + 0.2])]
)
def test_what_does_not_vary_has_no_correlation(first: list[float], second: list[float]) -> None:
    assert correlation(first, second) is None


def test_an_empty_class_has_no_questions_and_nobody_at_risk() -> None:
    empty = class_record([])
    assert question_statistics(empty) == ()
    assert shared_misconceptions(empty) == ()
    assert at_risk(empty, below_percent=50) == ()
    assert marks_in(empty) == ()


def test_the_facility_is_the_mean_share_of_the_points() -> None:
    one, two = questions_of(points(50, 0), points(25, 0))
    assert (one.facility, two.facility) == (0.75, 0.0)
    assert (one.full, one.partial, one.nothing, one.not_started) == (1, 1, 0, 0)
    assert (two.full, two.partial, two.nothing, two.not_started) == (0, 0, 2, 0)


def test_who_has_not_started_counts_with_zero_and_is_told_apart() -> None:
    first, *_ = questions_of(perfect(), untouched())
    assert (first.facility, first.full, first.nothing, first.not_started) == (0.5, 1, 0, 1)


def test_discrimination_leaves_the_question_itself_out_of_the_total() -> None:
    few = [points(n, 50 - n) for n in range(MIN_FOR_DISCRIMINATION)]
    one, two = questions_of(*few)
    assert one.discrimination == pytest.approx(-1.0)
    assert two.discrimination == pytest.approx(-1.0)
    assert questions_of(*few[:-1])[0].discrimination is None


def test_everyone_alike_discriminates_nothing() -> None:
    for each in questions_of(*[perfect()] * 20):
        assert (each.facility, each.discrimination) == (1.0, None)


def test_one_student_alone_is_a_class() -> None:
    for each in questions_of(half_right()):
        assert each.discrimination is None
        assert 0.0 <= each.facility <= 1.0


def test_no_number_of_any_class_is_nan() -> None:
    for size in range(0, 40, 3):
        for each in question_statistics(varied(size, seed=size)):
            assert math.isfinite(each.facility)
            assert each.discrimination is None or -1 <= each.discrimination <= 1
            assert each.full + each.partial + each.nothing + each.not_started > 0


def test_outcomes_are_counted_over_the_attempts_that_count() -> None:
    record = class_record(
        [student("alice", half_right(), perfect()), student("bob", half_right()), student("carol", None)]
    )
    penalty = question_statistics(record)[1]
    value = next(each for each in penalty.checks if each.id == "penalties.test_l2_value")
    assert value.outcomes == {Outcome.PASSED: 1, Outcome.FAILED: 1}
    assert (value.passed, value.answered) == (1, 2)
    assert penalty.outcomes == {Outcome.PASSED: 6, Outcome.FAILED: 2}


def test_a_check_that_was_not_reached_was_not_answered() -> None:
    (first, *_) = questions_of(untouched(), untouched())
    assert [(each.passed, each.answered) for each in first.checks] == [(0, 0)] * 3


def test_attempts_are_counted_until_the_first_that_has_all_points() -> None:
    record = class_record(
        [
            student("alice", half_right(), None, perfect(), half_right()),
            student("bob", perfect()),
            student("carol", half_right()),
            student("dave"),
        ]
    )
    penalty = question_statistics(record)[1]
    assert (penalty.solved_at, penalty.unsolved) == ((1, 0, 1), 1)


def test_questions_are_those_of_the_last_grading() -> None:
    old, new = points(50, 50), points(0, 0)
    new = replace(new, questions=(new.questions[1],))
    record = class_record([student("alice", old), student("bob", old, new)])
    (two,) = question_statistics(record)
    assert (two.id, two.facility) == ("two", 0.5)


def test_misconceptions_are_counted_once_for_each_student_the_most_frequent_first() -> None:
    record = class_record([student("bob", half_right()), student("alice", half_right()), student("zoe", untouched())])
    found = shared_misconceptions(record)
    assert [(each.students, each.tried) for each in found] == [(("bob", "alice"), 2)] * len(found)
    assert [each.id for each in found] == sorted(each.id for each in found)
    assert {"l2_penalty.no_half", "l2_penalty_grad.half_left"} <= {each.id for each in found}


def test_at_risk_is_who_handed_nothing_in_or_is_below_the_line() -> None:
    bonus = Adjustment(student="erin", assignment="assignment3", points=60.0, made_at=MOMENT)
    record = class_record(
        [
            student("alice", points(25, 25)),
            student("bob", points(25, 24)),
            student("carol"),
            student("dave", None),
            student("erin", adjustments=[bonus]),
        ]
    )
    assert [each.member.id for each in at_risk(record, below_percent=50)] == ["carol", "bob"]
    assert [each.member.id for each in at_risk(record, below_percent=0)] == ["carol"]
