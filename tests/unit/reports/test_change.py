"""What changed since the last run is said by question and check, and nothing that a student may not see."""

from dataclasses import replace

from grader.model.assignment import Visibility
from grader.model.result import CheckResult, GradedSubmission, Outcome
from grader.reports.change import render_change
from tests.fakes.graded import check, graded, half_right, question


def result(*checks: CheckResult) -> GradedSubmission:
    return graded([question("f", "m", "A question", list(checks))])


def shown(before: GradedSubmission, after: GradedSubmission) -> str:
    return render_change(before, after, color=False, width=80)


def test_the_same_result_is_said_in_one_line() -> None:
    assert shown(half_right(), half_right()) == "Since the last run: the same checks pass\n"


def test_a_check_that_passes_now_stands_below_its_question() -> None:
    before = result(check("a", "It adds.", Outcome.FAILED), check("b", "It stays."))
    after = result(check("a", "It adds."), check("b", "It stays."))
    assert shown(before, after) == (
        "Since the last run: 2 points more (2 → 4)\n  f 2 → 4\n    ✓ It adds – passes now\n"
    )


def test_a_check_that_passed_before_says_so() -> None:
    before, after = result(check("a", "It adds.")), result(check("a", "It adds.", Outcome.TIMED_OUT))
    assert "2 points fewer (2 → 0)" in shown(before, after)
    assert "✗ It adds – passed before, now no answer in time" in shown(before, after)


def test_a_check_that_ends_otherwise_without_passing_costs_nothing() -> None:
    before, after = result(check("a", "It adds.", Outcome.ERRORED)), result(check("a", "It adds.", Outcome.FAILED))
    assert shown(before, after) == ("Since the last run: the same points (0 → 0)\n  f 0\n    ✗ It adds – differs now\n")


def test_a_check_that_came_or_went_is_told() -> None:
    both = result(check("a", "It adds."), check("b", "It stays."))
    assert "It stays – passes now" in shown(result(check("a", "It adds.")), both)
    assert "It stays – is no longer there" in shown(both, result(check("a", "It adds.")))


def test_many_changes_are_counted() -> None:
    before = result(*(check(f"c{number}", f"Check {number}.", Outcome.FAILED) for number in range(20)))
    after = result(*(check(f"c{number}", f"Check {number}.") for number in range(20)))
    assert shown(before, after).count("passes now") == 12
    assert shown(before, after).endswith("and 8 more\n")


def test_a_hidden_check_has_no_name() -> None:
    secret = check("a", "A secret.", Outcome.FAILED, visibility=Visibility.HIDDEN)
    text = shown(result(secret), result(replace(secret, outcome=Outcome.PASSED, points=2.0)))
    assert "secret" not in text
    assert "A hidden check – passes now" in text


def test_a_title_is_shown_as_it_is() -> None:
    before = result(check("a", "It \x1b[31madds [bold].", Outcome.FAILED))
    after = result(check("a", "It \x1b[31madds [bold]."))
    assert r"It \x1b[31madds [bold] – passes now" in shown(before, after)
