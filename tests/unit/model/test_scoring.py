from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import AssignmentError
from grader.model.assignment import Check, Group, Kind, Question, Returned
from grader.model.result import Outcome
from grader.model.scoring import Score, max_points, score_question


def make_question(points: float = 10.0, *, all_or_nothing: bool = False) -> Question:
    return Question(
        id="f",
        module="layers",
        title="F",
        points=points,
        difficulty=1,
        returns=(Returned(name="out", kind=Kind.ARRAY),),
        all_or_nothing=all_or_nothing,
    )


def make_checks(*groups: str, follow: Sequence[int] = ()) -> list[Check]:
    return [
        Check(id=f"layers.test_{i}", question="f", title="…", group=Group(group), follow_through=i in follow)
        for i, group in enumerate(groups)
    ]


def score(checks: Sequence[Check], passed: set[int], *, question: Question | None = None, alive: bool = True) -> Score:
    outcomes = {
        check.id: Outcome.PASSED if i in passed else list(Outcome)[1 + i % (len(Outcome) - 1)]
        for i, check in enumerate(checks)
    }
    return score_question(question or make_question(), checks, outcomes, alive=alive)


groups = st.lists(st.sampled_from(list(Group)), max_size=8).map(lambda more: [Group.CORE, *more])
passes = st.sets(st.integers(0, 8))
points = st.floats(0.01, 100, allow_nan=False).map(lambda value: round(value, 2))


def test_a_question_is_split_70_20_10() -> None:
    checks = make_checks("core", "core", "edge", "contract", "contract", "advice")
    most = max_points(make_question(), checks)
    assert list(most.values()) == [Fraction(7, 2), Fraction(7, 2), 2, Fraction(1, 2), Fraction(1, 2), 0]


@pytest.mark.parametrize(
    ("given_groups", "shares"),
    [
        (["core"], [10]),
        (["core", "edge"], [8, 2]),
        (["core", "contract"], [9, 1]),
        (["core", "advice"], [10, 0]),
        (["core", "edge", "contract"], [7, 2, 1]),
    ],
)
def test_what_an_empty_group_would_have_had_goes_to_core(given_groups: list[str], shares: list[int]) -> None:
    assert list(max_points(make_question(), make_checks(*given_groups)).values()) == shares


@pytest.mark.parametrize("without_core", [[], ["edge"], ["contract", "advice"]])
def test_a_question_without_a_core_check_is_a_fault_of_the_assignment(without_core: list[str]) -> None:
    with pytest.raises(AssignmentError, match="question f has no core check"):
        max_points(make_question(), make_checks(*without_core))


@given(groups, points)
def test_the_checks_of_a_question_add_up_to_its_points_exactly(chosen: list[str], worth: float) -> None:
    most = max_points(make_question(worth), make_checks(*chosen))
    assert sum(most.values()) == Fraction(str(worth))
    assert min(most.values()) >= 0


@given(groups, points, st.booleans())
def test_all_checks_passed_earn_everything(chosen: list[str], worth: float, all_or_nothing: bool) -> None:
    checks = make_checks(*chosen, follow=range(9))
    question = make_question(worth, all_or_nothing=all_or_nothing)
    result = score(checks, set(range(9)), question=question)
    assert (result.points, result.note) == (Fraction(str(worth)), "")
    assert result.checks == max_points(question, checks)


@given(groups, st.booleans(), st.booleans())
def test_no_check_passed_earns_nothing_and_needs_no_note(chosen: list[str], alive: bool, all_or_nothing: bool) -> None:
    result = score(make_checks(*chosen), set(), question=make_question(all_or_nothing=all_or_nothing), alive=alive)
    assert result.points == 0
    assert result.note == ""
    assert set(result.checks.values()) == {Fraction(0)}


