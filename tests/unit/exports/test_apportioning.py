"""Points are spread over checks without gaining or losing any."""

from hypothesis import given
from hypothesis import strategies as st

from grader.exports.apportioning import Share, shares
from grader.model.assignment import Group
from grader.model.result import CheckResult, Outcome, QuestionResult
from tests.fakes.graded import check, question

POINTS = st.integers(0, 2000).map(lambda hundredths: hundredths / 300)


@st.composite
def questions(draw: st.DrawFn) -> QuestionResult:
    checks: list[CheckResult] = []
    for number in range(draw(st.integers(1, 6))):
        most = draw(POINTS)
        outcome = draw(st.sampled_from([Outcome.PASSED, Outcome.FAILED]))
        group = draw(st.sampled_from([Group.CORE, Group.EDGE]))
        earned = most if outcome is Outcome.PASSED else most * draw(st.sampled_from([0.0, 0.5]))
        checks.append(check(f"m.test_{number}", "T.", outcome, most, points=earned, group=group))
    most = sum(each.max_points for each in checks)
    low = sum(each.points for each in checks)
    return question("f", "m", "F", checks, points=draw(st.sampled_from([low, (low + most) / 2, most, 0.0])))


@given(questions(), st.sampled_from([1, 100, 10_000]))
def test_shares_add_up_to_the_question_but_for_rounding_and_none_exceeds_its_most(
    asked: QuestionResult, units: int
) -> None:
    found = shares(asked, units)
    assert abs(sum(share.most for share in found.values()) - asked.max_points * units) <= 0.5 + 1e-6
    assert abs(sum(share.earned for share in found.values()) - asked.points * units) <= len(found) / 2 + 1
    assert all(0 <= share.earned <= share.most for share in found.values())


@given(questions())
def test_a_passed_check_has_all_and_a_failed_one_nothing_that_nobody_gave_it(asked: QuestionResult) -> None:
    together = sum(each.points for each in asked.checks)
    found = shares(asked, 100)
    for each in asked.checks:
        if each.outcome is Outcome.PASSED and asked.points >= together:
            assert found[each.id].earned == found[each.id].most
        if not each.points and each.max_points and asked.points <= together:
            assert found[each.id].earned == 0


def test_thirds_add_up_to_the_whole() -> None:
    thirds = [check(f"m.test_{n}", "T.", most=7 / 3) for n in range(3)]
    found = shares(question("f", "m", "F", thirds, points=7.0, max_points=7.0), 100)
    assert sorted(share.most for share in found.values()) == [233, 233, 234]
    assert all(share.earned == share.most for share in found.values())


def test_what_a_question_adds_goes_to_the_core_checks_that_did_not_pass() -> None:
    checks = [
        check("m.test_core", "T.", Outcome.FAILED, 7.0),
        check("m.test_edge", "T.", Outcome.FAILED, 2.0, group=Group.EDGE),
        check("m.test_other", "T.", most=1.0, group=Group.CONTRACT),
    ]
    assert shares(question("f", "m", "F", checks, points=5.9), 100) == {
        "m.test_core": Share(earned=490, most=700),
        "m.test_edge": Share(earned=0, most=200),
        "m.test_other": Share(earned=100, most=100),
    }
