import math

import pytest

from grader.checks import CheckFailure, assert_reaches
from grader.errors import AssignmentError


def failure(value: float, hint: str = "") -> CheckFailure:
    with pytest.raises(CheckFailure) as caught:
        assert_reaches(value, nothing_at=0.6, all_at=0.9, name="the accuracy", hint=hint)
    return caught.value


@pytest.mark.parametrize("value", [0.9, 0.95, 1.0])
def test_a_value_that_is_high_enough_passes(value: float) -> None:
    assert_reaches(value, nothing_at=0.6, all_at=0.9, name="the accuracy")


@pytest.mark.parametrize(("value", "credit"), [(0.0, 0), (0.6, 0), (0.675, 0.25), (0.75, 0.5), (0.89999, 1)])
def test_credit_rises_in_a_straight_line(value: float, credit: float) -> None:
    assert failure(value).credit == pytest.approx(credit, abs=1e-4)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_not_finite_earns_nothing(value: float) -> None:
    assert failure(value).credit == 0


def test_the_message_says_what_came_what_was_expected_and_what_it_is_worth() -> None:
    assert failure(0.75).message == "the accuracy is 0.75; expected at least 0.9 (50 % of the points)"
    assert failure(0.5).message == "the accuracy is 0.5; expected at least 0.9 (points begin above 0.6)"


def test_a_value_that_barely_misses_is_not_rounded_to_the_expected_one() -> None:
    assert "is 0.8999999;" in failure(0.8999999).message


def test_a_check_may_say_more_than_its_own_hint() -> None:
    assert failure(0.7, hint="Look at the scale.").hint == "Look at the scale."


def test_bounds_in_the_other_order_are_a_fault_of_the_check() -> None:
    with pytest.raises(AssignmentError, match="the accuracy"):
        assert_reaches(0.5, nothing_at=0.9, all_at=0.6, name="the accuracy")