@given(groups, passes, passes, passes, st.booleans(), st.booleans())
def test_one_more_check_passed_never_costs_points(
    chosen: list[str], fewer: set[int], more: set[int], follow: set[int], all_or_nothing: bool, alive: bool
) -> None:
    checks = make_checks(*chosen, follow=sorted(follow))
    question = make_question(all_or_nothing=all_or_nothing)
    less = score(checks, fewer, question=question, alive=alive)
    assert less.points <= score(checks, fewer | more, question=question, alive=alive).points


@given(groups, passes, passes, st.booleans(), st.booleans())
def test_nothing_earns_more_than_it_may_or_less_than_its_checks(
    chosen: list[str], passed: set[int], follow: set[int], all_or_nothing: bool, alive: bool
) -> None:
    checks = make_checks(*chosen, follow=sorted(follow))
    question = make_question(all_or_nothing=all_or_nothing)
    result = score(checks, passed, question=question, alive=alive)
    most = max_points(question, checks)
    assert all(0 <= result.checks[name] <= most[name] for name in most)
    assert result.checks.keys() == most.keys()
    assert sum(result.checks.values()) <= result.points <= 10
    if sum(result.checks.values()) != result.points:
        assert "your own forward" in result.note


@given(groups, passes)
def test_nothing_counts_for_a_function_that_does_nothing(chosen: list[str], passed: set[int]) -> None:
    checks = make_checks(*chosen)
    result = score(checks, passed, alive=False)
    assert result.points == 0
    assert set(result.checks.values()) == {Fraction(0)}
    scored_pass = any(i in passed and check.group is not Group.ADVICE for i, check in enumerate(checks))
    assert ("does not depend on the input" in result.note) == scored_pass


@given(groups, passes, st.integers(0, 8))
def test_advice_never_moves_a_point(chosen: list[str], passed: set[int], where: int) -> None:
    checks = make_checks(*chosen)
    with_advice = [*checks, *make_checks("advice", "advice")[1:]]
    with_advice[-1] = Check(id="layers.test_advice", question="f", title="…", group=Group.ADVICE)
    one = score(with_advice, passed - {len(checks)}).points
    other = score(with_advice, passed | {len(checks)}).points
    assert one == other == score(checks, passed - {len(checks)}).points


@pytest.mark.parametrize(
    ("passed", "earned", "noted"),
    [
        ({0, 1}, 7, ""),
        ({0}, Fraction(7, 2), ""),
        ({0, 2}, Fraction(11, 2), ""),
        ({0, 2, 3}, Fraction(13, 2), ""),
        ({2, 3}, 0, "half of the core points"),
        ({3}, 0, "half of the core points"),
        ({4}, 0, ""),
    ],
)
def test_edge_and_contract_count_once_half_of_core_is_earned(passed: set[int], earned: Fraction, noted: str) -> None:
    result = score(make_checks("core", "core", "edge", "contract", "advice"), passed)
    assert result.points == earned
    assert (noted in result.note) if noted else result.note == ""


def test_a_third_of_core_is_not_enough_for_the_rest() -> None:
    checks = make_checks("core", "core", "core", "edge")
    assert score(checks, {0, 3}).points == Fraction(8, 3)
    assert score(checks, {0, 1, 3}).points == Fraction(16, 3) + 2


def test_a_gradient_right_for_the_own_forward_earns_70_percent_of_core() -> None:
    checks = make_checks("core", "core", "core", "contract", follow=[1])
    result = score(checks, {1})
    assert result.points == Fraction(63, 10)
    assert result.checks["layers.test_1"] == 0
    assert "70 % of the core points" in result.note


def test_there_is_nothing_to_follow_where_the_forward_pass_is_right() -> None:
    checks = make_checks("core", "core", "core", "contract", follow=[1])
    outcomes = {check.id: Outcome.PASSED if check.follow_through else Outcome.FAILED for check in checks}
    followed, not_followed = (
        score_question(make_question(), checks, outcomes, alive=True, may_follow=may_follow).points
        for may_follow in (True, False)
    )
    assert followed > 0
    assert not_followed == 0


def test_following_through_opens_the_way_to_edge_and_contract() -> None:
    checks = make_checks("core", "core", "core", "contract", follow=[1])
    assert score(checks, {1, 3}).points == Fraction(73, 10)


def test_following_through_never_lowers_what_core_checks_earn() -> None:
    checks = make_checks(*["core"] * 5, follow=[0])
    result = score(checks, {0, 1, 2, 3})
    assert result.points == Fraction(15, 2)
    assert result.note == ""


def test_a_right_gradient_keeps_full_marks_when_the_own_forward_is_the_culprit() -> None:
    checks = make_checks("core", "core", "contract", follow=[1])
    result = score(checks, {0, 2})
    assert result.points == 10
    assert "your own forward pass" in result.note


def test_checks_that_all_follow_through_carry_the_core_points_themselves() -> None:
    assert score(make_checks("core", "core", follow=[0, 1]), {0}).points == 5


def test_a_follow_through_check_outside_core_gives_no_core_points() -> None:
    checks = make_checks("core", "core", "edge", follow=[2])
    assert score(checks, {2}).points == 0


def test_all_or_nothing_wants_every_scored_check_and_no_advice() -> None:
    question = make_question(all_or_nothing=True)
    checks = make_checks("core", "edge", "contract", "advice")
    assert score(checks, {0, 1, 2}, question=question).points == 10
    result = score(checks, {0, 1, 3}, question=question)
    assert result.points == 0
    assert set(result.checks.values()) == {Fraction(0)}
    assert result.note == "this question counts once all of its checks pass"
    assert score(checks, {3}, question=question).note == ""


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.PASSED])
def test_only_passed_earns(outcome: Outcome) -> None:
    checks = make_checks("core")
    result = score_question(make_question(), checks, {checks[0].id: outcome}, alive=True)
    assert result.points == 0


def test_a_check_that_did_not_report_is_an_error_never_a_pass() -> None:
    checks = make_checks("core", "core")
    with pytest.raises(KeyError):
        score_question(make_question(), checks, {checks[0].id: Outcome.PASSED}, alive=True)


def test_decimal_points_are_split_without_rounding() -> None:
    most = max_points(make_question(0.1), make_checks("core", "core", "core"))
    assert list(most.values()) == [Fraction(1, 30)] * 3


def test_a_gradient_is_called_right_only_if_all_of_core_says_so() -> None:
    checks = make_checks("core", "core", "core", follow=[2])
    assert "this gradient is right" in score(checks, {0, 1}).note
    assert score(checks, {0}).note == ""


def test_heavier_checks_take_a_larger_part_of_their_group() -> None:
    checks = [
        replace(check, weight=weight) for check, weight in zip(make_checks("core", "core"), (1.0, 4.0), strict=True)
    ]
    assert list(max_points(make_question(), checks).values()) == [2, 8]


def test_a_failed_check_earns_the_part_that_it_reached() -> None:
    checks = make_checks("core", "core", "contract")
    outcomes = dict.fromkeys((check.id for check in checks), Outcome.PASSED) | {checks[1].id: Outcome.FAILED}
    scored = score_question(make_question(), checks, outcomes, alive=True, partial={checks[1].id: 0.25})
    assert scored.points == Fraction(9, 2) + Fraction(9, 8) + 1
    assert scored.checks[checks[1].id] == Fraction(9, 8)


def test_parts_of_core_checks_open_the_door_to_the_rest() -> None:
    checks = make_checks("core", "contract")
    outcomes = {checks[0].id: Outcome.FAILED, checks[1].id: Outcome.PASSED}
    points = [
        score_question(make_question(), checks, outcomes, alive=True, partial={checks[0].id: share}).points
        for share in (0.4, 0.5)
    ]
    assert points == [Fraction(36, 10), Fraction(45, 10) + 1]


def test_parts_count_for_nothing_that_is_not_alive() -> None:
    checks = make_checks("core")
    scored = score_question(
        make_question(), checks, {checks[0].id: Outcome.FAILED}, alive=False, partial={checks[0].id: 0.9}
    )
    assert scored.points == 0
